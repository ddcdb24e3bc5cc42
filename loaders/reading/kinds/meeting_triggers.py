"""The words that name an occasion on which people meet."""

from dataclasses import dataclass

from loaders.reading.context import Context
from loaders.reading.facts import MeetingKind
from loaders.reading.lexicon import Sense

NOUNS: dict[str, MeetingKind] = {
    "meeting_talks": "talks", "meeting_visit": "visit", "meeting_briefing": "briefing", "meeting_session": "session",
    "meeting_conference": "conference", "meeting_call": "call", "meeting_ceremony": "ceremony",
    "call_again": "call",
}  # fmt: skip
VERBS: dict[str, MeetingKind] = {
    "meet_verb": "talks", "receive_guest_verb": "talks", "discuss_verb": "talks", "visit_verb": "visit",
    "travel_verb": "visit", "call_verb": "call", "call_manner": "call",
    "call_on_verb": "talks",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that name an occasion: a noun («рабочая встреча») or a verb («встретился»).

    Arguments:
        kind: what kind of occasion they name.
        sense: by which list of the lexicon.
        index: the word on which the others depend.
        first, last: the words, from `first` up to, not including, `last`.
    """

    kind: MeetingKind
    sense: str
    index: int
    first: int
    last: int


def triggers(context: Context) -> list[Trigger]:
    """The words that name occasions, outside the heading, in the order of the text."""
    named = [(kind, sense) for name, kind in NOUNS.items() for sense in context.senses.all(name)]
    nouns = [(kind, sense) for kind, sense in named if not _is_verb(context, sense)]
    taken = {i for _, s in nouns for i in range(s.first, s.last)}
    verbs = [(kind, s) for name, kind in VERBS.items() for s in context.senses.all(name) if s.first not in taken]
    kept: list[Trigger] = []
    for kind, sense in sorted([*nouns, *verbs], key=lambda each: (each[1].first, -each[1].last)):
        token = context.text.tokens[sense.first]
        verbal = sense.name in VERBS and sense.name != "call_manner"
        if context.in_title(sense.first) or (verbal and token.pos not in {"VERB", ""}):
            continue
        if kept and sense.first < kept[-1].last:
            continue
        if any(m.entity.kind == "body" for m in context.mentions.at(sense.first)):
            continue  # «Парламент Мәжілісі»: the name of a chamber, not what it holds
        above = token.head if sense.name == "meeting_talks" else None
        if above is not None and context.senses.has(above, "meeting_ceremony"):
            continue  # «церемония встречи» is no meeting
        if above is not None and context.relation(sense.first) == "in" and context.text.tokens[above].pos == "AUX":
            continue  # "Manila is in talks with Canada": a negotiation that goes on
        if sense.name == "meeting_talks" and _of_organ(context, sense):
            kind, sense = "session", Sense("meeting_session", sense.first, sense.last)
        kept.append(Trigger(kind, sense.name, _head(context, sense), sense.first, sense.last))
    return kept


def _is_verb(context: Context, sense: Sense) -> bool:
    """«кездесті»: where a noun of action is called like its verb, a finite form is the verb."""
    finite = context.text.tokens[sense.first].feats.get("VerbForm") == "Fin"
    return finite and sense.last - sense.first == 1 and context.senses.has(sense.first, *VERBS)


def _of_organ(context: Context, sense: Sense) -> bool:
    """ "A meeting of the CSTO Council": what an organization's organ holds is a session."""
    below = context.phrase(_head(context, sense))
    organ = any(context.senses.has(i, "organ_noun") and context.relation(i) == "of" for i in below)
    gathers = organ or any(_are_officials(context, i) for i in context.text.children[_head(context, sense)])
    named = [m for m in context.mentions.within(below, "organization") if m.entity.iri]
    return gathers and bool(named) and (organ or not context.mentions.within(below, "state"))


def _are_officials(context: Context, index: int) -> bool:
    """«встреча министров обороны стран ШОС»: several holders of office, of whom the word is."""
    token = context.text.tokens[index]
    office = any(s.name.startswith("office_") for s in context.senses.at(index))
    return office and token.number == "Plur" and context.relation(index) == "of"


def _head(context: Context, sense: Sense) -> int:
    """The word of a phrase on which its other words depend: «телефонный [разговор]», «[разговор] по телефону»."""
    words = range(sense.first, sense.last)
    tokens = [context.text.tokens[i] for i in words]
    nouns = [t for t in tokens if t.pos in {"NOUN", "PROPN", "VERB"}] or tokens
    return next((t.index for t in nouns if t.head is None or t.head not in words), nouns[-1].index)
