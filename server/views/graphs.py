"""`/graphs`: the SPARQL 1.1 Graph Store HTTP Protocol. Who writes needs a token.

A graph is named by `?graph=IRI`, by `?default`, or by the address itself: `/graphs/anything` is a graph of that name.
"""

import tempfile
from dataclasses import replace
from typing import Literal

from flask import Blueprint, request
from pyoxigraph import DefaultGraph, NamedNode
from werkzeug.wrappers import Response

from graph.errors import BadInput, NotFound
from graph.query.rdf_content import DATASETS
from graph.query.request import GraphChange, Representation, Written
from graph.query.writing import PreconditionFailed
from ontology import PREFIXES
from server.access import require_scope
from server.conditional import demanded_of_write
from server.graph_target import Target, content_of_request, new_target, target_of_request
from server.protocol import patch_of_request
from server.rdf_answers import RDF_FORMATS, RDF_MEDIA_TYPES, rdf_stream
from server.rendering import chosen_media_type
from server.resources import current_snapshot, resources
from server.writing import acknowledged, measured

__all__ = ["graphs"]

graphs = Blueprint("graphs", __name__)

_IN_MEMORY = 8 << 20


@graphs.get("/graphs")
@graphs.get("/graphs/<path:steps>")
def get(steps: str = "") -> Response:
    """The graph in the syntax that the client asks for; the default graph is the one that a query sees."""
    target = _required(target_of_request(steps))
    rdf = current_snapshot().rdf
    name = DefaultGraph() if target.graph is None else NamedNode(target.graph)
    if isinstance(name, NamedNode) and not rdf.contains_named_graph(name):
        raise _missing(target)
    media_type = chosen_media_type(RDF_MEDIA_TYPES, RDF_FORMATS)
    written = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 — closed when it has been sent
    prefixes = {} if resources().store.bare else PREFIXES
    with resources().whole_graph.entered():
        return rdf_stream(rdf, name, media_type, written, prefixes)


@graphs.put("/graphs")
@graphs.put("/graphs/<path:steps>")
def put(steps: str = "") -> Response:
    """Replace the graph, or make it."""
    require_scope("update")
    target = _required(target_of_request(steps))
    written = _change("replace", target, content_of_request())
    return acknowledged(written, 204 if written.existed else 201)


@graphs.post("/graphs")
@graphs.post("/graphs/<path:steps>")
def post(steps: str = "") -> Response:
    """Add to the graph, or make it; without a graph, make one and tell its name, or add a dataset graph by graph."""
    require_scope("update")
    named, content = target_of_request(steps), content_of_request()
    if named is None and all(part.media_type in DATASETS for part in content):
        return acknowledged(_change("add dataset", Target(None, request.base_url), content), 204)
    target = named or new_target()
    written = _change("add", target, content)
    response = acknowledged(written, 204 if written.existed else 201)
    if named is None:
        response.headers["Location"] = str(target.graph)
    return response


@graphs.delete("/graphs")
@graphs.delete("/graphs/<path:steps>")
def delete(steps: str = "") -> Response:
    """Remove the graph; the default graph is emptied."""
    require_scope("update")
    target = _required(target_of_request(steps))
    written = _change("drop", target)
    if not written.existed:
        raise _missing(target)
    return acknowledged(written, 204)


@graphs.patch("/graphs")
@graphs.patch("/graphs/<path:steps>")
def patch(steps: str = "") -> Response:
    """Change the graph by an update that says nothing of graphs."""
    require_scope("update")
    target = _required(target_of_request(steps))
    if target.graph is not None and not current_snapshot().rdf.contains_named_graph(NamedNode(target.graph)):
        raise _missing(target)
    state, exists = demanded_of_write()
    if exists is False:
        raise PreconditionFailed(f"The graph {target.graph or ''} is there already")
    asked = replace(patch_of_request(target.graph), state=state)
    with measured("patch"):
        written = resources().writer.update(asked, resources().settings.update_seconds)
    return acknowledged(written, 204)


def _required(target: Target | None) -> Target:
    if target is None:
        raise BadInput("The request names no graph", hint="name it by ?graph=IRI, or the default graph by ?default")
    return target


def _missing(target: Target) -> NotFound:
    return NotFound(f"There is no graph {target.graph}")


def _change(
    kind: Literal["replace", "add", "drop", "add dataset"], target: Target, content: tuple[Representation, ...] = ()
) -> Written:
    state, exists = demanded_of_write()
    change = GraphChange(kind, target.graph, content, target.base_iri, state, exists)
    with measured(request.method.lower()):
        return resources().writer.change(change, resources().settings.update_seconds)
