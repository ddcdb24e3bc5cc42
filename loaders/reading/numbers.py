"""Numbers in digits and in words, with what the text says of their precision.

The grammar is common to all languages: digits in groups, words that add up ("двести сорок"), words that multiply
("полторы тысячи", "145 млн"), bounds before or after them ("более чем с 40 странами"). Its words are a language's
`numbers.toml`. Method: greedy longest match from left to right over words and signs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from loaders.reading.facts import Bound, Span
from loaders.reading.layout import Placed, layout
from loaders.reading.number_atoms import Atoms
from loaders.reading.number_bounds import LONGEST_PHRASE, Bounds
from loaders.reading.number_values import Found, Values, decimal_value
from loaders.reading.number_words import NumberWords, number_words


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number of a text.

    Arguments:
        span: the words or digits of the number, multiplier included ("145 млн").
        phrase: the same with bound and unit ("более 145 млн евро").
        value: the number; the lower end of a range.
        upper: the upper end of a range ("40–50"), else None.
        bound: how exact the text says it is; a range is "about".
        ordinal: whether it names a place in an order ("третий", "2-й").
        year_like: whether it looks like a year of the 20th or 21st century and has no multiplier, and no unit but time.
        digits: whether it is written in digits.
        unit: an ISO 4217 code of a currency, or the name of a measure in `numbers.toml`; None for counted things.
        unit_class: "money", "share", "time", "measure", "score"; None for counted things.
    """

    span: Span
    phrase: Span
    value: Decimal
    upper: Decimal | None = None
    bound: Bound = "exact"
    ordinal: bool = False
    year_like: bool = False
    digits: bool = False
    unit: str | None = None
    unit_class: str | None = None


def find_numbers(tokens: Sequence[Placed], language: str, taken: Sequence[Span] = ()) -> list[NumberMention]:
    """The numbers of a text, from left to right.

    Arguments:
        tokens: tokens of the text, in order.
        language: folder of the language's `numbers.toml`.
        taken: stretches in which no number is looked for, as those of dates.

    Result: mentions that do not overlap; designations ("JF-17"), scores ("5:3"), times of day and numbers inside
    compounds ("20-летие") are not among them.

    Errors: `NotFound` for a language without number words.
    """
    words = number_words(language)
    laid = layout(tokens)
    return list(_Finder(words, Atoms(words, laid.folded, laid.offset, taken)).mentions())


class _Finder:
    """One pass over one text."""

    def __init__(self, words: NumberWords, atoms: Atoms) -> None:
        self.words = words
        self.atoms = atoms
        self.bounds = Bounds(words, atoms)
        self.values = Values(words, atoms, self.bounds)

    def mentions(self) -> Iterator[NumberMention]:
        position = 0
        while position < len(self.atoms.all):
            found = self.values.number(position)
            if found is None:
                position += 1
                continue
            mention, position = self.mention(found)
            if mention is not None:
                yield mention

    def mention(self, found: Found) -> tuple[NumberMention | None, int]:
        """A number with its bound, its range and its unit, and the atom after it."""
        words = self.words
        signed = found.first - (self.words.unit_class(self.atoms.text_at(found.first - 1)) == "money")
        bound, begin = self.bounds.before(signed) or ("exact", self.atoms.all[found.first].begin)
        last, upper = found.last, None
        if other := self.other_end(found):
            last, upper, bound = other.last, other.value, "about"
        elif bound == "exact":
            for length in range(LONGEST_PHRASE, 0, -1):
                said = words.after.get(self.atoms.following(last, length))
                if said:
                    bound, last = said, last + length
                    break
        if found.value in words.indefinite[0] and self.atoms.text_at(last) in words.indefinite[1]:
            return None, last
        number_end = self.atoms.all[(other or found).last - 1].end
        unit, end = (None, self.atoms.all[last - 1].end) if found.ordinal else self.unit(found, last)
        value = found.value
        if self.words.unit_class(self.atoms.text_at(found.first - 1)) == "money":
            begin = min(begin, self.atoms.all[found.first - 1].begin)
        mention = NumberMention(
            span=self.atoms.span(self.atoms.all[found.first].begin, number_end),
            phrase=self.atoms.span(begin, max(end, self.atoms.all[last - 1].end)),
            value=_plain(value),
            upper=None if upper is None else _plain(upper),
            bound=bound,
            ordinal=found.ordinal,
            year_like=found.digits
            and not found.scaled
            and (unit is None or unit[1] == "time")
            and len(self.atoms.all[found.first].text) == 4
            and 1900 <= value < 2100,
            digits=found.digits,
            unit=unit[0] if unit else None,
            unit_class=unit[1] if unit else None,
        )
        return mention, last

    def other_end(self, found: Found) -> Found | None:
        """The upper end, if the number is the lower end of a range."""
        if found.last + 1 >= len(self.atoms.all):
            return None
        link = self.atoms.all[found.last].text
        before = self.atoms.text_at(found.first - 1)
        dashed = link in self.words.dashes and self.atoms.glued(found.last) and self.atoms.glued(found.last + 1)
        if not dashed and (before, link) not in self.words.ranges:
            return None
        atom = self.atoms.all[found.last + 1]
        if atom.digits:
            other: Found | None = self.values.scaled(
                found.last + 1, found.last + 2, decimal_value(atom.text, self.words)
            )
        else:
            other = self.values.in_words(found.last + 1) if not dashed else self.values.one_word(found.last + 1)
        return other if other and other.value > found.value and not other.ordinal else None

    def unit(self, found: Found, last: int) -> tuple[tuple[str, str] | None, int]:
        """The unit after a number, or the sign of a currency before it, and where the unit ends."""
        before = self.atoms.all[found.first - 1] if found.first else None
        if before is not None and not before.word and self.words.unit_class(before.text) == "money":
            return self.words.units[before.text], self.atoms.all[last - 1].end
        for position in (last, last + 1, last + 2):
            if (
                position >= len(self.atoms.all)
                or "\n" in self.atoms.text[self.atoms.all[last - 1].end : self.atoms.all[position].begin]
            ):
                break
            word = self.atoms.all[position].text
            # An adjective may stand before a currency ("американских долларов"), a point after a shortened multiplier.
            if word in self.words.units and (
                position == last or self.words.unit_class(word) == "money" or self.dot(last)
            ):
                return self.words.units[word], self.atoms.all[position].end
            if not self.atoms.all[position].word and not (position == last and self.dot(last)):
                break
        return None, self.atoms.all[last - 1].end

    def dot(self, position: int) -> bool:
        return (
            position < len(self.atoms.all)
            and self.atoms.all[position].text == "."
            and f"{self.atoms.all[position - 1].text}." in self.words.multipliers
        )


def _plain(value: Decimal) -> Decimal:
    """The same number without empty decimals."""
    whole = value.to_integral_value()
    return whole if whole == value else value
