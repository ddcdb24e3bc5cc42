"""Bodies of states, composed of a noun and a state: «оборонное ведомство РФ», «российская армия», «Минобороны РК»."""

from collections.abc import Iterator, Sequence
from typing import cast

from loaders.reading.facts import BodyKind, Entity
from loaders.reading.lexicon import Sense
from loaders.reading.mentions import EntityMention
from loaders.reading.scene import Scene
from ontology import entity

BODY_PREFIX = "body_"


def bodies(scene: Scene, found: Sequence[EntityMention]) -> Iterator[EntityMention]:
    """The bodies whose state stands beside them, one mention a state; one without a state takes the last body's."""
    taken = -1
    last_state: dict[str, str] = {}
    senses = sorted((s for s in scene.senses if s.name.startswith(BODY_PREFIX)), key=lambda s: (s.first, -s.last))
    for sense in senses:
        if sense.first < taken or any(
            m.first <= sense.first and sense.last <= m.last and m.form != "adjective" for m in found
        ):
            continue
        taken = sense.last
        states, first, last = owners(scene, sense, found)
        codes = [m.entity.state for m in states if m.entity.state]
        if not codes and sense.name in last_state and _is_proper(scene, sense):
            codes = [last_state[sense.name]]
        for code in codes:
            yield body_mention(scene, sense, code, first, last)
            last_state[sense.name] = code


def body_mention(scene: Scene, sense: Sense, state: str, first: int, last: int) -> EntityMention:
    """The mention of a state's body."""
    kind = cast(BodyKind, sense.name.removeprefix(BODY_PREFIX))
    label = scene.nominative(sense.first, sense.last)
    body = Entity("body", label, entity("organization", f"{state}-{kind}"), state, kind)
    return scene.mention(body, first, last, "body", sense=sense.name, head=scene.head(sense.first, sense.last))


def _is_proper(scene: Scene, sense: Sense) -> bool:
    """A ministry is the same one when named again; an army need not be."""
    return sense.name in {"body_MoD", "body_MFA", "body_GS"} and scene.text.tokens[sense.first].number != "Plur"


def owners(scene: Scene, sense: Sense, found: Sequence[EntityMention]) -> tuple[list[EntityMention], int, int]:
    """The states beside a noun, and the stretch that noun and states cover together."""
    tokens = scene.text.tokens
    sentence = scene.text.sentence_of(sense.first)
    names = {m.first: m for m in found if m.entity.kind == "state" and m.form == "name"}
    after: list[EntityMention] = []
    at = last = sense.last
    while at < sentence.last and at in names and names[at].case in {"Gen", ""}:
        after.append(names[at])
        at = last = names[at].last
        if at + 1 in names and scene.senses.has(at, "list_sign"):
            at += 1
    if after:
        return after, sense.first, last
    before: list[EntityMention] = []
    first, at = sense.first, sense.first - 1
    while at >= sentence.first:
        here = [m for m in found if m.last == at + 1 and m.form == "adjective" and m.entity.kind == "state"]
        if here:
            before[:0] = here
            first = at
        elif tokens[at].pos != "ADJ" and not (before and scene.senses.has(at, "list_sign")):
            break
        at -= 1
    return before, first, sense.last
