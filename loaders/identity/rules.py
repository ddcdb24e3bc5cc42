"""When two things of different documents are one, and when they cannot be: one small rule a case, each with a name.

A rule's name goes into the graph as the origin of the identification. The confidences are set by hand, below the shares
of right pairs that `bench/reading/identity.py` counts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from loaders.identity.spelling import content_stems, sounds, years_in
from loaders.identity.things import Agreement, Bounds, Exercise, Person, Profile
from ontology import concept

__all__ = ["Link", "keys", "link", "opposed"]

_HELD_BY_ONE = frozenset(
    concept("role", role)
    for role in ("minister", "head-of-state", "prime-minister", "chief-of-general-staff", "secretary-general")
)
_OTHER = concept("role", "other")
_SHORTEST_SOUND = 2
_DAYS_OF_ONE_EDITION = 45
_DAYS_OF_NEWS = 60


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """That two things are one, by a rule."""

    confidence: float
    rule: str


def keys(of: Profile) -> frozenset[tuple[str, ...]]:
    """Under what a thing is looked for: two things that a rule can join have a key in common."""
    match of:
        case Person():
            return frozenset(("person", sound) for sound in of.sounds)
        case Exercise():
            named = {("exercise", name) for _, name in of.names} | {("exercise", series) for series in of.series}
            month = {("exercise", of.start[0][:7])} if of.start and _is_within_a_month(of.start) else set()
            return frozenset(named | month)
        case Agreement():
            by_parties = {("agreement", of.type, *sorted(of.parties))} if of.parties else set()
            by_day = {("agreement", of.type, of.signed[0])} if of.signed and _is_precise(of.signed) else set()
            return frozenset(by_parties | by_day)


def link(one: Profile, other: Profile) -> Link | None:
    """The surest rule by which two things are one, if there is any; they are of different documents."""
    if opposed(one, other):
        return None
    match one, other:
        case Person(), Person():
            found = [rule(one, other) for rule in _PERSONS]
        case Exercise(), Exercise():
            found = [rule(one, other) for rule in _EXERCISES]
        case Agreement(), Agreement():
            found = [rule(one, other) for rule in _AGREEMENTS]
        case _:
            return None
    return max((each for each in found if each is not None), default=None)


def opposed(one: Profile, other: Profile) -> bool:
    """Whether two things cannot be one, whatever else speaks for it."""
    match one, other:
        case Person(), Person():
            return not _given_agree(one, other)
        case Exercise(), Exercise():
            return _are_other_editions(one, other) or _are_named_apart(one, other)
        case Agreement(), Agreement():
            return _apart(one.signed, other.signed) or _titles_clash(one, other)
        case _:
            return True


# Persons


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
    offices = {office for office in one.offices & other.offices if office[0] != _OTHER}
    return Link(0.95, "identity/person-surname-and-office") if offices and one.families & other.families else None


def person_sound_and_office(one: Person, other: Person) -> Link | None:
    """A surname that sounds alike, and an office that one person holds: «Курбонов» and “Kurbanov”, minister."""
    offices = {office for office in one.offices & other.offices if office[0] in _HELD_BY_ONE}
    alike = {sound for sound in one.sounds & other.sounds if len(sound) >= _SHORTEST_SOUND}
    return Link(0.85, "identity/person-sound-and-office") if offices and alike else None


def person_surname_and_organization(one: Person, other: Person) -> Link | None:
    """The same surname and some office of the same organization that the texts do not name more closely."""
    offices = {office for office in one.offices & other.offices if office[0] == _OTHER}
    return Link(0.75, "identity/person-surname-and-organization") if offices and one.families & other.families else None


_PERSONS: tuple[Callable[[Person, Person], Link | None], ...] = (
    person_full_name, person_surname_and_office, person_sound_and_office, person_surname_and_organization,
)  # fmt: skip


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


# Exercises


def exercise_name_and_year(one: Exercise, other: Exercise) -> Link | None:
    """The same name or series in whatever alphabet, and the same year."""
    if one.start is None or other.start is None or not _are_of_one_name(one, other):
        return None
    return Link(0.9, "identity/exercise-name-and-year")


def exercise_name_and_news(one: Exercise, other: Exercise) -> Link | None:
    """The same name without a date, in a document of the weeks of an edition, and nothing else speaks against it."""
    dated, undated = (one, other) if other.start is None else (other, one)
    if dated.start is None or undated.start is not None or not _are_of_one_name(one, other):
        return None
    if undated.issued is None or not _is_precise(undated.issued) or not _is_within_a_month(dated.start):
        return None
    days = min(abs(_days(undated.issued[0], day)) for day in (*dated.start, *(dated.end or ())))
    return Link(0.8, "identity/exercise-name-and-news") if days <= _DAYS_OF_NEWS else None


def exercise_days_and_place(one: Exercise, other: Exercise) -> Link | None:
    """Without a name in one of the texts: begun on the same day at the same place by the same participants."""
    if (one.names and other.names) or not _is_one_event(one, other):
        return None
    return Link(0.8, "identity/exercise-days-and-place")


def exercise_month_and_place(one: Exercise, other: Exercise) -> Link | None:
    """Without a name in one of the texts: in the same month at the same place (below a state) by the same states."""
    if (one.names and other.names) or one.start is None or other.start is None:
        return None
    if not (_is_within_a_month(one.start) and _is_within_a_month(other.start)):
        return None
    alike = one.places & other.places and len(one.participants) > 1 and one.participants == other.participants
    return Link(0.75, "identity/exercise-month-and-place") if alike else None


def exercise_translated_name(one: Exercise, other: Exercise) -> Link | None:
    """Names in two languages that are no spellings of each other, of what begins on the same day at the same place."""
    languages = {language for language, _ in one.names}, {language for language, _ in other.names}
    if not all(languages) or languages[0] & languages[1] or not _is_one_event(one, other):
        return None
    ends_alike = one.end is None or other.end is None or not _apart(one.end, other.end)
    return Link(0.8, "identity/exercise-translated-name") if ends_alike else None


_EXERCISES: tuple[Callable[[Exercise, Exercise], Link | None], ...] = (
    exercise_name_and_year, exercise_name_and_news, exercise_days_and_place, exercise_month_and_place,
    exercise_translated_name,
)  # fmt: skip


def _are_of_one_name(one: Exercise, other: Exercise) -> bool:
    return bool(one.series & other.series or {n for _, n in one.names} & {n for _, n in other.names})


def _are_other_editions(one: Exercise, other: Exercise) -> bool:
    """Whether dates or places tell two editions apart. Texts may differ by days on one edition; not by its year."""
    if one.start is None or other.start is None:
        return False
    if not _apart(one.start, other.start):
        return _are_elsewhere(one, other) and not (_is_precise(one.start) and _is_precise(other.start))
    if not _are_of_one_name(one, other) or one.start[0][:4] != other.start[0][:4]:
        return True
    return _are_elsewhere(one, other) or abs(_days(one.start[0], other.start[0])) > _DAYS_OF_ONE_EDITION


def _are_elsewhere(one: Exercise, other: Exercise) -> bool:
    """Whether they are in different states."""
    return bool(one.states and other.states and not one.states & other.states)


def _are_named_apart(one: Exercise, other: Exercise) -> bool:
    """Whether one language has two names for them."""
    if _are_of_one_name(one, other):
        return False
    return bool({language for language, _ in one.names} & {language for language, _ in other.names})


def _is_one_event(one: Exercise, other: Exercise) -> bool:
    if one.start is None or other.start is None or one.start != other.start or not _is_precise(one.start):
        return False
    shared = one.participants & other.participants
    if not shared or not (one.participants <= other.participants or other.participants <= one.participants):
        return False
    return bool(one.places & other.places or (one.states & other.states and len(shared) > 1))


# Agreements


def agreement_date(one: Agreement, other: Agreement) -> Link | None:
    """The same type, the same parties, and days of signing that can be one."""
    if one.signed is None or other.signed is None or one.type != other.type or not _have_parties_alike(one, other):
        return None
    named_alike = bool(_common_stems(one, other))
    for known, confidence in ((_is_precise, 0.9), (_is_within_a_month, 0.85)):
        if known(one.signed) and known(other.signed):
            return Link(confidence, "identity/agreement-day" if confidence > 0.85 else "identity/agreement-month")
    if named_alike or _speak_differently(one, other):
        return Link(0.8 if named_alike else 0.7, "identity/agreement-year")
    return None


def agreement_title(one: Agreement, other: Agreement) -> Link | None:
    """The same type, parties and title, or the year that both titles are for; a date in one text at most."""
    if one.type != other.type or not _have_parties_alike(one, other) or (one.signed and other.signed):
        return None
    years = _title_years(one) & _title_years(other)
    if years or _common_stems(one, other):
        return Link(0.85 if years else 0.75, "identity/agreement-title")
    return None


_AGREEMENTS: tuple[Callable[[Agreement, Agreement], Link | None], ...] = (agreement_date, agreement_title)


def _have_parties_alike(one: Agreement, other: Agreement) -> bool:
    """The same parties; of companies one may be called by a part of the other's name."""
    mine, theirs = one.parties - other.parties, other.parties - one.parties
    if not one.parties or len(mine) != len(theirs):
        return False
    return all(any(_is_part_of(name, longer) for longer in theirs) for name in mine)


def _is_part_of(one: str, other: str) -> bool:
    words = set(one.split()), set(other.split())
    return "/" not in one + other and (words[0] <= words[1] or words[1] <= words[0])


def _title_years(of: Agreement) -> frozenset[str]:
    return frozenset(year for _, title in of.titles for year in years_in(title))


def _titles_clash(one: Agreement, other: Agreement) -> bool:
    """Whether the titles are for different years, or in one language about different things."""
    years = _title_years(one), _title_years(other)
    if all(years) and years[0] != years[1]:
        return True
    for language in _languages(one) & _languages(other):
        mine, theirs = _stems(one, language), _stems(other, language)
        if mine and theirs and not mine & theirs:
            return True
    return False


def _common_stems(one: Agreement, other: Agreement) -> frozenset[str]:
    common: frozenset[str] = frozenset()
    for language in _languages(one) & _languages(other):
        common |= _stems(one, language) & _stems(other, language)
    return common


def _speak_differently(one: Agreement, other: Agreement) -> bool:
    return not _languages(one) & _languages(other)


def _languages(of: Agreement) -> frozenset[str]:
    return frozenset(language for language, _ in of.titles)


def _stems(of: Agreement, language: str) -> frozenset[str]:
    return frozenset(stem for tag, title in of.titles if tag == language for stem in content_stems(title))


# Dates


def _apart(one: Bounds | None, other: Bounds | None) -> bool:
    return one is not None and other is not None and (one[1] < other[0] or other[1] < one[0])


def _is_precise(when: Bounds) -> bool:
    return when[0] == when[1]


def _is_within_a_month(when: Bounds) -> bool:
    return when[0][:7] == when[1][:7]


def _days(one: str, other: str) -> int:
    return (date.fromisoformat(other) - date.fromisoformat(one)).days
