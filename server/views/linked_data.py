"""`/id/…`, `/page/…`, `/data/…`: each thing of the graph, for people and for programs (303 and negotiation)."""

from urllib.parse import urlencode

from flask import Blueprint, jsonify, redirect, request
from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from werkzeug.wrappers import Response

from graph.store import Snapshot
from ontology import MC, RDF
from server.description import QUADS_READ, describe
from server.document_page import document_page, view_document
from server.ends import ends_of
from server.entity_page import entity_page
from server.plain_data import document_data, entity_data
from server.rdf_answers import RDF_FORMATS, RDF_MEDIA_TYPES, rdf_answer
from server.rendering import addresses, chosen_media_type, schema
from server.resources import current_snapshot
from server.things import asked_thing, known_thing, steps_of

__all__ = ["linked_data"]

linked_data = Blueprint("linked_data", __name__)

_JSON = "application/json"
_DOCUMENT = NamedNode(MC["Document"])
_TEXT = NamedNode(MC["text"])
_TYPE = NamedNode(RDF["type"])


@linked_data.get("/id/<path:steps>")
def thing(steps: str) -> Response:
    """303 to the page or the data of a thing."""
    return _see_other(known_thing(steps_of("/id/", steps)))


@linked_data.get("/concept/<path:steps>", defaults={"first": "concept"})
@linked_data.get("/rule/<path:steps>", defaults={"first": "rule"})
@linked_data.get("/graph/<path:steps>", defaults={"first": "graph"})
def thing_beside(first: str, steps: str) -> Response:
    """The same for what lies beside `id/`."""
    return _see_other(known_thing(steps_of(f"/{first}/", steps), f"{first}/"))


@linked_data.get("/page/<path:steps>")
def page_of(steps: str) -> Response:
    """The page about a thing of our own."""
    return _page(known_thing(steps_of("/page/", steps)))


@linked_data.get("/data/<path:steps>")
def data_of(steps: str) -> Response:
    """The RDF about a thing of our own."""
    return _data(known_thing(steps_of("/data/", steps)))


@linked_data.get("/page")
def page_of_any() -> Response:
    """The page about anything, by its IRI: `?iri=`."""
    return _page(asked_thing())


@linked_data.get("/data")
def data_of_any() -> Response:
    """The RDF about anything, by its IRI: `?iri=`."""
    return _data(asked_thing())


def _see_other(iri: str) -> Response:
    media_type = chosen_media_type(
        (*RDF_MEDIA_TYPES, "text/html", _JSON), {**RDF_FORMATS, "html": "text/html", "json": _JSON}
    )
    kept = request.query_string.decode("ascii", "replace")
    target = addresses().page(iri) if media_type in {"text/html", _JSON} else addresses().data(iri)
    path, mark, fragment = target.partition("#")
    if kept:
        path += ("&" if "?" in path else "?") + kept
    response = redirect(path + mark + fragment, code=303)
    response.headers["Vary"] = "Accept"
    return response


def _to_page_of(iri: str) -> Response:
    """To the page where everything is told of a thing that was asked for by another name."""
    path, mark, fragment = addresses().page(iri).partition("#")
    kept = urlencode([(name, value) for name, value in request.args.items(multi=True) if name != "iri"])
    if kept:
        path += ("&" if "?" in path else "?") + kept
    return redirect(path + mark + fragment, code=303)


def _page(iri: str) -> Response:
    from loaders.identity import common_name  # here: a server begins sooner without

    common = common_name(current_snapshot().rdf, iri)
    if common != iri:
        return _to_page_of(common)
    media_type = chosen_media_type(
        ("text/html", *RDF_MEDIA_TYPES, _JSON), {"html": "text/html", **RDF_FORMATS, "json": _JSON}
    )
    snapshot = current_snapshot()
    if media_type not in {"text/html", _JSON}:
        return rdf_answer(_triples_about(snapshot, iri), media_type)
    is_document = any(snapshot.rdf.quads_for_pattern(NamedNode(iri), _TYPE, _DOCUMENT, None))
    if media_type == _JSON:
        return jsonify(_document(snapshot, iri) if is_document else _entity(snapshot, iri))
    return document_page(snapshot, iri) if is_document else entity_page(snapshot, iri)


def _entity(snapshot: Snapshot, iri: str) -> dict[str, object]:
    return entity_data(describe(snapshot, iri, schema(), ends_of(snapshot, NamedNode(iri), schema())))


def _document(snapshot: Snapshot, iri: str) -> dict[str, object]:
    texts = (quad.object for quad in snapshot.rdf.quads_for_pattern(NamedNode(iri), _TEXT, None, None))
    text = next((text.value for text in texts if isinstance(text, Literal)), None)
    return document_data(view_document(iri, snapshot.rdf, snapshot.rdf), text)


def _data(iri: str) -> Response:
    media_type = chosen_media_type(RDF_MEDIA_TYPES, RDF_FORMATS)
    return rdf_answer(_triples_about(current_snapshot(), iri), media_type)


def _triples_about(snapshot: Snapshot, iri: str) -> list[Triple]:
    """What the graph says of a thing, blank nodes followed (Concise Bounded Description), and what points at it."""
    rdf = snapshot.rdf
    found: dict[Triple, None] = {}
    waiting: list[NamedNode | BlankNode] = [NamedNode(iri)]
    seen: set[NamedNode | BlankNode] = set()
    while waiting and len(found) < QUADS_READ:
        node = waiting.pop()
        seen.add(node)
        for quad in rdf.quads_for_pattern(node, None, None, None):
            found[quad.triple] = None
            if isinstance(quad.object, BlankNode) and quad.object not in seen:
                waiting.append(quad.object)
    for quad in rdf.quads_for_pattern(None, None, NamedNode(iri), None):
        if len(found) >= 2 * QUADS_READ:
            break
        found[quad.triple] = None
    return list(found)
