"""Which missions a text speaks of, and by which words."""

from collections.abc import Iterator
from dataclasses import dataclass

from loaders.reading.context import Context
from loaders.reading.facts import Entity, Stated
from loaders.reading.gazetteer import KnownEntity
from loaders.reading.kinds.mission_locations import namesake, of_mission, place_in_brackets, places_of_clause
from loaders.reading.kinds.mission_names import called, is_again, of_described
from loaders.reading.kinds.mission_personnel import PERSONNEL
from loaders.reading.kinds.mission_places import further_places, known_mission, places_beside, stationed
from loaders.reading.mentions import EntityMention
from loaders.reading.names import entity_of
from loaders.reading.relations import BARE

NOUN_REACH = 12
"""How far before a name in brackets its noun may stand."""


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
    mentions = [m for m in context.mentions.all if m.entity.kind == "mission"]
    mentions = [m for m in mentions if not _is_spelled_out(context, m, mentions)]
    mentions = [of_described(context, m, mentions) for m in mentions]
    named = [_named(context, m, mentions) for m in mentions]
    named += [r for m in mentions for r in _listed_with(context, m)]
    reach = 0 if context.relations.head_final else 3  # «миссии ООН UNIFIL»: the noun before the name
    covered = {i for r in named for i in (*range(r.first - reach, r.last), r.head, *_above(context, r.head)[:1])}
    described = [r for r in _described(context) if r.head not in covered and not _is_apposed(context, r, named)]
    told = {s.value.iri for r in (*named, *described) for s in r.locations}
    placed = list(_stationed(context, [*named, *described]))
    aid = [
        r for r in _aid(context)
        if all(r.head not in context.clause(o.head) for o in (*named, *described, *placed))
        and not (r.rule == "mission-sent" and any(s.value.iri in told for s in r.locations))
    ]  # fmt: skip
    return sorted([*named, *described, *aid, *placed], key=lambda r: r.first)


def _is_spelled_out(context: Context, mention: EntityMention, others: list[EntityMention]) -> bool:
    """«В миссию Африканского союза в Сомали (АТМИС)»: words that another mission's name in brackets makes exact."""
    if mention.last >= len(context.text.tokens) or context.text.tokens[mention.last].text != "(":
        return False
    return any(o.first == mention.last + 1 and o.entity != mention.entity for o in others)


def _stationed(context: Context, told: list[MissionReference]) -> Iterator[MissionReference]:
    """«Миротворцы служат в Ливане и на Голанских высотах»: missions told by their places alone."""
    for mention, known in stationed(context):
        sentence = context.sentence(mention.head)
        here = [r for r in told if sentence.first <= r.head < sentence.last]
        taken = {s.value.iri for r in here if r.entity is None or r.entity.iri == known.iri for s in r.locations}
        same = any(r.entity is not None and r.entity.iri == known.iri for r in here)
        if same or mention.entity.iri in taken or any(mention.first in range(r.first, r.last) for r in told):
            continue
        place = (_stated(context, of_mission(context, known, context.place(mention)), mention.head),)
        entity = entity_of(known, context.language)
        yield MissionReference(mention.first, mention.last, mention.head, entity, (), place, "mission-stationed")


def _is_apposed(context: Context, described: MissionReference, named: list[MissionReference]) -> bool:
    """ "MONUSCO, the UN mission in the Congo", "the United Nations mission, MINUSMA": one mission told twice."""
    tokens = context.text.tokens
    for reference in named:
        for one, other in ((described, reference), (reference, described)):
            above = tokens[one.head].head if tokens[one.head].rel == "appos" else None
            if above is not None and (above == other.head or other.first <= above < other.last):
                return True
            if above is not None and one is reference and above in context.phrase(other.head):
                return True  # "NATO's peacekeeping force in Kosovo, KFOR"
    return False


def _named(context: Context, mention: EntityMention, others: list[EntityMention]) -> MissionReference:
    """A mission that the gazetteer knows."""
    head = _noun_before_bracket(context, mention)
    first, last = mention.first, mention.last
    words = [entity_of(known, context.language) for known in _inner(context, first, last)]
    frameworks = [_stated(context, w, mention.head) for w in words if w.kind == "organization"]
    locations = [_stated(context, w, mention.head) for w in words if w.kind in {"state", "place"}]
    around = {*context.phrase(mention.head), *_above(context, mention.head), *context.phrase(head)}
    around |= _listing(context, mention)
    frameworks += [_stated(context, m.entity, m.head) for m in context.mentions.within(around, "organization")]
    places = [*place_in_brackets(context, mention), *places_of_clause(context, head, mention, others)]
    locations += [_stated(context, namesake(context, mention, context.place(m)), m.head) for m in places]
    return MissionReference(
        mention.first,
        mention.last,
        head,
        called(context, mention),
        tuple(frameworks),
        tuple(locations),
        "mission-named",
    )


def _listed_with(context: Context, mention: EntityMention) -> Iterator[MissionReference]:
    """«Миссии ООН в Ливане, на Кипре и в ЦАР»: the first is a name of the gazetteer, the others are told by place."""
    if mention.known is None or context.relations.head_final:
        return
    if not context.senses.has(mention.first, "mission_noun"):
        return
    for place in further_places(context, [mention]):
        known = known_mission(context, mention.known.frameworks, [place])
        if known is not None:
            where = (_stated(context, context.place(place), place.head),)
            entity = entity_of(known, context.language)
            yield MissionReference(place.first, place.last, place.head, entity, (), where, "mission-listed")


def _inner(context: Context, first: int, last: int) -> list[KnownEntity]:
    """What the words of a mission's name name besides it: "[United Nations] Interim Force in [Lebanon]"."""
    found: dict[str, KnownEntity] = {}
    covered: set[int] = set()
    slices = [(first, last - 1), *((begin, last) for begin in range(first + 1, last))]
    for begin, end in slices:
        for match in context.names.find(context.text.tokens[begin:end]):
            words = set(range(match.first, match.last))
            if match.known.kind in {"organization", "state", "place"} and not words & covered:
                found.setdefault(match.known.iri, match.known)
                covered |= words
    return list(found.values())


def _noun_before_bracket(context: Context, mention: EntityMention) -> int:
    """«миссии ООН (МООНЮС)»: the noun before the bracket; else the head of the name."""
    tokens = context.text.tokens
    if mention.first < 2 or tokens[mention.first - 1].text != "(":
        return mention.head
    begin = context.text.sentence_of(mention.first).first
    near = range(mention.first - 2, max(begin, mention.first - NOUN_REACH) - 1, -1)
    return next((i for i in near if context.senses.has(i, "mission_noun")), mention.head)


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


def _listing(context: Context, mention: EntityMention) -> set[int]:
    """The noun under which a list of missions stands: «в пяти миссиях ООН: UNIFIL, UNDOF»; or the line above."""
    sentence = context.text.sentence_of(mention.first)
    heading = context.text.heading(sentence)
    words: set[int] = set()
    for index in range(sentence.first, mention.first):
        if context.senses.has(index, "mission_noun") and context.text.tokens[index].number == "Plur":
            words |= set(context.phrase(index))
    for index in range(heading.first, heading.last) if heading else ():
        if context.senses.has(index, "mission_noun"):
            words |= set(context.phrase(index))
    return words


def _described(context: Context) -> Iterator[MissionReference]:
    """«миссия ООН на Голанских высотах», «миротворческая операция ЕС в Мали», «миссия ООН»."""
    for sense in context.senses.all("mission_noun"):
        nouns = [i for i in range(sense.first, sense.last) if context.text.tokens[i].pos in {"NOUN", "PROPN"}]
        head = context.head(sense) if context.head(sense) in nouns else next(iter(nouns), sense.first)
        tokens = context.phrase(head)
        if any(context.senses.has(i, "not_mission") for i in tokens):
            continue
        organizations = [m for m in context.mentions.within(tokens, "organization") if _owns(context, m)]
        sure = context.senses.has(head, "mission_sure") or any(
            context.senses.has(i, "mission_modifier") for i in tokens
        )
        again = not (sure or organizations) and is_again(context, head)
        sure = sure or again
        forces = not sure and context.senses.has(head, "forces_noun")
        if not (sure or organizations):
            continue
        end = max([sense.last, *(m.last for m in organizations)])
        beside = range(end, min(end + 5, context.sentence(head).last))
        places = [m for m in context.places({*tokens, *beside}) if context.relation_of(m) in {"in", "on"}]
        places = [m for m in places if m.head in tokens or m.first <= end + 2]
        if not organizations and not places and not sure:
            continue
        if not places and context.relations.head_final:
            # «ҰҚШҰ күштері 2022 жылы Қазақстанда болды»: where stands before the verb, however far from the noun.
            located = [m for m in context.places(context.clause(head)) if context.relation_of(m) == "in"]
            places = located if len({m.entity.iri for m in located}) == 1 else []
        elif not places and organizations:
            places = places_beside(context, head, [m.entity.iri for m in organizations])
        if forces and _known(context, organizations, places) is None:
            continue  # «силы НАТО» are a mission where the alliance has one
        plural = context.text.tokens[head].number == "Plur" or _is_counted(context, head)
        plural = plural and not forces
        places = [*places, *further_places(context, places)] if plural else places
        for where in _each_by_itself(context, organizations, places) if plural else [places]:
            known = _known(context, organizations, where)
            yield MissionReference(
                sense.first, sense.last, head, entity_of(known, context.language) if known else None,
                tuple(_stated(context, m.entity, m.head) for m in organizations),
                tuple(_stated(context, of_mission(context, known, context.place(m)), m.head) for m in where),
                "mission-described" if known else "mission-unnamed", plural and not places,
            )  # fmt: skip


def _is_counted(context: Context, head: int) -> bool:
    """«БҰҰ-ның бес миссиясы»: where a noun after a number shows no plural."""
    numbers = (n for c in context.text.children[head] if c < head for n in context.numbers_in([c]))
    return context.relations.head_final and any(n.value > 1 and not n.year_like and not n.ordinal for n in numbers)


def _each_by_itself(
    context: Context, organizations: list[EntityMention], places: list[EntityMention]
) -> list[list[EntityMention]]:
    """ "The UN missions in South Sudan and Abyei": a mission in each place, where one of them is known."""
    apart = [[place] for place in places]
    one_known = len(apart) > 1 and any(_known(context, organizations, [place]) is not None for place in places)
    return apart if one_known else [places]


def _owns(context: Context, mention: EntityMention) -> bool:
    attributive = context.text.tokens[mention.head].rel in {"compound", "amod", "nmod:poss"}
    return attributive or context.relation_of(mention) in BARE | {"in"}


def _known(context: Context, organizations: list[EntityMention], places: list[EntityMention]) -> KnownEntity | None:
    """The only mission of the gazetteer of one of these organizations in one of these places."""
    known = known_mission(context, [m.entity.iri for m in organizations], places)
    if known is None and places and not organizations:
        there = [k for k in context.names.missions if k.iri in {m.entity.iri for m in context.mentions.all}]
        meant = [k for k in there if {m.entity.iri for m in places} & set(k.locations)]
        known = meant[0] if len(meant) == 1 else None  # «миссия на Голанах», after the text has named it
    return known


def _aid(context: Context) -> Iterator[MissionReference]:
    """«В Ливан были направлены группы врачей для оказания помощи», «… 120 миротворцев»: a mission without a name."""
    for sense in context.senses.all("send", "serve_abroad"):
        verb = sense.first
        if context.text.tokens[verb].pos != "VERB":
            continue
        tokens = context.clause(verb)
        serving = sense.name == "serve_abroad"
        aiding = any(context.senses.has(i, "aid") for i in tokens)
        if not aiding and not any(context.senses.has(i, "peacekeeper") for i in tokens):
            continue
        if aiding and _only_goods(context, verb, tokens):
            continue
        places = [m for m in context.places(tokens) if context.relation_of(m) == ("in" if serving else "to")]
        if places and not (serving and (aiding or _at_home(context, tokens, places))):
            where = tuple(_stated(context, context.place(m), m.head) for m in places)
            rule = "mission-aid" if aiding else "mission-sent"
            yield MissionReference(verb, verb + 1, verb, None, (), where, rule)


def _only_goods(context: Context, verb: int, tokens: tuple[int, ...]) -> bool:
    """«Ауғанстанға гуманитарлық көмек жіберді»: aid is sent, and nobody with it."""
    sent = [a.head for a in context.arguments(verb) if a.role == "object"]
    people = any(context.senses.has(i, *PERSONNEL, "force", "peacekeeper") for i in tokens)
    return any(context.senses.has(i, "aid") for i in sent) and not people


def _at_home(context: Context, tokens: tuple[int, ...], places: list[EntityMention]) -> bool:
    """Whether those who serve somewhere are of no other state."""
    where = {m.entity.state for m in places}
    others = [m for m in context.mentions.within(tokens, "state", "body") if m not in places]
    return not any(m.entity.state and m.entity.state not in where for m in others)


def _stated(context: Context, entity: Entity, index: int) -> Stated[Entity]:
    return Stated(entity, context.evidence(index), context.rule("mission-words"))
