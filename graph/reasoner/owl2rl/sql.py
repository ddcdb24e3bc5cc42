"""Clauses as SQL over tables of triples (s, p, o), each with the table of its schema part beside it."""

from collections.abc import Collection, Container, Iterable, Sequence
from itertools import combinations

from graph.reasoner.owl2rl.clauses import Pattern, code_of
from graph.reasoner.owl2rl.vectors import Slot
from ontology import RDF

__all__ = ["insert_rows", "select"]

_NAMES = ("s", "p", "o")
_TYPE = code_of(RDF["type"])


def select(
    tied: str | None,
    columns: Container[str],
    data: Sequence[Pattern],
    tables: Sequence[str],
    wanted: Iterable[Slot],
    *,
    spelt: str | None = None,
) -> str:
    """The solutions of a clause.

    Arguments:
        tied: the table of its schema part; None if it has none.
        columns: the columns of this table.
        data: its premises about data.
        tables: for each premise the table of triples that it is matched with.
        wanted: what is selected, as v0, v1, ….
        spelt: the table of the pairs (one, other) of different literals of the same value; None if there are none.
    """
    bound: dict[str, str] = {}
    conditions: list[str] = []

    def column(slot: Slot) -> str | None:
        if isinstance(slot, int):
            return str(slot)
        return f'g."{slot}"' if slot in columns else bound.get(slot)

    sources = [f"{tied} AS g"] if tied else []
    for place, (pattern, table) in enumerate(zip(data, tables, strict=True)):
        compared = {
            name
            for rank, (name, slot) in enumerate(zip(_NAMES, pattern, strict=True))
            if column(slot) is not None or slot in pattern[:rank]
        }
        # Properties are no literals, and classes are none.
        by_value = compared - ({"p", "o"} if pattern[1] == _TYPE else {"p"})
        sources.append(f"{_in_each_spelling(table, spelt, by_value) if spelt else table} AS t{place}")
        for name, slot in zip(_NAMES, pattern, strict=True):
            own, known = f"t{place}.{name}", column(slot)
            if known is not None:
                conditions.append(f"{own} = {known}")
            elif isinstance(slot, str):
                bound[slot] = own
    selected = ", ".join(f"{column(slot)} AS v{place}" for place, slot in enumerate(wanted)) or "1 AS v0"
    condition = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"SELECT {selected} FROM {', '.join(sources)}{condition}"  # noqa: S608  only names and numbers


def _in_each_spelling(table: str, spelt: str, places: Collection[str]) -> str:
    """The triples of a table with those that say the same in other spellings of the literals in some places."""
    if not places:
        return table
    parts = []
    for size in range(len(places) + 1):
        for respelt in combinations(sorted(places), size):
            terms = ", ".join(f"of_{name}.other AS {name}" if name in respelt else f"own.{name}" for name in _NAMES)
            joins = " ".join(f"JOIN {spelt} AS of_{name} ON own.{name} = of_{name}.one" for name in respelt)
            parts.append(f"SELECT {terms} FROM {table} AS own {joins}")  # noqa: S608  only names
    return f"({' UNION ALL '.join(parts)})"


def insert_rows(queries: Iterable[str]) -> str:
    """The rows of all queries, which select three columns, as triples."""
    return " UNION ALL ".join(f"SELECT v0 AS s, v1 AS p, v2 AS o FROM ({query})" for query in queries)  # noqa: S608
