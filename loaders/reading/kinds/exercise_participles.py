"""Participants whom a participle of taking part introduces: "participating were troops from …", "nations taking part
include …"."""

from collections.abc import Iterable

from loaders.reading.kinds.exercise_attributes import PARTICIPANTS, UNREAL, Attributes, View
from loaders.reading.mentions import EntityMention

RULE = "exercise-told-by-participle"


def told_by_participle(view: View, tokens: Iterable[int], found: Attributes) -> None:
    """Add whom the words around such a participle name."""
    for index in tokens:
        token = view.text.tokens[index]
        part = token.pos == "VERB" and token.rel in {"advcl", "acl"} and view.context.senses.has(index, "participate")
        if not part or token.head is None or view.context.modality(index) in UNREAL:
            continue
        named = _inverted(view, index, token.head) if token.rel == "advcl" else _included(view, token.head)
        found.participants += [view.participant(m, RULE) for m in named if m.entity.kind in PARTICIPANTS]


def _inverted(view: View, verb: int, noun: int) -> list[EntityMention]:
    """ "Participating in the exercise were troops from X and Y": the predicate behind "be" is who does it."""
    subject = any(view.text.tokens[c].rel == "nsubj" for c in view.text.children[noun])
    copula = any(view.text.tokens[c].rel == "cop" for c in view.text.children[noun])
    return view.mentions(view.context.phrase(noun)) if verb < noun and copula and not subject else []


def _included(view: View, noun: int) -> list[EntityMention]:
    """ "In addition to Oman, the nations taking part include: Bahrain and Qatar": the list behind the verb, and besides
    whom they take part."""
    token = view.text.tokens[noun]
    counted = view.context.senses.has(noun, "state_anaphor", "state_noun", "force")
    if not counted or token.rel != "nsubj" or token.head is None or token.head < noun:
        return []
    if not view.context.senses.has(token.head, "belong_verb"):
        return []
    sentence = view.context.sentence(noun)
    behind = [m for m in view.mentions(range(token.head + 1, sentence.last)) if m.entity.kind == "state"]
    listed = list(view.context.coordinated(behind[0])) if behind and behind[0].first <= token.head + 3 else []
    before = view.mentions(range(sentence.first, noun))
    return listed + [m for m in before if view.context.relation_of(m) == "besides"] if listed else []
