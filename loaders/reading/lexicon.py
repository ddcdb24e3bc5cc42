"""Word lists of a language: which words have which sense, read from `loaders/<language>/lexicon/*.toml`.

A file holds one list a sense: `exercise_noun = ["учение", "манёвры", "командно-штабная тренировка"]`. Words stand in
their dictionary form; a phrase stands as it is read, and each of its words is matched by its lemmas. Lists of the
same name in several files are joined.
"""

import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.errors import MilcoopError
from loaders.reading.text import Token, fold

Lemmatizer = Callable[[str], tuple[str, ...]]
Splitter = Callable[[str], tuple[str, ...]]


class LexiconError(MilcoopError):
    """A file of the lexicon cannot be read."""


@dataclass(frozen=True, slots=True)
class Sense:
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
        keys = [_token_keys(t) for t in tokens]
        for at, token in enumerate(tokens):
            names = {name for key in keys[at] for name in self._single.get(key, ())}
            found += [Sense(name, token.index, token.index + 1) for name in sorted(names)]
            seen: set[tuple[str, int]] = set()
            for key in keys[at]:
                for name, parts in self._phrases.get(key, ()):
                    end = at + len(parts)
                    if (name, end) in seen or end > len(tokens):
                        continue
                    if all(part & keys[at + n] for n, part in enumerate(parts)):
                        seen.add((name, end))
                        found.append(Sense(name, token.index, tokens[end - 1].index + 1))
        return found


def _token_keys(token: Token) -> frozenset[str]:
    """By what a token is looked up: what it may be a form of, and itself; a verb cited as "to sign" is only that."""
    if token.pos == "VERB" and any(" " in lemma for lemma in token.lemmas):
        return frozenset(token.lemmas)
    return frozenset({token.lower, *token.lemmas})


def _dictionary_form(word: str, lemmatizer: Lemmatizer) -> str:
    """The word itself where it is one of its own lemmas, else its likeliest lemma."""
    folded = fold(word)
    lemmas = lemmatizer(word)
    return folded if folded in lemmas or not lemmas else lemmas[0]
