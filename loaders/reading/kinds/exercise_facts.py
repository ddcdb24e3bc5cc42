"""From what was gathered of an event to the fact: its modality, its dates, each actor and place once."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date as day
from itertools import pairwise

from loaders.reading.context import Context
from loaders.reading.facts import Entity, Exercise, Modality, PartialDate, Span, Stated
from loaders.reading.kinds.exercise_attributes import UNREAL, Attributes
from loaders.reading.kinds.exercise_events import Event
from loaders.reading.modality import STRENGTH
from loaders.reading.text import fold


@dataclass(slots=True)
class Gathered:
    """What was found of one event. A working value of this package only."""

    attributes: Attributes = field(default_factory=Attributes)
    verdicts: list[Modality] = field(default_factory=list)
    passages: list[Span] = field(default_factory=list)


def facts(context: Context, event: Event, gathered: Gathered) -> Iterator[Exercise]:
    """The fact that an event amounts to, and what the text denies of it."""
    found = gathered.attributes
    modality = settle(gathered.verdicts)
    participants = distinct(s for s in found.participants if s.value.kind in {"state", "body"})
    if is_national(event, found, participants) or is_empty(event, found):
        return
    if not event.name and not (found.dates or found.locations):
        return
    taking_part = {s.value.state for s in participants}
    observers = distinct([*found.observers, *(s for s in found.watched_by if s.value.state not in taking_part)])
    watching = {s.value.state for s in observers}
    participants = tuple(s for s in participants if s.value.state not in watching)
    start, end = when(context, event, found)
    passages = tuple(dict.fromkeys(gathered.passages)) or context.evidence(*(r.noun for r in event.references))
    yield Exercise(
        evidence=passages, rule=context.rule("exercise-named" if event.name else "exercise-unnamed"),
        confidence=0.9 if event.name else 0.75, modality=modality, name=event.name, kind=event.kind,
        series=event.series, start=start, end=end, locations=distinct(found.locations),
        frameworks=distinct(f for f in found.frameworks if not _is_itself(event, f)),
        participants=participants, observers=observers,
        headcount=found.headcounts[0] if found.headcounts else None,
    )  # fmt: skip


def _is_itself(event: Event, framework: Stated[Entity]) -> bool:
    """Whether a framework is the exercise: a clause that tells of another one under it."""
    return bool(event.key) and event.key in {framework.value.iri, fold(framework.value.name)}


def settle(verdicts: list[Modality]) -> Modality:
    """The modality of an event of which several things are said: a cancellation stands unless it is taken back."""
    if not verdicts:
        return "held"
    if verdicts[-1] in {"cancelled", "denied"} or all(v in UNREAL for v in verdicts):
        return max(verdicts, key=lambda v: STRENGTH[v])
    return min((v for v in verdicts if v not in UNREAL), key=lambda v: STRENGTH[v])


def is_national(event: Event, found: Attributes, participants: tuple[Stated[Entity], ...]) -> bool:
    """Whether nothing says that more than one state is concerned."""
    states = {s.value.state for s in participants}
    if not event.name:
        return len(states) < 2 and not (_is_told_of(found) and (found.frameworks or (found.joint and not states)))
    watched = found.observers or found.watched_by
    if found.joint or found.frameworks or watched or event.series or event.kind == "competition":
        return False
    # «участвует в учениях «Пламя» (Индия)»: held in another state, it is one with others.
    if states and any(s.value.kind == "state" and s.value.state not in states for s in found.locations):
        return False
    return len(states) < 2 and (found.national or len(states) == 1)


def _is_told_of(found: Attributes) -> bool:
    """«Учения ОДКБ пройдут в июне в Таджикистане»: where it is, or when by the month, and not merely that there are
    some."""
    dated = any(d.start is not None and d.start.month is not None for _, d in found.dates)
    return dated or bool(found.locations)


def is_empty(event: Event, found: Attributes) -> bool:
    """Whether the text says nothing of an exercise but that somebody stayed away from it."""
    said = (found.participants, found.observers, found.watched_by, found.frameworks, found.locations, found.dates)
    return bool(found.absent) and not any(said) and event.year is None


def renamed(framework: Stated[Entity], names: dict[str, str]) -> Stated[Entity]:
    """The framework under the name that the text uses for it."""
    name = names.get(framework.value.iri or "") if framework.value.kind == "series" else None
    return replace(framework, value=replace(framework.value, name=name)) if name else framework


def distinct(values: Iterator[Stated[Entity]] | list[Stated[Entity]]) -> tuple[Stated[Entity], ...]:
    """Each entity once; a body of a state and the state itself are one."""
    found: dict[str, Stated[Entity]] = {}
    for value in values:
        entity = value.value
        key = entity.state or entity.name if entity.kind in {"state", "body"} else f"{entity.iri or entity.name}"
        if key not in found or (found[key].value.kind == "state" and entity.kind == "body"):
            found[key] = value
    return tuple(found.values())


def when(
    context: Context, event: Event, found: Attributes
) -> tuple[Stated[PartialDate] | None, Stated[PartialDate] | None]:
    """Beginning and end: the most precise of what is said; else the year that stands in the name."""
    rule = context.rule("exercise-date")
    starts: list[tuple[PartialDate, Span]] = []
    ends: list[tuple[PartialDate, Span]] = []
    for role, date in found.dates:
        if role in {"start", "range"} and date.start:
            starts.append((date.start, date.span))
        if role in {"end", "range"} and date.end:
            ends.append((date.end, date.span))
        elif role == "end" and date.start:
            ends.append((date.start, date.span))
    joined = _joined(found)
    starts, ends = (starts, [*joined, *ends]) if joined else (starts, ends)
    start = pick(starts)
    end = pick([e for e in ends if start is None or order(e[0]) >= order(start[0])])
    stated_start = Stated(start[0], evidence(context, start[1]), rule) if start else None
    # The year of its end is none of its beginning, unless the name gives it.
    named = end is None or any(r.year is not None for r in event.references)
    if stated_start is None and event.year is not None and named:
        spans = context.evidence(event.references[0].noun)
        stated_start = Stated(PartialDate(event.year), spans, context.rule("exercise-year-in-name"))
    return stated_start, Stated(end[0], evidence(context, end[1]), rule) if end else None


def _joined(found: Attributes) -> list[tuple[PartialDate, Span]]:
    """ "The harbour phase from 13 to 15 October and the sea phase from 16 to 18 October": the end of the last of
    periods that follow on each other."""
    ranges = [(d.start, d.end, d.span) for role, d in found.dates if role == "range" and d.start and d.end]
    ends: list[tuple[PartialDate, Span]] = []
    for before, after in pairwise(ranges):
        if not ends and before[1].day is not None and after[0].day is not None and _follows(before[1], after[0]):
            ends = [(after[1], after[2])]
    return ends


def _follows(end: PartialDate, start: PartialDate) -> bool:
    """Whether a day is the one after another, or the same."""
    if end.day is None or end.month is None or start.day is None or start.month is None:
        return False
    return 0 <= (day(start.year, start.month, start.day) - day(end.year, end.month, end.day)).days <= 1


def evidence(context: Context, span: Span) -> tuple[Span, ...]:
    """The sentence that a date stands in."""
    return context.evidence(context.tokens_of(span)[0])


def order(date: PartialDate) -> tuple[int, int, int]:
    """For comparing dates."""
    return date.year, date.month or 0, date.day or 0


def pick(dates: list[tuple[PartialDate, Span]]) -> tuple[PartialDate, Span] | None:
    """The first date, made more precise by a later one that agrees with it."""
    if not dates:
        return None
    best = dates[0]
    for date in dates[1:]:
        if compatible(best[0], date[0]) and precision(date[0]) > precision(best[0]):
            best = date
    return best


def precision(date: PartialDate) -> int:
    """1 for a year, 2 for a month, 3 for a day."""
    return 1 + (date.month is not None) + (date.day is not None)


def compatible(one: PartialDate, other: PartialDate) -> bool:
    """Whether one date may be the other, more precisely."""
    return (
        one.year == other.year
        and (one.month is None or other.month is None or one.month == other.month)
        and (one.day is None or other.day is None or one.day == other.day)
    )
