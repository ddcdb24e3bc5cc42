"""HTML: the text of the article, without menus, advertisements and footers; its title and date."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import trafilatura

from loaders.formats.content import TextContent
from loaders.formats.plain import decode
from loaders.reading.facts import PartialDate

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["read_html"]

_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_LINES_OF_A_TEXT = 3
_LIST_OR_TABLE = re.compile(r"[|\-•*]")
_BREAK = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)
_BREAKS = re.compile(r"<br\b[^<>]*>(?:(?:\s|&nbsp;)*<br\b[^<>]*>)*\s*", re.IGNORECASE)
_MARKS = "⏎↵↲"
"""Signs that stand for a single break while the text is extracted: one that the page does not have."""
_WIDEST = 100
"""Characters of a line that was broken by hand to a width; where one is longer, breaks divide paragraphs."""


def read_html(data: bytes, source: str, charset: str | None) -> TextContent:
    """The main text of a page, its title first. Nothing is fetched.

    Arguments:
        data: the bytes of the page.
        source: where it is from, for messages.
        charset: what HTTP says about the encoding.

    Raises:
        UnknownFormat: the bytes are no text.
    """
    declared = _DECLARED.search(data[:4096])
    page = decode(data, source, charset or (declared.group(1).decode("ascii", "ignore") if declared else None))
    mark = next((sign for sign in _MARKS if sign not in page), "")
    page = _with_marks(page.replace("\0", ""), mark)
    # The date is taken only from where a page states it, never guessed from its text.
    found = trafilatura.bare_extraction(
        _without_layout_tables(page, mark),
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        deduplicate=False,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    body = getattr(found, "text", None) or trafilatura.html2txt(page) or ""
    title = " ".join((getattr(found, "title", None) or "").replace(mark or " ", " ").split()) or None
    text = _paragraphs(body, mark)
    if title and not " ".join(text[: 2 * len(title)].split()).startswith(title):
        text = f"{title}\n\n{text}"
    return TextContent(text, "text/html", title, _date(getattr(found, "date", None)))


def _with_marks(page: str, mark: str) -> str:
    """The page with a mark for each single break, which need not end a paragraph; two on end do, and stay."""
    return (
        _BREAKS.sub(lambda found: found[0] if len(_BREAK.findall(found[0])) > 1 else f" {mark} ", page)
        if mark
        else page
    )


def _without_layout_tables(page: str, mark: str) -> str | HtmlElement:
    """The page, where a table only arranges it, as a tree without that table: its text is paragraphs, not a row."""
    tree = trafilatura.load_html(page) if "<table" in page.lower() else None
    arranging = [] if tree is None else [table for table in tree.iter("table") if _only_arranges(table, mark)]
    if tree is None or not arranging:
        return page
    for part in [part for table in arranging for part in _parts(table)]:
        part.tag = "div"
    return tree


def _parts(table: HtmlElement) -> list[HtmlElement]:
    """A table with its own rows and cells, without those of the tables in it."""
    inner = table.iterdescendants("tbody", "tr", "td", "th")
    return [table, *(part for part in inner if next(part.iterancestors("table")) is table)]


def _only_arranges(table: HtmlElement, mark: str) -> bool:
    """Whether one cell has most of a table's words, and these in several lines."""
    words = len(table.text_content())
    return any(
        len(cell.text_content()) > words / 2 and _lines(cell, mark) >= _LINES_OF_A_TEXT
        for cell in table.iter("td", "th")
    )


def _lines(cell: HtmlElement, mark: str) -> int:
    """How many lines a cell has, about."""
    return len(list(cell.iter("br", "p", "div"))) + (cell.text_content().count(mark) if mark else 0)


def _paragraphs(text: str, mark: str) -> str:
    """The extracted lines, each a paragraph; only the rows of lists and tables stay together, and broken lines."""
    parts: list[str] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        row = _LIST_OR_TABLE.match(line) is not None
        together = row and bool(parts) and _LIST_OR_TABLE.match(parts[-1]) is not None
        pieces = _pieces(line, mark)
        if pieces:
            parts += ["\n" if together else "\n\n"] if parts else []
            parts.append(" ".join(pieces) if row else _lines_of(pieces))
    return "".join(parts)


def _pieces(line: str, mark: str) -> list[str]:
    """What stands between the single breaks of a line."""
    return [piece for part in line.split(mark) if (piece := part.strip())] if mark else [line]


def _lines_of(pieces: list[str]) -> str:
    """Lines with one line end between them that a width may have broken, with two between paragraphs.

    Where the paragraphs of a text with hard line ends begin, `loaders.reading.paragraphs` decides.
    """
    by_width = max(map(len, pieces)) <= _WIDEST
    lines = pieces[0]
    for piece in pieces[1:]:
        lines += ("\n" if by_width or piece[:1].islower() else "\n\n") + piece
    return lines


def _date(value: str | None) -> PartialDate | None:
    try:
        day = date.fromisoformat(value) if value else None
    except ValueError:
        return None
    return PartialDate(day.year, day.month, day.day) if day else None
