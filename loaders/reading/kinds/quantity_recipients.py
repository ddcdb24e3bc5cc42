"""Whose are numbers of things delivered: who gets them, here or in the delivery told of before."""

from loaders.reading.context import Context
from loaders.reading.facts import Entity, Supply
from loaders.reading.kinds.quantity_counts import Count
from loaders.reading.kinds.quantity_states import States

NEAR_CHARACTERS = 400


class Recipients:
    """Answers who gets what is counted, for one text.

    Arguments:
        context: the text, with the supplies that were found in it.
        states: its states.
    """

    def __init__(self, context: Context, states: States) -> None:
        self.context = context
        self.text = context.text
        self.states = states

    def recipient(self, count: Count) -> Entity | None:
        """Who gets what is delivered: the dative beside a word of giving, the subject of one of getting."""
        for word in self._words_of_delivery(count):
            if self.context.senses.has(word, "supply_noun"):
                # «поставку Индонезии 42 истребителей»
                after = [m for m in self.context.mentions.at(word + 1) if m.first == word + 1 and m.form == "name"]
                if after and (state := self.states.of(after[0].entity)) is not None:
                    return state
                continue
            getting = self.context.senses.has(word, "receive_verb", "receive_noun")
            for argument in self.context.arguments(word):
                given = argument.role != "subject" and argument.relation in {"recipient", "for", "to"}
                fits = argument.role == "subject" if getting else given
                found = self.states.among(argument.tokens) if fits else []
                if found:
                    return found[0]
            if getting:
                sentence = self.context.sentence(count.index)
                named = self.context.actor_mentions(range(sentence.first, word))
                acting = [m for m in named if self.context.relation_of(m) == "subject" and self.states.of_actor(m)]
                if acting:
                    return self.states.of_actor(acting[-1])
        return self._of_arrival(count)

    def _of_arrival(self, count: Count) -> Entity | None:
        """«Служба приняла на вооружение три беспилотника»: to whose service arms are told to come in the sentence."""
        here = self.context.sentence(count.index).span
        told = (f for f in self.context.facts if isinstance(f, Supply) and here in f.evidence)
        came = next((f for f in told if f.rule.endswith(("into-service", "arrived"))), None)
        return self.states.of(came.recipient) if came is not None and count.sort == "equipment" else None

    def _words_of_delivery(self, count: Count) -> list[int]:
        """The participles on the noun («самолётов, заказанных Казахстаном»), else the words of the clause."""
        senses = ("supply_verb", "receive_verb", "receive_noun", "supply_noun")
        below = [c for c in self.text.children[count.noun] if self.context.senses.has(c, *senses)]
        return below or [i for i in self.context.clause(count.index) if self.context.senses.has(i, *senses)]

    def of_supply(self, count: Count, *, first_named: bool = False) -> Entity | None:
        """The recipient of the delivery told of here or before; with `first_named`, the party named first."""
        sentence = self.context.sentence(count.index)
        supplies = [f for f in self.context.facts if isinstance(f, Supply) and f.evidence[0].begin <= sentence.begin]
        near = [s for s in supplies if sentence.begin - s.evidence[-1].end < NEAR_CHARACTERS]
        if not near:
            return None
        states = [s for s in (self.states.of(near[-1].recipient), self.states.of(near[-1].supplier)) if s is not None]
        return min(states, key=self.states.position) if first_named and states else self.states.of(near[-1].recipient)

    def beneficiary(self, count: Count) -> Entity | None:
        """«для пакистанского флота», «в интересах Таджикистана»."""
        for index in self.context.clause(count.index):
            for mention in self.context.mentions.at(index):
                benefits = mention.head == index and self.context.relation_of(mention) == "for"
                if benefits and (state := self.states.of(mention.entity)) is not None:
                    return state
        return None
