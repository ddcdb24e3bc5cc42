"""What is asked of an index of words: words in any of their forms, beginnings, misspelt words, phrases.

степного орла      both words, each in any of its forms, in any order
ор*                words that begin so
сиверный~          words that differ from it in one letter, from five letters on in two, but not in the first
"боевой орёл"      these words one after the other, as they stand here
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import product
from pathlib import Path

from graph.errors import BadInput
from graph.search.folding import fold, words_of

__all__ = ["match_expression"]

_PART = re.compile(r'"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+)')
_ENDINGS = Path(__file__).with_name("endings.toml")
_LONGEST = 400
_TWO_SLIPS_FROM = 5

Vocabulary = Callable[[str], Iterable[str]]
"""Gives the indexed words that begin with something."""


def match_expression(asked: str, vocabulary: Vocabulary) -> str | None:
    """What asks SQLite's FTS5 for texts that have all of the words.

    Arguments:
        asked: the words, as the head of this module has it.
        vocabulary: the words of the index.

    Returns:
        an expression in the language of FTS5; None if no text can have all of the words.

    Raises:
        BadInput: there is nothing to ask for, or too much.
    """
    if len(asked) > _LONGEST:
        raise BadInput(f"the words to search have more than {_LONGEST} characters", hint="ask for fewer words")
    parts = list(_parts(asked))
    if not parts:
        raise BadInput(f"{asked!r} has no word to search", hint='write words, beginnings (word*) or a "phrase"')
    found = []
    for kind, word in parts:
        if kind in ("phrase", "prefix"):
            found.append(f'"{word}"*' if kind == "prefix" else f'"{word}"')
            continue
        alike = sorted(_misspelt(word, vocabulary) if kind == "fuzzy" else _forms(word, vocabulary))
        if not alike:
            return None
        found.append("(" + " OR ".join(f'"{one}"' for one in alike) + ")")
    return " AND ".join(found)


def _parts(asked: str) -> Iterator[tuple[str, str]]:
    """The words and phrases, folded, each with its kind."""
    for part in _PART.finditer(asked):
        if part["phrase"] is not None:
            if phrase := fold(part["phrase"]):
                yield "phrase", phrase
            continue
        words = words_of(fold(part["word"]))
        kind = {"*": "prefix", "~": "fuzzy"}.get(part["word"][-1], "word")
        for place, word in enumerate(words):
            yield (kind if place == len(words) - 1 else "word"), word


def _forms(word: str, vocabulary: Vocabulary) -> set[str]:
    """The indexed words that are forms of the word."""
    forms: set[str] = set()
    endings_by_stem: dict[str, set[str]] = {word: {""}}
    for shortest, paradigm in _paradigms():
        for ending in paradigm:
            stem = word.removesuffix(ending)
            if len(stem) >= shortest and (not ending or stem != word):
                endings_by_stem.setdefault(stem, set()).update(paradigm)
    # Whatever begins with a stem begins with the shortest: that range of words is read once.
    for stem in sorted(endings_by_stem, key=len):
        if any(stem != other and stem.startswith(other) for other in endings_by_stem):
            continue
        for known in vocabulary(stem):
            if any(known.startswith(s) and known[len(s) :] in endings for s, endings in endings_by_stem.items()):
                forms.add(known)
    return forms


def _misspelt(word: str, vocabulary: Vocabulary) -> set[str]:
    """The indexed words that somebody may have meant (optimal string alignment distance)."""
    from rapidfuzz import process  # here: most queries have no need of it
    from rapidfuzz.distance import OSA

    slips = 2 if len(word) >= _TWO_SLIPS_FROM else 1
    alike = process.extract(word, list(vocabulary(word[0])), scorer=OSA.distance, score_cutoff=slips, limit=None)
    return {known for known, _, _ in alike}


@cache
def _paradigms() -> tuple[tuple[int, frozenset[str]], ...]:
    """Sets of endings that forms of a word may have, each with the length of the shortest stem that may have them."""
    found = []
    for language in tomllib.loads(_ENDINGS.read_text("utf-8")).values():
        rows = [frozenset(row) for row in language.get("paradigms", ())]
        if slots := language.get("slots"):
            rows.append(frozenset("".join(endings) for endings in product(*(["", *slot] for slot in slots))))
        found += [(language["shortest_stem"], row) for row in rows]
    return tuple(found)
