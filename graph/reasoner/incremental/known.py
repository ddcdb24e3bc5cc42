"""The closed graph as its store holds it, looked at by patterns.

What the closure holds but no store can (literals as subjects, blank nodes as properties) follows from single triples of
it by an implication, and is looked up as such; see `graph.reasoner.incremental.program`.
"""

from collections.abc import Iterable, Iterator

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, NamedNode, Triple

from graph.reasoner.incremental.facts import Fact, Term, alike, is_storable, triple_of
from graph.reasoner.incremental.remembering import Lookups, Remembering
from graph.reasoner.literals import IllTyped, value_of
from ontology import RDF, XSD

__all__ = ["Known", "Wanted"]

Wanted = tuple[Term | None, Term | None, Term | None]

_BOTH = NamedNode(RDF["PlainLiteral"])
_PLAIN = {XSD["string"], RDF["langString"]}
_STRINGS = tuple(
    NamedNode(XSD[name]) for name in ("string", "normalizedString", "token", "language", "Name", "NCName", "NMTOKEN")
)


class Known:
    """A closed graph in a store, or one that is being closed.

    Arguments:
        rdf: the store.
        graph: where the asserted and the inferred triples are together.
        inferred: where the inferred ones are, none of them asserted.
        lookups: after so many it is no longer worth while.
    """

    def __init__(
        self,
        rdf: pyoxigraph.Store,
        *,
        inferred: NamedNode,
        graph: NamedNode | DefaultGraph | None = None,
        lookups: int = 1_000_000,
    ) -> None:
        self.rdf = rdf
        self._inferred = inferred
        counted = Lookups(lookups)
        self._name = graph
        self._lookups = counted
        self._graph = Remembering(rdf, graph or DefaultGraph(), counted)
        self._marks = Remembering(rdf, inferred, counted)
        self.unseen: set[Fact] = set()
        """What the store holds already, although it is not to count yet."""
        self.lost: set[Fact] = set()
        """What is no longer asserted."""

    def inferred_alone(self) -> "Known":
        """What is inferred and not asserted."""
        return Known(self.rdf, inferred=self._inferred, graph=self._inferred)

    def ask_much_about(self, things: Iterable[Term]) -> None:
        """Of these things much will be asked."""
        self._graph.near = frozenset(things)

    def changes(self) -> None:
        """The store is being changed: what was read is to be read again."""
        self._graph.forget()
        self._marks.forget()

    def match(self, subject: Term | None, predicate: Term | None, value: Term | None) -> Iterator[Fact]:
        """The stored facts with these terms; None stands for any, a literal for all of its value."""
        if isinstance(subject, Literal | Triple) or (predicate is not None and not isinstance(predicate, NamedNode)):
            return
        if isinstance(value, Literal):
            yield from self._with_literal(subject, predicate, value)
            return
        yield from self._exactly(subject, predicate, value)

    def in_common(self, one: Wanted, other: Wanted) -> list[Term] | None:
        """What two stored facts can have in common, each with one term that is not given (None).

        Many times as fast as looking one list up in the other: the store joins what it need not decode.

        Result: the terms, of which not all may count yet; None if the store cannot be asked about the terms given.
        """
        terms = [term for pattern in (one, other) for term in pattern]
        if self._name is not None or not all(term is None or isinstance(term, NamedNode) for term in terms):
            return None
        groups = " ".join(f"{{ SELECT ?x {{ {_written(pattern)} }} }}" for pattern in (one, other))
        return self._selected(f"SELECT DISTINCT ?x {{ {groups} }}")

    def literals_in(self, pattern: Wanted) -> list[Term]:
        """The literals that stand where a term is not given (None)."""
        return self._selected(f"SELECT ?x {{ {_written(pattern)} FILTER(isLiteral(?x)) }}")

    def _selected(self, query: str) -> list[Term]:
        self._lookups.count()
        found = self.rdf.query(query)
        assert isinstance(found, pyoxigraph.QuerySolutions)
        return [solution[0] for solution in found]

    def _exactly(self, subject: Term | None, predicate: NamedNode | None, value: Term | None) -> Iterator[Fact]:
        if subject is not None and predicate is not None and value is not None:
            wanted: Fact = (subject, predicate, value)
            if self._graph.holds(wanted) and wanted not in self.unseen:
                yield wanted
            return
        unseen = self.unseen
        for fact in self._graph.matching(subject, predicate, value):
            if not unseen or fact not in unseen:
                yield fact

    def _with_literal(self, subject: Term | None, predicate: NamedNode | None, value: Literal) -> Iterator[Fact]:
        try:
            has_value = value_of(value) is not None
        except IllTyped:
            has_value = False
        if not has_value:
            yield from self._exactly(subject, predicate, value)
        elif value.datatype.value in _PLAIN:
            yield from self._exactly(subject, predicate, value)
            yield from self._exactly(
                subject, predicate, Literal(f"{value.value}@{value.language or ''}", datatype=_BOTH)
            )
            if not value.language:
                for datatype in _STRINGS[1:]:
                    yield from self._exactly(subject, predicate, Literal(value.value, datatype=datatype))
        else:
            # There is no index by value, so what the property says is looked through.
            for fact in self._exactly(subject, predicate, None):
                if alike(fact[2], value):
                    yield fact

    def __contains__(self, fact: Fact) -> bool:
        """Whether the fact, in this spelling, is in the graph."""
        return triple_of(fact) is not None and self._graph.holds(fact) and fact not in self.unseen

    def is_asserted(self, fact: Fact) -> bool:
        """Whether a fact of the closure is asserted after the change."""
        if triple_of(fact) is None or fact in self.lost:
            return False
        # Of a literal the closure may have the fact in another spelling.
        stored = is_storable(fact) and not isinstance(fact[2], Literal)
        return (stored or self._graph.holds(fact)) and not self._marks.holds(fact)


def _written(pattern: Wanted) -> str:
    return " ".join("?x" if term is None else str(term) for term in pattern)
