"""Mentions: the words of a text that mean an entity, with the entity they mean.

`find_mentions` goes from what is certain to what leans on it: names of the gazetteer, names in quotation marks,
persons and places that a model found, bodies of states («оборонное ведомство РФ»), and last the words that stand for
something named before («республика», «организация», «обе страны»).
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from loaders.reading.facts import Entity, Span
from loaders.reading.gazetteer import KnownEntity

Form = Literal["name", "adjective", "demonym", "metonym", "body", "quoted", "model", "anaphor"]

ACTORS = frozenset({"state", "organization", "body", "company", "institution"})


@dataclass(frozen=True, slots=True)
class EntityMention:
    """Words that mean an entity.

    Arguments:
        entity: whom or what they mean.
        span: where they stand.
        first, last: their tokens, from `first` up to, not including, `last`.
        head: the token that the rest depends on.
        form: by what they mean it; a `metonym` is a capital that may stand for its state.
        case: grammatical case of the head.
        sense: of a body, an anaphor or a quoted name, the sense of its noun in the lexicon.
        known: the entity of the gazetteer.
        full_name: of a person, the whole name in the nominative as far as the text gives it here.
    """

    entity: Entity
    span: Span
    first: int
    last: int
    head: int
    form: Form
    case: str = ""
    sense: str = ""
    known: KnownEntity | None = None
    full_name: str = ""

    @property
    def is_actor(self) -> bool:
        """Whether it means somebody who can act (a capital may stand for its state)."""
        return self.entity.kind in ACTORS or self.form == "metonym"


@dataclass(frozen=True)
class Mentions:
    """All mentions of a text, in the order of their beginnings; several may cover one token («российско-узбекский»)."""

    all: tuple[EntityMention, ...]
    states: dict[str, Entity]

    @cached_property
    def by_token(self) -> dict[int, tuple[EntityMention, ...]]:
        """For each token that is part of mentions, these mentions."""
        found: dict[int, list[EntityMention]] = {}
        for mention in self.all:
            for index in range(mention.first, mention.last):
                found.setdefault(index, []).append(mention)
        return {index: tuple(m) for index, m in found.items()}

    @cached_property
    def _by_head(self) -> dict[int, list[int]]:
        """For each token that mentions depend on, their places among all."""
        found: dict[int, list[int]] = {}
        for place, mention in enumerate(self.all):
            found.setdefault(mention.head, []).append(place)
        return found

    @cached_property
    def _heads(self) -> frozenset[int]:
        return frozenset(self._by_head)

    @cached_property
    def _places_by_head(self) -> tuple[list[int], list[int]]:
        """The tokens that mentions depend on, sorted, and beside them the mentions' places among all."""
        pairs = sorted((mention.head, place) for place, mention in enumerate(self.all))
        return [head for head, _ in pairs], [place for _, place in pairs]

    @cached_property
    def _places_by_entity(self) -> dict[Entity, list[int]]:
        found: dict[Entity, list[int]] = {}
        for place, mention in enumerate(self.all):
            found.setdefault(mention.entity, []).append(place)
        return found

    @cached_property
    def alike(self) -> dict[tuple[str, str], list[EntityMention]]:
        """The mentions by their form and by the kind of their entity."""
        found: dict[tuple[str, str], list[EntityMention]] = {}
        for mention in self.all:
            found.setdefault((mention.form, mention.entity.kind), []).append(mention)
        return found

    def at(self, index: int) -> tuple[EntityMention, ...]:
        """The mentions that cover a token."""
        return self.by_token.get(index, ())

    def within(self, tokens: Iterable[int], *kinds: str) -> list[EntityMention]:
        """The mentions whose head is among the tokens, in the order of the text; of the given kinds, if any are."""
        if isinstance(tokens, range) and tokens.step == 1:
            # As far back as a text goes some ask: by what is there, not by what might be.
            heads, at = self._places_by_head
            places = sorted(at[bisect_left(heads, tokens.start) : bisect_left(heads, tokens.stop)])
        else:
            by_head = self._by_head
            places = sorted(place for index in self._heads.intersection(tokens) for place in by_head[index])
        found = (self.all[place] for place in places)
        return [m for m in found if not kinds or m.entity.kind in kinds]

    def of(self, entities: Iterable[Entity]) -> list[EntityMention]:
        """The mentions of these entities, in the order of the text."""
        places = sorted(place for entity in set(entities) for place in self._places_by_entity.get(entity, ()))
        return [self.all[place] for place in places]

    def actor(self, mention: EntityMention) -> Entity | None:
        """The actor that a mention means: itself, or the state for which its capital stands; None for no actor."""
        if mention.entity.kind in ACTORS:
            return mention.entity
        if mention.form == "metonym" and mention.entity.state:
            return self.states.get(mention.entity.state)
        return None
