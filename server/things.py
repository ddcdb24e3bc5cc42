"""Which thing of the graph a path or parameter of the present request means."""

from urllib.parse import quote

from flask import request
from pyoxigraph import NamedNode

from graph.errors import BadInput, NotFound
from server.description import exists
from server.rendering import addresses
from server.resources import current_snapshot

__all__ = ["asked_thing", "known_thing", "steps_of"]

_SAFE = "/%-._~!$&'()*+,;=:@"


def steps_of(prefix: str, decoded: str) -> str:
    """What follows the prefix in the path as it came over the wire, where an escape still differs from the letter.

    Arguments:
        prefix: the beginning of the path (`/id/`).
        decoded: what Flask makes of the rest, for servers that do not hand on the path as it came.
    """
    raw = str(request.environ.get("RAW_URI") or request.environ.get("REQUEST_URI") or "").partition("?")[0]
    if not raw.startswith("/"):  # the absolute form that proxies send
        raw = "/" + raw.partition("://")[2].partition("/")[2]
    start = request.script_root + prefix
    return raw[len(start) :] if raw.startswith(start) else quote(decoded, safe=_SAFE)


def known_thing(steps: str, before: str = "") -> str:
    """The IRI that the steps of a path mean.

    Arguments:
        steps: from `steps_of`.
        before: steps that the path leaves out (`document/`).

    Raises:
        NotFound: the graph says nothing of any that they can mean.
    """
    rdf = current_snapshot().rdf
    candidates = list(addresses().candidates(before + steps))
    for iri in candidates:
        if _is_iri(iri) and exists(rdf, iri):
            return iri
    raise NotFound(f"The graph says nothing of {candidates[0]}")


def asked_thing() -> str:
    """The IRI in `?iri=`.

    Raises:
        BadInput: there is none.
        NotFound: the graph says nothing of it.
    """
    iri = request.args.get("iri", "")
    if not _is_iri(iri):
        raise BadInput("?iri= must hold an absolute IRI")
    if not exists(current_snapshot().rdf, iri):
        raise NotFound(f"The graph says nothing of {iri}")
    return iri


def _is_iri(text: str) -> bool:
    try:
        return ":" in text and bool(NamedNode(text).value)
    except ValueError:
        return False
