"""Whose a number is by what is told around it: who trains, whose plan, who speaks, who met."""

from loaders.reading.context import Context
from loaders.reading.facts import Agreement, Entity, Meeting
from loaders.reading.kinds.quantity_counts import Count
from loaders.reading.kinds.quantity_recipients import NEAR_CHARACTERS, Recipients
from loaders.reading.kinds.quantity_states import Answer, States, arguments_of
from loaders.reading.offices import find_offices

BACK_SENTENCES = 2
INSTITUTIONS = ("organization", "institution", "company")


class Discourse:
    """Answers whose a number is where its clause does not say so, for one text.

    Each answer has the entity and by what it is the owner: a party, a plan, or who speaks.

    Arguments:
        context: the text, with the facts of other kinds that were found in it.
        states: its states.
        recipients: who gets what is counted in it.
    """

    def __init__(self, context: Context, states: States, recipients: Recipients) -> None:
        self.context = context
        self.text = context.text
        self.states = states
        self.recipients = recipients
        self.offices = find_offices(context)

    def of_training(self, count: Count) -> Answer:
        """Whose the trained are where they are not described: who trains them, else who sends them."""
        if (meant := self.recipients.beneficiary(count)) is not None:
            return meant, "party"
        for argument in arguments_of(self.context, count, "subject"):
            school = self._school(argument.head)
            if school is not None:
                return school, "party"
        sentence = self.context.sentence(count.index)
        whole = range(sentence.first, sentence.last)
        organizations = self.context.mentions.within(whole, "organization", "institution")
        if organizations:
            return organizations[0].entity, "party"
        if count.noun < count.index:
            owner = next((o.of for o in self.offices if o.of.kind in INSTITUTIONS), None)
            if owner is not None:
                return owner, "speaker"
        found = self.states.among(self.context.clause(count.index)) or self.states.among(whole)
        if found:
            return (found[0], "party") if len(found) == 1 else None
        own = self.states.first()
        return (own, "speaker") if own is not None else None

    def _school(self, noun: int) -> Entity | None:
        """«центр подготовил …»: the institution named in full before."""
        if not self.context.senses.has(noun, "institution_noun") or self.text.tokens[noun].is_capitalized:
            return None
        stem = self.text.tokens[noun].lemma
        owners = [o.of for o in self.offices if o.of.kind in INSTITUTIONS]
        named = [m.entity for m in self.context.mentions.all if m.entity.kind in INSTITUTIONS and m.last <= noun]
        return next((e for e in (*owners, *reversed(named)) if stem in e.name.lower()), None)

    def of_plan(self, count: Count) -> Answer:
        """Of events in a plan: the first party of the plan that was spoken of last."""
        sentence = self.context.sentence(count.index)
        words = range(sentence.first, sentence.last)
        if not any(self.context.senses.has(i, "plan_noun", "document_noun") for i in words):
            return None
        plans = [f for f in self.context.facts if isinstance(f, Agreement) and f.type == "plan" and f.parties]
        before = [f for f in plans if f.evidence[0].begin <= sentence.begin]
        if before:
            states = [s for p in before[-1].parties if (s := self.states.of(p.value)) is not None]
            return (min(states, key=self.states.position), "plan") if states else None
        for number in range(sentence.index - 1, max(-1, sentence.index - 1 - BACK_SENTENCES), -1):
            earlier = self.text.sentences[number]
            found = self.states.among(range(earlier.first, earlier.last))
            if found and not self.context.in_title(earlier.first):
                return found[0], "plan"
        return None

    def of_speaker(self, count: Count) -> Answer:
        """«У нас сорок общих мероприятий»: the state of the person who says it."""
        sentence = self.context.sentence(count.index)
        tokens = range(sentence.first, sentence.last)
        if not any(self.context.senses.has(i, "we") for i in tokens):
            return None
        for mention in reversed(self.context.mentions.within(tokens, "person")):
            office = next((o for o in self.offices if o.person.entity == mention.entity and o.of.state), None)
            if office is not None:
                return self.context.mentions.states[office.of.state or ""], "speaker"
        return (self.context.home, "speaker") if self.context.home is not None else None

    def of_meeting(self, count: Count) -> Answer:
        """Of joint events that the sides of talks speak of: the first side of the meeting told of last."""
        begin = self.context.sentence(count.index).begin
        meetings = [
            f for f in self.context.facts if isinstance(f, Meeting) and f.evidence[0].begin <= begin and f.actors
        ]
        near = [m for m in meetings if begin - m.evidence[-1].end < NEAR_CHARACTERS]
        state = self.states.of(near[-1].actors[0].value) if near else None
        return (state, "plan") if state is not None else None
