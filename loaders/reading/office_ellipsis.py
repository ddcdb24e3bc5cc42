"""Of what an office is where its title does not say: «его коллега», «представитель ведомства», «министр обороны»."""

from collections.abc import Sequence

from loaders.reading.context import Context
from loaders.reading.delegations import find_delegations
from loaders.reading.facts import Entity
from loaders.reading.mentions import EntityMention
from loaders.reading.office import Office
from loaders.reading.title import Title
from loaders.reading.titles import find_titles

NEAR_SENTENCES = 2
MINISTRIES = frozenset({"MoD", "MFA", "MIA", "SEC", "GS"})


def sent_by(context: Context, person: EntityMention) -> Entity | None:
    """Whose delegation a person leads («делегация Минобороны X во главе с начальником управления Y»)."""
    led = (d.owner for d in find_delegations(context) if d.leader is not None and d.leader.first == person.first)
    return next((owner for owner in led if owner is not None), None)


def last_body(context: Context, title: Title) -> Entity | None:
    """The ministry or service named last before «представитель ведомства»."""
    for mention in reversed(context.mentions.all):
        if mention.first < title.first and mention.entity.body in MINISTRIES:
            return mention.entity
    return None


def peer(context: Context, title: Title, person: EntityMention, before: Sequence[Office]) -> Office | None:
    """The office that «коллега» and «глава ведомства» refer to: of who meets him, else the last one before."""
    here = range(context.sentence(title.first).first, title.first)
    beside = {m.entity for m in context.mentions.within(here, "person")} - {person.entity} if title.colleague else set()
    if len(beside) == 1 and (
        own := [o for o in before if o.person.entity in beside and o.of.kind in {"body", "state"}]
    ):
        return own[-1]
    if title.colleague and (acting := _acting_unnamed(context, title, person, before)) is not None:
        return acting
    own_state = {s.state for s in title.states} if title.colleague else set()
    for office in reversed(before):
        if office.of.state in own_state:
            continue  # "Guler met President Aliyev, then his Azerbaijani counterpart"
        if office.person.entity != person.entity and office.first < title.first:
            told = context.text.tokens[office.first].sentence
            if context.text.tokens[title.first].sentence - told > 3 * NEAR_SENTENCES:
                return None
            # «Министр президентпен кездесті. Содан кейін әріптесі …»: of the two he who acts has the colleague.
            beside_it = [o for o in before if context.text.tokens[o.first].sentence == told and o.first < title.first]
            subjects = [o for o in beside_it if context.relation(o.person.head) == "subject"]
            subjects = [o for o in subjects if o.person.entity != person.entity and o.of.state not in own_state]
            return subjects[0] if title.colleague and len(subjects) == 1 else office
    return None


def _acting_unnamed(context: Context, title: Title, person: EntityMention, before: Sequence[Office]) -> Office | None:
    """«Қазақстанның Қорғаныс министрі Моңғолия Президентімен кездесті. Содан соң әріптесі Х-пен …»: the office of who
    acts without a name in the sentence, or in the one before where that names nobody who acts."""
    here = context.sentence(title.first)
    for sentence in context.text.sentences[max(0, here.index - 1) : here.index + 1][::-1]:
        words = range(sentence.first, min(sentence.last, title.first))
        if any(context.relation(m.head) == "subject" for m in context.mentions.within(words, "person")):
            return None
        for other in find_titles(context):
            noun = context.head(other.sense)
            owners = other.owners(context) if other.first in words and other is not title else ()
            if len(owners) != 1 or other.role is None or context.relation(noun) != "subject":
                continue
            if not any(o.first <= noun < o.last for o in before):
                return Office(person, other.role, owners[0], other.first, other.last, "office-alone", other)
    return None


def state_of_host(context: Context, title: Title, colleague: Office) -> Entity | None:
    """ "Met his counterpart, Dong Jun, in Beijing, China": the only other state that the sentence names."""
    if not title.colleague:
        return None
    here = context.sentence(title.first)
    for words in (range(here.first, here.last), sentence_before(context, here.first)):
        named = context.mentions.within(words, "state", "body", "place")
        others = {m.entity.state for m in named if m.entity.state} - {colleague.of.state}
        if others:
            break
    if not others:
        others = {s.state for s in context.pair if s.state} - {colleague.of.state}
    return context.mentions.states.get(others.pop() or "") if len(others) == 1 else None


def staff_of(context: Context, title: Title, before: Sequence[Office]) -> Entity | None:
    """«начальник управления полковник Х» beside a minister: an officer of the only ministry of the paragraph."""
    if not any(s.name == "rank" and s.first == title.last for s in context.senses.at(title.last)):
        return None
    paragraph = context.sentence(title.first).paragraph
    near = [o.of for o in before if context.sentence(o.first).paragraph == paragraph and o.of.body in MINISTRIES]
    return near[0] if len({(of.state, of.body) for of in near}) == 1 else None


def last_mission(context: Context, title: Title) -> Entity | None:
    """The mission named last before a bare "force commander"."""
    before = [m.entity for m in context.mentions.all if m.entity.kind == "mission" and m.first < title.first]
    return before[-1] if before else None


def last_organization(context: Context, title: Title, *, owned: bool = False) -> Entity | None:
    """The organization named last before a bare «генеральный секретарь», else the first one of the text.

    With `owned` none where an institution is named nearer: "the committee, led by its chair".
    """
    organizations = [m for m in context.mentions.all if m.entity.kind == "organization" and m.entity.iri]
    earlier = [m for m in organizations if m.first < title.first]
    if owned and any(
        m.entity.kind == "institution" and (earlier[-1].last if earlier else 0) <= m.first < title.first
        for m in context.mentions.all
    ):
        return None
    if earlier:
        return earlier[-1].entity
    return organizations[0].entity if organizations else None


def sentence_before(context: Context, index: int) -> range:
    """The tokens of the sentence before, in the same paragraph."""
    here = context.sentence(index)
    before = context.text.sentences[here.index - 1] if here.index else here
    return range(before.first, before.last) if before.paragraph == here.paragraph else range(0)
