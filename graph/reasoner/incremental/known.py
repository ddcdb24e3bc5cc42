"""The closed graph as its store holds it, looked at by patterns.

What the closure holds but no store can (literals as subjects, blank nodes as properties) follows from single triples of
it by an implication, and is looked up as such; see `graph.reasoner.incremental.program`.
"""

from collections.abc import Iterator, Mapping

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Triple

from graph.reasoner.literals import IllTyped, value_of
from graph.reasoner.trivial import is_trivial
from ontology import RDF, XSD

__all__ = ["Fact", "Known", "NeedsFullClosure", "Pattern", "Slot", "Term", "alike", "is_storable", "triple_of", "unify"]

Term = NamedNode | BlankNode | Literal | Triple
Fact = tuple[Term, Term, Term]
Slot = Term | str
"""A term, or the name of a variable."""
Pattern = tuple[Slot, Slot, Slot]
Bindings = Mapping[str, Term]

_PLAIN = {XSD["string"], RDF["langString"]}
_STRINGS = tuple(
    NamedNode(XSD[name]) for name in ("string", "normalizedString", "token", "language", "Name", "NCName", "NMTOKEN")
)
_TYPE = NamedNode(RDF["type"])


class NeedsFullClosure(Exception):
    """The change is one whose consequences are better, or only, found by closing the whole graph anew."""


def alike(one: Term, other: Term) -> bool:
    """Whether two terms are one, or literals of one value (dt-eq)."""
    if one == other:
        return True
    if not isinstance(one, Literal) or not isinstance(other, Literal):
        return False
    try:
        value = value_of(one)
        return value is not None and value == value_of(other)
    except IllTyped:
        return False


def unify(pattern: Pattern, fact: Fact, bindings: Bindings, *, by_value: bool = True) -> dict[str, Term] | None:
    """The bindings under which the pattern is the fact; None if there are none."""
    found = dict(bindings)
    for slot, term in zip(pattern, fact, strict=True):
        expected = found.setdefault(slot, term) if isinstance(slot, str) else slot
        if expected != term and not (by_value and alike(expected, term)):
            return None
    return found


def triple_of(fact: Fact) -> Triple | None:
    """The fact as a triple of RDF; None if it is none."""
    subject, predicate, value = fact
    if isinstance(subject, Literal) or not isinstance(predicate, NamedNode):
        return None
    return Triple(subject, predicate, value)


def is_storable(fact: Fact) -> bool:
    """Whether the inferred graph is to hold the fact: it is a triple of RDF, and not trivial."""
    triple = triple_of(fact)
    return triple is not None and not is_trivial(triple)


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
        self.graph = graph or DefaultGraph()
        self._inferred = inferred
        self._left = lookups
        self.unseen: set[Fact] = set()
        """What the store holds already, although it is not to count yet."""
        self.lost: set[Fact] = set()
        """What is no longer asserted."""

    def inferred_alone(self) -> "Known":
        """What is inferred and not asserted."""
        return Known(self.rdf, inferred=self._inferred, graph=self._inferred)

    def match(self, subject: Term | None, predicate: Term | None, value: Term | None) -> Iterator[Fact]:
        """The stored facts with these terms; None stands for any, a literal for all of its value."""
        if isinstance(subject, Literal) or (predicate is not None and not isinstance(predicate, NamedNode)):
            return
        if isinstance(value, Literal):
            yield from self._with_literal(subject, predicate, value)
            return
        yield from self._exactly(subject, predicate, value)

    def _exactly(self, subject: Term | None, predicate: NamedNode | None, value: Term | None) -> Iterator[Fact]:
        assert not isinstance(subject, Literal)
        self._count()
        unseen = self.unseen
        for quad in self.rdf.quads_for_pattern(subject, predicate, value, self.graph):
            self._count()
            fact = (subject or quad.subject, predicate or quad.predicate, value or quad.object)
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
        self._count()
        triple = triple_of(fact)
        return triple is not None and self._holds(triple, self.graph) and fact not in self.unseen

    def is_asserted(self, fact: Fact) -> bool:
        """Whether a fact of the graph is asserted after the change."""
        triple = triple_of(fact)
        if triple is None or fact in self.lost:
            return False
        self._count()
        return self._holds(triple, self.graph) and not self._holds(triple, self._inferred)

    def _holds(self, triple: Triple, graph: NamedNode | DefaultGraph) -> bool:
        return pyoxigraph.Quad(triple.subject, triple.predicate, triple.object, graph) in self.rdf

    def _count(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise NeedsFullClosure("the change has more consequences than are worth following one by one")
