"""The names that the graph has for its things."""

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph
from pyoxigraph import Literal, NamedNode

from ontology import DCTERMS, MC, RDFS, SKOS

__all__ = ["NAMING", "Named", "names_of"]

NAMING = tuple(
    NamedNode(iri)
    for iri in (
        RDFS["label"],
        SKOS["prefLabel"],
        SKOS["altLabel"],
        MC["officialName"],
        MC["abbreviation"],
        MC["iso3"],
        DCTERMS["title"],
    )
)
"""The properties that name things."""


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """A name of a thing.

    Arguments:
        iri: the thing.
        text: the name.
        language: its language, blank if it belongs to none.
    """

    iri: str
    text: str
    language: str


def names_of(rdf: pyoxigraph.Store, within: str = "") -> Iterator[Named]:
    """All names that any graph has for a thing, each once.

    Arguments:
        rdf: the triples.
        within: only things whose IRI holds this.
    """
    seen: set[Named] = set()
    for predicate in NAMING:
        for quad in rdf.quads_for_pattern(None, predicate, None, None):
            thing, name = quad.subject, quad.object
            if isinstance(thing, NamedNode) and isinstance(name, Literal) and within in thing.value and name.value:
                named = Named(thing.value, name.value, name.language or "")
                if named not in seen:
                    seen.add(named)
                    yield named
