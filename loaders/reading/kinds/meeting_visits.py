"""Visits: who goes where, by a noun («с визитом»), a verb («посетил», «прибыл в») or a participle («прибывший»)."""

from datetime import date as calendar_day

from loaders.reading.context import Context
from loaders.reading.facts import Entity, PartialDate, Stated, side
from loaders.reading.kinds.meeting_circumstances import Circumstances
from loaders.reading.kinds.meeting_occasion import Occasion, agree
from loaders.reading.kinds.meeting_parties import Parties, PartyFinder
from loaders.reading.kinds.meeting_roles import Roles, names_otherwise
from loaders.reading.kinds.meeting_triggers import Trigger
from loaders.reading.relations import BARE

NEAR = 8
"""Words between «прибывший с визитом» and whom it describes."""
MODIFIERS = frozenset({"acl", "amod"})


DAYS = 7
"""A visit lasts so many days at most."""


def _is_near(begin: PartialDate, day: PartialDate) -> bool:
    """Whether a day can belong to a visit that began on another."""
    if begin.day is None or day.day is None or begin.month is None or day.month is None:
        return agree(begin, day)
    first, last = (calendar_day(d.year, d.month or 1, d.day or 1) for d in (begin, day))
    return 0 <= (last - first).days <= DAYS


class Visits:
    """Finds visits.

    Arguments:
        context: the text.
        people: finds persons and actors among tokens.
        roles: finds the parties by their parts.
        where: finds places and dates.
    """

    def __init__(self, context: Context, people: PartyFinder, roles: Roles, where: Circumstances) -> None:
        self.context = context
        self.text = context.text
        self.people, self.roles, self.where = people, roles, where
        self.before: list[tuple[str, str, PartialDate | None]] = []

    def visit(self, trigger: Trigger) -> Occasion | None:
        """The visit that the words name, if they tell who visits whom."""
        place = self._destination(trigger)
        host = self.where.host(place)
        visitors = self._visitors(trigger, host)
        if not visitors.actors:
            return None
        if trigger.sense == "travel_verb" and (
            names_otherwise(self.context, trigger) or not self._travels(trigger, visitors)
        ):
            return None
        if (host is None or side(host) in visitors.sides) and (receiver := self._receiver(trigger)) is not None:
            host = self.context.mentions.states.get(side(receiver)) or host
            place = self.people.stated(host, trigger.index) if host is not None else place
        date = self.where.date(trigger.index)
        if trigger.sense in {"travel_verb", "visit_verb"} and host is not None and self._goes_on(visitors, host, date):
            return None
        tokens: tuple[int, ...] = ()
        if host is None or side(host) in visitors.sides:
            known = self._known_visit(trigger, visitors)
            if known is None:
                return None
            place, host, known_date, token = known
            date, tokens = date or known_date, (token,)
        actors = (visitors.actors[0], self.people.stated(host, trigger.index))
        self.before.append((side(actors[0].value), side(host), date.value if date else None))
        return Occasion(trigger, Parties(visitors.persons, actors), (), place, date, tokens=(trigger.index, *tokens))

    def _goes_on(self, visitors: Parties, host: Entity, date: Stated[PartialDate] | None) -> bool:
        """«На следующий день министр побывал в Самарканде»: a visit to the state that was told of before goes on."""
        for visitor, visited, begin in self.before:
            same = visited == side(host) and {visitor} == visitors.sides - {visited}
            if same and (date is None or begin is None or _is_near(begin, date.value)):
                return True
        return False

    # ------------------------------------------------------------------ who

    def _visitors(self, trigger: Trigger, host: Entity | None) -> Parties:
        """Whom the words describe, else the subject, else whoever in the sentence is not of the state visited."""
        found = self._described(trigger) or self.roles.visitors(trigger)
        if host is not None and trigger.sense != "visit_verb":
            found = self._without(found, side(host))
        if found.actors or host is None:
            return found
        sentence = self.context.sentence(trigger.index)
        others = self.people.officials(range(sentence.first, sentence.last))
        foreign = [a for a in others.actors if side(a.value) != side(host)]
        if len({side(a.value) for a in foreign}) != 1:
            return found
        persons = tuple(p for p in others.persons if self._side_of(p.value) == side(foreign[0].value))
        return Parties(persons, tuple(foreign[:1]))

    def _without(self, parties: Parties, host: str) -> Parties:
        """The parties but those of a side."""
        return Parties(
            tuple(p for p in parties.persons if self._side_of(p.value) != host),
            tuple(a for a in parties.actors if side(a.value) != host),
        )

    def _side_of(self, person: Entity) -> str | None:
        actor = self.people.actor_of(person, 0)
        return side(actor.value) if actor is not None else None

    def _described(self, trigger: Trigger) -> Parties | None:
        """«прибывший в X с визитом министр Y»: the words of office after it in the case of the participle."""
        if self.context.relations.head_final:
            return self._described_after(trigger)
        sentence = self.context.sentence(trigger.index)
        participle = next(
            (
                t for i in range(trigger.index, max(sentence.first, trigger.index - NEAR) - 1, -1)
                if (t := self.text.tokens[i]).feats.get("VerbForm") == "Part"
                and (t.rel in MODIFIERS or i == sentence.first)
                and self.context.senses.has(i, "travel_verb", "stay_verb")
            ),
            None,
        )  # fmt: skip
        if participle is None:
            return None
        if participle.head is not None and participle.head < participle.index:
            found = self.people.officials(self.context.phrase(participle.head))
            if found.persons:
                return Parties(found.persons, found.actors[:1])
        for index in range(trigger.last, min(sentence.last, trigger.last + NEAR)):
            titled = next((t for t in self.people.titles if t.sense.first == index), None)
            led = next((d for d in self.people.delegations if d.noun == index), None)
            if (titled or led) and self.text.tokens[index].case == participle.case:
                end = titled.last if titled else index + 3
                found = self.people.officials(range(titled.first if titled else index, end))
                return Parties(found.persons, found.actors[:1])
        return None

    def _described_after(self, trigger: Trigger) -> Parties | None:
        """«Қазақстанға сапармен келген министр Y»: the words of office that a participle stands before."""
        head = self.text.tokens[trigger.index].head
        participle = self.text.tokens[trigger.index if head is None or trigger.sense == "travel_verb" else head]
        travels = self.context.senses.has(participle.index, "travel_verb", "stay_verb")
        if participle.head is None or not participle.rel.startswith("acl") or not travels:
            return None
        titled = next((t for t in self.people.titles if participle.head in range(t.first, t.last)), None)
        led = next((d for d in self.people.delegations if d.noun == participle.head), None)
        if titled is None and led is None:
            return None
        words = range(titled.first, titled.last) if titled is not None else range(participle.head, participle.head + 1)
        found = self.people.officials(words)
        return Parties(found.persons, found.actors[:1])

    def _receiver(self, trigger: Trigger) -> Entity | None:
        """«Президент X принял министра Y, находящегося в республике с визитом»: who receives whoever visits."""
        at = self.text.tokens[trigger.index]
        for _ in range(4):
            if at.head is None:
                return None
            at = self.text.tokens[at.head]
            if self.context.senses.has(at.index, "receive_guest_verb", "meet_verb"):
                received = self.people.in_arguments(self.roles.subjects(at.index))
                return received.actors[0].value if len(received.sides) == 1 else None
        return None

    def _travels(self, trigger: Trigger, visitors: Parties) -> bool:
        """Whether persons or a delegation go somewhere, and not troops."""
        subjects = self.roles.subjects(trigger.index)
        delegation = any(self.context.senses.has(a.head, "delegation") and a.relation in BARE for a in subjects)
        return bool(visitors.persons) or (
            delegation and not any(self.context.senses.has(a.head, "military_unit") for a in subjects)
        )

    # ------------------------------------------------------------------ where

    def _destination(self, trigger: Trigger) -> Stated[Entity] | None:
        if trigger.sense == "visit_verb":
            for argument in self.context.arguments(trigger.index):
                places = self.context.places(argument.tokens) if argument.role == "object" else []
                if self.context.senses.has(argument.head, "meeting_visit"):
                    # «посетила с рабочим визитом Пакистан»: hung on the noun that stands before it
                    inside = self.context.places(argument.tokens)
                    places = [m for m in inside if self.context.relation_of(m) == "object"]
                if places:
                    return self.people.stated(places[0].entity, places[0].head)
        return self.where.place(trigger.index, to=True)

    def _known_visit(
        self, trigger: Trigger, visitors: Parties
    ) -> tuple[Stated[Entity], Entity, Stated[PartialDate] | None, int] | None:
        """Place, host and date of a visit from the last sentence before in which the visitor is somewhere abroad."""
        names = {p.value for p in visitors.persons}
        for mention in reversed(self.context.mentions.of(names)):
            if mention.last > trigger.index or self.context.in_title(mention.first):
                continue
            place = self.where.place(mention.head)
            host = self.where.host(place)
            if place is not None and host is not None and side(host) not in visitors.sides:
                return place, host, self.where.date(mention.head), mention.head
        return None
