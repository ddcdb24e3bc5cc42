"""The closure of a graph that fits into memory, by vectors.

Semi-naive evaluation: each round joins what is new with what is known. First the implications of what is new are drawn,
all in one pass (`implications`), then the clauses with several premises; what these conclude is new in the next round.
If a conclusion is part of the schema, the clauses are tied to the schema anew.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from graph.reasoner.owl2rl.clauses import AXIOMATIC, Pattern, code_of
from graph.reasoner.owl2rl.cliques import BY_CLIQUES, REPLACING, same_pairs
from graph.reasoner.owl2rl.equal_literals import EqualLiterals
from graph.reasoner.owl2rl.grounding import Grounded, Grounding, ground, is_schema
from graph.reasoner.owl2rl.implications import Implications
from graph.reasoner.owl2rl.vectors import (
    BITS,
    LITERALS,
    Bindings,
    Codes,
    Triples,
    among,
    distinct,
    extend,
    pack,
    unpack,
)  # fmt: skip
from ontology import OWL, RDF, RDFS

__all__ = ["MOST_CLASHES", "Clash", "Fixpoint", "axiomatic", "pruned"]

_TYPE, _SAME = code_of(RDF["type"]), code_of(OWL["sameAs"])
_EVERYTHING = np.array([code_of(OWL["Thing"]), code_of(RDFS["Resource"])], dtype=np.int64)

_SAMES = (_SAME << 2 * BITS, (_SAME + 1) << 2 * BITS)
"""Between these are the packed triples of owl:sameAs."""

_AT_ONCE = 1 << 20
_AT_ONCE_OF_EQUALITY = 1 << 12
"""How many new triples are joined at once: n things that are the same make n³ matches, and n² conclusions."""

MOST_CLASHES = 1_000
"""Of one clause no more inconsistencies are told."""


@dataclass(frozen=True, slots=True)
class Clash:
    """The premises of a rule whose conclusion is *false*, as codes."""

    rule: str
    premises: tuple[tuple[int, int, int], ...]


def axiomatic() -> Codes:
    """The triples that hold without premises."""
    subject, predicate, value = np.array(sorted(AXIOMATIC, key=str), dtype=np.int64).T
    return distinct([pack(predicate, subject, value)])


class Fixpoint:
    """A closure, which can be continued with further triples."""

    def __init__(self, *, full: bool) -> None:
        """`full`: whether what says that something is a thing is wanted."""
        self.known = Triples()
        self._equal = EqualLiterals()
        self._full = full
        self._given = self._premises = Triples().packed
        self._grounding: Grounding | None = None

    def add(self, triples: Codes, equal: EqualLiterals) -> None:
        """Add premises and draw all conclusions.

        Arguments:
            triples: packed, distinct, sorted.
            equal: the literals of the same value; if they are others than before, all starts anew.
        """
        if equal is not self._equal and self._grounding is not None:
            triples = distinct([triples, self._premises])
            self.known, self._grounding = Triples(), None
        self._equal = equal
        self._premises = distinct([triples, self._premises]) if len(self._premises) else triples
        self._given = distinct([self._given, triples[is_schema(triples)]])
        new = self.known.lacking(triples)
        while len(new):
            if self._grounding is None or is_schema(new).any():
                new = self._tied_anew(new)
            assert self._grounding is not None
            implied = self.known.lacking(
                Triples(new).lacking(self._telling(distinct(self._implied(new, self._grounding))))
            )
            delta = distinct([new, implied])
            equalities = self._equalities(delta)
            if len(equalities) or is_schema(implied).any():
                new = distinct([delta, equalities])
                continue
            first = not len(self.known)
            self.known = self.known.with_(delta)
            new = self.known.lacking(
                self._telling(distinct(self._joined(Triples(delta), self._grounding, first=first)))
            )

    def clashes(self) -> Iterator[Clash]:
        """The inconsistencies."""
        for grounded in self._grounding.checks if self._grounding else ():
            clause = grounded.clause
            solutions = _solve(grounded, self.known, None, _order(clause.data, grounded.columns, None), self._equal)
            if not solutions.size:
                continue
            patterns = [[solutions.value(slot)[:MOST_CLASHES] for slot in pattern] for pattern in clause.premises]
            rows = [list(zip(*(part.tolist() for part in pattern), strict=True)) for pattern in patterns]
            for premises in zip(*rows, strict=True):
                for spelt in product(*(self._as_known(premise) for premise in premises)):
                    yield Clash(clause.name, spelt)

    def _as_known(self, triple: tuple[int, int, int]) -> list[tuple[int, int, int]]:
        """The triple in the spellings in which it is known."""
        subject, predicate, value = triple
        spelt = self._equal.spellings(np.array([value])) if value >= LITERALS else None
        if spelt is None:
            return [triple]
        codes = spelt[1]
        places = np.full(len(codes), predicate), np.full(len(codes), subject)
        _, _, known = unpack(np.intersect1d(pack(*places, codes), self.known.packed))
        return [(subject, predicate, code) for code in known.tolist()] or [triple]

    def typed_literals(self) -> tuple[Codes, Codes]:
        """Each literal with each class that a rule gives it: what dt-not-type has to look at."""
        if self._grounding is None:
            return Triples().packed, Triples().packed
        properties, datatypes = self._grounding.implications.of_object
        apart = ~np.isin(datatypes, _EVERYTHING)
        ranges = Bindings({"p": properties[apart], "d": datatypes[apart]}, int(apart.sum()))
        found = extend(ranges, ("x", "p", "y"), self.known)
        typed = extend(Bindings({}, 1), ("y", _TYPE, "d"), self.known)
        pairs = []
        for solutions in (found, typed):
            literals = solutions.where(solutions.columns["y"] >= LITERALS)
            pairs.append(literals.packed((0, "y", "d")))
        literal, _, datatype = unpack(distinct(pairs))
        return literal, datatype

    def same_literals(self) -> Iterator[tuple[int, int]]:
        """The literals that are said to be the same: what dt-diff has to look at."""
        same = extend(Bindings({}, 1), ("x", _SAME, "y"), self.known)
        literals = same.where((same.value("x") >= LITERALS) & (same.value("y") >= LITERALS)) if same.size else same
        return zip(literals.columns["x"].tolist(), literals.columns["y"].tolist(), strict=True)

    def _tied_anew(self, new: Codes) -> Codes:
        """Tie the clauses to the schema as it has become; all triples are new to them."""
        everything = distinct([self.known.packed, new])
        self._grounding = ground(everything[is_schema(everything)], self._given, self._equal)
        self.known = Triples()
        return distinct([everything, self._grounding.derived])

    def _equalities(self, new: Codes) -> Codes:
        """What eq-sym and eq-trans conclude, if anything new is the same as something else."""
        if not len(_of_same(new)):
            return Triples().packed
        _, one, other = unpack(distinct([_of_same(self.known.packed), _of_same(new)]))
        representatives = (self._equal.representatives(codes) for codes in (one, other))
        pairs = same_pairs(one, other, *representatives)
        found = distinct([pack(np.full(len(pairs[0]), _SAME, dtype=np.int64), *pairs)])
        return Triples(new).lacking(self.known.lacking(self._telling(found)))

    def _telling(self, packed: Codes) -> Codes:
        """Conclusions, distinct, without those that say that a thing is the same as itself."""
        start, end = np.searchsorted(packed, _SAMES)
        if start == end:
            return packed
        _, one, other = unpack(packed[start:end])
        apart = ~self._equal.same(one, other)
        return np.concatenate((packed[:start], packed[start:end][apart], packed[end:]))

    def _implied(self, new: Codes, grounding: Grounding) -> Iterator[Codes]:
        delta = Triples(new)
        implications = grounding.implications if self._full else pruned(grounding)
        p, x, y, q, c, d = "pxyqcd"
        for (one, other), premise, head in (
            (implications.straight, (x, p, y), (x, q, y)),
            (implications.turned, (x, p, y), (y, q, x)),
            (implications.of_subject, (x, p, y), (x, _TYPE, q)),
            (implications.of_object, (x, p, y), (y, _TYPE, q)),
        ):
            if len(one):
                solutions = extend(Bindings({p: one, q: other}, len(one)), premise, delta)
                if implications.of_object[0] is one:
                    solutions = solutions.where(
                        (solutions.columns[y] < LITERALS) | among(solutions.columns[q], grounding.looked_for)
                    )
                yield solutions.packed(head)
        if len(implications.above[0]):
            classes = Bindings({c: implications.above[0], d: implications.above[1]}, len(implications.above[0]))
            yield extend(classes, (x, _TYPE, c), delta).packed((x, _TYPE, d))

    def _joined(self, delta: Triples, grounding: Grounding, *, first: bool) -> Iterator[Codes]:
        for grounded in grounding.joins:
            data = grounded.clause.data
            if grounded.clause.name in BY_CLIQUES:
                continue
            if any(isinstance(p, int) and p != _TYPE and not self.known.has_predicate(p) for _, p, _ in data):
                continue
            for place in range(1 if first else len(data)):
                order = _order(data, grounded.columns, place)
                known, new = self.known, delta
                if grounded.clause.name in REPLACING:
                    known, new = (_but_same(known), new) if place == 0 else (known, _but_same(new))
                for part in _parts(new, _AT_ONCE if grounded.columns else _AT_ONCE_OF_EQUALITY):
                    solutions = _solve(grounded, known, part, order, self._equal)
                    if solutions.size:
                        heads = (solutions.packed(pattern) for pattern in grounded.clause.head)
                        yield self.known.lacking(distinct(heads))


def _of_same(packed: Codes) -> Codes:
    """The triples of a sorted vector that say that two things are the same."""
    start, end = np.searchsorted(packed, _SAMES)
    return packed[start:end]


def _but_same(triples: Triples) -> Triples:
    """The triples without those that say that two things are the same."""
    start, end = np.searchsorted(triples.packed, _SAMES)
    return Triples(np.concatenate((triples.packed[:start], triples.packed[end:]))) if end > start else triples


def _parts(triples: Triples, size: int) -> Iterator[Triples]:
    """The triples in parts of at most a size."""
    if len(triples) <= size:
        yield triples
        return
    for start in range(0, len(triples), size):
        yield Triples(triples.packed[start : start + size])


def _solve(
    grounded: Grounded, known: Triples, delta: Triples | None, order: Sequence[int], equal: EqualLiterals
) -> Bindings:
    """The solutions of a clause; with `delta`, the first premise in the order is matched by those triples only."""
    solutions = grounded.bindings
    for rank, place in enumerate(order):
        if not solutions.size:
            return Bindings({}, 0)
        triples = delta if delta is not None and rank == 0 else known
        solutions = extend(solutions, grounded.clause.data[place], triples, equal)
    return solutions


def _order(data: Sequence[Pattern], columns: Mapping[str, Codes], first: int | None) -> list[int]:
    """The order in which premises are matched: the new one first, then always the one that most is known of."""
    bound = set(columns)
    order: list[int] = []
    waiting = list(range(len(data)))
    while waiting:
        place = first if first is not None and not order else max(waiting, key=lambda rank: _known(data[rank], bound))
        order.append(place)
        waiting.remove(place)
        bound.update(slot for slot in data[place] if isinstance(slot, str))
    return order


def _known(pattern: Pattern, bound: set[str]) -> int:
    known = [isinstance(slot, int) or slot in bound for slot in pattern]
    return sum(known) + known[1]


def pruned(grounding: Grounding) -> Implications:
    """The implications without those that say that something is a thing, if nobody asks for it."""
    implications = grounding.implications
    dropped = _EVERYTHING[~among(_EVERYTHING, grounding.looked_for)]

    def keep(pairs: tuple[Codes, Codes]) -> tuple[Codes, Codes]:
        telling = ~np.isin(pairs[1], dropped)
        return pairs[0][telling], pairs[1][telling]

    return Implications(
        implications.straight,
        implications.turned,
        keep(implications.of_subject),
        keep(implications.of_object),
        keep(implications.above),
    )
