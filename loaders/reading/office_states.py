"""The state of an office whose title names none: «министр обороны», of whom the text speaks."""

from collections.abc import Sequence, Set

from loaders.reading.context import Context
from loaders.reading.facts import Entity
from loaders.reading.mentions import EntityMention
from loaders.reading.office import Office
from loaders.reading.office_ellipsis import NEAR_SENTENCES, sentence_before
from loaders.reading.office_parts import (
    headed_side,
    is_beside,
    is_received,
    listed_after,
    named_near,
    received_by,
    spoken_for,
    visited,
)
from loaders.reading.person_pronouns import antecedent
from loaders.reading.title import Title
from loaders.reading.titles import find_titles

NAMED = frozenset({"name", "adjective", "demonym"})
SENT_ABROAD = frozenset({"ambassador", "military attaché"})


def state_spoken_of(context: Context, title: Title, before: Sequence[Office]) -> Entity | None:
    """The state of an office that names none: that of the person or the body in its sentence, else the text's own."""
    told = _of_person(context, title, before) or _possessor(context, title) or _side(context, title)
    if told is not None:
        return told
    if context.relation(title.sense.first) == "with" or is_received(context, title):
        return _state_of_company(context, title, before)
    told = _represented(context, title) or _host(context, title, before)
    if told is not None:
        return told
    met = _states_met(context, title)
    if (actor := _acting_in_clause_before(context, title)) is not None and actor.state not in met:
        return actor
    if hosts := visited(context, title):
        met |= hosts
        if (guest := named_near(context, title, met)) is not None:
            return guest
    state, abroad = _of_office_before(context, title, before, met)
    met |= abroad
    state = state or _of_person_before(context, title, before, met) or _of_body_near(context, title)
    if state is not None:
        return context.mentions.states.get(state)
    if (spoken := _subject_before(context, title)) is not None and spoken.state not in met:
        return spoken
    if title.body == "UNIT" and (forces := _only_forces(context)) is not None and forces.state not in met:
        return forces
    if context.home is not None and context.home.state in met:
        return _other_than(context, title, before, met)
    return context.home


def _side(context: Context, title: Title) -> Entity | None:
    """The state whose side, delegation or list the office belongs to."""
    return headed_side(context, title) or spoken_for(context, title) or listed_after(context, title)


def _states_met(context: Context, title: Title) -> set[str | None]:
    """The states with whose officers or bodies the holder has to do: his own is another."""
    sentence = context.text.tokens[title.first].sentence
    met = {
        state.state for other in find_titles(context) for state in other.states
        if context.text.tokens[other.first].sentence == sentence and other.first > title.first
        and (context.relation(other.sense.first) in {"with", "from"} or is_received(context, other) or other.colleague
             or is_beside(context, title, other))
    }  # fmt: skip
    return met | received_by(context, title) | _bodies_met(context, title)


def _of_office_before(
    context: Context, title: Title, before: Sequence[Office], met: Set[str | None]
) -> tuple[str | None, set[str | None]]:
    """The state of the office that was named last in the sentence; and those whose officers serve abroad there: who
    stands beside another state's ambassador is not of that state."""
    here = context.text.tokens[title.first].sentence
    abroad: set[str | None] = set()
    for office in reversed(before):
        sentence = context.text.tokens[office.first].sentence
        if sentence == here and office.role in SENT_ABROAD:
            abroad.add(office.of.state)
        if office.of.state and office.of.state not in met | abroad and here <= sentence and office.first < title.first:
            return office.of.state, abroad
    return None, abroad


def _of_person_before(context: Context, title: Title, before: Sequence[Office], met: Set[str | None]) -> str | None:
    """The state of an office that somebody holds who is named before in the sentence."""
    words = range(context.sentence(title.first).first, title.first)
    persons = {m.entity for m in context.mentions.within(words, "person")}
    held = (o.of.state for o in before if o.person.entity in persons and o.of.state and o.of.state not in met)
    return next(held, None)


def _of_body_near(context: Context, title: Title) -> str | None:
    """The state of the body of this kind that was named shortly before."""
    here = context.text.tokens[title.first].sentence
    for mention in reversed(context.mentions.all):
        near = mention.first < title.first and here - context.text.tokens[mention.first].sentence <= NEAR_SENTENCES
        if near and mention.entity.kind == "body" and mention.entity.body == title.body and mention.entity.state:
            return mention.entity.state
    return None


def _other_than(context: Context, title: Title, before: Sequence[Office], met: Set[str | None]) -> Entity | None:
    """A state that is not one of those met, where the text's own is one of them."""
    held = {o.of.state for o in before if o.certain and (o.role, o.of.body) == (title.role, title.body)}
    named = [s for m in context.mentions.all if (s := m.entity.state) and s not in met | held]
    if not named and (native := getattr(context.grammar, "native_state", "")) not in met:
        return context.mentions.states.get(native)  # «Мемлекет басшысы»: the press speaks of its own
    return context.mentions.states.get(named[0]) if named else None


def _only_forces(context: Context) -> Entity | None:
    """ "The commander of the 2nd Battalion" in a story of the American forces: the only state whose forces it names."""
    named = {m.entity.state for m in context.mentions.all if m.entity.kind == "body" and m.entity.body == "AF"}
    return context.mentions.states.get(named.pop() or "") if len(named) == 1 else None


def states_spoken_of(context: Context, title: Title, number: int) -> list[Entity]:
    """As many states as have holders of an office, in their order, if the paragraph or the text is about just these."""
    here = context.sentence(title.first)
    paragraph = here.paragraph
    for words in (range(here.first, title.first), sentence_before(context, title.first)):
        named_there = context.mentions.within(words, "state", "body") if words.start < title.first else []
        spoken = [m for m in named_there if not context.is_located(m)]
        codes = dict.fromkeys(m.entity.state for m in spoken if m.entity.state in context.mentions.states)
        if len(codes) == number:
            return [context.mentions.states[code] for code in codes if code]
    begin = next(s.first for s in context.text.sentences if s.paragraph == paragraph)
    for words in (range(begin, title.first), range(title.first)):
        named: dict[str, list[EntityMention]] = {}
        for mention in context.mentions.within(words, "state"):
            if mention.form in NAMED and mention.entity.state:
                named.setdefault(mention.entity.state, []).append(mention)
        often = sorted(named.values(), key=len, reverse=True)
        clear = len(often) == number or (len(often) > number and len(often[number]) < len(often[number - 1]))
        if clear:
            return [mentions[0].entity for mentions in sorted(often[:number], key=lambda m: m[0].first)]
    return []


def _possessor(context: Context, title: Title) -> Entity | None:
    """ "Romania supplies nothing, says its ambassador": the state that acts in the sentence before the pronoun."""
    if not context.senses.has(title.first, "possessive_pronoun"):
        return None
    sentence = context.sentence(title.first)
    acting = [
        m for m in context.mentions.within(range(sentence.first, title.first), "state", "body")
        if m.entity.state and context.relation_of(m) == "subject"
    ]  # fmt: skip
    return context.mentions.states.get(acting[-1].entity.state or "") if acting else None


def _of_person(context: Context, title: Title, before: Sequence[Office]) -> Entity | None:
    """ "Marape said he would send his defence minister": the state of the person whose minister he is."""
    if not context.senses.has(title.first, "possessor_pronoun"):
        return None
    sentence = context.text.tokens[title.first].sentence
    spoken = [o for o in before if o.first < title.first and o.of.state]
    near = [o for o in spoken if sentence - context.text.tokens[o.last - 1].sentence <= NEAR_SENTENCES]
    persons = [m.entity for m in context.mentions.all if m.entity.kind == "person" and m.last <= title.first]
    own = [o for o in spoken if persons and o.person.entity == persons[-1]] or near[-1:]
    return context.mentions.states.get(own[-1].of.state or "") if own else None


def _subject_before(context: Context, title: Title) -> Entity | None:
    """ "Beijing was not convinced. The foreign ministry's spokesman said …": who the sentence before is about."""
    here = context.sentence(title.first)
    before = context.text.sentences[here.index - 1] if here.index else None
    if before is None or before.paragraph != here.paragraph or title.body != "MFA":
        return None
    named = context.mentions.within(range(before.first, before.last), "state", "body", "place")
    acting = [m for m in named if m.entity.state and context.relation_of(m) == "subject"]
    only = {m.entity.state for m in named if m.entity.state}
    return context.mentions.states.get(acting[0].entity.state or "") if acting and len(only) == 1 else None


def _bodies_met(context: Context, title: Title) -> set[str | None]:
    """«Министр обороны подписал протокол с российским оборонным ведомством»: whose body he has to do with."""
    sentence = context.sentence(title.first)
    bodies = context.mentions.within(range(title.last, sentence.last), "body")
    return {m.entity.state for m in bodies if context.relation_of(m) == "with"}


def _acting_in_clause_before(context: Context, title: Title) -> Entity | None:
    """«Нигер присоединился позднее: министр обороны подписал …»: the only state that acts before the colon."""
    sentence = context.sentence(title.first)
    colons = [i for i in range(sentence.first, title.first) if context.text.tokens[i].text == ":"]
    if not colons:
        return None
    named = [m for m in context.mentions.within(range(sentence.first, colons[-1]), "state") if m.form in NAMED]
    acting = [m.entity for m in named if context.relation_of(m) == "subject"]
    return acting[0] if len(acting) == 1 == len(named) else None


def _represented(context: Context, title: Title) -> Entity | None:
    """«Украину на встрече представлял министр обороны»: the state that is the verb's object."""
    verb = context.text.tokens[title.sense.first].head
    if verb is None or not context.senses.has(verb, "represent_verb"):
        return None
    objects = [a for a in context.arguments(verb) if a.role == "object" and title.sense.first not in a.tokens]
    states = [m.entity for a in objects for m in context.mentions.within(a.tokens, "state")]
    return states[0] if len(states) == 1 else None


def _host(context: Context, title: Title, before: Sequence[Office]) -> Entity | None:
    """«в Душанбе его принял президент»: he who receives guests is of the state where they are, and not of theirs."""
    verb = context.text.tokens[title.sense.first].head
    if verb is None or not context.senses.has(verb, "receive_guest_verb"):
        return None
    sentence = context.sentence(verb)
    before = [o for o in before if o.first < title.first]
    guests: set[str | None] = {m.entity.state for m in _received(context, verb) if m.entity.state}
    if not guests and before:
        guests = _states_of_persons(context, verb, title, before) or {s for s in (before[-1].of.state,) if s}
    clause = context.clause(verb)
    for tokens in (clause, range(sentence.first, sentence.last), sentence_before(context, verb)):
        places = [m for m in context.mentions.within(tokens) if m.form == "metonym" or m.entity.kind == "state"]
        states = {m.entity.state for m in places if context.relation_of(m) in {"in", "to"}} - guests
        if len(states) == 1:
            return context.mentions.states.get(next(iter(states)) or "")
    others = {o.of.state for o in before if context.sentence(o.first).paragraph == sentence.paragraph} - guests
    return context.mentions.states.get(next(iter(others)) or "") if len(others) == 1 else None


def _states_of_persons(context: Context, verb: int, title: Title, before: Sequence[Office]) -> set[str | None]:
    """«Его принял …», «военачальника принял …»: the states for which those who are received hold office.

    A surname can be taken for a nominative: of two subjects the one with the title receives the other.
    """
    received = [a for a in context.arguments(verb) if a.role in {"object", "subject"}]
    objects = {i for a in received if title.sense.first not in a.tokens for i in a.tokens}
    persons = {m.entity for m in context.mentions.within(objects, "person")}
    persons |= {m.entity for i in objects if (m := antecedent(context, i)) is not None}
    return {o.of.state for o in before if o.person.entity in persons and o.of.state}


def _received(context: Context, verb: int) -> list[EntityMention]:
    """Who is received, as far as the words name a state."""
    guests = [a for a in context.arguments(verb) if a.role == "object"]
    return context.mentions.within({i for a in guests for i in a.tokens}, "state", "body")


def _state_of_company(context: Context, title: Title, before: Sequence[Office]) -> Entity | None:
    """Of one who is met («встретился с министром обороны Х»): not the state of the person who meets him."""
    sentence = context.sentence(title.first)
    here = [o for o in before if context.text.tokens[o.first].sentence == sentence.index]
    acting = [o for o in here if context.relation(o.person.head) == "subject"]
    pronoun = any(
        context.senses.has(i, "person_pronoun") and context.relation(i) == "subject"
        for i in range(sentence.first, title.first)
    )
    own = {o.of.state for o in (acting or ([] if pronoun else here))}
    verb = context.text.tokens[title.sense.first].head
    subjects = [a for a in context.arguments(verb) if a.role == "subject"] if verb is not None else []
    described = context.mentions.within({i for a in subjects for i in a.tokens}, "state")
    heads = {a.head for a in subjects}
    if not here:  # «пакистанский военачальник»
        own |= {
            m.entity.state for m in described if m.form == "adjective" and context.text.tokens[m.head].head in heads
        }
    others = {
        m.entity.state: m.entity.state
        for m in context.mentions.within(range(sentence.first, title.first), "state", "place", "body")
        if m.entity.state and m.entity.state not in own
    }
    return context.mentions.states.get(next(iter(others))) if len(others) == 1 else None
