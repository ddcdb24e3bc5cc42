"""How names sound, whatever alphabet they are written in: the same for «Жаксылыков», “Zhaksylykov” and «Жақсылықов»."""

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

__all__ = ["content_stems", "given_names", "name_tokens", "sounds", "spelled", "years_in"]

_WORD = re.compile(r"[^\W\d_]+(?:['’`]\w+)?|\d+")
_ACCENT = re.compile(r"[̀-ͯ'’`ʼ]+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_STEM = 6
_MEANINGFUL = 4


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("spelling.toml").read_text("utf-8"))


@cache
def _letters() -> dict[int, str]:
    return str.maketrans(_data()["latin"])


@cache
def _steps(table: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(step["written"]), step["as"]) for step in _data()[table])


@lru_cache(maxsize=65536)
def spelled(name: str) -> str:
    """A name in the one spelling in which names are compared: Latin letters, a sound always alike, words apart.

    Arguments:
        name: in Cyrillic or Latin letters; years and signs are left out.
    """
    return " ".join(word for word in map(_spelled_word, _words(name)) if word)


def name_tokens(name: str) -> tuple[str, ...]:
    """The words of a name, each as `spelled` has it."""
    return tuple(spelled(name).split())


@lru_cache(maxsize=65536)
def sounds(name: str) -> str:
    """The consonants of a name, those that writing systems confuse being one: `Vučić` and «Вучич» are alike."""
    return " ".join(_replaced(word, "sounds") or word for word in name_tokens(name))


def given_names(full_name: str, family: str) -> tuple[str, ...]:
    """The given names of a person as `spelled` has them; initials are one letter, fathers' names are left out.

    Arguments:
        full_name: as a text gives it.
        family: the surname.
    """
    own = set(name_tokens(family))
    rest = [word for word in name_tokens(full_name) if word not in own]
    endings = tuple(_data()["patronymic"]["endings"])
    given = [word for word in rest if not (len(word) > _MEANINGFUL and word.endswith(endings))]
    return tuple(given)


def years_in(title: str) -> frozenset[str]:
    """The years that a title names."""
    return frozenset(_YEAR.findall(title))


@lru_cache(maxsize=65536)
def content_stems(title: str) -> frozenset[str]:
    """The beginnings of those words of a title that tell it from others of its type and parties."""
    generic: Sequence[str] = _data()["titles"]["generic"]
    words = (word for word in _WORD.findall(title.casefold()) if len(word) >= _MEANINGFUL and not word.isdecimal())
    return frozenset(_stem(word) for word in words if not word.startswith(tuple(generic)))


def _stem(word: str) -> str:
    """A word without what inflection changes: at least its last letter."""
    return word[: min(_STEM, len(word) - 1)]


def _words(name: str) -> list[str]:
    return [word for word in _WORD.findall(name.casefold()) if not word.isdecimal()]


def _spelled_word(word: str) -> str:
    composed = unicodedata.normalize("NFC", word).translate(_letters())
    plain = _ACCENT.sub("", unicodedata.normalize("NFD", composed))
    return _replaced(plain, "same")


def _replaced(word: str, table: str) -> str:
    for pattern, replacement in _steps(table):
        word = pattern.sub(replacement, word)
    return word
