"""What several steps have changed in sum, kept in time that depends on the steps alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Triple, parse

__all__ = ["GraphName", "Lines", "NetChange"]

GraphName = NamedNode | BlankNode | DefaultGraph


@dataclass(frozen=True, slots=True)
class Lines:
    """Triples in N-Triples that were not in some graphs, or were, too many to be objects unless somebody asks for them.

    Arguments:
        graphs: names of the graphs.
        added, removed: the triples.
    """

    graphs: tuple[GraphName, ...]
    added: bytes = b""
    removed: bytes = b""


class NetChange:
    """Quads and named graphs that are there and were not, and the other way round.

    Attributes:
        new_graphs, gone_graphs: names of graphs.
    """

    def __init__(self) -> None:
        self._added: set[Quad] = set()
        self._removed: set[Quad] = set()
        self._lines: list[Lines] = []
        self.new_graphs: set[NamedNode | BlankNode] = set()
        self.gone_graphs: set[NamedNode | BlankNode] = set()

    def __bool__(self) -> bool:
        return bool(self._added or self._removed or self._lines or self.new_graphs or self.gone_graphs)

    @property
    def added(self) -> set[Quad]:
        """Quads that are there and were not."""
        self._read_lines()
        return self._added

    @property
    def removed(self) -> set[Quad]:
        """Quads that were there and are not."""
        self._read_lines()
        return self._removed

    def copy(self) -> "NetChange":
        """The same, which further steps leave alone."""
        copy = NetChange()
        copy._added, copy._removed = set(self.added), set(self.removed)
        copy.new_graphs, copy.gone_graphs = set(self.new_graphs), set(self.gone_graphs)
        return copy

    def note(self, added: set[Quad], removed: set[Quad]) -> None:
        """Note a step: quads that were not there, and quads that were."""
        self._read_lines()
        self._note(added, removed)

    def _note(self, added: set[Quad], removed: set[Quad]) -> None:
        came, went = added - self._removed, removed - self._added
        self._added -= removed
        self._removed -= added
        self._added |= came
        self._removed |= went

    def note_lines(self, lines: Lines) -> None:
        """Note a step of very many triples."""
        self._lines.append(lines)

    def triples_with_literals(self) -> set[Triple]:
        """The triples that came to a graph or went from one; of those that are lines, those with a literal."""
        found = {quad.triple for quads in (self._added, self._removed) for quad in quads}
        for lines in self._lines:
            for text in (lines.added, lines.removed):
                told = b"\n".join(line for line in text.splitlines() if b'"' in line)
                found.update(quad.triple for quad in parse(told, RdfFormat.N_TRIPLES))
        return found

    def of_default_graph(self, most: int) -> tuple[list[Triple], list[Triple]] | None:
        """The triples that went from the default graph, and those that came; None if they are more than so many.

        Arguments:
            most: how many.
        """
        if sum(lines.added.count(b"\n") + lines.removed.count(b"\n") for lines in self._lines) > most:
            return None
        removed, added = (
            list(islice((quad.triple for quad in quads if isinstance(quad.graph_name, DefaultGraph)), most + 1))
            for quads in (self.removed, self.added)
        )
        return (removed, added) if len(removed) + len(added) <= most else None

    def _read_lines(self) -> None:
        while self._lines:
            lines = self._lines.pop(0)
            self._note(_quads(lines.added, lines.graphs), _quads(lines.removed, lines.graphs))

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
        step._added = (self.added - before.added) | (before.removed - self.removed)
        step._removed = (self.removed - before.removed) | (before.added - self.added)
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


def _quads(text: bytes, graphs: Iterable[GraphName]) -> set[Quad]:
    triples = [quad.triple for quad in parse(text, RdfFormat.N_TRIPLES)]
    return {Quad(triple.subject, triple.predicate, triple.object, graph) for graph in graphs for triple in triples}
