"""By which name a mission is called, and which words mean one that was named."""

from dataclasses import replace

from loaders.reading.context import Context
from loaders.reading.facts import Entity
from loaders.reading.mentions import EntityMention

AGAIN_SENTENCES = 4
"""So far after the name of a mission "the force" still means it."""


def of_described(context: Context, mention: EntityMention, others: list[EntityMention]) -> EntityMention:
    """ "AUSSOM, the African Union mission in Somalia": words in apposition to the name of a mission mean that one."""
    token = context.text.tokens[mention.head]
    head = token.head if token.rel == "appos" else None
    if head is None:
        return mention
    before = (o for o in others if o is not mention and o.first <= head < o.last)
    return next((replace(mention, entity=o.entity) for o in before), mention)


def called(context: Context, mention: EntityMention) -> Entity:
    """A mission by the name that the text gives it, where it has no acronym ("Operation Atalanta") or a shorter one is
    used ("EUMAM")."""
    known = context.names.by_iri.get(mention.entity.iri or "")
    words = context.nominative(mention.first, mention.last)
    shortened = known is not None and bool(known.code) and (known.code or "").split()[0] == words
    if known is None or not words or (known.code and not shortened):
        return mention.entity
    return replace(mention.entity, name=words)


def is_again(context: Context, head: int) -> bool:
    """ "The force was meant to be 2,500 strong": a bare definite noun soon after the only mission of the text."""
    token = context.text.tokens[head]
    below = [c for c in context.text.children[head] if c < head]
    if token.number != "Sing" or not below or not all(context.senses.has(c, "definite") for c in below):
        return False
    before = [m for m in context.mentions.all if m.entity.kind == "mission"]
    near = [token.sentence - context.text.tokens[m.head].sentence for m in before if m.first < head]
    return len({m.entity.iri for m in before}) == 1 and bool(near) and 0 < min(near) <= AGAIN_SENTENCES
