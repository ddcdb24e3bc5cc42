"""Clauses as SQL over tables of triples (s, p, o), each with the table of its schema part beside it."""

from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import chain, combinations

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
    conditions: list[tuple[str, str]] = []
    of_literals: list[int] = []

    def column(slot: str) -> str | None:
        return f'g."{slot}"' if slot in columns else bound.get(slot)

    sources = [f"{tied} AS g"] if tied else []
    for place, (pattern, table) in enumerate(zip(data, tables, strict=True)):
        # Few literals are subjects, so where one may be met its triples are there in each spelling of it.
        is_met = spelt and isinstance(pattern[0], str) and column(pattern[0]) is not None
        sources.append(f"{_in_each_spelling(table, spelt) if spelt and is_met else table} AS t{place}")
        for name, slot in zip(_NAMES, pattern, strict=True):
            own = f"t{place}.{name}"
            known = str(slot) if isinstance(slot, int) else column(slot)
            if known is not None:
                if name == "o" and pattern[1] != _TYPE:  # classes are no literals
                    of_literals.append(len(conditions))
                conditions.append((own, known))
            elif isinstance(slot, str):
                bound[slot] = own
    terms = [str(slot) if isinstance(slot, int) else column(slot) for slot in wanted]
    selected = ", ".join(f"{term} AS v{place}" for place, term in enumerate(terms)) or "1 AS v0"
    # A join that compares literals by their values is one by codes, and one with each other spelling.
    variants = _subsets(of_literals) if spelt else iter([()])
    return " UNION ALL ".join(_variant(selected, sources, conditions, spelt, variant) for variant in variants)


def _in_each_spelling(table: str, spelt: str) -> str:
    said = f"SELECT other AS s, p, o FROM {table} AS own JOIN {spelt} ON s = one"  # noqa: S608  only names
    return f"(SELECT s, p, o FROM {table} AS own UNION ALL {said})"  # noqa: S608


def _variant(
    selected: str, sources: Sequence[str], conditions: Sequence[tuple[str, str]], spelt: str | None, of: tuple[int, ...]
) -> str:
    tables = [*sources, *(f"{spelt} AS e{number}" for number in of)]
    where = []
    for number, (own, known) in enumerate(conditions):
        if number in of:
            where.append(f"{known} = e{number}.one")
        where.append(f"{own} = e{number}.other" if number in of else f"{own} = {known}")
    condition = f" WHERE {' AND '.join(where)}" if where else ""
    return f"SELECT {selected} FROM {', '.join(tables)}{condition}"  # noqa: S608  only names and numbers


def _subsets(numbers: Sequence[int]) -> Iterator[tuple[int, ...]]:
    return chain.from_iterable(combinations(numbers, size) for size in range(len(numbers) + 1))


def insert_rows(queries: Iterable[str]) -> str:
    """The rows of all queries, which select three columns, as triples."""
    return " UNION ALL ".join(f"SELECT v0 AS s, v1 AS p, v2 AS o FROM ({query})" for query in queries)  # noqa: S608
