"""Clauses without their verb of signing: «…, а в 2022-м – протокол о разведке», «…, в 2018-м – с Исламабадом»."""

from collections.abc import Iterator
from dataclasses import dataclass

from loaders.reading.context import Context
from loaders.reading.kinds.clause_limits import DASHES
from loaders.reading.text import Sentence

BREAKS = frozenset({",", ";", ".", ":", "(", ")"})


@dataclass(frozen=True, slots=True)
class Gap:
    """A clause without its verb: the verb that it shares, and the words on both sides of the dash."""

    verb: int
    left: range
    right: range

    @property
    def words(self) -> frozenset[int]:
        """All its words."""
        return frozenset((*self.left, *self.right))


def find_gaps(context: Context, sense: str) -> tuple[Gap, ...]:
    """The clauses that share a verb of a sense and leave it out."""
    return tuple(gap for sentence in context.text.sentences for gap in _in(context, sentence, sense))


def _in(context: Context, sentence: Sentence, sense: str) -> Iterator[Gap]:
    tokens = context.text.tokens
    among = context.senses.tokens_with(range(sentence.first, sentence.last), sense)
    verbs = [i for i in among if tokens[i].pos == "VERB"]
    for dash in range(sentence.first + 1, sentence.last - 1):
        if tokens[dash].text not in DASHES:
            continue
        earlier = [v for v in verbs if v < dash]
        first = dash
        while first > sentence.first and tokens[first - 1].text not in BREAKS:
            first -= 1
        last = dash + 1
        while last < sentence.last and tokens[last].text not in BREAKS:
            last += 1
        left, right = range(first, dash), range(dash + 1, last)
        if not earlier or earlier[-1] >= first or not right or any(_is_finite(context, i) for i in (*left, *right)):
            continue
        dated = any(set(context.tokens_of(d.span)) <= {*left} for d in context.dates_in(left))
        if dated or context.actors(left):
            yield Gap(earlier[-1], left, right)


def _is_finite(context: Context, index: int) -> bool:
    token = context.text.tokens[index]
    return token.pos in {"VERB", "AUX"} and "Case" not in token.feats and token.feats.get("VerbForm", "Fin") != "Inf"
