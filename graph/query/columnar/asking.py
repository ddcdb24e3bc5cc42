"""Asking the engine for single values: what is not known here of a few terms, it tells of each that is different."""

import numpy as np
from pyoxigraph import BlankNode, QuerySolutions, Store, Triple

from graph.columns.terms import Codes
from graph.query.columnar.codes import UNBOUND, Codebook, NotHere
from graph.query.columnar.tables import grouped

__all__ = ["told_by_engine"]

_MOST = 5000
"""Of more different values the whole query is left to the engine."""


def told_by_engine(codebook: Codebook, expression: str, arguments: list[Codes]) -> Codes:
    """The values of an expression that is an error where an argument is one, as the engine gives them.

    Arguments:
        codebook: the codes of terms.
        expression: in SPARQL, of the variables `?a0`, `?a1` and so on.
        arguments: their values.

    Raises:
        NotHere: there are very many different values, or such as no query can write.
    """
    found = np.full(len(arguments[0]), UNBOUND, dtype=np.int32)
    is_bound = np.logical_and.reduce([codes >= 0 for codes in arguments])
    asked = [codes[is_bound] for codes in arguments]
    groups, firsts = grouped(asked, len(asked[0]))
    if not len(firsts):
        return found
    if len(firsts) > _MOST:
        raise NotHere
    columns = [codebook.notations(codes[firsts]) for codes in asked]
    if any(notation.startswith(("_:", "<<")) for column in columns for notation in column):
        raise NotHere
    names = " ".join(f"?a{place}" for place in range(len(columns)))
    rows = " ".join(f"({number} {' '.join(row)})" for number, row in enumerate(zip(*columns, strict=True)))
    told = Store().query(f"SELECT ?n ({expression} AS ?told) {{ VALUES (?n {names}) {{ {rows} }} }}")
    assert isinstance(told, QuerySolutions)
    values = np.full(len(firsts), UNBOUND, dtype=np.int32)
    for solution in told:
        number, value = solution[0], solution[1]
        if isinstance(value, (BlankNode, Triple)):
            raise NotHere
        if value is not None:
            values[int(number.value)] = codebook.code(str(value))
    found[is_bound] = values[groups]
    return found
