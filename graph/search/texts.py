"""What of a graph can be found by its words: the names of things, and the passages of documents."""

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Triple

from graph.search.names import NAMING
from ontology import MC, XSD

__all__ = ["PROPERTIES", "Text", "is_text", "texts_of"]

PROPERTIES = (*NAMING, NamedNode(MC["exactText"]))
"""The properties whose values are searched."""

_STRING = NamedNode(XSD["string"])
_PREDICATES = frozenset(PROPERTIES)


@dataclass(frozen=True, slots=True)
class Text:
    """A literal of a thing that is searched.

    Arguments:
        thing: IRI of the thing.
        property: IRI of the property that the text is a value of.
        text: the text.
        language: its language tag, blank if it has none.
    """

    thing: str
    property: str
    text: str
    language: str

    @classmethod
    def of(cls, triple: Triple) -> "Text":
        """The text that a triple gives, of which `is_text` holds."""
        thing, value = triple.subject, triple.object
        assert isinstance(thing, NamedNode) and isinstance(value, Literal)
        return cls(thing.value, triple.predicate.value, value.value, value.language or "")


def is_text(triple: Triple) -> bool:
    """Whether the triple gives a thing with an IRI a text that is searched."""
    value = triple.object
    return (
        triple.predicate in _PREDICATES
        and isinstance(value, Literal)
        and isinstance(triple.subject, NamedNode)
        and bool(value.value)
        and (value.language is not None or value.datatype == _STRING)
    )


def texts_of(rdf: pyoxigraph.Store) -> Iterator[Text]:
    """All texts that any graph has, each once.

    Arguments:
        rdf: the triples.
    """
    for predicate in PROPERTIES:
        seen: set[Triple] = set()
        for quad in rdf.quads_for_pattern(None, predicate, None, None):
            triple = quad.triple
            if triple not in seen and is_text(triple):
                seen.add(triple)
                yield Text.of(triple)
