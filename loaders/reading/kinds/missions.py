"""Missions abroad: which, of which organization, where, and who contributes whom since when.

A mission is an entity of the gazetteer (by acronym, name or description), or is described by organization and place,
or is left without a name. Each clause that speaks of one is searched for contributors.
"""

from collections.abc import Iterator
from dataclasses import replace

from loaders.reading.context import Context
from loaders.reading.facts import Deployment, Entity, Exercise, Fact, Mission, Personnel, Span
from loaders.reading.kinds.mission_contributors import Contribution, Contributors
from loaders.reading.kinds.mission_lists import from_lists
from loaders.reading.kinds.mission_owners import Gathered, complete, has_noun, owners
from loaders.reading.kinds.mission_personnel import PERSONNEL
from loaders.reading.kinds.mission_references import MissionReference, references
from loaders.reading.kinds.mission_tables import from_tables
from loaders.reading.text import Sentence

CARRIED_SENTENCES = 2


def find(context: Context) -> Iterator[Fact]:
    """The missions of a text, with the deployments to them."""
    contributors = Contributors(context)
    missions: list[Gathered] = []
    found = _resolved(context, references(context))
    of_reference: dict[int, Gathered] = {}
    for reference in found:
        mission = of_reference[reference.head] = _mission(missions, reference)
        mission.evidence += context.evidence(reference.head)
        mission.rules.append(reference.rule)
        mission.described |= has_noun(context, reference)
        for stated in reference.frameworks:
            mission.frameworks.setdefault(stated.value.iri or stated.value.name, stated)
        for stated in reference.locations:
            mission.locations.setdefault(stated.value.iri or stated.value.name, stated)
        mission.contributions += contributors.of(reference, found)
    for reference, contribution in carried(context, contributors, found):
        of_reference[reference.head].contributions.append(contribution)
    for reference in found:
        mission = of_reference[reference.head]
        if mission.entity is not None:
            mission.contributions += contributors.ranked(reference, mission.contributions)
    for reference, contribution in from_tables(context, found):
        _mission(missions, reference).contributions.append(contribution)
    for reference, contribution in from_lists(context, contributors, found):
        _mission(missions, reference).contributions.append(contribution)
    of_any, of_all = owners(missions)
    for mission in missions:
        complete(context, mission, of_all if mission.described else of_any)
        fact = _fact(context, mission)
        if fact is not None:
            yield fact


def _resolved(context: Context, found: list[MissionReference]) -> list[MissionReference]:
    """The references, a bare "the mission" being the one that the paragraph spoke of last, or the text's only one."""
    resolved: list[MissionReference] = []
    only = len({_key(r.entity) for r in found if r.entity is not None}) == 1
    for reference in found:
        here = context.sentence(reference.head)
        before = [r for r in resolved if only or context.sentence(r.head).paragraph == here.paragraph]
        named = {r.entity for r in before if r.entity is not None and r.head < reference.head}
        if _is_bare(reference) and _is_definite(context, reference.head) and len(named) == 1:
            resolved.append(replace(reference, entity=named.pop(), rule="mission-again"))
        else:
            resolved.append(reference)
    return resolved


def _is_definite(context: Context, noun: int) -> bool:
    """ "The mission", «эта миссия»; in languages with cases, which have no articles, «миссияда», «в составе миссии»."""
    below = [context.text.tokens[c] for c in context.text.children[noun] if c < noun]
    if context.text.tokens[noun].case and not below and context.senses.has(noun, "mission_sure"):
        return context.text.tokens[noun].number == "Sing"
    return context.text.tokens[noun].number == "Sing" and any(
        t.rel == "det" and context.senses.has(t.index, "same") for t in below
    )


def carried(
    context: Context, contributors: Contributors, found: list[MissionReference]
) -> Iterator[tuple[MissionReference, Contribution]]:
    """The contributions in clauses without a mission, up to two sentences after the only one of a paragraph."""
    by_sentence: dict[int, list[MissionReference]] = {}
    for reference in found:
        by_sentence.setdefault(context.sentence(reference.head).index, []).append(reference)
    for sentence in context.text.sentences:
        window = range(sentence.index - CARRIED_SENTENCES - 2, sentence.index + 1)
        close = (r for number in window for r in by_sentence.get(number, ()))
        near = [r for r in close if _is_told_of(r) and _is_near(context, r, sentence)]
        near = [r for r in near if context.sentence(r.head) is sentence] or near
        if not near or len({_key(r.entity) if r.entity else str(r.head) for r in near}) > 1:
            continue
        clauses: dict[int, list[int]] = {}
        for token in context.text.of(sentence):
            clauses.setdefault(context.text.clauses[token.index], []).append(token.index)
        for head, tokens in clauses.items():
            if _speaks_on(context, head, tokens, near[-1], found):
                for contribution in contributors.carried(near[-1], tuple(tokens), context.text.tokens[head]):
                    yield near[-1], contribution


def _is_told_of(reference: MissionReference) -> bool:
    """Whether words name a mission, or describe one by its owner and place."""
    described = bool(reference.frameworks and reference.locations) and not reference.plural
    return reference.entity is not None or described


def _is_near(context: Context, reference: MissionReference, sentence: Sentence) -> bool:
    """Whether a sentence can go on about a mission: in its paragraph, or farther on where it points to its place."""
    there = context.sentence(reference.head)
    distance = sentence.index - there.index
    if not 0 <= distance <= CARRIED_SENTENCES + 2 or reference.head >= sentence.last:
        return False
    if distance <= CARRIED_SENTENCES and there.paragraph == sentence.paragraph:
        return True
    where = {s.value.iri for s in reference.locations}
    pointed = [m for m in context.mentions.within(range(sentence.first, sentence.last)) if m.form == "anaphor"]
    return any(m.entity.iri in where for m in pointed)


def _speaks_on(
    context: Context, head: int, tokens: list[int], reference: MissionReference, found: list[MissionReference]
) -> bool:
    """Whether a clause goes on about a mission: its verb is one of service, and it names no other thing."""
    if head < reference.head or any(r.head in tokens and not _is_bare(r) for r in found):
        return False
    if (
        not context.senses.has(head, "deploy", "send", "begin_service", "return_home")
        and context.text.tokens[head].pos == "VERB"
    ):
        return False
    if any(context.senses.has(i, "exercise_noun", "competition_noun", "not_mission") for i in tokens):
        return False
    if any(m.entity.kind in {"exercise", "series"} for m in context.mentions.within(tokens)) or _of_exercise(
        context, head
    ):
        return False
    places = [m for m in context.places(tokens) if context.relation_of(m) in {"in", "to"}]
    where = {s.value.iri for s in reference.locations}
    if any(context.place(m).iri not in where for m in places):
        return False
    pointing = any(context.senses.has(i, "mission_pointer", "mission_noun", "where") for i in tokens)
    personnel = any(context.senses.has(i, *PERSONNEL, "peacekeeper") for i in tokens)
    return pointing or personnel


def _of_exercise(context: Context, head: int) -> bool:
    """Whether the sentence of a word is one in which an exercise was found by its name."""
    span = context.sentence(head).span
    words = span.of(context.text.text).casefold()
    named = (f.name.casefold() for f in context.once(_exercises).get(span, ()) if f.name)
    return any(name in words for name in named)


def _exercises(context: Context) -> dict[Span, list[Exercise]]:
    """The exercises by the sentences that tell of them."""
    found: dict[Span, list[Exercise]] = {}
    for fact in context.facts:
        if isinstance(fact, Exercise):
            for span in fact.evidence:
                found.setdefault(span, []).append(fact)
    return found


def _is_bare(reference: MissionReference) -> bool:
    """«В состав миссии направлен …»: a noun alone, which means the mission spoken of."""
    return reference.entity is None and not (reference.frameworks or reference.locations or reference.plural)


def _mission(missions: list[Gathered], reference: MissionReference) -> Gathered:
    """The mission that a reference means: the same entity is the same mission, one without a name is one of its own."""
    if reference.entity is not None:
        for mission in missions:
            if mission.entity is not None and _key(mission.entity) == _key(reference.entity):
                return mission
    missions.append(Gathered(reference.entity, plural=reference.plural))
    return missions[-1]


def _key(entity: Entity) -> str:
    return entity.iri or entity.name.casefold()


def _fact(context: Context, mission: Gathered) -> Mission | None:
    """The fact; a mission without a name needs a contributor of its own."""
    deployments = tuple(_deployments(context, mission.contributions))
    if mission.entity is None and not _is_told(mission, deployments):
        return None
    unreal = bool(deployments) and all(d.modality in {"denied", "cancelled", "proposed"} for d in deployments)
    return Mission(
        evidence=tuple(dict.fromkeys(mission.evidence)), rule=context.rule(mission.rules[0]),
        confidence=0.9 if mission.entity else 0.7, entity=mission.entity,
        modality=deployments[0].modality if unreal and mission.entity is None else "held",
        frameworks=tuple(mission.frameworks.values()), locations=tuple(mission.locations.values()),
        deployments=deployments,
    )  # fmt: skip


def _is_told(mission: Gathered, deployments: tuple[Deployment, ...]) -> bool:
    """Whether a mission without a name is one: it has a contributor, and a place, a beginning or an owner."""
    real = [d for d in deployments if d.modality in {"held", "planned"}]
    if mission.plural:
        return any(d.since for d in real)
    return bool(real) and (bool(mission.locations or mission.frameworks) or any(d.since for d in real))


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
