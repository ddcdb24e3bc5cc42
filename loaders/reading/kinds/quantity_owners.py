"""Whose a number is: the state that words beside it name, a party of its clause, or a party of what it belongs to."""

from collections.abc import Iterable

from loaders.reading.context import Context
from loaders.reading.facts import Agreement, Entity, Meeting, Supply
from loaders.reading.kinds.quantity_counts import Count
from loaders.reading.mentions import EntityMention
from loaders.reading.offices import find_offices
from loaders.reading.syntax import Argument

Answer = tuple[Entity, str] | None
BACK_SENTENCES = 2
SIDE_REACH = 6
SENDING = frozenset({"from", "with", "on_behalf"})
NEAR_CHARACTERS = 400
INSTITUTIONS = ("organization", "institution", "company")


class Owners:
    """Answers whose a number is, for one text.

    Arguments:
        context: the text, with the facts of other kinds that were found in it.
    """

    def __init__(self, context: Context) -> None:
        self.context = context
        self.text = context.text
        self.offices = find_offices(context)

    # ------------------------------------------------------------------ beside the number

    def described(self, count: Count) -> Entity | None:
        """The state that the counted noun itself names: «узбекских офицеров», «курсантов из Таджикистана»."""
        first = self.context.tokens_of(count.number.span)[-1] + 1
        inside = range(first, count.last) if count.noun > count.index else range(0)
        for mention in self.context.mentions.within(inside, "state", "body"):
            return self.state(mention.entity)
        at, end = count.last, self.context.sentence(count.index).last
        while at < end and (
            self.text.tokens[at].text in {"–", "—"} or self.context.senses.has(at, "from_side", "out_of")
        ):
            at += 1
        for mention in self.context.mentions.at(at) if at < end else ():
            adjacent = mention.form in {"name", "body"} or (mention.form == "adjective" and at > count.last)
            if len(self.context.coordinated(mention)) > 1 and at > count.last:
                continue  # "4,000 soldiers from Kazakhstan and Kyrgyzstan" are nobody's alone
            if mention.first == at and adjacent and (at > count.last or self.context.relation_of(mention) == "of"):
                return self.state(mention.entity)
        for mention in self.context.mentions.at(count.index - 1) if count.index else ():
            if mention.form in {"name", "body"} and self._owns(mention, count):
                return self.state(mention.entity)  # "Kazakhstan's 200 officers", «Қазақстанның 200 офицері»
        return None

    def _owns(self, mention: EntityMention, count: Count) -> bool:
        head = self.text.tokens[mention.head].head
        return head == count.noun and self.context.relation_of(mention) == "of"

    def side(self, count: Count) -> Entity | None:
        """The side that the words before the number name: «от РФ занято …», «узбекский контингент – 200 бойцов»."""
        sentence = self.context.sentence(count.index)
        near = range(max(sentence.first, count.index - SIDE_REACH), count.index)
        for mention in reversed(self.context.mentions.within(near, "state", "body")):
            before = (mention.first - 1, mention.first - 2)
            if any(i >= 0 and self.context.senses.has(i, "from_side") for i in before):
                return self.state(mention.entity)
            noun = self.text.tokens[mention.head].head
            if mention.form == "adjective" and noun is not None and self.context.senses.has(noun, "military_unit"):
                return self.state(mention.entity)
        for mention in self.context.mentions.within(self.context.clause(count.index), "state"):
            noun = self.text.tokens[mention.head].head
            if mention.form != "adjective" or noun is None or not self.context.senses.has(noun, "side"):
                continue
            if self.context.numbers_in(range(count.last, mention.first)):
                continue  # «900 военных, в том числе 600 – от российской стороны»
            if self.context.relation(noun) in SENDING:
                return self.state(mention.entity)
        verb = self.context.predicate(count.index).index
        represents = self.context.senses.has(verb, "represent_verb")
        if not represents and not self.context.senses.has(verb, "arrive"):
            return None
        for argument in self._arguments(count, "subject", "object" if represents else "subject"):
            found = self._states(argument.tokens) if count.index not in argument.tokens else []
            if found:
                return found[0]
        return None

    def unit(self, count: Count) -> Entity | None:
        """The state of the unit whose strength is told («немецкая бригада численностью до 5000 человек»)."""
        here = self.context.sentence(count.index)
        for sentence in reversed(self.text.sentences[max(0, here.index - 1) : here.index + 1]):
            tokens = range(sentence.first, min(sentence.last, count.index))
            unit = next((i for i in reversed(tokens) if self.context.senses.has(i, "military_unit")), None)
            if unit is not None:
                mentions = self.context.mentions.within(self.context.phrase(unit), "state", "body")
                found = [self.state(m.entity) for m in mentions] or [*self._states(tokens)]
                return found[0] if found else None
        return None

    def located(self, count: Count) -> Entity | None:
        """The state in which the counted are: «в Ташкенте», «в стране»."""
        for mention in self.context.places(self.context.clause(count.index)):
            if self.context.relation_of(mention) == "in":
                return self.context.mentions.states.get(mention.entity.state or "")
        return None

    # ------------------------------------------------------------------ in the clause

    def party(self, count: Count) -> Answer:
        """The state that acts: the subject of the clause, else the only state of clause or sentence."""
        for argument in self._arguments(count, "subject"):
            found = self._states(argument.tokens) if count.index not in argument.tokens else []
            if found:
                return found[0], "party"
        sentence = self.context.sentence(count.index)
        whole = range(sentence.first, sentence.last)
        for tokens in (self.context.clause(count.index), whole):
            found = self._states(tokens, partners=False)
            if len(found) == 1:
                return found[0], "party"
        speaks_of_home = any(
            self.context.senses.has(i, "state_anaphor") and self.text.tokens[i].number == "Sing" for i in whole
        )
        return (self.context.home, "party") if speaks_of_home and self.context.home and not found else None

    def organization(self, count: Count) -> Entity | None:
        """The organization in the clause."""
        found = self.context.mentions.within(self.context.clause(count.index), "organization")
        return found[0].entity if found else None

    def sender(self, count: Count) -> Entity | None:
        """The organization that sends or has the counted: «ОДКБ направила более 2000 миротворцев»."""
        if not self.context.senses.has(self.context.predicate(count.index).index, "arrive", "belong_verb"):
            return None
        for argument in self._arguments(count, "subject"):
            found = self.context.mentions.within(argument.tokens, "organization", "state", "body")
            if found and count.index not in argument.tokens:
                return found[0].entity if found[0].entity.kind == "organization" else None
        return None

    def forces(self, count: Count) -> Entity | None:
        """The state whose forces act in the clause («медицинским персоналом ВС РК выполнено», «наши миротворцы»)."""
        for mention in self.context.mentions.within(self.context.clause(count.index), "body"):
            if mention.entity.body in {"AF", "MoD", "UNIT", "SEC"}:
                return self.state(mention.entity)
        for argument in self._arguments(count, "subject"):
            if self.context.senses.has(argument.head, "force") and count.index not in argument.tokens:
                found = self.context.mentions.within(argument.tokens, "state")
                return self.state(found[0].entity) if found else None
        return None

    def is_shared(self, count: Count) -> bool:
        """Whether two states, or words that stand for two, act in the clause."""
        clause = self.context.clause(count.index)
        pair = any(self.context.senses.has(i, "both", "partner_noun") for i in clause)
        return pair or len(self._states(clause)) > 1

    def home(self, count: Count) -> Entity | None:
        """The only state of the sentence, else the one that the text is about."""
        sentence = self.context.sentence(count.index)
        found = self._states(range(sentence.first, sentence.last))
        return found[0] if len(found) == 1 else self.context.home

    # ------------------------------------------------------------------ deliveries

    def recipient(self, count: Count) -> Entity | None:
        """Who gets what is delivered: the dative beside a word of giving, the subject of one of getting."""
        for word in self._words_of_delivery(count):
            if self.context.senses.has(word, "supply_noun"):
                # «поставку Индонезии 42 истребителей»
                after = [m for m in self.context.mentions.at(word + 1) if m.first == word + 1 and m.form == "name"]
                if after and (state := self.state(after[0].entity)) is not None:
                    return state
                continue
            getting = self.context.senses.has(word, "receive_verb", "receive_noun")
            for argument in self.context.arguments(word):
                given = argument.role != "subject" and argument.relation in {"recipient", "for", "to"}
                fits = argument.role == "subject" if getting else given
                found = self._states(argument.tokens) if fits else []
                if found:
                    return found[0]
            if getting:
                sentence = self.context.sentence(count.index)
                named = self.context.actor_mentions(range(sentence.first, word))
                acting = [m for m in named if self.context.relation_of(m) == "subject" and self._actor_state(m)]
                if acting:
                    return self._actor_state(acting[-1])
        return None

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
        states = [s for s in (self.state(near[-1].recipient), self.state(near[-1].supplier)) if s is not None]
        return min(states, key=self._position) if first_named and states else self.state(near[-1].recipient)

    def beneficiary(self, count: Count) -> Entity | None:
        """«для пакистанского флота», «в интересах Таджикистана»."""
        for index in self.context.clause(count.index):
            for mention in self.context.mentions.at(index):
                benefits = mention.head == index and self.context.relation_of(mention) == "for"
                if benefits and (state := self.state(mention.entity)) is not None:
                    return state
        return None

    def first(self, count: Count) -> Entity | None:
        """The state named first in the sentence."""
        sentence = self.context.sentence(count.index)
        found = self._states(range(sentence.first, sentence.last))
        return found[0] if found else None

    # ------------------------------------------------------------------ farther away

    def of_training(self, count: Count) -> Answer:
        """Whose the trained are where they are not described: who trains them, else who sends them."""
        if (meant := self.beneficiary(count)) is not None:
            return meant, "party"
        for argument in self._arguments(count, "subject"):
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
        found = self._states(self.context.clause(count.index)) or self._states(whole)
        if found:
            return (found[0], "party") if len(found) == 1 else None
        own = self._first_state()
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
            states = [s for p in before[-1].parties if (s := self.state(p.value)) is not None]
            return (min(states, key=self._position), "plan") if states else None
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

    def of_meeting(self, count: Count) -> Answer:
        """Of joint events that the sides of talks speak of: the first side of the meeting told of last."""
        begin = self.context.sentence(count.index).begin
        meetings = [
            f for f in self.context.facts if isinstance(f, Meeting) and f.evidence[0].begin <= begin and f.actors
        ]
        near = [m for m in meetings if begin - m.evidence[-1].end < NEAR_CHARACTERS]
        state = self.state(near[-1].actors[0].value) if near else None
        return (state, "plan") if state is not None else None

    # ------------------------------------------------------------------ words around

    def state(self, entity: Entity) -> Entity | None:
        """The state that an entity is or belongs to."""
        return self.context.mentions.states.get(entity.state or "")

    def _actor_state(self, mention: EntityMention) -> Entity | None:
        return self.state(mention.entity) if mention.form != "anaphor" else None

    def _arguments(self, count: Count, *roles: str) -> list[Argument]:
        verb = self.context.predicate(count.index).index
        return [a for a in self.context.arguments(verb) if a.role in roles]

    def _states(self, tokens: Iterable[int], *, partners: bool = True) -> list[Entity]:
        """The states among the tokens, each once, bodies counting as their states; anaphors are left out.

        Without `partners`, those with whom something is done are left out too.
        """
        found: list[Entity] = []
        for mention in self.context.actor_mentions(tokens):
            state = self._actor_state(mention)
            if state is None or state in found:
                continue
            if partners or self.context.relation_of(mention) != "with":
                found.append(state)
        return found

    def _first_state(self) -> Entity | None:
        """The state that the text names first, under its heading: the one from which it speaks."""
        for mention in self.context.mentions.all:
            if not self.context.in_title(mention.first) and mention.entity.kind in {"state", "body"}:
                return self.state(mention.entity)
        return None

    def _position(self, state: Entity) -> int:
        """Where the text first names a state, under its heading."""
        named = (m.first for m in self.context.mentions.all if m.entity.state == state.state and m.form != "metonym")
        return next((first for first in named if not self.context.in_title(first)), len(self.text.tokens))
