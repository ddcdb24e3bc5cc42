"""Triples that are not in the store, looked at together with those that are."""

from collections.abc import Iterator
from itertools import chain
from typing import Protocol

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

__all__ = ["Layers", "Quads"]

_Node = NamedNode | BlankNode
_Term = NamedNode | BlankNode | Literal | Triple


class Quads(Protocol):
    """What can be asked for quads: a store of Oxigraph's, or several as one."""

    def quads_for_pattern(
        self,
        subject: _Node | Triple | None,
        predicate: NamedNode | None,
        object: _Term | None,
        graph_name: _Node | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """The quads that fit; None fits anything."""


class Layers:
    """Several stores as one; what two of them hold comes twice.

    Arguments:
        stores: the stores.
    """

    def __init__(self, *stores: Quads) -> None:
        self._stores = stores

    def quads_for_pattern(
        self,
        subject: _Node | Triple | None,
        predicate: NamedNode | None,
        object: _Term | None,
        graph_name: _Node | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """The quads of all of them that fit; None fits anything."""
        return chain.from_iterable(
            store.quads_for_pattern(subject, predicate, object, graph_name) for store in self._stores
        )
