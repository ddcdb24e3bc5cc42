"""The dates spoken of before another, on which it may rest."""

from collections.abc import Iterator
from itertools import islice

from loaders.reading.date_matches import Match
from loaders.reading.date_mention import DateMention
from loaders.reading.date_words import Unit

REACH = 100
"""Dates, before or after one, on which it may rest."""


class Antecedents:
    """The dates of one text, as far as they are resolved."""

    def __init__(self) -> None:
        self._done: list[tuple[Match, DateMention]] = []

    def add(self, match: Match, mention: DateMention) -> None:
        """Take in a date to the right of those before."""
        self._done.append((match, mention))

    def opening(self) -> Iterator[DateMention]:
        """The dates from the beginning of the text."""
        return (mention for _, mention in self._done[:REACH])

    def nearest(self) -> Iterator[tuple[Match, DateMention]]:
        """The dates before, nearest first."""
        return islice(reversed(self._done), REACH)

    def last(self, unit: Unit, *, exact: bool = False) -> DateMention | None:
        """The last date spoken of that has what the unit needs; with `exact`, the unit itself."""
        for _, mention in self.nearest():
            date = mention.start or mention.end
            if date is None or mention.lead in ("for", "of") or mention.kind in ("until", "relative"):
                continue
            if unit == "year" or (date.day if exact and unit == "day" else date.month):
                return mention
        return None
