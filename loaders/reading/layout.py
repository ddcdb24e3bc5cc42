"""The text behind a run of tokens, laid out again so that the offsets of the text hold in it.

Grammars of dates and numbers work on characters, so that how a tokenizer cuts "2025-го" or "14–16" does not matter to
them. They need no more of a token than where it stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from loaders.reading.text import SAME_LETTER


class Placed(Protocol):
    """A stretch of text that knows its place, in code points of the text."""

    @property
    def text(self) -> str: ...  # noqa: D102
    @property
    def begin(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Layout:
    """Tokens as one string.

    Arguments:
        text: the tokens with their gaps filled: one blank for a gap of one, line ends for a longer one.
        folded: the same in lower case and with ё as е; character by character as long as `text`.
        offset: where `text` begins in the document.
    """

    text: str
    folded: str
    offset: int


def fold(text: str) -> str:
    """Lower case with ё as е, each character staying one character."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return lowered.translate(SAME_LETTER)


def layout(tokens: Sequence[Placed]) -> Layout:
    """Lay tokens out; they must be in order and must not overlap."""
    parts: list[str] = []
    if not tokens:
        return Layout("", "", 0)
    offset = position = tokens[0].begin
    for token in tokens:
        gap = token.begin - position
        if gap:
            parts.append(" " if gap == 1 else "\n" * gap)
        parts.append(token.text)
        position = token.end
    text = "".join(parts)
    return Layout(text, fold(text), offset)
