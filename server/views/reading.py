"""`/reading`: what a document would bring, read without being saved; the page where one is added."""

import pyoxigraph
from flask import Blueprint, jsonify
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse
from werkzeug.wrappers import Response

from graph.errors import BadInput
from ontology import LANGUAGES
from server.access import require_scope
from server.document_page import DocumentView, ListedFact, view_document
from server.layers import Layers
from server.loading import read_upload
from server.localization import LANGUAGE_NAMES
from server.marks import anchor
from server.names import compact
from server.rendering import chosen_media_type, page, speak_of
from server.resources import current_snapshot, resources
from server.uploading import uploads_of_request

__all__ = ["reading"]

reading = Blueprint("reading", __name__)

_MEDIA_TYPES = {"json": "application/json", "html": "text/html", "ntriples": "application/n-triples"}


@reading.get("/reading")
def form() -> Response:
    """The page where a document is dropped, chosen or pasted, read, and then saved or not."""
    return page("reading.html", tongues={code: LANGUAGE_NAMES[code] for code in LANGUAGES}, **_limits())


@reading.post("/reading")
def read() -> Response:
    """Read a document and tell what it says; nothing is saved."""
    media_type = chosen_media_type(tuple(_MEDIA_TYPES.values()), _MEDIA_TYPES)
    require_scope("load")
    uploads = uploads_of_request()
    if len(uploads) != 1:
        raise BadInput(f"There are {len(uploads)} documents", hint="send one at a time to be read")
    with resources().readings.entered():
        found = read_upload(resources(), uploads[0])
    if media_type == "application/n-triples":
        return Response(found["triples"], mimetype=media_type)
    iri, graph = found["iri"], NamedNode(found["iri"])
    rdf = pyoxigraph.Store()
    triples = parse(found["triples"], format=RdfFormat.N_TRIPLES)
    rdf.extend(Quad(quad.subject, quad.predicate, quad.object, graph) for quad in triples)
    speak_of(rdf)
    document = view_document(iri, rdf, Layers(rdf, current_snapshot().rdf))
    told = {"iri": iri, "change": found["change"], "counts": found["facts"], "note": found["note"]}
    if media_type == "text/html":
        return page("read.html", document=document, anchor=anchor, statements=len(rdf), **told)
    return jsonify({**told, **_as_json(document), "statements": len(rdf)})


def _limits() -> dict[str, int]:
    """How large a document may be."""
    return {"most_megabytes": resources().settings.upload_mb}


def _as_json(document: DocumentView) -> dict[str, object]:
    return {
        "title": document.title,
        "language": document.language,
        "issued": document.issued,
        "claims": [_claim(fact) for fact in document.facts],
    }


def _claim(fact: ListedFact) -> dict[str, object]:
    claim = fact.claim
    said: dict[str, object]
    if claim.statement:
        subject, predicate, value = claim.statement
        said = {"subject": _term(subject), "predicate": predicate.value, "object": _term(value)}
    else:
        said = {"attributes": {name: [_term(value) for value in values] for name, values in fact.attributes}}
    return {
        "claim": claim.node.value,
        "kind": compact(fact.kind),
        **said,
        "modality": claim.modality,
        "is_fact": claim.is_fact,
        "confidence": claim.confidence,
        "rule": claim.rule,
        "passages": [{"begin": p.begin, "end": p.end, "text": p.text} for p in claim.passages],
    }


def _term(term: NamedNode | BlankNode | Literal | Triple) -> str:
    return str(term) if isinstance(term, Triple) else term.value
