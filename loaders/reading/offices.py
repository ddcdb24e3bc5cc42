"""Who holds which office: titles joined to the persons beside them, over a whole text.

A title stands before a name («министр обороны РК Тимур Дандыбаев», «министры обороны России и Узбекистана А и Б»), or
after it between commas («Х, возглавляющий силы специального назначения»), or for a person named elsewhere («его
белорусский коллега», «премьер-министр республики»). What a title leaves out is taken from the rest of the text.
"""

from collections.abc import Iterator, Sequence

from loaders.reading.context import Context
from loaders.reading.facts import Entity, Role
from loaders.reading.mentions import EntityMention
from loaders.reading.office import Office
from loaders.reading.office_holders import DASHES, Held, further, held_by
from loaders.reading.office_meaning import each_of_its_own, meaning, state_after
from loaders.reading.syntax import Argument, is_passive
from loaders.reading.title import OF_STATE, Title, body_of, is_person
from loaders.reading.title_roles import LEADING_KINDS
from loaders.reading.titles import find_titles

OPENING = 2
"""The number of the last sentence that can introduce a speaker."""


def find_offices(context: Context) -> tuple[Office, ...]:
    """All offices of a text, in the order of their titles; one may be mentioned several times."""
    return context.once(_all_offices)


def _all_offices(context: Context) -> tuple[Office, ...]:
    titles = find_titles(context)
    held = [each for index, title in enumerate(titles) if (each := held_by(context, titles, index)) is not None]
    held += [another for each in held for another in further(context, each)]
    found = [office for each in held if each.title.owners(context) for office in _offices(context, each, ())]
    found += _led(context)
    found += _appointed(context, titles)
    found += _succeeding(context, titles)
    found += _introduced(context, titles, held)
    found += _alone(context, titles, held, found)
    for each in held:
        if not each.title.owners(context):
            found += _offices(context, each, sorted(found, key=lambda office: office.first))
    return tuple(_consistent(found))


def holders(offices: Sequence[Office], role: Role, of: Entity) -> list[Entity]:
    """The persons that a text names as holders of an office."""
    return list(dict.fromkeys(o.person.entity for o in offices if o.role == role and o.of.iri == of.iri))


def _offices(context: Context, held: Held, before: Sequence[Office]) -> Iterator[Office]:
    title, persons = held.title, held.persons
    role, owners, certain = meaning(context, title, persons[0], before)
    if title.plural and len(persons) > 1 and role is not None and not certain:
        owners = each_of_its_own(context, title, persons, before)
    own = [state_after(context, person) for person in persons]
    if title.plural and len(persons) > 1 and not title.states and all(own):
        states = [state for state in own if state is not None]  # "Prime Ministers A of Poland and B of Norway"
        owners = tuple(body_of(context, state, title.body) if title.body else state for state in states)
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
        noun = context.head(title.sense)
        above = tokens[noun].head
        if above is not None and context.senses.has(above, "office_noun"):
            above = _taking(context, tokens[above].head)
        elif context.relation(noun) not in {"by", "as"} and tokens[noun].rel != "xcomp":
            continue
        if above is None or not context.senses.has(above, "hold_office_verb") or title.former:
            continue
        arguments = sorted(context.arguments(above), key=lambda a: a.role != "object")
        owners = title.owners(context) or _sending(context, title, arguments) or _of_appointing(context, title, above)
        persons = _taken_on(context, title, above, arguments)
        held = context.modality(above) in {"held", "recalled", "planned"} and not _is_future(context, above)
        if held and persons and len(owners) == 1 and title.role is not None:
            first, last = min(title.first, persons[0].first), max(title.last, persons[0].last)
            yield Office(persons[0], title.role, owners[0], first, last, "office-appointed", title)


def _taken_on(context: Context, title: Title, verb: int, arguments: Sequence[Argument]) -> list[EntityMention]:
    """Who takes an office: of those whom «назначил» names not its subject, who gives it."""
    named = [(a.role, m) for a in arguments for m in context.mentions.within(a.tokens, "person")]
    gives = context.senses.has(verb, "appoint_verb") and not is_passive(context.text.tokens[verb])
    if not gives or not any(a.role == "subject" and a.relation == "subject" for a in arguments):
        return [m for role, m in named if role in {"subject", "object"}]
    givers = {m.entity for role, m in named if role == "subject"}
    behind = context.mentions.within(range(title.last, context.sentence(verb).last), "person")
    return [m for role, m in named if role == "object"] or [m for m in behind if m.entity not in givers][:1]


def _succeeding(context: Context, titles: Sequence[Title]) -> Iterator[Office]:
    """«Х министр лауазымынан босатылды. Бұл қызметке Y тағайындалды»: the post spoken of in the sentence before."""
    for sense in context.senses.all("office_noun"):
        noun = context.head(sense)
        verb = context.text.tokens[noun].head
        pointing = any(context.senses.has(c, "same") for c in context.text.children[noun])
        if (
            not pointing
            or verb is None
            or not context.senses.has(verb, "hold_office_verb")
            or _is_future(context, verb)
        ):
            continue
        number = context.sentence(noun).index
        earlier = [t for t in titles if context.sentence(t.first).index == number - 1 and t.role is not None]
        named = {m.entity: m for a in context.arguments(verb) for m in context.mentions.within(a.tokens, "person")}
        held = context.modality(verb) in {"held", "recalled", "planned"}
        if len(earlier) != 1 or len(named) != 1 or not held:
            continue
        title, person = earlier[0], next(iter(named.values()))
        owners = title.owners(context) or _of_appointing(context, title, context.head(title.sense))
        if len(owners) == 1 and title.role is not None:
            first, last = min(noun, person.first), max(noun + 1, person.last)
            yield Office(person, title.role, owners[0], first, last, "office-appointed", title)


def _taking(context: Context, above: int | None) -> int | None:
    """«Исполняющим обязанности министра стал Х»: the verb of taking office above the participle."""
    if above is None or context.text.tokens[above].feats.get("VerbForm") != "Part":
        return above
    head = context.text.tokens[above].head
    return head if head is not None and context.senses.has(head, "hold_office_verb") else above


def _of_appointing(context: Context, title: Title, verb: int) -> tuple[Entity, ...]:
    """«Указом президента РК Х назначен заместителем министра обороны»: the body of the only state of the clause."""
    if title.body is None or title.states or title.portfolio_unknown:
        return ()
    states = {m.entity.state for m in context.mentions.within(context.clause(verb), "state") if m.form != "demonym"}
    known = [context.mentions.states[code] for code in states if code in context.mentions.states]
    if not known and context.home is not None:
        known = [context.home]
    return (body_of(context, known[0], title.body),) if len(known) == 1 else ()


def _sending(context: Context, title: Title, arguments: Sequence[Argument]) -> tuple[Entity, ...]:
    """ "Bangladesh has appointed X as ambassador to Kuwait": the state that appoints."""
    if title.role not in {"ambassador", "military attaché"}:
        return ()
    subjects = [i for a in arguments if a.role == "subject" for i in a.tokens]
    return tuple(m.entity for m in context.mentions.within(subjects, "state") if m.form == "name")[:1]


def _introduced(context: Context, titles: Sequence[Title], held: Sequence[Held]) -> Iterator[Office]:
    """A line with nothing but a title, below a heading that names one person: who speaks in the text."""
    tokens = context.text.tokens
    used = {each.title.sense.first for each in held}
    for title in titles:
        sentence = context.sentence(title.first)
        owners = title.owners(context)
        alone = title.last >= sentence.last or tokens[title.last].text in DASHES
        if title.first != sentence.first or title.sense.first in used or len(owners) != 1 or title.role is None:
            continue
        if not 0 < sentence.index <= OPENING or not alone:
            continue
        persons = {m.entity: m for m in context.mentions.within(range(sentence.last), "person")}
        if len(persons) == 1:
            person = next(iter(persons.values()))
            yield Office(person, title.role, owners[0], title.first, title.last, "office-introduced", title)


def _is_future(context: Context, verb: int) -> bool:
    tokens = context.text.tokens
    return any(tokens[i].feats.get("Tense") == "Fut" for i in (verb, *context.text.children[verb]))


def _alone(
    context: Context, titles: Sequence[Title], held: Sequence[Held], found: Sequence[Office]
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
