"""One occasion from the words that name it: its parties by the kind of occasion, its place, its date, its modality."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from loaders.reading.context import Context
from loaders.reading.facts import Entity, MeetingKind, Modality, PartialDate, Stated
from loaders.reading.kinds.meeting_circumstances import Circumstances
from loaders.reading.kinds.meeting_parties import Parties, PartyFinder, side
from loaders.reading.kinds.meeting_roles import Roles
from loaders.reading.kinds.meeting_triggers import NOUNS, VERBS, Trigger
from loaders.reading.mentions import EntityMention
from loaders.reading.syntax import Argument


@dataclass(frozen=True, slots=True)
class Occasion:
    """An occasion as far as one place of the text tells of it.

    Arguments:
        trigger: the words that name it.
        parties: who meets.
        organizations: whose session it is, or whose room a briefing uses.
        place, date: where and when.
        modality: whether it took place.
        tokens: the tokens that its evidence rests on.
    """

    trigger: Trigger
    parties: Parties
    organizations: tuple[Stated[Entity], ...] = ()
    place: Stated[Entity] | None = None
    date: Stated[PartialDate] | None = None
    modality: Modality = "held"
    tokens: tuple[int, ...] = ()

    @property
    def kind(self) -> MeetingKind:
        """The kind of occasion."""
        return self.trigger.kind


class OccasionFinder:
    """Builds occasions; remembers those before, on which later words lean («переговоры с гостем», «там же»)."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.text = context.text
        self.people = PartyFinder(context)
        self.where = Circumstances(context)
        self.roles = Roles(context, self.people)
        self.before: list[Occasion] = []

    def occasion(self, trigger: Trigger) -> Occasion | None:
        """The occasion that a trigger names, or None if it names none that can be told."""
        if self._is_topic(trigger):
            return None
        found = {
            "talks": self._talks, "call": self._talks, "visit": self._visit, "briefing": self._briefing,
            "session": self._session, "conference": self._gathering, "ceremony": self._gathering,
        }[trigger.kind](trigger)  # fmt: skip
        if found is not None:
            found = replace(found, modality=self._modality(trigger))
            self.before.append(found)
        return found

    # ------------------------------------------------------------------ kinds

    def _talks(self, trigger: Trigger) -> Occasion | None:
        if trigger.sense == "call_manner" and not self._speaks(trigger):
            return None
        if trigger.sense == "meeting_talks" and self._by_phone(trigger):
            trigger = replace(trigger, kind="call")
        parties = self.roles.own(trigger)
        leaning: Occasion | None = None
        if trigger.sense == "discuss_verb" and self._has_other(trigger):
            return None
        if trigger.sense == "receive_guest_verb":
            roles = {a.role for a in self.context.arguments(trigger.index) if self._persons(a)}
            if not {"subject", "object"} <= roles:
                return None
        guests = self._guests(trigger)
        if guests is not None:
            leaning, parties = guests, parties + _of_guest(guests)
        if len(parties.sides) < 2:
            parties = parties + self.people.among(self.context.clause(trigger.index))
        if len(parties.sides) < 2 and trigger.sense not in VERBS:
            for addition, _ in self.roles.comers(trigger, following=0):
                parties = parties + addition
        if len(parties.sides) < 2 and self._is_held(trigger):
            sentence = self.context.sentence(trigger.index)
            parties = self.people.persons(range(sentence.first, sentence.last))
        if not parties.persons and trigger.sense not in VERBS:
            back = self._leaning_back(trigger)
            if back is not None and (len(parties.sides) < 2 or back.parties.sides == parties.sides):
                return back
        if len(parties.sides) < 2:
            return None
        return self._placed(trigger, parties + self.roles.leaders(trigger, parties), leaning)

    def apart(self, occasion: Occasion) -> list[Occasion]:
        """«отдельные встречи с министрами России и Беларуси»: one occasion with each."""
        noun = occasion.trigger.last - 1
        several = self.text.tokens[noun].number == "Plur" and any(
            self.context.senses.has(c, "separate") for c in self.text.children[noun]
        )
        if not several or len(occasion.parties.actors) < 3:
            return [occasion]
        first, *others = occasion.parties.actors
        pairs = []
        for other in others:
            sides = {side(first.value), side(other.value)}
            persons = []
            for person in occasion.parties.persons:
                actor = self.people.actor_of(person.value, occasion.trigger.index)
                if actor is not None and side(actor.value) in sides:
                    persons.append(person)
            pairs.append(replace(occasion, parties=Parties(tuple(persons), (first, other))))
        return pairs

    def _leaning_back(self, trigger: Trigger) -> Occasion | None:
        """«На переговорах стороны обсудили …»: the talks spoken of before, else of those named before."""
        for earlier in reversed(self.before):
            if earlier.kind == trigger.kind:
                return self._placed(trigger, earlier.parties, earlier, inherit=True)
        parties, place_of = self.people.before(trigger.index, sentences=2)
        if len(parties.sides) < 2:
            return None
        found = self._placed(trigger, parties, None)
        return replace(
            found, place=found.place or self.where.place(place_of), date=found.date or self.where.date(place_of)
        )

    def _visit(self, trigger: Trigger) -> Occasion | None:
        visitors = self.roles.visitors(trigger)
        if not visitors.actors:
            return None
        if trigger.sense == "travel_verb" and (self._has_other(trigger) or not self._travels(trigger, visitors)):
            return None
        place = self._destination(trigger)
        date = self.where.date(trigger.index)
        tokens: tuple[int, ...] = ()
        host = self.where.host(place)
        if host is None or side(host) in visitors.sides:
            known = self._known_visit(trigger, visitors)
            if known is None:
                return None
            place, host, known_date, token = known
            date, tokens = date or known_date, (token,)
        actors = (visitors.actors[0], self.people.stated(host, trigger.index))
        return Occasion(trigger, Parties(visitors.persons, actors), (), place, date, tokens=(trigger.index, *tokens))

    def _briefing(self, trigger: Trigger) -> Occasion | None:
        sentence = self.context.sentence(trigger.index)
        if any(
            self.context.senses.has(i, "meeting_talks", "meeting_call") and not self.context.senses.has(i, "meet_verb")
            for i in range(sentence.first, sentence.last)
        ):
            return None
        clause = self.context.clause(trigger.index)
        verb = self.roles.verb(trigger)
        parties = self.people.in_arguments(self.roles.subjects(verb) if verb is not None else [])
        rooms = self._rooms(trigger, clause)
        if not parties.actors:
            parties = self.people.among(i for i in clause if not any(i in range(m.first, m.last) for m in rooms))
        if not parties.actors:
            return None
        if parties.persons:
            first = self.people.actor_of(parties.persons[0].value, trigger.index)
            parties = Parties(parties.persons[:1], (first,) if first else parties.actors[:1])
        else:
            parties = Parties((), parties.actors[:1])
        organizations = tuple(self.people.stated(m.entity, m.head) for m in rooms)
        return replace(self._placed(trigger, parties, None), organizations=organizations)

    def _session(self, trigger: Trigger) -> Occasion | None:
        organizations = tuple(
            self.people.stated(m.entity, m.head)
            for m in self.context.mentions.within(self.context.phrase(trigger.index), "organization")
            if m.entity.iri
        )[:1]
        verb = self.roles.verb(trigger)
        arguments = self.roles.subjects(verb) if verb is not None else []
        parties = self.people.in_arguments([a for a in arguments if trigger.index not in a.tokens])
        for addition, _ in self.roles.comers(trigger):
            parties = parties + addition
        parties = Parties(parties.persons, tuple(a for a in parties.actors if a.value.kind != "organization"))
        if not organizations and len(parties.sides) < 2:
            return None
        return replace(self._placed(trigger, parties, None), organizations=organizations)

    def _gathering(self, trigger: Trigger) -> Occasion | None:
        """Conferences and ceremonies: those in the clause, and those of whom the next sentences say that they came."""
        clause = self.context.clause(trigger.index)
        parties = self.people.among(clause)
        tokens = [trigger.index]
        for addition, index in self.roles.comers(trigger):
            parties, tokens = parties + addition, [*tokens, index]
        if not parties.actors:
            return None
        found = self._placed(trigger, parties, None)
        if found.place is None or found.date is None:
            place, date = self.where.of_exercise(self.context.phrase(trigger.index))
            found = replace(found, place=found.place or place, date=found.date or date)
        return replace(found, tokens=tuple(tokens))

    # ------------------------------------------------------------------ parties

    def _guests(self, trigger: Trigger) -> Occasion | None:
        """«переговоры с гостем»: the visit before."""
        tokens = self.context.clause(trigger.index)
        if not any(self.context.senses.has(i, "visiting_guest") for i in tokens):
            return None
        return next((o for o in reversed(self.before) if o.kind == "visit"), None)

    # ------------------------------------------------------------------ words around

    def _is_topic(self, trigger: Trigger) -> bool:
        return any(
            self.context.senses.has(c, "topic_preposition") and self.text.tokens[c].rel == "case"
            for c in self.text.children[trigger.last - 1]
        )

    def _modality(self, trigger: Trigger) -> Modality:
        prepositions = [
            c for c in self.text.children[trigger.last - 1]
            if self.text.tokens[c].rel == "case" and self.context.senses.has(c, "occasion_preposition")
        ]  # fmt: skip
        if trigger.sense == "discuss_verb":
            # What is discussed is open, that it is discussed is not.
            token = self.text.tokens[trigger.index]
            said = self.context.modality(trigger.index)
            return "held" if said == "proposed" and token.feats.get("Tense") == "Past" else said
        if trigger.sense in VERBS or not prepositions:
            return self.context.modality(trigger.index)
        adjectives = [c for c in self.text.children[trigger.last - 1] if self.text.tokens[c].pos == "ADJ"]
        verb = self.roles.verb(trigger)
        ahead = verb is not None and self.text.tokens[verb].feats.get("Tense") == "Fut"
        return "planned" if ahead or any(self.context.senses.has(c, "plan") for c in adjectives) else "held"

    def _is_held(self, trigger: Trigger) -> bool:
        """«провели переговоры»: a verb of holding before the noun, however the sentence was parsed."""
        begin = max(self.context.sentence(trigger.index).first, trigger.index - 7)
        return any(
            self.context.senses.has(i, "hold") and self.text.tokens[i].pos == "VERB"
            for i in range(begin, trigger.index)
        )

    def _has_other(self, trigger: Trigger) -> bool:
        """Whether the clause names the occasion by a noun or a plainer verb as well («прибыл с визитом»)."""
        plain = [*NOUNS, "meet_verb", "call_manner", "receive_guest_verb"]
        return any(self.context.senses.has(i, *plain) for i in self.context.clause(trigger.index))

    def _travels(self, trigger: Trigger, visitors: Parties) -> bool:
        """Whether persons or a delegation go somewhere, and not troops."""
        subjects = self.roles.subjects(trigger.index)
        delegation = any(self.context.senses.has(a.head, "delegation") and not a.preposition for a in subjects)
        return bool(visitors.persons) or (
            delegation and not any(self.context.senses.has(a.head, "military_unit") for a in subjects)
        )

    def _speaks(self, trigger: Trigger) -> bool:
        verb = self.roles.verb(trigger)
        return verb is not None and self.context.senses.has(verb, "speak_verb")

    def _by_phone(self, trigger: Trigger) -> bool:
        return any(self.context.senses.has(c, "by_phone") for c in self.text.children[trigger.last - 1])

    def _persons(self, argument: Argument) -> bool:
        return bool(self.people.among(argument.tokens).persons)

    def _rooms(self, trigger: Trigger, clause: Sequence[int]) -> list[EntityMention]:
        """Institutions in whose rooms a briefing is held («на брифинге в Службе центральных коммуникаций»)."""
        rooms = self.context.mentions.within(clause, "institution", "company")
        return [m for m in rooms if self.context.is_located(m) and m.first > trigger.index][:1]

    def _destination(self, trigger: Trigger) -> Stated[Entity] | None:
        if trigger.sense == "visit_verb":
            for argument in self.context.arguments(trigger.index):
                places = self.context.places(argument.tokens) if argument.role == "object" else []
                if places:
                    return self.people.stated(places[0].entity, places[0].head)
        return self.where.place(trigger.index, to=True)

    def _known_visit(
        self, trigger: Trigger, visitors: Parties
    ) -> tuple[Stated[Entity], Entity, Stated[PartialDate] | None, int] | None:
        """Place, host and date of a visit from the last sentence before in which the visitor is somewhere abroad."""
        names = {p.value for p in visitors.persons}
        for mention in reversed(self.context.mentions.all):
            if mention.entity not in names or mention.last > trigger.index or self.context.in_title(mention.first):
                continue
            place = self.where.place(mention.head)
            host = self.where.host(place)
            if place is not None and host is not None and side(host) not in visitors.sides:
                return place, host, self.where.date(mention.head), mention.head
        return None

    def _placed(
        self, trigger: Trigger, parties: Parties, leaning: Occasion | None, *, inherit: bool = False
    ) -> Occasion:
        """The occasion with place and date; what it does not say it takes from the occasion that it leans on."""
        place, date = self.where.place(trigger.index), self.where.date(trigger.index)
        sentence = self.context.sentence(trigger.index)
        there = any(self.context.senses.has(i, "at_the_same_place") for i in range(sentence.first, sentence.last))
        visiting = [
            o for o in self.before
            if o.kind == "visit" and (
                o.trigger.index in self.context.clause(trigger.index)
                or (o.parties.sides == parties.sides and sentence.first <= o.trigger.index < sentence.last)
            )
        ]  # fmt: skip
        if leaning is None and (there or visiting) and self.before:
            leaning = visiting[0] if visiting else self.before[-1]
        if leaning is not None:
            place, date = place or leaning.place, date or leaning.date
        tokens = (trigger.index, *(leaning.tokens if leaning and inherit else ()))
        return Occasion(trigger, parties, (), place, date, tokens=tokens)


def _of_guest(visit: Occasion) -> Parties:
    """The visitor alone, without his host."""
    return Parties(visit.parties.persons, visit.parties.actors[:1])
