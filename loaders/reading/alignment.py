"""Which tokens stretches of a text touch, and which of many stretches touch given tokens."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from loaders.reading.facts import Span
from loaders.reading.text import Token


class Alignment:
    """The characters of one text aligned with its tokens."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._begins = tuple(t.begin for t in tokens)
        self._ends = tuple(t.end for t in tokens)

    def tokens_of(self, span: Span) -> range:
        """The tokens that a stretch of the text touches."""
        first = bisect_right(self._ends, span.begin)
        return range(first, max(first, bisect_left(self._begins, span.end)))


class AlignedSpans:
    """Stretches of a text, found by the tokens that they touch."""

    def __init__(self, alignment: Alignment, spans: Iterable[Span]) -> None:
        self._at: dict[int, list[int]] = {}
        for number, span in enumerate(spans):
            for index in alignment.tokens_of(span):
                self._at.setdefault(index, []).append(number)

    def among(self, tokens: Iterable[int]) -> list[int]:
        """The places, in their order, of the stretches that touch one of the tokens."""
        return sorted({number for index in set(tokens) for number in self._at.get(index, ())})
