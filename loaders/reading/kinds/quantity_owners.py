"""Whose a number is: the exercise that it belongs to, the state that words beside it name, or a party of its clause."""

from collections.abc import Iterable

from loaders.reading.context import Context
from loaders.reading.facts import Agreement, Entity, Exercise, Meeting, Supply
from loaders.reading.kinds.quantity_counts import Count
from loaders.reading.mentions import EntityMention
from loaders.reading.offices import find_offices
from loaders.reading.syntax import Argument

Answer = tuple[Entity, str] | None
EVENTS = frozenset({"series", "exercise"})
BACK_SENTENCES = 2
SIDE_REACH = 5
NEAR_CHARACTERS = 300


class Owners:
    """Answers whose a number is, for one text.

    Arguments:
        context: the text, with the exercises and agreements found in it among its facts.
    """

    def __init__(self, context: Context) -> None:
        self.context = context
        self.text = context.text
        self.offices = find_offices(context)
        self.exercises = {f.name for f in context.facts if isinstance(f, Exercise) and f.name}
        self.competitions = {
            f.name for f in context.facts if isinstance(f, Exercise) and f.name and f.kind == "competition"
        }

    # ------------------------------------------------------------------ exercises

    def exercise(self, count: Count, *, competition: bool = False) -> Entity | None:
        """The exercise that the sentence, or the one before it, speaks of; it must be a fact of the text."""
        names = self.competitions if competition else self.exercises
        sentence = self.context.sentence(count.index)
        tokens = range(sentence.first, sentence.last)
        here = self._named(range(sentence.first, count.index), names)
        if here:
            return _event(here[-1])
        if (later := self._named(range(count.index, sentence.last), names)) and not self._punctuated(count, later[0]):
            return _event(later[0])
        noun = next((i for i in tokens if self.context.senses.has(i, "exercise_noun", "competition_noun")), None)
        pronoun = next((i for i in tokens if self.context.senses.has(i, "pronoun") and self._is_in(i)), None)
        if noun is None and pronoun is None:
            return None
        stem = self.text.tokens[noun].lemma[:3] if noun is not None else "?"
        whole = next((n for n in sorted(names) if any(w.lower().startswith(stem) for w in n.split())), None)
        if whole is not None:
            return Entity("exercise", whole)
        back = range(self.text.sentences[max(0, sentence.index - BACK_SENTENCES)].first, sentence.first)
        earlier = self._named(back, names)
        return _event(earlier[-1]) if earlier else None

    def _is_in(self, pronoun: int) -> bool:
        return self.context.preposition(pronoun) in {"в", "на", "к", "in", "at", "for"}

    def _named(self, tokens: Iterable[int], names: set[str]) -> list[EntityMention]:
        return [m for m in self.context.mentions.within(tokens, *EVENTS) if m.entity.name in names]

    def _punctuated(self, count: Count, mention: EntityMention) -> bool:
        between = self.text.tokens[count.index : mention.first]
        return any(t.text in {";", ":", "."} for t in between)

    # ------------------------------------------------------------------ states

    def described(self, count: Count) -> Entity | None:
        """The state that the counted noun itself names: «узбекских офицеров», «курсантов из Таджикистана»."""
        first = self.context.tokens_of(count.number.span)[-1] + 1
        if count.noun < count.index:
            return None
        tokens = {*range(first, count.last), *(i for i in self.context.phrase(count.noun) if i >= first)}
        for mention in self.context.mentions.within(tokens, "state", "body"):
            relation = self.context.senses_of_preposition(mention)
            if relation in {"", "from"} and mention.form != "anaphor":
                return self.state(mention.entity)
        return None

    def side(self, count: Count) -> Entity | None:
        """The state that sends the counted to an exercise, or is represented by them."""
        sentence = self.context.sentence(count.index)
        near = range(max(sentence.first, count.index - SIDE_REACH), count.index)
        sides = [m for m in self.context.mentions.within(near, "state", "body") if self._from_side(m)]
        if sides:
            return self.state(sides[-1].entity)
        verb = self.context.predicate(count.index).index
        wanted = {"object"} if self.context.senses.has(verb, "represent_verb") else {"subject"}
        if not self.context.senses.has(verb, "represent_verb", "arrive"):
            return None
        for argument in self._arguments(count, "subject", "object"):
            found = self._states(argument.tokens) if count.index not in argument.tokens else []
            if found and (argument.role in wanted or "object" in wanted):
                return found[0]
        return None

    def _from_side(self, mention: EntityMention) -> bool:
        before = (mention.first - 1, mention.first - 2)
        return any(i >= 0 and self.context.senses.has(i, "from_side") for i in before)

    def unit(self, count: Count) -> Entity | None:
        """The state of the unit whose strength is told («немецкая бригада численностью до 5000 человек»)."""
        here = self.context.sentence(count.index)
        begin = self.text.sentences[max(0, here.index - 1)].first
        for index in reversed(range(begin, count.index)):
            if self.context.senses.has(index, "military_unit"):
                found = self.context.mentions.within(self.context.phrase(index), "state", "body")
                return self.state(found[0].entity) if found else None
        return None

    def sending_organization(self, count: Count) -> Entity | None:
        """«ОДКБ направила более 2000 миротворцев», «силы Альянса насчитывают 5000 человек»."""
        verb = self.context.predicate(count.index).index
        if not self.context.senses.has(verb, "arrive", "belong_verb"):
            return None
        for argument in self._arguments(count, "subject"):
            found = self.context.mentions.within(argument.tokens, "organization", "state", "body")
            if found and count.index not in argument.tokens:
                return found[0].entity if found[0].entity.kind == "organization" else None
        return None

    def of_meeting(self, count: Count) -> Answer:
        """Of joint events that the sides of talks speak of: the first side of the meeting told of last."""
        begin = self.context.sentence(count.index).begin
        meetings = [
            f for f in self.context.facts if isinstance(f, Meeting) and f.evidence[0].begin <= begin and f.actors
        ]
        state = self.state(meetings[-1].actors[0].value) if meetings else None
        return (state, "plan") if state is not None else None

    def first(self, count: Count) -> Entity | None:
        """The state named first in the sentence."""
        sentence = self.context.sentence(count.index)
        found = self._states(range(sentence.first, sentence.last))
        return found[0] if found else None

    def of_supply(self, count: Count) -> Entity | None:
        """The recipient of the delivery told of in the sentences before."""
        begin = self.context.sentence(count.index).begin
        supplies = [f for f in self.context.facts if isinstance(f, Supply) and f.evidence[0].begin <= begin]
        near = [s for s in supplies if begin - s.evidence[-1].end < NEAR_CHARACTERS]
        return self.state(near[-1].recipient) if near else None

    def located(self, count: Count) -> Entity | None:
        """The state in which the counted are: «в Ташкенте», «в стране»."""
        for mention in self.context.places(self._around(count)):
            if self.context.senses_of_preposition(mention) == "in":
                code = mention.entity.state
                return self.context.mentions.states.get(code) if code else None
        return None

    def party(self, count: Count) -> Answer:
        """The state that acts in the clause: its subject, else the only state of it."""
        for argument in self._arguments(count, "subject"):
            if count.index in argument.tokens:
                continue
            found = self._states(argument.tokens)
            if found:
                return found[0], "party"
        found = self._states(self._around(count), partners=False)
        if len(found) == 1:
            return found[0], "party"
        sentence = self.context.sentence(count.index)
        whole = self._states(range(sentence.first, sentence.last), partners=False)
        if len(whole) == 1:
            return whole[0], "party"
        anaphor = self._anaphor(range(sentence.first, sentence.last))
        return (anaphor, "party") if anaphor is not None and not whole else None

    def organization(self, count: Count) -> Entity | None:
        """The organization in the clause."""
        found = self.context.mentions.within(self._around(count), "organization")
        return found[0].entity if found else None

    def recipient(self, count: Count) -> Entity | None:
        """Who gets what is delivered: the dative beside the verb of giving, the subject of one of getting."""
        clause = self._around(count)
        getting = any(self.context.senses.has(i, "receive_verb") for i in clause)
        for argument in self._arguments(count, "subject" if getting else "indirect", "oblique", "object"):
            if getting and argument.role != "subject":
                continue
            if not getting and argument.case != "Dat":
                continue
            found = self._states(argument.tokens)
            if found:
                return found[0]
        return None

    def forces(self, count: Count) -> Entity | None:
        """The state whose forces act in the clause («медицинским персоналом ВС РК выполнено …», «наши миротворцы»)."""
        for mention in self.context.mentions.within(self._around(count), "body"):
            if mention.entity.body in {"AF", "MoD", "UNIT", "SEC"}:
                return self.state(mention.entity)
        for argument in self._arguments(count, "subject"):
            if self.context.senses.has(argument.head, "force") and count.index not in argument.tokens:
                found = self.context.mentions.within(argument.tokens, "state")
                return self.state(found[0].entity) if found else None
        return None

    def of_training(self, count: Count) -> Answer:
        """Whose the trained are, where they are not described: the institution or organization of the sentence."""
        for index in self._around(count):
            # «для Таджикистана подготовлено 300 офицеров»
            if self.context.senses.has(index, "benefit") and (meant := self._states(range(index, index + 3))):
                return meant[0], "party"
        sentence = self.context.sentence(count.index)
        tokens = range(sentence.first, sentence.last)
        organizations = self.context.mentions.within(tokens, "organization", "institution")
        if organizations:
            return organizations[0].entity, "party"
        if count.noun < count.index:
            owner = next((o.of for o in self.offices if o.of.kind in {"institution", "organization"}), None)
            if owner is not None:
                return owner, "speaker"
        found = self._states(self._around(count))
        if found:
            return (found[0], "party") if len(found) == 1 else None
        own = self._first_state()
        return (own, "speaker") if own is not None and not self._states(tokens) else None

    def _first_state(self) -> Entity | None:
        """The state that the text names first, under its heading: the one from which it speaks."""
        for mention in self.context.mentions.all:
            if not self.context.in_title(mention.first) and mention.entity.kind in {"state", "body"}:
                return self.state(mention.entity)
        return None

    def of_plan(self, count: Count) -> Answer:
        """Of events in a plan: the first party of the plan that was spoken of last."""
        sentence = self.context.sentence(count.index)
        if not any(self.context.senses.has(i, "plan_noun") for i in range(sentence.first, sentence.last)):
            return None
        plans = [f for f in self.context.facts if isinstance(f, Agreement) and f.type == "plan" and f.parties]
        before = [f for f in plans if f.evidence[0].begin <= sentence.begin]
        if before:
            first = min(before[-1].parties, key=lambda p: self._position(p.value))
            state = self.state(first.value)
            return (state, "plan") if state is not None else None
        for number in range(sentence.index - 1, max(-1, sentence.index - 1 - BACK_SENTENCES), -1):
            earlier = self.text.sentences[number]
            found = self._states(range(earlier.first, earlier.last))
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

    # ------------------------------------------------------------------ words around

    def state(self, entity: Entity) -> Entity | None:
        """The state that an entity is or belongs to."""
        return self.context.mentions.states.get(entity.state or "")

    def _around(self, count: Count) -> tuple[int, ...]:
        return self.context.clause(count.index)

    def _arguments(self, count: Count, *roles: str) -> list[Argument]:
        verb = self.context.predicate(count.index).index
        return [a for a in self.context.arguments(verb) if a.role in roles]

    def _states(self, tokens: Iterable[int], *, partners: bool = True) -> list[Entity]:
        """The states among the tokens, each once, bodies counting as their states; anaphors are left out.

        Without `partners`, those with whom something is done are left out too.
        """
        found: list[Entity] = []
        for mention in self.context.actor_mentions(tokens):
            state = self.state(mention.entity)
            if not partners and self.context.senses_of_preposition(mention) == "with":
                continue
            if state is not None and mention.form != "anaphor" and state not in found:
                found.append(state)
        return found

    def _anaphor(self, tokens: Iterable[int]) -> Entity | None:
        """«страна имеет …»: the state that the word stands for, else the one that the text is about."""
        wanted = list(tokens)
        for mention in self.context.mentions.within(wanted, "state"):
            if mention.form == "anaphor":
                return mention.entity
        words = [i for i in wanted if self.context.senses.has(i, "state_anaphor")]
        return self.context.home if words else None

    def _position(self, entity: Entity) -> int:
        return next((m.first for m in self.context.mentions.all if m.entity.state == entity.state), 0)


def _event(mention: EntityMention) -> Entity:
    return Entity("exercise", mention.entity.name, year=mention.entity.year)
