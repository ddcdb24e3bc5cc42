"""Of whom a noun is said: «Турция – союзник …», «Турция является союзником …», "the largest buyer is Armenia"."""

from loaders.reading.context import Context
from loaders.reading.mentions import EntityMention


def subjects_of(context: Context, noun: int) -> list[EntityMention]:
    """The actors that are the subject of a noun in the predicate, or of the copula that it hangs on."""
    tokens = context.text.tokens
    head = tokens[noun].head
    around = [*context.text.children[noun], *(context.text.children[head] if head is not None else ())]
    subject = next((c for c in around if tokens[c].rel.startswith("nsubj") and c != noun), None)
    return context.actor_mentions([subject]) if subject is not None else []
