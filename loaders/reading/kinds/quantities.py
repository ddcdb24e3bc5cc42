"""Quantities: numbers that describe cooperation, and whose they are.

A number counts only if what it counts is of a sort that the lexicon lists, its sentence says why that is cooperation
(it studies, takes part, is delivered, is accredited …), and its owner is told. Everything else is left alone.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from loaders.reading.context import Context
from loaders.reading.facts import Entity, Fact, Quantity
from loaders.reading.kinds.quantity_counts import Count, counts, is_few
from loaders.reading.kinds.quantity_owners import Owners

CONFIDENCE = {"exercise": 0.8, "described": 0.85, "party": 0.8, "speaker": 0.6, "plan": 0.6}


@dataclass(frozen=True, slots=True)
class _Owned:
    count: Count
    of: Entity
    way: str


def find(context: Context) -> Iterator[Fact]:
    """One quantity a number and owner."""
    owners = Owners(context)
    seen: set[tuple[str, object, str]] = set()
    found = [owned for count in counts(context) if (owned := _owned(context, owners, count)) is not None]
    found += _beside(context, found)
    for owned in sorted(found, key=lambda o: o.count.index):
        number = owned.count.number
        key = (owned.of.iri or owned.of.name, number.value, number.bound)
        if key in seen:
            continue
        seen.add(key)
        yield Quantity(
            evidence=context.evidence(owned.count.index),
            rule=context.rule(f"quantity-{owned.count.sort}-{owned.way}"),
            confidence=CONFIDENCE.get(owned.way, 0.7),
            modality=context.modality(owned.count.noun if owned.count.noun > owned.count.index else owned.count.index),
            of=owned.of,
            measure=_measure(context, owned.count),
            value=number.value,
            bound=number.bound,
        )


def _owned(context: Context, owners: Owners, count: Count) -> _Owned | None:
    rule = RULES.get(count.sort)
    if rule is None:
        return None
    answer = rule(context, owners, count)
    return _Owned(count, *answer) if answer is not None else None


Answer = tuple[Entity, str] | None


def _states(context: Context, owners: Owners, count: Count) -> Answer:
    """«отношения с более чем 180 государствами», «в ОДКБ входят шесть государств», «выступили военные 38 стран»."""
    clause = context.clause(count.index)
    if any(context.senses.has(i, "belong_verb") for i in clause):
        organization = owners.organization(count)
        return (organization, "party") if organization is not None else None
    if is_few(count):
        return None
    if (exercise := owners.exercise(count)) is not None:
        return exercise, "exercise"
    if any(context.senses.has(i, "relation_noun", "participate") for i in clause):
        return owners.party(count)
    return None


def _people(context: Context, owners: Owners, count: Count) -> Answer:
    """«учатся 145 узбекских офицеров», «около 200 американских военных»: those who study, or one side's troops."""
    clause = context.clause(count.index)
    sentence = context.sentence(count.index)
    whole = range(sentence.first, sentence.last)
    served_abroad = any(context.senses.has(i, "serve_verb", "serve_noun") for i in clause)
    if served_abroad and any(context.senses.has(i, "cumulative") for i in whole):
        served = owners.described(count)
        return (served, "described") if served is not None else owners.party(count)
    if (sender := owners.sending_organization(count)) is not None:
        return sender, "party"
    if any(context.senses.has(i, "peace_noun") for i in whole):
        return None
    if any(context.senses.has(i, "strength_noun") for i in range(max(sentence.first, count.index - 3), count.index)):
        unit = owners.unit(count)
        return (unit, "described") if unit is not None else None
    if (
        any(context.senses.has(i, "station_verb") for i in clause)
        and (stationed := owners.described(count)) is not None
    ):
        return stationed, "described"
    studies = any(context.senses.has(i, "study_verb") for i in clause) or context.senses.has(count.noun, "study_noun")
    described = owners.described(count)
    if described is not None and (studies or owners.exercise(count) is not None):
        return described, "described"
    if studies:
        return owners.of_training(count)
    sent = owners.side(count) if owners.exercise(count) is not None else None
    return (sent, "party") if sent is not None else None


def _missions(_: Context, owners: Owners, count: Count) -> Answer:
    """«25 военных атташе Министерства обороны», «в Ташкенте аккредитованы 34 военных атташе»."""
    described = owners.described(count)
    if described is not None:
        return described, "described"
    here = owners.located(count)
    return (here, "party") if here is not None else owners.party(count)


def _equipment(context: Context, owners: Owners, count: Count) -> Answer:
    """«передала армии 19 бронемашин», «в учении заняты 350 единиц техники»."""
    clause = context.clause(count.index)
    if any(context.senses.has(i, "supply_verb", "receive_verb", "supply_noun", "receive_noun") for i in clause):
        recipient = owners.recipient(count)
        return (recipient, "party") if recipient is not None else None
    if any(context.senses.has(i, "supply_contract") for i in clause):
        buyer = owners.first(count) or owners.of_supply(count)
        return (buyer, "party") if buyer is not None else None
    if any(context.senses.has(i, "station_verb") for i in clause):
        stationed = owners.described(count)
        return (stationed, "described") if stationed is not None else owners.party(count)
    exercise = owners.exercise(count)
    if exercise is None:
        return None
    own = owners.described(count) or owners.side(count)
    return (own, "described") if own is not None else (exercise, "exercise")


def _events(context: Context, owners: Owners, count: Count) -> Answer:
    """«полсотни совместных мероприятий», «медицинским персоналом выполнено более 70 операций»."""
    between = range(count.index, count.noun)
    joint = context.senses.has(count.noun, "joint_by_nature") or any(
        context.senses.has(i, "joint_event") for i in between
    )
    if joint and not is_few(count):
        return owners.party(count) or owners.of_plan(count) or owners.of_speaker(count) or owners.of_meeting(count)
    if is_few(count):
        return None
    forces = owners.forces(count)
    return (forces, "party") if forces is not None and context.senses.has(count.noun, "counted_event") else None


def _teams(_: Context, owners: Owners, count: Count) -> Answer:
    """«девять команд», «одиннадцать экипажей»: of the exercise or competition."""
    exercise = owners.exercise(count, competition=True)
    return (exercise, "exercise") if exercise is not None else None


def _agreements(context: Context, owners: Owners, count: Count) -> Answer:
    """«подписано 15 соглашений о военном сотрудничестве»."""
    clause = context.clause(count.index)
    if is_few(count) or not any(context.senses.has(i, "relation_noun") and i > count.noun for i in clause):
        return None
    return owners.party(count)


def _money(context: Context, owners: Owners, count: Count) -> Answer:
    """«контракты на 245 млн долларов»: of who gets something for it, else of the state named first."""
    clause = context.clause(count.index)
    if any(context.senses.has(i, "not_worth") for i in clause) or not any(
        context.senses.has(i, "worth") for i in clause
    ):
        return None
    recipient = owners.recipient(count) or owners.first(count) or owners.of_supply(count)
    return (recipient, "party") if recipient is not None else None


RULES: dict[str, Callable[[Context, Owners, Count], Answer]] = {
    "state": _states,
    "people": _people,
    "mission": _missions,
    "equipment": _equipment,
    "event": _events,
    "team": _teams,
    "agreement": _agreements,
    "money": _money,
}


def _beside(context: Context, found: list[_Owned]) -> Iterator[_Owned]:
    """«более 70 операций в четырёх городах»: a number of places beside a quantity has the same owner."""
    for count in counts(context):
        if count.sort != "town":
            continue
        clause = context.clause(count.index)
        beside = next((o for o in found if o.count.index in clause and o.count.sort == "event"), None)
        if beside is not None:
            yield _Owned(count, beside.of, beside.way)


def _measure(context: Context, count: Count) -> str:
    """What is counted, in the words of the text."""
    first = context.tokens_of(count.number.span)[-1] + 1
    if count.noun < count.index:
        return context.words(count.noun, count.last)
    end, last = context.sentence(count.index).last, count.last
    while last < end and context.text.tokens[last].case == "Gen" and context.text.tokens[last].pos != "NUM":
        last += 1
    return context.words(first, last).lstrip(". ")
