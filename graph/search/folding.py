"""Texts as they are compared: without what readers do not type."""

import re
import unicodedata

__all__ = ["fold", "words_of"]

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
