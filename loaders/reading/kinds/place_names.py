"""Names of places whose form does not tell where from where to."""

from loaders.reading.context import Context
from loaders.reading.mentions import EntityMention

MOTION = ("travel_verb", "arrive", "come", "send", "visit_to")


def is_undeclined(context: Context, mention: EntityMention) -> bool:
    """«в Сочи», «в Баку»: a name in its dictionary form on which no word of motion bears says where, not where to."""
    above = context.text.tokens[mention.head].head
    moves = above is not None and context.senses.has(above, *MOTION)
    return not moves and context.words(mention.first, mention.last) == mention.entity.name
