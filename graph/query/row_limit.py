"""Cutting a result after so many rows, while the engine writes it.

The engine writes results much faster than Python could, but knows no limit. So what it writes is watched: rows are
recognised by the syntax of each format, the engine is stopped when there are too many, and the text is closed after
the last wanted row. The first row that is one too many is what tells a cut result from one that just fits.
"""

import re
from contextlib import suppress
from dataclasses import dataclass

from pyoxigraph import QueryResultsFormat

__all__ = ["LimitReached", "LimitedRows"]

_STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'


def _json_object(depth: int) -> bytes:
    """A pattern for a JSON object that holds strings, and objects down to `depth`."""
    inner = _json_object(depth - 1) if depth else rb"(?!)"
    return rb"\{[^\"{}]*+(?:(?:" + _STRING + rb"|" + inner + rb")[^\"{}]*+)*+\}"


@dataclass(frozen=True, slots=True)
class _Syntax:
    """How rows look: what stands before the first one, one row, what closes the text after the last."""

    head: re.Pattern[bytes]
    rows: dict[int, re.Pattern[bytes]]
    foot: bytes


def _syntax(head: bytes, row: bytes, foot: bytes = b"") -> _Syntax:
    # Patterns of many rows at once: counting one by one would take longer than the engine's writing.
    many = {n: re.compile(b"(?:%b){%d}+" % (row, n), re.DOTALL) for n in (1024, 32, 1)}
    return _Syntax(re.compile(head, re.DOTALL), many, foot)


_SYNTAX = {
    # A row is an object of terms; a term that is a triple holds terms, and RDF 1.2 lets those be triples again.
    QueryResultsFormat.JSON: _syntax(
        rb'\{"head":\{[^{}]*\},"results":\{"bindings":\[', rb",?" + _json_object(8), b"]}}"
    ),
    QueryResultsFormat.XML: _syntax(
        rb".*?<results>", rb"<result>[^<]*+(?:<(?!/result>)[^<]*+)*+</result>", b"</results></sparql>"
    ),
    QueryResultsFormat.CSV: _syntax(rb"[^\r\n]*\r\n", rb'(?:[^"\r\n]++|"[^"]*+")*+\r\n'),
    QueryResultsFormat.TSV: _syntax(rb"[^\n]*\n", rb"[^\n]*+\n"),
}


class LimitReached(Exception):
    """Stops the engine: more rows than wanted have been written."""


class LimitedRows:
    """A binary stream for the engine to write a result to.

    Arguments:
        format: the format of the result.
        max_rows: how many rows to keep; None for all.
    """

    def __init__(self, format: QueryResultsFormat, max_rows: int | None) -> None:
        self._syntax = _SYNTAX[format]
        self._max_rows = max_rows
        self._text = bytearray()
        self._position: int | None = None  # up to where rows have been counted; None before the first row's place
        self._next_count = 1 << 16
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
        if self._max_rows is not None and len(self._text) >= self._next_count:
            self._count()
            # A row that is not complete yet is looked at again: ever more seldom, so that the work stays linear.
            self._next_count = len(self._text) + max(1 << 16, len(self._text) // 4)
        return len(chunk)

    def flush(self) -> None:
        """Nothing waits."""

    def finish(self) -> bytes:
        """The text, which holds at most the wanted rows."""
        if not self.cut:
            with suppress(LimitReached):
                self._count()
        return bytes(self._text)

    def _count(self) -> None:
        if self._position is None:
            head = self._syntax.head.match(self._text)
            if head is None:
                return
            self._position = head.end()
        for many, pattern in self._syntax.rows.items():
            while self._max_rows is None or self.rows + many <= self._max_rows:
                found = pattern.match(self._text, self._position)
                if found is None:
                    break
                self.rows += many
                self._position = found.end()
                del found  # a match keeps the text from growing and shrinking
        if self.rows == self._max_rows and self._syntax.rows[1].match(self._text, self._position):
            self.cut = True
            self._text[self._position :] = self._syntax.foot
            raise LimitReached
