"""Where English noun phrases end that capitals, numbers or commas seem to carry on."""

import re
from collections.abc import Sequence

from loaders.en.morphology import lemmas_by_pos, names_of_states
from loaders.en.word import Word
from loaders.en.words import words

YEAR = re.compile(r"(?:19|20)\d\d")


class PhraseEnds:
    """The ends of the noun phrases of one sentence.

    Arguments:
        sentence: its tagged words.
        names: the names of persons: first and last (exclusive) word.
    """

    def __init__(self, sentence: Sequence[Word], names: Sequence[tuple[int, int]]) -> None:
        self.words = sentence
        self.persons = dict(names)

    def names_what_follows(self, first: int, at: int) -> bool:
        """ "their Balikatan military exercises": a name within the phrase, before an adjective and its noun."""
        name, end = self.words[at - 1], at
        while end < len(self.words) and self.words[end].tag in {"JJ", "NN"}:
            if self.words[end].lower in words("names", "event_noun"):
                break
            end += 1
        counted = at - 2 >= first and self.words[at - 2].tag == "CD"  # "19 Piranha armoured carriers"
        if not counted and (end == len(self.words) or self.words[end].lower not in words("names", "event_noun")):
            return False
        named = name.tag == "NNP" and name.lower not in names_of_states() and not self.ends_date(at)
        return named and at - 1 > first and self.words[at].tag == "JJ" and at - 1 not in self.persons.values()

    def has_year(self, first: int, at: int) -> bool:
        """Whether a comma stands between day and year: "February 19, 2024"."""
        if self.words[at].text != "," or at - first < 1 or at + 1 >= len(self.words):
            return False
        day, before, year = self.words[at - 1], self.words[at - 2], self.words[at + 1]
        dated = day.tag == "CD" and before.lower in words("names", "month")
        return dated and year.tag == "CD" and YEAR.fullmatch(year.text) is not None

    def ends_date(self, at: int) -> bool:
        """Whether a date ends before a word: "in September 2022 Yerevan …", "on Monday the ministers …"."""
        before, word = self.words[at - 1], self.words[at]
        if before.tag == "CD" and YEAR.fullmatch(before.text) and word.tag == "NNP" and word.text.isalpha():
            return True
        if before.tag == "CD" and len(before.text) == 4 and at >= 2:
            return self.words[at - 2].lower in words("names", "month") and word.tag != "POS"
        if before.lower in words("names", "month") and before.tag == "NNP":
            return word.tag != "CD" and word.tag != "POS" and word.text != "."
        timed = before.lower in words("names", "weekday") | words("names", "time")
        return timed and word.tag == "NNP" and word.is_capitalized

    def ends_receiver(self, first: int, at: int) -> bool:
        """ "sold Kazakhstan Cobra vehicles": after a verb of giving a state is one object, the rest another."""
        verb = self.words[first - 1] if first else None
        if verb is None or not self.words[at].is_noun or verb.pos != "VERB":
            return False
        if not any(lemma in words("verbs", "giving") for lemma in lemmas_by_pos(verb.lower).get("VERB", ())):
            return False
        return " ".join(w.lower for w in self.words[first:at]) in names_of_states()

    def quoted_modifier(self, at: int) -> bool:
        """A word in quotation marks before a noun: a "hijacked" ship."""
        return at + 3 < len(self.words) and self.words[at + 2].text in {'"', "”"} and self.words[at + 3].is_noun
