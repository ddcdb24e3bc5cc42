"""Words that stand for something named before: «республика», «организация», «обе страны», «стороны».

An anaphor takes the nearest fitting entity before it; a pair or a group takes as many different states as its number
says, those that were named together first.
"""

from collections.abc import Iterator, Sequence

from loaders.reading.facts import Entity
from loaders.reading.mentions import EntityMention
from loaders.reading.names import entity_of
from loaders.reading.scene import Scene, is_taken
from loaders.reading.text import Token

COUNTS = {"count_two": 2, "count_three": 3, "count_four": 4, "count_five": 5}
DETERMINERS = frozenset({"DET", "PRON", "NUM"})
BACKWARD_SENTENCES = 6


def anaphors(scene: Scene, found: Sequence[EntityMention]) -> Iterator[EntityMention]:
    """The anaphors of a text, each with the entities that it stands for."""
    states = {
        k.code: entity_of(k, scene.text.language) for k in scene.names.by_iri.values() if k.kind == "state" and k.code
    }
    for sense in scene.senses.all("state_anaphor", "organization_anaphor", "pair_anaphor"):
        token = scene.text.tokens[sense.first]
        if is_taken(found, sense.first, sense.last):
            continue
        group = _group_size(scene, token)
        if group and scene.senses.has(sense.first, "pair_anaphor"):
            for entity in _group(scene, found, token, group, states):
                yield scene.mention(entity, sense.first, sense.last, "anaphor", sense="pair_anaphor")
        elif token.number == "Sing" and not _is_described(scene, token):
            if scene.senses.has(sense.first, "state_anaphor"):
                candidate = _nearest_state(scene, found, token, states)
            elif scene.senses.has(sense.first, "organization_anaphor"):
                candidate = _nearest_organization(found, token)
            else:
                candidate = None
            if candidate:
                yield scene.mention(candidate, sense.first, sense.last, "anaphor", sense=sense.name)


def _group_size(scene: Scene, token: Token) -> int:
    """How many a plural anaphor stands for: «обе стороны», «двух стран», «стороны» → 2, «трёх стран» → 3; else 0."""
    for child in scene.text.children[token.index]:
        for sense, size in COUNTS.items():
            if scene.senses.has(child, sense):
                return size
    if token.number == "Plur" and scene.senses.has(token.index, "side") and not _is_described(scene, token):
        return 2
    return 0


def _is_described(scene: Scene, token: Token) -> bool:
    """Whether other words say which one is meant («африканская страна», «страна пребывания», «организация граждан»)."""
    tokens = scene.text.tokens
    for child in scene.text.children[token.index]:
        below = tokens[child]
        if below.rel in {"amod", "nmod", "acl", "acl:relcl", "appos", "nummod", "nummod:gov"}:
            return True
        if below.rel == "det" and below.lemma not in {"этот", "наш", "сам", "весь", "этой"}:
            return True
    before = tokens[token.index - 1] if token.index else None
    return (
        before is not None
        and before.pos in {"ADJ", "NUM"}
        and before.sentence == token.sentence
        and before.lower not in {"сама", "самой", "само", "вся", "всей"}
    )


def _states_before(
    scene: Scene, found: Sequence[EntityMention], token: Token, states: dict[str, Entity]
) -> Iterator[tuple[EntityMention, Entity]]:
    """The states named before a token, nearest first."""
    for mention in reversed(found):
        if mention.first >= token.index:
            continue
        if token.sentence - scene.text.tokens[mention.first].sentence > BACKWARD_SENTENCES:
            return
        code = mention.entity.state
        if code in states and (mention.entity.kind in {"state", "body"} or mention.form == "metonym"):
            yield mention, states[code]


def _nearest_state(
    scene: Scene, found: Sequence[EntityMention], token: Token, states: dict[str, Entity]
) -> Entity | None:
    named = [(m, e) for m, e in _states_before(scene, found, token, states) if m.form in {"name", "body", "metonym"}]
    for mention, entity in named:
        if mention.entity.kind == "state" and mention.form == "name":
            return entity
    return named[0][1] if named else None


def _nearest_organization(found: Sequence[EntityMention], token: Token) -> Entity | None:
    for mention in reversed(found):
        if mention.first < token.index and mention.entity.kind == "organization" and mention.entity.iri:
            return mention.entity
    return None


def _group(
    scene: Scene, found: Sequence[EntityMention], token: Token, size: int, states: dict[str, Entity]
) -> list[Entity]:
    """The nearest sentence before (or this one, before the word) that names so many states, or all since then."""
    gathered: list[Entity] = []
    sentence = -1
    for mention, entity in _states_before(scene, found, token, states):
        here = scene.text.tokens[mention.first].sentence
        if here != sentence and len(gathered) >= size:
            break
        sentence = here
        if entity not in gathered:
            gathered.append(entity)
    return list(reversed(gathered))[:size] if len(gathered) >= size else []
