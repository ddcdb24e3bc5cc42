"""One occasion from the words that name it: its parties by the kind of occasion, its place, its date, its modality."""

from collections.abc import Sequence
from dataclasses import replace

from loaders.reading.context import Context
from loaders.reading.facts import side
from loaders.reading.kinds.meeting_circumstances import Circumstances
from loaders.reading.kinds.meeting_gatherings import Gatherings
from loaders.reading.kinds.meeting_occasion import Occasion, agree
from loaders.reading.kinds.meeting_parties import Parties, PartyFinder, with_company
from loaders.reading.kinds.meeting_roles import Roles, names_otherwise
from loaders.reading.kinds.meeting_separate import Separate
from loaders.reading.kinds.meeting_triggers import VERBS, Trigger
from loaders.reading.kinds.meeting_visits import Visits
from loaders.reading.kinds.meeting_words import OccasionWords
from loaders.reading.relations import BARE

DURING_SENTENCES = 2
DISCUSSED_AFTER = 8
"""So many sentences after talks their topics may be told."""
LEANING_SENTENCES = 3
"""How many sentences after a visit its talks may be told of in a paragraph of their own."""
AGAIN = frozenset({"meeting_visit", "meeting_session", "meeting_conference", "meeting_ceremony"})
"""What is named again to tell when it was."""
SHORTEST_LEDE = 20
"""Characters of a sentence after the dateline, which can be part of it."""


class OccasionFinder:
    """Builds occasions; remembers those before, on which later words lean («переговоры с гостем», «там же»)."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.text = context.text
        self.people = PartyFinder(context)
        self.where = Circumstances(context)
        self.roles = Roles(context, self.people)
        self.words = OccasionWords(context, self.roles)
        self.visits = Visits(context, self.people, self.roles, self.where)
        self.gatherings = Gatherings(context, self.people, self.roles, self.where, self._placed)
        self.separate = Separate(context, self.people, self.words)
        self.before: list[Occasion] = []

    def occasion(self, trigger: Trigger) -> Occasion | None:
        """The occasion that a trigger names, or None if it names none that can be told."""
        if trigger.sense == "call_again" and not any(o.kind == "call" for o in self.before):
            return None
        if self.words.is_topic(trigger) or (trigger.kind in {"conference", "session"} and self.words.is_aside(trigger)):
            return None
        found = {
            "talks": self._talks, "call": self._talks, "visit": self.visits.visit, "briefing": self.gatherings.briefing,
            "session": self.gatherings.session, "conference": self.gatherings.gathering,
            "ceremony": self.gatherings.gathering,
        }[trigger.kind](trigger)  # fmt: skip
        if found is None and trigger.sense in AGAIN:
            return self._dated_again(trigger)
        if found is not None:
            found = replace(found, modality=self.words.modality(trigger))
            # Where verbs stand last a report of a visit is of its day; elsewhere its tense leaves open when it was.
            reported = found.kind == "visit" and self.context.relations.head_final
            found = self._of_the_day(found) if reported else found
            self.before.append(found)
        return found

    def _dated_again(self, trigger: Trigger) -> Occasion | None:
        """«Визит продлился с 3 по 6 июня», «заседание прошло 20 июня»: when what was told of just before was."""
        verb, date = self.roles.verb(trigger), self.where.date(trigger.index)
        earlier = next((o for o in reversed(self.before) if o.kind == trigger.kind), None)
        if verb is None or date is None or earlier is None or earlier.date is not None:
            return None
        if any(self.context.senses.has(c, "another_time") for c in self.text.children[trigger.index]):
            return None
        near = self.context.sentence(trigger.index).index - self.context.sentence(earlier.trigger.index).index
        if not self.context.senses.has(verb, "occur", "hold", "finish") or near > LEANING_SENTENCES:
            return None
        return replace(earlier, trigger=trigger, date=date, tokens=(trigger.index, *earlier.tokens))

    # ------------------------------------------------------------------ kinds

    def _talks(self, trigger: Trigger) -> Occasion | None:
        if trigger.sense == "call_manner" and not self.words.speaks(trigger):
            return None
        if trigger.sense == "meeting_talks" and self.words.by_phone(trigger):
            trigger = replace(trigger, kind="call")
        if trigger.sense == "call_verb" and not self.roles.called(trigger):
            return None
        parties = self.roles.own(trigger)
        leaning: Occasion | None = None
        if trigger.sense == "discuss_verb" and (
            names_otherwise(self.context, trigger) or self.words.is_passive(trigger)
        ):
            return None
        if trigger.sense == "receive_guest_verb":
            arguments = self.context.arguments(trigger.index)
            who = [a for a in arguments if a.relation in BARE and self.people.officials(a.tokens).actors]
            guest = 0 if self._guests(trigger) is None else 1  # «гостя принял министр»
            if len(who) + guest < 2 or not any(a.role == "subject" for a in who):
                return None
        if (joining := self._joining(trigger)) is not None:
            return joining
        guests = self._guests(trigger)
        if guests is not None:
            leaning, parties = guests, parties + _of_guest(guests)
        if len(parties.sides) < 2:
            parties = parties + self.people.among(self._around(trigger))
        if trigger.sense not in VERBS:
            for addition, _ in self.roles.comers(trigger, following=0):
                parties = parties + addition
            if len(parties.sides) < 2 and not parties.persons:
                for addition, _ in self.roles.comers(trigger, following=1):
                    parties = parties + addition  # «кездесу өтті. Оған … қатысты»
            if len(parties.sides) == 1:
                parties = parties + self.roles.other_delegation(trigger, parties)
        if len(parties.sides) < 2 and (trigger.sense in VERBS or self.words.is_held(trigger)):
            parties = self.people.officials(self.words.main_clause(trigger))
        if not parties.persons and trigger.sense not in VERBS:
            back = self._leaning_back(trigger)
            if back is not None and (len(parties.sides) < 2 or back.parties.sides == parties.sides):
                return back
        if len(parties.sides) == 1 and (visit := self._visit_beside(trigger, parties)) is not None:
            leaning, parties = visit, visit.parties + parties
        if len(parties.sides) == 1:
            parties = parties + self.roles.left_out(trigger, parties)
        if len(parties.sides) == 1 and trigger.sense == "meeting_talks":
            parties = self.roles.speaker(trigger) + parties
            parties = self.roles.housed(trigger, parties) + parties
            parties = parties + self.roles.host(trigger, parties, self.where.host(self.where.place(trigger.index)))
        if len(parties.sides) == 1 and (visit := self._visit_of(trigger, parties)) is not None:
            leaning, parties = visit, parties + Parties((), visit.parties.actors)
        if len(parties.sides) < 2:
            return self.gatherings.of_members(trigger) if trigger.sense == "meet_verb" else None
        if trigger.sense == "discuss_verb" and self._told_before(trigger, parties):
            return None
        parties = parties.official + self.roles.leaders(trigger, parties) + self.roles.attenders(trigger, parties)
        found = self._of_the_day(self._placed(trigger, parties, leaning))
        if found.place is None and self.words.is_aside(trigger):
            gatherings = [o.place for o in self.before if o.kind in {"conference", "session"} and o.place is not None]
            found = replace(found, place=gatherings[-1] if gatherings else None)
        return self._where_written(found) if trigger.kind == "talks" else found

    def _told_before(self, trigger: Trigger, parties: Parties) -> bool:
        """ "Mr Rutte and Mr Rama discussed …" after their talks: what was said there, and no further talks."""
        here = self.context.sentence(trigger.index).index
        persons = {p.value for p in parties.persons}
        return any(
            o.kind == "talks" and 0 < here - self.context.sentence(o.trigger.index).index <= DISCUSSED_AFTER
            and o.parties.sides == parties.sides and persons and persons <= {p.value for p in o.parties.persons}
            for o in self.before
        )  # fmt: skip

    def _where_written(self, found: Occasion) -> Occasion:
        """«Минск, 3 мая 2025 года. Министр сегодня принял …»: today's talks are in the dateline's town, one's own."""
        city = self.where.dateline_place()
        if found.place is not None or city is None or found.date is None or found.date.value != self.context.issued:
            return found
        placed = self.people.stated(city, found.trigger.index)
        host = self.where.host(placed)
        return replace(found, place=placed) if host is not None and side(host) in found.parties.sides else found

    def _of_the_day(self, found: Occasion) -> Occasion:
        """«ТАРАЗ, 3 октября 2022 года. Министр принял посла …»: what a report opens with, undated, is of its day."""
        issued, line = self.context.issued, self.context.dateline
        if found.date is not None or issued is None or issued.day is None or line is None:
            return found
        sentence = self.context.sentence(found.trigger.index)
        after = (s.index for s in self.text.sentences if s.end > line.end and s.end - line.end > SHORTEST_LEDE)
        words = range(sentence.first, sentence.last)
        past = any(self.text.tokens[i].feats.get("Tense") == "Past" for i in self.context.clause(found.trigger.index))
        undated = not any(
            self.context.tokens_of(d.span)[0] in words and d.span.begin >= line.end
            for d in self.context.dates_in(words)
        )
        if sentence.index != next(after, -1) or not past or not undated:
            return found
        return replace(found, date=self.people.dated(issued, found.trigger.index))

    def narrowed(self, occasion: Occasion, others: Sequence[Occasion]) -> Occasion:
        """«прибыл в Турцию»: a visit was where the talks of the same persons in that state were, if they are told of in
        one paragraph, and these there."""
        pair = {"visit": "talks", "talks": "visit"}.get(occasion.kind)
        mine = {p.value for p in occasion.parties.persons}
        sentence = self.context.sentence(occasion.trigger.index)
        for other in others:
            shared = mine & {p.value for p in other.parties.persons}
            if other.kind != pair or other.place is None or other.parties.sides != occasion.parties.sides or not shared:
                continue
            if occasion.date and other.date and not agree(occasion.date.value, other.date.value):
                continue
            if occasion.place is None:
                here, there = (self.context.sentence(o.trigger.index).index for o in (occasion, other))
                return replace(occasion, place=other.place) if here == there else occasion
            near = self.context.sentence(other.trigger.index).paragraph == sentence.paragraph
            if near and occasion.kind == "visit" and self.where.host(other.place) == occasion.place.value:
                return replace(occasion, place=other.place)
        return occasion

    def _leaning_back(self, trigger: Trigger) -> Occasion | None:
        """«На переговорах стороны обсудили …»: the talks spoken of before, else of those named before."""
        if any(self.context.senses.has(c, "another_time") for c in self.text.children[trigger.index]):
            return None
        own = self.where.host(self.where.place(trigger.index))
        for earlier in reversed(self.before):
            there = self.where.host(earlier.place)
            if earlier.kind == trigger.kind and own is not None and there is not None and own != there:
                return None  # «в Баку тоже пройдут переговоры»
            if earlier.kind == trigger.kind or self._is_visit_beside(trigger, earlier):
                return self._placed(trigger, earlier.parties, earlier, inherit=True)
        parties, place_of = self.people.before(trigger.index, sentences=2)
        if len(parties.sides) < 2:
            return None
        found = self._placed(trigger, parties, None)
        return replace(
            found, place=found.place or self.where.place(place_of), date=found.date or self.where.date(place_of)
        )

    def _visit_beside(self, trigger: Trigger, parties: Parties) -> Occasion | None:
        """«Делегация X прибыла в Y. На переговорах с министром Y …»: the visit to the only side that is named."""
        named = self.people.in_arguments(with_company(self.context.arguments(trigger.index)))
        for earlier in reversed(self.before):
            if self._is_visit_beside(trigger, earlier) and parties.sides == named.sides <= earlier.parties.sides:
                return earlier
        return None

    def _visit_of(self, trigger: Trigger, parties: Parties) -> Occasion | None:
        """«X посетил Астану. Он провёл переговоры с Касым-Жомартом Токаевым»: whoever is named without an office is of
        the state that is visited."""
        unknown = [p for p in parties.persons if self.people.actor_of(p.value, trigger.index) is None]
        if not unknown or len(unknown) == len(parties.persons):
            return None
        visits = [o for o in self.before if self._is_visit_beside(trigger, o) and parties.sides <= o.parties.sides]
        return visits[-1] if visits else None

    def _is_visit_beside(self, trigger: Trigger, earlier: Occasion) -> bool:
        """ "X paid a visit to Y. During talks the sides agreed …": the talks of a visit told of shortly before."""
        here, there = (self.context.sentence(t.index) for t in (trigger, earlier.trigger))
        near = here.paragraph == there.paragraph or here.index - there.index <= LEANING_SENTENCES
        return trigger.kind == "talks" and earlier.kind == "visit" and near

    # ------------------------------------------------------------------ parties

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
        earlier = next((o for o in reversed(self.before) if o.kind == trigger.kind), None)
        if verb is None or earlier is None or not self.context.senses.has(verb, "participate", "come"):
            return None
        joined = self.people.in_arguments(self.roles.subjects(verb, trigger))
        if not joined.persons or not joined.sides <= earlier.parties.sides:
            return None
        return self._placed(trigger, earlier.parties + Parties(joined.persons), earlier, inherit=True)

    def _guests(self, trigger: Trigger) -> Occasion | None:
        """«переговоры с гостем»: the visit before."""
        tokens = self.context.clause(trigger.index)
        if not any(self.context.senses.has(i, "visiting_guest") for i in tokens):
            return None
        return next((o for o in reversed(self.before) if o.kind == "visit"), None)

    def _placed(
        self, trigger: Trigger, parties: Parties, leaning: Occasion | None, *, inherit: bool = False
    ) -> Occasion:
        """The occasion with place and date; what it does not say it takes from the occasion that it leans on."""
        place, date = self.where.place(trigger.index), self.where.date(trigger.index)
        sentence = self.context.sentence(trigger.index)
        there = any(self.context.senses.has(i, "at_the_same_place") for i in range(sentence.first, sentence.last))
        clause = self.context.clause(trigger.index)
        visiting = [
            o for o in self.before
            if o.kind == "visit" and (
                o.trigger.index in clause or (self._follows(trigger, o) and o.parties.sides == parties.sides)
            )
        ]  # fmt: skip
        if leaning is None and (there or visiting) and self.before:
            leaning = visiting[0] if visiting else self.before[-1]
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


def _of_guest(visit: Occasion) -> Parties:
    """The visitor alone, without his host."""
    return Parties(visit.parties.persons, visit.parties.actors[:1])
