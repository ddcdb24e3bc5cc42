"""Which rules there are for which things: whether two things are one, or cannot be."""

from functools import lru_cache

from loaders.identity import agreements, exercises, persons
from loaders.identity.link import Link
from loaders.identity.things import Agreement, Exercise, Person, Profile

__all__ = ["link", "opposed"]

_PAIRS = 20_000
"""The same two things are compared again and again while documents come that tell of one of them."""


@lru_cache(maxsize=_PAIRS)
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


@lru_cache(maxsize=_PAIRS)
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
