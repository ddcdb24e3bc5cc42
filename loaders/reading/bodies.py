"""Bodies of states, composed of a noun and a state: «оборонное ведомство РФ», «российская армия», «Минобороны РК»."""

from collections.abc import Iterator, Sequence
from typing import cast

from loaders.reading.facts import BodyKind, Entity
from loaders.reading.lexicon import Sense
from loaders.reading.mentions import EntityMention
from loaders.reading.scene import Cover, Scene
from ontology import entity

BODY_PREFIX = "body_"


def bodies(scene: Scene, found: Sequence[EntityMention]) -> Iterator[EntityMention]:
    """The bodies whose state stands beside them, one mention a state; one without a state takes the last body's."""
    taken = -1
    last_state: dict[str, str] = {}
    senses = sorted((s for s in scene.senses if s.name.startswith(BODY_PREFIX)), key=lambda s: (s.first, -s.last))
    cover = Cover(found)
    of_states = Cover(m for m in found if m.entity.kind == "state")
    for sense in senses:
        if sense.first < taken or any(
            m.first <= sense.first and sense.last <= m.last and m.form != "adjective"
            for m in cover.over(sense.first, sense.last)
        ):
            continue
        if scene.text.tokens[sense.last - 1].pos == "ADJ":
            continue  # "Indian military academies"
        taken = sense.last
        states, first, last = owners(scene, sense, of_states)
        codes = [m.entity.state for m in states if m.entity.state]
        if not codes and (region := _region(scene, sense, cover)) is not None and region.entity.state:
            codes, first = [region.entity.state], region.first
        if not codes and sense.name in last_state and _is_proper(scene, sense):
            codes = [last_state[sense.name]]
        elif not codes and _is_proper(scene, sense) and (seat := _seat(scene, sense, found)):
            codes = [seat]
        for code in codes:
            yield body_mention(scene, sense, code, first, last)
            last_state[sense.name] = code


def body_mention(scene: Scene, sense: Sense, state: str, first: int, last: int) -> EntityMention:
    """The mention of a state's body."""
    kind = cast(BodyKind, sense.name.removeprefix(BODY_PREFIX))
    label = scene.nominative(sense.first, sense.last)
    body = Entity("body", label, entity("organization", f"{state}-{kind}"), state, kind)
    return scene.mention(body, first, last, "body", sense=sense.name, head=scene.head(sense.first, sense.last))


def _region(scene: Scene, sense: Sense, cover: Cover) -> EntityMention | None:
    """ "The Michigan National Guard": the region directly before a body, as a part of its name."""
    before = [m for m in cover.over(sense.first - 1, sense.first) if m.last == sense.first and m.entity.kind == "place"]
    tokens = scene.text.tokens
    owned = (m for m in before if tokens[m.head].rel == "compound" and tokens[m.head].head is not None)
    return next(
        (m for m in owned if m.form == "name" and tokens[m.head].sentence == tokens[sense.first].sentence), None
    )


def _is_proper(scene: Scene, sense: Sense) -> bool:
    """A ministry is the same one when named again; an army need not be."""
    return sense.name in {"body_MoD", "body_MFA", "body_GS"} and scene.text.tokens[sense.first].number != "Plur"


def _seat(scene: Scene, sense: Sense, found: Sequence[EntityMention]) -> str | None:
    """«Таллинде Қорғаныс министрлігі мен … компаниясы»: a ministry right after its own capital is of that state."""
    first = scene.text.sentence_of(sense.first).first
    before = [m for m in found if first <= m.first and m.last == sense.first and m.form == "metonym"]
    return before[0].entity.state if before and scene.relations.of(before[0].head) == "in" else None


def owners(scene: Scene, sense: Sense, states: Cover) -> tuple[list[EntityMention], int, int]:
    """The states beside a noun, and the stretch that noun and states cover together."""
    after, last = ([], sense.last) if scene.relations.head_final else _after(scene, sense, states)
    if after:
        return after, sense.first, last
    before, first = _before(scene, sense, states)
    return before, first, sense.last


def _after(scene: Scene, sense: Sense, states: Cover) -> tuple[list[EntityMention], int]:
    """«Армии России и Китая», "the Ministry of Defence of India"."""
    found: list[EntityMention] = []
    at = last = sense.last
    end = scene.text.sentence_of(sense.first).last
    while at < end:
        skipped = _skipped(scene, at, end)
        adposition = scene.text.tokens[at]
        if adposition.pos == "ADP" and adposition.head is not None and scene.relations.of(adposition.head) != "of":
            break  # "to the border service by the US Embassy"
        names = (m for i in range(at, skipped + 1) for m in states.over(i, i + 1) if m.first == i and m.form == "name")
        name = next(names, None)
        if name is None or not _owns(scene, name):
            break
        found.append(name)
        at = last = name.last
        if at < end and scene.senses.has(at, "list_sign"):
            at += 1
    return found, last


def _skipped(scene: Scene, at: int, end: int) -> int:
    """The word after an adposition and an article."""
    for pos in ("ADP", "DET"):
        if at + 1 < end and scene.text.tokens[at].pos == pos:
            at += 1
    return at


def _before(scene: Scene, sense: Sense, states: Cover) -> tuple[list[EntityMention], int]:
    """«Российская и белорусская армии», "India's armed forces", «Қазақстан Қарулы күштері»."""
    tokens = scene.text.tokens
    found: list[EntityMention] = []
    first, at = sense.first, sense.first - 1
    while at >= scene.text.sentence_of(sense.first).first:
        ending = [m for m in states.over(at, at + 1) if m.last == at + 1]
        here = [m for m in ending if m.form == "adjective" or _modifies(scene, m, sense)]
        if here:
            found[:0] = here
            first = at = min(m.first for m in here)
        elif tokens[at].rel == "case" and tokens[at].head == at - 1:
            pass  # "India's"
        elif tokens[at].pos != "ADJ" and not (found and scene.senses.has(at, "list_sign")):
            break
        at -= 1
    return found, first


def _modifies(scene: Scene, mention: EntityMention, sense: Sense) -> bool:
    head = scene.text.tokens[mention.head].head
    return mention.form == "name" and head in range(sense.first, sense.last) and _owns(scene, mention)


def _owns(scene: Scene, mention: EntityMention) -> bool:
    """Whether a name is in the form of an owner, whatever the list in which it stands depends on."""
    return (scene.relations.marked(mention.head) or scene.relations.form(mention.head)) in {"of", ""}
