"""What several steps have changed in sum, kept in time that depends on the steps alone."""

from collections.abc import Iterable

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad

__all__ = ["GraphName", "NetChange"]

GraphName = NamedNode | BlankNode | DefaultGraph


class NetChange:
    """Quads and named graphs that are there and were not, and the other way round.

    Attributes:
        added, removed: quads.
        new_graphs, gone_graphs: names of graphs.
    """

    def __init__(self) -> None:
        self.added: set[Quad] = set()
        self.removed: set[Quad] = set()
        self.new_graphs: set[NamedNode | BlankNode] = set()
        self.gone_graphs: set[NamedNode | BlankNode] = set()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.new_graphs or self.gone_graphs)

    def copy(self) -> "NetChange":
        """The same, which further steps leave alone."""
        copy = NetChange()
        copy.added, copy.removed = set(self.added), set(self.removed)
        copy.new_graphs, copy.gone_graphs = set(self.new_graphs), set(self.gone_graphs)
        return copy

    def note(self, added: set[Quad], removed: set[Quad]) -> None:
        """Note a step: quads that were not there, and quads that were."""
        came, went = added - self.removed, removed - self.added
        self.added -= removed
        self.removed -= added
        self.added |= came
        self.removed |= went

    def note_new(self, graphs: Iterable[NamedNode | BlankNode]) -> None:
        """Note graphs that were not there."""
        for name in graphs:
            (self.gone_graphs.discard if name in self.gone_graphs else self.new_graphs.add)(name)

    def note_gone(self, graphs: Iterable[NamedNode | BlankNode]) -> None:
        """Note graphs that were there."""
        for name in graphs:
            (self.new_graphs.discard if name in self.new_graphs else self.gone_graphs.add)(name)

    def since(self, before: "NetChange") -> "NetChange":
        """What changed after `before`, a copy from then."""
        step = NetChange()
        step.added = (self.added - before.added) | (before.removed - self.removed)
        step.removed = (self.removed - before.removed) | (before.added - self.added)
        step.new_graphs = (self.new_graphs - before.new_graphs) | (before.gone_graphs - self.gone_graphs)
        step.gone_graphs = (self.gone_graphs - before.gone_graphs) | (before.new_graphs - self.new_graphs)
        return step

    def do_to(self, rdf: pyoxigraph.Store) -> None:
        """Change a store that is in the state before."""
        _change(rdf, self.removed, self.added, self.gone_graphs, self.new_graphs)

    def undo_in(self, rdf: pyoxigraph.Store) -> None:
        """Bring a store that is in the state after back to the one before."""
        _change(rdf, self.added, self.removed, self.new_graphs, self.gone_graphs)


def _change(
    rdf: pyoxigraph.Store,
    removed: Iterable[Quad],
    added: Iterable[Quad],
    gone: Iterable[NamedNode | BlankNode],
    new: Iterable[NamedNode | BlankNode],
) -> None:
    for quad in removed:
        rdf.remove(quad)
    for name in gone:
        rdf.remove_graph(name)
    for name in new:
        rdf.add_graph(name)
    rdf.extend(added)
