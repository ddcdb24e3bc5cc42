"""Texts as they are compared: without what readers do not type."""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

__all__ = ["fold", "simplified", "words_of"]

_WORD = re.compile(r"\w+")
_LATIN_ACCENT = re.compile(r"(?<=[a-z])[\u0300-\u036f]+")


def fold(text: str) -> str:
    """The text without what readers do not type: case, the dots of ё, accents on Latin letters, signs."""
    lowered = text.casefold().replace("ё", "е")
    if not lowered.isascii():
        plain = _LATIN_ACCENT.sub("", unicodedata.normalize("NFD", lowered))
        lowered = unicodedata.normalize("NFC", plain)
    return " ".join(_WORD.findall(lowered))


def words_of(folded: str) -> list[str]:
    """The words of a folded text."""
    return folded.split()


@lru_cache(maxsize=16_384)
def simplified(word: str) -> str:
    """A folded word in a spelling that others of the same word share: `kh` as `h`, Kazakh letters as Russian ones.

    What is shared stands in `spellings.toml`.
    """
    written, alike = _spellings()
    return written.sub(lambda found: alike[found[0]], word)


@cache
def _spellings() -> tuple[re.Pattern[str], dict[str, str]]:
    table = tomllib.loads(Path(__file__).with_name("spellings.toml").read_text("utf-8"))
    alike = {written: other for rows in table.values() for written, other in rows.items()}
    return re.compile("|".join(map(re.escape, alike))), alike
