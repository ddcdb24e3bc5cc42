"""The terms of the ontology for a reader: what they are called and mean, what they are tied to, and who uses them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import islice

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple

from graph.query.canned import CannedQuery
from graph.store import Snapshot
from ontology import DCTERMS, GRAPH_ONTOLOGY, ID, MC, OWL, RDF, RDFS, SKOS, path
from server.class_diagram import ClassDiagram, class_diagram

__all__ = ["KINDS", "Term", "Vocabulary", "examples_of", "ontology_triples", "questions_by_term", "read_vocabulary"]

KINDS = {
    OWL["Class"]: "class",
    OWL["ObjectProperty"]: "object_property",
    OWL["DatatypeProperty"]: "datatype_property",
    OWL["AnnotationProperty"]: "annotation_property",
}
"""What a term may be, with the key of the words for it."""

_EXAMPLES = 3
_LOOKED_AT = 200
_IRI = MC.rstrip("#")
_TYPE = NamedNode(RDF["type"])


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property.

    Arguments:
        iri: its IRI.
        kind: `class`, `object_property`, `datatype_property` or `annotation_property`.
        labels: its label by language.
        definitions: its definition by language.
        links: IRIs that it is tied to, by the key of the words that say how.
    """

    iri: str
    kind: str
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    links: Mapping[str, tuple[str, ...]]

    @property
    def local(self) -> str:
        """The name after the `#`, which is the term's anchor on the page."""
        return self.iri.rpartition("#")[2]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The ontology as a whole.

    Arguments:
        about: its title, description and version, by language.
        terms: its terms, sorted by name.
        diagram: its classes and the properties between them, drawn.
    """

    about: Mapping[str, Mapping[str, str]]
    terms: tuple[Term, ...]
    diagram: ClassDiagram


def ontology_triples(snapshot: Snapshot) -> list[Triple]:
    """The ontology that is in force, or the one that ships if the store holds none."""
    return list(snapshot.triples(GRAPH_ONTOLOGY)) or [
        quad.triple for quad in pyoxigraph.parse(path=path("milcoop.ttl"), format=RdfFormat.TURTLE)
    ]


def read_vocabulary(snapshot: Snapshot) -> Vocabulary:
    """The vocabulary that a snapshot holds."""
    graph = pyoxigraph.Dataset(Quad(*triple) for triple in ontology_triples(snapshot))

    def texts(iri: str, predicate: str) -> dict[str, str]:
        objects = [q.object for q in graph.quads_for_subject(NamedNode(iri)) if q.predicate.value == predicate]
        return {o.language or "": o.value for o in objects if isinstance(o, Literal)}

    def targets(iri: str, predicate: str) -> tuple[str, ...]:
        objects = [q.object for q in graph.quads_for_subject(NamedNode(iri)) if q.predicate.value == predicate]
        return tuple(sorted(o.value for o in objects if isinstance(o, NamedNode)))

    terms = []
    for kind_iri, kind in KINDS.items():
        for quad in graph.quads_for_object(NamedNode(kind_iri)):
            iri = quad.subject.value if isinstance(quad.subject, NamedNode) else ""
            if quad.predicate != _TYPE or not iri.startswith(MC):
                continue
            links = {
                "broader": targets(iri, RDFS["subClassOf"]) + targets(iri, RDFS["subPropertyOf"]),
                "domain": targets(iri, RDFS["domain"]),
                "range": targets(iri, RDFS["range"]),
                "inverse": targets(iri, OWL["inverseOf"]),
            }
            terms.append(Term(iri, kind, texts(iri, RDFS["label"]), texts(iri, SKOS["definition"]), links))
    about = {
        "title": texts(_IRI, DCTERMS["title"]) or texts(_IRI, RDFS["label"]),
        "description": texts(_IRI, DCTERMS["description"]),
        "version": texts(_IRI, OWL["versionInfo"]),
    }
    return Vocabulary(about, tuple(sorted(_with_narrower(terms), key=lambda term: term.local.lower())), _drawn(terms))


def _with_narrower(terms: Iterable[Term]) -> list[Term]:
    """The terms with their links both ways, those that lead nowhere left out."""
    terms = list(terms)
    narrower: dict[str, list[str]] = {}
    for term in terms:
        for upper in term.links["broader"]:
            narrower.setdefault(upper, []).append(term.iri)
    linked = []
    for term in terms:
        both_ways = {**term.links, "narrower": tuple(sorted(narrower.get(term.iri, ())))}
        linked.append(replace(term, links={how: to for how, to in both_ways.items() if to}))
    return linked


def _drawn(terms: Iterable[Term]) -> ClassDiagram:
    terms = list(terms)
    return class_diagram(
        {term.iri: term.links["broader"] for term in terms if term.kind == "class"},
        (
            (term.iri, domain, target)
            for term in terms
            if term.kind == "object_property"
            for domain in term.links["domain"]
            for target in term.links["range"]
        ),
    )


def examples_of(snapshot: Snapshot, terms: Iterable[Term]) -> dict[str, tuple[Triple, ...]]:
    """Triples of the graph that use each term: of a class its members, of a property those that it ties.

    Arguments:
        snapshot: the state.
        terms: the terms; those that nothing uses have no examples.
    """
    found = {}
    for term in terms:
        predicate, value = (_TYPE, NamedNode(term.iri)) if term.kind == "class" else (NamedNode(term.iri), None)
        quads = islice(snapshot.rdf.quads_for_pattern(None, predicate, value, DefaultGraph()), _LOOKED_AT)
        usable = [(q.subject.value, q.triple) for q in quads if isinstance(q.subject, NamedNode)]
        usable = [(iri, triple) for iri, triple in usable if iri.startswith(ID)]
        # What stands under a document is one document's wording; what has an IRI of its own is known to readers
        usable.sort(key=lambda pair: (pair[0].startswith(ID + "document/"), len(pair[0]), pair[0]))
        if usable:
            found[term.iri] = tuple(triple for _, triple in usable[:_EXAMPLES])
    return found


def questions_by_term(queries: Iterable[CannedQuery]) -> dict[str, tuple[str, ...]]:
    """The names of the canned queries that use a term, by the term's IRI."""
    found: dict[str, list[str]] = {}
    for query in queries:
        for local in sorted(set(re.findall(r"\bmc:(\w+)", query.text))):
            found.setdefault(MC + local, []).append(query.name)
    return {iri: tuple(names) for iri, names in found.items()}
