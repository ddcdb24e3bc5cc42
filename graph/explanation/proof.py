"""Proofs as values: what is concluded, by which rule, from which premises.

The premises of a rule may be generalized triples (RDF 1.1 Concepts, section 7): a literal as subject, a blank node as
predicate. Such triples are never stored, but a proof may pass through them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ontology import RDF

__all__ = ["Proof", "Shape", "Statement", "Step", "Term", "statement"]

Term = NamedNode | BlankNode | Literal | Triple
Shape = tuple[str, tuple[tuple[Term, Term | None], ...]]

_TYPE = NamedNode(RDF["type"])


class Statement(NamedTuple):
    """A generalized triple."""

    subject: Term
    predicate: Term
    object: Term

    @property
    def triple(self) -> Triple | None:
        """As a triple, if it is one of RDF."""
        subject, predicate, value = self
        if isinstance(subject, NamedNode | BlankNode) and isinstance(predicate, NamedNode):
            return Triple(subject, predicate, value)
        return None

    def __str__(self) -> str:
        return " ".join(str(term) for term in self)


def statement(triple: Triple) -> Statement:
    """A triple of RDF as a statement."""
    return Statement(triple.subject, triple.predicate, triple.object)


@dataclass(frozen=True, slots=True)
class Step:
    """One application of a rule.

    Arguments:
        rule: the rule's name: of OWL 2 Profiles, Tables 4-9, or that of a rule beside the axioms.
        premises: what it is applied to, in the order of the rule.
        bindings: the variables of a rule beside the axioms, with their values.
    """

    rule: str
    premises: tuple[Statement, ...]
    bindings: tuple[tuple[str, Term], ...] = ()

    @property
    def shape(self) -> Shape:
        """The rule and the properties and classes of the premises: what steps have in common that are alike."""
        return self.rule, tuple((p, o if p == _TYPE else None) for _, p, o in self.premises)


@dataclass(frozen=True)
class Proof:
    """A proof tree.

    Arguments:
        conclusion: what it proves.
        rule: the rule of its last step; None for what is asserted.
        premises: the proofs of the premises of that step, in the order of the rule.
        bindings: the variables of a rule beside the axioms, with their values.
    """

    conclusion: Statement
    rule: str | None = None
    premises: tuple["Proof", ...] = ()
    bindings: tuple[tuple[str, Term], ...] = ()

    @cached_property
    def size(self) -> int:
        """How many rules it applies, each as often as it does."""
        return (self.rule is not None) + sum(premise.size for premise in self.premises)

    def parts(self) -> Iterator["Proof"]:
        """The proof and all proofs in it, the conclusion first."""
        waiting = [self]
        while waiting:
            part = waiting.pop()
            yield part
            waiting.extend(reversed(part.premises))
