"""What follows anew when much is asserted: semi-naive evaluation over vectors, with what is known looked up by need.

The rounds are those of `insertion`, each over all that is new at once: what is new is joined as sorted vectors
(`graph.reasoner.owl2rl.vectors`), and of what was known before only that is read, and coded, which a premise asks for.
So time and memory depend on what comes, and on what it touches, not on how much is known.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graph.reasoner.incremental.facts import Fact, NeedsFullClosure, Pattern, Term, is_storable
from graph.reasoner.incremental.known import Known
from graph.reasoner.incremental.program import SAME, TYPE, Body, Implied, Program, TiedRule
from graph.reasoner.incremental.tying import is_schema
from graph.reasoner.literals import IllTyped, has_value_space, in_value_space, value_of
from graph.reasoner.owl2rl.coding import Coding, TooManyTerms
from graph.reasoner.owl2rl.vectors import (
    LITERALS,
    Bindings,
    Codes,
    Slot,
    Triples,
    among,
    distinct,
    extend,
    pack,
    unpack,
)

__all__ = ["Following", "following_at_once", "refuse_value"]

_X, _P, _Y, _Q = "?x", "?p", "?y", "?q"
_Coded = tuple[Slot, Slot, Slot]


@dataclass(frozen=True, slots=True)
class Following:
    """What is new.

    Arguments:
        facts: those of the facts, and of what follows from them, that were asked for.
        clashes: the inconsistencies that they are part of.
    """

    facts: set[Fact]
    clashes: tuple[tuple[TiedRule, Body], ...]


def following_at_once(
    facts: Collection[Fact],
    program: Program,
    known: Known,
    store: Callable[[set[Fact]], None],
    wanted: Callable[[Fact], bool],
) -> Following:
    """All that is new, as `insertion.following_anew` finds it.

    Arguments:
        facts: what is new; the graph holds it already.
        program: the rules.
        known: the graph.
        store: puts inferred facts into the graph; it is called once.
        wanted: says by a fact's property, and class if that is rdf:type, whether it is asked for.

    Raises:
        NeedsFullClosure: the schema would change, things or literals are the same as others, or too much would follow.
    """
    if program.equality:
        raise NeedsFullClosure("some things are the same as others")
    try:
        rounds = _Rounds(program, known)
        concluded = rounds.conclude(facts)
        clashes = tuple(rounds.clashes())
        store({fact for fact in concluded if is_storable(fact)})
        return Following({fact for part in (facts, concluded) for fact in part if wanted(fact)}, clashes)
    except TooManyTerms:
        raise NeedsFullClosure("there are more terms than vectors can hold") from None


class _Rounds:
    """The rounds, and what they have found."""

    def __init__(self, program: Program, known: Known) -> None:
        self._program = program
        self._known = known
        self._coding = Coding()
        self._type = self._coding.code(TYPE)
        self._new = Triples()
        self._held = Triples()
        self._looked_for = np.array(sorted(map(self._coding.code, program.looked_for)), dtype=np.int64)
        self._implications = [
            (self._pairs(implied), premise, head)
            for implied, premise, head in (
                (program.straight, (_X, _P, _Y), (_X, _Q, _Y)),
                (program.turned, (_X, _P, _Y), (_Y, _Q, _X)),
                (program.of_subject, (_X, _P, _Y), (_X, self._type, _Q)),
                (program.of_object, (_X, _P, _Y), (_Y, self._type, _Q)),
                (program.above, (_X, self._type, _P), (_X, self._type, _Q)),
            )
        ]
        self._bodies = {rule: [self._coded(pattern) for pattern in rule.body] for rule in program.rules}
        self._looked_up: dict[tuple[int | None, int | None, int | None], list[tuple[int, int, int]]] = {}

    def conclude(self, facts: Collection[Fact]) -> set[Fact]:
        """What follows from the facts and is not known."""
        concluded: set[Fact] = set()
        new, coming = self._packed(facts), facts
        while len(new):
            self._look_at(coming)
            self._new = self._new.with_(new)
            delta = Triples(new)
            found = self._held.lacking(self._new.lacking(distinct([*self._implied(delta), *self._joined(delta)])))
            rows = self._rows(found)
            fresh = np.fromiter(map(self._is_new, rows), dtype=np.bool_, count=len(rows))
            self._held = self._held.with_(found[~fresh])
            new, coming = found[fresh], [fact for fact, keep in zip(rows, fresh.tolist(), strict=True) if keep]
            concluded.update(coming)
        return concluded

    def clashes(self) -> Iterator[tuple[TiedRule, Body]]:
        """The inconsistencies that what is new is part of."""
        for rule in self._program.rules:
            if rule.head:
                continue
            for place in range(len(rule.body)):
                for solutions in self._solved(rule, place, self._new):
                    premises = [self._rows(solutions.packed(pattern)) for pattern in self._bodies[rule]]
                    for body in zip(*premises, strict=True):
                        yield rule, body

    # Steps

    def _implied(self, delta: Triples) -> Iterator[Codes]:
        for (one, other), premise, head in self._implications:
            if not len(one):
                continue
            solutions = extend(Bindings({_P: one, _Q: other}, len(one)), premise, delta)
            if head[0] == _Y and head[1] == self._type:
                literal = solutions.columns[_Y] >= LITERALS
                solutions = solutions.where(~literal | among(solutions.columns[_Q], self._looked_for))
            yield solutions.packed(head)

    def _joined(self, delta: Triples) -> Iterator[Codes]:
        for rule in self._program.rules:
            if not rule.head:
                continue
            heads = [self._coded(pattern) for pattern in rule.head]
            for place in range(len(rule.body)):
                for solutions in self._solved(rule, place, delta):
                    for head in heads:
                        if (solutions.value(head[0]) >= LITERALS).any():
                            raise NeedsFullClosure(f"{rule.name} concludes what is not stored")
                        yield solutions.packed(head)

    def _solved(self, rule: TiedRule, place: int, delta: Triples) -> Iterator[Bindings]:
        """The solutions of a rule in which what is new matches the premise at a place."""
        body = self._bodies[rule]
        first = body[place]
        if isinstance(first[1], str) and rule.head:  # the rules of equality, which have nothing to replace
            return
        if isinstance(first[1], int) and not delta.has_predicate(first[1]):
            return
        solutions = [extend(Bindings({}, 1), first, delta)]
        waiting = [pattern for number, pattern in enumerate(body) if number != place]
        while waiting and any(one.size for one in solutions):
            bound = {name for one in solutions for name in one.columns}
            pattern = max(waiting, key=lambda each: self._bound(each, bound))
            waiting.remove(pattern)
            solutions = [
                found
                for one in solutions
                if one.size
                for triples in (self._new, self._looking_up(pattern, one, by_value=rule.by_value))
                if (found := extend(one, pattern, triples)).size
            ]
        for one in solutions:
            for left, right in rule.unequal:
                if (np.maximum(one.columns[left], one.columns[right]) >= LITERALS).any():
                    raise NeedsFullClosure(f"the rule {rule.name} compares literals")
                one = one.where(one.columns[left] != one.columns[right])
            if one.size:
                yield one

    def _bound(self, pattern: _Coded, bound: Collection[str]) -> int:
        subject, predicate, value = (isinstance(slot, int) or slot in bound for slot in pattern)
        return 3 * subject + (1 if pattern[1] == self._type else 3) * value + predicate

    def _looking_up(self, pattern: _Coded, solutions: Bindings, *, by_value: bool) -> Triples:
        """What was known before that the pattern matches under the solutions."""
        columns: list[Codes | None] = []
        for slot in pattern:
            columns.append(solutions.value(slot) if isinstance(slot, int) or slot in solutions.columns else None)
        if pattern[1] == self._type and columns[0] is not None and not (columns[0] >= LITERALS).any():
            columns[2] = None  # of what classes a thing is, is asked once
        size = solutions.size
        wanted = set(zip(*([None] * size if each is None else each.tolist() for each in columns), strict=True))
        rows = [row for key in wanted for row in self._read(*key)]
        self._coding.look_at_values()
        if by_value:
            self._refuse_spellings(each for each in columns if each is not None)
        return Triples(_sorted(rows))

    def _read(self, subject: int | None, predicate: int | None, value: int | None) -> list[tuple[int, int, int]]:
        key = subject, predicate, value
        found = self._looked_up.get(key)
        if found is None:
            code = self._coding.code
            facts = self._program.match(self._known, self._term(subject), self._term(predicate), self._term(value))
            found = self._looked_up[key] = [(code(s), code(p), code(o)) for s, p, o in facts]
        return found

    def _is_new(self, fact: Fact) -> bool:
        subject, predicate, value = fact
        if predicate == SAME and subject != value:
            raise NeedsFullClosure("something turns out to be the same as something else")
        if is_storable(fact):
            return fact not in self._known
        if isinstance(subject, Literal | Triple) or isinstance(predicate, BlankNode):
            return self._program.is_read(fact)
        return False

    def _look_at(self, facts: Iterable[Fact]) -> None:
        """Refuse what cannot be followed: parts of the schema, equality, and values that no literal can have."""
        seen: set[tuple[Term, Term]] = set()
        for fact in facts:
            if is_schema(fact):
                raise NeedsFullClosure("the schema changes")
            if fact[1] == SAME:
                raise NeedsFullClosure("some things are the same as others")
            if isinstance(fact[2], Literal) and fact[1:] not in seen:
                seen.add((fact[1], fact[2]))
                refuse_value(fact, self._program)

    def _refuse_spellings(self, columns: Iterable[Codes]) -> None:
        """Refuse to join literals of one value that are spelt in several ways."""
        equal = self._coding.equal
        for codes in columns if equal else ():
            if equal.spellings(codes[codes >= LITERALS]) is not None:
                raise NeedsFullClosure("literals of one value are spelt in several ways")

    # Codes

    def _pairs(self, implied: Implied) -> tuple[Codes, Codes]:
        code = self._coding.code
        pairs = [(code(one), code(other)) for one, others in implied.of.items() for other in others]
        rows = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        return rows[:, 0].copy(), rows[:, 1].copy()

    def _coded(self, pattern: Pattern) -> _Coded:
        subject, predicate, value = (slot if isinstance(slot, str) else self._coding.code(slot) for slot in pattern)
        return subject, predicate, value

    def _packed(self, facts: Iterable[Fact]) -> Codes:
        code = self._coding.code
        packed = _sorted([(code(s), code(p), code(o)) for s, p, o in facts])
        self._coding.look_at_values()
        return packed

    def _rows(self, packed: Codes) -> list[Fact]:
        term = self._coding.term
        predicate, subject, value = (codes.tolist() for codes in unpack(packed))
        return [(term(s), term(p), term(o)) for s, p, o in zip(subject, predicate, value, strict=True)]

    def _term(self, code: int | None) -> Term | None:
        return None if code is None else self._coding.term(code)


def refuse_value(fact: Fact, program: Program) -> None:
    """Refuse a literal whose value is none of its datatype's, or of those that its property asks for.

    Raises:
        NeedsFullClosure: it is such a one.
    """
    if not isinstance(fact[2], Literal):
        return
    try:
        value = value_of(fact[2])
    except IllTyped:
        raise NeedsFullClosure("a literal is not of its datatype") from None
    for datatype in program.of_object.of.get(fact[1], ()):
        if value is None or not isinstance(datatype, NamedNode) or not has_value_space(datatype.value):
            continue
        if not in_value_space(value, datatype.value):
            raise NeedsFullClosure("a literal is not of the datatype that it must be of")


def _sorted(rows: Sequence[tuple[int, int, int]]) -> Codes:
    columns = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return distinct([pack(columns[:, 1], columns[:, 0], columns[:, 2])])
