"""Delegations and who leads them: «делегация Минобороны X во главе с Y», «возглавляемая Y делегация»."""

from collections.abc import Iterator
from dataclasses import dataclass

from loaders.reading.context import Context
from loaders.reading.facts import Entity
from loaders.reading.mentions import EntityMention

REACH = 25
"""Words between a delegation and the name of its leader, titles and ranks included."""
REACH_OF_OWNER = 3
"""Words from a delegation to the name of its owner, adposition and article included."""


@dataclass(frozen=True, slots=True)
class Delegation:
    """A delegation in a text.

    Arguments:
        noun: the token of the word.
        owner: whose it is.
        leader: the person who leads it.
    """

    noun: int
    owner: Entity | None
    leader: EntityMention | None


def find_delegations(context: Context) -> tuple[Delegation, ...]:
    """The delegations of a text, in its order."""
    return context.once(_all_delegations)


def _all_delegations(context: Context) -> tuple[Delegation, ...]:
    return tuple(
        Delegation(sense.first, _owner(context, sense.first), _leader(context, sense.first))
        for sense in context.senses.all("delegation_noun")
        if not context.in_title(sense.first)
    )


def _owner(context: Context, noun: int) -> Entity | None:
    """The body or state that the word after it, or the adjective or name before it, says it is of."""
    window = range(max(0, noun - 3), noun + REACH_OF_OWNER + 1)
    found = dict.fromkeys(m for i in window for m in context.mentions.at(i))
    around = [m for m in found if noun - 2 <= m.last <= noun or noun < m.first <= noun + REACH_OF_OWNER]
    after = [m for m in around if m.first > noun and context.relation_of(m) in {"of", "", "from"}]
    before = [m for m in around if m.last <= noun and _modifies(context, m, noun)]
    for mention in (*before, *after):
        if mention.entity.kind in {"state", "body", "organization"}:
            return mention.entity
    return None


def _modifies(context: Context, mention: EntityMention, noun: int) -> bool:
    """«Казахстанская делегация», "India's delegation"."""
    if mention.form == "adjective":
        own = context.text.tokens[mention.head].head == noun  # "a Rwandan military delegation"
        return mention.last == noun or (own and context.relations.of(mention.head) == context.relations.of(noun))
    return context.text.tokens[mention.head].head == noun and context.relation_of(mention) in {"of", ""}


def _leader(context: Context, noun: int) -> EntityMention | None:
    """The first person after words of leading, no finite verb but that of leading between."""
    sentence = context.sentence(noun)
    window = range(max(sentence.first, noun - REACH), min(sentence.last, noun + REACH))
    near = {s for i in window for s in context.senses.at(i) if s.name == "led_by"}
    for led in sorted(near, key=lambda s: (s.first, -s.last)):
        if noun < led.first < min(noun + REACH, sentence.last):
            return person_from(context, led.last, sentence.last)
        # «возглавляемая Y делегация»
        if sentence.first <= led.first < noun <= led.first + REACH and context.text.tokens[led.first].pos in {
            "VERB",
            "ADJ",
        }:
            found = person_from(context, led.last, noun)
            if found is not None:
                return found
    return None


def person_from(context: Context, begin: int, end: int) -> EntityMention | None:
    """The first person named after a token, before any finite verb."""
    for index in range(begin, min(end, begin + REACH)):
        person = next((m for m in context.mentions.at(index) if m.entity.kind == "person"), None)
        if person is not None:
            return person
        if context.text.tokens[index].feats.get("VerbForm") == "Fin":
            return None
    return None


def leaders_in(
    context: Context, delegations: tuple[Delegation, ...], tokens: frozenset[int]
) -> Iterator[EntityMention]:
    """Who leads the delegations among the tokens, or is called «глава делегации» there."""
    for delegation in delegations:
        if delegation.noun in tokens and delegation.leader is not None:
            yield delegation.leader
    for sense in context.senses.all("head_of_delegation"):
        if sense.first in tokens:
            led = [d.leader for d in delegations if d.noun < sense.first and d.leader is not None]
            yield from led[-1:]
