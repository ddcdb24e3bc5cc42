"""The closed graph, as a search for proofs reads it: what is asserted, what is inferred, what the lists hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Triple

from graph.explanation.proof import Statement, Term
from graph.explanation.remembered import Remembered
from ontology import GRAPH_INFERRED, RDF

__all__ = ["ClosedGraph", "RdfList"]

_FIRST, _REST, _NIL = (NamedNode(RDF[name]) for name in ("first", "rest", "nil"))
_MERGE, _INFERRED = DefaultGraph(), NamedNode(GRAPH_INFERRED)
_SORTED = 24
"""Of the matches of a pattern so many are looked at as to whether they are asserted."""

_MOST_READINGS = 8
"""A list is well-formed if it reads in one way. Of others, some ways are tried."""


@dataclass(frozen=True, slots=True)
class RdfList:
    """An RDF list.

    Arguments:
        members: its members.
        cells: the triples that say so.
    """

    members: tuple[Term, ...]
    cells: tuple[Statement, ...]


class ClosedGraph:
    """The triples of a snapshot; what was looked up is remembered.

    Arguments:
        rdf: the snapshot's triples; its default graph is the merge of all graphs.
        rows: of a pattern that more triples match, so many are looked at.
    """

    def __init__(self, rdf: pyoxigraph.Store, rows: int) -> None:
        self.rdf = rdf
        self.rows = rows
        self._asserted: dict[Statement, bool | None] = {}
        self._matches: dict[tuple[Term | None, Term | None, Term | None], Remembered[Statement]] = {}
        self._lists: dict[Term, tuple[RdfList, ...]] = {}

    def holds(self, wanted: Statement) -> bool:
        """Whether it is stored: asserted or inferred."""
        return self._status(wanted) is not None

    def is_asserted(self, wanted: Statement) -> bool:
        """Whether a graph other than the inferred one holds it; the inferred graph has nothing that is asserted."""
        return self._status(wanted) is True

    def _status(self, wanted: Statement) -> bool | None:
        """True if it is asserted, False if it is inferred only, None if it is not stored."""
        if wanted not in self._asserted:
            triple = wanted.triple
            if triple is None or _quad(triple, _MERGE) not in self.rdf:
                self._asserted[wanted] = None
            else:
                self._asserted[wanted] = _quad(triple, _INFERRED) not in self.rdf
        return self._asserted[wanted]

    def matches(self, subject: Term | None, predicate: Term | None, value: Term | None) -> Remembered[Statement]:
        """The stored statements of a pattern, among the first the asserted ones first; None stands for anything."""
        key = (subject, predicate, value)
        if key not in self._matches:
            self._matches[key] = Remembered(self._asserted_first(*key))
        return self._matches[key]

    def _asserted_first(self, subject: Term | None, predicate: Term | None, value: Term | None) -> Iterator[Statement]:
        found = islice(self._scan(subject, predicate, value, _MERGE), self.rows)
        first = list(islice(found, _SORTED))
        if len(first) > 1:
            first.sort(key=lambda one: (not self.is_asserted(one), str(one)))
        yield from first
        yield from found

    def asserted(self, subject: Term | None, predicate: Term | None, value: Term | None) -> Iterator[Statement]:
        """The statements of a pattern that graphs other than the inferred one hold; once for each that does."""
        if not isinstance(subject, NamedNode | BlankNode | None) or not isinstance(predicate, NamedNode | None):
            return
        quad: Quad
        for quad in self.rdf.quads_for_pattern(subject, predicate, value, None):
            if quad.graph_name != _MERGE and quad.graph_name != _INFERRED:
                yield Statement(quad.subject, quad.predicate, quad.object)

    def some_matches(
        self, subject: Term | None, predicate: Term | None, value: Term | None, number: int
    ) -> list[Statement]:
        """At most so many stored statements of a pattern."""
        return list(islice(self._scan(subject, predicate, value, _MERGE), number))

    def _scan(
        self, subject: Term | None, predicate: Term | None, value: Term | None, graph: DefaultGraph | NamedNode
    ) -> Iterator[Statement]:
        if not isinstance(subject, NamedNode | BlankNode | None) or not isinstance(predicate, NamedNode | None):
            return
        quad: Quad
        for quad in self.rdf.quads_for_pattern(subject, predicate, value, graph):
            yield Statement(quad.subject, quad.predicate, quad.object)

    def lists(self, node: Term) -> tuple[RdfList, ...]:
        """The ways in which a node is a list."""
        if node not in self._lists:
            self._lists[node] = tuple(islice(self._readings(node), _MOST_READINGS))
        return self._lists[node]

    def _readings(self, node: Term) -> Iterator[RdfList]:
        waiting: list[tuple[Term, tuple[Term, ...], tuple[Statement, ...], frozenset[Term]]]
        waiting = [(node, (), (), frozenset())]
        while waiting:
            at, members, cells, visited = waiting.pop()
            if at == _NIL:
                yield RdfList(members, cells)
                continue
            if at in visited:
                continue
            branches = [
                (rest.object, (*members, first.object), (*cells, first, rest), visited | {at})
                for first in self.matches(at, _FIRST, None)
                for rest in self.matches(at, _REST, None)
            ]
            waiting.extend(reversed(branches))

    def lists_with(self, member: Term) -> set[Term]:
        """The nodes of lists in which a term stands."""
        found: set[Term] = set()
        waiting = [cell.subject for cell in self.matches(None, _FIRST, member)]
        while waiting:
            node = waiting.pop()
            if node not in found:
                found.add(node)
                waiting.extend(cell.subject for cell in self.matches(None, _REST, node))
        return found


def _quad(triple: Triple, graph: DefaultGraph | NamedNode) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, graph)
