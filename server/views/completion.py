"""`/sparql/terms`: the classes and properties that a query can use, with their names, for completion in an editor."""

from flask import Blueprint, jsonify
from pyoxigraph import NamedNode
from werkzeug.wrappers import Response

from graph.store import Snapshot
from ontology import OWL, RDF, RDFS, SKOS
from server.names import compact
from server.rendering import name_of
from server.resources import current_snapshot, resources

__all__ = ["completion"]

completion = Blueprint("completion", __name__)

_KINDS = {
    OWL["Class"]: "class",
    RDFS["Class"]: "class",
    SKOS["Concept"]: "concept",
    OWL["ObjectProperty"]: "property",
    OWL["DatatypeProperty"]: "property",
    OWL["AnnotationProperty"]: "property",
    RDF["Property"]: "property",
}
_ALWAYS = {
    RDF["type"]: "property",
    RDFS["label"]: "property",
    RDFS["comment"]: "property",
    SKOS["prefLabel"]: "property",
    SKOS["altLabel"]: "property",
    SKOS["exactMatch"]: "property",
    "http://purl.org/dc/terms/title": "property",
    "http://purl.org/dc/terms/issued": "property",
    "http://purl.org/dc/elements/1.1/language": "property",
}


@completion.get("/sparql/terms")
def terms() -> Response:
    """The terms in the order of their names: prefixed name, IRI, kind, and what to call it in the reader's language."""
    found = resources().derived("terms", current_snapshot(), _terms)
    response = jsonify(
        [
            {"name": compact(iri), "iri": iri, "kind": kind, "label": name_of(iri).text}
            for iri, kind in sorted(found.items(), key=lambda item: compact(item[0]))
        ]
    )
    response.headers["Vary"] = "Accept-Language"
    return response


def _terms(snapshot: Snapshot) -> dict[str, str]:
    found = dict(_ALWAYS)
    for kind, word in _KINDS.items():
        for quad in snapshot.rdf.quads_for_pattern(None, NamedNode(RDF["type"]), NamedNode(kind), None):
            if isinstance(quad.subject, NamedNode):
                found[quad.subject.value] = word
    return found
