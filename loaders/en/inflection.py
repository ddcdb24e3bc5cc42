"""Names in their dictionary form: English names stand in it, but for the mark of the possessor."""

from collections.abc import Sequence

from loaders.en.words import words
from loaders.reading.text import Token

PARTICLES = frozenset({"al", "von", "van", "de", "el", "der", "bin", "ben"})
EASTERN_LENGTH = 3
"""Words in a name whose surname comes first."""
SUFFIXES = frozenset({"jr", "sr", "ii", "iii"})


def nominative(tokens: Sequence[Token], text: str) -> str:
    """A noun phrase as it stands, without an article before it and a possessor's mark after it.

    Arguments:
        tokens: the tokens of the phrase, in their order.
        text: the text that they are of.
    """
    kept = list(tokens)
    while len(kept) > 1 and kept[0].lower in {"the", "a", "an"}:
        kept = kept[1:]
    while len(kept) > 1 and kept[-1].lower in {"'s", "'"}:
        kept = kept[:-1]
    return " ".join(text[kept[0].begin : kept[-1].end].split()) if kept else ""


def surname(tokens: Sequence[Token]) -> str:
    """The last word of a person's name with its particle, titles and suffixes left out."""
    names = [t for t in tokens if t.text[:1].isalpha() and t.lower not in SUFFIXES | {"s"}]
    names = [t for t in names if t.lower not in words("closed", "title_before_name")] or names
    if not names:
        return ""
    if 1 < len(names) <= EASTERN_LENGTH and names[0].lower in words("names", "eastern_surname"):
        return names[0].text
    last = names[-1].text.removesuffix("'s").removesuffix("’s")
    before = names[-2].text if len(names) > 2 else ""
    return f"{before} {last}" if before.lower() in PARTICLES else last


def full_name(tokens: Sequence[Token], surname: str, text: str) -> str:
    """The whole name as the text gives it."""
    return nominative(tokens, text) or surname
