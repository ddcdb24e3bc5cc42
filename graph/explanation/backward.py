"""The rules of OWL 2 RL/RDF read backwards: from a statement to the premises from which a rule concludes it.

Each rule of `owl2rl.rules` is unified with the statement, and its premises are joined over the closed graph, always
the one next of which most is known (backward chaining over a materialised closure needs no recursion here: whether a
premise that holds is asserted or has a proof of its own is for the search to see).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pyoxigraph import Literal

from graph.explanation.closed_graph import ClosedGraph, RdfList
from graph.explanation.literals import as_kept, holds_of_values
from graph.explanation.proof import Statement, Step, Term
from graph.explanation.unstored import Unstored, may_be_unstored, openness
from graph.reasoner.owl2rl.notation import Atom, ListPattern, Rule, Variable, shipped_rules

__all__ = ["Bindings", "Pattern", "RulesBackward", "Slot", "instantiated", "pattern_of", "unified"]

Slot = str | Term
"""A variable's name, or a term."""

Pattern = tuple[Slot, Slot, Slot]
Bindings = Mapping[str, Term]

_LIST = "list"
_ALL_SUBJECTS = "eq-ref"
_COMPARED = 24
"""Which of two patterns has fewer matches is told up to this number."""

_OPENNESS = (0, 1, 6)
"""How much a pattern is put off that has matches which nothing names; two for each term that is known."""

_GROUND = 6

_ENOUGH_FOR_ALL = 8
"""Of the triples that mention a thing (the premises of eq-ref) so many are looked at; an asserted one is enough."""


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A rule that concludes triples, with the place of its premise about a list, if it has one."""

    rule: Rule
    heads: tuple[Pattern, ...]
    body: tuple[Pattern, ...]
    list_place: int | None

    @property
    def list_pattern(self) -> ListPattern | None:
        return self.rule.list_pattern


def _slot(term: object) -> Slot:
    if isinstance(term, Variable):
        return term.name
    if isinstance(term, ListPattern):
        return _LIST
    if isinstance(term, Literal):
        return as_kept(term)
    return term  # type: ignore[return-value]


def pattern_of(atom: Atom) -> Pattern:
    """A premise or conclusion of a rule: terms as the graph keeps them, variables by their names."""
    subject, predicate, value = (_slot(term) for term in atom.terms)
    return subject, predicate, value


def _compiled(rule: Rule) -> _Compiled:
    place = next((n for n, atom in enumerate(rule.body) if isinstance(atom.object, ListPattern)), None)
    heads = tuple(map(pattern_of, rule.head))
    return _Compiled(rule, heads, tuple(map(pattern_of, rule.body)), place)


@cache
def _rules() -> tuple[_Compiled, ...]:
    return tuple(_compiled(rule) for rule in shipped_rules() if rule.head)


@cache
def _unrolled(rule: Rule, length: int) -> _Compiled:
    return _compiled(rule.unrolled(length))


def unified(pattern: Pattern, found: Sequence[Term], bindings: Bindings) -> dict[str, Term] | None:
    """The bindings with those that make the pattern the statement; None if nothing does."""
    extended = dict(bindings)
    for slot, term in zip(pattern, found, strict=True):
        if isinstance(slot, str):
            if extended.setdefault(slot, term) != term:
                return None
        elif slot != term:
            return None
    return extended


def instantiated(pattern: Pattern, bindings: Bindings) -> tuple[Term | None, Term | None, Term | None]:
    """The pattern with the values of its variables; None where there is none."""
    subject, predicate, value = (bindings.get(slot) if isinstance(slot, str) else slot for slot in pattern)
    return subject, predicate, value


class RulesBackward:
    """The rules over one graph.

    Arguments:
        graph: the closed graph.
    """

    def __init__(self, graph: ClosedGraph) -> None:
        self._graph = graph
        self._unstored = Unstored(graph)

    def steps(self, goal: Statement, *, without: str | None = None) -> Iterator[Step]:
        """The applications of rules that conclude the goal from premises that hold, or may without being stored.

        Arguments:
            goal: the statement.
            without: the name of a rule that is left out.
        """
        for compiled in _rules():
            if compiled.rule.name == without:
                continue
            for head in range(len(compiled.heads)):
                for premises in self._premises(compiled, head, goal):
                    if goal not in premises:
                        yield Step(compiled.rule.name, premises)

    def instances(self, goal: Statement) -> Iterator[tuple[Rule, tuple[Pattern, ...], tuple[Statement, ...], Bindings]]:
        """The rules that could conclude the goal: with the patterns of their premises other than those about lists,
        the triples of the list, and what the goal and the list bind."""
        for compiled in _rules():
            for head in range(len(compiled.heads)):
                bindings = unified(compiled.heads[head], goal, {})
                if bindings is None or compiled.rule.tests or not compiled.body:
                    continue
                if compiled.list_place is None:
                    yield compiled.rule, compiled.body, (), bindings
                    continue
                for body, about, extended in self._with_list(compiled, head, goal, bindings):
                    yield compiled.rule, body, about, extended

    def _premises(self, compiled: _Compiled, head: int, goal: Statement) -> Iterator[tuple[Statement, ...]]:
        bindings = unified(compiled.heads[head], goal, {})
        if bindings is None:
            return
        if compiled.rule.tests:
            if not compiled.body and self._tests_hold(compiled.rule, bindings):
                yield ()
            return
        if compiled.list_place is None:
            few = _ENOUGH_FOR_ALL if compiled.rule.name == _ALL_SUBJECTS else None
            for _, premises in self.joined(compiled.body, bindings, few):
                yield premises
            return
        for body, about, extended in self._with_list(compiled, head, goal, bindings):
            for _, premises in self.joined(body, extended):
                yield (*about, *premises)

    @staticmethod
    def _tests_hold(rule: Rule, bindings: Bindings) -> bool:
        return all(
            holds_of_values(test.name, tuple(bindings[variable.name] for variable in test.arguments))
            for test in rule.tests
        )

    def _with_list(
        self, compiled: _Compiled, head: int, goal: Statement, bindings: Bindings
    ) -> Iterator[tuple[tuple[Pattern, ...], tuple[Statement, ...], dict[str, Term]]]:
        """The rule for each list that it may be about: further premises, the triples of the list, bindings."""
        pattern, place = compiled.list_pattern, compiled.list_place
        assert pattern is not None and place is not None
        axiom = compiled.body[place]
        member = bindings.get(pattern.members[0].name) if pattern.kind == "any" else None
        for found in self._axioms(axiom, bindings, member):
            for read in self._graph.lists(found.object):
                if pattern.kind == "all" and read.members:
                    unrolled = _unrolled(compiled.rule, len(read.members))
                    extended = unified(unrolled.heads[head], goal, {})
                    names = unrolled.list_pattern.members if unrolled.list_pattern else ()
                    yield from self._one(unrolled, place, found, read, extended, [n.name for n in names], read.members)
                elif pattern.kind == "any":
                    name = pattern.members[0].name
                    for term in dict.fromkeys(read.members):
                        yield from self._one(compiled, place, found, read, bindings, [name], (term,))

    def _one(
        self,
        compiled: _Compiled,
        place: int,
        axiom: Statement,
        read: RdfList,
        bindings: Bindings | None,
        names: Sequence[str],
        members: Sequence[Term],
    ) -> Iterator[tuple[tuple[Pattern, ...], tuple[Statement, ...], dict[str, Term]]]:
        """The rule for one list, unless its members contradict what is bound."""
        extended = None if bindings is None else unified(compiled.body[place], axiom, bindings)
        for name, member in zip(names, members, strict=True):
            if extended is None or extended.setdefault(name, member) != member:
                return
        if extended is not None:
            body = compiled.body[:place] + compiled.body[place + 1 :]
            yield body, (axiom, *read.cells), extended

    def _axioms(self, pattern: Pattern, bindings: Bindings, member: Term | None) -> Iterator[Statement]:
        """The triples that point at lists; with `member`, at lists in which it stands."""
        subject, predicate, _ = instantiated(pattern, bindings)
        if subject is None and member is not None:
            for node in self._graph.lists_with(member):
                yield from self._graph.matches(None, predicate, node)
        else:
            yield from self._graph.matches(subject, predicate, None)

    def joined(
        self, body: Sequence[Pattern], bindings: Bindings, few: int | None = None
    ) -> Iterator[tuple[Bindings, tuple[Statement, ...]]]:
        """The ways in which all premises hold: the bindings, and the premises in their order.

        Arguments:
            body: the premises.
            bindings: what is known of their variables.
            few: if given, of each pattern one match is enough, the best of so many.
        """
        for found, premises in self._solved(tuple(enumerate(body)), bindings, few):
            yield found, tuple(premises[place] for place in range(len(body)))

    def _solved(
        self, waiting: Sequence[tuple[int, Pattern]], bindings: Bindings, few: int | None
    ) -> Iterator[tuple[Bindings, dict[int, Statement]]]:
        if not waiting:
            yield bindings, {}
            return
        chosen = self._next(waiting, bindings)
        place, pattern = waiting[chosen]
        rest = (*waiting[:chosen], *waiting[chosen + 1 :])
        for found in self.matching(pattern, bindings, few):
            extended = unified(pattern, found, bindings)
            if extended is not None:
                for solution, premises in self._solved(rest, extended, few):
                    premises[place] = found
                    yield solution, premises

    def _next(self, waiting: Sequence[tuple[int, Pattern]], bindings: Bindings) -> int:
        """The place of the premise to look at next: the one of which most is known; of several, with fewest matches."""
        if len(waiting) == 1:
            return 0
        known = [instantiated(pattern, bindings) for _, pattern in waiting]
        scores = [2 * sum(term is not None for term in terms) - _OPENNESS[openness(*terms)] for terms in known]
        best = max(scores)
        equal = [place for place, score in enumerate(scores) if score == best]
        if best == _GROUND or len(equal) == 1:
            return equal[0]
        return min(equal, key=lambda place: self._graph.matches(*known[place]).at_most(_COMPARED))

    def matching(self, pattern: Pattern, bindings: Bindings, few: int | None = None) -> Iterator[Statement]:
        """The statements that a premise stands for, stored ones first."""
        subject, predicate, value = instantiated(pattern, bindings)
        if subject is not None and predicate is not None and value is not None:
            ground = Statement(subject, predicate, value)
            if self._graph.holds(ground) or may_be_unstored(ground):
                yield ground
            return
        if few is not None:
            some = self._graph.some_matches(subject, predicate, value, few)
            yield from sorted(some, key=lambda one: not self._graph.is_asserted(one))[:1]
            return
        yield from self._graph.matches(subject, predicate, value)
        told: set[Statement] = set()
        for candidate in self._unstored.candidates(subject, predicate, value):
            if candidate not in told and not self._graph.holds(candidate):
                told.add(candidate)
                yield candidate
