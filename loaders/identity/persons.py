"""When two persons of different documents are one, and when they cannot be: one small rule a case, each with a name."""

from collections.abc import Callable

from loaders.identity.link import Link
from loaders.identity.spelling import sounds
from loaders.identity.things import Person
from ontology import concept

__all__ = ["HELD_BY_ONE", "OTHER", "RULES", "opposed"]

HELD_BY_ONE = frozenset(
    concept("role", role)
    for role in ("minister", "head-of-state", "prime-minister", "chief-of-general-staff", "secretary-general")
)
OTHER = concept("role", "other")
_SHORTEST_SOUND = 2


def person_full_name(one: Person, other: Person) -> Link | None:
    """“Ruslan Zhaksylykov”, «Руслан Жаксылыков»: one surname and given name, and no state speaks against it."""
    if not one.families & other.families:
        return None
    in_full = {name for names in one.given for name in names if len(name) > 1}
    shared = in_full & {name for names in other.given for name in names}
    if not shared or (one.states and other.states and not one.states & other.states):
        return None
    return Link(0.95, "identity/person-full-name")


def person_surname_and_office(one: Person, other: Person) -> Link | None:
    """The same surname and the same office: «министр обороны РК Косанов», “Kazakh Defence Minister Kosanov”."""
    offices = {office for office in one.offices & other.offices if office[0] != OTHER}
    return Link(0.95, "identity/person-surname-and-office") if offices and one.families & other.families else None


def person_sound_and_office(one: Person, other: Person) -> Link | None:
    """A surname that sounds alike, and an office that one person holds: «Курбонов» and “Kurbanov”, minister."""
    offices = {office for office in one.offices & other.offices if office[0] in HELD_BY_ONE}
    alike = {sound for sound in one.sounds & other.sounds if len(sound) >= _SHORTEST_SOUND}
    return Link(0.85, "identity/person-sound-and-office") if offices and alike else None


def person_surname_and_organization(one: Person, other: Person) -> Link | None:
    """The same surname and some office of the same organization that the texts do not name more closely."""
    offices = {office for office in one.offices & other.offices if office[0] == OTHER}
    return Link(0.75, "identity/person-surname-and-organization") if offices and one.families & other.families else None


RULES: tuple[Callable[[Person, Person], Link | None], ...] = (
    person_full_name, person_surname_and_office, person_sound_and_office, person_surname_and_organization,
)  # fmt: skip


def opposed(one: Person, other: Person) -> bool:
    """Whether they cannot be one: their given names differ."""
    return not _given_agree(one, other)


def _given_agree(one: Person, other: Person) -> bool:
    """Whether the given names can be those of one person: one of them sounds alike, or is the other's initial."""
    return all(
        any(_sound_alike(name, theirs) for name in mine for theirs in others)
        for mine in one.given
        for others in other.given
    )


def _sound_alike(one: str, other: str) -> bool:
    if min(len(one), len(other)) == 1:
        return one[0] == other[0]
    return sounds(one) == sounds(other)
