"""What follows anew when something is asserted: semi-naive evaluation, a fact at a time."""

from collections.abc import Callable, Iterable

from pyoxigraph import BlankNode, Literal, Triple

from graph.reasoner.incremental.facts import Fact, NeedsFullClosure, is_storable
from graph.reasoner.incremental.known import Known
from graph.reasoner.incremental.program import SAME, Program
from graph.reasoner.incremental.tying import is_schema

__all__ = ["following_anew"]


def following_anew(
    facts: Iterable[Fact], program: Program, known: Known, store: Callable[[set[Fact]], None]
) -> set[Fact]:
    """All that is new: the facts, and what follows from them.

    Arguments:
        facts: what is new; the graph holds it already.
        program: the rules.
        known: the graph.
        store: puts inferred facts into the graph.

    Raises:
        NeedsFullClosure: the schema would change, or too much would.
    """
    everything = set(facts)
    new = set(everything)
    while new:
        if any(is_schema(fact) for fact in new):
            raise NeedsFullClosure("the schema changes")
        if not program.equality and any(fact[1] == SAME for fact in new):
            program.equality = True
        found: set[Fact] = set()
        for fact in new:
            for conclusion in program.conclusions(fact, known):
                if conclusion not in everything and conclusion not in found and _is_new(conclusion, program, known):
                    found.add(conclusion)
        store({fact for fact in found if is_storable(fact)})
        everything |= found
        new = found
    return everything


def _is_new(fact: Fact, program: Program, known: Known) -> bool:
    subject, predicate, _ = fact
    if is_storable(fact):
        return fact not in known
    if isinstance(subject, Literal | Triple) or isinstance(predicate, BlankNode):
        # It is looked up as an implication of what is stored, and followed further while it is new.
        return program.is_read(fact)
    return False
