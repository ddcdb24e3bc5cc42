"""Proofs as people read them: the triples of an RDF list told as the list."""

from dataclasses import dataclass

from pyoxigraph import NamedNode

from graph.explanation.proof import Proof, Term
from ontology import RDF

__all__ = ["Premise", "folded"]

_FIRST, _REST, _NIL = (NamedNode(RDF[name]) for name in ("first", "rest", "nil"))


@dataclass(frozen=True, slots=True)
class Premise:
    """A premise of a step.

    Arguments:
        proof: its proof.
        members: the members of the list at which it points, if the step reads that list; the triples of the list are
            told by them.
    """

    proof: Proof
    members: tuple[Term, ...] | None = None


def folded(proof: Proof) -> tuple[Premise, ...]:
    """The premises of the proof's last step; triples of lists that are asserted are not told one by one."""
    firsts: dict[Term, Term] = {}
    rests: dict[Term, Term] = {}
    for premise in proof.premises:
        subject, predicate, value = premise.conclusion
        if premise.rule is None and predicate in (_FIRST, _REST):
            (firsts if predicate == _FIRST else rests)[subject] = value
    found: list[Premise] = []
    within: set[Term] = set()
    for premise in proof.premises:
        node = premise.conclusion.object
        members: list[Term] = []
        while premise.conclusion.predicate not in (_FIRST, _REST) and node in firsts and node in rests:
            within.add(node)
            members.append(firsts[node])
            node = rests[node]
        found.append(Premise(premise, tuple(members) if members and node == _NIL else None))
    return tuple(
        one
        for one in found
        if one.proof.rule is not None
        or one.proof.conclusion.predicate not in (_FIRST, _REST)
        or one.proof.conclusion.subject not in within
    )
