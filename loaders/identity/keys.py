"""By what a thing is kept, and what it is looked for by: two things that a rule joins find each other by these.

What rules ask for stands in the keys as far as it can be compared as text, so that little is found that no rule joins:
a surname with an office rather than a surname, a name with a year rather than a name.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from loaders.identity.agreements import title_stems, title_years
from loaders.identity.days import is_precise, is_within_a_month
from loaders.identity.exercises import DAYS_OF_NEWS
from loaders.identity.persons import HELD_BY_ONE, OTHER
from loaders.identity.things import Agreement, Bounds, Exercise, Person, Profile

__all__ = ["VERSION", "Key", "kept", "sought"]

Key = tuple[str, ...]

VERSION: Key = ("keys", "3")
"""Is kept beside the keys: where another version is, or none, all are made anew."""

_DATED, _UNDATED = "dated", "undated"


def kept(of: Profile) -> frozenset[Key]:
    """By what a thing is found."""
    match of:
        case Person():
            return frozenset(_of_person(of))
        case Exercise():
            return frozenset(_of_exercise(of))
        case Agreement():
            return frozenset({*_of_signed(of), *_of_titled(of, _DATED if of.signed else _UNDATED)})


def sought(of: Profile) -> frozenset[Key]:
    """By what a thing finds others: if a rule joins two things, each seeks a key that the other keeps."""
    if not isinstance(of, Agreement):
        return kept(of)
    # A title joins two agreements of which one at most is dated.
    return frozenset({*_of_signed(of), *_of_titled(of, _UNDATED), *(() if of.signed else _of_titled(of, _DATED))})


def _of_person(of: Person) -> Iterator[Key]:
    for family in of.families:
        for name in {name for names in of.given for name in names if len(name) > 1}:
            yield "person", family, name
    for position, organization in of.offices:
        for family in of.families:
            yield "person", family, position, organization
        for sound in of.sounds if position in HELD_BY_ONE and position != OTHER else ():
            yield "person", "sound", sound, position, organization


def _of_exercise(of: Exercise) -> Iterator[Key]:
    names = {name for _, name in of.names} | of.series
    if of.start is None:
        if of.issued and is_precise(of.issued):
            for month in _months_around(of.issued[0], DAYS_OF_NEWS):
                yield from (("exercise", name, month) for name in names)
        return
    for name in names:
        yield from (("exercise", name, year) for year in _years(of.start))
        for day in (*of.start, *(of.end or ())):
            yield "exercise", name, day[:7]
    if is_precise(of.start):
        yield from (("exercise", of.start[0], place) for place in of.places | of.states)
    if is_within_a_month(of.start):
        yield from (("exercise", of.start[0][:7], place) for place in of.places)


def _of_signed(of: Agreement) -> Iterator[Key]:
    if of.signed is None:
        return
    if of.parties:
        yield from ((*_by_parties(of), year) for year in _years(of.signed))
    if is_precise(of.signed):
        yield "agreement", of.type, of.signed[0]


def _of_titled(of: Agreement, dated: str) -> Iterator[Key]:
    if of.parties:
        common = (*_by_parties(of), dated)
        yield from ((*common, year) for year in title_years(of))
        yield from ((*common, language, stem) for language, _ in of.titles for stem in title_stems(of, language))


def _by_parties(of: Agreement) -> Key:
    """Type and parties: of a company, whose name texts shorten, only that there is one."""
    return "agreement", of.type, *sorted(party for party in of.parties if "/" in party), str(len(of.parties))


def _years(of: Bounds) -> list[str]:
    return [str(year) for year in range(int(of[0][:4]), int(of[1][:4]) + 1)]


def _months_around(day: str, days: int) -> list[str]:
    """The months in which a day lies that is at most so many days away."""
    middle = date.fromisoformat(day)
    return sorted({(middle + timedelta(away)).isoformat()[:7] for away in range(-days, days + 1)})
