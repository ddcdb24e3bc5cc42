"""A change of the store: its steps, of which all happen or none."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from graph.errors import BadInput
from graph.store.canonical import as_stored, quads_as_stored
from graph.store.changing import quad_in
from graph.store.inferred import ChangingInferences, is_inferred
from graph.store.net_change import GraphName, NetChange
from graph.store.sources import Sources
from ontology import GRAPH

if TYPE_CHECKING:
    from graph.store.update_effects import Effects

__all__ = ["GRAPH_UNNAMED", "Transaction"]

GRAPH_UNNAMED = GRAPH["unnamed"]
"""Where a store that keeps the merged graph holds what was written to the unnamed graph."""


class Transaction(ChangingInferences):
    """The steps of one change. Get one from `Store.transaction()`; it ends with the `with`.

    See `Changing` for what is kept along with them.
    """

    def __init__(
        self, rdf: pyoxigraph.Store, sources: Sources, *, bare: bool, before_change: Callable[[], None]
    ) -> None:
        super().__init__(rdf, bare=bare, before_change=before_change)
        self.begins_on: int | None = None
        """The number of the state before it, where states are numbered."""
        self.more_to_come = False
        """Whether the same writer writes on at once: what only makes reading faster is then put off."""
        self._sources = sources

    # Steps

    def put_graph(self, graph: str | None, triples: Iterable[Triple]) -> None:
        """Make `graph` (None: the unnamed graph) hold exactly `triples`; it exists afterwards, even if empty.

        Raises:
            BadInput: it is the inferred graph, which inference alone writes.
            StoreError: the store cannot be written.
        """
        self._replace(self._name(graph), as_stored(triples))

    def put_graphs(self, graphs: Mapping[str, Iterable[Triple]]) -> None:
        """Make each of these graphs hold exactly its triples, as `put_graph` does one; many cost less together.

        Raises:
            BadInput: one is the inferred graph, which inference alone writes.
            StoreError: the store cannot be written.
        """
        names = {self._name(graph): triples for graph, triples in graphs.items()}
        coming = quads_as_stored(quad_in(triple, name) for name, triples in names.items() for triple in triples)
        held = {quad for name in names for quad in self.rdf.quads_for_pattern(None, None, None, name)}
        for name in names:
            if not isinstance(name, DefaultGraph):
                self._make_graph(name)
        removed, added = held - coming, coming - held if held else coming
        self._apply_merged(removed, added)

    def amend_graph(self, graph: str | None, removed: Iterable[Triple], added: Iterable[Triple]) -> None:
        """Take `removed` out of `graph` and put `added` into it, without looking at what else it holds.

        Raises:
            BadInput: it is the inferred graph, which inference alone writes.
            StoreError: the store cannot be written.
        """
        self._amend({self._name(graph): (removed, added)})

    def amend_graphs(self, amendments: Mapping[str, tuple[Iterable[Triple], Iterable[Triple]]]) -> None:
        """Take triples out of each of these graphs and put others in, as `amend_graph` does; many cost less together.

        Arguments:
            amendments: what is removed and what is added, by graph.

        Raises:
            BadInput: one is the inferred graph, which inference alone writes.
            StoreError: the store cannot be written.
        """
        self._amend({self._name(graph): amendment for graph, amendment in amendments.items()})

    def drop_graph(self, graph: str | None) -> bool:
        """Remove `graph` and all it holds; tells whether there was one.

        Raises:
            BadInput: it is the inferred graph.
            StoreError: the store cannot be written.
        """
        name = self._name(graph)
        existed = isinstance(name, DefaultGraph) or self.rdf.contains_named_graph(name)
        if not existed:
            return False
        self._replace(name, set())
        if not isinstance(name, DefaultGraph):
            with self._changing():
                self.rdf.remove_graph(name)
            self._net.note_gone([name])
        return True

    def update(self, sparql: str, *, base_iri: str | None = None) -> None:
        """Execute a SPARQL 1.1 update.

        In a store with a merged graph, what the update adds to the default graph is kept in `GRAPH_UNNAMED`, and what
        it deletes there is deleted from that graph; documents' graphs it changes only by name. Nothing is fetched:
        refusing `LOAD` and `SERVICE` is up to the caller.

        Raises:
            SyntaxError: from the engine, with the place.
            BadInput: the update writes to the inferred graph, or drops a graph that is not there.
            StoreError: the store cannot be written.
        """
        from graph.store.update_effects import NotWorkedOut, effects_of  # the words of SPARQL are those of queries

        before = self._net.copy()
        try:
            with self._changing():
                try:
                    for effects in effects_of(self.rdf, sparql, base_iri):
                        self._do(effects)
                except NotWorkedOut:
                    self._update_and_compare(sparql, base_iri)
        except RuntimeError as error:
            self._return_to(before)
            raise BadInput(f"the update cannot be executed: {error}") from error
        except BaseException:
            self._return_to(before)
            raise

    def keep_source(self, sha256: str, data: bytes) -> None:
        """Keep the bytes of a document under their SHA-256 (hexadecimal).

        Raises:
            BadInput: the digest is not that of the bytes.
            StoreError: they cannot be written.
        """
        self._sources.stage(sha256, data)

    def drop_source(self, sha256: str) -> None:
        """Forget the bytes of a document when the transaction succeeds; there need not be any."""
        self._sources.drop_later(sha256)

    @property
    def sources(self) -> Sources:
        """The documents' bytes, for reading only."""
        return self._sources

    # Inside

    def _do(self, effects: "Effects") -> None:
        """Do what an operation of an update does. Where a merged graph is kept, the unnamed graph has a name."""
        removed, added = set(effects.removed), set(effects.added)
        for name in effects.emptied:
            removed |= set(self.rdf.quads_for_pattern(None, None, None, self._kept_in(name)))
        if not self._bare:
            if any(is_inferred(quad.graph_name) for quad in added):
                raise BadInput("the inferred graph is written by inference alone")
            removed = {quad for quad in removed if not is_inferred(quad.graph_name)}
        removed = {quad_in(quad.triple, self._kept_in(quad.graph_name)) for quad in removed}
        added = {quad_in(quad.triple, self._kept_in(quad.graph_name)) for quad in added}
        added = {
            quad_in(triple, name)
            for name in {quad.graph_name for quad in added}
            for triple in as_stored(quad.triple for quad in added if quad.graph_name == name)
        }
        removed = {quad for quad in removed - added if quad in self.rdf}
        added = {quad for quad in added if quad not in self.rdf}
        for made in [*effects.made, *{quad.graph_name for quad in added}]:
            if not isinstance(made, DefaultGraph):
                self._make_graph(made)
        self._apply(removed, added)
        if not self._bare:
            self._merge(removed, added)
        for dropped in effects.dropped:
            if (self._bare or not is_inferred(dropped)) and self.rdf.contains_named_graph(dropped):
                with self._changing():
                    self.rdf.remove_graph(dropped)
                self._net.note_gone([dropped])

    def _amend(self, named: Mapping[NamedNode | DefaultGraph, tuple[Iterable[Triple], Iterable[Triple]]]) -> None:
        coming = quads_as_stored(quad_in(triple, name) for name, (_, added) in named.items() for triple in added)
        going = {quad_in(triple, name) for name, (removed, _) in named.items() for triple in removed} - coming
        for name in named:
            if not isinstance(name, DefaultGraph):
                self._make_graph(name)
        gone, come = {quad for quad in going if quad in self.rdf}, {quad for quad in coming if quad not in self.rdf}
        self._apply_merged(gone, come)

    def _apply_merged(self, removed: set[Quad], added: set[Quad]) -> None:
        """Change named graphs, and the merged graph with them: where nothing goes, at one stroke."""
        if self._bare:
            self._apply(removed, added)
        elif removed:
            self._apply(removed, added)
            self._merge(removed, added)
        else:
            self._apply(set(), added | self._newly_merged(added))

    def _kept_in(self, name: GraphName) -> GraphName:
        return NamedNode(GRAPH_UNNAMED) if isinstance(name, DefaultGraph) and not self._bare else name

    def _return_to(self, before: NetChange) -> None:
        """Take back what was done since `before`."""
        self._net.since(before).undo_in(self.rdf)
        self._net = before

    def _update_and_compare(self, sparql: str, base_iri: str | None) -> None:
        """Execute an update whose effects only show when it is done, and see what is different."""
        before, graphs_before = set(self.rdf), set(self.rdf.named_graphs())
        with self._changing():
            self.rdf.update(sparql, base_iri=base_iri)
        after, graphs_after = set(self.rdf), set(self.rdf.named_graphs())
        added, removed = after - before, before - after
        self._net.note(added, removed)
        self._net.note_new(graphs_after - graphs_before)
        self._net.note_gone(graphs_before - graphs_after)
        if not self._bare:
            if any(is_inferred(quad.graph_name) for quad in added):
                raise BadInput("the inferred graph is written by inference alone")
            self._settle_update(added, removed)

    def _name(self, graph: str | None) -> NamedNode | DefaultGraph:
        if graph is None:
            return DefaultGraph() if self._bare else NamedNode(GRAPH_UNNAMED)
        try:
            name = NamedNode(graph)
        except ValueError as error:
            raise BadInput(f"{graph!r} is not an IRI that can name a graph") from error
        if not self._bare and is_inferred(name):
            raise BadInput("the inferred graph is written by inference alone")
        return name

    def _settle_update(self, added: set[Quad], removed: set[Quad]) -> None:
        """Bring the merged graph back to its law after an update that wrote to it as if it were a graph of its own."""
        unnamed, own = DefaultGraph(), NamedNode(GRAPH_UNNAMED)
        named_added = {quad for quad in added if quad.graph_name != unnamed}
        named_removed = {quad for quad in removed if quad.graph_name != unnamed}
        to_own = {quad_in(quad.triple, own) for quad in added - named_added} - named_added
        from_own = {quad_in(quad.triple, own) for quad in removed - named_removed}
        from_own = {quad for quad in from_own if quad in self.rdf}
        if to_own:
            self._make_graph(own)
        self._apply(from_own, to_own)
        self._merge(named_removed | from_own, named_added | to_own)
        # What the update deleted from the merged graph but a named graph still says is still so.
        deleted = {quad for quad in removed - named_removed if self._held_by_name(quad.triple)}
        self._apply(set(), {quad for quad in deleted if quad not in self.rdf})
