"""Surface patterns over analysed tokens, written in `loaders/<language>/patterns/*.toml`.

A pattern is a line of elements between blanks:

    <exercise_noun>      a word (or phrase) of that sense of the lexicon
    провести             a word with that lemma; a|b one of several
    =в                   the word as it is written, in any case of letters
    [state] [place:Loc]  a mention of that kind (`actor` any actor, `any` any mention), optionally in that case
    *4                   up to four tokens of any sort
    {date} {number}      a date or number of the text

`name@element` captures what it matches under a name, `element?` may be missing. A match lies within one sentence.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import MilcoopError
from loaders.reading.mentions import ACTORS
from loaders.reading.text import fold

if TYPE_CHECKING:
    from loaders.reading.context import Context


class PatternError(MilcoopError):
    """A file of patterns cannot be read."""


@dataclass(frozen=True, slots=True)
class Element:
    """One element: what it matches (`sort`, `value`, `case`), how it is captured, whether it may be missing."""

    sort: str
    value: str
    case: str = ""
    capture: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern found at the tokens from `first` up to, not including, `last`; captures are such stretches too."""

    name: str
    first: int
    last: int
    captures: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A named pattern."""

    name: str
    elements: tuple[Element, ...]

    @classmethod
    def parse(cls, name: str, line: str) -> "Pattern":
        """The pattern that a line writes.

        Raises:
            PatternError: an element is not one of those that the module describes.
        """
        return cls(name, tuple(_element(name, part) for part in line.split()))

    def find(self, context: "Context") -> Iterator[Match]:
        """All matches in a text, leftmost first, not overlapping."""
        for sentence in context.text.sentences:
            at = sentence.first
            while at < sentence.last:
                result = _match(context, self.elements, at, sentence.last, {})
                if result is None or result[0] == at:
                    at += 1
                    continue
                yield Match(self.name, at, result[0], result[1])
                at = result[0]


def read_patterns(files: list[Path]) -> dict[str, tuple[Pattern, ...]]:
    """The patterns of files, by name; a name may have several lines.

    Raises:
        PatternError: a file is not TOML, or a pattern is not written as the module describes.
    """
    found: dict[str, list[Pattern]] = {}
    for file in files:
        try:
            content = tomllib.loads(file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
            raise PatternError(f"{file.name}: {problem}") from problem
        for name, lines in content.items():
            for line in [lines] if isinstance(lines, str) else lines:
                found.setdefault(name, []).append(Pattern.parse(name, line))
    return {name: tuple(patterns) for name, patterns in found.items()}


def _element(name: str, part: str) -> Element:
    whole = part
    capture, at, rest = part.partition("@")
    if at:
        part = rest
    else:
        capture = ""
    optional = part.endswith("?") and len(part) > 1
    part = part.removesuffix("?") if optional else part
    if part.startswith("<") and part.endswith(">"):
        return Element("sense", part[1:-1], "", capture, optional)
    if part.startswith("[") and part.endswith("]"):
        kind, _, case = part[1:-1].partition(":")
        return Element("mention", kind, case, capture, optional)
    if part in {"{date}", "{number}"}:
        return Element(part[1:-1], "", "", capture, optional)
    if part.startswith("*") and part[1:].isdigit():
        return Element("gap", part[1:], "", capture, optional)
    if part.startswith("="):
        return Element("word", fold(part[1:]), "", capture, optional)
    if part and not set(part) & set("<>[]{}@"):
        return Element("lemma", fold(part), "", capture, optional)
    raise PatternError(f"pattern {name!r}: cannot read the element {whole!r}")


Captures = dict[str, tuple[int, int]]


def _match(
    context: "Context", elements: tuple[Element, ...], at: int, end: int, captures: Captures
) -> tuple[int, Captures] | None:
    if not elements:
        return at, captures
    first, rest = elements[0], elements[1:]
    if first.sort == "gap":
        for skip in range(int(first.value) + 1):
            if at + skip > end:
                break
            result = _match(context, rest, at + skip, end, captures)
            if result:
                return result
        return None
    for last in MATCHERS[first.sort](context, first, at, end):
        held = {**captures, first.capture: (at, last)} if first.capture else captures
        result = _match(context, rest, last, end, held)
        if result:
            return result
    return _match(context, rest, at, end, captures) if first.optional else None


def _senses(context: "Context", element: Element, at: int, end: int) -> list[int]:
    return sorted(
        {s.last for s in context.senses.at(at) if s.name == element.value and s.first == at <= end}, reverse=True
    )


def _words(context: "Context", element: Element, at: int, end: int) -> list[int]:
    return [at + 1] if at < end and context.text.tokens[at].lower in element.value.split("|") else []


def _lemmas(context: "Context", element: Element, at: int, end: int) -> list[int]:
    if at >= end:
        return []
    token = context.text.tokens[at]
    return [at + 1] if {token.lower, *token.lemmas} & set(element.value.split("|")) else []


def _mentions(context: "Context", element: Element, at: int, end: int) -> list[int]:
    found = []
    for mention in context.mentions.at(at):
        kinds = {mention.entity.kind, mention.form, "any"} | ({"actor"} if mention.is_actor else set())
        fits = element.value in kinds or (element.value == "actor" and mention.entity.kind in ACTORS)
        if mention.first == at and mention.last <= end and fits and element.case in {"", mention.case}:
            found.append(mention.last)
    return sorted(set(found), reverse=True)


def _dates(context: "Context", _: Element, at: int, end: int) -> list[int]:
    return _stretch(context, [d.span for d in context.dates], at, end)


def _numbers(context: "Context", _: Element, at: int, end: int) -> list[int]:
    return _stretch(context, [n.span for n in context.numbers], at, end)


def _stretch(context: "Context", spans: list, at: int, end: int) -> list[int]:  # type: ignore[type-arg]
    tokens = context.text.tokens
    for span in spans:
        if at < end and span.begin == tokens[at].begin:
            last = at
            while last < end and tokens[last].end <= span.end:
                last += 1
            return [last]
    return []


MATCHERS: dict[str, Callable[["Context", Element, int, int], list[int]]] = {
    "sense": _senses, "word": _words, "lemma": _lemmas, "mention": _mentions, "date": _dates, "number": _numbers,
}  # fmt: skip
