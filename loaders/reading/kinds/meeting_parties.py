"""Who meets: persons with their offices, and the actors for whom they or the words themselves stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from loaders.reading.context import Context
from loaders.reading.delegations import find_delegations, leaders_in
from loaders.reading.dispatch import sent_from
from loaders.reading.facts import Entity, PartialDate, Stated, side
from loaders.reading.kinds.meeting_bodies import state_in
from loaders.reading.lexicon import Sense
from loaders.reading.mentions import EntityMention
from loaders.reading.offices import Office, find_offices
from loaders.reading.person_pronouns import antecedent
from loaders.reading.relations import BARE
from loaders.reading.syntax import Argument
from loaders.reading.title import Title
from loaders.reading.titles import find_titles

COMPANY = frozenset({"with", "between"})
ACTOR_KINDS = frozenset({"state", "body", "organization", "company", "institution"})


@dataclass(frozen=True, slots=True)
class Parties:
    """Persons and actors, each once, with their words."""

    persons: tuple[Stated[Entity], ...] = ()
    actors: tuple[Stated[Entity], ...] = ()

    def __add__(self, other: "Parties") -> "Parties":
        return Parties(_once(self.persons + other.persons), _once(self.actors + other.actors))

    @property
    def sides(self) -> frozenset[str]:
        """The actors as sides: a body counts as its state."""
        return frozenset(side(a.value) for a in self.actors)

    @property
    def official(self) -> "Parties":
        """Without companies and institutions, where two states or organizations meet."""
        actors = tuple(a for a in self.actors if a.value.kind not in {"company", "institution"})
        return Parties(self.persons, actors) if len(actors) > 1 else self


def _once(values: Sequence[Stated[Entity]]) -> tuple[Stated[Entity], ...]:
    found: dict[tuple[str, str], Stated[Entity]] = {}
    for value in values:
        key = (value.value.kind if value.value.kind == "person" else "actor", _identity(value.value))
        held = found.get(key)
        # «Минобороны РК» says more than «РК».
        if held is None or (held.value.kind == "state" and value.value.kind == "body"):
            found[key] = value
    return tuple(found.values())


def _identity(entity: Entity) -> str:
    return entity.name if entity.kind == "person" else side(entity)


class PartyFinder:
    """Finds persons and actors among tokens.

    Arguments:
        context: the text.
    """

    def __init__(self, context: Context) -> None:
        self.context = context
        self.text = context.text
        self.offices = find_offices(context)
        self.titles = find_titles(context)
        self.delegations = find_delegations(context)
        self._named = {o.title.sense.first for o in self.offices if o.title is not None}
        self._of_persons: dict[Entity, list[Office]] = {}
        for office in self.offices:
            self._of_persons.setdefault(office.person.entity, []).append(office)
        self._titles_at: dict[int, list[Title]] = {}
        for title in self.titles:
            self._titles_at.setdefault(title.sense.first, []).append(title)

    def among(self, tokens: Iterable[int]) -> Parties:
        """Persons among the tokens with those for whom they stand, titles without a name, and other actors."""
        wanted = frozenset(tokens)
        people = self.people(wanted)
        persons = tuple(self.stated(m.entity, m.head) for m in people)
        actors = [actor for m in people if (actor := self.actor_of(m.entity, m.head)) is not None]
        titled = [t for i in sorted(wanted) for t in self._titles_at.get(i, ())]
        for title in titled:
            if title.sense.first not in self._named and not title.former:
                owners = title.states if title.colleague else title.owners(self.context) or title.states
                actors += [self.stated(owner, title.sense.first) for owner in owners]
        covered = {i for t in titled for i in range(t.first, t.last)}
        mentions = self.context.actor_mentions(wanted - covered)
        for mention in mentions:
            if mention.first in self.context.once(sent_from) or any(
                m.last - m.first > mention.last - mention.first and _covers(m, mention) for m in mentions
            ):
                continue
            meant = self.context.mentions.actor(mention)
            if meant is not None and meant.kind in ACTOR_KINDS and self._acts(mention) and not self._gathers(mention):
                actors.append(self.stated(meant, mention.head))
        return Parties(_once(persons), _once(actors))

    def in_arguments(self, arguments: Sequence[Argument]) -> Parties:
        """The parties in several arguments."""
        return self.among(i for a in arguments for i in a.tokens)

    def actor_of(self, person: Entity, index: int) -> Stated[Entity] | None:
        """For whom a person stands: the body, state or organization of the first office that has one."""
        offices = self._of_persons.get(person, [])
        if not offices:
            return self._owner_of(person, index)
        best = next((o for o in offices if o.of.kind in {"state", "body"}), offices[0])
        of = best.of
        if of.kind == "body" and of.body == "GOV" and of.state:
            of = self.context.mentions.states.get(of.state, of)
        if of.kind in {"company", "institution"} and best.title is not None:
            own = self.context.mentions.states.get(of.state or "")  # «секретарь Совета безопасности Таджикистана»
            own = own or state_in(self.context, best)
            of = best.title.states[0] if best.title.states else own or of
        return self.stated(of, index, best.first)

    def _owner_of(self, person: Entity, index: int) -> Stated[Entity] | None:
        """ "Germany's Boris Pistorius": the state whose he is said to be where his name stands."""
        for mention in self.context.mentions.of({person}):
            owners = (c for c in self.text.children[mention.head] if self.text.tokens[c].rel == "nmod:poss")
            for state in (m for m in self.context.mentions.within(owners, "state") if m.form == "name"):
                return self.stated(state.entity, index, mention.head)
        return None

    def office_at(self, sense: Sense) -> Office | None:
        """The office of a title's noun, where it is joined to a person."""
        return next((o for o in self.offices if o.title is not None and o.title.sense == sense), None)

    def stated(self, entity: Entity, *indices: int) -> Stated[Entity]:
        """An entity with the sentences of the tokens."""
        return Stated(entity, self.context.evidence(*indices), self.context.rule("meeting-party"))

    def dated(self, date: PartialDate, index: int) -> Stated[PartialDate]:
        """A date with the sentence of the token for which it holds."""
        return Stated(date, self.context.evidence(index), self.context.rule("meeting-of-the-day"))

    def before(self, index: int, *, sentences: int = 1) -> tuple[Parties, int]:
        """The nearest earlier sentence of the paragraph with persons of two sides: these, and a token of it."""
        here = self.context.sentence(index)
        for number in range(here.index - 1, max(-1, here.index - 1 - sentences), -1):
            earlier = self.text.sentences[number]
            if earlier.paragraph != here.paragraph or (
                self.context.title is not None and self.context.in_title(earlier.first)
            ):
                break
            found = self.persons(range(earlier.first, earlier.last))
            if len(found.sides) > 1:
                return found, self.context.mentions.within(range(earlier.first, earlier.last), "person")[0].head
        return Parties(), index

    def persons(self, tokens: Iterable[int]) -> Parties:
        """The persons named among the tokens, and nobody else but those for whom they stand."""
        people = self.context.mentions.within(tokens, "person")
        return Parties(
            _once([self.stated(m.entity, m.head) for m in people]),
            _once([a for m in people if (a := self.actor_of(m.entity, m.head)) is not None]),
        )

    def officials(self, tokens: Iterable[int]) -> Parties:
        """The persons, titles and delegations among the tokens, without those who only say what the sentence tells."""
        wanted = frozenset(tokens)
        spoken = {i for t in wanted if self._only_says(t) for i in self.context.phrase(t)}
        people = self.people(wanted - spoken)
        found = Parties(
            tuple(self.stated(m.entity, m.head) for m in people),
            tuple(a for m in people if (a := self.actor_of(m.entity, m.head)) is not None),
        )
        titled = tuple(
            self.stated(owner, title.sense.first)
            for title in (t for i in sorted(wanted - spoken) for t in self._titles_at.get(i, ()))
            if title.sense.first not in self._named and not title.former
            for owner in title.owners(self.context) or title.states
        )
        led = tuple(self.stated(d.owner, d.noun) for d in self.delegations if d.noun in wanted and d.owner is not None)
        return found + Parties((), _once(titled + led))

    def _only_says(self, index: int) -> bool:
        token = self.text.tokens[index]
        return (
            token.rel.startswith("nsubj")
            and token.head is not None
            and self.context.senses.has(token.head, "speech_verb")
        )

    def people(self, tokens: frozenset[int]) -> list[EntityMention]:
        """Whom the tokens mean: by name, by title alone, by a pronoun, or as the leaders of delegations."""
        found = self._people(tokens)
        found += [o.person for o in self._alone(tokens)]
        found += leaders_in(self.context, self.delegations, tokens)
        found += [m for i in sorted(tokens) for t in self._titles_at.get(i, ()) if t.colleague for m in self._peers(t)]
        found += [m for i in sorted(tokens) if (m := antecedent(self.context, i) or self._official(i)) is not None]
        once = {m.entity: m for m in reversed(found)}
        return [m for m in found if once[m.entity] is m]

    def _peers(self, colleague: Title) -> list[EntityMention]:
        """«с турецким коллегой»: of that state's persons the only one in the office of whoever was named last."""
        if colleague.sense.first in self._named:
            return []
        before = [o for o in self.offices if o.first < colleague.first and o.of not in colleague.states]
        own = next((o for o in reversed(before) if o.of.state not in {s.state for s in colleague.states}), None)
        if own is None:
            return []
        of = {s.state for s in colleague.states}
        same = [o for o in self.offices if o.of.state in of and (o.role, o.of.body) == (own.role, own.of.body)]
        persons = {o.person.entity: o.person for o in same}
        return list(persons.values()) if len(persons) == len(of) else []

    def _official(self, index: int) -> EntityMention | None:
        """«Пакистанский военачальник»: the last person before who holds an office of that state."""
        if not self.context.senses.has(index, "official_noun") or index in self._persons_at:
            return None
        described = (m for c in self.text.children[index] for m in self.context.mentions.within([c], "state"))
        states = {m.entity.state for m in described if m.form == "adjective"}
        before = [o for o in self.offices if o.last <= index and o.of.state in states]
        return before[-1].person if len(states) == 1 and before else None

    def _people(self, tokens: frozenset[int]) -> list[EntityMention]:
        """The persons among the tokens; a name goes with the title before it, wherever the parser hangs it."""
        places = sorted({place for index in tokens for place in self._persons_at.get(index, ())})
        return [self.context.mentions.all[place] for place in places]

    @cached_property
    def _persons_at(self) -> dict[int, list[int]]:
        """For each token, which mentions are of persons who have their title there, or without a title their name."""
        titled = {
            o.person.head: o.title.sense.first
            for o in self.offices
            if o.title and o.rule == "office-before-name" and o.title.last <= o.person.first
        }
        found: dict[int, list[int]] = {}
        for place, mention in enumerate(self.context.mentions.all):
            if mention.entity.kind == "person":
                found.setdefault(titled.get(mention.head, mention.head), []).append(place)
        return found

    def _alone(self, tokens: frozenset[int]) -> list[Office]:
        return [self.offices[place] for place in sorted(p for i in tokens for p in self._alone_at.get(i, ()))]

    @cached_property
    def _alone_at(self) -> dict[int, list[int]]:
        """For each token, which offices without a name have their title there."""
        found: dict[int, list[int]] = {}
        for place, office in enumerate(self.offices):
            if office.rule == "office-alone" and office.title:
                found.setdefault(office.title.sense.first, []).append(place)
        return found

    def _gathers(self, mention: EntityMention) -> bool:
        """«на полях саммита ОТГ», «члены ОТГ»: an organization that only names a gathering or its members."""
        noun = self.text.tokens[mention.head].head
        names_others = ("meeting_session", "meeting_conference", "member_noun")
        gathering = noun is not None and self.context.senses.has(noun, *names_others)
        if mention.entity.kind == "institution" and self.text.tokens[mention.head].rel == "compound":
            return noun is not None and self.context.senses.has(noun, *MEETINGS)  # "the Joint Committee meeting"
        return gathering and mention.entity.kind == "organization"

    def _acts(self, mention: EntityMention) -> bool:
        """Whether a mention means a participant and not a place, nor part of another name."""
        if mention.form in {"adjective", "demonym"}:
            noun = self.text.tokens[mention.head].head
            if (
                noun is not None
                and self.text.tokens[mention.head].rel == "conj"
                and self.text.tokens[noun].pos == "ADJ"
            ):
                noun = self.text.tokens[noun].head  # "the Ethiopian and Somali delegations"
            return noun is not None and self.context.senses.has(noun, "delegation", "official_noun", *MEETINGS)
        if mention.form == "anaphor" and mention.sense in {"side", "pair_anaphor"}:
            return False
        if self.context.relation(mention.head) == "subject":
            return True
        noun = self.text.tokens[mention.head].head
        if noun is not None and self.context.senses.has(noun, "capital_noun", "place_noun"):
            return False  # «на авиабазе ОДКБ»
        if self.context.relation_of(mention) == "from":  # "delegations from Kenya and Somalia"
            above = self.text.tokens[self.context.coordinated(mention)[0].head].head
            return above is not None and self.context.senses.has(above, "delegation_noun")
        return self.context.relation_of(mention) in BARE | COMPANY


def _covers(one: EntityMention, other: EntityMention) -> bool:
    return one.first <= other.first and other.last <= one.last


def with_company(arguments: Sequence[Argument]) -> list[Argument]:
    """The arguments that name those with whom one meets."""
    return [a for a in arguments if a.relation in COMPANY]


MEETINGS = ("meeting_talks", "meeting_visit", "meeting_session", "meeting_conference", "meeting_call")

__all__ = ["Parties", "PartyFinder", "Title", "side", "with_company"]
