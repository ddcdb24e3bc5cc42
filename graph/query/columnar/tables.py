"""Solutions as tables: a column of codes for each variable."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
import numpy.typing as npt

from graph.columns.terms import Codes
from graph.query.columnar.codes import UNBOUND, NotHere

__all__ = [
    "MOST_ROWS",
    "UNIT",
    "Rows",
    "Table",
    "by_bound",
    "checked",
    "concatenated",
    "distinct_rows",
    "grouped",
    "joined",
    "spread",
]  # fmt: skip

MOST_ROWS = 10_000_000
"""A table that would have more rows is not made."""

_DENSE = 1 << 24
"""Pairs of so many possible kinds are told apart by a table of them all; of more, by sorting."""

_MOST_PARTS = 64
"""In how many parts a table is taken apart by what its rows bind."""

Rows = npt.NDArray[np.int64]
"""Numbers of rows."""


@dataclass(frozen=True, slots=True)
class Table:
    """Solutions.

    Arguments:
        columns: the codes of each variable.
        size: how many solutions there are.
        partial: the variables that may be unbound in some.
        is_set: whether no two solutions are the same.
    """

    columns: Mapping[str, Codes]
    size: int
    partial: frozenset[str] = frozenset()
    is_set: bool = False

    def taken(self, rows: "Rows | npt.NDArray[np.bool_]") -> "Table":
        """Some of the rows: those where a mask is true, or those of the numbers, each of which stands there once."""
        columns = {name: codes[rows] for name, codes in self.columns.items()}
        size = int(np.count_nonzero(rows)) if rows.dtype == np.bool_ else len(rows)
        return Table(columns, size, self.partial, self.is_set)

    def repeated(self, rows: Rows, more: Mapping[str, Codes]) -> "Table":
        """Rows by their numbers, with further variables that tell apart those that stand there several times."""
        columns = {name: codes[rows] for name, codes in self.columns.items()}
        return Table({**columns, **more}, len(rows), self.partial, self.is_set)

    def extended(self, name: str, codes: Codes, *, is_partial: bool = False) -> "Table":
        """With a further variable."""
        partial = self.partial | {name} if is_partial else self.partial
        return Table({**self.columns, name: codes}, self.size, partial, self.is_set)

    def of(self, names: Iterable[str]) -> "Table":
        """With these variables alone; those that it has not are unbound."""
        wanted = list(names)
        missing = [name for name in wanted if name not in self.columns]
        nothing = np.full(self.size if missing else 0, UNBOUND, dtype=np.int32)
        columns = {name: self.columns.get(name, nothing) for name in wanted}
        partial = (self.partial & set(wanted)) | set(missing)
        return Table(columns, self.size, partial, self.is_set and set(self.columns) <= set(wanted))

    def without(self, names: Iterable[str]) -> "Table":
        """Without some variables, of which others tell the rows apart."""
        dropped = set(names)
        columns = {name: codes for name, codes in self.columns.items() if name not in dropped}
        return Table(columns, self.size, self.partial - dropped, self.is_set)


UNIT = Table({}, 1, is_set=True)
"""One solution that binds nothing."""


def checked(rows: int) -> int:
    """A number of rows that is to be made.

    Raises:
        NotHere: there would be too many.
    """
    if rows > MOST_ROWS:
        raise NotHere
    return rows


def concatenated(tables: Sequence[Table], *, is_set: bool = False) -> Table:
    """The rows of several tables; what one has no column for is unbound there."""
    if len(tables) == 1:
        return tables[0]
    names = list(dict.fromkeys(name for table in tables for name in table.columns))
    whole = [table.of(names) for table in tables]
    size = checked(sum(table.size for table in tables))
    columns = {name: np.concatenate([table.columns[name] for table in whole]) for name in names}
    partial = frozenset().union(*(table.partial for table in whole if table.size))
    return Table(columns, size, partial, is_set)


def grouped(columns: Sequence[Codes], size: int) -> tuple[npt.NDArray[np.int64], Rows]:
    """Rows by the values of some columns.

    Arguments:
        columns: them; with none, all rows are of one group.
        size: how many rows there are.

    Returns:
        The number of its group for each row, and the first row of each group.
    """
    if not columns:
        return np.zeros(size, dtype=np.int64), np.zeros(min(size, 1), dtype=np.int64)
    return reduce(_divided, columns[1:], _told_apart(columns[0].astype(np.int64) + 1))


def _divided(groups: tuple[npt.NDArray[np.int64], Rows], column: Codes) -> tuple[npt.NDArray[np.int64], Rows]:
    """Groups, each divided by the values of a further column."""
    inner, firsts = _told_apart(column.astype(np.int64) + 1)
    return _told_apart(groups[0] * len(firsts) + inner)


def _told_apart(keys: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], Rows]:
    """The same for one column of numbers that are not negative."""
    size = len(keys)
    if not size:
        return keys, keys
    largest = int(keys.max())
    if largest > max(_DENSE, 4 * size):
        _, firsts, groups = np.unique(keys, return_index=True, return_inverse=True)
        return groups, firsts
    rows = np.arange(size)
    place = np.empty(largest + 1, dtype=np.int32)  # only what is written to is read, so nothing is cleared before
    place[keys[::-1]] = rows[::-1]  # the first row of each key is written last
    firsts = np.flatnonzero(place[keys] == rows)
    place[keys[firsts]] = np.arange(len(firsts))
    return place[keys].astype(np.int64), firsts


def distinct_rows(table: Table) -> Table:
    """Each solution once."""
    if table.is_set or table.size < 2:
        return Table(table.columns, table.size, table.partial, is_set=True)
    _, firsts = grouped(list(table.columns.values()), table.size)
    found = table.taken(np.sort(firsts))
    return Table(found.columns, found.size, found.partial, is_set=True)


def joined(left: Table, right: Table) -> Table:
    """The join of two tables (SPARQL 1.1 Query §18.5): all pairs of solutions that agree where both have a value."""
    shared = [name for name in left.columns if name in right.columns]
    torn = [name for name in shared if name in left.partial or name in right.partial]
    if not torn:
        return _joined_on(left, right, shared)
    found = [
        _joined_on(one, other, [name for name in shared if name in one.columns and name in other.columns])
        for one in by_bound(left, torn)
        for other in by_bound(right, torn)
    ]
    return concatenated(found, is_set=False) if found else _nothing(left, right)


def by_bound(table: Table, names: Iterable[str]) -> list[Table]:
    """The rows apart by which of some variables they bind; without the columns of those that they do not."""
    parts = [table]
    for name in names:
        if name not in table.partial:
            continue
        torn: list[Table] = []
        for part in parts:
            is_bound = part.columns[name] != UNBOUND
            bound = part.taken(is_bound)
            torn.append(Table(bound.columns, bound.size, bound.partial - {name}, bound.is_set))
            torn.append(part.taken(~is_bound).without([name]))
        parts = [part for part in torn if part.size]
        if len(parts) > _MOST_PARTS:
            raise NotHere
    return parts


def _nothing(left: Table, right: Table) -> Table:
    names = {**left.columns, **right.columns}
    return Table({name: np.empty(0, dtype=np.int32) for name in names}, 0, is_set=True)


def _joined_on(left: Table, right: Table, shared: list[str]) -> Table:
    """The same for variables that all solutions bind."""
    is_set = left.is_set and right.is_set
    partial = left.partial | right.partial
    if not shared:
        checked(left.size * right.size)
        rows = np.repeat(np.arange(left.size), right.size)
        others = np.tile(np.arange(right.size), left.size)
    else:
        both = [np.concatenate([left.columns[name], right.columns[name]]) for name in shared]
        keys, _ = grouped(both, left.size + right.size)
        wanted, there = keys[: left.size], keys[left.size :]
        order = np.argsort(there, kind="stable")
        begins, ends = (np.searchsorted(there[order], wanted, side) for side in ("left", "right"))
        rows, places = spread(begins, ends)
        others = order[places]
    columns = {name: codes[rows] for name, codes in left.columns.items()}
    columns.update({name: codes[others] for name, codes in right.columns.items() if name not in columns})
    return Table(columns, len(rows), partial, is_set)


def spread(begins: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]) -> tuple[Rows, Rows]:
    """Ranges one after the other: for each place in one, the number of the range, and the place."""
    lengths = ends - begins
    total = checked(int(lengths.sum()))
    rows = np.repeat(np.arange(len(lengths)), lengths)
    shifts = begins - (np.cumsum(lengths) - lengths)
    return rows, np.arange(total) + shifts[rows]
