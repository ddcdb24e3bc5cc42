"""The words, digits and signs in which numbers are looked for, and how they stand side by side."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from loaders.reading.facts import Span
from loaders.reading.number_words import NumberWords


class Atom(NamedTuple):
    """A word, a group of digits or a sign, between two characters of the laid out text."""

    text: str
    begin: int
    end: int
    digits: bool
    word: bool


class Atoms:
    """The atoms of one text, `all`, and those in which no number is looked for, `taken`.

    Arguments:
        words: the number words of its language.
        text: the text, laid out and folded.
        offset: where it begins in the whole text.
        taken: stretches of the whole text in which no number is looked for.
    """

    def __init__(self, words: NumberWords, text: str, offset: int, taken: Sequence[Span]) -> None:
        self.text = text
        self.offset = offset
        self.all = [
            Atom(match.group(), match.start(), match.end(), match.lastgroup == "digits", match.lastgroup == "word")
            for match in words.lexer.finditer(text)
        ]
        self.taken = frozenset(self._atoms_in(taken))

    def _atoms_in(self, spans: Sequence[Span]) -> Iterator[int]:
        """The atoms that stretches of the text touch."""
        for span in spans:
            first = bisect_right(self.all, span.begin - self.offset, key=lambda atom: atom.end)
            yield from range(first, bisect_left(self.all, span.end - self.offset, key=lambda atom: atom.begin))

    def glued(self, position: int) -> bool:
        """Whether nothing parts an atom from the one before it."""
        return 0 < position < len(self.all) and self.all[position - 1].end == self.all[position].begin

    def apart(self, position: int) -> bool:
        """Whether exactly one blank parts an atom from the one before it."""
        if not 0 < position < len(self.all):
            return False
        return self.text[self.all[position - 1].end : self.all[position].begin] == " "

    def text_at(self, position: int) -> str:
        """The text of an atom; empty outside the text."""
        return self.all[position].text if 0 <= position < len(self.all) else ""

    def preceding(self, stop: int, length: int) -> tuple[str, ...]:
        """The texts of so many atoms before one; empty if there are fewer."""
        return tuple(atom.text for atom in self.all[stop - length : stop]) if stop >= length else ()

    def following(self, start: int, length: int) -> tuple[str, ...]:
        """The texts of so many atoms from one on; empty if there are fewer."""
        atoms = self.all[start : start + length]
        return tuple(atom.text for atom in atoms) if len(atoms) == length else ()

    def span(self, begin: int, end: int) -> Span:
        """The stretch of the whole text between two characters of the laid out one."""
        return Span(begin + self.offset, end + self.offset)
