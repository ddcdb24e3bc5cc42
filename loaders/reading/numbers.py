"""Numbers in digits and in words, with what the text says of their precision.

The grammar is common to all languages: digits in groups, words that add up ("двести сорок"), words that multiply
("полторы тысячи", "145 млн"), bounds before or after them ("более чем с 40 странами"). Its words are a language's
`numbers.toml`. Method: greedy longest match from left to right over words and signs.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from loaders.reading.facts import Bound, Span
from loaders.reading.layout import Placed, layout
from loaders.reading.number_words import Multiplier, NumberWords, number_words

_LONGEST_PHRASE = 4


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


@dataclass(frozen=True, slots=True)
class _Atom:
    text: str
    begin: int
    end: int
    digits: bool
    word: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """A number between two atoms: `first` up to, not including, `last`."""

    first: int
    last: int
    value: Decimal
    ordinal: bool
    digits: bool
    scaled: bool


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
    return list(_Finder(words, laid.folded, laid.offset, taken).mentions())


class _Finder:
    """One pass over one text."""

    def __init__(self, words: NumberWords, text: str, offset: int, taken: Sequence[Span]) -> None:
        self.words = words
        self.text = text
        self.offset = offset
        self.atoms = [
            _Atom(match.group(), match.start(), match.end(), match.lastgroup == "digits", match.lastgroup == "word")
            for match in words.lexer.finditer(text)
        ]
        self.taken = frozenset(self._atoms_in(taken))

    def _atoms_in(self, spans: Sequence[Span]) -> Iterator[int]:
        """The atoms that stretches of the text touch."""
        for span in spans:
            first = bisect_right(self.atoms, span.begin - self.offset, key=lambda atom: atom.end)
            yield from range(first, bisect_left(self.atoms, span.end - self.offset, key=lambda atom: atom.begin))

    def mentions(self) -> Iterator[NumberMention]:
        position = 0
        while position < len(self.atoms):
            found = self.number(position)
            if found is None:
                position += 1
                continue
            mention, position = self.mention(found)
            if mention is not None:
                yield mention

    def number(self, first: int) -> _Found | None:
        """The longest number that begins at an atom."""
        atom = self.atoms[first]
        if first in self.taken:
            return None
        if atom.digits:
            return self.in_digits(first)
        return self.in_words(first)

    def in_digits(self, first: int) -> _Found | None:
        atom = self.atoms[first]
        before = self.text[atom.begin - 1] if atom.begin else " "
        after = self.text[atom.end : atom.end + 1] or " "
        if before.isalnum() or before in "_./:" or self.follows_hyphenated_word(first):
            return None
        previous = self.atoms[first - 1] if first else None
        if previous is not None and previous.text in self.words.number_signs and not previous.digits:
            return None
        if after.isalpha() or after in ":/_" or (after == "." and self.text[atom.end + 1 : atom.end + 2].isdigit()):
            return None
        value = _decimal(atom.text, self.words)
        ending = self.atoms[first + 2] if self.glued(first + 1) and self.glued(first + 2) else None
        if ending is not None and self.atoms[first + 1].text in self.words.dashes and ending.word:
            if ending.text in self.words.ordinal_endings:
                return _Found(first, first + 3, value, ordinal=True, digits=True, scaled=False)
            if ending.text not in self.words.cardinal_endings:
                return None
            return _Found(first, first + 3, value, ordinal=False, digits=True, scaled=False)
        return self.scaled(first, first + 1, value)

    def scaled(self, first: int, last: int, value: Decimal) -> _Found:
        """Digits with the half and the multipliers that follow them ("5 млн 300 тыс.")."""
        total, group, scaled = Decimal(0), value, False
        last, half = self.halved(last)
        group += half
        smallest: Decimal | None = None
        while (multiplier := self.multiplier(last)) and (smallest is None or multiplier.value < smallest):
            total += group * multiplier.value
            smallest, scaled, group = multiplier.value, True, Decimal(0)
            last += 1
            if self.apart(last) and self.atoms[last].digits and not self.glued(last + 1):
                rest = _decimal(self.atoms[last].text, self.words)
                if rest >= smallest or not (self.multiplier(last + 1) or smallest == 1000):
                    break
                group = rest
                last += 1
            else:
                break
        return _Found(first, last, total + group, ordinal=False, digits=True, scaled=scaled)

    def in_words(self, first: int) -> _Found | None:
        total, scaled, ordinal = Decimal(0), False, False
        group: Decimal | None = None
        smallest: Decimal | None = None
        last = first
        if self.atoms[first].text not in self.words.first or self.follows_hyphenated_word(first):
            return None
        while last < len(self.atoms) and (last == first or self.apart(last)):
            word = self.atoms[last].text
            value = self.words.cardinals.get(word)
            multiplier = self.words.multipliers.get(word)
            if value is not None and (group is None or _fits(group, value, self.words.lowest_ten)):
                group = (group or Decimal(0)) + value
                if self.hyphenated_unit(last, value):
                    last += 1  # "sixty-three": on to the word after the hyphen
                    word = self.atoms[last + 1].text
                    group += self.words.cardinals.get(word) or self.words.ordinals[word]
                    last += 1
                    if word not in self.words.cardinals:
                        last, ordinal = last + 1, True
                        break
            elif (place := self.words.ordinals.get(word)) is not None and (
                group is None or _fits(group, place, self.words.lowest_ten)
            ):
                group, ordinal = (group or Decimal(0)) + place, True
                last += 1
                break
            elif multiplier and group is None and last == first:
                if not (multiplier.alone or (multiplier.after_bound and self.bound_before(first))):
                    return None
                total, smallest, scaled = multiplier.value, multiplier.value, True
            elif multiplier and group is not None and (smallest is None or multiplier.value < smallest):
                total += group * multiplier.value
                group, smallest, scaled = None, multiplier.value, True
            else:
                end, half = self.halved(last)
                if group is None or end == last:
                    break
                group += half
                last = end
                continue
            last += 1
        if last == first or self.part_of_compound(last - 1):
            return None
        return _Found(first, last, total + (group or Decimal(0)), ordinal=ordinal, digits=False, scaled=scaled)

    def hyphenated_unit(self, position: int, tens: Decimal) -> bool:
        """Whether a hyphen ties a unit to a word of tens: "sixty-three", "twenty-first"."""
        if tens % 10 or not 10 < tens < 100 or position + 2 >= len(self.atoms):
            return False
        word = self.atoms[position + 2].text
        unit = self.words.cardinals.get(word) or self.words.ordinals.get(word)
        tied = self.atoms[position + 1].text == "-" and self.glued(position + 1) and self.glued(position + 2)
        return tied and unit is not None and 0 < unit < 10

    def mention(self, found: _Found) -> tuple[NumberMention | None, int]:
        """A number with its bound, its range and its unit, and the atom after it."""
        words = self.words
        signed = found.first - (self.units(self.text_at(found.first - 1)) == "money")
        bound, begin = self.bound_before(signed) or ("exact", self.atoms[found.first].begin)
        last, upper = found.last, None
        if other := self.other_end(found):
            last, upper, bound = other.last, other.value, "about"
        elif bound == "exact":
            for length in range(_LONGEST_PHRASE, 0, -1):
                said = words.after.get(self.following(last, length))
                if said:
                    bound, last = said, last + length
                    break
        if found.value in words.indefinite[0] and self.text_at(last) in words.indefinite[1]:
            return None, last
        number_end = self.atoms[(other or found).last - 1].end
        unit, end = (None, self.atoms[last - 1].end) if found.ordinal else self.unit(found, last)
        value = found.value
        if self.units(self.text_at(found.first - 1)) == "money":
            begin = min(begin, self.atoms[found.first - 1].begin)
        mention = NumberMention(
            span=self.span(self.atoms[found.first].begin, number_end),
            phrase=self.span(begin, max(end, self.atoms[last - 1].end)),
            value=_plain(value),
            upper=None if upper is None else _plain(upper),
            bound=bound,
            ordinal=found.ordinal,
            year_like=found.digits
            and not found.scaled
            and (unit is None or unit[1] == "time")
            and len(self.atoms[found.first].text) == 4
            and 1900 <= value < 2100,
            digits=found.digits,
            unit=unit[0] if unit else None,
            unit_class=unit[1] if unit else None,
        )
        return mention, last

    def other_end(self, found: _Found) -> _Found | None:
        """The upper end, if the number is the lower end of a range."""
        if found.last + 1 >= len(self.atoms):
            return None
        link = self.atoms[found.last].text
        before = self.text_at(found.first - 1)
        dashed = link in self.words.dashes and self.glued(found.last) and self.glued(found.last + 1)
        if not dashed and (before, link) not in self.words.ranges:
            return None
        atom = self.atoms[found.last + 1]
        if atom.digits:
            other: _Found | None = self.scaled(found.last + 1, found.last + 2, _decimal(atom.text, self.words))
        else:
            other = self.in_words(found.last + 1) if not dashed else self.one_word(found.last + 1)
        return other if other and other.value > found.value and not other.ordinal else None

    def one_word(self, position: int) -> _Found | None:
        value = self.words.cardinals.get(self.atoms[position].text)
        if value is None:
            return None
        return _Found(position, position + 1, value, ordinal=False, digits=False, scaled=False)

    def bound_before(self, first: int) -> tuple[Bound, int] | None:
        """What is said of a number before it, and where that begins."""
        end = first
        if first and self.apart(first) and self.atoms[first - 1].text in self.words.between:
            end = first - 1
        for stop in {first: None, end: None}:
            for length in range(_LONGEST_PHRASE, 0, -1):
                phrase = self.preceding(stop, length)
                bound = self.words.before.get(phrase)
                if bound is None:
                    continue
                signed = self.units(self.atoms[first].text) == "money" and first + 1 < len(self.atoms)
                if phrase[0] in self.words.weak and length == 1 and not self.atoms[first + signed].digits:
                    continue
                return bound, self.atoms[stop - length].begin
        return None

    def unit(self, found: _Found, last: int) -> tuple[tuple[str, str] | None, int]:
        """The unit after a number, or the sign of a currency before it, and where the unit ends."""
        before = self.atoms[found.first - 1] if found.first else None
        if before is not None and not before.word and self.units(before.text) == "money":
            return self.words.units[before.text], self.atoms[last - 1].end
        for position in (last, last + 1, last + 2):
            if position >= len(self.atoms) or "\n" in self.text[self.atoms[last - 1].end : self.atoms[position].begin]:
                break
            word = self.atoms[position].text
            # An adjective may stand before a currency ("американских долларов"), a point after a shortened multiplier.
            if word in self.words.units and (position == last or self.units(word) == "money" or self.dot(last)):
                return self.words.units[word], self.atoms[position].end
            if not self.atoms[position].word and not (position == last and self.dot(last)):
                break
        return None, self.atoms[last - 1].end

    def units(self, word: str) -> str | None:
        return self.words.units[word][1] if word in self.words.units else None

    def dot(self, position: int) -> bool:
        return (
            position < len(self.atoms)
            and self.atoms[position].text == "."
            and f"{self.atoms[position - 1].text}." in self.words.multipliers
        )

    def multiplier(self, position: int) -> Multiplier | None:
        return self.words.multipliers.get(self.atoms[position].text) if self.apart(position) else None

    def halved(self, position: int) -> tuple[int, Decimal]:
        for phrase, value in self.words.half.items():
            if self.following(position, len(phrase)) == phrase:
                return position + len(phrase), value
        return position, Decimal(0)

    def follows_hyphenated_word(self, position: int) -> bool:
        """Whether a hyphen ties it to a word before it ("АрМИ-2022")."""
        return (
            position >= 2
            and self.glued(position)
            and self.glued(position - 1)
            and self.atoms[position - 1].text == "-"
            and self.atoms[position - 2].word
            and self.atoms[position - 2].text not in self.words.cardinals
        )

    def part_of_compound(self, position: int) -> bool:
        """Whether a hyphen ties it to a word after it that is no number."""
        return (
            self.glued(position + 1)
            and self.glued(position + 2)
            and self.atoms[position + 1].text == "-"
            and self.atoms[position + 2].text not in self.words.cardinals
        )

    def glued(self, position: int) -> bool:
        return 0 < position < len(self.atoms) and self.atoms[position - 1].end == self.atoms[position].begin

    def apart(self, position: int) -> bool:
        """Whether exactly one blank parts an atom from the one before it."""
        if not 0 < position < len(self.atoms):
            return False
        return self.text[self.atoms[position - 1].end : self.atoms[position].begin] == " "

    def text_at(self, position: int) -> str:
        return self.atoms[position].text if 0 <= position < len(self.atoms) else ""

    def preceding(self, stop: int, length: int) -> tuple[str, ...]:
        return tuple(atom.text for atom in self.atoms[stop - length : stop]) if stop >= length else ()

    def following(self, start: int, length: int) -> tuple[str, ...]:
        atoms = self.atoms[start : start + length]
        return tuple(atom.text for atom in atoms) if len(atoms) == length else ()

    def span(self, begin: int, end: int) -> Span:
        return Span(begin + self.offset, end + self.offset)


def _plain(value: Decimal) -> Decimal:
    """The same number without empty decimals."""
    whole = value.to_integral_value()
    return whole if whole == value else value


def _decimal(text: str, words: NumberWords) -> Decimal:
    return Decimal("".join("." if c == words.decimal else c for c in text if c.isdigit() or c == words.decimal))


def _fits(group: Decimal, value: Decimal, lowest_ten: int) -> bool:
    """Whether a number word can follow others: 20 + 5 and 200 + 40 can, 5 + 10 and 15 + 3 cannot.

    `lowest_ten`: from which ten on the units follow as words of their own: 20 in "twenty-five", 10 in «он бес».
    """
    if group != group.to_integral_value() or value < 1:
        return False
    if group % 100 == 0:
        return group > 0 and value < 100
    return group % 10 == 0 and lowest_ten <= group % 100 <= 90 and value < 10
