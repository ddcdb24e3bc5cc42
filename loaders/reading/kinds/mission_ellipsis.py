"""Whose people serve in a mission where the clause names no contributor."""

from loaders.reading.context import Context
from loaders.reading.facts import Entity
from loaders.reading.kinds.mission_actors import ELSEWHERE
from loaders.reading.kinds.mission_personnel import PERSONNEL
from loaders.reading.kinds.mission_references import MissionReference
from loaders.reading.relations import LOCATED
from loaders.reading.text import Token

NAMED = frozenset({"name", "adjective", "body"})


def left_out(
    context: Context, reference: MissionReference, verb: Token, last: tuple[int, Entity] | None
) -> Entity | None:
    """The contributor that a clause does not name: `last`, named in a sentence before, if near; else the
    state of the speaker."""
    clause = context.clause(reference.head)
    here = context.sentence(reference.head)
    joined = (
        range(here.first, reference.first) if verb.rel == "conj" else ()
    )  # "consists of 139 troops and serves in …"
    people = any(context.senses.has(i, *PERSONNEL, "they") for i in (*clause, *joined))
    own = any(context.senses.has(i, "possessive_pronoun") for i in clause)
    if reference.plural or not (people or own):
        return None
    item = context.text.heading(context.sentence(reference.head)) is not None
    sentence = context.text.tokens[reference.head].sentence
    if last is not None and sentence - last[0] <= 1:
        return last[1]
    for mention in reversed(context.mentions.within(_before(context, reference, sentences=1))):
        actor = context.mentions.actor(mention)
        relation = context.relation_of(mention)
        elsewhere = relation in ELSEWHERE | LOCATED or mention.form not in NAMED
        elsewhere = elsewhere or any(context.relation_of(m) in ELSEWHERE for m in context.coordinated(mention))
        if actor and actor.state and not elsewhere and actor.state not in _where(context, reference):
            return context.mentions.states.get(actor.state)
    topic = _topic(context, reference)
    if topic is not None or not (item or context.speech(verb.index)):
        return topic
    return context.home


def _where(context: Context, reference: MissionReference) -> set[str | None]:
    """The states that a mission is in, as the words say or as is known."""
    names = context.names.by_iri
    known = names.get(reference.entity.iri or "") if reference.entity else None
    there = (names.get(iri) for iri in known.locations) if known is not None else ()
    return {s.value.state for s in reference.locations} | {k.code if k.kind == "state" else k.state for k in there if k}


def _before(context: Context, reference: MissionReference, *, sentences: int | None = None) -> range:
    """The words of the paragraph before a mission, from so many sentences back."""
    all_sentences = context.text.sentences
    first = here = context.sentence(reference.head)
    while first.index > 0 and all_sentences[first.index - 1].paragraph == here.paragraph:
        if sentences is not None and here.index - first.index >= sentences:
            break
        first = all_sentences[first.index - 1]
    return range(first.first, reference.first)


def _topic(context: Context, reference: MissionReference) -> Entity | None:
    """The state that a paragraph names most before the mission, by name, capital or adjective."""
    counts: dict[str, int] = {}
    where = _where(context, reference)
    for mention in context.mentions.within(_before(context, reference)):
        actor = context.mentions.actor(mention)
        elsewhere = context.relation_of(mention) in ELSEWHERE | LOCATED
        if actor and actor.state and actor.state not in where and not elsewhere:
            counts[actor.state] = counts.get(actor.state, 0) + 1
    best = max(counts, key=lambda code: counts[code], default=None)
    return context.mentions.states.get(best) if best else None
