"""Which state a text is about: the one it names most, what opens it counting for more."""

from typing import TYPE_CHECKING

from loaders.reading.facts import Entity
from loaders.reading.mentions import EntityMention

if TYPE_CHECKING:
    from loaders.reading.context import Context

OPENING_SENTENCES = 3
"""The heading and the first sentences."""

DATELINE_SIGNS = frozenset({":", ",", "(", "—", "–", "-", "/", "."})
SHORTEST_TOWN = 4
"""Letters of a town in capitals; "US" and "UN" open no dispatch."""

SENT_FROM = 3
"""How much the place in a dateline counts."""


def home_of(context: "Context") -> Entity | None:
    """The state that the text is about, for «наши военнослужащие» and «страна»: the one it names most.

    What opens a text says more of what it is about: there a name counts twice, and the place that it is sent from
    three times. Of states named alike often, the one whose language it is comes first.
    """
    counts: dict[str, int] = {}
    for mention in context.mentions.all:
        code = mention.entity.state
        if code and _is_sent_from(context, mention):
            counts[code] = counts.get(code, 0) + SENT_FROM
        elif code and mention.entity.kind in {"state", "body"} and not _is_another(context, mention):
            opening = context.text.tokens[mention.first].sentence < OPENING_SENTENCES
            counts[code] = counts.get(code, 0) + (2 if opening else 1)
    native = getattr(context.grammar, "native_state", "")
    if not counts:
        return context.mentions.states.get(native)
    if native in counts:
        counts[native] += 1
    return context.mentions.states.get(max(counts, key=lambda code: (counts[code], code == native)))


def _is_another(context: "Context", mention: EntityMention) -> bool:
    """Whether a word only stands for states named elsewhere, or names one with whom the text's own has to do
    («соглашение с Катаром»)."""
    return mention.form == "anaphor" or context.relation_of(mention) == "with"


def _is_sent_from(context: "Context", mention: EntityMention) -> bool:
    """«АСТАНА, 11 декабря –», "ISLAMABAD: …": the place before the text's own date, or that opens a paragraph."""
    first = context.text.tokens[mention.first]
    if _opens_dispatch(context, mention):
        return True
    if context.dateline is None or first.begin >= context.dateline.end:
        return False
    return "\n" not in context.text.text[first.begin : context.dateline.begin]


def _opens_dispatch(context: "Context", mention: EntityMention) -> bool:
    """Whether a place in capitals opens one of the first paragraphs, parted by a sign from what it tells."""
    here = context.sentence(mention.first)
    words = context.words(mention.first, mention.last)
    if here.first != mention.first or here.index >= OPENING_SENTENCES or mention.entity.kind != "place":
        return False
    after = context.text.tokens[mention.last].text if mention.last < here.last else ""
    return len(words) >= SHORTEST_TOWN and words.isupper() and after in DATELINE_SIGNS
