"""Conditional requests (RFC 9110 §13): what has not changed since a client asked is not made again.

All that the server reads out of the graph is determined by the snapshot, the request, and whether anybody may write,
which pages tell. So its entity tag is made of these: an answer is known to be unchanged before anything is evaluated,
and no tag can outlive its snapshot.
An answer that two evaluations may make differently (`NOW()`, `RAND()`, …) has none.
"""

import base64
import hashlib
from importlib.metadata import version
from pathlib import Path

from flask import Flask, Response, g, request
from werkzeug.datastructures import ETags

from graph.query.writing import PreconditionFailed
from graph.store import Snapshot
from server.again import DETERMINED, Asking, Determined, Form
from server.querying import SNAPSHOT_HEADER
from server.resources import current_snapshot, resources
from server.settings import SETTINGS, Settings

__all__ = ["demanded_of_write", "entity_tag", "install_conditional_requests"]

_OF_THE_GRAPH = frozenset(
    {
        "completion",
        "documents",
        "explain",
        "export",
        "graphs",
        "linked_data",
        "ontology",
        "queries",
        "search",
        "sparql",
        "start",
    }
)
"""The groups of paths that are answered out of the graph."""

_CHOOSING = ("Accept", "Accept-Language")
"""The request headers that choose among representations."""


def install_conditional_requests(app: Flask, settings: Settings) -> str:
    """Give answers their entity tags, and answer 304 where the client has the right one.

    Arguments:
        app: the application.
        settings: which are part of what determines an answer.

    Returns:
        what is the same for all requests, of that which determines their answers.
    """
    program = _program(settings)

    @app.before_request
    def unchanged() -> Response | None:
        if request.method not in {"GET", "HEAD"} or request.blueprint not in _OF_THE_GRAPH:
            return None
        g.entity_tag = _tag(program)
        # Not `*`: the tag is what says that this very request had an answer.
        if g.entity_tag not in request.if_none_match.as_set(include_weak=True):
            return None
        response = Response(status=304)
        del response.headers["Content-Type"]
        response.headers["Vary"] = ", ".join([*_CHOOSING, "Accept-Encoding"])
        return _tagged(response)

    @app.after_request
    def tag(response: Response) -> Response:
        if "entity_tag" not in g or response.status_code != 200 or g.get("volatile"):
            return response
        answered_by = response.headers.get(SNAPSHOT_HEADER)
        if answered_by is not None and answered_by != str(current_snapshot().number):
            return response  # a writer was faster: the tag is that of the state before
        return _tagged(response)

    return program


def demanded_of_write() -> tuple[int | None, bool | None]:
    """What a request that writes demands of the graph: `If-Match` and `If-None-Match` (RFC 9110 §13.1).

    A tag stands for the state that it was made in: it matches as long as nothing was written.

    Returns:
        the number of the state that the write must be the next after, and whether the graph must be there; None where
        it does not matter.

    Raises:
        PreconditionFailed: what is demanded is not so.
    """
    snapshot = current_snapshot()
    present = _state(snapshot)
    known, unknown = request.if_match, request.if_none_match
    if known and not known.star_tag and present not in _states_of(known):
        raise PreconditionFailed("The graph may have changed since it was read", hint="read it again")
    if unknown and not unknown.star_tag and present in _states_of(unknown):
        raise PreconditionFailed("The graph has not changed")
    state = snapshot.number if known and not known.star_tag else None
    return state, True if known.star_tag else False if unknown.star_tag else None


def _states_of(tags: ETags) -> set[str]:
    return {tag.partition(".")[0] for tag in tags.as_set(include_weak=True)}


def _tagged(response: Response) -> Response:
    response.set_etag(g.entity_tag, weak=True)  # equal rows may come in another order, compressed or not
    response.headers.setdefault("Cache-Control", "no-cache")
    queried: tuple[str | None, int | None] = g.get("queried", (None, None))
    is_page = response.mimetype == "text/html" or response.status_code == 304
    takes_writes = resources().takes_writes if is_page else None
    asked = g.get("asked") if response.status_code == 200 and not is_page else None
    request.environ[DETERMINED] = Determined(
        current_snapshot().number, takes_writes, str(request.url_rule), *queried, asked and Form(asked, g.asking)
    )
    return response


def entity_tag(program: str, snapshot: Snapshot, asking: Asking, address: str, *, takes_writes: bool) -> str:
    """The entity tag of an answer, without its quotation marks.

    Arguments:
        program: what is the same for all requests.
        snapshot: the state that the answer is made of.
        asking: what of the request determines it.
        address: the path and the parameters, as they were sent.
        takes_writes: whether anybody may write.
    """
    of_state = (str(snapshot.number), snapshot.record.committed)
    of_request = (asking.scheme, asking.host, asking.root, address, *asking.choosing)
    determining = (program, *of_state, *of_request, str(takes_writes))
    return f"{_state(snapshot)}.{_digest(chr(0).join(determining))}"


def _tag(program: str) -> str:
    choosing = tuple(request.headers.get(name, "") for name in _CHOOSING)
    asking = Asking(request.scheme, request.host, request.root_path, choosing)
    address = str(request.environ.get("RAW_URI") or request.full_path)
    g.asking = asking
    return entity_tag(program, current_snapshot(), asking, address, takes_writes=resources().takes_writes)


def _state(snapshot: Snapshot) -> str:
    """What all tags of a state begin with."""
    return _digest(f"{snapshot.number} {snapshot.record.committed}")[:12]


def _program(settings: Settings) -> str:
    """What is the same for all requests: the program, and the settings in force."""
    newest = max(file.stat().st_mtime_ns for file in Path(__file__).parent.rglob("*") if file.is_file())
    in_force = [str(settings.shown(setting)) for setting in SETTINGS]
    return _digest("\0".join([version("milcoop"), str(newest), *in_force]))


def _digest(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode("utf-8", "replace")).digest()[:15]).decode()
