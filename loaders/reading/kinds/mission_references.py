"""Which missions a text speaks of, and by which words."""

from collections.abc import Iterator
from dataclasses import dataclass

from loaders.reading.context import Context
from loaders.reading.facts import Entity, Stated
from loaders.reading.gazetteer import KnownEntity
from loaders.reading.kinds.exercise_attributes import place_of
from loaders.reading.mentions import EntityMention
from loaders.reading.names import entity_of


@dataclass(frozen=True, slots=True)
class MissionReference:
    """Words that speak of a mission: the tokens from `first` up to, not including, `last`.

    Arguments:
        head: the noun, or the head of the name.
        entity: the mission, or None where words neither name nor describe it well enough.
        frameworks, locations: what the words themselves say.
        rule: how it was found.
        plural: whether missions in general are meant.
    """

    first: int
    last: int
    head: int
    entity: Entity | None
    frameworks: tuple[Stated[Entity], ...]
    locations: tuple[Stated[Entity], ...]
    rule: str
    plural: bool = False


def references(context: Context) -> list[MissionReference]:
    """All references of a text, in their order."""
    named = [_named(context, m) for m in context.mentions.all if m.entity.kind == "mission"]
    covered = {i for r in named for i in range(r.first - 3, r.last)}
    described = [r for r in _described(context) if r.head not in covered]
    aid = [r for r in _aid(context) if all(r.head not in context.clause(o.head) for o in (*named, *described))]
    return sorted([*named, *described, *aid], key=lambda r: r.first)


def _named(context: Context, mention: EntityMention) -> MissionReference:
    """A mission that the gazetteer knows, or a name in quotation marks after «миссия»."""
    clause = context.clause(mention.head)
    inner = [m.known for m in context.names.find(context.text.tokens[mention.first + 1 : mention.last])]
    frameworks = [
        _stated(context, entity_of(k, context.language), mention.head) for k in inner if k.kind == "organization"
    ]
    locations = [
        _stated(context, entity_of(k, context.language), mention.head) for k in inner if k.kind in {"state", "place"}
    ]
    around = {*context.phrase(mention.head), *_above(context, mention.head)}
    frameworks += [_stated(context, m.entity, m.head) for m in context.mentions.within(around, "organization")]
    locations += [_stated(context, place_of(m, context), m.head) for m in _places(context, mention, clause)]
    return MissionReference(
        mention.first, mention.last, mention.head, mention.entity, tuple(frameworks), tuple(locations), "mission-named"
    )


def _above(context: Context, head: int) -> list[int]:
    """The nouns on which a name hangs, with their adjectives («в составе натовских сил KFOR»)."""
    found: list[int] = []
    token = context.text.tokens[head]
    while token.head is not None and context.text.tokens[token.head].pos in {"NOUN", "PROPN"} and len(found) < 12:
        token = context.text.tokens[token.head]
        if not context.senses.has(token.index, "mission_noun", "force"):
            break
        found += [token.index, *(c for c in context.text.children[token.index] if c < head)]
    return found


def _places(context: Context, mention: EntityMention, clause: tuple[int, ...]) -> Iterator[EntityMention]:
    """Where it is: in brackets after the name, or with «в» or «на» in its clause, where that names no other mission."""
    tokens = context.text.tokens
    after = mention.last
    while after < len(tokens) and tokens[after].text in {"»", '"', "”"}:
        after += 1
    if after + 1 < len(tokens) and tokens[after].text == "(":
        close = next((i for i in range(after, min(after + 8, len(tokens))) if tokens[i].text == ")"), after)
        yield from context.places(range(after, close))
    others = [m for m in context.mentions.within(clause, "mission") if m.entity != mention.entity]
    candidates = range(mention.last, mention.last + 4) if others else clause
    for place in context.places([i for i in candidates if i in clause]):
        if context.senses_of_preposition(place) == "in" and place.form != "anaphor":
            yield place


def _described(context: Context) -> Iterator[MissionReference]:
    """«миссия ООН на Голанских высотах», «миротворческая операция ЕС в Мали», «миссия ООН»."""
    for sense in context.senses.all("mission_noun"):
        head = next(
            (i for i in range(sense.first, sense.last) if context.text.tokens[i].pos in {"NOUN", "PROPN"}), sense.first
        )
        tokens = context.phrase(head)
        if any(context.senses.has(i, "not_mission") for i in tokens):
            continue
        organizations = [m for m in context.mentions.within(tokens, "organization") if _owns(context, m)]
        sure = context.senses.has(head, "mission_sure") or any(
            context.senses.has(i, "mission_modifier") for i in tokens
        )
        if not (sure or organizations) or (not sure and context.text.tokens[head].lemma == "сила"):
            continue
        places = [m for m in context.places(tokens) if context.senses_of_preposition(m) == "in"]
        if not organizations and not places and not sure:
            continue
        known = _known(context, organizations, places)
        plural = context.text.tokens[head].number == "Plur" and not places
        yield MissionReference(
            sense.first, sense.last, head, entity_of(known, context.language) if known else None,
            tuple(_stated(context, m.entity, m.head) for m in organizations),
            tuple(_stated(context, place_of(m, context), m.head) for m in places),
            "mission-described" if known else "mission-unnamed", plural,
        )  # fmt: skip


def _owns(context: Context, mention: EntityMention) -> bool:
    return context.senses_of_preposition(mention) in {"", "in"}


def _known(context: Context, organizations: list[EntityMention], places: list[EntityMention]) -> KnownEntity | None:
    """The only mission of the gazetteer of one of these organizations in one of these places."""
    owners = {m.entity.iri for m in organizations}
    where = {m.entity.iri for m in places if m.entity.iri}
    fitting = [
        k
        for k in context.names.by_iri.values()
        if k.kind == "mission" and owners & set(k.frameworks) and where & set(k.locations)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _aid(context: Context) -> Iterator[MissionReference]:
    """«В Ливан были направлены группы врачей для оказания помощи»: a mission without a name."""
    for sense in context.senses.all("send"):
        verb = sense.first
        if context.text.tokens[verb].pos != "VERB":
            continue
        tokens = context.clause(verb)
        if not any(context.senses.has(i, "aid") for i in tokens):
            continue
        places = [m for m in context.places(tokens) if context.senses_of_preposition(m) == "to"]
        if places:
            where = tuple(_stated(context, place_of(m, context), m.head) for m in places)
            yield MissionReference(verb, verb + 1, verb, None, (), where, "mission-aid")


def _stated(context: Context, entity: Entity, index: int) -> Stated[Entity]:
    return Stated(entity, context.evidence(index), context.rule("mission-words"))
