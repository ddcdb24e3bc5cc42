"""What the press of a state calls its own: «еліміз», «біздің бітімгерлер», «сарбаздарымыз».

A language whose press is that of one state says so by `native_state` of its grammar; in what others say within
quotation marks, "ours" is theirs, and is left alone.
"""

from collections.abc import Iterator, Sequence

from loaders.reading.mentions import EntityMention
from loaders.reading.quotes import speech_around
from loaders.reading.scene import Cover, Scene
from loaders.reading.text import Token

FORCES = ("force", "peacekeeper", "side", "delegation")


def ours(scene: Scene, found: Sequence[EntityMention]) -> Iterator[EntityMention]:
    """The mentions of the state of the press by "our"."""
    home = scene.names.states.get(getattr(scene.grammar, "native_state", ""))
    if home is None:
        return
    cover = Cover(found)
    for token in scene.text.tokens:
        at = token.index
        if cover.takes(at, at + 1) or speech_around(scene.quotations, at) is not None:
            continue
        if _has_our_ending(token) and token.number == "Sing" and scene.senses.has(at, "state_anaphor"):
            yield scene.mention(home, at, at + 1, "name")
        elif _has_our_ending(token) and scene.senses.has(at, *FORCES):
            yield scene.mention(home, at, at + 1, "demonym")
        elif token.head is not None and scene.senses.has(at, "ours"):
            noun = scene.text.tokens[token.head]
            if noun.number == "Sing" and scene.senses.has(noun.index, "state_anaphor"):
                yield scene.mention(home, at, noun.index + 1, "name", head=noun.index)
            elif scene.senses.has(noun.index, *FORCES) and not _has_our_ending(noun):
                yield scene.mention(home, at, at + 1, "adjective")


def _has_our_ending(token: Token) -> bool:
    """Whether the possessive ending is that of the first person."""
    return token.feats.get("Poss") == "1" and token.pos == "NOUN"
