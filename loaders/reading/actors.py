"""Which mentions mean actors: states, bodies, organizations, companies, institutions."""

from collections.abc import Iterable

from loaders.reading.facts import Entity
from loaders.reading.mention_relations import MentionRelations
from loaders.reading.mentions import EntityMention, Mentions


class Actors:
    """The actors of one text.

    Arguments:
        mentions: the mentions of entities.
        relations: what they are to the words they hang on.
    """

    def __init__(self, mentions: Mentions, relations: MentionRelations) -> None:
        self._mentions = mentions
        self._relations = relations

    def mentioned(self, tokens: Iterable[int], *, capitals: bool = True) -> list[EntityMention]:
        """The mentions among the tokens that mean actors: states, bodies, organizations, companies, institutions.

        A body hides the state that names it; a capital counts for its state unless it has a preposition of place.
        """
        found: list[EntityMention] = []
        for mention in self._mentions.within(tokens):
            if self._mentions.actor(mention) is None or (mention.form == "metonym" and not capitals):
                continue
            if mention.form == "metonym" and self._relations.is_located(mention):
                continue
            if mention.form == "name" and mention.entity.kind == "state" and self._relations.is_part_of_place(mention):
                continue
            found.append(mention)
        bodies = [m for m in found if m.form == "body"]
        found = [
            m for m in found if m.form == "body" or not any(b.first <= m.first and m.last <= b.last for b in bodies)
        ]
        companies = [m for m in found if m.entity.kind == "company"]
        return [m for m in found if not any(self._owns(m, c) for c in companies)]

    def _owns(self, mention: EntityMention, company: EntityMention) -> bool:
        """ "Türkiye's Otokar", "the Turkish firm Otokar": a state that only says whose a company is."""
        beside = mention.entity.kind == "state" and 0 <= company.first - mention.last <= 1
        return beside and self._relations.hangs_on(mention, company)

    def entities(self, tokens: Iterable[int], *, capitals: bool = True) -> list[Entity]:
        """The actors that the tokens mention, each once, in the order of the text."""
        found: list[Entity] = []
        for mention in self.mentioned(tokens, capitals=capitals):
            actor = self._mentions.actor(mention)
            if actor is not None and actor not in found:
                found.append(actor)
        return found
