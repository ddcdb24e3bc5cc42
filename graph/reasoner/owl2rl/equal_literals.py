"""Literals of the same value in different spellings (dt-eq), where a rule compares them.

Each literal keeps a code of its own, so that a conclusion spells a value as the premise does that it was taken from.
Where a premise asks for a literal that is already bound, all literals of the same value will do.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

__all__ = ["EqualLiterals"]

Codes = npt.NDArray[np.int64]


class EqualLiterals:
    """The pairs of different literals with the same value."""

    def __init__(self, groups: Iterable[Sequence[int]] = ()) -> None:
        """`groups`: codes of literals that have one value; those of one member say nothing."""
        pairs = sorted((one, other) for group in groups if len(group) > 1 for one in group for other in group)
        rows = np.array(pairs, dtype=np.int64).reshape(len(pairs), 2)
        self._one, self._other = rows[:, 0].copy(), rows[:, 1].copy()

    def __bool__(self) -> bool:
        return bool(len(self._one))

    @property
    def pairs(self) -> tuple[Codes, Codes]:
        """Both members of each pair of different literals, in both directions."""
        apart = self._one != self._other
        return self._one[apart], self._other[apart]

    def translated(self, codes: Mapping[int, int]) -> "EqualLiterals":
        """The pairs of those literals that have other codes, in these."""
        found = EqualLiterals()
        rows = [(codes[a], codes[b]) for a, b in zip(self._one.tolist(), self._other.tolist(), strict=True)
                if a in codes and b in codes]  # fmt: skip
        array = np.array(sorted(rows), dtype=np.int64).reshape(len(rows), 2)
        found._one, found._other = array[:, 0].copy(), array[:, 1].copy()
        return found

    def spellings(self, codes: Codes) -> tuple[Codes, Codes] | None:
        """Each code with each that equals it, itself included: places in `codes`, and codes. None if all are alone."""
        if not len(self._one):
            return None
        starts = np.searchsorted(self._one, codes)
        counts = np.searchsorted(self._one, codes, side="right") - starts
        if not counts.any():
            return None
        alone = counts == 0
        repeats = np.where(alone, 1, counts)
        rows = np.repeat(np.arange(len(codes)), repeats)
        within = np.arange(len(rows)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
        places = np.minimum(starts[rows] + within, len(self._other) - 1)
        return rows, np.where(alone[rows], codes[rows], self._other[places])

    def representatives(self, codes: Codes) -> Codes:
        """The codes, with one for all literals of a value."""
        if not len(self._one):
            return codes
        places = np.minimum(np.searchsorted(self._one, codes), len(self._one) - 1)
        return np.where(self._one[places] == codes, self._other[places], codes)

    def same(self, one: Codes, other: Codes) -> npt.NDArray[np.bool_]:
        """Which of two vectors' codes are one, or literals of one value."""
        same: npt.NDArray[np.bool_] = self.representatives(one) == self.representatives(other)
        return same
