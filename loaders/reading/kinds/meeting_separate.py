"""One meeting with each: «отдельные встречи с министрами России и Беларуси», «встретился с А, а также с Б»."""

from loaders.reading.context import Context
from loaders.reading.facts import side
from loaders.reading.kinds.meeting_occasion import Occasion
from loaders.reading.kinds.meeting_parties import Parties, PartyFinder
from loaders.reading.kinds.meeting_triggers import Trigger
from loaders.reading.kinds.meeting_words import OccasionWords
from loaders.reading.syntax import Argument


class Separate:
    """Tells occasions with several others apart.

    Arguments:
        context: the text.
        people: who is who in it.
        words: what the words around an occasion say of it.
    """

    def __init__(self, context: Context, people: PartyFinder, words: OccasionWords) -> None:
        self.context = context
        self.text = context.text
        self.people = people
        self.words = words

    def apart(self, occasion: Occasion) -> list[Occasion]:
        """An occasion as one with each other side, where the words say so; else itself."""
        noun = occasion.trigger.index
        several = self.text.tokens[noun].number == "Plur" and any(
            self.context.senses.has(c, "separate") for c in (*self.text.children[noun], max(0, noun - 1))
        )
        several = several or self._each_met(occasion.trigger)
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
            pairs.append(Occasion(
                occasion.trigger, Parties(tuple(persons), (first, other)), occasion.organizations, occasion.place,
                occasion.date, occasion.modality, occasion.tokens,
            ))  # fmt: skip
        return pairs

    def _each_met(self, trigger: Trigger) -> bool:
        """«Нординмен және Зянгпен кездесті», «на полях форума встретился с министрами Катара и ОАЭ»: companions of a
        verb, of which each has words of office of his own, or whom one meets beside something else."""
        arguments = self.context.arguments(trigger.index) if trigger.sense == "meet_verb" else ()
        company = [a for a in arguments if a.relation == "with"]
        met = [self.people.in_arguments([a]) for a in company]
        if len(met) > 1 and all(len(p.sides) == 1 and p.persons for p in met):
            return True
        return any(self._are_several(a) for a in company) and (self._by_one(arguments) or self.words.is_aside(trigger))

    def _are_several(self, argument: Argument) -> bool:
        """«с министром обороны А Х и министром обороны Б У»: holders of office of two sides and more."""
        return len(self.people.in_arguments([argument]).sides) > 1

    def _by_one(self, arguments: tuple[Argument, ...]) -> bool:
        """Whether one person, and not a circle of them, meets the others."""
        subjects = self.people.in_arguments([a for a in arguments if a.role == "subject"])
        return len(subjects.persons) == 1 == len(subjects.sides)
