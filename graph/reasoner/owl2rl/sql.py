"""Clauses as SQL over tables of triples (s, p, o), each with the table of its schema part beside it."""

from collections.abc import Container, Iterable, Sequence

from graph.reasoner.owl2rl.clauses import Pattern
from graph.reasoner.owl2rl.vectors import Slot

__all__ = ["insert_rows", "select"]

_NAMES = ("s", "p", "o")


def select(
    tied: str | None, columns: Container[str], data: Sequence[Pattern], tables: Sequence[str], wanted: Iterable[Slot]
) -> str:
    """The solutions of a clause.

    Arguments:
        tied: the table of its schema part; None if it has none.
        columns: the columns of this table.
        data: its premises about data.
        tables: for each premise the table of triples that it is matched with.
        wanted: what is selected, as v0, v1, ….
    """
    bound: dict[str, str] = {}
    conditions: list[str] = []

    def column(slot: str) -> str | None:
        return f'g."{slot}"' if slot in columns else bound.get(slot)

    sources = [f"{tied} AS g"] if tied else []
    for place, (pattern, table) in enumerate(zip(data, tables, strict=True)):
        sources.append(f"{table} AS t{place}")
        for name, slot in zip(_NAMES, pattern, strict=True):
            own = f"t{place}.{name}"
            known = str(slot) if isinstance(slot, int) else column(slot)
            if known is not None:
                conditions.append(f"{own} = {known}")
            elif isinstance(slot, str):
                bound[slot] = own
    terms = [str(slot) if isinstance(slot, int) else column(slot) for slot in wanted]
    selected = ", ".join(f"{term} AS v{place}" for place, term in enumerate(terms))
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"SELECT {selected or '1 AS v0'} FROM {', '.join(sources)}{where}"  # noqa: S608  only names and numbers


def insert_rows(queries: Iterable[str]) -> str:
    """The rows of all queries, which select three columns, as triples."""
    return " UNION ALL ".join(f"SELECT v0 AS s, v1 AS p, v2 AS o FROM ({query})" for query in queries)  # noqa: S608
