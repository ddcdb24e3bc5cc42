"""Missions abroad: which, of which organization, where, and who contributes whom since when.

A mission is an entity of the gazetteer (by acronym, name or description), or is described by organization and place,
or is left without a name. Each clause that speaks of one is searched for contributors.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from loaders.reading.context import Context
from loaders.reading.facts import Deployment, Entity, Fact, Mission, Modality, Personnel, Span, Stated
from loaders.reading.kinds.mission_contributors import Contribution, Contributors
from loaders.reading.kinds.mission_references import MissionReference, references


@dataclass(slots=True)
class Gathered:
    """What was found of one mission. A working value of this module only."""

    entity: Entity | None
    frameworks: dict[str, Stated[Entity]] = field(default_factory=dict)
    locations: dict[str, Stated[Entity]] = field(default_factory=dict)
    contributions: list[Contribution] = field(default_factory=list)
    evidence: list[Span] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    modality: Modality = "held"


def find(context: Context) -> Iterator[Fact]:
    """The missions of a text, with the deployments to them."""
    contributors = Contributors(context)
    missions: list[Gathered] = []
    found = references(context)
    for reference in found:
        mission = _mission(missions, reference)
        mission.evidence += context.evidence(reference.head)
        mission.rules.append(reference.rule)
        for stated in reference.frameworks:
            mission.frameworks.setdefault(stated.value.iri or stated.value.name, stated)
        for stated in reference.locations:
            mission.locations.setdefault(stated.value.iri or stated.value.name, stated)
        mission.contributions += contributors.of(reference, found)
    for mission in missions:
        fact = _fact(context, mission)
        if fact is not None:
            yield fact


def _mission(missions: list[Gathered], reference: MissionReference) -> Gathered:
    """The mission that a reference means: the same entity is the same mission, one without a name is one of its own."""
    if reference.entity is not None:
        for mission in missions:
            if mission.entity is not None and _key(mission.entity) == _key(reference.entity):
                return mission
    missions.append(Gathered(reference.entity))
    return missions[-1]


def _key(entity: Entity) -> str:
    return entity.iri or entity.name.casefold()


def _fact(context: Context, mission: Gathered) -> Mission | None:
    """The fact; a mission without a name needs a contributor of its own."""
    deployments = tuple(_deployments(context, mission.contributions))
    if mission.entity is None and not any(d.modality == "held" or d.modality == "planned" for d in deployments):
        return None
    unreal = bool(deployments) and all(d.modality in {"denied", "cancelled", "proposed"} for d in deployments)
    return Mission(
        evidence=tuple(dict.fromkeys(mission.evidence)), rule=context.rule(mission.rules[0]),
        confidence=0.9 if mission.entity else 0.7, entity=mission.entity,
        modality=deployments[0].modality if unreal and mission.entity is None else "held",
        frameworks=tuple(mission.frameworks.values()), locations=tuple(mission.locations.values()),
        deployments=deployments,
    )  # fmt: skip


def _deployments(context: Context, contributions: list[Contribution]) -> Iterator[Deployment]:
    """One deployment per actor, kind of personnel and start; what adds nothing to another is left out."""
    kept: list[Contribution] = []
    for contribution in contributions:
        for n, other in enumerate(kept):
            if _same(contribution, other):
                kept[n] = _joined(other, contribution)
                break
        else:
            kept.append(contribution)
    for c in kept:
        yield Deployment(
            evidence=context.evidence(*c.tokens), rule=context.rule(c.rule), modality=c.modality, actor=c.actor,
            since=c.since, until=c.until, personnel=c.personnel, headcount=c.headcount,
        )  # fmt: skip


def _same(one: Contribution, other: Contribution) -> bool:
    if (one.actor.state or one.actor.name) != (other.actor.state or other.actor.name):
        return False
    kinds: set[Personnel | None] = {one.personnel, other.personnel}
    starts = {str(x.since.value) for x in (one, other) if x.since}
    return len(kinds - {None}) < 2 and len(starts) < 2 and one.modality == other.modality


def _joined(one: Contribution, other: Contribution) -> Contribution:
    return replace(
        one, since=one.since or other.since, until=one.until or other.until,
        personnel=one.personnel or other.personnel, headcount=one.headcount or other.headcount,
    )  # fmt: skip
