"""A change of the store: its steps, what they changed in sum, and the merged graph that is kept along with them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Triple

from graph.errors import BadInput, StoreError
from graph.loading import load_ntriples
from graph.reasoner.change import Change
from graph.store.canonical import as_stored, quads_as_stored
from graph.store.net_change import GraphName, Lines, NetChange
from graph.store.sources import Sources
from ontology import GRAPH, GRAPH_INFERRED

if TYPE_CHECKING:
    from graph.store.update_effects import Effects

__all__ = ["GRAPH_UNNAMED", "Transaction"]

GRAPH_UNNAMED = GRAPH["unnamed"]
"""Where a store that keeps the merged graph holds what was written to the unnamed graph."""

_MANY = 5_000
"""From this many triples on, Oxigraph writes files of its own faster than its log."""

_MANY_BYTES = 1_000_000
"""From so many bytes of conclusions on they are loaded as text."""

_INFERRED = NamedNode(GRAPH_INFERRED)


class Transaction:
    """The steps of one change. Get one from `Store.transaction()`; it ends with the `with`.

    Graphs are rewritten by their differences, never cleared: on disk clearing costs far more than what it removes.
    The merged graph (the default graph) follows each step: a triple is in it exactly if some named graph holds it.
    In a bare store the default graph is a graph like any other.
    """

    def __init__(
        self, rdf: pyoxigraph.Store, sources: Sources, *, bare: bool, before_change: Callable[[], None]
    ) -> None:
        self._rdf: pyoxigraph.Store | None = rdf
        self._sources = sources
        self._bare = bare
        self._before_change: Callable[[], None] | None = before_change
        self._net = NetChange()

    # Steps

    @property
    def rdf(self) -> pyoxigraph.Store:
        """The state as changed so far, for reading; inferences are those from before the transaction."""
        if self._rdf is None:
            raise StoreError("the transaction has ended")
        return self._rdf

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
        coming = quads_as_stored(_quad(triple, name) for name, triples in names.items() for triple in triples)
        held = {quad for name in names for quad in self.rdf.quads_for_pattern(None, None, None, name)}
        for name in names:
            if not isinstance(name, DefaultGraph):
                self._make_graph(name)
        removed, added = held - coming, coming - held if held else coming
        self._apply(removed, added)
        if not self._bare:
            self._merge(removed, added)

    def amend_graph(self, graph: str | None, removed: Iterable[Triple], added: Iterable[Triple]) -> None:
        """Take `removed` out of `graph` and put `added` into it, without looking at what else it holds.

        Raises:
            BadInput: it is the inferred graph, which inference alone writes.
            StoreError: the store cannot be written.
        """
        name = self._name(graph)
        coming = {_quad(triple, name) for triple in as_stored(added)}
        going = {_quad(triple, name) for triple in removed} - coming
        if not isinstance(name, DefaultGraph):
            self._make_graph(name)
        gone, come = {quad for quad in going if quad in self.rdf}, {quad for quad in coming if quad not in self.rdf}
        self._apply(gone, come)
        if not self._bare:
            self._merge(gone, come)

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

    # What the store asks at the end

    @property
    def changed(self) -> bool:
        """Whether the state differs from the one before the transaction."""
        return bool(self._net)

    @property
    def asserted_changed(self) -> bool:
        """Whether what inference starts from differs, or an update took from its results."""
        return any(
            not isinstance(quad.graph_name, DefaultGraph)
            for changes in (self._net.added, self._net.removed)
            for quad in changes
        )

    @property
    def inferred_changed(self) -> bool:
        """Whether an update took from the results of inference, or there are none yet."""
        changed = any(_is_inferred(quad.graph_name) for quads in (self._net.added, self._net.removed) for quad in quads)
        return changed or not self.rdf.contains_named_graph(_INFERRED)

    def changed_triples(self) -> set[Triple]:
        """The triples with a literal, at least, that came to a graph or went from one, whatever others hold."""
        return self._net.triples_with_literals()

    def assertions(self) -> Change:
        """What is asserted now and was not before, and the other way round."""
        came: dict[Triple, set[GraphName]] = {}
        went: dict[Triple, set[GraphName]] = {}
        for quads, graphs in ((self._net.added, came), (self._net.removed, went)):
            for quad in quads:
                if not isinstance(quad.graph_name, DefaultGraph) and not _is_inferred(quad.graph_name):
                    graphs.setdefault(quad.triple, set()).add(quad.graph_name)
        # What came to the merged graph stood in no graph before, and what left it stands in none.
        merged = not self._bare
        new = {quad.triple for quad in self._net.added if merged and isinstance(quad.graph_name, DefaultGraph)}
        old = {quad.triple for quad in self._net.removed if merged and isinstance(quad.graph_name, DefaultGraph)}
        added = {
            triple
            for triple, graphs in came.items()
            if triple not in went and (triple in new or not self._is_asserted(triple, graphs))
        }
        removed = {triple for triple in went if triple in old or not self._is_asserted(triple, set())}
        return Change(frozenset(added), frozenset(removed))

    def infer(self, triples: Iterable[Triple]) -> None:
        """Put triples into the inferred graph."""
        added = {_quad(triple, _INFERRED) for triple in triples}
        self._make_graph(_INFERRED)
        self._apply(set(), added)
        self._merge(set(), added)

    def forget(self, triples: Iterable[Triple]) -> None:
        """Take triples out of the inferred graph, and out of the merged graph if nobody asserts them."""
        removed = {_quad(triple, _INFERRED) for triple in triples}
        self._apply({quad for quad in removed if quad in self.rdf}, set())
        self._merge(removed, set())

    def show_again(self, triples: Iterable[Triple]) -> None:
        """Let the merged graph hold triples that nobody asserts, until they are inferred or forgotten."""
        self._apply(set(), {_quad(triple, DefaultGraph()) for triple in triples})

    def _is_asserted(self, triple: Triple, apart_from: set[GraphName]) -> bool:
        """Whether another graph asserts it."""
        return any(
            not isinstance(name, DefaultGraph) and name != _INFERRED and name not in apart_from
            for name in self._graphs_of(triple)
        )

    def asserted(self) -> set[Triple]:
        """All that is asserted: the triples of every named graph but the inferred one."""
        triples: set[Triple] = set()
        for name in self.rdf.named_graphs():
            if not _is_inferred(name):
                triples.update(quad.triple for quad in self.rdf.quads_for_pattern(None, None, None, name))
        return triples

    def write_asserted(self, out: IO[bytes]) -> None:
        """Write all that is asserted, in N-Triples; what several graphs say stands there several times."""
        for name in self.rdf.named_graphs():
            if not _is_inferred(name):
                self.rdf.dump(out, RdfFormat.N_TRIPLES, from_graph=name)

    def write_inferred(self, out: IO[bytes]) -> None:
        """Write the inferred graph, in N-Triples."""
        if self.rdf.contains_named_graph(_INFERRED):
            self.rdf.dump(out, RdfFormat.N_TRIPLES, from_graph=_INFERRED)

    def change_inferred(self, come: bytes, gone: bytes) -> None:
        """Put triples into the inferred graph, and take others out.

        Arguments:
            come: triples in N-Triples that nobody asserts, and that are not there.
            gone: triples that are there.
        """
        going = [quad.triple for quad in pyoxigraph.parse(gone, RdfFormat.N_TRIPLES)]
        self._apply({_quad(triple, _INFERRED) for triple in going}, set())
        self._merge({_quad(triple, _INFERRED) for triple in going}, set())
        self._make_graph(_INFERRED)
        if len(come) < _MANY_BYTES:
            self.infer(quad.triple for quad in pyoxigraph.parse(come, RdfFormat.N_TRIPLES))
            return
        graphs: tuple[NamedNode, DefaultGraph] = (_INFERRED, DefaultGraph())
        with self._changing():
            for graph in graphs:
                load_ntriples(self.rdf, come, graph)
        self._net.note_lines(Lines(graphs, added=come))

    def put_inferred(self, triples: set[Triple]) -> None:
        """Make the inferred graph hold exactly `triples`."""
        self._replace(_INFERRED, triples)

    @property
    def net_change(self) -> NetChange:
        """What its steps have changed in sum, merged graph and inferences included; for reading only."""
        return self._net

    @property
    def sources(self) -> Sources:
        """The documents' bytes, for reading only."""
        return self._sources

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

    def _do(self, effects: "Effects") -> None:
        """Do what an operation of an update does. Where a merged graph is kept, the unnamed graph has a name."""
        removed, added = set(effects.removed), set(effects.added)
        for name in effects.emptied:
            removed |= set(self.rdf.quads_for_pattern(None, None, None, self._kept_in(name)))
        if not self._bare:
            if any(_is_inferred(quad.graph_name) for quad in added):
                raise BadInput("the inferred graph is written by inference alone")
            removed = {quad for quad in removed if not _is_inferred(quad.graph_name)}
        removed = {_quad(quad.triple, self._kept_in(quad.graph_name)) for quad in removed}
        added = {_quad(quad.triple, self._kept_in(quad.graph_name)) for quad in added}
        added = {
            _quad(triple, name)
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
            if (self._bare or not _is_inferred(dropped)) and self.rdf.contains_named_graph(dropped):
                with self._changing():
                    self.rdf.remove_graph(dropped)
                self._net.note_gone([dropped])

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
            if any(_is_inferred(quad.graph_name) for quad in added):
                raise BadInput("the inferred graph is written by inference alone")
            self._settle_update(added, removed)

    def _name(self, graph: str | None) -> NamedNode | DefaultGraph:
        if graph is None:
            return DefaultGraph() if self._bare else NamedNode(GRAPH_UNNAMED)
        try:
            name = NamedNode(graph)
        except ValueError as error:
            raise BadInput(f"{graph!r} is not an IRI that can name a graph") from error
        if not self._bare and _is_inferred(name):
            raise BadInput("the inferred graph is written by inference alone")
        return name

    def _replace(self, name: NamedNode | DefaultGraph, triples: set[Triple]) -> None:
        old = {quad.triple for quad in self.rdf.quads_for_pattern(None, None, None, name)}
        if not isinstance(name, DefaultGraph):
            self._make_graph(name)
        removed = {_quad(triple, name) for triple in old - triples}
        added = {_quad(triple, name) for triple in triples - old}
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
        leaving = {_quad(triple, unnamed) for triple in gone if self._is_only_merged(triple)}
        coming = {Quad(quad.subject, quad.predicate, quad.object, unnamed) for quad in added}
        self._apply(leaving, {quad for quad in coming if quad not in self.rdf})

    def _settle_update(self, added: set[Quad], removed: set[Quad]) -> None:
        """Bring the merged graph back to its law after an update that wrote to it as if it were a graph of its own."""
        unnamed, own = DefaultGraph(), NamedNode(GRAPH_UNNAMED)
        named_added = {quad for quad in added if quad.graph_name != unnamed}
        named_removed = {quad for quad in removed if quad.graph_name != unnamed}
        to_own = {_quad(quad.triple, own) for quad in added - named_added} - named_added
        from_own = {_quad(quad.triple, own) for quad in removed - named_removed}
        from_own = {quad for quad in from_own if quad in self.rdf}
        if to_own:
            self._make_graph(own)
        self._apply(from_own, to_own)
        self._merge(named_removed | from_own, named_added | to_own)
        # What the update deleted from the merged graph but a named graph still says is still so.
        deleted = {quad for quad in removed - named_removed if self._held_by_name(quad.triple)}
        self._apply(set(), {quad for quad in deleted if quad not in self.rdf})

    def _held_by_name(self, triple: Triple) -> bool:
        return any(not isinstance(name, DefaultGraph) for name in self._graphs_of(triple))

    def _is_only_merged(self, triple: Triple) -> bool:
        """Whether the merged graph holds it, and no other."""
        names = list(self._graphs_of(triple))
        return bool(names) and all(isinstance(name, DefaultGraph) for name in names)

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


def _quad(triple: Triple, name: GraphName) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, name)


def _is_inferred(name: GraphName) -> bool:
    return name == _INFERRED
