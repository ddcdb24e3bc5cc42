"""Which language a text is in: letters decide.

Each language's folder says which letters it writes (`loaders/<language>/letters.toml`): its alphabet, which of its
letters no neighbour in the same script has (`distinctive`), and which it borrows for foreign names (`borrowed`). A
language with letters of its own is recognised by them; of the rest, the one whose alphabet covers the text with the
fewest letters. A text with letters that no language writes is in another language, and is reported as not sure.
"""

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from loaders.reading.grammar import languages_with

SHARE = 50
"""One letter in so many tells a language: fewer may come from names."""
COVERED = 0.9
"""An alphabet that covers this share of what the best one covers is as good."""


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of a language, in lower case."""

    alphabet: frozenset[str]
    distinctive: frozenset[str]
    borrowed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Guess:
    """A language (`ru`, `en`, `kk`) and whether the letters leave no doubt of it."""

    language: str
    sure: bool


def guess_language(text: str) -> Guess:
    """Tell the language of a text by its letters.

    Arguments:
        text: the text; a few words are enough.

    Returns:
        The likeliest of the languages that have a folder, and whether that is sure.
    """
    counts = Counter({char: number for char, number in Counter(text.lower()).items() if char.isalpha()})
    known = letters()
    covered = {language: _count(counts, each.alphabet) for language, each in known.items()}
    best = max(covered.values())
    if not best:
        return Guess(min(known), sure=False)
    written = frozenset[str]().union(*(each.alphabet | each.borrowed for each in known.values()))
    sure = (counts.total() - _count(counts, written)) * SHARE < counts.total()
    likely = sorted(
        (language for language in known if covered[language] >= COVERED * best),
        key=lambda language: len(known[language].alphabet),
    )
    for language in likely[1:] if sure else ():
        own = known[language].alphabet - known[likely[0]].alphabet
        if _count(counts, own) * SHARE >= best:
            return Guess(language, sure=_count(counts, known[language].distinctive) * SHARE >= best)
    return Guess(likely[0], sure=sure)


@cache
def letters() -> Mapping[str, Letters]:
    """The letters of each language that has a folder with `letters.toml`."""
    found = {}
    for language, file in languages_with("letters.toml"):
        content = tomllib.loads(file.read_text(encoding="utf-8"))
        found[language] = Letters(*(frozenset(content.get(n, "")) for n in ("alphabet", "distinctive", "borrowed")))
    return found


def _count(counts: Counter[str], chars: frozenset[str]) -> int:
    return sum(counts[char] for char in chars)
