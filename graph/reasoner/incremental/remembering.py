"""Patterns looked up in a store that stays as it is, each read no further than somebody asks, and once.

Of the things of a document that goes is asked again and again, with each property. A lookup costs as much as reading a
fact or two, so all that is said of them is read instead.
"""

from collections.abc import Iterator

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad

from graph.reasoner.incremental.facts import Fact, NeedsFullClosure, Term

__all__ = ["Lookups", "Remembering"]

_OFTEN = 4
"""From so many lookups of a thing on, all that is said of it is read,"""

_FEW = 32
"""unless it is more than so many facts."""


class Lookups:
    """How many more are worth while.

    Arguments:
        left: the number; one is for reading one fact, or for finding none.
    """

    def __init__(self, left: int) -> None:
        self._left = left

    def count(self) -> None:
        """Raises NeedsFullClosure: it is no longer worth while."""
        self._left -= 1
        if self._left < 0:
            raise NeedsFullClosure("the change has more consequences than are worth following one by one")


class _List:
    """What a pattern matches."""

    def __init__(self, facts: Iterator[Fact]) -> None:
        self._rest: Iterator[Fact] | None = facts
        self._found: list[Fact] = []
        self._members: set[Fact] = set()

    def __iter__(self) -> Iterator[Fact]:
        place = 0
        while place < len(self._found) or self.read_on():
            yield self._found[place]
            place += 1

    def read_on(self) -> bool:
        """Read one more; False if there is none."""
        fact = next(self._rest, None) if self._rest is not None else None
        if fact is None:
            self._rest = None
            return False
        self._found.append(fact)
        self._members.add(fact)
        return True

    def holds(self, fact: Fact) -> bool | None:
        """Whether a fact of the pattern is there; None if that is not known yet."""
        return True if fact in self._members else None if self._rest is not None else False


class Remembering:
    """A graph of a store, as it is until `forget` is called.

    Arguments:
        rdf: the store.
        graph: the graph.
        lookups: how many it may make.

    Raises:
        NeedsFullClosure: from each method, there were more.
    """

    def __init__(self, rdf: pyoxigraph.Store, graph: NamedNode | DefaultGraph, lookups: Lookups) -> None:
        self._rdf = rdf
        self._graph = graph
        self._lookups = lookups
        self.near: frozenset[Term] = frozenset()
        """Things of which much will be asked."""
        self.forget()

    def forget(self) -> None:
        """The store changes."""
        self._lists: dict[tuple[Term | None, Term | None, Term | None], _List] = {}
        self._asked: dict[Term, int] = {}
        self._about: dict[Term, dict[Term, list[Fact]]] = {}

    def holds(self, fact: Fact) -> bool:
        """Whether a fact is in the graph.

        Arguments:
            fact: a triple of RDF.
        """
        subject, predicate, value = fact
        about = self._all_about(subject)
        if about is not None:
            return fact in about.get(predicate, ())
        for key in ((subject, predicate, None), (None, predicate, value)):
            known = self._lists[key].holds(fact) if key in self._lists else None
            if known is not None:
                return known
        self._lookups.count()
        assert isinstance(subject, NamedNode | BlankNode)
        assert isinstance(predicate, NamedNode)
        return Quad(subject, predicate, value, self._graph) in self._rdf

    def matching(self, subject: Term | None, predicate: Term | None, value: Term | None) -> Iterator[Fact]:
        """The facts with these terms, of which one at least is not given (None)."""
        if subject is not None and predicate is not None:
            about = self._all_about(subject)
            if about is not None:
                return iter(about.get(predicate, ()))
        key = (subject, predicate, value)
        if key not in self._lists:
            self._lists[key] = _List(self._read(subject, predicate, value))
        return iter(self._lists[key])

    def _all_about(self, subject: Term) -> dict[Term, list[Fact]] | None:
        """All that is said of a thing, by property, if that is known."""
        about = self._about.get(subject)
        if about is not None or subject not in self.near:
            return about
        asked = self._asked[subject] = self._asked.get(subject, 0) + 1
        if asked != _OFTEN:
            return None
        found: dict[Term, list[Fact]] = {}
        for number, fact in enumerate(self._read(subject, None, None)):
            if number == _FEW:
                return None
            found.setdefault(fact[1], []).append(fact)
        self._about[subject] = found
        return found

    def _read(self, subject: Term | None, predicate: Term | None, value: Term | None) -> Iterator[Fact]:
        return _read(self._rdf, self._graph, self._lookups, (subject, predicate, value))


def _read(
    rdf: pyoxigraph.Store,
    graph: NamedNode | DefaultGraph,
    lookups: Lookups,
    pattern: tuple[Term | None, Term | None, Term | None],
) -> Iterator[Fact]:
    """What matches. (No method: what an unfinished one holds of its object would keep the store from being closed.)"""
    subject, predicate, value = pattern
    assert subject is None or isinstance(subject, NamedNode | BlankNode)
    assert predicate is None or isinstance(predicate, NamedNode)
    lookups.count()
    for quad in rdf.quads_for_pattern(subject, predicate, value, graph):
        lookups.count()
        yield (subject or quad.subject, predicate or quad.predicate, value or quad.object)
