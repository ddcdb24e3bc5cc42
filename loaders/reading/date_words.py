"""A language's date words and date patterns (`loaders/<language>/dates.toml`), compiled.

A pattern of the file is a regular expression with slots (`{day1} {month1}`); each slot becomes a named group of all
words that can fill it. What the slots mean is said at the head of the file.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from graph.errors import NotFound
from loaders.reading.layout import fold
from loaders.reading.number_words import number_words

_LANGUAGES = Path(__file__).parent.parent
_YEAR = r"(?:19|20)\d\d"
_SLOT = re.compile(r"\{([a-z_]+?)([12]?)\}")
_HIGHEST_COUNT = 60
_WORD = re.compile(r"[^\W\d_]+")
# Where a match can begin (see `_pattern`): at a word, a digit or a sign.
_START = re.compile(r"(?<![\w\-])(?:(?P<word>[^\W\d_]+)|\S)")
# What stands in an expression for something else than itself: the names of groups, the classes of characters.
_NOT_LITERAL = re.compile(r"\?P<\w+>|\\[dDwWsSbB]")

PatternKind = Literal["point", "range", "weekday", "shift"]
Unit = Literal["day", "week", "month", "year"]
SAME = "same"
"""The reference to the date that was spoken of before ("того же года")."""


@dataclass(frozen=True, slots=True)
class DatePattern:
    """One pattern, in the order of the file.

    Arguments:
        name: its name in the file.
        kind: what the engine makes of a match.
        regex: the compiled expression; matches folded text.
        sign: of a shift, its direction: -1, 0 or 1.
        anchored: of a shift, whether it counts from the text's own date or from the last date spoken of.
        unit: of a shift without an amount, its unit.
        lead: what the ending of its last word makes of the date, a name of `[leads]`.
    """

    name: str
    kind: PatternKind
    regex: re.Pattern[str]
    sign: int = 0
    anchored: Literal["issued", "mention"] = "issued"
    unit: Unit | None = None
    lead: str | None = None


@dataclass(frozen=True, slots=True)
class DateWords:
    """What the words of a language mean for dates; every key is folded."""

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    days: Mapping[str, int]
    day_shifts: Mapping[str, int]
    references: Mapping[str, int | str]
    units: Mapping[str, Unit]
    counts: Mapping[str, int]
    lead: re.Pattern[str]
    leads: Mapping[str, str]
    follow: re.Pattern[str] | None = None
    sources: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    bylines: frozenset[tuple[str, ...]] = frozenset()
    published: tuple[str, ...] = ()
    patterns: tuple[DatePattern, ...] = field(default=())
    by_word: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def matches(self, folded: str) -> Iterator[tuple[int, re.Match[str]]]:
        """All matches of all patterns in a folded text, each with its pattern's number; those of one pattern do not
        overlap.

        A pattern is tried only where a word stands that it contains: the tables have hundreds of words, but few of
        them stand in a sentence.
        """
        ends = [0] * len(self.patterns)
        for start in _START.finditer(folded):
            begin = start.start()
            for number in self.by_word.get(start[0], ()) if start["word"] else range(len(ends)):
                if begin >= ends[number] and (match := self.patterns[number].regex.match(folded, begin)):
                    ends[number] = match.end()
                    yield number, match


@cache
def date_languages() -> tuple[str, ...]:
    """The languages that have date patterns."""
    return tuple(sorted(path.parent.name for path in _LANGUAGES.glob("*/dates.toml")))


@cache
def date_words(language: str) -> DateWords:
    """The date words of a language.

    Arguments:
        language: its folder under `loaders/` ("ru").

    Errors: `NotFound` if there is no `dates.toml` for it.
    """
    path = _LANGUAGES / language / "dates.toml"
    if not path.is_file():
        raise NotFound(f"There are no date patterns for the language {language!r}")
    data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    counts = {
        form: int(value)
        for form, value in number_words(language).cardinals.items()
        if value == value.to_integral_value() and value <= _HIGHEST_COUNT
    }
    leads = {fold(word): name for name, words in data["leads"].items() for word in words}
    follows = {fold(word): name for name, words in data.get("follows", {}).items() for word in words}
    parts = data["words"].get("part", ())
    slots = _slots(data, counts)
    patterns = tuple(_pattern(entry, slots) for entry in data["patterns"])
    return DateWords(
        months=_inverted(data["months"]),
        weekdays=_inverted(data["weekdays"]),
        days=_inverted(data["day"].get("words", {})),
        day_shifts=_inverted(data["day_shifts"]),
        references={
            fold(form): name if name == SAME else int(name)
            for name, forms in data["references"].items()
            for form in forms
        },
        units={fold(form): unit for unit, forms in data["units"].items() for form in forms},
        counts=counts,
        lead=re.compile(rf"(?<!\w)(?P<lead>{_any(leads)})(?: {_any(parts)})? $" if leads else r"(?!)"),
        leads=leads | follows,
        follow=re.compile(rf" (?P<follow>{_any(follows)})(?!\w)") if follows else None,
        sources=frozenset(fold(word) for word in data["words"].get("source", ())),
        places=frozenset(fold(word) for word in data["words"].get("place", ())),
        published=tuple(fold(words) for words in data["words"].get("published", ())),
        bylines=frozenset(tuple(fold(words).split()) for words in data["words"].get("byline", ())),
        patterns=patterns,
        by_word=_by_word(patterns),
    )


def _by_word(patterns: Sequence[DatePattern]) -> dict[str, tuple[int, ...]]:
    """For each word that stands in patterns, their numbers."""
    found: dict[str, list[int]] = {}
    for number, pattern in enumerate(patterns):
        for word in sorted(set(_WORD.findall(_NOT_LITERAL.sub(" ", pattern.regex.pattern)))):
            found.setdefault(word, []).append(number)
    return {word: tuple(numbers) for word, numbers in found.items()}


def _inverted(table: Mapping[str, Iterable[str]]) -> dict[str, int]:
    return {fold(form): int(value) for value, forms in table.items() for form in forms}


def _any(words: Iterable[str]) -> str:
    """An expression for any of the words, the longest first."""
    return "(?:" + "|".join(re.escape(fold(word)) for word in sorted(words, key=len, reverse=True)) + ")"


def _forms(table: Mapping[str, Iterable[str]]) -> str:
    return _any(form for forms in table.values() for form in forms)


def _slots(data: Mapping[str, Any], counts: Mapping[str, int]) -> dict[str, str]:
    """What each slot stands for; `#` is where the number of the date goes."""
    year_endings, year_words = _any(data["year"]["endings"]), _any(data["year"]["words"])
    units, references = data["units"], _forms(data["references"])
    year = rf"(?P<year#>{_YEAR})"
    year_reference = rf"(?P<year_reference#>{references}) {year_words}"
    return {
        "day": rf"(?P<day#>\d{{1,2}}(?=\D)|{_forms(data['day'].get('words', {}))})(?:-{_any(data['day']['endings'])})?",
        "number_day": r"(?P<day#>\d{1,2})",
        "month": rf"(?P<month#>{_forms(data['months'])})",
        "number_month": r"(?P<number_month#>\d{1,2})",
        "bare_year": year,
        "full_year": rf"{year}(?:-{year_endings}(?: {year_words})?| ?{year_words})",
        "year": rf"(?:{year}(?:-{year_endings})?(?: ?{year_words})?|{year_reference})",
        "year_reference": year_reference,
        "reference_year": rf"(?P<year_reference#>{references})",
        "month_reference": rf"(?P<month_reference>{references}) {_any(units['month'] + data['unit_words']['month'])}",
        "week_reference": rf"(?P<week_reference>{references}) {_any(units['week'] + data['unit_words']['week'])}",
        "reference": rf"(?P<reference>{references})",
        "weekday": rf"(?P<weekday>{_forms(data['weekdays'])})",
        "day_shift": rf"(?P<day_shift>{_forms(data['day_shifts'])})",
        "amount": rf"(?:(?P<count>{_any(counts)}|\d{{1,2}}) )?(?P<unit>{_forms(units)})",
        **{name: _any(words) for name, words in data["words"].items()},
    }


def _pattern(entry: Mapping[str, Any], slots: Mapping[str, str]) -> DatePattern:
    def filled(slot: re.Match[str]) -> str:
        return slots[slot[1]].replace("#", slot[2])

    return DatePattern(
        name=entry["name"],
        kind=entry["kind"],
        regex=re.compile(rf"(?<![\w\-])(?:{_SLOT.sub(filled, entry['regex'])})(?!\w)"),
        sign=entry.get("sign", 0),
        anchored=entry.get("from", "issued"),
        unit=entry.get("unit"),
        lead=entry.get("lead"),
    )
