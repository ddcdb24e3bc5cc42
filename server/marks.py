"""A text with passages marked in it, as properly nested HTML.

Passages may contain each other and may cross. Where they cross, the later one is closed and opened again, so that the
marks nest; its anchor stays at its beginning. So it is at the edges of the cells of a table.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from server.text_tables import laid_out, regions_of, tables_of

__all__ = ["anchor", "marked"]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a passage that nests with the others."""

    begin: int
    end: int
    span: tuple[int, int]


def anchor(begin: int, end: int) -> str:
    """The id of a passage's mark."""
    return f"p-{begin}-{end}"


def _nested(pieces: Iterable[_Piece]) -> list[_Piece]:
    """The pieces cut so that any two are apart or one holds the other; outer ones first."""
    waiting = sorted(pieces, key=_outer_first)
    placed: list[_Piece] = []
    stack: list[_Piece] = []
    while waiting:
        piece = waiting.pop(0)
        while stack and stack[-1].end <= piece.begin:
            stack.pop()
        if stack and stack[-1].end < piece.end:
            cut = stack[-1].end
            waiting.append(_Piece(cut, piece.end, piece.span))
            waiting.sort(key=_outer_first)
            piece = _Piece(piece.begin, cut, piece.span)
        placed.append(piece)
        stack.append(piece)
    return placed


def _outer_first(piece: _Piece) -> tuple[int, int]:
    return piece.begin, -piece.end


def _whole(span: tuple[int, int], edges: list[int]) -> bool:
    """Whether none of the edges lies inside the span."""
    return bisect_right(edges, span[0]) == bisect_left(edges, span[1])


def marked(
    text: str,
    notes: Mapping[tuple[int, int], Markup],
    classes: Mapping[tuple[int, int], str] | None = None,
    links: Mapping[tuple[int, int], Markup] | None = None,
) -> Markup:
    """The text with each passage in a `<mark>` that has the passage's anchor as id and ends with its note.

    Arguments:
        text: the document's text.
        notes: what to put at the end of each passage, by its offsets (code points); empty where nothing is wanted.
            Passages that do not lie in the text are left out.
        classes: CSS classes of the marks, by offsets.
        links: the opening tags of links around words, by offsets. One that is a passage too, or in which a passage
            begins or ends, is left out.
    """
    passages = [(begin, end) for begin, end in notes if 0 <= begin < end <= len(text)]
    edges = sorted({edge for passage in passages for edge in passage})
    tags = {span: tag for span, tag in (links or {}).items() if _whole(span, edges) and span not in notes}
    tables = tables_of(text)
    regions = regions_of(text, tables)
    pieces = _clipped([*passages, *(span for span in tags if 0 <= span[0] < span[1] <= len(text))], regions)
    writer = _Writer(text, notes, classes or {}, tags, [piece for of_region in pieces for piece in of_region])
    written = [writer.write(region, of_region) for region, of_region in zip(regions, pieces, strict=True)]
    return laid_out(tables, written)


def _clipped(spans: Iterable[tuple[int, int]], regions: Sequence[tuple[int, int]]) -> list[list[_Piece]]:
    """The pieces of the spans in each of the regions, which are in the order of the text and apart."""
    ends = [end for _, end in regions]
    found: list[list[_Piece]] = [[] for _ in regions]
    for begin, end in spans:
        for place in range(bisect_right(ends, begin), len(regions)):
            first, last = regions[place]
            if first >= end:
                break
            if max(begin, first) < min(end, last):
                found[place].append(_Piece(max(begin, first), min(end, last), (begin, end)))
    return found


class _Writer:
    """Writes regions of a text with the marks in them."""

    def __init__(
        self,
        text: str,
        notes: Mapping[tuple[int, int], Markup],
        classes: Mapping[tuple[int, int], str],
        tags: Mapping[tuple[int, int], Markup],
        pieces: Iterable[_Piece],
    ) -> None:
        self._text, self._notes, self._classes, self._tags = text, notes, classes, tags
        self._first: dict[tuple[int, int], int] = {}
        self._last: dict[tuple[int, int], int] = {}
        for piece in pieces:
            self._first.setdefault(piece.span, piece.begin)
            self._last[piece.span] = piece.end

    def write(self, region: tuple[int, int], pieces: Iterable[_Piece]) -> Markup:
        parts: list[Markup] = []
        stack: list[_Piece] = []
        position = region[0]

        def write_until(place: int) -> None:
            nonlocal position
            parts.append(escape(self._text[position:place]))
            position = max(position, place)

        def close() -> None:
            piece = stack.pop()
            write_until(piece.end)
            parts.append(self._closing(piece))

        for piece in _nested(pieces):
            while stack and stack[-1].end <= piece.begin:
                close()
            write_until(piece.begin)
            stack.append(piece)
            parts.append(self._opening(piece))
        while stack:
            close()
        write_until(region[1])
        return Markup("").join(parts)

    def _opening(self, piece: _Piece) -> Markup:
        if piece.span in self._tags:
            return self._tags[piece.span]
        is_first = piece.begin == self._first[piece.span]
        identity = Markup(' id="{}"').format(anchor(*piece.span)) if is_first else ""
        return Markup('<mark{} class="{}">').format(identity, self._classes.get(piece.span, ""))

    def _closing(self, piece: _Piece) -> Markup:
        if piece.span in self._tags:
            return Markup("</a>")
        is_last = piece.end == self._last[piece.span]
        return (self._notes[piece.span] if is_last else Markup("")) + Markup("</mark>")
