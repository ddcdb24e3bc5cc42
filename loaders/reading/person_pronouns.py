"""Whom a pronoun in the singular stands for: «Министр прилетел в X. Там он встретился …»."""

from bisect import bisect_right

from loaders.reading.context import Context
from loaders.reading.mentions import EntityMention

BACKWARD_SENTENCES = 1


def antecedent(context: Context, index: int) -> EntityMention | None:
    """The last person before a pronoun who is a subject, at most a sentence away, or the only one named there; None
    for any other word.

    Arguments:
        context: the text.
        index: the token.
    """
    token = context.text.tokens[index]
    argument = token.rel.startswith(("nsubj", "obj", "iobj")) and token.pos == "PRON"
    if not argument or not context.senses.has(index, "person_pronoun"):
        return None
    named: dict[str, EntityMention] = {}
    before = bisect_right(context.mentions.all, index, key=lambda m: m.first)
    for place in range(before - 1, -1, -1):
        mention = context.mentions.all[place]
        if token.sentence - context.text.tokens[mention.first].sentence > BACKWARD_SENTENCES:
            break
        if mention.entity.kind != "person":
            continue
        if context.relation(mention.head) in {"subject", ""}:
            return mention
        named.setdefault(mention.entity.name, mention)
    return next(iter(named.values())) if len(named) == 1 else None
