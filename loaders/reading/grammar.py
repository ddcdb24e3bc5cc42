"""What a language's folder provides: the analysis of a text and the forms of its names."""

from collections.abc import Iterable, Sequence
from importlib import import_module, resources
from pathlib import Path
from typing import Protocol, cast, runtime_checkable

from graph.errors import MilcoopError
from loaders.reading.text import AnalyzedText, Token


class LanguageMissing(MilcoopError):
    """There is no folder for the language."""


class Grammar(Protocol):
    """A language's analyzer."""

    language: str

    def analyze(self, text: str) -> AnalyzedText:
        """Sentences, tokens, morphology, syntax and names of a text."""
        ...

    def lemmas(self, word: str) -> tuple[str, ...]:
        """What a word may be a form of, without context, folded."""
        ...

    def words(self, phrase: str) -> tuple[str, ...]:
        """The tokens of a phrase."""
        ...

    def nominative(self, tokens: Sequence[Token], text: str) -> str:
        """A noun phrase of the text in the nominative."""
        ...

    def surname(self, tokens: Sequence[Token]) -> str:
        """The surname, in the nominative, in the name of a person."""
        ...

    def compound_forms(self, adjective: str) -> tuple[str, ...]:
        """The forms of an adjective as first part of a compound («российский» → «российско»), folded."""
        ...

    def is_attributive(self, word: str) -> bool:
        """Whether a form of an adjective can stand with a noun: «русского», «русскому», but not «русско»."""
        ...

    def full_name(self, tokens: Sequence[Token], surname: str, text: str) -> str:
        """The whole name of a person, its surname known, in the nominative."""
        ...


@runtime_checkable
class LearnsNames(Protocol):
    """An analyzer that knows the forms of names only after it was told the names."""

    def learn(self, names: Iterable[str]) -> None:
        """Take in names that texts will speak of."""
        ...


def has_language(language: str) -> bool:
    """Whether a language has an analyzer."""
    return (folder(language) / "analyzer.py").exists()


def grammar(language: str) -> Grammar:
    """The analyzer of a language, its models loaded.

    It is the class of `loaders/<language>/analyzer.py` whose attribute `language` names that language.

    Raises:
        LanguageMissing: the language has no folder, or none with an analyzer.
    """
    ready = _at_hand.pop(language, None)
    return ready or _loaded(language)


def load_ahead(language: str) -> None:
    """Load the analyzer of a language for the next who asks for it, which may be a fork of this process.

    Raises:
        LanguageMissing: the language has no folder, or none with an analyzer.
    """
    _at_hand[language] = _loaded(language)


_at_hand: dict[str, Grammar] = {}
"""Analyzers that nobody has yet: each learns the names of one reader."""


def _loaded(language: str) -> Grammar:
    if not has_language(language):
        raise LanguageMissing(f"no reader for the language {language!r}")
    module = import_module(f"loaders.{language}.analyzer")
    analyzer = next(each for each in vars(module).values() if getattr(each, "language", None) == language)
    return cast(Grammar, analyzer())


def folder(language: str) -> Path:
    """The folder with a language's data."""
    return Path(str(resources.files("loaders"))) / language


def languages_with(file: str) -> list[tuple[str, Path]]:
    """The languages whose folders hold a file, each with its path, in the order of their names."""
    return [(path.parent.name, path) for path in sorted(folder("").glob(f"??/{file}"))]
