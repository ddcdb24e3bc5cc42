"""Facts, patterns of facts, and when the one is an instance of the other."""

from collections.abc import Mapping

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graph.reasoner.literals import IllTyped, value_of
from graph.reasoner.trivial import is_trivial

__all__ = ["Fact", "NeedsFullClosure", "Pattern", "Slot", "Term", "alike", "is_storable", "triple_of", "unify"]

Term = NamedNode | BlankNode | Literal | Triple
Fact = tuple[Term, Term, Term]
Slot = Term | str
"""A term, or the name of a variable."""
Pattern = tuple[Slot, Slot, Slot]
Bindings = Mapping[str, Term]


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
    if isinstance(subject, Literal | Triple) or not isinstance(predicate, NamedNode):
        return None
    return Triple(subject, predicate, value)


def is_storable(fact: Fact) -> bool:
    """Whether the inferred graph is to hold the fact: it is a triple of RDF, and not trivial."""
    triple = triple_of(fact)
    return triple is not None and not is_trivial(triple)
