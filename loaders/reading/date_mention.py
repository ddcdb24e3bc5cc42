"""Dates of a text, and what is known of one while it is being resolved."""

from dataclasses import dataclass
from typing import Literal

from loaders.reading.calendar import days_in
from loaders.reading.facts import PartialDate, Span

DateKind = Literal["point", "range", "since", "until", "relative"]
Basis = Literal["stated", "issued", "mention", "sentence", "context"]


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
class Resolved:
    """What the words of a date mean: start, end, and where year and day come from, as in `DateMention`."""

    start: PartialDate | None
    end: PartialDate | None = None
    basis: Basis = "stated"
    anchor: Span | None = None


def checked(year: int, month: int | None, day: int | None, basis: Basis, anchor: Span | None) -> Resolved | None:
    """A date, if the calendar has it."""
    if month is not None and not 1 <= month <= 12:
        return None
    if day is not None and (month is None or not 1 <= day <= days_in(year or 4, month)):
        return None
    return Resolved(PartialDate(year, month, day), basis=basis, anchor=anchor)
