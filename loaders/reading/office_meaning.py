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


def meaning(
    context: Context, title: Title, person: EntityMention, before: Sequence[Office]
) -> tuple[Role | None, tuple[Entity, ...], bool]:
    """Role and owners of a title, what it leaves out taken from the text before; and whether it said all itself."""
    owners = title.owners(context)
    if title.generic and title.role == "other" and len(title.states) == 1 and (body := last_body(context, title)):
        # «директор департамента южнокорейского ведомства», after ministries of defence
        return title.role, (body_of(context, title.states[0], body.body) if body.body else body,), True
    if owners:
        return title.role, owners, True
    owner = state_after(context, person)
    if owner is not None and title.role is not None and (title.role in OF_STATE or title.body is not None):
        return title.role, (body_of(context, owner, title.body) if title.body else owner,), True
    sent = sent_by(context, person)
    if title.portfolio_unknown and title.role is not None and sent is not None and sent.body is not None:
        return title.role, (sent,), True  # «делегация Минобороны Турции во главе с министром Х»
    if title.portfolio_unknown or (title.role is None and not (title.colleague or title.generic)):
        return None, (), False
    if sent is not None and title.role is not None:
        if title.role in OF_STATE or title.body is not None:
            state = context.mentions.states.get(sent.state or "")
            if state is not None:
                return title.role, (body_of(context, state, title.body) if title.body else state,), True
        elif title.role == "other" or (title.role in {"minister", "deputy minister"} and sent.body is not None):
            return title.role, (sent,), True
    if title.generic and title.role in {"spokesperson", "other"}:
        body = last_body(context, title)
        return title.role, (body,) if body else (), False
    if title.role is None:
        colleague = peer(context, title, person, before)
        if colleague is None or colleague.of.kind not in {"body", "state"}:
            return None, (), False
        state = title.states[0] if title.states else state_of_host(context, title, colleague)
        if state is None:
            return None, (), False
        of = body_of(context, state, colleague.of.body) if colleague.of.body else state
        return colleague.role, (of,), bool(title.states)
    if title.sense.name == "office_mission_commander":
        mission = last_mission(context, title)
        return title.role, (mission,) if mission else (), False
    if title.role == "secretary general":
        organization = last_organization(context, title)
        return title.role, (organization,) if organization else (), False
    own = next((o for o in before if o.person.entity == person.entity and o.role == title.role), None)
    if own is not None:
        return title.role, (own.of,), False
    if title.sense.name == "office_legislator":
        parliaments = {m.entity.iri: m.entity for m in context.mentions.all if m.entity.body == "PARL"}
        return title.role, tuple(parliaments.values()) if len(parliaments) == 1 else (), False
    if title.role == "other" and title.body not in {"GOV", "SEC"}:
        # "Its director": of the organization spoken of.
        owned = context.senses.has(title.first, "possessive_pronoun") and not title.portfolio_unknown
        organization = last_organization(context, title, owned=True) if owned else staff_of(context, title, before)
        return (title.role, (organization,), False) if organization else (None, (), False)
    embassy = _of_embassy(context, title, before)
    if embassy is not None:
        return title.role, (embassy,), False
    spoken = title.states[0] if title.states else state_spoken_of(context, title, before)
    if spoken is None:
        return None, (), False
    if title.role in {"head of state", "prime minister", "ambassador", "military attaché"}:
        return title.role, (spoken,), False
    if title.body is not None:
        return title.role, (body_of(context, spoken, title.body),), False
    return None, (), False


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
