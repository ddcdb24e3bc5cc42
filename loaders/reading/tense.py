"""What the verbs around a date tell of its year: "In May the troops trained", written in January, is the May before."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import Literal

from loaders.reading.senses import Senses
from loaders.reading.text import AnalyzedText, Token

Time = Literal["past", "future", ""]


class Tenses:
    """The time of which the clauses of a text speak.

    Arguments:
        text: the analysed text.
        senses: the senses of its words; a clause that speaks of a plan tells of no time.
    """

    def __init__(self, text: AnalyzedText, senses: Senses) -> None:
        self._text = text
        self._senses = senses
        self._begins = [t.begin for t in text.tokens]

    def at(self, position: int) -> Time:
        """Whether the clause around a character is told as past, as future, or neither surely.

        Arguments:
            position: offset in the text, in code points.
        """
        index = bisect_right(self._begins, position) - 1
        if index < 0:
            return ""
        clause = self._text.clause_tokens(index)
        if any(self._senses.has(t.index, "plan", "proposal") for t in clause):
            return ""
        tenses = {t.feats.get("Tense", "") for t in self._finite(self._text.tokens[self._text.clauses[index]])}
        if any(t.feats.get("VerbForm") == "Inf" and t.rel not in {"aux", "cop"} for t in clause):
            tenses.discard("Past")  # "agreed to hold the exercise in May"
        return "future" if "Fut" in tenses else "past" if "Past" in tenses else ""

    def _finite(self, predicate: Token) -> Iterator[Token]:
        """The finite forms of a predicate: its own, or those of its auxiliaries and copula."""
        below = (self._text.tokens[i] for i in self._text.children[predicate.index])
        for token in (predicate, *(t for t in below if t.rel.split(":")[0] in {"aux", "cop"})):
            form = token.feats.get("VerbForm")
            if form == "Fin" or (form == "Part" and token.feats.get("Variant") == "Short"):
                yield token
