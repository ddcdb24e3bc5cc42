"""Triple patterns joined with a table, one after the other.

Each pattern is a way to go on from what the table binds: to look up what things lead to, to keep the rows whose things
are related, or to bring all that matches. The next one is always that which leaves the fewest rows, as an exact count
or a sample of the table tells (greedy ordering; Selinger et al., SIGMOD 1979, with true sizes in place of estimates).
"""

from collections.abc import Iterator

import numpy as np

from graph.columns.relation import Relation
from graph.columns.terms import Codes
from graph.query.columnar.algebra import Constant, Place, TriplePattern, Variable
from graph.query.columnar.codes import Codebook, NotHere
from graph.query.columnar.lookups import Direction, is_among
from graph.query.columnar.tables import Table, checked, concatenated

__all__ = ["Step", "TripleStep", "with_relations"]

_ALL_OF_A_THING = 100
"""How many triples a thing is taken to be in: counting them costs as much as bringing them."""

_SAMPLE = 64
_A_MATCH = 0.5
"""What part of the rows is taken to be left where both ends of a pattern are bound."""


class Step:
    """Something to join a table with, of the variables `variables`."""

    variables: frozenset[str]

    def size(self, table: Table) -> float:
        """About how many rows the join with a table has."""
        raise NotImplementedError

    def join(self, table: Table) -> Table:
        """The join with a table, all of whose variables that the step has are bound."""
        raise NotImplementedError


class TripleStep(Step):
    """The triples of one predicate between two places.

    Arguments:
        subject, object: the places.
        relation: the triples; None for no triples.
        codebook: the codes of constants.
    """

    def __init__(self, subject: Place, object: Place, relation: Relation | None, codebook: Codebook) -> None:
        self._ends = subject, object
        self._relation = relation
        self._codebook = codebook
        self.variables = frozenset(place.name for place in self._ends if isinstance(place, Variable))

    def size(self, table: Table) -> float:
        """About how many rows the join with a table has."""
        if self._relation is None or not table.size:
            return 0
        bound = [self._is_bound(place, table) for place in self._ends]
        constant = [isinstance(place, Constant) for place in self._ends]
        if all(bound):
            return table.size * _A_MATCH
        if not any(bound):
            return float(table.size * len(self._relation))
        from_subject = bound[0]
        direction = Direction(self._relation, from_subject=from_subject)
        begin = self._ends[0 if from_subject else 1]
        if constant[0 if from_subject else 1]:
            return float(table.size * len(direction.of(self._code(begin))))
        codes = self._codes(begin, table)
        if table.size <= _SAMPLE:
            return direction.size_of_many(codes)
        sample = codes[:: -(-table.size // _SAMPLE)]
        return direction.size_of_many(sample) * table.size / len(sample)

    def join(self, table: Table) -> Table:
        """The join with a table."""
        subject, object = self._ends
        if self._relation is None:
            return self._nothing(table)
        is_constant = isinstance(subject, Constant), isinstance(object, Constant)
        is_bound = self._is_bound(subject, table), self._is_bound(object, table)
        if all(is_constant):
            found = Direction(self._relation, from_subject=True).of(self._code(subject))
            there = is_among(np.array([self._code(object)], dtype=np.int32), found, self._codebook.count)
            return table if there[0] else self._nothing(table)
        if any(is_constant):
            from_subject = is_constant[0]
            constant, other = (subject, object) if from_subject else (object, subject)
            found = Direction(self._relation, from_subject=from_subject).of(self._code(constant))
            return self._with_list(table, other, found)
        if all(is_bound):
            return self._with_pairs(table, subject, object)
        if any(is_bound):
            from_subject = is_bound[0]
            begin, end = (subject, object) if from_subject else (object, subject)
            rows, others = Direction(self._relation, from_subject=from_subject).of_many(self._codes(begin, table))
            return table.repeated(rows, {_name(end): others})
        return self._with_all(table, subject, object)

    def _with_list(self, table: Table, place: Place, found: Codes) -> Table:
        """Joined with all values that a variable may have."""
        if self._is_bound(place, table):
            return table.taken(is_among(self._codes(place, table), found, self._codebook.count))
        if table.size == 1:
            rows = np.zeros(len(found), dtype=np.int64)
            return table.repeated(rows, {_name(place): found})
        checked(table.size * len(found))
        rows = np.repeat(np.arange(table.size), len(found))
        return table.repeated(rows, {_name(place): np.tile(found, table.size)})

    def _with_pairs(self, table: Table, subject: Place, object: Place) -> Table:
        """Only what is related."""
        relation = self._relation
        assert relation is not None
        subjects, objects = self._codes(subject, table), self._codes(object, table)
        return table.taken(Direction(relation, from_subject=True).are_pairs(subjects, objects))

    def _with_all(self, table: Table, subject: Place, object: Place) -> Table:
        relation = self._relation
        assert relation is not None
        subjects, objects = relation.by_subject
        if subject == object:
            return self._with_list(table, subject, subjects[subjects == objects])
        checked(table.size * len(subjects))
        rows = np.repeat(np.arange(table.size), len(subjects))
        more = {_name(subject): subjects, _name(object): objects}
        if table.size != 1:
            more = {name: np.tile(codes, table.size) for name, codes in more.items()}
        return table.repeated(rows, more)

    def _nothing(self, table: Table) -> Table:
        none = np.empty(0, dtype=np.int32)
        columns = dict.fromkeys((*table.columns, *sorted(self.variables)), none)
        return Table(columns, 0, is_set=True)

    def _is_bound(self, place: Place, table: Table) -> bool:
        return isinstance(place, Constant) or place.name in table.columns

    def _code(self, place: Place) -> int:
        assert isinstance(place, Constant)
        return self._codebook.code(place.notation)

    def _codes(self, place: Place, table: Table) -> Codes:
        return table.columns[_name(place)]


class AnyTripleStep(Step):
    """The triples of any predicate, of which the subject or the object is told.

    Arguments:
        pattern: it, with a variable as predicate.
        codebook: the codes of constants.
    """

    def __init__(self, pattern: TriplePattern, codebook: Codebook) -> None:
        self._pattern = pattern
        self._codebook = codebook
        self._predicate = _name(pattern.predicate)
        self.variables = pattern.variables

    def size(self, table: Table) -> float:
        """About how many rows the join with a table has."""
        return table.size * _ALL_OF_A_THING if self._is_narrow(table) else float("inf")

    def join(self, table: Table) -> Table:
        """The join with a table."""
        if not self._is_narrow(table):
            raise NotHere
        is_bound = self._predicate in table.columns
        found = []
        for predicate, step in self._steps():
            rows = table
            if is_bound:
                rows = table.taken(table.columns[self._predicate] == predicate)
            joined = step.join(rows) if rows.size else rows
            if joined.size and not is_bound:
                ends = self._pattern.subject, self._pattern.object
                if self._pattern.predicate in ends and self._predicate not in table.columns:
                    joined = joined.taken(joined.columns[self._predicate] == predicate)
                else:
                    joined = joined.extended(self._predicate, np.full(joined.size, predicate, dtype=np.int32))
            if joined.size:
                found.append(joined)
        if found:
            return concatenated(found, is_set=table.is_set)
        none = np.empty(0, dtype=np.int32)
        return Table(dict.fromkeys((*table.columns, *sorted(self.variables)), none), 0, is_set=True)

    def _is_narrow(self, table: Table) -> bool:
        ends = self._pattern.subject, self._pattern.object
        return any(isinstance(end, Constant) or end.name in table.columns for end in ends)

    def _steps(self) -> Iterator[tuple[int, TripleStep]]:
        columns = self._codebook.columns
        for predicate in columns.predicates.tolist():
            relation = columns.relation(predicate)
            yield predicate, TripleStep(self._pattern.subject, self._pattern.object, relation, self._codebook)


def with_relations(patterns: tuple[TriplePattern, ...], codebook: Codebook) -> Iterator[Step]:
    """The patterns as what tables can be joined with.

    Arguments:
        patterns: of one basic graph pattern.
        codebook: the codes of constants.
    """
    for pattern in patterns:
        if isinstance(pattern.predicate, Variable):
            yield AnyTripleStep(pattern, codebook)
        else:
            code = codebook.columns.code(pattern.predicate.notation)
            relation = None if code is None else codebook.columns.relation(code)
            yield TripleStep(pattern.subject, pattern.object, relation, codebook)


def _name(place: Place) -> str:
    assert isinstance(place, Variable)
    return place.name
