"""The words of English grammar (`words.toml`), read once."""

import tomllib
from functools import cache
from pathlib import Path

from loaders.reading.text import fold


@cache
def words(section: str, name: str) -> frozenset[str]:
    """The words of a list, folded.

    Arguments:
        section, name: where the list stands in `words.toml`.
    """
    return frozenset(fold(word) for word in _content()[section][name])


def is_one_of(word: str, *names: str) -> bool:
    """Whether a folded word is in one of the closed classes of these names."""
    return any(word in words("closed", name) for name in names)


@cache
def long_prepositions() -> tuple[tuple[str, ...], ...]:
    """The prepositions of several words, the longest first."""
    phrases = (tuple(fold(p).split()) for p in _content()["prepositions_of_several_words"]["phrases"])
    return tuple(sorted(phrases, key=len, reverse=True))


OPENING = frozenset({":", '"', "“", "—", "–", "-"})
"""Signs after which a capital letter tells nothing."""


@cache
def number_bounds() -> tuple[tuple[str, ...], ...]:
    """The words before a number that say how exact it is, the longest first."""
    phrases = (tuple(fold(p).split()) for p in _content()["closed"]["number_bound"])
    return tuple(sorted(phrases, key=len, reverse=True))


@cache
def _content() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
