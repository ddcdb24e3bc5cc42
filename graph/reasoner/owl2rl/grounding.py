"""The schema closed, and the clauses tied to it.

What can be said of the schema alone is worked out here once, however large the data: the schema is closed under the
rules that speak of nothing else (mostly scm-*), each clause about data gets the table of what its schema part matches,
and chains of implications between properties and classes (sub-properties, inverses, domains, …) are put together, so
that one pass over the data draws all conclusions that need but one triple of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graph.reasoner.owl2rl.clauses import (
    LIST_NODE,
    SCHEMA_CLASSES,
    SCHEMA_PREDICATES,
    Clause,
    ListTable,
    Pattern,
    clauses,
    code_of,
)
from graph.reasoner.owl2rl.equal_literals import EqualLiterals
from graph.reasoner.owl2rl.implications import Implications, put_together
from graph.reasoner.owl2rl.vectors import Bindings, Codes, Triples, distinct, extend, join, pack, unpack
from ontology import RDF

__all__ = ["Grounded", "Grounding", "ground", "is_schema"]

_TYPE, _FIRST, _REST, _NIL = (code_of(RDF[name]) for name in ("type", "first", "rest", "nil"))
_PREDICATES = np.array(sorted(SCHEMA_PREDICATES), dtype=np.int64)
_CLASSES = np.array(sorted(SCHEMA_CLASSES), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Grounded:
    """A clause about data, tied to the schema.

    Arguments:
        clause: the clause.
        columns: a row for each match of its schema part: the variables that its other parts share with it; where the
            conclusion is *false*, all. Empty if the clause has no schema part.
    """

    clause: Clause
    columns: Mapping[str, Codes]

    @property
    def bindings(self) -> Bindings:
        """The rows as solutions."""
        if not self.columns:
            return Bindings({}, 1)
        return Bindings(self.columns, len(next(iter(self.columns.values()))))


@dataclass(frozen=True, slots=True)
class Grounding:
    """What a schema makes of the rules.

    Arguments:
        derived: the triples that follow from the schema alone, packed.
        implications: the clauses with one premise about data, put together.
        joins: the clauses with several, or whose only one cannot be put together with others.
        checks: the clauses whose conclusion is *false*.
        looked_for: the classes whose instances some clause of these two looks for.
    """

    derived: Codes
    implications: Implications
    joins: tuple[Grounded, ...]
    checks: tuple[Grounded, ...]
    looked_for: Codes


def is_schema(packed: Codes) -> npt.NDArray[np.bool_]:
    """Which of the triples are part of the schema."""
    predicate, _, value = unpack(packed)
    found: npt.NDArray[np.bool_] = np.isin(predicate, _PREDICATES)
    found |= (predicate == _TYPE) & np.isin(value, _CLASSES)
    return found


def ground(schema: Codes, given: Codes, equal: EqualLiterals | None = None) -> Grounding:
    """Close the schema and tie the clauses to it.

    Arguments:
        schema: the triples for which `is_schema` holds, packed, distinct and sorted.
        given: those of them that are premises. Of a list whose members turned out to be the same as others, the members
            that were given are read.
        equal: the literals of the same value.
    """
    lists = _lists(schema, given)
    lengths = sorted({len(members) for members in lists.values() if members})
    rules = [clause for length in (0, *lengths) for clause in clauses(length)]
    tables = {table: _list_columns(table, lists) for clause in rules for table in clause.lists}
    about_schema = [clause for clause in rules if not clause.data and clause.head]
    closed = _close(schema, about_schema, tables, equal)
    joins, checks, single = [], [], []
    for clause in rules:
        if not clause.data and clause.head:
            continue
        solutions = _schema_part(clause, closed, tables, None, equal)
        if solutions.size == 0:
            continue
        grounded = Grounded(clause, _needed(clause, solutions))
        if not clause.head:
            checks.append(grounded)
        elif len(clause.data) == 1:
            single.append(grounded)
        else:
            joins.append(grounded)
    implications, apart = put_together((grounded.clause, grounded.columns) for grounded in single)
    joins += [Grounded(clause, columns) for clause, columns in apart]
    derived = Triples(schema).lacking(closed.packed)
    return Grounding(derived, implications, tuple(joins), tuple(checks), _looked_for([*joins, *checks]))


def _looked_for(grounded: Iterable[Grounded]) -> Codes:
    return distinct(
        one.bindings.value(value)
        for one in grounded
        for _, predicate, value in one.clause.data
        if predicate == _TYPE and (isinstance(value, int) or value in one.columns)
    )


_Tables = Mapping[ListTable, Mapping[str, Codes]]


def _close(schema: Codes, about_schema: Iterable[Clause], tables: _Tables, equal: EqualLiterals | None) -> Triples:
    """The schema and what follows from it by clauses about nothing else, semi-naively."""
    known, new = Triples(), schema
    while len(new):
        known = known.with_(new)
        delta = Triples(new)
        found: list[Codes] = []
        for clause in about_schema:
            for place, pattern in enumerate(clause.schema):
                if isinstance(pattern[1], int) and not delta.has_predicate(pattern[1]):
                    continue
                solutions = _schema_part(clause, known, tables, (place, delta), equal)
                if solutions.size:
                    found.extend(solutions.packed(pattern) for pattern in clause.head)
        new = known.lacking(distinct(found))
    return known


def _schema_part(
    clause: Clause,
    known: Triples,
    tables: _Tables,
    delta: tuple[int, Triples] | None,
    equal: EqualLiterals | None,
) -> Bindings:
    """What the schema part of a clause matches; with `delta`, one premise by those triples only."""
    solutions = Bindings({}, 1)
    waiting = list(enumerate(clause.schema))
    if delta is not None:
        place, triples = delta
        solutions = extend(solutions, clause.schema[place], triples, equal)
        waiting.pop(place)
    elif any(isinstance(pattern[1], int) and not known.has_predicate(pattern[1]) for pattern in clause.schema):
        return Bindings({}, 0)
    for table in clause.lists:
        if LIST_NODE in solutions.columns and solutions.size:
            solutions = join(solutions, tables[table])
    while waiting and solutions.size:
        _, pattern = waiting.pop(_best([pattern for _, pattern in waiting], solutions.columns))
        solutions = extend(solutions, pattern, known, equal)
        for table in clause.lists:
            if LIST_NODE in pattern and solutions.size:
                solutions = join(solutions, tables[table])
    return solutions if not waiting else Bindings({}, 0)


def _best(patterns: list[Pattern], bound: Iterable[str]) -> int:
    """The place of the pattern that most is known of."""
    known = set(bound)
    scores = [sum(isinstance(slot, int) or slot in known for slot in pattern) for pattern in patterns]
    return scores.index(max(scores))


def _needed(clause: Clause, solutions: Bindings) -> Mapping[str, Codes]:
    """The different rows of the variables that the rest of the clause needs."""
    wanted = {slot for part in (clause.data, clause.head) for pattern in part for slot in pattern}
    names = [name for name in solutions.columns if name in wanted or not clause.head]
    return _distinct_rows({name: solutions.columns[name] for name in names}) if names else {}


def _distinct_rows(columns: Mapping[str, Codes]) -> Mapping[str, Codes]:
    names, vectors = list(columns), list(columns.values())
    if len(names) <= 3:
        zero = np.zeros_like(vectors[0])
        fields = unpack(distinct([pack(*(vectors + [zero] * 3)[:3])]))
        return dict(zip(names, fields, strict=False))
    rows = np.unique(np.stack(vectors), axis=1)
    return dict(zip(names, rows, strict=True))


def _lists(schema: Codes, given: Codes) -> dict[int, tuple[int, ...]]:
    """The well-formed lists of the schema: node to members. Of several members at one place the first counts."""

    def pairs(of: int) -> dict[int, int]:
        found: dict[int, int] = {}
        for triples in (schema, given):
            predicate, subject, value = unpack(triples)
            rows = predicate == of
            found.update(zip(subject[rows].tolist()[::-1], value[rows].tolist()[::-1], strict=True))
        return found

    first, rest = pairs(_FIRST), pairs(_REST)
    predicate, _, value = unpack(schema)
    pointing = np.isin(predicate, _PREDICATES) & (predicate != _FIRST) & (predicate != _REST)
    lists: dict[int, tuple[int, ...]] = {_NIL: ()}
    for head in set(value[pointing].tolist()) & set(first):
        members, node, visited = [], head, set[int]()
        while node in first and node in rest and node not in visited:
            visited.add(node)
            members.append(first[node])
            node = rest[node]
        if node == _NIL:
            lists[head] = tuple(members)
    return lists


def _list_columns(table: ListTable, lists: Mapping[int, tuple[int, ...]]) -> Mapping[str, Codes]:
    """The rows of a premise about lists."""
    rows: list[tuple[int, ...]] = []
    for node, members in lists.items():
        if table.kind == "any":
            rows.extend((node, member) for member in members)
        elif table.kind == "two":
            rows.extend((node, one, other) for place, one in enumerate(members) for other in members[place + 1 :])
        elif len(members) == len(table.variables) - 1:
            rows.append((node, *members))
    columns: dict[str, Codes] = {}
    keep = np.ones(len(rows), dtype=np.bool_)
    vectors = np.array(rows, dtype=np.int64).reshape(len(rows), len(table.variables)).T
    for name, codes in zip(table.variables, vectors, strict=True):
        if name in columns:  # the same variable twice
            keep &= columns[name] == codes
        columns[name] = codes
    return {name: codes[keep] for name, codes in columns.items()}
