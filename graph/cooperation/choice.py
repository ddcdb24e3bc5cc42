"""Choosing among doings: by kind, time, organization and actor."""

from collections.abc import Iterable
from dataclasses import dataclass

from graph.cooperation.doings import JointDoing

__all__ = ["Choice", "chosen"]


@dataclass(frozen=True, slots=True)
class Choice:
    """What is wanted; whatever is empty lets all pass.

    Arguments:
        kinds: kinds of doings.
        since, until: years between which a doing was, at least in part; undated ones pass only if both are None.
        organization: IRI of the organization under which it is held, or that has part in it.
        actors: IRIs of actors that must all have part in it.
    """

    kinds: frozenset[str] = frozenset()
    since: int | None = None
    until: int | None = None
    organization: str = ""
    actors: tuple[str, ...] = ()


def chosen(doings: Iterable[JointDoing], choice: Choice) -> list[JointDoing]:
    """The doings that are wanted, in the order in which they came."""
    since = f"{choice.since:04}-01-01" if choice.since is not None else ""
    until = f"{choice.until:04}-12-31" if choice.until is not None else ""
    return [
        doing
        for doing in doings
        if (not choice.kinds or doing.kind in choice.kinds)
        and (not since or doing.last_day >= since)
        and (not until or "" < doing.first_day <= until)
        and (not choice.organization or choice.organization in {*doing.organizations, *doing.actors})
        and all(actor in doing.actors for actor in choice.actors)
    ]
