"""What a transaction changed, put into a remote store graph by graph, and counted there."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import pyoxigraph
from pyoxigraph import DefaultGraph, Quad, Triple

from graph.errors import StoreError
from graph.store.net_change import GraphName, NetChange
from graph.store.remote.endpoint import Endpoint
from graph.store.remote.ledger import GRAPH_MERGED, Pen
from graph.store.remote.skolem import skolemized_graph

__all__ = ["GraphWriter", "PerGraph", "by_graph"]


@dataclass(slots=True)
class PerGraph:
    """What is to change in one graph.

    Arguments:
        name: its name here.
        added, removed: triples.
        gone: whether the graph itself goes.
    """

    name: GraphName
    added: set[Triple] = field(default_factory=set)
    removed: set[Triple] = field(default_factory=set)
    gone: bool = False


def by_graph(change: NetChange) -> dict[str, PerGraph]:
    """The change of each graph, by its name in the ledger."""
    found: dict[str, PerGraph] = {}

    def of(name: GraphName) -> PerGraph:
        return found.setdefault(skolemized_graph(name) or GRAPH_MERGED, PerGraph(name))

    def sort(quads: set[Quad], into: Callable[[PerGraph], set[Triple]]) -> None:
        for quad in quads:
            into(of(quad.graph_name)).add(quad.triple)

    sort(change.added, lambda graph: graph.added)
    sort(change.removed, lambda graph: graph.removed)
    for name in change.new_graphs:
        of(name)
    for name in change.gone_graphs:
        of(name).gone = True
    return found


class GraphWriter:
    """Changes the graphs of a remote store.

    Arguments:
        endpoint: the store.
        merged: the name of the merged graph there; None where it is the default graph.
    """

    def __init__(self, endpoint: Endpoint, merged: str | None) -> None:
        self._endpoint = endpoint
        self._merged = merged

    def place(self, graph: str) -> str | None:
        """The name of a graph in the store, None for its default graph."""
        return self._merged if graph == GRAPH_MERGED else graph

    def write(self, changes: Mapping[str, PerGraph], pen: Pen, rdf: pyoxigraph.Store) -> dict[str, int | None]:
        """Change the graphs; undone as far as possible if that fails.

        Arguments:
            changes: what is to change, by the graphs' names in the ledger.
            pen: the right to write.
            rdf: the state afterwards.

        Returns:
            the number of triples of each graph; None for those that are gone.

        Raises:
            StoreError: the store cannot be reached, or does not keep what it is given.
        """
        pen.touch(changes)
        done: dict[str, PerGraph] = {}
        try:
            sizes = {
                graph: pen.sizes.get(graph, 0) + len(change.added) - len(change.removed)
                for graph, change in changes.items()
            }
            places = {graph: self.place(graph) for graph in changes}
            done = dict(changes)
            if not self._endpoint.exchange(
                {places[graph]: change.removed for graph, change in changes.items()},
                {places[graph]: change.added for graph, change in changes.items()},
            ):
                for graph, change in changes.items():
                    self._write(graph, change, sizes[graph])
            there = self._endpoint.counts([places[graph] for graph in changes])
            for (graph, change), count in zip(changes.items(), there, strict=True):
                if count != sizes[graph]:
                    sizes[graph] = self._write_anew(graph, change.name, rdf)
        except BaseException:
            with suppress(StoreError):  # else the next writer finds what this one has touched
                for graph, change in done.items():
                    self._endpoint.remove(self.place(graph), change.added)
                    self._endpoint.add(self.place(graph), change.removed)
                pen.settle()
            raise
        return {graph: None if change.gone else sizes[graph] for graph, change in changes.items()}

    def replace(self, graph: str, triples: set[Triple]) -> None:
        """Make a graph hold exactly these triples."""
        self._endpoint.clear(self.place(graph))
        self._endpoint.add(self.place(graph), triples)

    def count(self, graph: str) -> int:
        """How many triples a graph holds there."""
        return self._endpoint.count(self.place(graph))

    def _write(self, graph: str, change: PerGraph, size: int) -> None:
        place = self.place(graph)
        if size == len(change.added) and change.removed:  # nothing stays
            self._endpoint.clear(place)
        else:
            self._endpoint.remove(place, change.removed)
        self._endpoint.add(place, change.added)

    def _write_anew(self, graph: str, name: GraphName, rdf: pyoxigraph.Store) -> int:
        """Write a graph as a whole that is not as large as it must be; returns its size.

        A store may hold values otherwise than they were written, so that one is not found to be taken out.
        """
        triples = {quad.triple for quad in rdf.quads_for_pattern(None, None, None, name)}
        self.replace(graph, triples)
        there = self.count(graph)
        if there != len(triples):
            what = "the merged graph" if isinstance(name, DefaultGraph) else graph
            raise StoreError(
                f"the remote store was given {len(triples)} triples for {what}, and holds {there}",
                hint="does it take two of the values for one?",
            )
        return there
