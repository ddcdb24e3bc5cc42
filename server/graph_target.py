"""Which graph a request of the Graph Store Protocol means, and what it brings for it."""

import uuid
from dataclasses import dataclass

from flask import request
from pyoxigraph import NamedNode
from werkzeug.http import parse_options_header

from graph.errors import BadInput
from graph.query.rdf_content import READABLE
from graph.query.request import Representation
from server.problems import PayloadRefused
from server.protocol import refuse_other_charsets
from server.things import steps_of

__all__ = ["Target", "content_of_request", "new_target", "target_of_request"]

_BY_EXTENSION = {"ttl": "text/turtle", "nt": "application/n-triples", "rdf": "application/rdf+xml",
                 "jsonld": "application/ld+json", "n3": "text/n3"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Target:
    """A graph of the store: its IRI (None for the default graph), and against what its relative IRIs resolve."""

    graph: str | None
    base_iri: str


def target_of_request(steps: str = "") -> Target | None:
    """The graph that `?default`, `?graph=` or the path names; None where the request names the store itself.

    Arguments:
        steps: the path after `/graphs/`, as Flask decodes it.

    Raises:
        BadInput: it names several, or by something that is no absolute IRI.
    """
    default, graphs = "default" in request.args, request.args.getlist("graph")
    if steps:
        if default or graphs:
            raise BadInput("The path names a graph, and the parameters name another")
        return _named(request.root_url.rstrip("/") + "/graphs/" + steps_of("/graphs/", steps))
    if default and graphs:
        raise BadInput("The request names both the default graph and another")
    if len(graphs) > 1:
        raise BadInput("The request names more than one graph")
    if default:
        return Target(None, request.base_url)
    return _named(graphs[0]) if graphs else None


def new_target() -> Target:
    """A graph that is not there yet, under an address of this server."""
    return _named(f"{request.root_url.rstrip('/')}/graphs/{uuid.uuid4()}")


def content_of_request() -> tuple[Representation, ...]:
    """The RDF that the request brings: its body, or the parts of a form.

    Raises:
        PayloadRefused: it is of no kind that can be read, or not UTF-8.
        BadInput: a form without a part.
    """
    if request.mimetype != "multipart/form-data":
        refuse_other_charsets(dict(request.mimetype_params))
        return (Representation(request.get_data(), _readable(request.mimetype)),)
    parts = []
    for _, file in request.files.items(multi=True):
        media_type, parameters = parse_options_header(file.content_type)
        refuse_other_charsets(parameters)
        if media_type in {"", "application/octet-stream"}:
            media_type = _BY_EXTENSION.get((file.filename or "").rpartition(".")[2].lower(), media_type)
        parts.append(Representation(file.read(), _readable(media_type)))
    if request.form:
        raise PayloadRefused("The form has fields that are no files", hint="give each part a file name")
    if not parts:
        raise BadInput("The form has no part")
    return tuple(parts)


def _named(iri: str) -> Target:
    try:
        return Target(NamedNode(iri).value, iri)
    except ValueError as error:
        raise BadInput(f"{iri!r} is no absolute IRI that could name a graph") from error


def _readable(media_type: str) -> str:
    if media_type.lower() not in READABLE:
        raise PayloadRefused(
            f"A graph cannot be sent as {media_type or 'a body without a type'}",
            hint=f"send it as {', '.join(READABLE)}",
        )
    return media_type.lower()
