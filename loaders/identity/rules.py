"""Which rules there are for which things: what two things have in common that may be one, whether they are."""

from loaders.identity import agreements, exercises, persons
from loaders.identity.days import is_precise, is_within_a_month
from loaders.identity.link import Link
from loaders.identity.things import Agreement, Exercise, Person, Profile

__all__ = ["keys", "link", "opposed"]


def keys(of: Profile) -> frozenset[tuple[str, ...]]:
    """Under what a thing is looked for: two things that a rule can join have a key in common."""
    match of:
        case Person():
            return frozenset(("person", sound) for sound in of.sounds)
        case Exercise():
            named = {("exercise", name) for _, name in of.names} | {("exercise", series) for series in of.series}
            month = {("exercise", of.start[0][:7])} if of.start and is_within_a_month(of.start) else set()
            return frozenset(named | month)
        case Agreement():
            by_parties = {("agreement", of.type, *sorted(of.parties))} if of.parties else set()
            by_day = {("agreement", of.type, of.signed[0])} if of.signed and is_precise(of.signed) else set()
            return frozenset(by_parties | by_day)


def link(one: Profile, other: Profile) -> Link | None:
    """The surest rule by which two things are one, if there is any; they are of different documents."""
    if opposed(one, other):
        return None
    match one, other:
        case Person(), Person():
            found = [rule(one, other) for rule in persons.RULES]
        case Exercise(), Exercise():
            found = [rule(one, other) for rule in exercises.RULES]
        case Agreement(), Agreement():
            found = [rule(one, other) for rule in agreements.RULES]
        case _:
            return None
    return max((each for each in found if each is not None), default=None)


def opposed(one: Profile, other: Profile) -> bool:
    """Whether two things cannot be one, whatever else speaks for it."""
    match one, other:
        case Person(), Person():
            return persons.opposed(one, other)
        case Exercise(), Exercise():
            return exercises.opposed(one, other)
        case Agreement(), Agreement():
            return agreements.opposed(one, other)
        case _:
            return True
