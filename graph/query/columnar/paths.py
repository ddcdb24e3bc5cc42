"""Paths of any number of steps over one predicate, followed from all beginnings at once (SPARQL 1.1 Query §18.4)."""

import numpy as np
import numpy.typing as npt

from graph.columns.terms import Codes
from graph.query.columnar.algebra import Constant, Paths, Place, Variable
from graph.query.columnar.codes import Codebook, NotHere
from graph.query.columnar.lookups import Direction
from graph.query.columnar.patterns import Step
from graph.query.columnar.tables import Table, checked, grouped, spread

__all__ = ["PathStep"]

_A_WAY = 32
"""To how many things a path is taken to lead from one."""


class PathStep(Step):
    """What a path relates.

    Arguments:
        path: it.
        codebook: the codes of constants.

    Raises:
        NotHere: it is to lead back to where it began.
    """

    def __init__(self, path: Paths, codebook: Codebook) -> None:
        ends = path.subject, path.object
        self.variables = frozenset(place.name for place in ends if isinstance(place, Variable))
        if path.subject == path.object:
            raise NotHere
        self._is_narrow = any(isinstance(place, Constant) for place in ends)
        code = codebook.columns.code(path.predicate)
        self._relation = None if code is None else codebook.columns.relation(code)
        self._path = path
        self._codebook = codebook

    def size(self, table: Table) -> float:
        """About how many rows the join with a table has."""
        ends = self._path.subject, self._path.object
        bound = [isinstance(place, Constant) or place.name in table.columns for place in ends]
        if all(bound):
            return float(table.size)
        return float(table.size * _A_WAY) if any(bound) else float("inf")

    def join(self, table: Table) -> Table:
        """The join with a table."""
        subject, object = self._path.subject, self._path.object
        forward = self._begins_with(subject, object, table)
        begin, end = (subject, object) if forward else (object, subject)
        codes = self._codes(begin, table)
        groups, firsts = grouped([codes], table.size)
        if self._path.least == 0 and not self._is_narrow and not _are_nodes(codes[firsts], self._codebook):
            raise NotHere  # only things of the graph are related to themselves
        starts, goals = self._followed(codes[firsts], from_subject=forward)
        begins, ends = (np.searchsorted(starts, groups, side) for side in ("left", "right"))
        rows, places = spread(begins, ends)
        reached = goals[places]
        if isinstance(end, Constant) or end.name in table.columns:
            is_goal = reached == self._codes(end, table)[rows]
            return table.taken(rows[is_goal])
        return table.repeated(rows, {end.name: reached})

    def _begins_with(self, subject: Place, object: Place, table: Table) -> bool:
        """Whether it is followed from its subject; from an end that is told, best from a constant."""
        if isinstance(subject, Constant) or isinstance(object, Constant):
            return isinstance(subject, Constant)
        if subject.name in table.columns or object.name in table.columns:
            return subject.name in table.columns
        raise NotHere

    def _codes(self, place: Place, table: Table) -> Codes:
        if isinstance(place, Constant):
            return np.full(table.size, self._codebook.code(place.notation), dtype=np.int32)
        return table.columns[place.name]

    def _followed(self, starts: Codes, *, from_subject: bool) -> tuple[npt.NDArray[np.int64], Codes]:
        """What each of some different things is related to: its number and that, sorted and each pair once."""
        width = self._codebook.count
        known = np.empty(0, dtype=np.int64)
        rows, reached = np.arange(len(starts)), starts
        if self._path.least == 0:
            known = rows * width + reached
        steps = 0
        while len(rows) and self._relation is not None and steps != self._path.most:
            places, others = Direction(self._relation, from_subject=from_subject).of_many(reached)
            pairs = np.setdiff1d(rows[places] * width + others, known)
            known = np.union1d(known, pairs)
            checked(len(known))
            rows, reached = pairs // width, (pairs % width).astype(np.int32)
            steps += 1
        return known // width, (known % width).astype(np.int32)


def _are_nodes(codes: Codes, codebook: Codebook) -> bool:
    """Whether all of some different terms are subjects or objects of the graph."""
    columns = codebook.columns
    left = codes[codes < columns.count]
    if len(left) < len(codes):
        return False
    for predicate in columns.predicates.tolist():
        relation = columns.relation(predicate)
        for keys, _ in () if relation is None else (relation.by_subject, relation.by_object):
            places = np.minimum(np.searchsorted(keys, left), len(keys) - 1)
            left = left[keys[places] != left]
            if not len(left):
                return True
    return not len(left)
