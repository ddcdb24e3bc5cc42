"""How exact a text says a number is, before it: «более чем с», "up to", "between"."""

from loaders.reading.facts import Bound
from loaders.reading.number_atoms import Atoms
from loaders.reading.number_words import NumberWords

LONGEST_PHRASE = 4
"""Words of a bound."""


class Bounds:
    """The bounds before the numbers of one text.

    Arguments:
        words: the number words of its language.
        atoms: its words, digits and signs.
    """

    def __init__(self, words: NumberWords, atoms: Atoms) -> None:
        self.words = words
        self.atoms = atoms

    def before(self, first: int) -> tuple[Bound, int] | None:
        """What is said of a number before it, and where that begins."""
        end = first
        if first and self.atoms.apart(first) and self.atoms.all[first - 1].text in self.words.between:
            end = first - 1
        for stop in {first: None, end: None}:
            for length in range(LONGEST_PHRASE, 0, -1):
                phrase = self.atoms.preceding(stop, length)
                bound = self.words.before.get(phrase)
                if bound is None:
                    continue
                unit = self.words.unit_class(self.atoms.all[first].text)
                signed = unit == "money" and first + 1 < len(self.atoms.all)
                if phrase[0] in self.words.weak and length == 1 and not self.atoms.all[first + signed].digits:
                    continue
                if phrase[0] in self.words.weak and self._is_of_verb(stop - length):
                    continue
                return bound, self.atoms.all[stop - length].begin
        return None

    def _is_of_verb(self, first: int) -> bool:
        """ "Handed over 13 jets": a word that belongs to the verb before it."""
        return first > 0 and self.atoms.all[first - 1].text in self.words.after_verbs
