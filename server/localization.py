"""The language of the pages: which one a request asks for, and the words of the interface in it.

Without cookies: `?lang=` decides, and then goes along in the links of the page; else `Accept-Language`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ontology import LANGUAGES
from server.negotiation import best_language

__all__ = ["Interface", "interface_for", "texts", "translated"]

LANGUAGE_NAMES = {"en": "English", "ru": "Русский", "kk": "Қазақша"}


@cache
def texts(language: str) -> Mapping[str, str]:
    """The words of the interface in one language, by their dotted keys (`start.title`)."""
    source = Path(__file__).parent / "locale" / f"{language}.toml"
    tables = tomllib.loads(source.read_text(encoding="utf-8"))
    return {f"{table}.{key}": text for table, entries in tables.items() for key, text in entries.items()}


@cache
def _from_english() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((Path(__file__).parent / "locale" / "from_english.toml").read_text(encoding="utf-8"))


def translated(english: str, language: str) -> str:
    """What the program says of itself in English, in another language; as it is where there is no translation.

    Arguments:
        english: a sentence, with or without its full stop.
        language: `en`, `ru` or `kk`.
    """
    sentence = english.removesuffix(".")
    found = _from_english().get(sentence, {}).get(language, sentence)
    return found + english[len(sentence) :]


@dataclass(frozen=True, slots=True)
class Interface:
    """The interface in one language.

    Arguments:
        language: `en`, `ru` or `kk`.
        chosen: whether the address chose it, so that links must keep it.
    """

    language: str
    chosen: bool = False

    @property
    def preference(self) -> tuple[str, ...]:
        """Languages for names of the graph, the best first."""
        return (self.language, *(other for other in LANGUAGES if other != self.language))

    def text(self, key: str, /, **values: object) -> str:
        """The words for a key, with the values put in.

        Raises:
            KeyError: there are no words for it: a mistake of the programmer's that the tests find.
        """
        words = texts(self.language)[key]
        return words.format(**values) if values else words

    def number(self, value: int | float) -> str:
        """A number grouped as the language does it."""
        separator = "," if self.language == "en" else "\N{NO-BREAK SPACE}"
        return f"{value:,}".replace(",", separator)


def interface_for(wanted: str | None, accept_language: str | None) -> Interface:
    """The interface that a request asks for.

    Arguments:
        wanted: the value of `?lang=`, if there is one; what is no language of ours is passed over.
        accept_language: the `Accept-Language` header.
    """
    if wanted in LANGUAGES:
        return Interface(str(wanted), chosen=True)
    return Interface(best_language(accept_language, LANGUAGES))
