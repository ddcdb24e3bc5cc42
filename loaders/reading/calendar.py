"""Reckoning with dates of mixed precision."""

from calendar import monthrange
from datetime import date, timedelta

from loaders.reading.date_words import Unit
from loaders.reading.facts import PartialDate

_FAR = 9
"""Months from which on a month without a year is taken for one of the year before or after."""


def days_in(year: int, month: int) -> int:
    """How many days a month has."""
    return monthrange(year, month)[1]


def days_after(day: PartialDate, count: int) -> PartialDate:
    """The day that many days later (earlier, if negative); a date without a day stays what it is."""
    if day.month is None or day.day is None:
        return day
    return _partial(date(day.year, day.month, day.day) + timedelta(days=count))


def last_weekday(day: PartialDate, weekday: int) -> PartialDate:
    """The last such weekday (1–7, Monday first) up to and including a day."""
    return days_after(day, -((_exact(day).isoweekday() - weekday) % 7))


def next_weekday(day: PartialDate, weekday: int) -> PartialDate:
    """The first such weekday (1–7, Monday first) after a day."""
    return days_after(day, (weekday - _exact(day).isoweekday() - 1) % 7 + 1)


def shifted(start: PartialDate, unit: Unit, amount: int) -> PartialDate:
    """A date some units away, no more precise than the unit: three weeks before a day is a month.

    A week that reaches into two months is only as precise as its year.
    """
    if unit == "day":
        return days_after(start, amount)
    if unit == "year" or start.month is None:
        return PartialDate(start.year + (amount if unit == "year" else 0))
    if unit == "month":
        months = start.year * 12 + start.month - 1 + amount
        return PartialDate(months // 12, months % 12 + 1)
    if start.day is None:
        return PartialDate(start.year)
    within = days_after(start, 7 * amount)
    monday = days_after(within, 1 - _exact(within).isoweekday())
    sunday = days_after(monday, 6)
    if monday.month == sunday.month:
        return PartialDate(monday.year, monday.month)
    return PartialDate(monday.year)


def nearest_year(issued: PartialDate, month: int | None) -> int:
    """The year of a date that leaves it out: the text's own, but in January December is that of the year before."""
    if month is None or issued.month is None:
        return issued.year
    if month - issued.month > _FAR:
        return issued.year - 1
    if issued.month - month > _FAR:
        return issued.year + 1
    return issued.year


def _exact(day: PartialDate) -> date:
    return date(day.year, day.month or 1, day.day or 1)


def _partial(day: date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)
