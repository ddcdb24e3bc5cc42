"""The words of English grammar (`words.toml`), read once."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

from loaders.reading.text import fold

Phrases = Mapping[str, Sequence[tuple[str, ...]]]
"""First word → the phrases that begin with it, the longest first."""
OPENING = frozenset({":", '"', "“", "—", "–", "-"})
"""Signs after which a capital letter tells nothing."""


@cache
def words(section: str, name: str) -> frozenset[str]:
    """The words of a list, folded.

    Arguments:
        section, name: where the list stands in `words.toml`.
    """
    return frozenset(fold(word) for word in _content()[section][name])


@lru_cache(maxsize=100_000)
def is_one_of(word: str, *names: str) -> bool:
    """Whether a folded word is in one of the closed classes of these names."""
    return any(word in words("closed", name) for name in names)


@cache
def long_prepositions() -> Phrases:
    """The prepositions of several words."""
    return _by_first_word(_content()["prepositions_of_several_words"]["phrases"])


@cache
def number_bounds() -> Phrases:
    """The words before a number that say how exact it is."""
    return _by_first_word(_content()["closed"]["number_bound"])


def _by_first_word(phrases: Iterable[str]) -> Phrases:
    found: dict[str, list[tuple[str, ...]]] = {}
    for words_of in sorted((tuple(fold(p).split()) for p in phrases), key=len, reverse=True):
        found.setdefault(words_of[0], []).append(words_of)
    return found


@cache
def _content() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
