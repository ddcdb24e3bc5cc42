"""The heading of a text, and the one state that a text is about by its heading."""

import re
from collections.abc import Iterable
from itertools import takewhile

from loaders.reading.dates import find_dateline
from loaders.reading.facts import Span
from loaders.reading.mentions import EntityMention

TITLE = re.compile(r"\s*(\S[^\n]{3,160}?)[ \t]*\n\s*\n?")
WORD = re.compile(r"[^\W\d_]{3,}")
TITLE_END = re.compile(r"[.!;:,]$")
SPOKEN_OF = frozenset({"state", "body", "place"})


def find_title(text: str) -> Span | None:
    """The heading of a text: a first line that does not end like a sentence and is followed by more."""
    found = TITLE.match(text)
    if found and (only := find_dateline(found.group(1))) and _is_all(found.group(1), only.span):
        found = TITLE.match(text, found.end())  # a line with nothing but date and time stands above the heading
    if not found or found.end() >= len(text.rstrip()):
        return None
    line = found.group(1).rstrip()
    if TITLE_END.search(line) or find_dateline(text[found.start() : found.end()] + "."):
        return None
    return Span(found.start(1), found.start(1) + len(line))


def _is_all(line: str, date: Span) -> bool:
    """Whether a line holds no words beside a date and the time of day."""
    return not WORD.search(line[: date.begin] + line[date.end :])


def theme(title: Span | None, mentions: Iterable[EntityMention]) -> str | None:
    """The code of the only state that a heading names («Новые поставщики Вьетнама»): what leaves a side of a
    delivery, an agreement or a pair unsaid, means it. The mentions come in the order of the text."""
    codes = _named(title, mentions)
    return codes[0] if len(codes) == 1 else None


def pair(title: Span | None, mentions: Iterable[EntityMention]) -> tuple[str, str] | None:
    """The codes of the two states that a heading names, and no more ("UK-Poland defence relations")."""
    codes = _named(title, mentions)
    return (codes[0], codes[1]) if len(codes) == 2 else None


def _named(title: Span | None, mentions: Iterable[EntityMention]) -> list[str]:
    """The codes of the states that a heading names, each once."""
    if title is None:
        return []
    early = takewhile(lambda m: m.span.begin < title.end, mentions)
    named = (m.entity.state for m in early if m.entity.kind in SPOKEN_OF and m.span.end <= title.end)
    return list(dict.fromkeys(code for code in named if code))
