"""A language's number words (`loaders/<language>/numbers.toml`), in the form in which they are looked up."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from graph.errors import NotFound
from loaders.reading.facts import Bound
from loaders.reading.layout import fold

_LANGUAGES = Path(__file__).parent.parent
_BOUNDS: tuple[Bound, ...] = ("at least", "at most", "about")


@dataclass(frozen=True, slots=True)
class Multiplier:
    """A word that multiplies what stands before it, and whether it can stand alone, or alone after a bound."""

    value: Decimal
    alone: bool
    after_bound: bool


@dataclass(frozen=True)
class NumberWords:
    """A language's `numbers.toml`, in the form in which it is looked up: every key folded."""

    cardinals: Mapping[str, Decimal]
    ordinals: Mapping[str, Decimal]
    multipliers: Mapping[str, Multiplier]
    half: Mapping[tuple[str, ...], Decimal]
    before: Mapping[tuple[str, ...], Bound]
    after: Mapping[tuple[str, ...], Bound]
    weak: frozenset[str]
    after_verbs: frozenset[str]
    between: frozenset[str]
    ranges: frozenset[tuple[str, str]]
    dashes: frozenset[str]
    units: Mapping[str, tuple[str, str]]
    indefinite: tuple[frozenset[Decimal], frozenset[str]]
    cardinal_endings: frozenset[str]
    ordinal_endings: frozenset[str]
    number_signs: frozenset[str]
    lexer: re.Pattern[str]
    decimal: str
    lowest_ten: int = 20

    @cached_property
    def first(self) -> frozenset[str]:
        """The words with which a number can begin."""
        return frozenset({*self.cardinals, *self.ordinals, *self.multipliers})

    def unit_class(self, word: str) -> str | None:
        """What a word measures ("money", "share", …); None for a word that is no unit."""
        return self.units[word][1] if word in self.units else None


@cache
def number_words(language: str) -> NumberWords:
    """The number words of a language.

    Arguments:
        language: its folder under `loaders/` ("ru").

    Errors: `NotFound` if there is no `numbers.toml` for it.
    """
    path = _LANGUAGES / language / "numbers.toml"
    if not path.is_file():
        raise NotFound(f"There are no number words for the language {language!r}")
    data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    multipliers = {
        fold(form): Multiplier(
            Decimal(entry["value"]), form in entry.get("alone", ()), form in entry.get("after_bound", ())
        )
        for entry in data["multipliers"]
        for form in entry["forms"]
    }
    bounds, half, digits = data["bounds"], data.get("half", {}), data["digits"]
    group = "".join(re.escape(sign) for sign in digits["group"])
    decimal = re.escape(digits["decimal"])
    return NumberWords(
        cardinals=_by_form(data["cardinals"]),
        ordinals=_by_form(data["ordinals"].get("whole", {}))
        | {
            fold(stem + ending): Decimal(value)
            for value, stems in data["ordinals"].get("stems", {}).items()
            for stem in stems
            for ending in data["ordinals"]["endings"]
        },
        multipliers=multipliers,
        half={_phrase(text): Decimal(half["value"]) for text in half.get("phrases", ())},
        before={_phrase(text): bound for bound in _BOUNDS for text in bounds["before"].get(bound, ())},
        after={_phrase(text): bound for bound in _BOUNDS for text in bounds["after"].get(bound, ())},
        weak=frozenset(map(fold, bounds["weak"])),
        after_verbs=frozenset(map(fold, bounds.get("weak_after_verbs", ()))),
        between=frozenset(map(fold, bounds["between"])),
        ranges=frozenset((fold(start), fold(end)) for start, end in bounds["range"]),
        dashes=frozenset(bounds["dashes"]),
        units={fold(form): (unit["code"], unit["class"]) for unit in data["units"] for form in unit["forms"]},
        indefinite=(
            frozenset(map(Decimal, data["indefinite"]["values"])),
            frozenset(map(fold, data["indefinite"]["followed_by"])),
        ),
        cardinal_endings=frozenset(digits["cardinal_endings"]),
        ordinal_endings=frozenset(digits["ordinal_endings"]),
        number_signs=frozenset(digits["number_signs"]),
        lexer=re.compile(
            rf"(?P<digits>\d{{1,3}}(?:[{group}]\d{{3}})+(?!\d)(?:{decimal}\d+)?|\d+(?:{decimal}\d+)?)"
            r"|(?P<word>[^\W\d_]+)|(?P<sign>[^\w\s])"
        ),
        decimal=digits["decimal"],
        lowest_ten=int(digits.get("lowest_ten", 20)),
    )


def _by_form(table: Mapping[str, Sequence[str]]) -> dict[str, Decimal]:
    return {fold(form): Decimal(value) for value, forms in table.items() for form in forms}


def _phrase(text: str) -> tuple[str, ...]:
    return tuple(fold(text).replace("-", " - ").split())
