"""What an occasion takes from those told of before it: parties, place and date («переговоры с гостем», «там же»)."""

from dataclasses import replace

from loaders.reading.context import Context
from loaders.reading.kinds.meeting_circumstances import Circumstances
from loaders.reading.kinds.meeting_occasion import Occasion
from loaders.reading.kinds.meeting_parties import Parties, PartyFinder, with_company
from loaders.reading.kinds.meeting_triggers import Trigger

DURING_SENTENCES = 2
DISCUSSED_AFTER = 8
"""So many sentences after talks their topics may be told."""
LEANING_SENTENCES = 3
"""How many sentences after a visit its talks may be told of in a paragraph of their own."""


class Earlier:
    """The occasions of one text so far.

    Arguments:
        context: the text.
        people: who is who in it.
        where: places and dates.

    Attributes:
        occasions: in the order of the text.
    """

    def __init__(self, context: Context, people: PartyFinder, where: Circumstances) -> None:
        self.context = context
        self.text = context.text
        self.people = people
        self.where = where
        self.occasions: list[Occasion] = []

    def placed(
        self, trigger: Trigger, parties: Parties, leaning: Occasion | None, *, inherit: bool = False
    ) -> Occasion:
        """The occasion with place and date; what it does not say it takes from the occasion that it leans on."""
        place, date = self.where.place(trigger.index), self.where.date(trigger.index)
        sentence = self.context.sentence(trigger.index)
        there = any(self.context.senses.has(i, "at_the_same_place") for i in range(sentence.first, sentence.last))
        clause = self.context.clause(trigger.index)
        visiting = [
            o for o in self.occasions
            if o.kind == "visit" and (
                o.trigger.index in clause or (self._follows(trigger, o) and o.parties.sides == parties.sides)
            )
        ]  # fmt: skip
        if leaning is None and (there or visiting) and self.occasions:
            leaning = visiting[0] if visiting else self.occasions[-1]
        if leaning is not None:
            place, date = place or leaning.place, date or leaning.date
        elif there:
            spoken_of = self.where.there(trigger.index)
            place, date = place or spoken_of[0], date or spoken_of[1]
        tokens = (trigger.index, *(leaning.tokens if leaning and inherit else ()))
        return Occasion(trigger, parties, (), place, date, tokens=tokens)

    def _follows(self, trigger: Trigger, visit: Occasion) -> bool:
        """Whether an occasion is told of in the sentence of a visit or soon after: it took place during the visit."""
        here, there = self.context.sentence(trigger.index).index, self.context.sentence(visit.trigger.index).index
        return 0 <= here - there <= (DURING_SENTENCES if trigger.kind == "talks" else 0)

    def leaning_back(self, trigger: Trigger) -> Occasion | None:
        """«На переговорах стороны обсудили …»: the talks spoken of before, else of those named before."""
        if any(self.context.senses.has(c, "another_time") for c in self.text.children[trigger.index]):
            return None
        own = self.where.host(self.where.place(trigger.index))
        for earlier in reversed(self.occasions):
            there = self.where.host(earlier.place)
            if earlier.kind == trigger.kind and own is not None and there is not None and own != there:
                return None  # «в Баку тоже пройдут переговоры»
            if earlier.kind == trigger.kind or self._is_visit_beside(trigger, earlier):
                return self.placed(trigger, earlier.parties, earlier, inherit=True)
        parties, place_of = self.people.before(trigger.index, sentences=2)
        if len(parties.sides) < 2:
            return None
        found = self.placed(trigger, parties, None)
        return replace(
            found, place=found.place or self.where.place(place_of), date=found.date or self.where.date(place_of)
        )

    def visit_beside(self, trigger: Trigger, parties: Parties) -> Occasion | None:
        """«Делегация X прибыла в Y. На переговорах с министром Y …»: the visit to the only side that is named."""
        named = self.people.in_arguments(with_company(self.context.arguments(trigger.index)))
        for earlier in reversed(self.occasions):
            if self._is_visit_beside(trigger, earlier) and parties.sides == named.sides <= earlier.parties.sides:
                return earlier
        return None

    def visit_of(self, trigger: Trigger, parties: Parties) -> Occasion | None:
        """«X посетил Астану. Он провёл переговоры с Касым-Жомартом Токаевым»: whoever is named without an office is of
        the state that is visited."""
        unknown = [p for p in parties.persons if self.people.actor_of(p.value, trigger.index) is None]
        if not unknown or len(unknown) == len(parties.persons):
            return None
        visits = [o for o in self.occasions if self._is_visit_beside(trigger, o) and parties.sides <= o.parties.sides]
        return visits[-1] if visits else None

    def visit_of_guest(self, trigger: Trigger) -> Occasion | None:
        """«переговоры с гостем», «прибыл в X, где его принял президент»: the visit before."""
        tokens = self.context.clause(trigger.index)
        visit = next((o for o in reversed(self.occasions) if o.kind == "visit"), None)
        if any(self.context.senses.has(i, "visiting_guest") for i in tokens):
            return visit
        return visit if visit is not None and self._receives_whom_it_named(trigger, visit) else None

    def _receives_whom_it_named(self, trigger: Trigger, visit: Occasion) -> bool:
        """Whether a verb of receiving has a pronoun for its object, soon after a visit."""
        objects = (a.head for a in self.context.arguments(trigger.index) if a.role == "object")
        meant = any(self.context.senses.has(i, "person_pronoun", "they") for i in objects)
        here, there = (self.context.sentence(t.index) for t in (trigger, visit.trigger))
        near = 0 <= here.index - there.index <= 1 and here.paragraph == there.paragraph
        return trigger.sense == "receive_guest_verb" and meant and near

    def discussed(self, trigger: Trigger, parties: Parties) -> bool:
        """ "Mr Rutte and Mr Rama discussed …" after their talks: what was said there, and no further talks."""
        here = self.context.sentence(trigger.index).index
        persons = {p.value for p in parties.persons}
        return any(
            o.kind == "talks" and 0 < here - self.context.sentence(o.trigger.index).index <= DISCUSSED_AFTER
            and o.parties.sides == parties.sides and persons and persons <= {p.value for p in o.parties.persons}
            for o in self.occasions
        )  # fmt: skip

    def _is_visit_beside(self, trigger: Trigger, earlier: Occasion) -> bool:
        """ "X paid a visit to Y. During talks the sides agreed …": the talks of a visit told of shortly before."""
        here, there = (self.context.sentence(t.index) for t in (trigger, earlier.trigger))
        near = here.paragraph == there.paragraph or here.index - there.index <= LEANING_SENTENCES
        return trigger.kind == "talks" and earlier.kind == "visit" and near
