"""The inferred graph as it is changed at the end of a transaction, and what is asked then of all that was changed."""

from collections.abc import Iterable
from itertools import islice
from typing import IO

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Triple

from graph.loading import load_ntriples
from graph.reasoner.change import Change
from graph.store.changing import Changing, quad_in
from graph.store.net_change import GraphName, Lines
from ontology import GRAPH_INFERRED

__all__ = ["ChangingInferences", "is_inferred"]

_MANY_BYTES = 1_000_000
"""From so many bytes of conclusions on they are loaded as text."""

_INFERRED = NamedNode(GRAPH_INFERRED)


class ChangingInferences(Changing):
    """Changes of the inferred graph, which only inference makes: see `graph.reasoner.change.Inferred`."""

    @property
    def asserted_changed(self) -> bool:
        """Whether what inference starts from differs, or an update took from its results."""
        return any(
            not isinstance(quad.graph_name, DefaultGraph)
            for changes in (self._net.added, self._net.removed)
            for quad in changes
        )

    def changes_more_than(self, most: int) -> bool:
        """Whether so many triples came to the merged graph, or left it, that more than `most` assertions changed."""
        if len(self._net.added) + len(self._net.removed) <= most:
            return False
        merged = (q for quads in (self._net.added, self._net.removed) for q in quads if q.graph_name == DefaultGraph())
        return next(islice(merged, most, None), None) is not None

    def holds_more_than(self, most: int) -> bool:
        """Whether the merged graph has more than so many triples."""
        return next(islice(self.rdf.quads_for_pattern(None, None, None, DefaultGraph()), most, None), None) is not None

    @property
    def inferred_changed(self) -> bool:
        """Whether an update took from the results of inference, or there are none yet."""
        changed = any(is_inferred(quad.graph_name) for quads in (self._net.added, self._net.removed) for quad in quads)
        return changed or not self.rdf.contains_named_graph(_INFERRED)

    def assertions(self) -> Change:
        """What is asserted now and was not before, and the other way round."""
        # What came to the merged graph stood in no graph before, and what left it stands in none.
        merged = not self._bare
        new = {quad.triple for quad in self._net.added if merged and isinstance(quad.graph_name, DefaultGraph)}
        old = {quad.triple for quad in self._net.removed if merged and isinstance(quad.graph_name, DefaultGraph)}
        came = self._by_triple(self._net.added, apart_from=new)
        went = self._by_triple(self._net.removed, apart_from=old)
        seen = {t for t, graphs in came.items() if t not in went and t not in old and not self._is_asserted(t, graphs)}
        gone = {triple for triple in went if not self._is_asserted(triple, set())}
        return Change(frozenset(new | seen), frozenset(old | gone), frozenset(seen))

    def _by_triple(self, quads: Iterable[Quad], apart_from: set[Triple]) -> dict[Triple, set[GraphName]]:
        """The graphs, merged and inferred apart, that each triple came to or left."""
        graphs: dict[Triple, set[GraphName]] = {}
        for quad in quads:
            name = quad.graph_name
            if (
                not isinstance(name, DefaultGraph)
                and not is_inferred(name)
                and (triple := quad.triple) not in apart_from
            ):
                graphs.setdefault(triple, set()).add(name)
        return graphs

    def infer(self, triples: Iterable[Triple]) -> None:
        """Put triples into the inferred graph."""
        added = {quad_in(triple, _INFERRED) for triple in triples}
        self._make_graph(_INFERRED)
        self._apply(set(), added)
        self._merge(set(), added)

    def forget(self, triples: Iterable[Triple]) -> None:
        """Take triples out of the inferred graph, and out of the merged graph if nobody asserts them."""
        removed = {quad_in(triple, _INFERRED) for triple in triples}
        self._apply({quad for quad in removed if quad in self.rdf}, set())
        self._merge(removed, set())

    def show_again(self, triples: Iterable[Triple]) -> None:
        """Let the merged graph hold triples that nobody asserts, until they are inferred or forgotten."""
        self._apply(set(), {quad_in(triple, DefaultGraph()) for triple in triples})

    def asserted(self) -> set[Triple]:
        """All that is asserted: the triples of every named graph but the inferred one."""
        triples: set[Triple] = set()
        for name in self.rdf.named_graphs():
            if not is_inferred(name):
                triples.update(quad.triple for quad in self.rdf.quads_for_pattern(None, None, None, name))
        return triples

    def write_asserted(self, out: IO[bytes]) -> None:
        """Write all that is asserted, in N-Triples; what several graphs say stands there several times."""
        for name in self.rdf.named_graphs():
            if not is_inferred(name):
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
        self._apply({quad_in(triple, _INFERRED) for triple in going}, set())
        self._merge({quad_in(triple, _INFERRED) for triple in going}, set())
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

    def _is_asserted(self, triple: Triple, apart_from: set[GraphName]) -> bool:
        """Whether another graph asserts it."""
        return any(
            not isinstance(name, DefaultGraph) and name != _INFERRED and name not in apart_from
            for name in self._graphs_of(triple)
        )


def is_inferred(name: GraphName) -> bool:
    """Whether it is the name of the inferred graph."""
    return name == _INFERRED
