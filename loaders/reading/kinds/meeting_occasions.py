"""One occasion from the words that name it: its parties by the kind of occasion, its place, its date, its modality."""

from collections.abc import Sequence
from dataclasses import replace

from loaders.reading.context import Context
from loaders.reading.kinds.meeting_circumstances import Circumstances
from loaders.reading.kinds.meeting_earlier import LEANING_SENTENCES, Earlier
from loaders.reading.kinds.meeting_gatherings import Gatherings
from loaders.reading.kinds.meeting_ledes import of_the_day
from loaders.reading.kinds.meeting_occasion import Occasion, agree
from loaders.reading.kinds.meeting_parties import PartyFinder
from loaders.reading.kinds.meeting_roles import Roles
from loaders.reading.kinds.meeting_separate import Separate
from loaders.reading.kinds.meeting_talks import Talks
from loaders.reading.kinds.meeting_triggers import Trigger
from loaders.reading.kinds.meeting_visits import Visits
from loaders.reading.kinds.meeting_words import OccasionWords

AGAIN = frozenset({"meeting_visit", "meeting_session", "meeting_conference", "meeting_ceremony"})
"""What is named again to tell when it was."""


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
        self.earlier = Earlier(context, self.people, self.where)
        self.gatherings = Gatherings(context, self.people, self.roles, self.where, self.earlier.placed)
        self.separate = Separate(context, self.people, self.words)
        self.talks = Talks(context, self.people, self.roles, self.where, self.words, self.gatherings, self.earlier)

    def occasion(self, trigger: Trigger) -> Occasion | None:
        """The occasion that a trigger names, or None if it names none that can be told."""
        if trigger.sense == "call_again" and not any(o.kind == "call" for o in self.earlier.occasions):
            return None
        if self.words.is_topic(trigger) or (trigger.kind in {"conference", "session"} and self.words.is_aside(trigger)):
            return None
        found = {
            "talks": self.talks.talks, "call": self.talks.talks, "visit": self.visits.visit,
            "briefing": self.gatherings.briefing, "session": self.gatherings.session,
            "conference": self.gatherings.gathering, "ceremony": self.gatherings.gathering,
        }[trigger.kind](trigger)  # fmt: skip
        if found is None and trigger.sense in AGAIN:
            return self._dated_again(trigger)
        if found is not None:
            found = replace(found, modality=self.words.modality(trigger))
            # Where verbs stand last a report of a visit is of its day; elsewhere its tense leaves open when it was.
            reported = found.kind == "visit" and self.context.relations.head_final
            found = of_the_day(self.context, self.people, found) if reported else found
            self.earlier.occasions.append(found)
        return found

    def _dated_again(self, trigger: Trigger) -> Occasion | None:
        """«Визит продлился с 3 по 6 июня», «заседание прошло 20 июня»: when what was told of just before was."""
        verb, date = self.roles.verb(trigger), self.where.date(trigger.index)
        earlier = next((o for o in reversed(self.earlier.occasions) if o.kind == trigger.kind), None)
        if verb is None or date is None or earlier is None or earlier.date is not None:
            return None
        if any(self.context.senses.has(c, "another_time") for c in self.text.children[trigger.index]):
            return None
        near = self.context.sentence(trigger.index).index - self.context.sentence(earlier.trigger.index).index
        if not self.context.senses.has(verb, "occur", "hold", "finish") or near > LEANING_SENTENCES:
            return None
        return replace(earlier, trigger=trigger, date=date, tokens=(trigger.index, *earlier.tokens))

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
