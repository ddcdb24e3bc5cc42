"""From matches of date patterns to dates.

Matches are resolved from left to right, so that a date can rest on those before it. A date
without a year takes it, in this order, from: its sentence, the name of an edition before it ("«Щит-2020»: с 12 по 16
октября"), the text's own date, the last full date before it, the first one after it. What cannot be resolved is
mentioned without a date.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from loaders.reading.calendar import days_after, days_in, last_weekday, nearest_year, next_weekday, shifted
from loaders.reading.date_words import SAME, DatePattern, DateWords, Unit
from loaders.reading.facts import PartialDate, Span
from loaders.reading.layout import Layout
from loaders.reading.tense import Time

DateKind = Literal["point", "range", "since", "until", "relative"]
Basis = Literal["stated", "issued", "mention", "sentence", "context"]

_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]+[»\")]*(?=\s+[«\"(–—-]?\s?(?P<next>[^\W\d_]))|\n")
REACH = 100
"""Dates, before or after one, on which it may rest."""
_CLOSING = '»")]'
_YEAR = r"(?:19|20)\d\d"
# "Shield-2023", «Щит – 2023»: the year of an edition ends a name in quotation marks, or is tied to a name by a hyphen.
_EDITION = re.compile(rf"(?<=[^\W\d_])(?:\s?[-–—]\s?(?={_YEAR}[»\"”])|-(?={_YEAR}(?![\d-])))({_YEAR})")


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date of a text.

    Arguments:
        span: the words of the date ("12 по 16 октября" has its "с" only in `phrase`, if that is not part of a pattern).
        phrase: the same with the preposition before it.
        kind: a point in time (a day, month or year); a range; since or until a point; or relative, if the text puts
            something before or after the point only, or the point cannot be resolved.
        start: the point, the beginning of the range, or since when; None if unresolved or only the end is known.
        end: the end of the range, or until when.
        lead: what the preposition makes of it, a name of `[leads]` ("in", "for", "of", "since", "until", …).
        basis: where its year and day come from: the words alone, the text's own date, another mention, the sentence, or
            a date farther away.
        anchor: the mention that it rests on, if it rests on one.
        pattern: the name of the pattern that found it.
    """

    span: Span
    phrase: Span
    kind: DateKind
    start: PartialDate | None
    end: PartialDate | None
    lead: str | None = None
    basis: Basis = "stated"
    anchor: Span | None = None
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class _Match:
    """A pattern's match in the laid out text."""

    begin: int
    end: int
    pattern: DatePattern
    groups: dict[str, str]
    sentence: int


@dataclass(frozen=True, slots=True)
class _Resolved:
    start: PartialDate | None
    end: PartialDate | None = None
    basis: Basis = "stated"
    anchor: Span | None = None


class Resolver:
    """One pass over one text.

    Arguments:
        words: the date words of its language.
        laid: the text.
        issued: its own date, if known.
        time: whether the text around a character is told as past or as future.
    """

    def __init__(
        self, words: DateWords, laid: Layout, issued: PartialDate | None, time: Callable[[int], Time] | None = None
    ) -> None:
        self.time: Callable[[int], Time] = time or (lambda _: "")
        self.words = words
        self.laid = laid
        self.issued = issued
        self.ends = [match.end() for match in _SENTENCE_END.finditer(laid.text) if self._ends_sentence(match)]
        self.done: list[tuple[_Match, DateMention]] = []
        self.matches = list(self._chosen())
        self.editions = [
            (match.start(1), int(match[1]), self._sentence(match.start(1))) for match in _EDITION.finditer(laid.text)
        ]

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

    def _sentence(self, position: int) -> int:
        return bisect_right(self.ends, position)

    def _chosen(self) -> Iterator[_Match]:
        """Matches that do not overlap: leftmost first, then the order of the patterns."""
        found = []
        for order, match in self.words.matches(self.laid.folded):
            pattern = self.words.patterns[order]
            begin, end = match.span("date") if "date" in pattern.regex.groupindex else match.span()
            groups = {name: text for name, text in match.groupdict().items() if text is not None}
            found.append((begin, order, end, pattern, groups))
        position = 0
        for begin, _, end, pattern, groups in sorted(found, key=lambda entry: entry[:2]):
            if begin >= position:
                yield _Match(begin, end, pattern, groups, self._sentence(begin))
                position = end

    def mentions(self) -> Iterator[DateMention]:
        """The dates, from left to right."""
        for index, match in enumerate(self.matches):
            resolved = self._resolve(index, match)
            if resolved is None:
                continue
            lead, begin = self._lead(match)
            mention = self._mention(match, resolved, lead, begin)
            self.done.append((match, mention))
            yield mention

    def _lead(self, match: _Match) -> tuple[str | None, int]:
        """What a word before or after a date makes of it, or else its own ending; and where the phrase begins."""
        found = self.words.lead.search(self.laid.folded, max(0, match.begin - 40), match.begin)
        if found:
            return self.words.leads[found["lead"]], found.start()
        after = self.words.follow.match(self.laid.folded, match.end) if self.words.follow else None
        return (self.words.leads[after["follow"]] if after else match.pattern.lead), match.begin

    def _mention(self, match: _Match, found: _Resolved, lead: str | None, begin: int) -> DateMention:
        start, end = found.start, found.end
        kind: DateKind = "range" if match.pattern.kind == "range" else "point"
        if start is None and end is None:
            kind = "relative"
        elif kind == "point":
            if lead == "since":
                kind = "since"
            elif lead == "until":
                kind, start, end = "until", None, start
            elif lead in ("before", "after"):
                kind = "relative"
        offset = self.laid.offset
        return DateMention(
            span=Span(match.begin + offset, match.end + offset),
            phrase=Span(begin + offset, match.end + offset),
            kind=kind,
            start=start,
            end=end,
            lead=lead,
            basis=found.basis,
            anchor=found.anchor,
            pattern=match.pattern.name,
        )

    def _resolve(self, index: int, match: _Match) -> _Resolved | None:
        """What a match means; None if it means no date at all ("31 февраля")."""
        if match.pattern.kind == "weekday":
            return self._weekday(match)
        if match.pattern.kind == "shift":
            return self._shift(index, match)
        if match.pattern.kind == "range":
            return self._range(index, match)
        return self._point(index, match)

    def _point(self, index: int, match: _Match) -> _Resolved | None:
        groups, issued = match.groups, self.issued
        if shift := groups.get("day_shift"):
            return self._from_issued(lambda day: days_after(day, self.words.day_shifts[shift]))
        if reference := groups.get("month_reference"):
            return self._reference(reference, "month")
        if reference := groups.get("week_reference"):
            return self._reference(reference, "week")
        if "this_year" in groups:
            return _Resolved(PartialDate(issued.year), basis="issued") if issued else _Resolved(None)
        if "season_alone" in groups:
            return self._without_year(index, match, None, None)
        month, day = self._month(groups, "1"), self._day(groups, "1")
        if "month1" not in groups and "number_month1" not in groups and "year_reference1" in groups:
            return self._reference(groups["year_reference1"], "year")
        stated = self._year(match, "1")
        if stated is None:
            return self._without_year(index, match, month, day)
        year, basis, anchor = stated
        if year is None:
            return _Resolved(None)
        return _checked(year, month, day, basis, anchor)

    def _range(self, index: int, match: _Match) -> _Resolved | None:
        groups = match.groups
        day1, day2 = self._day(groups, "1"), self._day(groups, "2")
        month1, month2 = self._month(groups, "1"), self._month(groups, "2")
        month1, month2 = month1 or month2, month2 or month1
        first, second = self._year(match, "1"), self._year(match, "2")
        if first is None and second is None:
            resolved = self._without_year(index, match, month2, day2)
            if resolved is None or resolved.start is None:
                return resolved
            second = (resolved.start.year, resolved.basis, resolved.anchor)
        year2, basis, anchor = second or first or (None, "stated", None)
        year1 = first[0] if first else None
        if year2 is None:
            return _Resolved(None)
        # One year holds for both ends, unless the range reaches over the new year.
        over = month1 is not None and month2 is not None and month1 > month2
        if first is None:
            year1 = year2 - over
        elif second is None:
            year2 += over
        if year1 is None:
            return _Resolved(None)
        start, end = _checked(year1, month1, day1, basis, anchor), _checked(year2, month2, day2, basis, anchor)
        if start is None or end is None or start.start is None or end.start is None:
            return None
        if _order(end.start) <= _order(start.start):
            return None
        return _Resolved(start.start, end.start, basis, anchor)

    def _year(self, match: _Match, number: str) -> tuple[int | None, Basis, Span | None] | None:
        """The year that a match states; None if it states none, and a year None if that cannot be resolved."""
        if digits := match.groups.get(f"year{number}"):
            return int(digits), "stated", None
        if reference := match.groups.get(f"year_reference{number}"):
            resolved = self._reference(reference, "year")
            return (resolved.start.year if resolved.start else None), resolved.basis, resolved.anchor
        return None

    def _without_year(self, index: int, match: _Match, month: int | None, day: int | None) -> _Resolved | None:
        """A date of which the text leaves out the year."""
        for earlier, mention in self._before():
            if earlier.sentence != match.sentence:
                break
            date = mention.start or mention.end
            if date == self.issued and mention is self.done[0][1]:
                continue  # the dateline: dates after it are seen from it
            # A year that a plan is for, or from which a treaty is, says nothing of the dates beside it.
            plain = mention.lead not in ("for", "of") and mention.kind != "range"
            if date and plain and not self._is_behind(match, date.year, month):
                return _checked(date.year, month, day, "sentence", mention.span)
        for position, year, sentence in self._editions_before(match):
            if sentence == match.sentence and position < match.begin:
                return _checked(year, month, day, "sentence", None)
        if following := self._coordinated(index):
            return _checked(following, month, day, "sentence", None)
        years = {year for _, year, sentence in self.editions if sentence == match.sentence}
        if len(years) == 1:
            return _checked(years.pop(), month, day, "sentence", None)
        if self.issued:
            year = self._told(match, nearest_year(self.issued, month), month, day)
            return _checked(year, month, day, "issued", None)
        for _, mention in self._before():
            if mention.start and mention.start.month and mention.basis in ("stated", "context"):
                return _checked(mention.start.year, month, day, "context", mention.span)
        for later in self.matches[index + 1 : index + 1 + REACH]:
            if "year1" in later.groups and "month1" in later.groups:
                return _checked(int(later.groups["year1"]), month, day, "context", None)
        return _checked(0, month, day, "context", None) and _Resolved(None)

    def _is_behind(self, match: _Match, year: int, month: int | None) -> bool:
        """«В 2023 году продали …, а в мае приедут»: what is told as future is not before the text's own date."""
        if self.issued is None or self.time(match.begin + self.laid.offset) != "future":
            return False
        return (year, month or self.issued.month or 0) < (self.issued.year, self.issued.month or 0)

    def _told(self, match: _Match, year: int, month: int | None, day: int | None) -> int:
        """The year of a date that what is told as past, or as future, lies in, seen from the text's own date."""
        assert self.issued is not None
        own = (self.issued.year, self.issued.month, self.issued.day)
        said = (year, month, day if self.issued.day else None)
        shared = next((n for n, (a, b) in enumerate(zip(own, said, strict=True)) if a is None or b is None), 3)
        if shared < 2:
            return year
        here, there = (tuple(part for part in date[:shared] if part is not None) for date in (own, said))
        time = self.time(match.begin + self.laid.offset)
        return year - 1 if time == "past" and there > here else year + 1 if time == "future" and there < here else year

    def _coordinated(self, index: int) -> int | None:
        """The year of a full date that follows after nothing but "и" or a comma ("14 мая и 16 июня 2024 года")."""
        if index + 1 >= len(self.matches):
            return None
        here, later = self.matches[index], self.matches[index + 1]
        between = self.laid.folded[here.end : later.begin].strip()
        if len(between) <= 3 and not any(sign in between for sign in ".;!?") and "month1" in later.groups:
            year = later.groups.get("year2") or later.groups.get("year1")
            return int(year) if year else None
        return None

    def _reference(self, reference: str, unit: Unit) -> _Resolved:
        """ "прошлого года", "в этом месяце", "на прошлой неделе"."""
        shift = self.words.references[reference]
        if shift == SAME:
            anchor = self._last(unit)
            date = anchor.start or anchor.end if anchor else None
            if anchor is None or date is None:
                return _Resolved(None)
            return _Resolved(shifted(date, unit, 0), basis="mention", anchor=anchor.span)
        if self.issued:
            return _Resolved(shifted(self.issued, unit, int(shift)), basis="issued")
        # Without a date of its own, a text that opens with a full date speaks as of that date.
        for _, mention in self.done[:REACH]:
            if mention.start and mention.start.day and mention.basis == "stated" and mention.lead != "of":
                return _Resolved(shifted(mention.start, unit, int(shift)), basis="context", anchor=mention.span)
        return _Resolved(None)

    def _shift(self, index: int, match: _Match) -> _Resolved | None:
        """ "год назад", "двумя годами раньше", "на следующий день"."""
        pattern, groups = match.pattern, match.groups
        unit = pattern.unit or self.words.units[groups["unit"]]
        count = groups.get("count", "1")
        amount = pattern.sign * (int(count) if count.isdigit() else self.words.counts[count])
        if self._is_explained(index, match):
            return None
        anchor = self._last(unit, exact=amount == 0) if pattern.anchored == "mention" else None
        date = (anchor.start or anchor.end) if anchor else None
        if anchor and date:
            return _Resolved(shifted(date, unit, amount), basis="mention", anchor=anchor.span)
        if self.issued is None:
            return _Resolved(None)
        return _Resolved(shifted(self.issued, unit, amount), basis="issued")

    def _is_explained(self, index: int, match: _Match) -> bool:
        """Whether a date follows that says the same more exactly ("тремя неделями раньше, 23 апреля")."""
        if index + 1 >= len(self.matches):
            return False
        later = self.matches[index + 1]
        between = self.laid.folded[match.end : later.begin]
        lead = between[1:].strip()
        if not between.startswith(",") or (lead and self.words.leads.get(lead) != "in"):
            return False
        return "day1" in later.groups

    def _before(self) -> Iterator[tuple[_Match, DateMention]]:
        """The dates before, nearest first."""
        return islice(reversed(self.done), REACH)

    def _editions_before(self, match: _Match) -> Iterator[tuple[int, int, int]]:
        """The editions named before a date, nearest first."""
        end = bisect_left(self.editions, (match.begin,))
        return reversed(self.editions[max(0, end - REACH) : end])

    def _last(self, unit: Unit, *, exact: bool = False) -> DateMention | None:
        """The last date spoken of that has what the unit needs; with `exact`, the unit itself."""
        for _, mention in self._before():
            date = mention.start or mention.end
            if date is None or mention.lead in ("for", "of") or mention.kind in ("until", "relative"):
                continue
            if unit == "year" or (date.day if exact and unit == "day" else date.month):
                return mention
        return None

    def _weekday(self, match: _Match) -> _Resolved:
        weekday = self.words.weekdays[match.groups["weekday"]]
        reference = self.words.references.get(match.groups.get("reference", ""))
        if reference == 1:
            return self._from_issued(lambda day: next_weekday(day, weekday))
        return self._from_issued(lambda day: last_weekday(day, weekday))

    def _from_issued(self, change: Callable[[PartialDate], PartialDate]) -> _Resolved:
        if self.issued is None or self.issued.day is None:
            return _Resolved(None)
        return _Resolved(change(self.issued), basis="issued")

    def _month(self, groups: dict[str, str], number: str) -> int | None:
        if digits := groups.get(f"number_month{number}"):
            return int(digits)
        return self.words.months.get(groups.get(f"month{number}", ""))

    def _day(self, groups: dict[str, str], number: str) -> int | None:
        said = groups.get(f"day{number}")
        if said is None:
            return None
        return int(said) if said.isdigit() else self.words.days[said]


def _checked(year: int, month: int | None, day: int | None, basis: Basis, anchor: Span | None) -> _Resolved | None:
    """A date, if the calendar has it."""
    if month is not None and not 1 <= month <= 12:
        return None
    if day is not None and (month is None or not 1 <= day <= days_in(year or 4, month)):
        return None
    return _Resolved(PartialDate(year, month, day), basis=basis, anchor=anchor)


def _order(date: PartialDate) -> tuple[int, int, int]:
    return date.year, date.month or 0, date.day or 0
