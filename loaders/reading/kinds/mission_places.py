"""Missions told by where they are: «миротворцы служат на Голанских высотах», «в Косове, в миссии НАТО»."""

from collections.abc import Iterator, Sequence

from loaders.reading.context import Context
from loaders.reading.facts import FACTUAL
from loaders.reading.gazetteer import KnownEntity
from loaders.reading.kinds.clause_limits import DASHES
from loaders.reading.kinds.mission_locations import is_namesake
from loaders.reading.kinds.mission_personnel import PERSONNEL
from loaders.reading.mentions import EntityMention
from ontology import entity

INSIDE = frozenset({"in", "on"})
ORGANIZATION_OF_PEACEKEEPERS = entity("organization", "UN")
ALLIANCE = entity("organization", "NATO")


def known_mission(
    context: Context, organizations: Sequence[str | None], places: Sequence[EntityMention]
) -> KnownEntity | None:
    """The only mission of the gazetteer that one of these organizations has in one of these places; of several the only
    one that has not ended."""
    owners = set(organizations)
    where = {m.entity.iri for m in places if m.entity.iri}
    owned = [k for k in context.names.missions if owners & set(k.frameworks)]
    fitting = [k for k in owned if where & set(k.locations)] or [
        k for k in owned if any(is_namesake(context, k, m.entity) for m in places)
    ]
    going_on = [k for k in fitting if not k.ended]
    fitting = going_on if len(going_on) == 1 else fitting
    return fitting[0] if len(fitting) == 1 else None


def places_beside(context: Context, head: int, organizations: Sequence[str | None]) -> list[EntityMention]:
    """«В Косове, в миссии НАТО», «вернулся из Ливана, где служил в миссии ООН»: the place in which the organization
    has its only mission, named elsewhere in the clause or before the clause that says "where"."""
    clause = context.clause(head)
    returns = any(context.senses.has(i, "return_home") for i in clause)
    goes = any(context.senses.has(i, "send") for i in clause)  # «отправились на Голанские высоты в рамках миссии ООН»
    there = INSIDE | {"to"} if goes else INSIDE
    located = [m for m in context.places(clause) if returns or context.relation_of(m) in there]
    if any(context.senses.has(i, "where") for i in clause):
        predicate = context.predicate(head)
        if predicate.head is not None:
            located += [m for m in context.places(context.phrase(predicate.head)) if m.first < min(clause)]
    fitting = [m for m in located if known_mission(context, organizations, [m]) is not None]
    if not fitting:  # "which hosts the SADC mission's base, withdrew its soldiers from Mozambique"
        sentence = context.sentence(head)
        around = [m for m in context.places(range(sentence.first, sentence.last)) if m.form in {"name", "model"}]
        around = [m for m in around if context.relation_of(m) in {"in", "from", "to"}]
        fitting = [m for m in around if known_mission(context, organizations, [m]) is not None]
    return fitting[:1] if len({m.entity.iri for m in fitting}) == 1 else []


def further_places(context: Context, places: Sequence[EntityMention]) -> list[EntityMention]:
    """«Миссии ООН на Кипре, в Ливане и Мали»: the places that go on a list, the first with a preposition of its own."""
    found: list[EntityMention] = []
    at = places[-1].last if places else len(context.text.tokens)
    end = context.sentence(at - 1).last
    while at < end:
        token = context.text.tokens[at]
        named = [m for m in context.mentions.at(at) if m.first == at and m.entity.kind in {"state", "place"}]
        listed = context.text.tokens[at - 1].pos == "ADP" or (found and context.senses.has(at - 1, "list_sign"))
        if named and listed:
            found.append(named[0])
            at = named[0].last
        elif token.pos == "ADP" or context.senses.has(at, "list_sign"):
            at += 1
        else:
            break
    return [m for m in found if m not in places]


def stationed(context: Context) -> Iterator[tuple[EntityMention, KnownEntity]]:
    """Places in which peacekeepers serve, each with the only mission that the United Nations have there.

    The clause speaks of service and of those who serve; its sentence, or the one before it in the paragraph, speaks of
    peacekeepers or of a mission.
    """
    for mention in context.mentions.all:
        if mention.entity.kind not in {"state", "place"} or context.in_title(mention.first):
            continue
        clause = _with_verb(context, mention)
        sent = any(context.senses.has(i, "send") for i in clause)
        if not context.relations.head_final:  # who is sent somewhere need not be of the mission that is there too
            observers = any(context.senses.has(i, "military_observer") for i in clause)
            aiding = any(context.senses.has(i, "aid") for i in clause)
            sent = sent and not aiding and (observers or _names_owner(context, mention.head))
        sent = sent and context.modality(mention.head) in FACTUAL
        there = INSIDE | {"to"} if sent else INSIDE  # «Ливанға аттанды»
        # «Руандадан 850 бітімгер жіберілді»: where those who are sent come from is no mission
        leaving = ("return_home",) if context.relations.head_final else ("return_home", "send")
        if any(context.senses.has(i, *leaving) for i in clause) and context.modality(mention.head) in FACTUAL:
            there = there | {"from"}  # «вернулись из Ливана»
        first = context.coordinated(mention)[0]  # «в Западной Сахаре, ЦАР, ДР Конго»: its preposition holds for all
        there = there | {"to"} if _is_unit_to(context, mention) else there
        if mention.form not in {"name", "model"} or not there & {context.relation_of(m) for m in (mention, first)}:
            continue
        if _is_unit_to(context, mention):
            known = known_mission(context, [ORGANIZATION_OF_PEACEKEEPERS], [mention])
            if known is not None:
                yield mention, known
            continue
        serves = any(context.senses.has(i, "deploy") for i in clause)
        people = any(context.senses.has(i, *PERSONNEL, "peacekeeper") or _stands_for_them(context, i) for i in clause)
        if not serves or not people or not _speaks_of_peace(context, mention.head):
            continue
        known = known_mission(context, [ORGANIZATION_OF_PEACEKEEPERS], [mention])
        if known is not None and (_names_owner(context, mention.head) or not _of_alliance(context, mention)):
            yield mention, known


def _is_unit_to(context: Context, mention: EntityMention) -> bool:
    """ "China's seventh peacekeeping battalion to South Sudan": a unit called by where it goes."""
    above = context.text.tokens[mention.head].head
    if above is None or context.relation_of(mention) != "to" or context.text.tokens[above].pos not in {"NOUN", "PROPN"}:
        return False
    described = (above, *(c for c in context.text.children[above] if c < above))
    return context.senses.has(above, *PERSONNEL, "peacekeeper") and any(
        context.senses.has(i, "peacekeeper", "mission_modifier") for i in described
    )


def _with_verb(context: Context, mention: EntityMention) -> Sequence[int]:
    """The clause of a place; «четверо служат в Ливане, двое – в Мали»: the sentence, if a dash is its verb."""
    dash = mention.first - 2
    sentence = context.sentence(mention.head)
    gapped = dash > sentence.first and context.text.tokens[dash].text in DASHES
    return range(sentence.first, sentence.last) if gapped else context.clause(mention.head)


def _stands_for_them(context: Context, index: int) -> bool:
    """«Сегодня они несут службу в …»: those of whom the sentence before speaks."""
    return context.senses.has(index, "they") and context.relation(index) == "subject"


def _names_owner(context: Context, index: int) -> bool:
    """Whether the sentence or the one before it names the United Nations."""
    here = context.sentence(index)
    first = context.text.sentences[max(0, here.index - 1)].first
    named = context.mentions.within(range(first, here.last), "organization", "mission")
    return any(m.entity.iri == ORGANIZATION_OF_PEACEKEEPERS or m.entity.kind == "mission" for m in named)


def _of_alliance(context: Context, mention: EntityMention) -> bool:
    """Whether another alliance has troops there too, so that a place alone tells no mission (Kosovo)."""
    return known_mission(context, [ALLIANCE], [mention]) is not None


def _speaks_of_peace(context: Context, index: int) -> bool:
    """Whether the sentence, or the one before it, speaks of peacekeepers or of the United Nations, and of no others."""
    here = context.sentence(index)
    before = context.text.sentences[max(0, here.index - 1)]
    near = [s for s in (before, here) if s.paragraph == here.paragraph]
    words = [i for s in near for i in range(s.first, s.last)]
    owners = {m.entity.iri for m in context.mentions.within(words, "organization")}
    missions = (context.names.by_iri.get(m.entity.iri or "") for m in context.mentions.within(words, "mission"))
    for known in missions:
        frameworks = known.frameworks if known is not None else ()
        shared = ORGANIZATION_OF_PEACEKEEPERS in frameworks  # UNAMID was the African Union's too
        owners |= {ORGANIZATION_OF_PEACEKEEPERS} if shared else set(frameworks)
    if owners - {ORGANIZATION_OF_PEACEKEEPERS, None}:
        return False
    peacekeepers = any(context.senses.has(i, "peacekeeper") for i in words) or _are_observers(context, words)
    peacekeepers = peacekeepers or any(context.senses.has(i, "domain_peacekeeping") for i in words)
    return peacekeepers or ORGANIZATION_OF_PEACEKEEPERS in owners or context.once(_is_about_peacekeepers)


def _are_observers(context: Context, words: Sequence[int]) -> bool:
    """«Двое военных наблюдателей служат в Западной Сахаре»: they are the United Nations', unless an exercise is spoken
    of."""
    observers = any(context.senses.has(i, "military_observer") for i in words)
    return observers and not any(context.senses.has(i, "exercise_noun", "competition_noun") for i in words)


def _is_about_peacekeepers(context: Context) -> bool:
    """Whether a text whose heading speaks of peacekeepers names no organization but the United Nations."""
    owners = {m.entity.iri for m in context.mentions.all if m.entity.kind == "organization"}
    title = [i for i in range(len(context.text.tokens)) if context.in_title(i)] if context.title is not None else []
    return owners <= {ORGANIZATION_OF_PEACEKEEPERS} and any(context.senses.has(i, "peacekeeper") for i in title)
