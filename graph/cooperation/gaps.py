"""Who was always there and is not named this time: gaps in what an organization or series holds year after year."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from graph.cooperation.doings import JointDoing

__all__ = ["Gap", "gaps"]

_KINDS = frozenset(("exercise", "competition"))


@dataclass(frozen=True, slots=True)
class Gap:
    """An actor that documents name in each of the last years, and not in the latest.

    Arguments:
        actor: IRI of who is missing.
        group: IRI of the series or organization whose exercises are meant.
        years: in which documents name the actor, in order.
        missing: the latest year, in which they name others.
        documents: IRIs of those that tell of that year, sorted.
    """

    actor: str
    group: str
    years: tuple[int, ...]
    missing: int
    documents: tuple[str, ...]


def gaps(doings: Iterable[JointDoing], *, year: int | None = None, before: int = 2) -> list[Gap]:
    """The gaps, the latest first.

    Arguments:
        doings: of all kinds; exercises and competitions count, unless they are only planned.
        year: the year in which somebody is missing; each group's latest, if None.
        before: in how many of the group's years before that an actor must be named, without exception.
    """
    groups: dict[str, dict[int, list[JointDoing]]] = defaultdict(lambda: defaultdict(list))
    for doing in doings:
        if doing.kind in _KINDS and doing.first_day and doing.actors and not doing.planned:
            for group in (*doing.series, *doing.organizations):
                groups[group][int(doing.first_day[:4])].append(doing)
    found: list[Gap] = []
    for group, by_year in groups.items():
        latest = max(by_year) if year is None else year
        earlier = sorted(y for y in by_year if y < latest)[-before:]
        if latest not in by_year or len(earlier) < before:
            continue
        named = {y: {actor for doing in by_year[y] for actor in doing.actors} for y in (*earlier, latest)}
        always = set.intersection(*(named[y] for y in earlier)) - named[latest] - {group}
        documents = tuple(sorted({document for doing in by_year[latest] for document in doing.documents}))
        for actor in always:
            years = tuple(y for y in sorted(by_year) if y < latest and any(actor in d.actors for d in by_year[y]))
            found.append(Gap(actor, group, years, latest, documents))
    return sorted(found, key=lambda gap: (-gap.missing, gap.group, gap.actor))
