"""Tables in the text of a document, which stand there as lines with bars, for its page.

A table is a line with cells between bars, a line of hyphens between bars, and lines with cells. The loaders write the
tables of HTML and Word documents so, and Markdown has them (GitHub Flavored Markdown, 4.10). Words keep their offsets:
cells are parts of the text, and what is between them (bars, hyphens) is not shown.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

__all__ = ["Table", "laid_out", "regions_of", "tables_of"]

Region = tuple[int, int]

_TABLE = re.compile(
    r"^[ \t]*\|.*\|[ \t]*\n[ \t]*\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*(?:\n[ \t]*\|.*\|[ \t]*)*(?=\n|\Z)",
    re.MULTILINE,
)
_TABLE_HTML = Markup('<div class="scroll" tabindex="0"><table><thead>{}</thead><tbody>{}</tbody></table></div>')
_CELL = re.compile(r"\|(?P<cell>(?:\\\||[^|\n])*)(?=\|)")


@dataclass(frozen=True, slots=True)
class Table:
    """Where a table is, and its cells: begin and end of their words in the text, by rows; the first row is its head."""

    begin: int
    end: int
    rows: tuple[tuple[Region, ...], ...]


def tables_of(text: str) -> tuple[Table, ...]:
    """The tables in a text, in its order."""
    found = []
    for table in _TABLE.finditer(text):
        lines = list(_lines(text, table.start(), table.end()))
        rows = tuple(tuple(_cells(text, *line)) for place, line in enumerate(lines) if place != 1)
        found.append(Table(table.start(), table.end(), rows))
    return tuple(found)


def regions_of(text: str, tables: Sequence[Table]) -> list[Region]:
    """What of the text is shown, in its order: what is around the tables, and their cells."""
    regions: list[Region] = []
    at = 0
    for table in tables:
        regions.append((at, table.begin))
        regions += (cell for row in table.rows for cell in row)
        at = table.end
    return [*regions, (at, len(text))]


def laid_out(tables: Sequence[Table], written: Sequence[Markup]) -> Markup:
    """The text with its tables.

    Arguments:
        tables: the tables of a text.
        written: for each of `regions_of`, the HTML of its words.
    """
    parts = iter(written)
    made: list[Markup] = []
    for table in tables:
        made.append(next(parts))
        head, *rows = ([next(parts) for _ in row] for row in table.rows)
        made.append(
            _TABLE_HTML.format(
                _row(head, Markup('<th scope="col">{}</th>')),
                Markup("").join(_row(row, Markup("<td>{}</td>")) for row in rows),
            )
        )
    made.append(next(parts))
    return Markup("").join(made)


def _row(cells: Sequence[Markup], cell: Markup) -> Markup:
    return Markup("<tr>{}</tr>").format(Markup("").join(cell.format(words) for words in cells))


def _lines(text: str, begin: int, end: int) -> Iterator[Region]:
    while begin < end:
        line = text.find("\n", begin, end)
        line = end if line < 0 else line
        yield begin, line
        begin = line + 1


def _cells(text: str, begin: int, end: int) -> Iterator[Region]:
    for found in _CELL.finditer(text, begin, end):
        words = found["cell"]
        first = found.start("cell") + len(words) - len(words.lstrip())
        yield first, max(first, found.end("cell") - (len(words) - len(words.rstrip())))
