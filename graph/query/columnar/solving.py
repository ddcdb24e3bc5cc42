"""The solutions of groups (SPARQL 1.1 Query §18.2.2.6, §18.6).

A group is solved from a table on: what the table binds is looked up in the patterns of the group, so that a small table
is never joined with all that the group matches. That is the join of both wherever nothing in the group can see whether
a variable has its value from outside; elsewhere the group is solved on its own, and joined then.
"""

from collections.abc import Callable, Iterable

import numpy as np
import numpy.typing as npt

from graph.query.columnar.algebra import (
    Bind,
    Expression,
    Group,
    Minus,
    Named,
    Optional,
    Part,
    Paths,
    Selection,
    Triples,
    Union,
    Values,
)
from graph.query.columnar.codes import UNBOUND, Codebook, NotHere
from graph.query.columnar.conditions import Conditions
from graph.query.columnar.named_graphs import named_steps
from graph.query.columnar.paths import PathStep
from graph.query.columnar.patterns import Step, with_relations
from graph.query.columnar.scopes import all_mentioned, has_exists, mentioned, sees_from_outside, variables_of
from graph.query.columnar.tables import (
    UNIT,
    Table,
    by_bound,
    checked,
    concatenated,
    grouped,
    joined,
)

__all__ = ["Solver"]


_ALONE = 4
"""A group in EXISTS is solved on its own if it begins with so much less than what the table leads to."""


class TableStep(Step):
    """Solutions that are there already."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self.variables = frozenset(table.columns)

    def size(self, table: Table) -> float:
        """About how many rows the join with a table has: as many as the larger has, if they share a variable."""
        if self.variables.isdisjoint(table.columns):
            return float(self._table.size * table.size)
        return float(min(self._table.size, table.size) if table.size else 0)

    def join(self, table: Table) -> Table:
        """The join with a table."""
        return self._table if table is UNIT else joined(table, self._table)


class Solver:
    """Solves groups.

    Arguments:
        codebook: the codes of terms.
        select: solves a SELECT that stands in a group.
        most_rows: with about how many rows a table is too large to be made.
    """

    def __init__(
        self, codebook: Codebook, select: Callable[[Selection], Table], most_rows: float = float("inf")
    ) -> None:
        self._codebook = codebook
        self._select = select
        self._most_rows = most_rows
        self._made = 0
        self.conditions = Conditions(codebook, self._exists)

    def solved(self, group: Group, table: Table = UNIT) -> Table:
        """The join of a table with the solutions of a group.

        Arguments:
            group: it.
            table: the solutions that are there already.
        """
        if table is not UNIT and sees_from_outside(group, frozenset(table.columns)):
            return joined(table, self.solved(group))
        return self._filtered(self._parts(group, table), group.filters)

    def _parts(self, group: Group, table: Table) -> Table:
        """The parts of a group, and of its conditions those that can be applied before the others."""
        waiting: list[Part] = []
        left = group.filters
        scope = frozenset[str]().union(*map(variables_of, group.parts))
        for part in group.parts:
            if isinstance(part, (Triples, Values, Paths, Named)) or _is_selection(part):
                waiting.append(part)
                continue
            table, waiting = self._joined(waiting, table, group.filters), []
            table, left = self._sifted(table, left, scope)
            if not table.size:  # nothing can be joined with it
                return table
            table = self._further(part, table)
        return self._joined(waiting, table, group.filters)

    def _sifted(
        self, table: Table, filters: tuple[Expression, ...], scope: frozenset[str]
    ) -> tuple[Table, tuple[Expression, ...]]:
        """The rows of which those conditions are true that nothing can change any more, and the other conditions."""
        left = []
        for one in filters:
            names = mentioned(one) & (scope | table.columns.keys())
            if names and names <= table.columns.keys() - table.partial:
                table = self.conditions.kept(table, one)
            else:
                left.append(one)
        return table, tuple(left)

    def _further(self, part: Part, table: Table) -> Table:
        match part:
            case Bind(variable, expression):
                if variable in table.columns:
                    raise NotHere  # only solved from outside: see `sees_from_outside`
                codes = self.conditions.codes(table, expression)
                return table.extended(variable, codes, is_partial=bool((codes < 0).any()))
            case Union(groups):
                return concatenated([self._joined_with_group(one, table) for one in groups])
            case Optional(group):
                return self._left_joined(table, group)
            case Minus(group):
                return self._without(table, group)
        raise NotHere

    def _joined(self, parts: list[Part], table: Table, filters: tuple[Expression, ...]) -> Table:
        """A table joined with parts whose order does not matter."""
        if not parts:
            return table
        steps = [step for part in parts for step in self._steps(part)]
        return self._in_good_order(steps, table, [one for one in filters if not has_exists(one)])

    def _steps(self, part: Part) -> Iterable[Step]:
        """A part as what a table can be joined with; nothing for one that has its place in the order of parts."""
        match part:
            case Triples(patterns):
                return with_relations(patterns, self._codebook)
            case Named():
                return named_steps(part, self._codebook)
            case Values():
                return [TableStep(self._values(part))]
            case Paths():
                return [PathStep(part, self._codebook)]
            case Union((Selection() as selection,)):
                return [TableStep(self._select(selection))]
        return []

    def _in_good_order(self, steps: list[Step], table: Table, filters: list[Expression]) -> Table:
        done: set[int] = set()
        while steps:
            torn = table.partial & frozenset().union(*(step.variables for step in steps))
            if torn:  # what is unbound in a row is free there
                parts = by_bound(table, torn) or [Table(table.columns, 0, is_set=True)]
                return concatenated([self._in_good_order(steps, part, filters) for part in parts])
            if not table.size:
                return table
            best = steps[0] if len(steps) == 1 else min(steps, key=lambda step: step.size(table))
            if best.size(table) > self._most_rows:
                raise NotHere
            steps = [step for step in steps if step is not best]
            before = table
            table = best.join(table)
            for place, one in enumerate(filters):
                names = mentioned(one)
                if place not in done and names <= table.columns.keys() - table.partial and names:
                    done.add(place)
                    if before is UNIT or not names <= before.columns.keys():
                        table = self.conditions.kept(table, one)
        return table

    def _joined_with_group(self, group: Group | Selection, table: Table) -> Table:
        if isinstance(group, Selection):
            return TableStep(self._select(group)).join(table)
        return self.solved(group, table)

    def _values(self, part: Values) -> Table:
        columns = {}
        partial = set()
        for place, name in enumerate(part.variables):
            notations = [row[place] for row in part.rows]
            codes = [UNBOUND if one is None else self._codebook.code(one) for one in notations]
            columns[name] = np.array(codes, dtype=np.int32)
            partial |= {name} if None in notations else set()
        return Table(columns, len(part.rows), frozenset(partial), len(set(part.rows)) == len(part.rows))

    def _filtered(self, table: Table, filters: Iterable[Expression]) -> Table:
        for one in filters:
            table = self.conditions.kept(table, one)
        return table

    def _left_joined(self, table: Table, group: Group) -> Table:
        """The join with the solutions of a group, and the rows that agree with none (§18.5, LeftJoin)."""
        row, numbered = self._numbered(table)
        found = self._filtered(self.solved(Group(group.parts), numbered), group.filters)
        is_met = np.zeros(table.size, dtype=np.bool_)
        is_met[found.columns[row]] = True
        matched = found.without([row])
        is_set = table.is_set and found.is_set and table.partial.isdisjoint(all_mentioned(group))
        rest = [] if is_met.all() else [table.taken(~is_met)]
        return concatenated([Table(matched.columns, matched.size, matched.partial, is_set), *rest], is_set=is_set)

    def _numbered(self, table: Table) -> tuple[str, Table]:
        """A table with the number of each row under a name of its own."""
        self._made += 1
        row = f" row {self._made}"
        numbered = table.extended(row, np.arange(table.size, dtype=np.int32))
        return row, Table(numbered.columns, numbered.size, numbered.partial, is_set=True)

    def _without(self, table: Table, group: Group) -> Table:
        """The rows that agree with no solution of a group that has a variable in common with them (§18.5, Minus)."""
        others = self.solved(group)
        shared = [name for name in table.columns if name in others.columns]
        if not shared or not others.size:
            return table
        if any(name in table.partial or name in others.partial for name in shared):
            raise NotHere
        return table.taken(~self._have_partner(table, others, shared))

    def _exists(self, group: Group, table: Table) -> npt.NDArray[np.bool_]:
        """For which rows a group has a solution that agrees (§18.6)."""
        names = [name for name in table.columns if name in all_mentioned(group)]
        groups, firsts = grouped([table.columns[name] for name in names], table.size)
        asked = table.taken(firsts).of(names)
        if names and not asked.partial and self._is_better_alone(group, asked):
            others = self.solved(group)
            if not (asked.columns.keys() - others.columns.keys()) and not others.partial.intersection(names):
                return self._have_partner(asked, others, names)[groups]
        if sees_from_outside(Group(group.parts), frozenset(names)):
            raise NotHere
        row, numbered = self._numbered(asked)
        found = self._filtered(self._parts(group, numbered), group.filters)
        is_met = np.zeros(asked.size, dtype=np.bool_)
        is_met[found.columns[row]] = True
        return is_met[groups]

    def _is_better_alone(self, group: Group, table: Table) -> bool:
        """Whether a group is sooner solved on its own than from a table, by what either has to begin with."""
        if sees_from_outside(group, frozenset(table.columns)):
            return False
        steps = [step for part in group.parts for step in self._steps(part)]
        if not steps:
            return False
        return _ALONE * min(step.size(UNIT) for step in steps) < min(step.size(table) for step in steps)

    def _have_partner(self, table: Table, others: Table, names: list[str]) -> npt.NDArray[np.bool_]:
        """Which rows agree with a row of another table in some variables, which all rows bind."""
        columns = [np.concatenate([table.columns[name], others.columns[name]]) for name in names]
        groups, firsts = grouped(columns, checked(table.size + others.size))
        is_met = np.zeros(len(firsts), dtype=np.bool_)
        is_met[groups[table.size :]] = True
        return is_met[groups[: table.size]]


def _is_selection(part: Part) -> bool:
    return isinstance(part, Union) and len(part.groups) == 1 and isinstance(part.groups[0], Selection)
