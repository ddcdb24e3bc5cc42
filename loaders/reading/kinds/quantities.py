"""Quantities: numbers that describe cooperation, and whose they are.

A number counts only if what it counts is of a sort that the lexicon lists, its sentence says why that is cooperation
(it studies, takes part, is delivered, is accredited …), and its owner is told. Everything else is left alone.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from loaders.reading.context import Context
from loaders.reading.facts import Entity, Fact, Quantity
from loaders.reading.kinds.quantity_counts import Count, find_counts
from loaders.reading.kinds.quantity_discourse import Discourse
from loaders.reading.kinds.quantity_exercises import Events
from loaders.reading.kinds.quantity_owners import Owners
from loaders.reading.kinds.quantity_recipients import Recipients
from loaders.reading.kinds.quantity_sides import EachSide
from loaders.reading.kinds.quantity_states import Answer

CONFIDENCE = {"exercise": 0.8, "described": 0.85, "party": 0.75, "speaker": 0.6, "plan": 0.6}


@dataclass(frozen=True, slots=True)
class _Owned:
    count: Count
    of: Entity
    way: str


def find(context: Context) -> Iterator[Fact]:
    """One quantity a number and owner."""
    rules = _Rules(context)
    counts = find_counts(context)
    found: list[_Owned] = []
    for count in counts:
        answer = None if count.is_headcount or count.first is not None else rules.owner(count)
        if count.first is not None:
            answer = rules.shared(count, next(((o.of, o.way) for o in found if o.count == count.first), None))
        if answer is None and count.whole is not None:
            answer = next(((o.of, o.way) for o in found if o.count == count.whole), None)
        if answer is not None:
            found.append(_Owned(count, *answer))
    found += _beside(context, counts, found)
    seen: set[tuple[str, object, str]] = set()
    for owned in sorted(found, key=lambda o: o.count.index):
        number = owned.count.number
        key = (owned.of.iri or owned.of.name, number.value, number.bound)
        if key not in seen:
            seen.add(key)
            yield _fact(context, owned)


def _fact(context: Context, owned: _Owned) -> Quantity:
    count = owned.count
    return Quantity(
        evidence=context.evidence(count.index),
        rule=context.rule(f"quantity-{count.sort}-{owned.way}"),
        confidence=CONFIDENCE[owned.way],
        modality=context.modality(max(count.noun, count.index)),
        of=owned.of,
        measure=_measure(context, count),
        value=count.number.value,
        bound=count.number.bound,
    )


class _Rules:
    """One rule for each sort of counted things: why it is cooperation, and whose it is."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.owners = Owners(context)
        self.recipients = Recipients(context, self.owners.states)
        self.discourse = Discourse(context, self.owners.states, self.recipients)
        self.events = Events(context)
        self.each_side = EachSide(context, self.owners.states)
        self.by_sort: dict[str, Callable[[Count], Answer]] = {
            "state": self.states,
            "people": self.people,
            "mission": self.missions,
            "equipment": self.equipment,
            "event": self.meetings_and_exercises,
            "team": self.teams,
            "agreement": self.agreements,
            "money": self.money,
        }

    def owner(self, count: Count) -> Answer:
        """Whose a number is, and how that was told; None if it describes no cooperation, or nobody's."""
        rule = self.by_sort.get(count.sort)
        return rule(count) if rule is not None else None

    def states(self, count: Count) -> Answer:
        """«отношения с более чем 180 государствами», «в ОДКБ входят шесть государств», «выступили военные 38 стран»."""
        if self.clause_has(count, "belong_verb") and (organization := self.owners.organization(count)) is not None:
            return organization, "party"
        if count.is_few:
            return None
        if self.clause_has(count, "belong_verb", "participate") and (mission := self.events.mission(count)) is not None:
            return mission, "exercise"
        if (exercise := self.events.exercise(count)) is not None:
            return exercise, "exercise"
        return self.owners.party(count) if self.clause_has(count, "relation_noun", "participate") else None

    def people(self, count: Count) -> Answer:
        """Those who study, serve abroad, are stationed there, or are one side's troops in an exercise."""
        if self.events.is_beside_exercise(count) and (each := self.each_side.owner(count)) is not None:
            return each, "party"
        described = self.owners.described(count)
        if self.clause_has(count, "serve_verb", "serve_noun", "pass_through") and self.sentence_has(
            count, "cumulative"
        ):
            return _by(described or self.owners.home(count), "described")
        whole = self.sentence_has(count, "counted_mission", "peace_noun") and self.events.mission(count) is None
        if whole and self.sentence_has(count, "contributor"):
            # "India has contributed more than 250,000 troops to 49 missions"
            return _by(described, "described") or self.owners.party(count)
        if self.before_has(count, "limit_noun"):
            return _by(described or self.owners.home(count), "party")
        if (sender := self.owners.sender(count)) is not None:
            return sender, "party"
        strength = self.before_has(count, "strength_noun", "belong_verb")
        own = self.owners.unit(count) if strength else None  # "a battalion of Ghana, comprising 850 soldiers"
        if strength and own is None and described is None and (mission := self.events.mission(count)) is not None:
            return mission, "exercise"
        if self.events.is_of_mission(count):
            return None
        if strength:
            return _by(self.owners.unit(count), "described")
        studies = self.clause_has(count, "study_verb") or self.context.senses.has(count.noun, "study_noun")
        if described is not None:
            told = studies or self.clause_has(count, "station_verb") or self.sentence_has(count, "study_place")
            return (described, "described") if told or self.events.is_beside_exercise(count) else None
        if studies:
            return self.discourse.of_training(count)
        return _by(self.owners.side(count), "party") if self.events.is_beside_exercise(count) else None

    def missions(self, count: Count) -> Answer:
        """«25 военных атташе Министерства обороны», «в Ташкенте аккредитованы 34 военных атташе»."""
        described = self.owners.described(count)
        if described is not None:
            return described, "described"
        return _by(self.owners.located(count), "party") or self.owners.party(count)

    def equipment(self, count: Count) -> Answer:
        """«передала армии 19 бронемашин», «контракт на три радара», «в учении заняты 350 единиц техники»."""
        owners = self.owners
        if self.clause_has(count, "supply_verb", "receive_verb", "supply_noun", "receive_noun"):
            owner = self.recipients.recipient(count) or self.recipients.of_supply(count)
            if owner is not None or not self.clause_has(count, "supply_contract", "order_noun"):
                return _by(owner, "party")
        if self.clause_has(count, "build_verb"):
            return _by(self.recipients.beneficiary(count), "party")
        if self.clause_has(count, "supply_contract", "order_noun"):
            return _by(self.recipients.of_supply(count) or owners.first(count), "party")
        if self.clause_has(count, "at_disposal") and self.events.has_mission:
            return _by(owners.home(count), "party")
        described = owners.described(count)
        if self.clause_has(count, "station_verb"):
            return (described, "described") if described is not None else owners.party(count)
        exercise = self.events.exercise(count)
        if exercise is None:
            return _by(owners.side(count), "party") if self.events.is_beside_exercise(count) else None
        own = described or owners.side(count)
        return (own, "described") if own is not None else (exercise, "exercise")

    def meetings_and_exercises(self, count: Count) -> Answer:
        """«полсотни совместных мероприятий», «план, в котором 32 мероприятия», «выполнено более 70 операций»."""
        if count.is_few:
            return None
        owners, between = self.owners, range(count.index, count.noun)
        joint = any(self.context.senses.has(i, "joint_event", "joint_by_nature") for i in (*between, count.noun))
        # «армии двух стран провели 25 учений», «провели с партнёрами 12 учений»
        joint |= self.context.senses.has(count.noun, "exercise_noun") and self.owners.is_shared(count)
        if joint or self.sentence_has(count, "plan_noun", "document_noun"):
            party = owners.party(count)
            return (
                _by(owners.organization(count) if party is None else None, "party")
                or party
                or self.discourse.of_plan(count)
                or self.discourse.of_speaker(count)
                or (self.discourse.of_meeting(count) if joint else None)
                or (_by(owners.first(count), "plan") if self.sentence_has(count, "plan_noun") else None)
            )
        return _by(owners.forces(count), "party")

    def teams(self, count: Count) -> Answer:
        """«девять команд», «одиннадцать экипажей»: of the competition."""
        return _by(self.events.exercise(count, competition=True), "exercise")

    def agreements(self, count: Count) -> Answer:
        """«подписано 15 соглашений о военном сотрудничестве»."""
        after = [i for i in self.context.clause(count.index) if i > count.noun]
        if count.is_few or not any(self.context.senses.has(i, "relation_noun") for i in after):
            return None
        return self.owners.party(count)

    def money(self, count: Count) -> Answer:
        """«контракты на 245 млн долларов»: of who gets something for it, else of the party named first."""
        if self.clause_has(count, "not_worth") or not self.clause_has(count, "worth"):
            return None
        owners = self.owners
        bought = self.recipients.of_supply(count) if self.clause_has(count, "supply_contract") else None
        owner = self.recipients.recipient(count) or bought or owners.first(count)
        owner = owner or self.recipients.of_supply(count, first_named=not self.sentence_has(count, "supply_noun"))
        return _by(owner, "party")

    def shared(self, count: Count, first: Answer) -> Answer:
        """«Россия направила 250 человек, Казахстан – 120», «в России учатся 200 узбекских курсантов, в Турции – 45»: of
        whoever the member of the list names, or, where it names a place, of the owner of the first."""
        whole = count.first is not None and (count.first.is_headcount or self.events.is_beside_exercise(count.first))
        if count.sharer is None or (first is None and not whole):
            return None
        relation = self.context.relation_of(count.sharer)
        placed = self.context.text.tokens[count.sharer.first - 1].pos == "ADP" and relation != "from"
        if relation in {"in", "on"} or placed:
            return first
        return _by(self.owners.states.of(count.sharer.entity), "party") if relation in {"subject", "from", ""} else None

    # ------------------------------------------------------------------ words around

    def clause_has(self, count: Count, *senses: str) -> bool:
        """Whether a word of the clause, or one that hangs on the noun, has one of the senses."""
        tokens = (*self.context.clause(count.index), *self.context.text.children[count.noun])
        return any(self.context.senses.has(i, *senses) for i in tokens)

    def sentence_has(self, count: Count, *senses: str) -> bool:
        """Whether a word of the sentence has one of the senses."""
        sentence = self.context.sentence(count.index)
        return any(self.context.senses.has(i, *senses) for i in range(sentence.first, sentence.last))

    def before_has(self, count: Count, *senses: str) -> bool:
        """Whether one of the few words before the number has one of the senses."""
        begin = max(self.context.sentence(count.index).first, count.index - 5)
        return any(self.context.senses.has(i, *senses) for i in range(begin, count.index))


def _by(owner: Entity | None, way: str) -> Answer:
    return (owner, way) if owner is not None else None


def _beside(context: Context, counts: tuple[Count, ...], found: list[_Owned]) -> list[_Owned]:
    """«более 70 операций в четырёх городах»: a number of places beside a quantity has the same owner."""
    owned = []
    for count in counts:
        clause = context.clause(count.index) if count.sort == "town" else ()
        beside = next((o for o in found if o.count.index in clause and o.count.sort == "event"), None)
        if beside is not None:
            owned.append(_Owned(count, beside.of, beside.way))
    return owned


def _measure(context: Context, count: Count) -> str:
    """What is counted, in the words of the text."""
    first = context.tokens_of(count.number.span)[-1] + 1
    if count.sort == "money":
        return count.number.unit or count.sort
    if count.noun < count.index:
        return context.words(count.noun, count.noun + 1)
    end, last = context.sentence(count.index).last, count.last
    while last < end and context.relation(last) == "of" and context.text.tokens[last].pos != "NUM":
        last += 1
    return context.words(first, last).lstrip(". ")
