"""Occasions with many: briefings, sessions, conferences, ceremonies."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from loaders.reading.context import Context
from loaders.reading.facts import FACTUAL, Agreement, Entity, Stated, Supply
from loaders.reading.kinds.meeting_circumstances import Circumstances
from loaders.reading.kinds.meeting_occasion import Occasion
from loaders.reading.kinds.meeting_parties import Parties, PartyFinder, with_company
from loaders.reading.kinds.meeting_roles import Roles
from loaders.reading.kinds.meeting_triggers import Trigger
from loaders.reading.mentions import EntityMention
from loaders.reading.syntax import Argument

Place = Callable[[Trigger, Parties, Occasion | None], Occasion]


class Gatherings:
    """Reads the occasions of one text on which more than two sides may be.

    Arguments:
        context: the text.
        people: who is who in it.
        roles: who has which part in an occasion.
        where: places and dates.
        placed: makes an occasion of a trigger and its parties, with place and date.
    """

    def __init__(
        self, context: Context, people: PartyFinder, roles: Roles, where: Circumstances, placed: Place
    ) -> None:
        self.context = context
        self.text = context.text
        self.people = people
        self.roles = roles
        self.where = where
        self.placed = placed

    def briefing(self, trigger: Trigger) -> Occasion | None:
        """Who speaks to the press, and in whose rooms."""
        sentence = self.context.sentence(trigger.index)
        if any(
            self.context.senses.has(i, "meeting_talks", "meeting_call") and not self.context.senses.has(i, "meet_verb")
            for i in range(sentence.first, sentence.last)
        ):
            return None
        clause = self.context.clause(trigger.index)
        verb = self.roles.verb(trigger)
        parties = self.people.in_arguments(self.roles.subjects(verb) if verb is not None else [])
        rooms = self._rooms(clause)
        if not parties.actors:
            parties = self.people.among(i for i in clause if not any(i in range(m.first, m.last) for m in rooms))
        if not parties.actors:
            return None
        joint = self.people.in_arguments(with_company(self.context.arguments(trigger.index)))
        if not joint.persons and any(self.context.senses.has(c, "joint") for c in self.text.children[trigger.index]):
            beside = [m for m in self.context.mentions.within(clause) if self.context.relation_of(m) == "with"]
            joint = self.people.among(i for m in beside for i in self._titled(m))
        if joint.persons and parties.persons:
            parties = parties + joint
        elif parties.persons and not (verb is not None and self._speak_together(verb)):
            first = self.people.actor_of(parties.persons[0].value, trigger.index)
            parties = Parties(parties.persons[:1], (first,) if first else parties.actors[:1])
        elif not parties.persons:
            parties = Parties((), parties.actors[:1])
        organizations = tuple(self.people.stated(m.entity, m.head) for m in rooms)
        return replace(self.placed(trigger, parties, None), organizations=organizations)

    def _speak_together(self, verb: int) -> bool:
        """«Министры А и Б провели брифинг»: a verb in the plural whose subject names several persons."""
        subjects = self.people.in_arguments(self.roles.subjects(verb))
        return self.text.tokens[verb].number == "Plur" and len(subjects.persons) > 1

    def session(self, trigger: Trigger) -> Occasion | None:
        """What an organization or a parliament holds, with those who are said to come to it."""
        organizations = tuple(
            self.people.stated(m.entity, m.head)
            for m in self.context.mentions.within(self.context.phrase(trigger.index), "organization")
            if m.entity.iri
        )[:1]
        verb = self.roles.verb(trigger)
        if not organizations and verb is not None and self._is_its(trigger):
            organizations = self._organizations(self.roles.subjects(verb, trigger))
        if not organizations and verb is not None and self.context.senses.has(verb, "meet_verb", "come"):
            organizations = self._organizations(self._officials(verb))
        if not organizations:
            organizations = self._of_organ(trigger)
        parliament = self._is_parliament(trigger) or (verb is not None and self._sits(trigger, verb))
        absent = verb is not None and self.context.is_negated(verb)  # «не направил представителя на саммит»
        takes_part = verb is not None and self.context.senses.has(verb, "hold", "come", "award")
        arguments = (
            self.roles.subjects(verb)
            if verb is not None and not absent and (organizations or takes_part or parliament)
            else []
        )
        parties = self.people.in_arguments([a for a in arguments if trigger.index not in a.tokens])
        for addition, _ in self.roles.comers(trigger):
            parties = parties + addition
        parties = parties + self.roles.chairs(trigger) + self.roles.summoned(trigger)
        parties = Parties(parties.persons, tuple(a for a in parties.actors if a.value.kind in {"state", "body"}))
        alone = len(parties.sides) < 2 and not (parliament and parties.actors)
        if not organizations and alone:
            return None
        return replace(self.placed(trigger, parties, None), organizations=organizations)

    def of_members(self, trigger: Trigger) -> Occasion | None:
        """ "NATO defence ministers met in Brussels", "the ministers of the SCO member states met": a session of it."""
        organizations = self._organizations(self._officials(trigger.index))
        if not organizations:
            return None
        session = replace(trigger, kind="session", sense="meeting_session")
        return replace(self.placed(session, Parties(), None), organizations=organizations)

    def _officials(self, verb: int) -> list[Argument]:
        """ "The defence ministers of the SCO": several holders of office as the subject of a verb."""
        return [
            a for a in self.roles.subjects(verb)
            if self.text.tokens[a.head].number == "Plur" and any(self._is_office(i) for i in a.tokens)
        ]  # fmt: skip

    def _is_office(self, index: int) -> bool:
        return any(s.name.startswith("office_") for s in self.context.senses.at(index))

    def _is_its(self, trigger: Trigger) -> bool:
        """ "The council held its session"."""
        return any(self.context.senses.has(c, "possessive_pronoun") for c in self.text.children[trigger.index])

    def _organizations(self, arguments: Sequence[Argument]) -> tuple[Stated[Entity], ...]:
        """The first organization of the reference graph that the arguments name."""
        named = self.context.mentions.within((i for a in arguments for i in a.tokens), "organization")
        return tuple(self.people.stated(m.entity, m.head) for m in named if m.entity.iri)[:1]

    def _is_parliament(self, trigger: Trigger) -> bool:
        """Whether it is a parliament that sits."""
        return any(self.context.senses.has(i, "chamber") for i in self.context.phrase(trigger.index))

    def _sits(self, trigger: Trigger, verb: int) -> bool:
        """«Сенат на пленарном заседании ратифицировал …»: what a parliament does at a session."""
        heads = [a.head for a in self.roles.subjects(verb, trigger)]
        at = self.context.relation(trigger.index) in {"in", "on", "during"}
        return at and any(self.context.senses.has(i, "chamber") for h in heads for i in self.context.phrase(h))

    def _of_organ(self, trigger: Trigger) -> tuple[Stated[Entity], ...]:
        """«Заседание Совета министров обороны»: an organ alone is that of the organization named last before."""
        inside = (s for i in self.context.phrase(trigger.index) for s in self.context.senses.at(i))
        organ = any(s.name == "organ_noun" and s.last - s.first > 1 for s in inside)
        named = [m for m in self.context.mentions.all if m.entity.kind == "organization" and m.entity.iri]
        before = [m for m in named if m.first < trigger.first]
        return (self.people.stated(before[-1].entity, trigger.index),) if organ and before else ()

    def gathering(self, trigger: Trigger) -> Occasion | None:
        """Conferences and ceremonies: those in the clause, and those of whom the next sentences say that they came."""
        clause = self.context.clause(trigger.index)
        parties = self.people.among(clause)
        tokens = [trigger.index]
        for addition, index in self.roles.comers(trigger):
            parties, tokens = parties + addition, [*tokens, index]
        if len(parties.sides) < 2:
            parties = parties + self._handed_over(trigger)
        if not parties.actors:
            sentence = self.context.sentence(trigger.index)
            parties = self.people.persons(range(sentence.first, sentence.last)) + self._signing(trigger)
        if not parties.actors:
            return None
        found = self.placed(trigger, _without_mentioned(parties), None)
        if found.place is None or found.date is None:
            place, date = self.where.of_exercise(self.context.phrase(trigger.index))
            found = replace(found, place=found.place or place, date=found.date or date)
        return replace(found, tokens=tuple(tokens))

    def _signing(self, trigger: Trigger) -> Parties:
        """«Баку и Анкара подписали меморандум. Церемония прошла …»: the parties of the document signed just before."""
        here = self.context.sentence(trigger.index)
        if trigger.kind != "ceremony" or here.index == 0:
            return Parties()
        before = self.text.sentences[here.index - 1].span
        signed = [f for f in self.context.facts if isinstance(f, Agreement) and before in f.evidence]
        return Parties((), signed[-1].parties) if signed else Parties()

    def _handed_over(self, trigger: Trigger) -> Parties:
        """ "At a ceremony in Guayaquil the United States transferred two boats to Ecuador": who gives and who gets."""
        here = self.context.sentence(trigger.index).span
        given = [f for f in self.context.facts if isinstance(f, Supply) and here in f.evidence]
        if trigger.kind != "ceremony" or not given or given[0].modality not in FACTUAL:
            return Parties()
        sides = (given[0].supplier, given[0].recipient)
        return Parties((), tuple(self.people.stated(s, trigger.index) for s in sides if s.kind in {"state", "body"}))

    def _titled(self, mention: EntityMention) -> list[int]:
        """The words of a name, with those of the title before it."""
        above = self.text.tokens[mention.head].head
        titled = mention.entity.kind == "person" and above is not None
        return [*range(mention.first, mention.last), *([above] if titled and above is not None else [])]

    def _rooms(self, clause: Sequence[int]) -> list[EntityMention]:
        """Institutions in whose rooms a briefing is held («на брифинге в Службе центральных коммуникаций»)."""
        rooms = self.context.mentions.within(clause, "institution", "company")
        return [m for m in rooms if self.context.is_located(m)][:1]


def _without_mentioned(parties: Parties) -> Parties:
    """Who came for states: an organization beside them is what the occasion is about ("the force of the alliance")."""
    states = tuple(a for a in parties.actors if a.value.kind in {"state", "body"})
    return Parties(parties.persons, states) if len(states) > 1 else parties
