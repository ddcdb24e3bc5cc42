"""Numbers that look like years and count something: «2000 человек» is no year, «учение 2021» is one."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from loaders.reading.numbers import NumberMention
from loaders.reading.text import AnalyzedText, Token

REACH = 3
"""Words from a number to the noun that it counts, adjectives between them."""


def told_from_years(text: AnalyzedText, numbers: Iterable[NumberMention]) -> Iterator[NumberMention]:
    """The numbers of a text; those that the syntax ties to a noun behind them as its count are no years.

    Arguments:
        text: the analysed text.
        numbers: its numbers in their order.
    """
    at = {token.begin: token for token in text.tokens}
    for number in numbers:
        token = at.get(number.span.begin)
        counts = token is not None and number.year_like and number.unit is None and _counts(text, token)
        yield replace(number, year_like=False) if counts else number


def _counts(text: AnalyzedText, token: Token) -> bool:
    head = token.head
    if head is None or not token.rel.startswith("nummod") or not token.index < head <= token.index + REACH:
        return False
    return text.tokens[head].pos == "NOUN"
