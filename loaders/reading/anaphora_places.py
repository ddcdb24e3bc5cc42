"""Which state «в стране» means, where the sentence before tells in which one something is."""

from collections.abc import Sequence

from loaders.reading.facts import Entity
from loaders.reading.mentions import EntityMention
from loaders.reading.scene import Scene

MOST_STEPS = 4


def where_told(scene: Scene, candidates: Sequence[tuple[EntityMention, Entity]]) -> list[Entity]:
    """«В Армении начались учения с участием США. Учения проводятся в стране …»: the only state in which something is.

    Arguments:
        scene: the text.
        candidates: the states that may be meant, nearest first.

    Returns:
        The state, or nothing where a state acts itself, of which the words may go on to speak.
    """
    tokens = scene.text.tokens
    nearest = tokens[candidates[0][0].first].sentence if candidates else -1
    here = [(m, e) for m, e in candidates if tokens[m.first].sentence == nearest]
    where = list(dict.fromkeys(e for m, e in here if scene.relations.of(m.head) == "in"))
    acting = any(tokens[m.head].rel.startswith("nsubj") or _owns_subject(scene, m) for m, _ in here)
    return where if len(where) == 1 and not acting else []


def _owns_subject(scene: Scene, mention: EntityMention) -> bool:
    """«Министр обороны Армении»: whether a state hangs on the subject."""
    tokens = scene.text.tokens
    at = tokens[mention.head]
    for _ in range(MOST_STEPS):
        if at.head is None or scene.relations.of(at.index) not in {"of", "subject"}:
            return False
        at = tokens[at.head]
        if at.rel.startswith("nsubj"):
            return True
    return False
