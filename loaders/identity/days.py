"""Days that are known within bounds, compared."""

from datetime import date

from loaders.identity.things import Bounds

__all__ = ["apart", "days_between", "is_precise", "is_within_a_month"]


def apart(one: Bounds | None, other: Bounds | None) -> bool:
    """Whether both are known and no day can be in both."""
    return one is not None and other is not None and (one[1] < other[0] or other[1] < one[0])


def is_precise(when: Bounds) -> bool:
    """Whether the day is known."""
    return when[0] == when[1]


def is_within_a_month(when: Bounds) -> bool:
    """Whether the month is known."""
    return when[0][:7] == when[1][:7]


def days_between(one: str, other: str) -> int:
    """From one day to the other (ISO 8601)."""
    return (date.fromisoformat(other) - date.fromisoformat(one)).days
