"""Chains: what follows from many statements of one property, each of which begins where the one before ends.

Such are the conclusions of prp-trp, eq-trans, scm-sco and scm-spo. Broken up in two in all ways a chain of n statements
has n³ parts; its shortest proof goes along the shortest path from its subject to its object (Dijkstra, "A note on two
problems in connexion with graphs", 1959) over what is asserted of the property, or of one that implies it.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import count

from graph.explanation.backward import Pattern, RulesBackward, instantiated, pattern_of, unified
from graph.explanation.closed_graph import ClosedGraph
from graph.explanation.proof import Statement, Step, Term
from graph.explanation.unstored import Unstored
from graph.reasoner.owl2rl.notation import Rule, shipped_rules

__all__ = ["Chain", "Chains"]

_MOST_LOOKED_AT = 500_000
"""So many statements are looked at for a path."""


@dataclass(frozen=True, slots=True)
class _Composition:
    """A rule that concludes (x P z) from (x P y) and (y P z), and from what it says of P besides.

    Arguments:
        rule: its name.
        head: its conclusion.
        body: its premises.
        first, second: the places of the two in the body.
    """

    rule: str
    head: Pattern
    body: tuple[Pattern, ...]
    first: int
    second: int


@dataclass(frozen=True, slots=True)
class Chain:
    """A path from a statement's subject to its object.

    Arguments:
        links: its statements in their order, each with the step that concludes it from what is asserted; None if it is
            asserted itself, or no such step was found.
        sides: what the rule says of the property besides, which holds.
        composition: the rule.
    """

    links: tuple[tuple[Statement, Step | None], ...]
    sides: tuple[Statement, ...]
    composition: _Composition

    def joined(self, one: Statement, other: Statement) -> tuple[Statement, Step]:
        """What follows from two statements that follow each other, and the step."""
        premises = list(self.sides)
        for place, premise in sorted(((self.composition.first, one), (self.composition.second, other))):
            premises.insert(place, premise)
        return Statement(one.subject, one.predicate, other.object), Step(self.composition.rule, tuple(premises))


class Chains:
    """The chains of a graph.

    Arguments:
        graph: the closed graph.
        rules: the rules over it.
    """

    def __init__(self, graph: ClosedGraph, rules: RulesBackward) -> None:
        self._graph = graph
        self._rules = rules
        self._unstored = Unstored(graph)

    def find(self, goal: Statement) -> Chain | None:
        """The shortest chain of at least two statements that comes to the goal; None if there is none."""
        for composition in _compositions():
            bindings = unified(composition.head, goal, {})
            if bindings is None:
                continue
            sides = self._sides(composition, bindings)
            path = None if sides is None else self._path(goal)
            if sides is None or path is None or len(path) < 2:
                continue
            links = tuple((link, self._step_to(link, composition.rule)) for link in path)
            return Chain(links, sides, composition)
        return None

    def _sides(self, composition: _Composition, bindings: dict[str, Term]) -> tuple[Statement, ...] | None:
        """What the rule says of the property besides; None if it does not hold."""
        found = []
        for place, pattern in enumerate(composition.body):
            if place in (composition.first, composition.second):
                continue
            side = Statement(*instantiated(pattern, bindings))  # type: ignore[arg-type]
            if not self._graph.holds(side):
                return None
            found.append(side)
        return tuple(found)

    def _step_to(self, link: Statement, rule: str) -> Step | None:
        """A step by another rule that concludes a link from what is asserted; None if the link is itself."""
        if self._graph.is_asserted(link):
            return None
        steps = self._rules.steps(link, without=rule)
        return next((step for step in steps if all(map(self._graph.is_asserted, step.premises))), None)

    def _path(self, goal: Statement) -> list[Statement] | None:
        """The links of the shortest path; one that does not need to be concluded is half as long as one that does."""
        sources = ((goal.predicate, False), *self._unstored.sources_of(goal.predicate))
        order = count()
        heap: list[tuple[int, int, Term]] = [(0, next(order), goal.subject)]
        shortest: dict[Term, int] = {}
        came_from: dict[Term, Term] = {}
        settled: set[Term] = set()
        looked_at = 0
        while heap:
            length, _, at = heapq.heappop(heap)
            if at == goal.object and at in came_from:
                return _links(goal, came_from)
            if at in settled:
                continue
            settled.add(at)
            for neighbour, further in self._neighbours(at, sources):
                looked_at += 1
                if length + further < shortest.get(neighbour, length + further + 1):
                    shortest[neighbour], came_from[neighbour] = length + further, at
                    heapq.heappush(heap, (length + further, next(order), neighbour))
            if looked_at > _MOST_LOOKED_AT:
                return None
        return None

    def _neighbours(self, at: Term, sources: tuple[tuple[Term, bool], ...]) -> Iterator[tuple[Term, int]]:
        for place, (source, turned) in enumerate(sources):
            pattern = (None, source, at) if turned else (at, source, None)
            for found in self._graph.asserted(*pattern):
                yield (found.subject if turned else found.object), 2 if place else 1


def _links(goal: Statement, came_from: dict[Term, Term]) -> list[Statement]:
    links: list[Statement] = []
    at = goal.object
    while not links or at != goal.subject:
        links.append(Statement(came_from[at], goal.predicate, at))
        at = came_from[at]
    return links[::-1]


@cache
def _compositions() -> tuple[_Composition, ...]:
    return tuple(found for rule in shipped_rules() if (found := _composition(rule)) is not None)


def _composition(rule: Rule) -> _Composition | None:
    if len(rule.head) != 1 or rule.tests or rule.list_pattern is not None:
        return None
    head, body = pattern_of(rule.head[0]), tuple(map(pattern_of, rule.body))
    for first, (start, of_first, middle) in enumerate(body):
        for second, (also_middle, of_second, end) in enumerate(body):
            joined = first != second and middle == also_middle and isinstance(middle, str) and middle not in head
            if not joined or not (start, of_first, end) == (start, of_second, end) == head:
                continue
            others = {slot for place, one in enumerate(body) if place not in (first, second) for slot in one}
            if {slot for slot in others if isinstance(slot, str)} <= {of_first}:
                return _Composition(rule.name, head, body, first, second)
    return None
