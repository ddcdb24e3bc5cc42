"""From matches of date patterns to dates.

Matches (`date_matches`) are resolved from left to right, so that a date can rest on those before it
(`date_antecedents`); a year that is left out is inferred (`date_years`). What cannot be resolved is mentioned without a
date.
"""

from collections.abc import Callable, Iterator

from loaders.reading.calendar import days_after, last_weekday, next_weekday, shifted
from loaders.reading.date_antecedents import Antecedents
from loaders.reading.date_matches import DateMatches, Match
from loaders.reading.date_mention import Basis, DateKind, DateMention, Resolved, checked
from loaders.reading.date_words import SAME, DateWords, Unit
from loaders.reading.date_years import YearInference
from loaders.reading.facts import PartialDate, Span
from loaders.reading.layout import Layout
from loaders.reading.tense import Time

CENTURY = 2000
"""Of a year in two digits («23.04.25»)."""


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
        matches = DateMatches(words, laid)
        self.matches = matches.found
        self.antecedents = Antecedents()
        self._years = YearInference(laid, matches, self.antecedents, issued, self.time)

    def mentions(self) -> Iterator[DateMention]:
        """The dates, from left to right."""
        for index, match in enumerate(self.matches):
            resolved = self._resolve(index, match)
            if resolved is None:
                continue
            lead, begin = self._lead(match)
            mention = self._mention(match, resolved, lead, begin)
            self.antecedents.add(match, mention)
            yield mention

    def _lead(self, match: Match) -> tuple[str | None, int]:
        """What a word before or after a date makes of it, or else its own ending; and where the phrase begins."""
        found = self.words.lead.search(self.laid.folded, max(0, match.begin - 40), match.begin)
        if found:
            return self.words.leads[found["lead"]], found.start()
        after = self.words.follow.match(self.laid.folded, match.end) if self.words.follow else None
        return (self.words.leads[after["follow"]] if after else match.pattern.lead), match.begin

    def _mention(self, match: Match, found: Resolved, lead: str | None, begin: int) -> DateMention:
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

    def _resolve(self, index: int, match: Match) -> Resolved | None:
        """What a match means; None if it means no date at all ("31 февраля")."""
        if match.pattern.kind == "weekday":
            return self._weekday(match)
        if match.pattern.kind == "shift":
            return self._shift(index, match)
        if match.pattern.kind == "range":
            return self._range(index, match)
        return self._point(index, match)

    def _point(self, index: int, match: Match) -> Resolved | None:
        groups, issued = match.groups, self.issued
        if shift := groups.get("day_shift"):
            return self._from_issued(lambda day: days_after(day, self.words.day_shifts[shift]))
        if reference := groups.get("month_reference"):
            return self._reference(reference, "month")
        if reference := groups.get("week_reference"):
            return self._reference(reference, "week")
        if "this_year" in groups:
            return Resolved(PartialDate(issued.year), basis="issued") if issued else Resolved(None)
        if "season_alone" in groups:
            return self._years.date(index, match, None, None)
        month, day = self._month(groups, "1"), self._day(groups, "1")
        if "month1" not in groups and "number_month1" not in groups and "year_reference1" in groups:
            return self._reference(groups["year_reference1"], "year")
        stated = self._year(match, "1")
        if stated is None:
            return self._years.date(index, match, month, day)
        year, basis, anchor = stated
        if year is None:
            return Resolved(None)
        return checked(year, month, day, basis, anchor)

    def _range(self, index: int, match: Match) -> Resolved | None:
        groups = match.groups
        day1, day2 = self._day(groups, "1"), self._day(groups, "2")
        month1, month2 = self._month(groups, "1"), self._month(groups, "2")
        month1, month2 = month1 or month2, month2 or month1
        first, second = self._year(match, "1"), self._year(match, "2")
        if first is None and second is None:
            resolved = self._years.date(index, match, month2, day2)
            if resolved is None or resolved.start is None:
                return resolved
            second = (resolved.start.year, resolved.basis, resolved.anchor)
        year2, basis, anchor = second or first or (None, "stated", None)
        year1 = first[0] if first else None
        if year2 is None:
            return Resolved(None)
        # One year holds for both ends, unless the range reaches over the new year.
        over = month1 is not None and month2 is not None and month1 > month2
        if first is None:
            year1 = year2 - over
        elif second is None:
            year2 += over
        if year1 is None:
            return Resolved(None)
        start, end = checked(year1, month1, day1, basis, anchor), checked(year2, month2, day2, basis, anchor)
        if start is None or end is None or start.start is None or end.start is None:
            return None
        if _order(end.start) <= _order(start.start):
            return None
        return Resolved(start.start, end.start, basis, anchor)

    def _year(self, match: Match, number: str) -> tuple[int | None, Basis, Span | None] | None:
        """The year that a match states; None if it states none, and a year None if that cannot be resolved."""
        if digits := match.groups.get(f"year{number}"):
            return int(digits) + (CENTURY if len(digits) == 2 else 0), "stated", None
        if reference := match.groups.get(f"year_reference{number}"):
            resolved = self._reference(reference, "year")
            return (resolved.start.year if resolved.start else None), resolved.basis, resolved.anchor
        return None

    def _reference(self, reference: str, unit: Unit) -> Resolved:
        """ "прошлого года", "в этом месяце", "на прошлой неделе"."""
        shift = self.words.references[reference]
        if shift == SAME:
            anchor = self.antecedents.last(unit)
            date = anchor.start or anchor.end if anchor else None
            if anchor is None or date is None:
                return Resolved(None)
            return Resolved(shifted(date, unit, 0), basis="mention", anchor=anchor.span)
        if self.issued:
            return Resolved(shifted(self.issued, unit, int(shift)), basis="issued")
        # Without a date of its own, a text that opens with a full date speaks as of that date.
        for mention in self.antecedents.opening():
            if mention.start and mention.start.day and mention.basis == "stated" and mention.lead != "of":
                return Resolved(shifted(mention.start, unit, int(shift)), basis="context", anchor=mention.span)
        return Resolved(None)

    def _shift(self, index: int, match: Match) -> Resolved | None:
        """ "год назад", "двумя годами раньше", "на следующий день"."""
        pattern, groups = match.pattern, match.groups
        unit = pattern.unit or self.words.units[groups["unit"]]
        count = groups.get("count", "1")
        amount = pattern.sign * (int(count) if count.isdigit() else self.words.counts[count])
        if self._is_explained(index, match):
            return None
        anchor = self.antecedents.last(unit, exact=amount == 0) if pattern.anchored == "mention" else None
        date = (anchor.start or anchor.end) if anchor else None
        if anchor and date:
            return Resolved(shifted(date, unit, amount), basis="mention", anchor=anchor.span)
        if self.issued is None or (unit == "day" and self.issued.day is None):
            # «17 марта … Накануне …»: in a text without a date of its own, from the day spoken of
            told = self.antecedents.last(unit, exact=True) if unit == "day" else None
            day = told.start if told is not None else None
            return Resolved(shifted(day, unit, amount), basis="mention") if day is not None else Resolved(None)
        return Resolved(shifted(self.issued, unit, amount), basis="issued")

    def _is_explained(self, index: int, match: Match) -> bool:
        """Whether a date follows that says the same more exactly ("тремя неделями раньше, 23 апреля")."""
        if index + 1 >= len(self.matches):
            return False
        later = self.matches[index + 1]
        between = self.laid.folded[match.end : later.begin]
        lead = between[1:].strip()
        if not between.startswith(",") or (lead and self.words.leads.get(lead) != "in"):
            return False
        return "day1" in later.groups

    def _weekday(self, match: Match) -> Resolved:
        weekday = self.words.weekdays[match.groups["weekday"]]
        reference = self.words.references.get(match.groups.get("reference", ""))
        if reference == 1:
            return self._from_issued(lambda day: next_weekday(day, weekday))
        return self._from_issued(lambda day: last_weekday(day, weekday))

    def _from_issued(self, change: Callable[[PartialDate], PartialDate]) -> Resolved:
        if self.issued is None or self.issued.day is None:
            return Resolved(None)
        return Resolved(change(self.issued), basis="issued")

    def _month(self, groups: dict[str, str], number: str) -> int | None:
        if digits := groups.get(f"number_month{number}"):
            return int(digits)
        return self.words.months.get(groups.get(f"month{number}", ""))

    def _day(self, groups: dict[str, str], number: str) -> int | None:
        said = groups.get(f"day{number}")
        if said is None:
            return None
        return int(said) if said.isdigit() else self.words.days[said]


def _order(date: PartialDate) -> tuple[int, int, int]:
    return date.year, date.month or 0, date.day or 0
