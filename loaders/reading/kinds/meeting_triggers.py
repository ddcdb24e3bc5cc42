"""The words that name an occasion on which people meet."""

from dataclasses import dataclass

from loaders.reading.context import Context
from loaders.reading.facts import MeetingKind

NOUNS: dict[str, MeetingKind] = {
    "meeting_talks": "talks", "meeting_visit": "visit", "meeting_briefing": "briefing", "meeting_session": "session",
    "meeting_conference": "conference", "meeting_call": "call", "meeting_ceremony": "ceremony",
}  # fmt: skip
VERBS: dict[str, MeetingKind] = {
    "meet_verb": "talks", "receive_guest_verb": "talks", "discuss_verb": "talks", "visit_verb": "visit",
    "travel_verb": "visit", "call_verb": "call", "call_manner": "call",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that name an occasion: a noun («переговоры») or a verb («встретился»)."""

    kind: MeetingKind
    sense: str
    index: int
    last: int


def triggers(context: Context) -> list[Trigger]:
    """The words that name occasions, outside the heading, in the order of the text."""
    found = [Trigger(kind, name, s.first, s.last) for name, kind in NOUNS.items() for s in context.senses.all(name)]
    taken = {i for t in found for i in range(t.index, t.last)}
    for name, kind in VERBS.items():
        found += [Trigger(kind, name, s.first, s.last) for s in context.senses.all(name) if s.first not in taken]
    found.sort(key=lambda t: (t.index, -t.last))
    kept: list[Trigger] = []
    for trigger in found:
        token = context.text.tokens[trigger.index]
        verbal = trigger.sense in VERBS and trigger.sense != "call_manner"
        if context.in_title(trigger.index) or (verbal and token.pos not in {"VERB", ""}):
            continue
        if kept and trigger.index < kept[-1].last:
            continue
        kept.append(trigger)
    return kept
