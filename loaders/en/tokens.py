"""English sentences and tokens, with their places in the text."""

import re
from collections.abc import Iterator

from loaders.en.words import words
from loaders.reading.paragraphs import paragraphs

TOKEN = re.compile(
    r"""
    (?:[A-Z]\.){2,}                                  # U.S.
    | \d+(?:[.,]\d+)*-[a-z][^\W_]*(?:-[a-z]+)*               # 120-strong, five-day written 5-day
    | \d+(?:[.,:]\d+)*(?:st|nd|rd|th)?(?![^\W\d_])   # 14,000, 20th
    | [’'](?:s|re|ve|ll|d|m)\b                       # Kenya's, they've
    | n[’']t\b
    | [^\W_]+?(?=n[’']t\b)                           # has|n't
    | [^\W_](?:[^\W_]|[-‐‑](?=[^\W_])|[’'](?!(?:s|re|ve|ll|d|m)\b)(?=[^\W_]))*  # anti-terrorist, Fils-Aimé, N'Djamena
    | \.\.\.
    | \S
    """,
    re.VERBOSE,
)  # fmt: skip
LONGEST = 4000
"""Characters of the longest sentence."""
STOP = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s)")
LAST_WORD = re.compile(r"(\w+(?:\.\w+)*)$")
LONGEST_WORD = 100
"""Characters before a point that are looked at, so that the time stays linear."""


def tokens(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    """Begin and end of each token of a stretch of text."""
    return [match.span() for match in TOKEN.finditer(text, begin, end)]


def sentences(text: str) -> Iterator[tuple[int, int, int]]:
    """Begin, end and number of the paragraph of each sentence; a paragraph always ends one."""
    for paragraph, (begin, end) in enumerate(paragraphs(text)):
        start = begin
        for stop in STOP.finditer(text, begin, end):
            if not _ends_sentence(text, start, stop, end):
                continue
            yield from _stripped(text, start, stop.end(), paragraph)
            start = stop.end()
        yield from _stripped(text, start, end, paragraph)


def _stripped(text: str, begin: int, end: int, paragraph: int) -> Iterator[tuple[int, int, int]]:
    """What is no blank of a sentence; what no point ever ends is cut, so that the time stays linear."""
    while end - begin > LONGEST:
        cut = max(text.rfind(", ", begin, begin + LONGEST), text.rfind(" ", begin + LONGEST // 2, begin + LONGEST))
        cut = cut + 1 if cut > begin else begin + LONGEST
        yield from _stripped(text, begin, cut, paragraph)
        begin = cut
    piece = text[begin:end]
    if piece.strip():
        yield begin + len(piece) - len(piece.lstrip()), begin + len(piece.rstrip()), paragraph


def _ends_sentence(text: str, start: int, stop: re.Match[str], end: int) -> bool:
    """Whether a sign ends a sentence: not after an abbreviation or an initial, nor before a small letter."""
    following = text[stop.end() : end].lstrip()[:2].lstrip("\"“‘'(—–-")[:1]
    if following.islower():
        return False
    if not stop.group().startswith(".") or len(stop.group()) > 1:
        return True
    before = LAST_WORD.search(text, max(start, stop.start() - LONGEST_WORD), stop.start())
    if before is None:
        return True
    word = before.group(1)
    if word.isdigit():
        # «1. Kenya»: a number that opens a line ends nothing.
        return text[start : before.start()].strip() != ""
    if len(word) == 1 and word.isupper():
        return False
    return word.casefold() not in words("abbreviations", "words")
