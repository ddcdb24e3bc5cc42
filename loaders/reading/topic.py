"""Which state a text is about up to a word: the one spoken of most, first in the paragraph of the word."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

from loaders.reading.text import AnalyzedText


class Topics:
    """What one text is about, word for word.

    Arguments:
        text: the analysed text.
        spoken_of: where states are spoken of, each a token and the code of the state, in the order of the text.
    """

    def __init__(self, text: AnalyzedText, spoken_of: Sequence[tuple[int, str]]) -> None:
        self._text = text
        self._spoken_of = spoken_of

    def before(self, index: int, without: Iterable[str | None] = ()) -> str | None:
        """The code of the state spoken of most before a word: in its paragraph, else in the text; none left out."""
        barred = set(without)
        paragraph = self._paragraph(index)
        end = bisect_left(self._spoken_of, index, key=lambda each: each[0])
        begin = bisect_left(self._spoken_of, paragraph, hi=end, key=lambda each: self._paragraph(each[0]))
        for first in (begin, 0):
            counts = Counter(code for _, code in self._spoken_of[first:end] if code not in barred)
            if counts:
                return max(counts, key=lambda code: counts[code])
        return None

    def _paragraph(self, index: int) -> int:
        return self._text.sentence_of(index).paragraph
