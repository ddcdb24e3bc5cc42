"""The value of a number in digits or in words, by greedy longest match from left to right."""

from dataclasses import dataclass
from decimal import Decimal

from loaders.reading.number_atoms import Atoms
from loaders.reading.number_bounds import Bounds
from loaders.reading.number_words import Multiplier, NumberWords


@dataclass(frozen=True, slots=True)
class Found:
    """A number between two atoms: `first` up to, not including, `last`."""

    first: int
    last: int
    value: Decimal
    ordinal: bool
    digits: bool
    scaled: bool


class Values:
    """The numbers of one text, without what is said of them.

    Arguments:
        words: the number words of its language.
        atoms: its words, digits and signs.
        bounds: what is said before its numbers: «около тысячи» is a number, where «тысячи» alone is none.
    """

    def __init__(self, words: NumberWords, atoms: Atoms, bounds: Bounds) -> None:
        self.words = words
        self.atoms = atoms
        self.bounds = bounds

    def number(self, first: int) -> Found | None:
        """The longest number that begins at an atom."""
        atom = self.atoms.all[first]
        if first in self.atoms.taken:
            return None
        if atom.digits:
            return self._in_digits(first)
        return self.in_words(first)

    def _in_digits(self, first: int) -> Found | None:
        atom = self.atoms.all[first]
        before = self.atoms.text[atom.begin - 1] if atom.begin else " "
        after = self.atoms.text[atom.end : atom.end + 1] or " "
        if before.isalnum() or before in "_./:" or self._follows_hyphenated_word(first):
            return None
        previous = self.atoms.all[first - 1] if first else None
        if previous is not None and previous.text in self.words.number_signs and not previous.digits:
            return None
        if (
            after.isalpha()
            or after in ":/_"
            or (after == "." and self.atoms.text[atom.end + 1 : atom.end + 2].isdigit())
        ):
            return None
        value = decimal_value(atom.text, self.words)
        ending = self.atoms.all[first + 2] if self.atoms.glued(first + 1) and self.atoms.glued(first + 2) else None
        if ending is not None and self.atoms.all[first + 1].text in self.words.dashes and ending.word:
            if ending.text in self.words.ordinal_endings:
                return Found(first, first + 3, value, ordinal=True, digits=True, scaled=False)
            if ending.text not in self.words.cardinal_endings:
                return None
            return Found(first, first + 3, value, ordinal=False, digits=True, scaled=False)
        return self.scaled(first, first + 1, value)

    def scaled(self, first: int, last: int, value: Decimal) -> Found:
        """Digits with the half and the multipliers that follow them ("5 млн 300 тыс.")."""
        total, group, scaled = Decimal(0), value, False
        last, half = self._halved(last)
        group += half
        smallest: Decimal | None = None
        while (multiplier := self._multiplier(last)) and (smallest is None or multiplier.value < smallest):
            total += group * multiplier.value
            smallest, scaled, group = multiplier.value, True, Decimal(0)
            last += 1
            if self.atoms.apart(last) and self.atoms.all[last].digits and not self.atoms.glued(last + 1):
                rest = decimal_value(self.atoms.all[last].text, self.words)
                if rest >= smallest or not (self._multiplier(last + 1) or smallest == 1000):
                    break
                group = rest
                last += 1
            else:
                break
        return Found(first, last, total + group, ordinal=False, digits=True, scaled=scaled)

    def in_words(self, first: int) -> Found | None:
        """Words that add up and multiply: «двести сорок», «полторы тысячи»."""
        total, scaled, ordinal = Decimal(0), False, False
        group: Decimal | None = None
        smallest: Decimal | None = None
        last = first
        if self.atoms.all[first].text not in self.words.first or self._follows_hyphenated_word(first):
            return None
        while last < len(self.atoms.all) and (last == first or self.atoms.apart(last)):
            word = self.atoms.all[last].text
            value = self.words.cardinals.get(word)
            multiplier = self.words.multipliers.get(word)
            if value is not None and (group is None or _fits(group, value, self.words.lowest_ten)):
                group = (group or Decimal(0)) + value
                if self._hyphenated_unit(last, value):
                    last += 1  # "sixty-three": on to the word after the hyphen
                    word = self.atoms.all[last + 1].text
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
                if not (multiplier.alone or (multiplier.after_bound and self.bounds.before(first))):
                    return None
                total, smallest, scaled = multiplier.value, multiplier.value, True
            elif multiplier and group is not None and (smallest is None or multiplier.value < smallest):
                total += group * multiplier.value
                group, smallest, scaled = None, multiplier.value, True
            else:
                end, half = self._halved(last)
                if group is None or end == last:
                    break
                group += half
                last = end
                continue
            last += 1
        if last == first or self._part_of_compound(last - 1):
            return None
        return Found(first, last, total + (group or Decimal(0)), ordinal=ordinal, digits=False, scaled=scaled)

    def _hyphenated_unit(self, position: int, tens: Decimal) -> bool:
        """Whether a hyphen ties a unit to a word of tens: "sixty-three", "twenty-first"."""
        if tens % 10 or not 10 < tens < 100 or position + 2 >= len(self.atoms.all):
            return False
        word = self.atoms.all[position + 2].text
        unit = self.words.cardinals.get(word) or self.words.ordinals.get(word)
        tied = (
            self.atoms.all[position + 1].text == "-"
            and self.atoms.glued(position + 1)
            and self.atoms.glued(position + 2)
        )
        return tied and unit is not None and 0 < unit < 10

    def one_word(self, position: int) -> Found | None:
        """A single number word."""
        value = self.words.cardinals.get(self.atoms.all[position].text)
        if value is None:
            return None
        return Found(position, position + 1, value, ordinal=False, digits=False, scaled=False)

    def _multiplier(self, position: int) -> Multiplier | None:
        return self.words.multipliers.get(self.atoms.all[position].text) if self.atoms.apart(position) else None

    def _halved(self, position: int) -> tuple[int, Decimal]:
        for phrase, value in self.words.half.items():
            if self.atoms.following(position, len(phrase)) == phrase:
                return position + len(phrase), value
        return position, Decimal(0)

    def _follows_hyphenated_word(self, position: int) -> bool:
        """Whether a hyphen ties it to a word before it ("АрМИ-2022")."""
        return (
            position >= 2
            and self.atoms.glued(position)
            and self.atoms.glued(position - 1)
            and self.atoms.all[position - 1].text == "-"
            and self.atoms.all[position - 2].word
            and self.atoms.all[position - 2].text not in self.words.cardinals
        )

    def _part_of_compound(self, position: int) -> bool:
        """Whether a hyphen ties it to a word after it that is no number."""
        return (
            self.atoms.glued(position + 1)
            and self.atoms.glued(position + 2)
            and self.atoms.all[position + 1].text == "-"
            and self.atoms.all[position + 2].text not in self.words.cardinals
        )


def decimal_value(text: str, words: NumberWords) -> Decimal:
    """What digits mean, with the language's sign of decimals."""
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
