"""Groups of solutions, and what is counted of each (SPARQL 1.1 Query §18.5)."""

from decimal import Decimal

import numpy as np
from pyoxigraph import Literal

from graph.columns.kinds import Kind, Numbers
from graph.columns.terms import Codes
from graph.query.columnar.algebra import Aggregate, Variable
from graph.query.columnar.codes import UNBOUND, Codebook, NotHere
from graph.query.columnar.conditions import Conditions
from graph.query.columnar.tables import Rows, Table, grouped
from graph.query.columnar.values import parts_of, term_ranks
from ontology import XSD

__all__ = ["aggregated"]

_EXACT = 1 << 62


def aggregated(
    table: Table, keys: tuple[str, ...], aggregates: tuple[Aggregate, ...], codebook: Codebook, conditions: Conditions
) -> Table:
    """A solution for each group.

    Arguments:
        table: the solutions.
        keys: the variables whose values make a group; without any, all solutions are one, even if there are none.
        aggregates: what is counted.
        codebook: the codes of terms.
        conditions: evaluates what is counted.

    Raises:
        NotHere: something is not an aggregate of values that are known exactly here.
    """
    table = table if all(key in table.columns for key in keys) else table.of({*table.columns, *keys})
    groups, firsts = grouped([table.columns[key] for key in keys], table.size)
    number = len(firsts) if keys else 1
    found = Table({key: table.columns[key][firsts] for key in keys}, number, table.partial & set(keys), is_set=True)
    for one in aggregates:
        codes = _aggregate(one, table, keys, groups, number, codebook, conditions)
        found = found.extended(one.variable, codes, is_partial=bool((codes < 0).any()))
    return found


def _aggregate(
    one: Aggregate,
    table: Table,
    keys: tuple[str, ...],
    groups: Rows,
    number: int,
    codebook: Codebook,
    conditions: Conditions,
) -> Codes:
    if one.argument is None:
        return codebook.of_integers(np.bincount(groups, minlength=number))
    codes = conditions.codes(table, one.argument)
    is_bound = codes >= 0
    failing = np.zeros(number, dtype=np.bool_)
    if not is_bound.all():
        if one.function == "COUNT" and not isinstance(one.argument, Variable):
            raise NotHere  # whether the engine counts an error or fails, depends on the expression
        failing[groups[~is_bound]] = one.function != "COUNT"  # an error of a part is one of the whole
        codes, groups = codes[is_bound], groups[is_bound]
    if one.is_distinct and not _is_distinct(one, table, keys):
        each, _ = grouped([codes], len(codes))
        width = int(each.max(initial=0)) + 1
        _, firsts = np.unique(groups * width + each, return_index=True)
        codes, groups = codes[firsts], groups[firsts]
    found = _of_values(one, codes, groups, number, codebook)
    found[failing] = UNBOUND
    return found


def _of_values(one: Aggregate, codes: Codes, groups: Rows, number: int, codebook: Codebook) -> Codes:
    """An aggregate of values that are no errors."""
    match one.function:
        case "COUNT":
            return codebook.of_integers(np.bincount(groups, minlength=number))
        case "SUM":
            return codebook.of_integers(_sums(codes, groups, number, codebook))
        case "AVG":
            return _means(_sums(codes, groups, number, codebook), np.bincount(groups, minlength=number), codebook)
        case "GROUP_CONCAT":
            return _concatenations(one.separator, codes, groups, number, codebook)
        case _:
            return _extremes(codes, groups, number, codebook, is_last=one.function == "MAX")


def _is_distinct(one: Aggregate, table: Table, keys: tuple[str, ...]) -> bool:
    """Whether the values are different within each group, as no two solutions are the same."""
    return table.is_set and isinstance(one.argument, Variable) and set(table.columns) <= {*keys, one.argument.name}


def _sums(codes: Codes, groups: Rows, number: int, codebook: Codebook) -> Numbers:
    if bool((codebook.kinds(codes) != Kind.INTEGER).any()):
        raise NotHere
    values = codebook.values(codes)
    if len(values) and int(np.abs(values).max()) * len(values) >= _EXACT:
        raise NotHere
    sums = np.zeros(number, dtype=np.int64)
    np.add.at(sums, groups, values)
    return sums


def _means(sums: Numbers, counts: Numbers, codebook: Codebook) -> Codes:
    found = []
    for total, count in zip(sums.tolist(), counts.tolist(), strict=True):
        if total % max(count, 1):
            raise NotHere
        found.append(
            f'"{Decimal(total // max(count, 1))}"^^<{XSD["decimal"]}>' if count else f'"0"^^<{XSD["integer"]}>'
        )
    return codebook.codes(found)


def _extremes(codes: Codes, groups: Rows, number: int, codebook: Codebook, *, is_last: bool) -> Codes:
    """The least or greatest value of each group; unbound in one that is empty."""
    ranks = term_ranks(codebook, codes)
    order = np.lexsort((-ranks if is_last else ranks, groups))
    found = np.full(number, UNBOUND, dtype=np.int32)
    found[groups[order[::-1]]] = codes[order[::-1]]  # the first of each group is written last
    return found


def _concatenations(separator: str, codes: Codes, groups: Rows, number: int, codebook: Codebook) -> Codes:
    """The texts of each group, in the order of their characters: which order it is to be, is not said (§18.5.1.7)."""
    if bool((codebook.kinds(codes) != Kind.STRING).any()):
        raise NotHere
    places, firsts = grouped([codes], len(codes))
    texts = [parts_of(notation)[0] for notation in codebook.notations(codes[firsts])]
    found: list[list[str]] = [[] for _ in range(number)]
    for group, place in zip(groups.tolist(), places.tolist(), strict=True):
        found[group].append(texts[place])
    return codebook.codes([str(Literal(separator.join(sorted(together)))) for together in found])
