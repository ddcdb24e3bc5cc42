"""Which year a date without one is in.

It takes it, in this order, from: its sentence, the name of an edition before it ("«Щит-2020»: с 12 по 16 октября"), the
text's own date, the last full date before it, the first one after it.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator

from loaders.reading.calendar import nearest_year
from loaders.reading.date_antecedents import REACH, Antecedents
from loaders.reading.date_matches import DateMatches, Match
from loaders.reading.date_mention import DateMention, Resolved, checked
from loaders.reading.facts import PartialDate
from loaders.reading.layout import Layout
from loaders.reading.tense import Time


class YearInference:
    """Finds the years that one text leaves out.

    Arguments:
        laid: the text.
        matches: what the patterns found in it.
        antecedents: the dates resolved so far.
        issued: the text's own date, if known.
        time: whether the text around a character is told as past or as future.
    """

    def __init__(
        self, laid: Layout, matches: DateMatches, antecedents: Antecedents, issued: PartialDate | None,
        time: Callable[[int], Time],
    ) -> None:  # fmt: skip
        self._laid = laid
        self._matches = matches
        self._antecedents = antecedents
        self._issued = issued
        self._time = time

    def date(self, index: int, match: Match, month: int | None, day: int | None) -> Resolved | None:
        """A date of which the text leaves out the year."""
        for earlier, mention in self._antecedents.nearest():
            if earlier.sentence != match.sentence:
                break
            date = mention.start or mention.end
            if date == self._issued and mention is next(self._antecedents.opening()):
                continue  # the dateline: dates after it are seen from it
            # A year that a plan is for, or from which a treaty is, says nothing of the dates beside it.
            plain = mention.lead not in ("for", "of") and mention.kind != "range"
            if date and plain and not self._is_behind(match, date.year, month):
                return checked(date.year, month, day, "sentence", mention.span)
        for position, year, sentence in self._editions_before(match):
            if sentence == match.sentence and position < match.begin:
                return checked(year, month, day, "sentence", None)
        if following := self._coordinated(index):
            return checked(following, month, day, "sentence", None)
        years = {year for _, year, sentence in self._matches.editions if sentence == match.sentence}
        if len(years) == 1:
            return checked(years.pop(), month, day, "sentence", None)
        if self._issued:
            year = self._told(match, nearest_year(self._issued, month), month, day)
            return checked(year, month, day, "issued", None)
        for earlier, mention in self._antecedents.nearest():
            known = mention.start if mention.basis in ("stated", "context") else None
            if known and (known.month or self._goes_on(earlier, mention, match)):
                return checked(known.year, month, day, "context", mention.span)
        for later in self._matches.found[index + 1 : index + 1 + REACH]:
            if "year1" in later.groups and "month1" in later.groups:
                return checked(int(later.groups["year1"]), month, day, "context", None)
        return checked(0, month, day, "context", None) and Resolved(None)

    def _goes_on(self, earlier: Match, mention: DateMention, match: Match) -> bool:
        """ "Eight exercises are planned for 2026. In October …": a year that the sentence before is about."""
        plain = mention.lead != "of" and mention.kind == "point"
        return plain and match.sentence - earlier.sentence <= 1

    def _is_behind(self, match: Match, year: int, month: int | None) -> bool:
        """«В 2023 году продали …, а в мае приедут»: what is told as future is not before the text's own date."""
        if self._issued is None or self._time(match.begin + self._laid.offset) != "future":
            return False
        return (year, month or self._issued.month or 0) < (self._issued.year, self._issued.month or 0)

    def _told(self, match: Match, year: int, month: int | None, day: int | None) -> int:
        """The year of a date that what is told as past, or as future, lies in, seen from the text's own date."""
        assert self._issued is not None
        own = (self._issued.year, self._issued.month, self._issued.day)
        said = (year, month, day if self._issued.day else None)
        shared = next((n for n, (a, b) in enumerate(zip(own, said, strict=True)) if a is None or b is None), 3)
        if shared < 2:
            return year
        here, there = (tuple(part for part in date[:shared] if part is not None) for date in (own, said))
        time = self._time(match.begin + self._laid.offset)
        return year - 1 if time == "past" and there > here else year + 1 if time == "future" and there < here else year

    def _coordinated(self, index: int) -> int | None:
        """The year of a full date that follows after nothing but "и" or a comma ("14 мая и 16 июня 2024 года")."""
        if index + 1 >= len(self._matches.found):
            return None
        here, later = self._matches.found[index], self._matches.found[index + 1]
        between = self._laid.folded[here.end : later.begin].strip()
        if len(between) <= 3 and not any(sign in between for sign in ".;!?") and "month1" in later.groups:
            year = later.groups.get("year2") or later.groups.get("year1")
            return int(year) if year else None
        return None

    def _editions_before(self, match: Match) -> Iterator[tuple[int, int, int]]:
        """The editions named before a date, nearest first."""
        end = bisect_left(self._matches.editions, (match.begin,))
        return reversed(self._matches.editions[max(0, end - REACH) : end])
