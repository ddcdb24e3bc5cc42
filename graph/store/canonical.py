"""Triples as Oxigraph keeps them, so that what is put in can be compared with what is there."""

from collections.abc import Iterable

import pyoxigraph
from pyoxigraph import Literal, Quad, Triple

from ontology import RDF, XSD

__all__ = ["as_stored"]

_KEPT_AS_WRITTEN = {XSD["string"], RDF["langString"]}


def as_stored(triples: Iterable[Triple]) -> set[Triple]:
    """The triples as Oxigraph will give them back: it keeps numbers and times by value, and `01` becomes `1`."""
    same: set[Triple] = set()
    typed: list[Quad] = []
    for triple in triples:
        value = triple.object
        if isinstance(value, Literal) and value.datatype.value not in _KEPT_AS_WRITTEN:
            typed.append(Quad(triple.subject, triple.predicate, value))
        else:
            same.add(triple)
    scratch = pyoxigraph.Store()
    scratch.extend(typed)
    same.update(quad.triple for quad in scratch)
    return same
