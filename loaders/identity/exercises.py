"""When exercises of several documents are one edition, and when they cannot be: a small rule a case, with a name."""

from collections.abc import Callable

from loaders.identity.days import apart, days_between, is_precise, is_within_a_month
from loaders.identity.link import Link
from loaders.identity.things import Exercise

__all__ = ["DAYS_OF_NEWS", "RULES", "opposed"]

_DAYS_OF_ONE_EDITION = 45
DAYS_OF_NEWS = 60


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
    if undated.issued is None or not is_precise(undated.issued) or not is_within_a_month(dated.start):
        return None
    days = min(abs(days_between(undated.issued[0], day)) for day in (*dated.start, *(dated.end or ())))
    return Link(0.8, "identity/exercise-name-and-news") if days <= DAYS_OF_NEWS else None


def exercise_days_and_place(one: Exercise, other: Exercise) -> Link | None:
    """Without a name in one of the texts: begun on the same day at the same place by the same participants."""
    if (one.names and other.names) or not _is_one_event(one, other):
        return None
    return Link(0.8, "identity/exercise-days-and-place")


def exercise_month_and_place(one: Exercise, other: Exercise) -> Link | None:
    """Without a name in one of the texts: in the same month at the same place (below a state) by the same states."""
    if (one.names and other.names) or one.start is None or other.start is None:
        return None
    if not (is_within_a_month(one.start) and is_within_a_month(other.start)):
        return None
    alike = one.places & other.places and len(one.participants) > 1 and one.participants == other.participants
    return Link(0.75, "identity/exercise-month-and-place") if alike else None


def exercise_translated_name(one: Exercise, other: Exercise) -> Link | None:
    """Names in two languages that are no spellings of each other, of what begins on the same day at the same place."""
    languages = {language for language, _ in one.names}, {language for language, _ in other.names}
    if not all(languages) or languages[0] & languages[1] or not _is_one_event(one, other):
        return None
    ends_alike = one.end is None or other.end is None or not apart(one.end, other.end)
    return Link(0.8, "identity/exercise-translated-name") if ends_alike else None


RULES: tuple[Callable[[Exercise, Exercise], Link | None], ...] = (
    exercise_name_and_year, exercise_name_and_news, exercise_days_and_place, exercise_month_and_place,
    exercise_translated_name,
)  # fmt: skip


def opposed(one: Exercise, other: Exercise) -> bool:
    """Whether they cannot be one: they are other editions, or one language has two names for them."""
    return _are_other_editions(one, other) or _are_namedapart(one, other)


def _are_of_one_name(one: Exercise, other: Exercise) -> bool:
    return bool(one.series & other.series or {n for _, n in one.names} & {n for _, n in other.names})


def _are_other_editions(one: Exercise, other: Exercise) -> bool:
    """Whether dates or places tell two editions apart. Texts may differ by days on one edition; not by its year."""
    if one.start is None or other.start is None:
        return False
    if not apart(one.start, other.start):
        return _are_elsewhere(one, other) and not (is_precise(one.start) and is_precise(other.start))
    if not _are_of_one_name(one, other) or one.start[0][:4] != other.start[0][:4]:
        return True
    return _are_elsewhere(one, other) or abs(days_between(one.start[0], other.start[0])) > _DAYS_OF_ONE_EDITION


def _are_elsewhere(one: Exercise, other: Exercise) -> bool:
    """Whether they are in different states."""
    return bool(one.states and other.states and not one.states & other.states)


def _are_namedapart(one: Exercise, other: Exercise) -> bool:
    """Whether one language has two names for them."""
    if _are_of_one_name(one, other):
        return False
    return bool({language for language, _ in one.names} & {language for language, _ in other.names})


def _is_one_event(one: Exercise, other: Exercise) -> bool:
    if one.start is None or other.start is None or one.start != other.start or not is_precise(one.start):
        return False
    shared = one.participants & other.participants
    if not shared or not (one.participants <= other.participants or other.participants <= one.participants):
        return False
    return bool(one.places & other.places or (one.states & other.states and len(shared) > 1))
