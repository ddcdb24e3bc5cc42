"""Sentences and tokens of a Kazakh text.

A word keeps its hyphens («оқу-жаттығу», «ҰҚШҰ-ның», «Бірлестік-2024»); an ending that a hyphen ties to a closing
quotation mark («Айбын»-ды) is a token of its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

TOKEN = re.compile(
    r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)(?:-[^\W\d_]+)?"
    r"|\d+(?:[.,]\d+)*(?:-[^\W_]+)*"
    r"|[^\W_]+(?:[-‐‑’'][^\W_]+)*"
    r"|\.\.\.|[^\w\s]|_"
)
LINE = re.compile(r"[^\n]+")
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
    for line in _lines(text):
        found = False
        for begin, end in _split(text, line.begin, line.end):
            tokens = tuple(Piece(m.start(), m.end()) for m in TOKEN.finditer(text, begin, end))
            if tokens:
                found = True
                yield SentencePiece(tokens[0].begin, tokens[-1].end, paragraph, tokens)
        paragraph += found


def _lines(text: str) -> Iterator[Piece]:
    """The paragraphs: a line, or lines that a width of line has broken."""
    begin = end = -1
    for line in LINE.finditer(text):
        if begin >= 0 and not _goes_on(text, begin, end, line.start()):
            yield Piece(begin, end)
            begin = -1
        if line.group().strip():
            begin = line.start() if begin < 0 else begin
            end = line.end()
    if begin >= 0:
        yield Piece(begin, end)


def _goes_on(text: str, begin: int, end: int, following: int) -> bool:
    """Whether the line that ends at `end` goes on in the next one, which begins with a small letter."""
    if text[end:following] != "\n" or "|" in text[begin:end] or "\t" in text[begin:end]:
        return False
    last = text[begin:end].rstrip()[-1:]
    return last not in ".!?…:;»" and text[following : following + 80].lstrip()[:1].islower()


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
