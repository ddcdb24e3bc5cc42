"""Tables in plain text: lines whose cells a bar, a tab or wide gaps divide, the first of them often a heading."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.reading.text import AnalyzedText, Sentence

BAR = "|"
WIDE = re.compile(r"\t| {3,}")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its column, and its tokens from `first` up to, not including, `last`."""

    column: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: its number in the table, the sentence in which it begins, and its cells."""

    number: int
    sentence: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its rows in their order, the heading among them."""

    rows: tuple[Row, ...]

    @property
    def heading(self) -> Row:
        """The first row."""
        return self.rows[0]


def find_tables(text: AnalyzedText) -> tuple[Table, ...]:
    """The tables of a text: two or more lines with cells that follow one another."""
    tables: list[Table] = []
    rows: list[Row] = []
    paragraph = -1
    for line in _lines(text):
        if line[0].paragraph != paragraph + 1 and rows:
            tables += [Table(tuple(rows))] if len(rows) > 1 else []
            rows = []
        paragraph = line[0].paragraph
        if any(character.isalnum() for character in text.text[line[0].begin : line[-1].end]):  # «|---|---|» parts rows
            rows.append(Row(len(rows), line[0].index, _cells(text, line)))
    if len(rows) > 1:
        tables.append(Table(tuple(rows)))
    return tuple(tables)


def _lines(text: AnalyzedText) -> Iterator[list[Sentence]]:
    """The lines that hold cells, each as its sentences."""
    by_line: dict[int, list[Sentence]] = {}
    for sentence in text.sentences:
        by_line.setdefault(sentence.paragraph, []).append(sentence)
    for line in by_line.values():
        begin, end = line[0].begin, line[-1].end
        inside = text.text[begin:end].strip(f"{BAR} ")
        if BAR in inside or "\t" in inside or len(WIDE.findall(inside)) > 1:
            yield line


def _cells(text: AnalyzedText, line: list[Sentence]) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    first = last = line[0].first
    column = 0
    for index in range(line[0].first, line[-1].last):
        token = text.tokens[index]
        gap = text.text[text.tokens[index - 1].end : token.begin] if index > line[0].first else ""
        if BAR in token.text or WIDE.search(gap) is not None:
            if last > first or column or cells:
                cells.append(Cell(column, first, last))
                column += 1
            first = last = index + (BAR in token.text)
            last = max(last, index + (WIDE.search(gap) is not None and BAR not in token.text))
        else:
            last = index + 1
    if last > first:
        cells.append(Cell(column, first, last))
    return tuple(cells)
