"""Who cooperates with whom: the actors of a clause as two groups, those who do and those with whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from loaders.reading.context import Context
from loaders.reading.facts import Entity, side
from loaders.reading.kinds.agreement_parties import Parties, once
from loaders.reading.mentions import EntityMention
from loaders.reading.syntax import Argument


@dataclass(frozen=True, slots=True)
class Sides:
    """Those who cooperate (`own`) and those with whom (`others`); without others, the own do so with each other."""

    own: tuple[Entity, ...] = ()
    others: tuple[Entity, ...] = ()

    def rows(self) -> list[tuple[Entity, ...]]:
        """One row a partner; all together where they are named together."""
        others = [o for o in self.others if side(o) not in {side(e) for e in self.own}]
        if self.others and not others:
            return []
        if not others:
            return [self.own] if len(self.own) > 1 else []
        if not self.own:
            return []
        if len(self.own) > 1 and len(others) == 1:
            return [(own, others[0]) for own in self.own]
        return [(own, other) for other in others for own in self.own]


class CooperationParties:
    """Finds the two groups.

    Arguments:
        context: the text.
    """

    def __init__(self, context: Context) -> None:
        self.context = context
        self.text = context.text
        self.parties = Parties(context)

    def company(self, tokens: Iterable[int]) -> tuple[Entity, ...]:
        """With whom: «с Анкарой и Баку», «с белорусскими коллегами», «с этими странами»."""
        found: list[Entity] = []
        wanted = sorted(set(tokens))
        for mention in self.context.actor_mentions(wanted):
            with_them = self.context.relation_of(mention) == "with" and not self._describes_thing(mention)
            if with_them and (actor := self.parties.of(mention)) is not None:
                found.append(actor)
        for index in wanted:
            if self.context.senses.has(index, "pair_anaphor") and self.context.relation(index) == "with":
                found += self.listed_before(index)
        return once(found)

    def joined(self, tokens: Iterable[int]) -> tuple[Entity, ...]:
        """«Между Россией и Индией»."""
        wanted = sorted(set(tokens))
        found = [
            actor
            for m in self.context.actor_mentions(wanted)
            if self.context.relation_of(m) == "between" and (actor := self.parties.of(m)) is not None
        ]
        return once(found)

    def listed_before(self, index: int) -> list[Entity]:
        """«В Россию, Беларусь и Китай: с этими странами …»: the list of states before."""
        if not any(self.context.senses.has(c, "this_one") for c in self.text.children[index]):
            return []
        first = self.context.sentence(max(0, self.context.sentence(index).first - 1)).first
        named = [
            m
            for m in self.context.mentions.within(range(first, index), "state")
            if m.form == "name" and len(self.context.coordinated(m)) > 1
        ]
        return [m.entity for m in self.context.coordinated(named[-1])] if named else []

    def subject(self, verb: int) -> tuple[Entity, ...]:
        """Who does it; «мы» is the text's own state."""
        arguments = [a for a in self.context.arguments(verb) if a.role == "subject"]
        if len(arguments) > 1:  # the parser gave it that of another verb, too
            arguments = [min(arguments, key=lambda a: abs(a.head - verb))]
        tokens = [i for a in arguments for i in a.tokens]
        if any(self.context.senses.has(i, "us") for i in tokens) and len(both := self._of_both(arguments)) == 2:
            return both
        if any(self.context.senses.has(i, "us") for i in tokens) or self._is_first_person(verb):
            return (self.context.home,) if self.context.home is not None else ()
        return self.parties.among(tokens) or self._of_adjective(arguments)

    def _of_both(self, arguments: Sequence[Argument]) -> tuple[Entity, ...]:
        """«Наши ведомства взаимодействуют»: the two sides of whom the sentences before speak, else the heading."""
        heads = [a.head for a in arguments if self.context.senses.has(a.head, "pair_anaphor")]
        if not any(self.text.tokens[i].number == "Plur" for i in heads):
            return ()
        return self.parties.before(heads[0], ()) or self.context.pair

    def _of_adjective(self, arguments: Sequence[Argument]) -> tuple[Entity, ...]:
        """«Армии двух стран», «белорусские и российские военные»."""
        tokens = [i for a in arguments for i in a.tokens]
        return once(e for m in self.context.actor_mentions(tokens) if (e := self.parties.of(m)) is not None)

    def _is_first_person(self, verb: int) -> bool:
        return self.text.tokens[verb].feats.get("Person") == "1"

    def at(self, tokens: Iterable[int]) -> tuple[Entity, ...]:
        """«У Баку», «у нас»: whose relations they are."""
        found: list[Entity] = []
        wanted = sorted(set(tokens))
        for mention in self.context.actor_mentions(wanted):
            if self.context.relation_of(mention) == "at" and (actor := self.parties.of(mention)) is not None:
                found.append(actor)
        for index in wanted:
            if self.context.senses.has(index, "us") and self.context.home is not None:
                found.append(self.context.home)
        return once(found)

    def owners(self, noun: int, first: int, last: int) -> tuple[Entity, ...]:
        """«Казахстанско-турецкое сотрудничество», «сотрудничество России и Индии», «… армий двух стран»."""
        found: list[Entity] = []
        for mention in self.context.actor_mentions(range(first, last)):
            before = mention.first < noun and mention.form == "adjective"
            if (before or self.context.relation_of(mention) in {"of", ""}) and (
                actor := self.parties.of(mention)
            ) is not None:
                found.append(actor)
        return once(found)

    def _describes_thing(self, mention: EntityMention) -> bool:
        """«с российским оружием»: the adjective says whose the thing is."""
        if mention.form != "adjective":
            return False
        head = self.text.tokens[mention.head].head
        if head is None or self.text.tokens[head].pos != "NOUN":
            return False
        return not self.context.senses.has(head, "force", "side", "delegation", "office_colleague", "school_noun")
