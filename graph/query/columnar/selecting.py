"""What a SELECT makes of the solutions of its group (SPARQL 1.1 Query §18.2.4, §18.2.5)."""

import numpy as np

from graph.columns.kinds import Numbers
from graph.query.columnar.aggregating import aggregated
from graph.query.columnar.algebra import OrderKey, Projected, Selection
from graph.query.columnar.codes import Codebook
from graph.query.columnar.solving import Solver
from graph.query.columnar.tables import Table, distinct_rows
from graph.query.columnar.values import term_ranks

__all__ = ["selected"]


_ENOUGH = 20_000
_SURPLUS = 10
"""So many times as many rows as are wanted may be made."""


def selected(selection: Selection, codebook: Codebook) -> Table:
    """The solutions of a SELECT, in its order.

    Arguments:
        selection: it.
        codebook: the codes of terms, of the columns that it is asked of.

    Raises:
        NotHere: the values that are met, or their number, are none that are known exactly here.
    """
    solver = Solver(codebook, lambda inner: selected(inner, codebook), _most_rows(selection))
    table = solver.solved(selection.group)
    if selection.keys is not None:
        table = aggregated(table, selection.keys, selection.aggregates, codebook, solver.conditions)
        for one in selection.having:
            table = solver.conditions.kept(table, one)
    projected = selection.projected
    if projected is None:
        projected = tuple(Projected(name) for name in sorted(table.columns) if not name.startswith(" "))
    for part in projected:
        if part.expression is not None:
            codes = solver.conditions.codes(table, part.expression)
            table = table.extended(part.variable, codes, is_partial=bool((codes < 0).any()))
    if selection.order:
        table = table.taken(_order(table, selection.order, codebook, solver))
    table = table.of(part.variable for part in projected)
    if selection.is_distinct:
        table = distinct_rows(table)
    if selection.offset or selection.limit is not None:
        end = table.size if selection.limit is None else selection.offset + selection.limit
        table = table.taken(np.arange(min(selection.offset, table.size), min(end, table.size)))
    return table


def _most_rows(selection: Selection) -> float:
    """How many rows are worth making: where any few solutions are wanted, the engine stops when it has them."""
    if selection.limit is None or selection.order or selection.keys is not None:
        return float("inf")
    return max(_ENOUGH, _SURPLUS * (selection.offset + selection.limit))


def _order(table: Table, order: tuple[OrderKey, ...], codebook: Codebook, solver: Solver) -> Numbers:
    """The numbers of the rows as they are sorted."""
    ranks = []
    for key in order:
        found = term_ranks(codebook, solver.conditions.codes(table, key.expression))
        ranks.append(-found if key.is_descending else found)
    return np.lexsort(ranks[::-1])
