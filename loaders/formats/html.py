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
    page = page.replace("\0", "")
    # The date is taken only from where a page states it, never guessed from its text.
    found = trafilatura.bare_extraction(
        _without_layout_tables(page),
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        deduplicate=False,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    body = getattr(found, "text", None) or trafilatura.html2txt(page) or ""
    title = (getattr(found, "title", None) or "").strip() or None
    text = _paragraphs(body)
    if title and not text.startswith(title):
        text = f"{title}\n\n{text}"
    return TextContent(text, "text/html", title, _date(getattr(found, "date", None)))


def _without_layout_tables(page: str) -> str | HtmlElement:
    """The page, where a table only arranges it, as a tree without that table: its text is paragraphs, not a row."""
    tree = trafilatura.load_html(page) if "<table" in page.lower() else None
    arranging = [] if tree is None else [table for table in tree.iter("table") if _only_arranges(table)]
    if tree is None or not arranging:
        return page
    for part in [part for table in arranging for part in _parts(table)]:
        part.tag = "div"
    return tree


def _parts(table: HtmlElement) -> list[HtmlElement]:
    """A table with its own rows and cells, without those of the tables in it."""
    inner = table.iterdescendants("tbody", "tr", "td", "th")
    return [table, *(part for part in inner if next(part.iterancestors("table")) is table)]


def _only_arranges(table: HtmlElement) -> bool:
    """Whether one cell has most of a table's words, and these in several lines."""
    words = len(table.text_content())
    return any(
        len(cell.text_content()) > words / 2 and len(list(cell.iter("br", "p", "div"))) >= _LINES_OF_A_TEXT
        for cell in table.iter("td", "th")
    )


def _paragraphs(text: str) -> str:
    """The extracted lines, each a paragraph; only the rows of lists and tables stay together."""
    parts: list[str] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        row = _LIST_OR_TABLE.match(line) is not None
        together = row and bool(parts) and _LIST_OR_TABLE.match(parts[-1]) is not None
        parts += ["\n" if together else "\n\n", line] if parts else [line]
    return "".join(parts)


def _date(value: str | None) -> PartialDate | None:
    try:
        day = date.fromisoformat(value) if value else None
    except ValueError:
        return None
    return PartialDate(day.year, day.month, day.day) if day else None
