"""Markdown: its text, without the marks."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from loaders.formats.content import TextContent
from loaders.formats.plain import decode
from loaders.reading.facts import PartialDate

__all__ = ["read_markdown"]

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"""^(title|date):[ \t]*["']?(.*?)["']?[ \t]*$""", re.MULTILINE)
_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
_PARSER = MarkdownIt("commonmark").enable("table")


def read_markdown(data: bytes, source: str, charset: str | None) -> TextContent:
    """The text of a Markdown document; its title is that of the front matter, else its first heading.

    Arguments:
        data: the bytes of the document.
        source: where it is from, for messages.
        charset: what HTTP says about the encoding.

    Raises:
        UnknownFormat: the bytes are no text.
    """
    marked = decode(data, source, charset).replace("\r\n", "\n").lstrip("\ufeff")
    fields: dict[str, str] = {}
    if head := _FRONT_MATTER.match(marked):
        fields = dict(_FIELD.findall(head.group(1)))
        marked = marked[head.end() :]
    tokens = _PARSER.parse(marked)
    text = "".join(_pieces(tokens)).strip("\n")
    title = fields.get("title") or _first_heading(tokens)
    return TextContent(text, "text/markdown", title or None, _date(fields.get("date")))


def _pieces(tokens: Sequence[Token]) -> Iterator[str]:
    """The text of each block, with what separates it from the one before; rows and items are lines."""
    cells: list[str] = []
    started = in_row = inside = joined = False
    for token in tokens:
        content = ""
        if token.type in ("list_item_open", "tr_open"):
            joined, inside, in_row, cells = inside, True, token.type == "tr_open", []
        elif token.type == "tr_close":
            content, in_row = " | ".join(cells), False
        elif token.type == "inline" and in_row:
            cells.append(_inline(token))
        elif token.type == "inline":
            content = _inline(token)
        elif token.type in ("fence", "code_block"):
            content = token.content.rstrip("\n")
        elif token.type == "html_block":
            content = _TAG.sub("", token.content).strip()
        elif token.type in ("bullet_list_open", "ordered_list_open", "table_open"):
            inside = False
        if content:
            yield ("\n" if joined else "\n\n") + content if started else content
            started, joined = True, False


def _inline(token: Token) -> str:
    parts = []
    for child in token.children or ():
        if child.type in ("text", "code_inline", "image"):
            parts.append(child.content)
        elif child.type == "softbreak":
            parts.append(" ")
        elif child.type == "hardbreak":
            parts.append("\n")
    return "".join(parts).strip()


def _first_heading(tokens: Sequence[Token]) -> str | None:
    return next((_inline(text) for mark, text in pairwise(tokens) if mark.type == "heading_open"), None)


def _date(value: str | None) -> PartialDate | None:
    try:
        day = date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None
    return PartialDate(day.year, day.month, day.day) if day else None
