"""Whose a mission is and where, when not the words that name it say so but others of the text."""

from collections import Counter
from dataclasses import dataclass, field, replace

from loaders.reading.context import Context
from loaders.reading.facts import Entity, Span, Stated
from loaders.reading.kinds.mission_contributors import Contribution
from loaders.reading.kinds.mission_references import MissionReference
from loaders.reading.mentions import EntityMention

WHERE = frozenset({"in", "on", "to"})


@dataclass(slots=True)
class Gathered:
    """What was found of one mission. A working value of this module and of `missions`."""

    entity: Entity | None
    frameworks: dict[str, Stated[Entity]] = field(default_factory=dict)
    locations: dict[str, Stated[Entity]] = field(default_factory=dict)
    contributions: list[Contribution] = field(default_factory=list)
    evidence: list[Span] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    plural: bool = False
    described: bool = False
    """Whether a noun of its own says that it is a mission."""


def has_noun(context: Context, reference: MissionReference) -> bool:
    """«MINUSCA миссиясында», "the UNIFIL mission": whether a noun for missions stands with the name."""
    above = context.text.tokens[reference.head].head
    words = {*range(reference.first, reference.last), reference.head, *([] if above is None else [above])}
    return any(context.senses.has(i, "mission_noun") for i in words)


def owners(missions: list[Gathered]) -> tuple[dict[str, Stated[Entity]], dict[str, Stated[Entity]]]:
    """Whose missions a text speaks of; and those of which it says so in general, or of several of theirs.

    "The CAF, where the MINUSCA mission is" says all that it will: that another mission is the United Nations' does not
    tell whose that one is.
    """
    told = [(iri, stated, mission) for mission in missions for iri, stated in mission.frameworks.items()]
    times = Counter(iri for iri, _, _ in told)
    general = {iri: s for iri, s, mission in told if mission.entity is None or mission.plural or times[iri] > 1}
    return {iri: stated for iri, stated, _ in told}, general


def complete(context: Context, mission: Gathered, of_text: dict[str, Stated[Entity]]) -> None:
    """Whose a known mission is and where, if its paragraph names that organization or, beside it, that place."""
    known = context.names.by_iri.get(mission.entity.iri or "") if mission.entity else None
    if known is None:
        return
    rule = context.rule("mission-known-owner")
    for owner in known.frameworks:
        if owner in of_text:
            mission.frameworks.setdefault(owner, replace(of_text[owner], rule=rule, confidence=0.7))
    told = set(mission.evidence)
    paragraphs = {s.paragraph for s in context.text.sentences if s.span in told}
    for mention in context.mentions.all:
        iri = mention.entity.iri
        if iri not in known.frameworks and iri not in known.locations:
            continue
        if iri in known.frameworks and context.sentence(mention.head).paragraph in paragraphs:
            mission.frameworks.setdefault(iri, Stated(mention.entity, context.evidence(mention.head), rule, 0.7))
        evidence = context.evidence(mention.head)
        near = evidence[0] in told or _leads_to(context, mention, told)
        if (
            iri in known.locations
            and near
            and (context.relation_of(mention) in WHERE or _is_left_for(context, mention))
        ):
            mission.locations.setdefault(iri, Stated(context.place(mention), evidence, rule, 0.7))


def _leads_to(context: Context, mention: EntityMention, told: set[Span]) -> bool:
    """«Косовода қызмет еткен бітімгерлер оралды. Олар KFOR құрамында болды»: where those serve of whom the sentence
    before the mission speaks."""
    here = context.sentence(mention.head)
    after = context.text.sentences[min(here.index + 1, len(context.text.sentences) - 1)]
    if after.span not in told or after.paragraph != here.paragraph or after is here:
        return False
    words = range(here.first, here.last)
    serving = any(context.senses.has(i, "deploy") for i in words)
    return serving and any(context.senses.has(i, "peacekeeper") for i in words)


def _is_left_for(context: Context, mention: EntityMention) -> bool:
    """ "Left for the Golan Heights", "returned from Lebanon, where they served": where one is sent, or was."""
    verb, relation = context.text.clauses[mention.head], context.relation_of(mention)
    return (relation == "for" and context.senses.has(verb, "send")) or (
        relation == "from" and context.senses.has(verb, "return_home")
    )
