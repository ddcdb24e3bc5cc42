"""Which rules there are for which things: whether two things are one, or cannot be."""

from loaders.identity import agreements, exercises, persons
from loaders.identity.link import Link
from loaders.identity.things import Agreement, Exercise, Person, Profile

__all__ = ["link", "opposed"]


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
