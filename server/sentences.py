"""Sentences of errors in the reader's language: by patterns, because what is particular stands within them."""

import re
import tomllib
from functools import cache
from pathlib import Path

__all__ = ["said_in"]

_LONGEST = 1000
"""A longer sentence is left as it is: what clients have sent makes it long, and to look for slots in it takes long."""

_SLOT = re.compile(r"\{(\w+)\}")


def said_in(language: str, sentence: str) -> str | None:
    """A sentence of the program in another language.

    Arguments:
        language: `ru` or `kk`.
        sentence: as the program says it in English.

    Returns:
        the sentence with what is particular in it; None where nobody has put it into the language, or it is too long.
    """
    if len(sentence) > _LONGEST:
        return None
    for pattern, told in _sentences(language):
        if found := pattern.fullmatch(sentence.removesuffix(".")):
            parts = {name: said_in(language, part) or part for name, part in found.groupdict().items()}
            return told.format(**parts)
    return None


@cache
def _sentences(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    source = Path(__file__).parent / "locale" / "sentences.toml"
    rows = tomllib.loads(source.read_text(encoding="utf-8"))
    return tuple((_pattern(english), told[language]) for english, told in rows.items() if language in told)


def _pattern(english: str) -> re.Pattern[str]:
    parts = _SLOT.split(english)  # text, name of a slot, text …
    return re.compile(
        "".join(f"(?P<{part}>.+?)" if number % 2 else re.escape(part) for number, part in enumerate(parts)), re.DOTALL
    )
