"""Word lists of a language: which words have which sense, read from `loaders/<language>/lexicon/*.toml`.

A file holds one list a sense: `exercise_noun = ["учение", "манёвры", "командно-штабная тренировка"]`. Words stand in
their dictionary form; a phrase stands as it is read, and each of its words is matched by its lemmas. Lists of the
same name in several files are joined.
"""

import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from graph.errors import MilcoopError
from loaders.reading.text import Token, fold

WORDS = 20_000
"""Words of which is kept what the lexicon knows of them."""

Lemmatizer = Callable[[str], tuple[str, ...]]
Splitter = Callable[[str], tuple[str, ...]]


class LexiconError(MilcoopError):
    """A file of the lexicon cannot be read."""


class Sense(NamedTuple):
    """Words that have a sense: its name, and the tokens from `first` up to, not including, `last`."""

    name: str
    first: int
    last: int


class Lexicon:
    """The word lists of one language.

    Arguments:
        lists: sense → words and phrases.
        lemmatizer: gives the lemmas of a word.
        splitter: gives the tokens of a phrase.
    """

    def __init__(self, lists: Mapping[str, Iterable[str]], lemmatizer: Lemmatizer, splitter: Splitter) -> None:
        self.lists: dict[str, tuple[str, ...]] = {name: tuple(words) for name, words in lists.items()}
        self._single: dict[str, set[str]] = defaultdict(set)
        self._phrases: dict[str, list[tuple[str, tuple[frozenset[str], ...]]]] = defaultdict(list)
        for name, words in self.lists.items():
            for phrase in words:
                parts = splitter(phrase)
                if len(parts) == 1:
                    self._single[_dictionary_form(parts[0], lemmatizer)].add(name)
                else:
                    keys = tuple(frozenset({fold(p), *lemmatizer(p)}) for p in parts)
                    for key in keys[0]:
                        self._phrases[key].append((name, keys))
        self._word = lru_cache(maxsize=WORDS)(self._look_up)

    @classmethod
    def read(cls, files: Iterable[Path], lemmatizer: Lemmatizer, splitter: Splitter) -> "Lexicon":
        """The lexicon that lies in files.

        Raises:
            LexiconError: a file is not TOML, or a list is not one of strings.
        """
        lists: dict[str, list[str]] = defaultdict(list)
        for file in files:
            try:
                content = tomllib.loads(file.read_text(encoding="utf-8"))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
                raise LexiconError(f"{file.name}: {problem}") from problem
            for name, words in content.items():
                if not isinstance(words, list) or not all(isinstance(w, str) for w in words):
                    raise LexiconError(f"{file.name}: {name} is not a list of words")
                lists[name].extend(words)
        return cls(lists, lemmatizer, splitter)

    def senses(self, tokens: Sequence[Token]) -> list[Sense]:
        """All senses of the words and phrases among the tokens of one sentence, in their order."""
        found: list[Sense] = []
        words = [self._word(t.text, t.lemmas) for t in tokens]
        for at, (token, word) in enumerate(zip(tokens, words, strict=True)):
            found += [Sense(name, token.index, token.index + 1) for name in word.names]
            seen: set[tuple[str, int]] = set()
            for name, parts in word.phrases:
                end = at + len(parts)
                # Most phrases that a word may begin do not go on: their second word tells.
                if end > len(tokens) or parts[1].isdisjoint(words[at + 1].keys) or (name, end) in seen:
                    continue
                if not any(part.isdisjoint(words[at + n].keys) for n, part in enumerate(parts)):
                    seen.add((name, end))
                    found.append(Sense(name, token.index, tokens[end - 1].index + 1))
        return found

    def apart(self, verb: Token, noun: Token) -> list[str]:
        """The senses of phrases of two words that a verb and its object make, though other words stand between them."""
        keys = self._word(noun.text, noun.lemmas).keys
        phrases = self._word(verb.text, verb.lemmas).phrases
        return [name for name, parts in phrases if len(parts) == 2 and not parts[1].isdisjoint(keys)]

    def _look_up(self, text: str, lemmas: tuple[str, ...]) -> "_Word":
        lower = fold(text)
        # A verb that is cited with its particle ("to visit") is not the noun of that form.
        cited = any(lemma.endswith(f" {lower}") for lemma in lemmas)
        keys = frozenset(lemmas) if cited else frozenset({lower, *lemmas})
        names = {name for key in keys for name in self._single.get(key, ())}
        phrases = [phrase for key in sorted(keys) for phrase in self._phrases.get(key, ())]
        return _Word(keys, tuple(sorted(names)), tuple(phrases))


@dataclass(frozen=True, slots=True)
class _Word:
    """What the lexicon knows of a word: the forms it is compared by, its senses, and the phrases that it may begin."""

    keys: frozenset[str]
    names: tuple[str, ...]
    phrases: tuple[tuple[str, tuple[frozenset[str], ...]], ...]


def _dictionary_form(word: str, lemmatizer: Lemmatizer) -> str:
    """The word itself where it is one of its own lemmas, else its likeliest lemma."""
    folded = fold(word)
    lemmas = lemmatizer(word)
    return folded if folded in lemmas or not lemmas else lemmas[0]
