"""Who holds which office: titles joined to the persons beside them, over a whole text.

A title stands before a name («министр обороны РК Тимур Дандыбаев», «министры обороны России и Узбекистана А и Б»), or
after it between commas («Х, возглавляющий силы специального назначения»), or for a person named elsewhere («его
белорусский коллега», «премьер-министр республики»). What a title leaves out is taken from the rest of the text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

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
    state_spoken_of,
    states_spoken_of,
)
from loaders.reading.syntax import Argument
from loaders.reading.title import OF_STATE, Title, body_of, is_person
from loaders.reading.title_roles import LEADING_KINDS
from loaders.reading.titles import find_titles

DASHES = frozenset({"-", "–", "—"})
CLOSE = frozenset({",", "(", "–", "—", "-"})


@dataclass(frozen=True, slots=True)
class _Held:
    """A title with the persons it belongs to."""

    title: Title
    persons: tuple[EntityMention, ...]
    rule: str


def find_offices(context: Context) -> tuple[Office, ...]:
    """All offices of a text, in the order of their titles; one may be mentioned several times."""
    return context.once(_all_offices)


def _all_offices(context: Context) -> tuple[Office, ...]:
    titles = find_titles(context)
    held = [each for index, title in enumerate(titles) if (each := _held(context, titles, index)) is not None]
    held += [further for each in held for further in _further(context, each)]
    found = [office for each in held if each.title.owners(context) for office in _offices(context, each, ())]
    found += _led(context)
    found += _appointed(context, titles)
    found += _alone(context, titles, held, found)
    for each in held:
        if not each.title.owners(context):
            found += _offices(context, each, sorted(found, key=lambda office: office.first))
    return tuple(_consistent(found))


def holders(offices: Sequence[Office], role: Role, of: Entity) -> list[Entity]:
    """The persons that a text names as holders of an office."""
    return list(dict.fromkeys(o.person.entity for o in offices if o.role == role and o.of.iri == of.iri))


def _held(context: Context, titles: Sequence[Title], index: int) -> _Held | None:
    """The persons that stand directly after a title, or before it."""
    title = titles[index]
    if title.former:
        return None
    person = _person_after(context, title)
    if person is not None:
        listed = tuple(context.coordinated(person)) if title.plural or len(title.states) > 1 else (person,)
        return _Held(title, tuple(m for m in listed if m.first >= person.first), "office-before-name")
    following = titles[index + 1] if index + 1 < len(titles) else None
    if following is not None and _doubles(context, title, following):
        chained = _held(context, titles, index + 1)
        if chained is not None and not chained.title.plural:
            return _Held(_shared(title, following), chained.persons[:1], "office-doubled")
    person = _person_before(context, title)
    if person is not None:
        return _Held(title, (person,), "office-after-name")
    return None


def _further(context: Context, held: _Held) -> Iterator[_Held]:
    """«Министры обороны Казахстана А и Кыргызстана Б»: the title goes on with another state and its person."""
    title = held.title
    if not title.plural or not title.states or len(held.persons) != 1:
        return
    at, end = held.persons[0].last, context.sentence(title.first).last
    while at < end and context.senses.has(at, "list_sign"):
        named = (m for m in context.mentions.at(at + 1) if m.first == at + 1 and m.entity.kind == "state")
        state = next((m for m in named if m.form == "name"), None)
        if state is None:
            return
        further = replace(title, states=(state.entity,), others=(), first=state.first, last=state.last)
        person = _person_after(context, further)
        if person is None:
            return
        yield _Held(further, (person,), held.rule)
        at = person.last


def _person_after(context: Context, title: Title) -> EntityMention | None:
    """The person whose name begins after the title, its ranks and styles."""
    at, end = title.last, context.text.sentence_of(title.first).last
    while at < end:
        person = next((m for m in context.mentions.at(at) if m.entity.kind == "person" and m.first == at), None)
        if person is not None:
            return person
        ranks = [s.last for s in context.senses.at(at) if s.name == "rank" and s.first == at]
        token = context.text.tokens[at]
        if ranks:
            at = max(ranks)
            at += at < end and context.text.tokens[at].text == "."  # "Lt. Gen."
        elif token.text in DASHES and at == title.last and title.plural:
            at += 1  # "the ministers of Russia and Iran – Sergei Lavrov and …"
        elif (
            token.text == ","
            and at == title.last
            and (context.senses.has(at + 1, "rank") or _is_apposed(context, title, at + 1))
        ):
            at += 1
        elif (
            at > title.last
            and token.pos in {"NOUN", "ADJ"}
            and _is_rank(context, at - 1)
            and context.relation(at) == "of"
        ):
            at += 1  # the arm of service after a rank: «генерал-лейтенант авиации»
        else:
            return None
    return None


def _is_apposed(context: Context, title: Title, index: int) -> bool:
    """ "Kenya's interior minister, Kipchumba Murkomen, said": a name in apposition to the title."""
    token = context.text.tokens[index] if index < len(context.text.tokens) else None
    return (
        token is not None and token.rel == "appos" and token.head is not None and title.first <= token.head < title.last
    )


def _is_rank(context: Context, index: int) -> bool:
    return context.senses.has(index, "rank")


def _doubles(context: Context, title: Title, following: Title) -> bool:
    """«заместитель министра – начальник Генштаба Х»: two titles of one person, parted by a dash or a comma."""
    between = context.text.tokens[title.last : following.first]
    same_case = context.text.tokens[title.sense.first].case == context.text.tokens[following.sense.first].case
    return (
        len(between) == 1 and (between[0].text in DASHES or context.senses.has(between[0].index, "list_sign"))
        and same_case and not title.plural and not following.plural
    )  # fmt: skip


def _shared(title: Title, following: Title) -> Title:
    """The first of two titles with the states that only the second names."""
    if title.states or title.others:
        return title
    return Title(
        title.sense, title.role, title.body, following.states, following.others, title.first, title.last,
        title.plural, title.former, title.colleague, title.portfolio_unknown, title.generic,
    )  # fmt: skip


def _person_before(context: Context, title: Title) -> EntityMention | None:
    """«Х, министр обороны Y, …», «Х (министр обороны Y)»."""
    if title.first < 2 or context.text.tokens[title.first - 1].text not in CLOSE:
        return None
    person = next(
        (m for m in context.mentions.at(title.first - 2) if m.entity.kind == "person" and m.last == title.first - 1),
        None,
    )
    if person is None or context.text.tokens[title.first].sentence != context.text.tokens[person.first].sentence:
        return None
    noun = context.text.tokens[title.sense.first]
    name = context.text.tokens[person.head]
    if name.case and noun.case != name.case and context.relation(noun.index) != "subject":
        return None
    sign = context.text.tokens[title.first - 1].text
    after = context.text.tokens[title.last].text if title.last < len(context.text.tokens) else "."
    return person if sign == "(" or after in {",", ".", ")", "–", "—", ";"} else None


def _offices(context: Context, held: _Held, before: Sequence[Office]) -> Iterator[Office]:
    title, persons = held.title, held.persons
    role, owners, certain = _meaning(context, title, persons[0], before)
    if title.plural and len(persons) > 1 and role is not None and not certain:
        owners = _each_of_its_own(context, title, persons, before)
    if role is None or not owners:
        return
    if len(owners) > 1 and len(owners) != len(persons):
        return
    if len(persons) > 1 and not title.states and len(owners) == 1 and role in OF_STATE:
        return  # two presidents are not of one state
    for index, person in enumerate(persons):
        of = owners[index] if len(owners) > 1 else owners[0]
        yield Office(
            person, role, of, min(title.first, person.first), max(title.last, person.last), held.rule, title, certain
        )


def _meaning(
    context: Context, title: Title, person: EntityMention, before: Sequence[Office]
) -> tuple[Role | None, tuple[Entity, ...], bool]:
    """Role and owners of a title, what it leaves out taken from the text before; and whether it said all itself."""
    owners = title.owners(context)
    if owners:
        return title.role, owners, True
    owner = _state_after(context, person)
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
        elif title.role == "other":
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
    if title.role == "other" and title.body != "GOV":
        # "Its director": of the organization spoken of.
        owned = context.senses.has(title.first, "possessive_pronoun") and not title.portfolio_unknown
        organization = last_organization(context, title) if owned else staff_of(context, title, before)
        return (title.role, (organization,), False) if organization else (None, (), False)
    spoken = title.states[0] if title.states else state_spoken_of(context, title, before)
    if spoken is None:
        return None, (), False
    if title.role in {"head of state", "prime minister", "ambassador", "military attaché"}:
        return title.role, (spoken,), False
    if title.body is not None:
        return title.role, (body_of(context, spoken, title.body),), False
    return None, (), False


def _each_of_its_own(
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


def _state_after(context: Context, person: EntityMention) -> Entity | None:
    """ "Deputy Defence Minister Ivan Petrov of Bulgaria": the state after the name."""
    near = range(person.last, min(person.last + 3, context.sentence(person.head).last))
    named = (m for m in context.mentions.within(near, "state") if m.form == "name")
    return next((m.entity for m in named if context.relation_of(m) == "of"), None)


def _led(context: Context) -> Iterator[Office]:
    """«Х, возглавляющий силы специального назначения Y», «делегацию Y возглавляет Х»: a verb instead of a title."""
    for sense in context.senses.all("lead_verb"):
        subjects = [a for a in context.arguments(sense.first) if a.role == "subject"]
        objects = [a for a in context.arguments(sense.first) if a.role in {"object", "oblique", "indirect"}]
        persons = [m for a in subjects for m in context.mentions.within(a.tokens, "person")]
        if len(persons) != 1 or context.modality(sense.first) not in {"held", "recalled"}:
            continue
        for argument in objects:
            led = _led_by(context, argument)
            if led is None:
                continue
            role, of = led
            first, last = min(persons[0].first, argument.head), max(persons[0].last, argument.head + 1)
            yield Office(persons[0], role, of, first, last, "office-led")


def _led_by(context: Context, argument: Argument) -> tuple[Role, Entity] | None:
    """The office of one who leads what an argument means: a body, a mission, or a unit of a state's forces."""
    within = context.mentions.within(argument.tokens, "body", "mission")
    led = next((m for m in within if m.first <= argument.head < m.last), None)
    if led is not None:
        if led.entity.kind == "mission":
            return "commander", led.entity
        return (LEADING_KINDS[led.entity.body], led.entity) if led.entity.body in LEADING_KINDS else None
    states = context.mentions.within(argument.tokens, "state")
    if not context.senses.has(argument.head, "military_unit") or len(states) != 1:
        return None
    return "commander", body_of(context, states[0].entity, "UNIT")


def _appointed(context: Context, titles: Sequence[Title]) -> Iterator[Office]:
    """«Министром обороны назначен Х», «Х занимает пост министра обороны»."""
    tokens = context.text.tokens
    for title in titles:
        above = tokens[title.sense.first].head
        if above is not None and context.senses.has(above, "office_noun"):
            above = tokens[above].head
        elif context.relation(title.sense.first) not in {"by", "as"} and tokens[title.sense.first].rel != "xcomp":
            continue
        if above is None or not context.senses.has(above, "hold_office_verb") or title.former:
            continue
        owners = title.owners(context)
        arguments = sorted(context.arguments(above), key=lambda a: a.role != "object")
        persons = [
            m for a in arguments if a.role in {"subject", "object"} for m in context.mentions.within(a.tokens, "person")
        ]
        held = context.modality(above) in {"held", "recalled", "planned"} and not _is_future(context, above)
        if held and persons and len(owners) == 1 and title.role is not None:
            first, last = min(title.first, persons[0].first), max(title.last, persons[0].last)
            yield Office(persons[0], title.role, owners[0], first, last, "office-appointed", title)


def _is_future(context: Context, verb: int) -> bool:
    tokens = context.text.tokens
    return any(tokens[i].feats.get("Tense") == "Fut" for i in (verb, *context.text.children[verb]))


def _alone(
    context: Context, titles: Sequence[Title], held: Sequence[_Held], found: Sequence[Office]
) -> Iterator[Office]:
    """Titles without a name, for whoever the text names as their holder; or else for the speaker before."""
    used = {each.title.sense.first for each in held}
    for title in titles:
        if title.sense.first in used or title.plural or title.former or title.role in {None, "other"}:
            continue
        owners = title.owners(context)
        if not owners:
            owners = _of_the_known(context, title, found)
        if len(owners) != 1 or title.role is None:
            continue
        named = [o for o in found if o.role == title.role and o.of.iri == owners[0].iri]
        if named and len({o.person.entity for o in named}) == 1:
            yield Office(named[0].person, title.role, owners[0], title.first, title.last, "office-alone", title)
        elif not named:
            speaker = _speaker(context, title, found)
            if speaker is not None:
                yield Office(speaker, title.role, owners[0], title.first, title.last, "office-of-speaker", title)


def _of_the_known(context: Context, title: Title, found: Sequence[Office]) -> tuple[Entity, ...]:
    """Of what a bare «министр обороны» is: of what the one named before is, and of several the text's own."""
    sentence = context.text.tokens[title.first].sentence
    earlier = [
        o for o in found
        if o.role == title.role and o.first < title.first and context.text.tokens[o.first].sentence != sentence
        and (title.body is None or o.of.body == title.body)
    ]  # fmt: skip
    owners = list(dict.fromkeys(o.of for o in earlier))
    home = context.home
    own = [of for of in owners if home is not None and of.state == home.state]
    return tuple(own or owners if len(own or owners) == 1 else ())


def _speaker(context: Context, title: Title, found: Sequence[Office]) -> EntityMention | None:
    """Who goes on speaking under a title: the subject of the sentence before, if the text gives him no other office."""
    noun = context.text.tokens[title.sense.first]
    if noun.rel != "nsubj" or noun.head is None or not context.senses.has(noun.head, "speech_verb"):
        return None
    sentence = context.sentence(title.first)
    for index in range(sentence.index, max(-1, sentence.index - 3), -1):
        earlier = context.text.sentences[index]
        if earlier.paragraph != sentence.paragraph:
            return None
        persons = [
            m for m in context.mentions.within(range(earlier.first, min(earlier.last, title.first)), "person")
            if context.text.tokens[m.head].rel == "nsubj"
        ]  # fmt: skip
        if persons:
            person = persons[-1]
            taken = any(o.person.entity == person.entity for o in found)
            return None if taken or len(persons) > 1 else person
    return None


def _consistent(found: Sequence[Office]) -> Iterator[Office]:
    """Without guesses that contradict what a title says of the same person."""
    for office in found:
        if not office.certain and any(
            o.certain and o.person.entity == office.person.entity and o.role == office.role and o.of != office.of
            for o in found
        ):
            continue
        yield office


__all__ = ["Office", "find_offices", "holders", "is_person"]
