"""The states that words around a number name, bodies counting as their states."""

from collections.abc import Iterable

from loaders.reading.context import Context
from loaders.reading.dispatch import sent_from
from loaders.reading.facts import Entity
from loaders.reading.kinds.quantity_counts import Count
from loaders.reading.mentions import EntityMention
from loaders.reading.syntax import Argument

Answer = tuple[Entity, str] | None
"""Whose a number is, and by what: "described", "party", "plan", "speaker"."""


class States:
    """The states of one text."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def of(self, entity: Entity) -> Entity | None:
        """The state that an entity is or belongs to."""
        return self.context.mentions.states.get(entity.state or "")

    def of_actor(self, mention: EntityMention) -> Entity | None:
        """The state of an actor that is named, not only pointed at."""
        return self.of(mention.entity) if mention.form != "anaphor" else None

    def among(self, tokens: Iterable[int], *, partners: bool = True) -> list[Entity]:
        """The states among the tokens, each once, bodies counting as their states; anaphors are left out.

        Without `partners`, those with whom something is done are left out too.
        """
        found: list[Entity] = []
        for mention in self.context.actor_mentions(tokens):
            state = self.of_actor(mention)
            if state is None or state in found or mention.first in self.context.once(sent_from):
                continue
            if partners or self.context.relation_of(mention) != "with":
                found.append(state)
        return found

    def first(self) -> Entity | None:
        """The state that the text names first, under its heading: the one from which it speaks."""
        for mention in self.context.mentions.all:
            if not self.context.in_title(mention.first) and mention.entity.kind in {"state", "body"}:
                return self.of(mention.entity)
        return None

    def position(self, state: Entity) -> int:
        """Where the text first names a state, under its heading."""
        named = (m.first for m in self.context.mentions.all if m.entity.state == state.state and m.form != "metonym")
        return next((first for first in named if not self.context.in_title(first)), len(self.context.text.tokens))


def arguments_of(context: Context, count: Count, *roles: str) -> list[Argument]:
    """The arguments, of these roles, of the predicate of the number's clause."""
    verb = context.predicate(count.index).index
    return [a for a in context.arguments(verb) if a.role in roles]
