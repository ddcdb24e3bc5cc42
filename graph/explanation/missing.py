"""What is missing: the rules that would conclude a triple if one triple more were there.

Of a rule all premises but one are looked for in the graph. A premise about things counts as nearer than one about the
schema, and that as nearer than an equality; a premise of which all terms are known as nearer than one that speaks of
anything, and one about the things in the triple as nearer than one about others; and the more of the rule's premises
about things hold, the nearer it is.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import BlankNode, NamedNode

from graph.explanation.backward import Pattern, RulesBackward, instantiated
from graph.explanation.closed_graph import ClosedGraph
from graph.explanation.construct import ConstructBackward
from graph.explanation.proof import Statement
from graph.reasoner.trivial import is_built_in, is_trivial
from ontology import OWL, RDF

__all__ = ["Missing", "missing_premises"]

_WAYS = 20
"""Of each rule and premise so many ways in which the others hold are looked at."""

_OF_A_KIND = 3
"""Of each rule no more premises about things are told, and of all rules no more about the schema, and equalities."""

_TYPE, _SAME, _NOTHING = (NamedNode(iri) for iri in (RDF["type"], OWL["sameAs"], OWL["Nothing"]))


@dataclass(frozen=True, slots=True)
class Missing:
    """A rule that lacks one premise.

    Arguments:
        rule: the rule's name.
        premise: what is missing; a variable's name where any term would do.
        held: its other premises, which hold.
    """

    rule: str
    premise: Pattern
    held: tuple[Statement, ...]

    @property
    def open_terms(self) -> int:
        """How many of the terms may be anything."""
        return sum(isinstance(slot, str) for slot in self.premise)


def missing_premises(
    goal: Statement, graph: ClosedGraph, rules: RulesBackward, beside: ConstructBackward, most: int
) -> tuple[Missing, ...]:
    """The premises for want of which no rule concludes the goal, the nearest first.

    Arguments:
        goal: a statement that does not hold.
        graph: the closed graph.
        rules: the rules of OWL 2 RL/RDF over it.
        beside: the rules beside the axioms over it.
        most: how many are wanted.
    """
    found: dict[tuple[str, Pattern], Missing] = {}
    for missing in (*_of_axioms(goal, graph, rules), *_of_beside(goal, beside)):
        if _tells_something(missing, goal, graph):
            found.setdefault((missing.rule, missing.premise), missing)
    chosen: list[Missing] = []
    of_a_rule: Counter[tuple[int, str]] = Counter()
    for missing in sorted(found.values(), key=lambda one: _distance(one, goal)):
        kind = _kind(missing.premise)
        group = kind, "" if kind else missing.rule
        of_a_rule[group] += 1
        if of_a_rule[group] <= _OF_A_KIND:
            chosen.append(missing)
    return tuple(chosen[:most])


def _of_axioms(goal: Statement, graph: ClosedGraph, rules: RulesBackward) -> Iterator[Missing]:
    for rule, body, about, bindings in rules.instances(goal):
        for place, pattern in enumerate(body):
            others = body[:place] + body[place + 1 :]
            if not others and not about:
                continue
            for known, premises in islice(rules.joined(others, bindings), _WAYS):
                if all(graph.holds(premise) for premise in premises):
                    terms = zip(pattern, instantiated(pattern, known), strict=True)
                    subject, predicate, value = (slot if term is None else term for slot, term in terms)
                    yield Missing(rule.name, (subject, predicate, value), (*about, *premises))


def _of_beside(goal: Statement, beside: ConstructBackward) -> Iterator[Missing]:
    for rule, premise, held in beside.lacking(goal, _WAYS):
        yield Missing(rule, premise, held)


def _tells_something(missing: Missing, goal: Statement, graph: ClosedGraph) -> bool:
    subject, predicate, value = missing.premise
    if _NOTHING in missing.premise or missing.premise == tuple(goal) or isinstance(predicate, str):
        return False
    if isinstance(subject, str) or isinstance(value, str):
        return not graph.some_matches(*instantiated(missing.premise, {}), number=1)
    premise = Statement(subject, predicate, value)
    triple = premise.triple
    if _is_schema(missing.premise) and (
        isinstance(subject, BlankNode) or isinstance(value, BlankNode) or subject == _TYPE
    ):
        return False
    return triple is not None and not is_trivial(triple) and not graph.holds(premise)


def _distance(missing: Missing, goal: Statement) -> tuple[int, int, int, int, int, str]:
    held = sum(not _is_schema(tuple(premise)) for premise in missing.held)
    others = sum(term not in goal for term in (missing.premise[0], missing.premise[2]) if not isinstance(term, str))
    premise = " ".join(map(str, missing.premise))
    return _kind(missing.premise), missing.open_terms, others, -held, len(missing.held), f"{missing.rule} {premise}"


def _kind(premise: Pattern) -> int:
    """0 for a premise about things, 1 for one about the schema, 2 for an equality."""
    return 2 if premise[1] == _SAME else 1 if _is_schema(premise) else 0


def _is_schema(pattern: Pattern | tuple[object, ...]) -> bool:
    _, predicate, value = pattern
    if predicate == _TYPE:
        return isinstance(value, NamedNode) and is_built_in(value.value)
    return isinstance(predicate, NamedNode) and is_built_in(predicate.value)
