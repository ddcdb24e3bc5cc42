"""Results as tables for readers: a thing and its name, which queries give as two columns, in one cell."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import BlankNode, Literal, NamedNode

from ontology import XSD
from server.querying import Cell, Shown

__all__ = ["Column", "Table", "named_table", "plain_table"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Arguments:
        heading: what stands above it.
        place: the place of its term in a row of the result.
        name_place: the place of the name to show instead of the term, where there is one.
    """

    heading: str
    place: int
    name_place: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A result as a table.

    Arguments:
        headings: what stands above the columns.
        rows: for each cell the term, and the name to show it by where the result has one.
        named: whether things without such a name are shown by the name that the graph gives them, not by their IRI.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[tuple[Cell, str | None], ...], ...]
    named: bool


ROWS = 200
"""Rows that a page holds from the start; scripts and downloads have the rest."""


def plain_table(result: Shown) -> Table:
    """The result as it is, as far as a page shows it at once."""
    result = replace(result, rows=result.rows[:ROWS])
    return _table(result, [Column(name, place) for place, name in enumerate(result.variables)], named=False)


def named_table(result: Shown, words: Mapping[str, str]) -> Table:
    """The result with names in the place of things: `stateName` for `state`, and `name` for the column before it.

    Arguments:
        result: the result of one of our own questions.
        words: the words of the interface. Of a variable that they have no heading for, its name is the heading; of
            plain words in a column, those that they have are put in the reader's language.
    """
    rows = tuple(_in_words(result.variables, row, words) for row in result.rows[:ROWS])
    result = replace(result, rows=rows)
    places = {name: place for place, name in enumerate(result.variables)}
    columns: list[Column] = []
    for name, place in places.items():
        if name == "name" and columns and columns[-1].name_place is None and _things(result, columns[-1].place):
            columns[-1] = Column(columns[-1].heading, columns[-1].place, place)
        elif not (name.endswith("Name") and name.removesuffix("Name") in places):
            columns.append(Column(words.get(f"columns.{name}") or _words(name), place, places.get(f"{name}Name")))
    return _table(result, columns, named=True)


def _in_words(variables: Sequence[str], row: Sequence[Cell], words: Mapping[str, str]) -> tuple[Cell, ...]:
    return tuple(_translated(name, cell, words) for name, cell in zip(variables, row, strict=True))


def _translated(variable: str, cell: Cell, words: Mapping[str, str]) -> Cell:
    """A word of the query's own, or several with commas, in the reader's language; all else as it is."""
    if not isinstance(cell, Literal) or cell.language or cell.datatype.value != XSD["string"]:
        return cell
    found = [words.get(f"values.{variable}.{word}") for word in cell.value.split(", ")]
    return cell if None in found else Literal(", ".join(word for word in found if word))


def _things(result: Shown, place: int) -> bool:
    return all(isinstance(row[place], NamedNode | BlankNode | None) for row in result.rows)


def _table(result: Shown, columns: list[Column], *, named: bool) -> Table:
    rows = tuple(tuple((row[c.place], _name(row, c)) for c in columns) for row in result.rows)
    return Table(tuple(column.heading for column in columns), rows, named)


def _name(row: tuple[Cell, ...], column: Column) -> str | None:
    if column.name_place is None or not isinstance(row[column.place], NamedNode):
        return None
    name = row[column.name_place]
    return name.value or None if isinstance(name, Literal) else None


def _words(variable: str) -> str:
    """`firstYear` as `first year`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", variable).replace("_", " ").lower()
