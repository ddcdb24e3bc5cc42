"""The terms of a graph as codes, and back."""

import numpy as np
import numpy.typing as npt

from graph.columns.kinds import Kinds, Numbers, kind_of

__all__ = ["SPARE", "Codes", "Terms", "TooManyTerms"]

Codes = npt.NDArray[np.int32]
"""Terms or parts of triples as numbers."""

SPARE = 1 << 19
"""For so many terms that come later there is room beside those that a graph began with."""


class TooManyTerms(Exception):
    """There is no room for a further term."""


class Terms:
    """Terms that codes stand for: those that a graph began with, in the order of their bytes, and others that came.

    Terms that come are seen in the same object; who knew of `n` terms goes on with those whose codes are below `n`.

    Arguments:
        text: the notations of the first terms one after the other, in UTF-8 and sorted by their bytes.
        offsets: where each of them begins, and where the last one ends.
        kinds, numbers: of each of them, with room for others (`SPARE`) that may be written to.
    """

    def __init__(self, text: npt.NDArray[np.uint8], offsets: Numbers, kinds: Kinds, numbers: Numbers) -> None:
        self.first = len(offsets) - 1
        """How many terms there were in the beginning."""
        self.text, self.offsets = text, offsets
        self._letters, self._begins = memoryview(text.data), memoryview(offsets.data)
        self._kinds, self._numbers = kinds, numbers
        self._others: list[str] = []
        self._codes: dict[str, int] = {}

    def __len__(self) -> int:
        return self.first + len(self._others)

    def place(self, notation: bytes) -> int:
        """How many of the first terms come before a notation."""
        letters, begins = self._letters, self._begins
        low, high = 0, self.first
        while low < high:
            middle = (low + high) // 2
            if letters[begins[middle] : begins[middle + 1]].tobytes() < notation:
                low = middle + 1
            else:
                high = middle
        return low

    def code(self, notation: str) -> int | None:
        """The code of a term, if it has one."""
        wanted = notation.encode(errors="surrogatepass")  # no term has one half of a pair, but a query may
        place = self.place(wanted)
        if place < self.first and self._letters[self._begins[place] : self._begins[place + 1]] == wanted:
            return place
        return self._codes.get(notation)

    def code_or_new(self, notation: str) -> int:
        """The code of a term; one that has none gets one.

        Raises:
            TooManyTerms: there is no room for it.
        """
        code = self.code(notation)
        return self._new(notation) if code is None else code

    def notations(self, codes: Codes) -> list[str]:
        """The terms of codes, in N-Triples."""
        if not self._others:
            return self._of_first(codes)
        first = codes < self.first
        told = iter(self._of_first(codes[first]))
        return [
            next(told) if is_first else self._others[code - self.first]
            for is_first, code in zip(first.tolist(), codes.tolist(), strict=True)
        ]

    def kinds(self, count: int) -> Kinds:
        """The kinds of the first `count` terms, by code."""
        kinds = self._kinds[:count]
        kinds.flags.writeable = False
        return kinds

    def numbers(self, count: int) -> Numbers:
        """The integers and dates of the first `count` terms, by code."""
        numbers = self._numbers[:count]
        numbers.flags.writeable = False
        return numbers

    def _of_first(self, codes: Codes) -> list[str]:
        text, begins, ends = self._letters, self.offsets[codes].tolist(), self.offsets[codes + 1].tolist()
        return [str(text[begin:end], "utf-8") for begin, end in zip(begins, ends, strict=True)]

    def _new(self, notation: str) -> int:
        code = len(self)
        if code >= len(self._kinds):
            raise TooManyTerms
        self._kinds[code], self._numbers[code] = kind_of(notation)
        self._others.append(notation)
        self._codes[notation] = code
        return code
