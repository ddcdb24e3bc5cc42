"""Matches of a language's date patterns in a text, with the sentences and the editions ("Shield-2023") around them."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.reading.date_words import DatePattern, DateWords
from loaders.reading.layout import Layout

_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]+[»\")]*(?=\s+[«\"(–—-]?\s?(?P<next>[^\W\d_]))|\n")
_CLOSING = '»")]'
_YEAR = r"(?:19|20)\d\d"
# "Shield-2023", «Щит – 2023»: the year of an edition ends a name in quotation marks, or is tied to a name by a hyphen.
_EDITION = re.compile(rf"(?<=[^\W\d_])(?:\s?[-–—]\s?(?={_YEAR}[»\"”])|-(?={_YEAR}(?![\d-])))({_YEAR})")


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern's match in the laid out text."""

    begin: int
    end: int
    pattern: DatePattern
    groups: dict[str, str]
    sentence: int


class DateMatches:
    """What the patterns find in one text.

    Arguments:
        words: the date words of its language.
        laid: the text.

    Its `found` are the matches, from left to right; its `editions` the years of names of editions, each with the
    character where it stands and the number of its sentence.
    """

    def __init__(self, words: DateWords, laid: Layout) -> None:
        self._laid = laid
        self._ends = [match.end() for match in _SENTENCE_END.finditer(laid.text) if self._ends_sentence(match)]
        self.found = list(self._chosen(words))
        self.editions = [
            (match.start(1), int(match[1]), self.sentence(match.start(1))) for match in _EDITION.finditer(laid.text)
        ]

    def sentence(self, position: int) -> int:
        """The number of the sentence in which a character stands."""
        return bisect_right(self._ends, position)

    def _ends_sentence(self, match: re.Match[str]) -> bool:
        """Whether a point ends a sentence: a capital follows, and what stands before is no initial («А. Иванов»)."""
        if match.group() == "\n":
            return True
        if match["next"].islower():
            return False
        begin = match.start()
        before = match.string[max(0, begin - 3) : begin].rjust(3)
        if not before[2].isalpha():
            return before[2].isdigit() or before[2] in _CLOSING
        # «в 2021 г. Россия …»: a letter after a number shortens a unit.
        return before[1].isalpha() or (before[1] == " " and before[0].isdigit())

    def _chosen(self, words: DateWords) -> Iterator[Match]:
        """Matches that do not overlap: leftmost first, then the order of the patterns."""
        found = []
        for order, match in words.matches(self._laid.folded):
            pattern = words.patterns[order]
            begin, end = match.span("date") if "date" in pattern.regex.groupindex else match.span()
            groups = {name: text for name, text in match.groupdict().items() if text is not None}
            found.append((begin, order, end, pattern, groups))
        position = 0
        for begin, _, end, pattern, groups in sorted(found, key=lambda entry: entry[:2]):
            if begin >= position:
                yield Match(begin, end, pattern, groups, self.sentence(begin))
                position = end
