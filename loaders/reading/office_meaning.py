"""Of what an office is: as its title says, as words beside the name say, or as the text before leaves it."""

from collections.abc import Sequence

from loaders.reading.context import Context
from loaders.reading.facts import Entity, Role
from loaders.reading.mentions import EntityMention
from loaders.reading.office import Office
from loaders.reading.office_ellipsis import (
    last_body,
    last_mission,
    last_organization,
    peer,
    sent_by,
    staff_of,
    state_of_host,
)
from loaders.reading.office_states import state_spoken_of, states_spoken_of
from loaders.reading.relations import BARE
from loaders.reading.title import OF_STATE, Title, body_of

EMBASSY_REACH = 6
"""So many words after "attaché" the embassy at which he serves may stand."""


_Meaning = tuple[Role | None, tuple[Entity, ...], bool]

_NOTHING: _Meaning = (None, (), False)
"""What cannot be said of what it is an office."""


def meaning(context: Context, title: Title, person: EntityMention, before: Sequence[Office]) -> _Meaning:
    """Role and owners of a title, what it leaves out taken from the text before; and whether it said all itself."""
    for told in _TOLD:
        found = told(context, title, person, before)
        if found is not None:
            return found
    return _NOTHING


def _department(context: Context, title: Title, _: EntityMention, __: Sequence[Office]) -> _Meaning | None:
    """«Директор департамента южнокорейского ведомства», after ministries of defence."""
    if not (title.generic and title.role == "other" and len(title.states) == 1):
        return None
    body = last_body(context, title)
    if body is None:
        return None
    return title.role, (body_of(context, title.states[0], body.body) if body.body else body,), True


def _as_it_says(context: Context, title: Title, _: EntityMention, __: Sequence[Office]) -> _Meaning | None:
    owners = title.owners(context)
    return (title.role, owners, True) if owners else None


def _of_state_behind(context: Context, title: Title, person: EntityMention, _: Sequence[Office]) -> _Meaning | None:
    owner = state_after(context, person)
    if owner is None or title.role is None or not (title.role in OF_STATE or title.body is not None):
        return None
    return title.role, (body_of(context, owner, title.body) if title.body else owner,), True


def _of_who_sent(context: Context, title: Title, person: EntityMention, _: Sequence[Office]) -> _Meaning | None:
    sent = sent_by(context, person)
    if title.portfolio_unknown and title.role is not None and sent is not None and sent.body is not None:
        return title.role, (sent,), True  # «делегация Минобороны Турции во главе с министром Х»
    if title.portfolio_unknown or (title.role is None and not (title.colleague or title.generic)):
        return _NOTHING
    if sent is None or title.role is None:
        return None
    if title.role in OF_STATE or title.body is not None:
        state = context.mentions.states.get(sent.state or "")
        return (title.role, (body_of(context, state, title.body) if title.body else state,), True) if state else None
    if title.role == "other" or (title.role in {"minister", "deputy minister"} and sent.body is not None):
        return title.role, (sent,), True
    return None


def _generic(context: Context, title: Title, _: EntityMention, __: Sequence[Office]) -> _Meaning | None:
    if not (title.generic and title.role in {"spokesperson", "other"}):
        return None
    body = last_body(context, title)
    return title.role, (body,) if body else (), False


def _of_colleague(context: Context, title: Title, person: EntityMention, before: Sequence[Office]) -> _Meaning | None:
    if title.role is not None:
        return None
    colleague = peer(context, title, person, before)
    if colleague is None or colleague.of.kind not in {"body", "state"}:
        return _NOTHING
    host = None if title.states else state_of_host(context, title, colleague)
    states = (title.states if title.plural else title.states[:1]) or ((host,) if host is not None else ())
    if not states:
        return _NOTHING
    body = colleague.of.body
    owners = tuple(body_of(context, state, body) if body else state for state in states)
    return colleague.role, owners, bool(title.states)


def _of_mission(context: Context, title: Title, _: EntityMention, __: Sequence[Office]) -> _Meaning | None:
    if title.sense.name != "office_mission_commander":
        return None
    mission = last_mission(context, title)
    return title.role, (mission,) if mission else (), False


def _of_organization(context: Context, title: Title, _: EntityMention, __: Sequence[Office]) -> _Meaning | None:
    if title.role != "secretary general":
        return None
    organization = last_organization(context, title)
    return title.role, (organization,) if organization else (), False


def _as_told_before(_: Context, title: Title, person: EntityMention, before: Sequence[Office]) -> _Meaning | None:
    own = next((o for o in before if o.person.entity == person.entity and o.role == title.role), None)
    return (title.role, (own.of,), False) if own else None


def _of_parliament(context: Context, title: Title, _: EntityMention, __: Sequence[Office]) -> _Meaning | None:
    if title.sense.name != "office_legislator":
        return None
    parliaments = {m.entity.iri: m.entity for m in context.mentions.all if m.entity.body == "PARL"}
    return title.role, tuple(parliaments.values()) if len(parliaments) == 1 else (), False


def _of_staff(context: Context, title: Title, _: EntityMention, before: Sequence[Office]) -> _Meaning | None:
    """ "Its director": of the organization spoken of."""
    if title.role != "other" or title.body in {"GOV", "SEC"}:
        return None
    owned = context.senses.has(title.first, "possessive_pronoun") and not title.portfolio_unknown
    of = last_organization(context, title, owned=True) if owned else staff_of(context, title, before)
    return (title.role, (of,), False) if of else _NOTHING


def _at_embassy(context: Context, title: Title, _: EntityMention, before: Sequence[Office]) -> _Meaning | None:
    embassy = _of_embassy(context, title, before)
    return (title.role, (embassy,), False) if embassy else None


def _of_state_spoken_of(context: Context, title: Title, _: EntityMention, before: Sequence[Office]) -> _Meaning | None:
    spoken = title.states[0] if title.states else state_spoken_of(context, title, before)
    if spoken is None:
        return None
    if title.role in {"head of state", "prime minister", "ambassador", "military attaché"}:
        return title.role, (spoken,), False
    return (title.role, (body_of(context, spoken, title.body),), False) if title.body is not None else None


_TOLD = (
    _department, _as_it_says, _of_state_behind, _of_who_sent, _generic, _of_colleague, _of_mission, _of_organization,
    _as_told_before, _of_parliament, _of_staff, _at_embassy, _of_state_spoken_of,
)  # fmt: skip
"""What tells it, the surest first: the first that has something to say decides."""


def _of_embassy(context: Context, title: Title, before: Sequence[Office]) -> Entity | None:
    """«Военный атташе посольства полковник Х»: of the state whose ambassador was named last; "attaché at the
    Portuguese Embassy": of the state whose it is."""
    behind = range(title.sense.last, min(title.sense.last + EMBASSY_REACH, context.sentence(title.first).last))
    house = next((i for i in behind if context.senses.has(i, "embassy")), None)
    if title.role == "military attaché" and house is not None and not title.states:
        beside = context.mentions.within({*range(title.sense.last, house), *context.phrase(house)}, "state")
        owners = [m.entity for m in beside if m.form == "adjective" or context.relation_of(m) in BARE]
        if owners:
            return owners[0]
    if title.role != "military attaché" or not any(
        context.senses.has(i, "embassy") for i in range(title.first, title.last)
    ):
        return None
    sent = [o.of for o in before if o.role == "ambassador" and o.first < title.first]
    return sent[-1] if sent else None


def each_of_its_own(
    context: Context, title: Title, persons: Sequence[EntityMention], before: Sequence[Office]
) -> tuple[Entity, ...]:
    """«Министры обороны А и Б» without their states: what else the text says of each, or the states it is about."""
    own = [
        next((o.of for o in before if o.person.entity == person.entity and o.role == title.role), None)
        for person in persons
    ]
    if all(own):
        return tuple(of for of in own if of is not None)
    states = states_spoken_of(context, title, len(persons))
    if title.body is None and title.role not in OF_STATE:
        return ()
    respectively = [body_of(context, state, title.body) if title.body else state for state in states]
    if any(known not in (None, of) for known, of in zip(own, respectively, strict=False)):
        return ()
    return tuple(respectively)


def state_after(context: Context, person: EntityMention) -> Entity | None:
    """ "Deputy Defence Minister Ivan Petrov of Bulgaria": the state after the name."""
    tokens, end = context.text.tokens, context.sentence(person.head).last
    at = person.last
    while at < end and tokens[at].pos in {"ADP", "DET"}:
        at += 1
    if at == person.last or at == end:
        return None  # "Dong met Singapore's minister"
    named = (m for m in context.mentions.at(at) if m.first == at and m.entity.kind == "state" and m.form == "name")
    return next((m.entity for m in named if context.relation_of(m) == "of"), None)
