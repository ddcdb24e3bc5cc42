"""What a SELECT makes of the solutions of its group (SPARQL 1.1 Query §18.2.4, §18.2.5)."""

import numpy as np

from graph.columns.kinds import Kind, Numbers
from graph.columns.terms import Codes
from graph.query.columnar.aggregating import aggregated
from graph.query.columnar.algebra import OrderKey, Projected, Selection
from graph.query.columnar.codes import Codebook, NotHere
from graph.query.columnar.solving import Solver
from graph.query.columnar.tables import Table, distinct_rows
from graph.query.columnar.values import text_ranks

__all__ = ["selected"]


def selected(selection: Selection, codebook: Codebook) -> Table:
    """The solutions of a SELECT, in its order.

    Arguments:
        selection: it.
        codebook: the codes of terms, of the columns that it is asked of.

    Raises:
        NotHere: the values that are met, or their number, are none that are known exactly here.
    """
    solver = Solver(codebook, lambda inner: selected(inner, codebook))
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


def _order(table: Table, order: tuple[OrderKey, ...], codebook: Codebook, solver: Solver) -> Numbers:
    """The numbers of the rows as they are sorted."""
    ranks = []
    for key in order:
        found = _ranks(solver.conditions.codes(table, key.expression), codebook)
        ranks.append(-found if key.is_descending else found)
    return np.lexsort(ranks[::-1])


def _ranks(codes: Codes, codebook: Codebook) -> Numbers:
    """Numbers that are ordered as terms are (§15.1): what is unbound, then IRIs, then literals.

    Raises:
        NotHere: there are terms whose order is not known here, or literals of several kinds.
    """
    kinds = codebook.kinds(codes)
    is_bound = codes >= 0
    met = set(np.unique(kinds[is_bound]).tolist())
    if met & {Kind.BLANK, Kind.OTHER} or len(met - {Kind.IRI}) > 1:
        raise NotHere
    ranks = np.zeros(len(codes), dtype=np.int64)
    is_iri = is_bound & (kinds == Kind.IRI)
    is_text = is_bound & (kinds == Kind.STRING)
    is_number = is_bound & ~is_iri & ~is_text
    ranks[is_iri] = text_ranks(codebook, codes[is_iri]) + 1
    behind = int(ranks.max(initial=0)) + 1
    ranks[is_text] = text_ranks(codebook, codes[is_text]) + behind
    values = codebook.values(codes[is_number])
    if len(values):
        ranks[is_number] = values - values.min() + behind
    return ranks
