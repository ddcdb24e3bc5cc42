"""Talks and calls: who speaks with whom."""

from dataclasses import replace

from loaders.reading.context import Context
from loaders.reading.kinds.meeting_circumstances import Circumstances
from loaders.reading.kinds.meeting_earlier import Earlier
from loaders.reading.kinds.meeting_gatherings import Gatherings
from loaders.reading.kinds.meeting_ledes import of_the_day, where_written
from loaders.reading.kinds.meeting_occasion import Occasion
from loaders.reading.kinds.meeting_parties import Parties, PartyFinder
from loaders.reading.kinds.meeting_roles import Roles, names_otherwise
from loaders.reading.kinds.meeting_triggers import VERBS, Trigger
from loaders.reading.kinds.meeting_words import OccasionWords
from loaders.reading.relations import BARE


class Talks:
    """Reads the talks and calls of one text.

    Arguments:
        context: the text.
        people: who is who in it.
        roles: who has which part in an occasion.
        where: places and dates.
        words: what the words beside a trigger make of it.
        gatherings: occasions with many.
        earlier: the occasions before.
    """

    def __init__(
        self, context: Context, people: PartyFinder, roles: Roles, where: Circumstances, words: OccasionWords,
        gatherings: Gatherings, earlier: Earlier,
    ) -> None:  # fmt: skip
        self.context = context
        self.people = people
        self.roles = roles
        self.where = where
        self.words = words
        self.gatherings = gatherings
        self.earlier = earlier

    def talks(self, trigger: Trigger) -> Occasion | None:
        """The talks or the call that a trigger names, if at least two sides can be told."""
        if self._names_none(trigger):
            return None
        if trigger.sense == "meeting_talks" and self.words.by_phone(trigger):
            trigger = replace(trigger, kind="call")
        if (joining := self._joining(trigger)) is not None:
            return joining
        parties, leaning = self._told(trigger)
        if not parties.persons and trigger.sense not in VERBS:
            back = self.earlier.leaning_back(trigger)
            if back is not None and (len(parties.sides) < 2 or back.parties.sides == parties.sides):
                return back
        if len(parties.sides) == 1:
            parties, leaning = self._with_another_side(trigger, parties, leaning)
        if len(parties.sides) < 2:
            return self.gatherings.of_members(trigger) if trigger.sense == "meet_verb" else None
        if trigger.sense == "discuss_verb" and self.earlier.discussed(trigger, parties):
            return None
        parties = parties.official + self.roles.leaders(trigger, parties) + self.roles.attenders(trigger, parties)
        found = of_the_day(self.context, self.people, self.earlier.placed(trigger, parties, leaning))
        if found.place is None and self.words.is_aside(trigger):
            occasions = self.earlier.occasions
            gatherings = [o.place for o in occasions if o.kind in {"conference", "session"} and o.place is not None]
            found = replace(found, place=gatherings[-1] if gatherings else None)
        return where_written(self.context, self.people, self.where, found) if trigger.kind == "talks" else found

    def _names_none(self, trigger: Trigger) -> bool:
        """Whether words that may tell of talks do not: nobody speaks, or one side alone is there."""
        if trigger.sense == "call_manner":
            return not self.words.speaks(trigger)
        if trigger.sense == "call_verb":
            return not self.roles.called(trigger)
        if trigger.sense == "discuss_verb":
            return names_otherwise(self.context, trigger) or self.words.is_passive(trigger)
        if trigger.sense != "receive_guest_verb":
            return False
        arguments = self.context.arguments(trigger.index)
        who = [a for a in arguments if a.relation in BARE and self.people.officials(a.tokens).actors]
        guest = 0 if self.earlier.visit_of_guest(trigger) is None else 1  # «гостя принял министр»
        if guest and any(a.role == "subject" and self.people.in_arguments([a]).persons for a in arguments):
            return False
        return len(who) + guest < 2 or not any(a.role == "subject" for a in who)

    def _told(self, trigger: Trigger) -> tuple[Parties, Occasion | None]:
        """The parties that the words beside a trigger name, and the visit whose guest is one of them."""
        parties = self.roles.own(trigger)
        guests = self.earlier.visit_of_guest(trigger)
        if guests is not None:
            parties = parties + Parties(guests.parties.persons, guests.parties.actors[:1])
            if trigger.sense == "receive_guest_verb" and len(parties.sides) < 2:
                parties = parties + Parties((), guests.parties.actors)  # whoever receives is of the state visited
        if len(parties.sides) < 2:
            parties = parties + self.people.among(self._around(trigger))
        if trigger.sense not in VERBS:
            parties = self._with_comers(trigger, parties)
        if len(parties.sides) < 2 and (trigger.sense in VERBS or self.words.is_held(trigger)):
            parties = self.people.officials(self.words.main_clause(trigger))
        return parties, guests

    def _with_comers(self, trigger: Trigger, parties: Parties) -> Parties:
        """Who came or took part, as its sentence or the next one says («кездесу өтті. Оған … қатысты»)."""
        for addition, _ in self.roles.comers(trigger, following=0):
            parties = parties + addition
        if len(parties.sides) < 2 and not parties.persons:
            for addition, _ in self.roles.comers(trigger, following=1):
                parties = parties + addition
        if len(parties.sides) == 1:
            parties = parties + self.roles.other_delegation(trigger, parties)
        return parties

    def _with_another_side(
        self, trigger: Trigger, parties: Parties, leaning: Occasion | None
    ) -> tuple[Parties, Occasion | None]:
        """Parties of one side with the other, which the text before, the house or the speaker tells; and what visit."""
        if (visit := self.earlier.visit_beside(trigger, parties)) is not None:
            leaning, parties = visit, visit.parties + parties
        if len(parties.sides) == 1:
            parties = parties + self.roles.left_out(trigger, parties)
        if len(parties.sides) == 1 and trigger.sense == "meeting_talks":
            parties = self.roles.speaker(trigger) + parties
            parties = self.roles.housed(trigger, parties) + parties
            parties = parties + self.roles.host(trigger, parties, self.where.host(self.where.place(trigger.index)))
        if len(parties.sides) == 1 and (visit := self.earlier.visit_of(trigger, parties)) is not None:
            leaning, parties = visit, parties + Parties((), visit.parties.actors)
        return parties, leaning

    def _around(self, trigger: Trigger) -> list[int]:
        """The clause of the words, without what is only discussed («обсудили учения с участием кораблей Турции»)."""
        clause = self.context.clause(trigger.index)
        if trigger.sense not in VERBS:
            return [] if self.words.is_background(trigger) else list(clause)
        objects = (a for a in self.context.arguments(trigger.index) if a.role == "object")
        spoken_of = {i for a in objects for i in a.tokens} if trigger.sense == "discuss_verb" else set()
        return [i for i in clause if i not in spoken_of]

    def _joining(self, trigger: Trigger) -> Occasion | None:
        """«Во встрече приняли участие посол А и атташе Б»: further persons of the talks spoken of before."""
        verb = self.roles.verb(trigger)
        earlier = next((o for o in reversed(self.earlier.occasions) if o.kind == trigger.kind), None)
        if verb is None or earlier is None or not self.context.senses.has(verb, "participate", "come"):
            return None
        joined = self.people.in_arguments(self.roles.subjects(verb, trigger))
        if not joined.persons or not joined.sides <= earlier.parties.sides:
            return None
        return self.earlier.placed(trigger, earlier.parties + Parties(joined.persons), earlier, inherit=True)
