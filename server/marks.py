"""A text with passages marked in it, as properly nested HTML.

Passages may contain each other and may cross. Where they cross, the later one is closed and opened again, so that the
marks nest; its anchor stays at its beginning.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

__all__ = ["anchor", "marked"]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a passage that nests with the others; `opens` and `closes` tell whether its ends are the passage's."""

    begin: int
    end: int
    span: tuple[int, int]

    @property
    def opens(self) -> bool:
        return self.begin == self.span[0]

    @property
    def closes(self) -> bool:
        return self.end == self.span[1]


def anchor(begin: int, end: int) -> str:
    """The id of a passage's mark."""
    return f"p-{begin}-{end}"


def _nested(spans: Iterable[tuple[int, int]]) -> list[_Piece]:
    """The spans cut so that any two are apart or one holds the other; outer ones first."""
    waiting = sorted((_Piece(begin, end, (begin, end)) for begin, end in spans), key=_outer_first)
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
    pieces = _nested([*passages, *(span for span in tags if 0 <= span[0] < span[1] <= len(text))])
    parts: list[Markup] = []
    stack: list[_Piece] = []
    position = 0

    def write_until(place: int) -> None:
        nonlocal position
        parts.append(escape(text[position:place]))
        position = max(position, place)

    def close() -> None:
        piece = stack.pop()
        write_until(piece.end)
        if piece.span in tags:
            parts.append(Markup("</a>"))
            return
        if piece.closes:
            parts.append(notes[piece.span])
        parts.append(Markup("</mark>"))

    for piece in pieces:
        while stack and stack[-1].end <= piece.begin:
            close()
        write_until(piece.begin)
        stack.append(piece)
        if piece.span in tags:
            parts.append(tags[piece.span])
            continue
        identity = Markup(' id="{}"').format(anchor(*piece.span)) if piece.opens else ""
        parts.append(Markup('<mark{} class="{}">').format(identity, (classes or {}).get(piece.span, "")))
    while stack:
        close()
    write_until(len(text))
    return Markup("").join(parts)
