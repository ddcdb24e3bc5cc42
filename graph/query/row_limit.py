"""Cutting a result after so many rows or bytes, while the engine writes it.

The engine writes results much faster than Python could, but knows no limit. So what it writes is watched: rows are
recognised by the syntax of each format, the engine is stopped when there are too many, and the text is closed after
the last wanted row. The first row that is one too many is what tells a cut result from one that just fits. Most
results are far from any limit: marks that each row has at least once are counted first, a hundred times as fast.

A cut result says so in itself, where its format has a place for that: `link` in the head of JSON (SPARQL 1.1 Query
Results JSON §3.1.2) and of XML (SPARQL Query Results XML §2.3.1).
"""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache

from pyoxigraph import QueryResultsFormat

from graph.query.request import Limits

__all__ = ["CUT_AFTER", "LimitReached", "LimitedRows"]

CUT_AFTER = "urn:milcoop:result-cut-after:"
"""With the number of rows behind it, the IRI that a cut result links to."""

_STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'


def _json_object(depth: int) -> bytes:
    """A pattern for a JSON object that holds strings, and objects down to `depth`."""
    inner = _json_object(depth - 1) if depth else rb"(?!)"
    return rb"\{[^\"{}]*+(?:(?:" + _STRING + rb"|" + inner + rb")[^\"{}]*+)*+\}"


@dataclass(frozen=True, slots=True)
class _Syntax:
    """How rows look: what stands before the first one, one row, what closes the text after the last.

    `link` is what says in the head that the result was cut, and `before` what it is put before. `most` is how many rows
    there are at most, and whether there are just so many.
    """

    head: re.Pattern[bytes]
    row: bytes
    foot: bytes
    link: bytes
    before: bytes
    most: Callable[[bytearray], tuple[int, bool]]


def _most_of_json(text: bytearray) -> tuple[int, bool]:
    # An object after a comma is a row. In a string the quotation mark is escaped; one that ends a string stands before
    # a comma or brace. Only a row that binds nothing looks like what a string may hold.
    empty = text.count(b"{}")
    begun = text.count(b',{"') - text.count(b',{"}') - text.count(b',{",') + text.count(b'"bindings":[{"')
    return begun + empty, not empty


def _most_of_xml(text: bytearray) -> tuple[int, bool]:
    return text.count(b"<result>"), True


def _most_of_csv(text: bytearray) -> tuple[int, bool]:
    return max(0, text.count(b"\r\n") - 1), b'"' not in text


def _most_of_tsv(text: bytearray) -> tuple[int, bool]:
    return max(0, text.count(b"\n") - 1), True


def _syntax(
    most: Callable[[bytearray], tuple[int, bool]], head: bytes, row: bytes, foot: bytes = b"", link: bytes = b"",
    before: bytes = b"",
) -> _Syntax:  # fmt: skip
    return _Syntax(re.compile(head, re.DOTALL), row, foot, link, before, most)


@cache
def _many(row: bytes) -> dict[int, re.Pattern[bytes]]:
    """Patterns of many rows at once: counting one by one would take longer than the engine's writing."""
    # Made when they are needed: they take a while, and most results are far from any limit.
    return {n: re.compile(b"(?:%b){%d}+" % (row, n), re.DOTALL) for n in (1024, 32, 1)}


_SYNTAX = {
    # A row is an object of terms; a term that is a triple holds terms, and RDF 1.2 lets those be triples again.
    QueryResultsFormat.JSON: _syntax(
        _most_of_json,
        rb'\{"head":\{[^{}]*\},"results":\{"bindings":\[',
        rb",?" + _json_object(8),
        b"]}}",
        b',"link":["%b"]',
        b'},"results"',
    ),
    QueryResultsFormat.XML: _syntax(
        _most_of_xml,
        rb".*?<results>",
        rb"<result>[^<]*+(?:<(?!/result>)[^<]*+)*+</result>",
        b"</results></sparql>",
        b'<link href="%b"/>',
        b"</head>",
    ),
    QueryResultsFormat.CSV: _syntax(_most_of_csv, rb"[^\r\n]*\r\n", rb'(?:[^"\r\n]++|"[^"]*+")*+\r\n'),
    QueryResultsFormat.TSV: _syntax(_most_of_tsv, rb"[^\n]*\n", rb"[^\n]*+\n"),
}


class LimitReached(Exception):
    """Stops the engine: more rows than wanted have been written."""


class LimitedRows:
    """A binary stream for the engine to write a result to.

    Arguments:
        format: the format of the result.
        limits: how many rows and bytes to keep.
    """

    def __init__(self, format: QueryResultsFormat, limits: Limits) -> None:
        self._syntax = _SYNTAX[format]
        self._max_rows = limits.rows
        self._max_bytes = limits.bytes
        self._text = bytearray()
        self._position: int | None = None  # up to where rows have been counted; None before the first row's place
        self._next_count = 1 << 16 if limits.bytes is None else min(1 << 16, limits.bytes)
        self.rows = 0
        self.cut = False

    def write(self, chunk: bytes) -> int:
        """Take more of the result.

        Raises:
            LimitReached: there are more rows than wanted; the text is complete.
        """
        if self.cut:  # the engine empties its buffer when it is stopped
            raise LimitReached
        self._text += chunk
        if len(self._text) >= self._next_count:
            if not self._is_surely_within()[0]:
                self._count()
            # A row that is not complete yet is looked at again: ever more seldom, so that the work stays linear.
            self._next_count = len(self._text) + max(1 << 16, len(self._text) // 4)
        return len(chunk)

    def flush(self) -> None:
        """Nothing waits."""

    def finish(self) -> bytes:
        """The text, which holds at most the wanted rows."""
        if not self.cut:
            is_within, rows = self._is_surely_within()
            if is_within and rows is not None:
                self.rows = rows
            else:
                with suppress(LimitReached):
                    self._count()
        return bytes(self._text)

    def _is_surely_within(self) -> tuple[bool, int | None]:
        """Whether there are no more rows and bytes than wanted, and how many rows there are if they need no reading."""
        if self._max_bytes is not None and len(self._text) > self._max_bytes:
            return False, None
        most, is_exact = self._syntax.most(self._text)
        return self._max_rows is None or most <= self._max_rows, most if is_exact else None

    def _count(self) -> None:
        if self._position is None:
            head = self._syntax.head.match(self._text)
            if head is None:
                return
            self._position = head.end()
        for many, pattern in _many(self._syntax.row).items():
            while self._max_rows is None or self.rows + many <= self._max_rows:
                found = pattern.match(self._text, self._position)
                end = None if found is None else found.end()
                del found  # a match keeps the text from growing and shrinking
                if end is None or (self._max_bytes is not None and end > self._max_bytes):
                    break
                self.rows += many
                self._position = end
        if self._is_beyond():
            self._cut()

    def _is_beyond(self) -> bool:
        """Whether what follows the rows that have been counted is a row too many, or endless."""
        if self._max_bytes is not None and len(self._text) > 2 * self._max_bytes:
            return True
        full = self._max_bytes is not None or self.rows == self._max_rows
        return full and _many(self._syntax.row)[1].match(self._text, self._position or 0) is not None

    def _cut(self) -> None:
        """Keep the rows that have been counted, close the text after them, and stop the engine."""
        self.cut = True
        self._text[self._position :] = self._syntax.foot
        if self._syntax.link:
            place = self._text.index(self._syntax.before)
            self._text[place:place] = self._syntax.link % f"{CUT_AFTER}{self.rows}".encode()
        raise LimitReached
