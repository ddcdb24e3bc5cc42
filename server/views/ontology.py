"""`/ontology`: the vocabulary, as a page in three languages or as RDF."""

from dataclasses import dataclass

import pyoxigraph
from flask import Blueprint, send_file
from pyoxigraph import Literal, NamedNode, RdfFormat
from werkzeug.wrappers import Response

from graph.errors import NotFound
from graph.store import Snapshot
from ontology import DCTERMS, GRAPH_ONTOLOGY, LANGUAGES, MC, OWL, RDF, RDFS, SKOS, path
from server.rdf_answers import RDF_FORMATS, RDF_MEDIA_TYPES, rdf_answer
from server.rendering import chosen_media_type, page
from server.resources import current_snapshot, resources

__all__ = ["ontology"]

ontology = Blueprint("ontology", __name__)

_IRI = MC.rstrip("#")
_KINDS = {
    OWL["Class"]: "class",
    OWL["ObjectProperty"]: "object_property",
    OWL["DatatypeProperty"]: "datatype_property",
    OWL["AnnotationProperty"]: "annotation_property",
}
_FILES = {
    "shapes.ttl": "text/turtle",
    "alignments.ttl": "text/turtle",
    "context.jsonld": "application/ld+json",
}


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property, as the page shows it.

    Arguments:
        iri: its IRI.
        kind: `class`, `object_property`, `datatype_property` or `annotation_property`.
        labels: its label by language.
        definitions: its definition by language.
        links: IRIs that it is tied to, by the key of the words that say how.
    """

    iri: str
    kind: str
    labels: dict[str, str]
    definitions: dict[str, str]
    links: dict[str, tuple[str, ...]]

    @property
    def local(self) -> str:
        """The name after the `#`, which is the term's anchor on the page."""
        return self.iri.rpartition("#")[2]


@ontology.get("/ontology")
def vocabulary() -> Response:
    """The ontology that is in force, or the one that ships if the store holds none."""
    formats = {"html": "text/html", **RDF_FORMATS}
    media_type = chosen_media_type((*RDF_MEDIA_TYPES, "text/html"), formats)
    snapshot = current_snapshot()
    if media_type == "text/html":
        about, terms = resources().derived("ontology", snapshot, lambda s: _read(_graph(s)))
        by_kind = {kind: [term for term in terms if term.kind == kind] for kind in _KINDS.values()}
        return page(
            "ontology.html", iri=_IRI, about=about, by_kind=by_kind, files=list(_FILES), all_languages=LANGUAGES
        )
    return rdf_answer((quad.triple for quad in _graph(snapshot)), media_type)


@ontology.get("/ontology/<name>")
def further_file(name: str) -> Response:
    """The shapes, the alignments and the JSON-LD context, as they ship."""
    if name not in _FILES:
        raise NotFound(f"There is no {name!r} beside the ontology", hint=f"there are {', '.join(_FILES)}")
    return send_file(path(name), mimetype=_FILES[name])


def _graph(snapshot: Snapshot) -> pyoxigraph.Dataset:
    triples = list(snapshot.triples(GRAPH_ONTOLOGY))
    if triples:
        return pyoxigraph.Dataset(pyoxigraph.Quad(*triple) for triple in triples)
    parsed = pyoxigraph.parse(path=path("milcoop.ttl"), format=RdfFormat.TURTLE)
    return pyoxigraph.Dataset(parsed)


def _read(graph: pyoxigraph.Dataset) -> tuple[dict[str, dict[str, str]], list[Term]]:
    """What the ontology says of itself, and its terms sorted by name."""

    def texts(iri: str, predicate: str) -> dict[str, str]:
        objects = [q.object for q in graph.quads_for_subject(NamedNode(iri)) if q.predicate.value == predicate]
        return {o.language or "": o.value for o in objects if isinstance(o, Literal)}

    def targets(iri: str, predicate: str) -> tuple[str, ...]:
        objects = [q.object for q in graph.quads_for_subject(NamedNode(iri)) if q.predicate.value == predicate]
        return tuple(sorted(o.value for o in objects if isinstance(o, NamedNode)))

    about = {
        "title": texts(_IRI, DCTERMS["title"]) or texts(_IRI, RDFS["label"]),
        "description": texts(_IRI, DCTERMS["description"]),
        "version": texts(_IRI, OWL["versionInfo"]),
    }
    terms = []
    for kind_iri, kind in _KINDS.items():
        for quad in graph.quads_for_object(NamedNode(kind_iri)):
            iri = quad.subject.value if isinstance(quad.subject, NamedNode) else ""
            if quad.predicate.value != RDF["type"] or not iri.startswith(MC):
                continue
            links = {
                "broader": targets(iri, RDFS["subClassOf"]) + targets(iri, RDFS["subPropertyOf"]),
                "domain": targets(iri, RDFS["domain"]),
                "range": targets(iri, RDFS["range"]),
                "inverse": targets(iri, OWL["inverseOf"]),
            }
            links = {name: found for name, found in links.items() if found}
            terms.append(Term(iri, kind, texts(iri, RDFS["label"]), texts(iri, SKOS["definition"]), links))
    narrower: dict[str, list[str]] = {}
    for term in terms:
        for upper in term.links.get("broader", ()):
            narrower.setdefault(upper, []).append(term.iri)
    for term in terms:
        if term.iri in narrower:
            term.links["narrower"] = tuple(sorted(narrower[term.iri]))
    return about, sorted(terms, key=lambda term: term.local.lower())
