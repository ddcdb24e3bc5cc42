"""Triples as Oxigraph keeps them, so that what is put in can be compared with what is there."""

from collections.abc import Iterable

import pyoxigraph
from pyoxigraph import Literal, Quad, Triple

from ontology import RDF, XSD

__all__ = ["as_stored", "quads_as_stored"]

_KEPT_AS_WRITTEN = {XSD["string"], RDF["langString"]}


def as_stored(triples: Iterable[Triple]) -> set[Triple]:
    """The triples as Oxigraph will give them back: it keeps numbers and times by value, and `01` becomes `1`."""
    same: set[Triple] = set()
    typed: list[Quad] = []
    for triple in triples:
        if _may_change(triple.object):
            typed.append(Quad(triple.subject, triple.predicate, triple.object))
        else:
            same.add(triple)
    same.update(quad.triple for quad in _through_store(typed))
    return same


def quads_as_stored(quads: Iterable[Quad]) -> set[Quad]:
    """The quads as Oxigraph will give them back, as `as_stored` has triples."""
    same: set[Quad] = set()
    typed: list[Quad] = []
    for quad in quads:
        if _may_change(quad.object):
            typed.append(quad)
        else:
            same.add(quad)
    same.update(_through_store(typed))
    return same


def _may_change(value: object) -> bool:
    return isinstance(value, Literal) and value.datatype.value not in _KEPT_AS_WRITTEN


def _through_store(quads: list[Quad]) -> Iterable[Quad]:
    scratch = pyoxigraph.Store()
    scratch.extend(quads)
    return scratch
