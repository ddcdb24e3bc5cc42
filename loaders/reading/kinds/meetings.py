"""Meetings: talks, visits, briefings, sessions, conferences, calls and ceremonies.

Words that name an occasion are turned into occasions one by one (`meeting_occasions`); those that speak of the same
one are joined here.
"""

from collections.abc import Iterator
from dataclasses import replace

from loaders.reading.context import Context
from loaders.reading.facts import FACTUAL, Fact, Meeting, PartialDate, Stated
from loaders.reading.kinds.meeting_occasion import Occasion, agree
from loaders.reading.kinds.meeting_occasions import OccasionFinder
from loaders.reading.kinds.meeting_triggers import VERBS, triggers

CONFIDENCE = {"talks": 0.85, "visit": 0.8, "briefing": 0.85, "session": 0.75, "conference": 0.7, "call": 0.85,
              "ceremony": 0.7}  # fmt: skip

AGAIN_SENTENCES = 3


def find(context: Context) -> Iterator[Fact]:
    """One meeting an occasion, however often the text comes back to it."""
    finder = OccasionFinder(context)
    joined: list[Occasion] = []
    for trigger in triggers(context):
        occasion = finder.occasion(trigger)
        for each in finder.separate.apart(occasion) if occasion else ():
            for number, earlier in enumerate(joined):
                if _same(earlier, each) or _again(context, earlier, each):
                    joined[number] = _join(earlier, each)
                    break
            else:
                joined.append(each)
    for occasion in joined:
        yield _fact(context, finder.narrowed(occasion, joined))


def _same(one: Occasion, other: Occasion) -> bool:
    """Whether two occasions can be one: same kind, the sides of one among the other's, no contradiction."""
    if one.kind != other.kind or not _agree(one.date, other.date):
        return False
    if one.place and other.place and one.place.value.name != other.place.value.name:
        return False
    if one.kind == "session":
        return {o.value.iri for o in one.organizations} == {o.value.iri for o in other.organizations}
    people, others = ({p.value for p in o.parties.persons} for o in (one, other))
    if people - others and others - people:
        return False
    mine, theirs = one.parties.sides, other.parties.sides
    return mine <= theirs or theirs <= mine


def _again(context: Context, one: Occasion, other: Occasion) -> bool:
    """ "… said at the opening ceremony. The ceremony was attended by …": a gathering spoken of again soon after."""
    if one.kind != other.kind or one.kind not in {"ceremony", "conference"} or not _agree(one.date, other.date):
        return False
    if one.place and other.place and one.place.value.name != other.place.value.name:
        return False
    definite = any(context.senses.has(c, "same") for c in context.text.children[other.trigger.index])
    here, there = (context.sentence(o.trigger.index).index for o in (other, one))
    return definite and 0 < here - there <= AGAIN_SENTENCES


def _agree(one: Stated[PartialDate] | None, other: Stated[PartialDate] | None) -> bool:
    return one is None or other is None or agree(one.value, other.value)


def _join(one: Occasion, other: Occasion) -> Occasion:
    date = one.date or other.date
    if one.date and other.date and len(str(other.date.value)) > len(str(one.date.value)):
        date = other.date
    return replace(
        one,
        parties=one.parties + other.parties,
        organizations=one.organizations or other.organizations,
        place=one.place or other.place,
        date=date,
        modality=one.modality if one.modality in FACTUAL else other.modality,
        tokens=tuple(dict.fromkeys((*one.tokens, *other.tokens))),
    )


def _fact(context: Context, occasion: Occasion) -> Meeting:
    form = "verb" if occasion.trigger.sense in VERBS else "noun"
    return Meeting(
        evidence=context.evidence(*(occasion.tokens or (occasion.trigger.index,))),
        rule=context.rule(f"meeting-{occasion.kind}-{form}"),
        confidence=CONFIDENCE[occasion.kind],
        modality=occasion.modality,
        kind=occasion.kind,
        actors=occasion.parties.actors,
        persons=occasion.parties.persons,
        organizations=occasion.organizations,
        place=occasion.place,
        date=occasion.date,
    )
