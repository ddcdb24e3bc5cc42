"""Dates as precise as the text gives them: absolute, partial, ranges, and relative to the text's own date.

The words and patterns are a language's `dates.toml`; `date_resolution` says how dates rest on each other.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from loaders.reading.date_mention import DateKind, DateMention
from loaders.reading.date_resolution import Resolver
from loaders.reading.date_words import date_languages, date_words
from loaders.reading.facts import PartialDate, Span
from loaders.reading.layout import Placed, fold, layout
from loaders.reading.tense import Time

__all__ = ["DateKind", "DateMention", "Dateline", "dateline", "find_dateline", "find_dates", "find_published"]

_HEAD_LINES = 5
_HEAD = 10_000
"""Characters of a text in which these lines are looked for."""
DIGIT = re.compile(r"\d")
_HEAD_LENGTH = 400
"""Characters of a line in which a dateline is looked for."""
_LABEL_REACH = 40
"""Characters after a label of publication in which its date stands."""
_PLACE_WORDS = 6
_SOURCE_WORDS = 14
_AFTER_PLACE = ",.:;—–-|/()"
_TIME = r"\d{1,2}[:.]\d\d(?::\d\d)?"
_AFTER_DATE = re.compile(
    # what closes a date line: a sign, the time of day, a place before an agency («, Минск /Корр. …/»), or its end
    rf"\s*(?:[,|•·]?\s*(?:[^\W\d_]{{1,2}}\.?\s+)?{_TIME}\s*(?:$|[^\w\s]|[^\W\d_]+\s*$)|"
    r",\s*[^\W\d_]+(?:[- ][^\W\d_]+)?\s*[/(])|"
    r"\s*(?:$|[.—–|/)(:\-]|,\s*(?:\d{1,2}[:.]\d\d|(?:[^\W\d_]{1,3}\.\s*)?[^\W\d_]+(?:[- ][^\W\d_]+)?\.?\s*$))"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """The text's own date and its words."""

    span: Span
    date: PartialDate


def find_dates(
    tokens: Sequence[Placed],
    language: str,
    issued: PartialDate | None = None,
    time: Callable[[int], Time] | None = None,
) -> list[DateMention]:
    """The dates of a text, from left to right.

    Arguments:
        tokens: all tokens of the text, in order: a date may rest on an earlier sentence.
        language: folder of the language's `dates.toml`.
        issued: the text's own date, if known.
        time: tells of a place in the text whether its clause is told as past or as future (`Tenses.at`).

    Result: mentions that do not overlap.

    Errors: `NotFound` for a language without date patterns.
    """
    return list(Resolver(date_words(language), layout(tokens), issued, time).mentions())


def dateline(text: str, language: str | None = None) -> PartialDate | None:
    """The full date that the text itself carries at its head, as in "АСТАНА, 3 октября 2022 года."."""
    found = find_dateline(text, language)
    return found.date if found else None


def find_dateline(text: str, language: str | None = None) -> Dateline | None:
    """The dateline of a text.

    Arguments:
        text: the whole text.
        language: its language; None to try all that have date patterns.

    A dateline stands at the beginning of one of the first lines: a place or a label at most before it, and a point, a
    dash or the end of the line after it. A sentence that begins with a date is none.
    """
    languages = (language,) if language else date_languages()
    offset = 0
    lines_seen = 0
    for line in text[:_HEAD].splitlines(keepends=True):
        if line.strip():
            lines_seen += 1
            # A dateline gives the year in digits.
            for each in languages if DIGIT.search(line) else ():
                if found := _date_at_head(line, each):
                    span, date = found
                    return Dateline(Span(span.begin + offset, span.end + offset), date)
        if lines_seen == _HEAD_LINES:
            break
        offset += len(line)
    return None


def find_published(text: str, language: str) -> PartialDate | None:
    """The date after a label of publication, anywhere at the beginning of a text («Дата публикации: 6 октября 2025
    года»)."""
    folded = fold(text[:_HEAD])
    for label in date_words(language).published:
        at = folded.find(label)
        body = text[at + len(label) : at + len(label) + _LABEL_REACH] if at >= 0 else ""
        mentions = find_dates([_Whole(body, 0, len(body))], language) if body.strip() else []
        first = mentions[0] if mentions else None
        date = first.start if first is not None and first.kind == "point" and first.basis == "stated" else None
        if (
            first is not None
            and date is not None
            and date.day is not None
            and not body[: first.span.begin].strip(" :—–-")
        ):
            return date
    return None


def _date_at_head(line: str, language: str) -> tuple[Span, PartialDate] | None:
    body = line[:_HEAD_LENGTH].rstrip()
    mentions = find_dates([_Whole(body, 0, len(body))] if body else [], language)
    if not mentions or mentions[0].kind != "point" or mentions[0].basis != "stated":
        return None
    span, date = mentions[0].span, mentions[0].start
    if date is None or date.day is None:
        return None
    before, after = body[: span.begin].strip(), body[span.end :]
    signed = _is_byline(before, language)
    if (
        before
        and not signed
        and (before[-1] not in _AFTER_PLACE or not (_is_place(before, language) or _is_source(before, language)))
    ):
        return None
    # A year word that ends in a point ("2022 г.") closes the dateline by itself.
    closed = body[span.end - 1] == "." and not after.lstrip()[:1].islower()
    return (span, date) if closed or _AFTER_DATE.match(after) else None


def _is_source(words: str, language: str) -> bool:
    """Whether the words before a date name who publishes («Пресс-служба Минобороны, 30 мая 2023 года»)."""
    parts = re.findall(r"[^\W\d_]+", fold(words))
    return len(parts) <= _SOURCE_WORDS and any(part in date_words(language).sources for part in parts)


def _is_byline(words: str, language: str) -> bool:
    """Whether the words before a date say who wrote or published ("By Anna Smith in Nation on 15 October 2025")."""
    said = fold(words).split()
    openings = date_words(language).bylines
    return 0 < len(said) <= _SOURCE_WORDS and any(tuple(said[: len(o)]) == o for o in openings)


def _is_place(words: str, language: str) -> bool:
    parts = re.findall(r"[^\W\d_]+", words)
    common = date_words(language).places  # «Отар гарнизоны (Жамбыл облысы), 30 қазан»
    named = (part[0].isupper() or len(part) == 1 or fold(part) in common for part in parts)
    return len(parts) <= _PLACE_WORDS and all(named)


@dataclass(frozen=True, slots=True)
class _Whole:
    text: str
    begin: int
    end: int
