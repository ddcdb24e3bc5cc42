"""Contributors to a mission in a list, an item each: "Kenya: police, since June 2024", «Ямайка – 24 военных»."""

from collections.abc import Iterator, Sequence

from loaders.reading.context import Context
from loaders.reading.kinds.mission_contributors import Contribution, Contributors
from loaders.reading.kinds.mission_references import MissionReference
from loaders.reading.mentions import EntityMention
from loaders.reading.text import Sentence

PARTS = frozenset({":", "–", "—", "-"})
PARAGRAPHS_BEFORE = 2
"""The mission stands in the line above the list, or in one of so many paragraphs before that."""


def from_lists(
    context: Context, contributors: Contributors, found: Sequence[MissionReference]
) -> Iterator[tuple[MissionReference, Contribution]]:
    """The contributions in the items of lists that begin with a state."""
    for sentence in context.text.sentences:
        mention = _contributor(context, sentence)
        reference = _mission_above(context, sentence, found) if mention is not None else None
        if mention is None or reference is None:
            continue
        tokens = tuple(range(sentence.first, sentence.last))
        for contribution in contributors.listed(reference, mention, tokens):
            yield reference, contribution


def _contributor(context: Context, sentence: Sentence) -> EntityMention | None:
    """The state that opens an item, with a colon or a dash after it."""
    if not context.text.is_item(sentence):
        return None
    named = context.mentions.within(range(sentence.first, min(sentence.first + 6, sentence.last)), "state")
    if not named or named[0].last >= sentence.last:
        return None
    return named[0] if context.text.tokens[named[0].last].text in PARTS else None


def _mission_above(context: Context, sentence: Sentence, found: Sequence[MissionReference]) -> MissionReference | None:
    """The only mission of the heading of a list and of the paragraphs before it."""
    heading = context.text.heading(sentence)
    if heading is None:
        return None
    above = [
        r for r in found
        if r.entity is not None and 0 <= heading.paragraph - context.sentence(r.head).paragraph <= PARAGRAPHS_BEFORE
    ]  # fmt: skip
    return above[-1] if len({r.entity for r in above}) == 1 else None
