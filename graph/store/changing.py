"""Graphs of a store as they are changed, what was changed in sum, and the merged graph that is kept along with them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Triple

from graph.errors import StoreError
from graph.store.net_change import GraphName, NetChange

__all__ = ["Changing", "quad_in"]

_MANY = 5_000
"""From this many triples on, Oxigraph writes files of its own faster than its log."""


class Changing:
    """A store that is being changed.

    Graphs are rewritten by their differences, never cleared: on disk clearing costs far more than what it removes.
    The merged graph (the default graph) follows each step: a triple is in it exactly if some named graph holds it.
    In a bare store the default graph is a graph like any other.
    """

    def __init__(self, rdf: pyoxigraph.Store, *, bare: bool, before_change: Callable[[], None]) -> None:
        self._rdf: pyoxigraph.Store | None = rdf
        self._bare = bare
        self._before_change: Callable[[], None] | None = before_change
        self._net = NetChange()

    @property
    def rdf(self) -> pyoxigraph.Store:
        """The state as changed so far, for reading; inferences are those from before the transaction."""
        if self._rdf is None:
            raise StoreError("the transaction has ended")
        return self._rdf

    @property
    def changed(self) -> bool:
        """Whether the state differs from the one before the transaction."""
        return bool(self._net)

    @property
    def net_change(self) -> NetChange:
        """What its steps have changed in sum, merged graph and inferences included; for reading only."""
        return self._net

    def changed_triples(self) -> set[Triple]:
        """The triples with a literal, at least, that came to a graph or went from one, whatever others hold."""
        return self._net.triples_with_literals()

    def replay_on(self, rdf: pyoxigraph.Store) -> None:
        """Do to `rdf`, which is in the state before the transaction, what the transaction did."""
        self._net.do_to(rdf)

    def undo(self) -> None:
        """Take back all steps."""
        self._net.undo_in(self.rdf)

    def end(self) -> None:
        """Let go of the state, so that its files can be closed."""
        self._rdf = None

    # Inside

    def _replace(self, name: NamedNode | DefaultGraph, triples: set[Triple]) -> None:
        old = {quad.triple for quad in self.rdf.quads_for_pattern(None, None, None, name)}
        if not isinstance(name, DefaultGraph):
            self._make_graph(name)
        removed = {quad_in(triple, name) for triple in old - triples}
        added = {quad_in(triple, name) for triple in triples - old}
        self._apply(removed, added)
        if not self._bare:
            self._merge(removed, added)

    def _make_graph(self, name: NamedNode | BlankNode) -> None:
        if not self.rdf.contains_named_graph(name):
            with self._changing():
                self.rdf.add_graph(name)
            self._net.note_new([name])

    def _merge(self, removed: set[Quad], added: set[Quad]) -> None:
        """Let the merged graph follow a change of named graphs."""
        unnamed = DefaultGraph()
        gone = {quad.triple for quad in removed} - {quad.triple for quad in added} if removed else set()
        leaving = {quad_in(triple, unnamed) for triple in gone if self._is_only_merged(triple)}
        self._apply(leaving, self._newly_merged(added))

    def _newly_merged(self, added: set[Quad]) -> set[Quad]:
        """What named graphs get and the merged graph does not hold, in the merged graph."""
        unnamed = DefaultGraph()
        told: dict[NamedNode | BlankNode | Triple, bool] = {}
        new: set[Quad] = set()
        for quad in added:
            # Most of what a document brings is about things of its own: one look-up for each of these is enough.
            subject = quad.subject
            known = told.get(subject)
            if known is None:
                known = next(self.rdf.quads_for_pattern(subject, None, None, unnamed), None) is not None
                told[subject] = known
            merged = Quad(subject, quad.predicate, quad.object, unnamed)
            if not known or merged not in self.rdf:
                new.add(merged)
        return new

    def _held_by_name(self, triple: Triple) -> bool:
        return any(not isinstance(name, DefaultGraph) for name in self._graphs_of(triple))

    def _is_only_merged(self, triple: Triple) -> bool:
        """Whether the merged graph holds it, and no other."""
        merged = False
        for name in self._graphs_of(triple):  # many documents may say it: the first is enough
            if not isinstance(name, DefaultGraph):
                return False
            merged = True
        return merged

    def _graphs_of(self, triple: Triple) -> Iterator[GraphName]:
        found = self.rdf.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
        return (quad.graph_name for quad in found)

    def _apply(self, removed: set[Quad], added: set[Quad]) -> None:
        if not removed and not added:
            return
        with self._changing():
            for quad in removed:
                self.rdf.remove(quad)
            # Whole or not does not matter here: what the transaction does is taken back as a whole.
            (self.rdf.extend if len(added) < _MANY else self.rdf.bulk_extend)(added)
        self._net.note(added, removed)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Mark the state as being changed before its first change, and tell a failure to write in a sentence."""
        try:
            if self._before_change is not None:
                self._before_change()
                self._before_change = None
            yield
        except OSError as error:
            raise StoreError(f"the store cannot be written: {error}") from error


def quad_in(triple: Triple, name: GraphName) -> Quad:
    """The triple in a graph."""
    return Quad(triple.subject, triple.predicate, triple.object, name)
