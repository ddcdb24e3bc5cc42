"""Sentences and tokens of a Kazakh text.

A word keeps its hyphens («оқу-жаттығу», «ҰҚШҰ-ның», «Бірлестік-2024»); an ending that a hyphen ties to a closing
quotation mark («Айбын»-ды) is a token of its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.reading.paragraphs import paragraphs

TOKEN = re.compile(
    r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)(?:-[^\W\d_]+)?"
    r"|\d+(?:[.,]\d+)*(?:-[^\W_]+)*"
    r"|[^\W_]+(?:[-‐‑’'][^\W_]+)*"
    r"|\.\.\.|[^\w\s]|_"
)
LONGEST = 4000
"""Code points of a sentence; a longer one is divided at a blank."""
SENTENCE_END = re.compile(r"[.!?…]+[»\")”]*(?=\s+[«\"“(–—-]?\s?[\w])")
ABBREVIATIONS = frozenset(
    {
        "ж",
        "жж",
        "т",
        "б",
        "мыс",
        "т.б",
        "т.с.с",
        "қ",
        "обл",
        "ауд",
        "к",
        "м",
        "км",
        "г",
        "гг",
        "ред",
        "бет",
        "млн",
        "млрд",
        "трлн",
        "мың",
        "тг",
    }
)
CLOSING = '»")”'


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text from `begin` up to, not including, `end`."""

    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class SentencePiece:
    """A sentence: where it stands, its paragraph, and its tokens."""

    begin: int
    end: int
    paragraph: int
    tokens: tuple[Piece, ...]


def words(phrase: str) -> tuple[str, ...]:
    """The tokens of a phrase."""
    return tuple(match.group() for match in TOKEN.finditer(phrase))


def sentences(text: str) -> Iterator[SentencePiece]:
    """The sentences of a text in their order; a line always ends one."""
    paragraph = 0
    for first, last in paragraphs(text):
        found = False
        for begin, end in _divided(text, first, last):
            tokens = tuple(Piece(m.start(), m.end()) for m in TOKEN.finditer(text, begin, end))
            if tokens:
                found = True
                yield SentencePiece(tokens[0].begin, tokens[-1].end, paragraph, tokens)
        paragraph += found


def _divided(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of a paragraph, none too long to be parsed."""
    for first, last in _split(text, begin, end):
        while last - first > LONGEST:
            blank = text.rfind(" ", first, first + LONGEST)
            cut = blank if blank > first else first + LONGEST
            yield first, cut
            first = cut
        yield first, last


def _split(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    start = begin
    for match in SENTENCE_END.finditer(text, begin, end):
        if _is_end(text, start, match):
            yield start, match.end()
            start = match.end()
    yield start, end


def _is_end(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether a sign ends a sentence: not after an initial or an abbreviation, not before a small letter."""
    following = text[match.end() :].lstrip()[:3].lstrip('«"“(–—- ')
    if following[:1].islower():
        return False
    if match.group()[0] != ".":
        return True
    before = re.search(r"[^\s«\"(]+$", text[start : match.start()])
    word = before.group() if before else ""
    if len(word) == 1 and word.isupper():
        return False
    if text[match.end() :].lstrip()[:1] in "–—" and match.group()[-1] in CLOSING:
        return False
    return word.lower() not in ABBREVIATIONS or word.lower() in {"ж", "т.б", "мың"}
