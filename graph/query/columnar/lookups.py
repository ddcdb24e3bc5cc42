"""Looking up many terms at once in the columns of a predicate."""

from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from graph.columns.relation import Relation
from graph.columns.terms import Codes
from graph.query.columnar.tables import Rows, spread

__all__ = ["Direction", "is_among", "run_of"]

_FEW = 64
"""Fewer members than one for so many codes are searched one by one; of more, all codes are marked."""

_single: "WeakKeyDictionary[Relation, dict[bool, bool]]" = WeakKeyDictionary()
"""Of which relations each thing is known to have one other at most, by direction."""


class Direction:
    """A relation in one of its directions: from what it is sorted by to the others.

    Arguments:
        relation: the triples of a predicate.
        from_subject: whether it leads from subjects to objects.
    """

    def __init__(self, relation: Relation, *, from_subject: bool) -> None:
        self.keys, self.others = relation.by_subject if from_subject else relation.by_object
        self._relation = relation
        self._from_subject = from_subject

    @property
    def is_single(self) -> bool:
        """Whether each thing leads to one other at most."""
        known = _single.setdefault(self._relation, {})
        if self._from_subject not in known:
            known[self._from_subject] = bool((self.keys[1:] != self.keys[:-1]).all())
        return known[self._from_subject]

    def of(self, code: int) -> Codes:
        """Where one thing leads, sorted."""
        begin, end = run_of(self.keys, code)
        return self.others[begin:end]

    def of_many(self, codes: Codes) -> tuple[Rows, Codes]:
        """Where things lead: for each of those, the number of the thing, and where it leads."""
        begins, ends = self._runs(codes)
        if self.is_single:
            rows = np.flatnonzero(ends > begins)
            return rows, self.others[begins[rows]]
        rows, places = spread(begins, ends)
        return rows, self.others[places]

    def size_of_many(self, codes: Codes) -> int:
        """To how many others things lead."""
        begins, ends = self._runs(codes)
        return int((ends - begins).sum())

    def are_pairs(self, codes: Codes, others: Codes) -> npt.NDArray[np.bool_]:
        """Which things lead to which others: compared pair by pair."""
        low, ends = self._runs(codes)
        high = ends
        last = len(self.others) - 1
        widest = int((high - low).max()) if len(codes) else 0
        for _ in range(widest.bit_length()):  # a binary search in all runs at once
            middle = (low + high) >> 1
            is_less = (low < high) & (self.others[np.minimum(middle, last)] < others)
            low, high = np.where(is_less, middle + 1, low), np.where(is_less, high, middle)
        found: npt.NDArray[np.bool_] = (low < ends) & (self.others[np.minimum(low, last)] == others)
        return found

    def _runs(self, codes: Codes) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        begins = np.searchsorted(self.keys, codes)
        if self.is_single:
            is_there = self.keys[np.minimum(begins, len(self.keys) - 1)] == codes
            return begins, begins + is_there
        return begins, np.searchsorted(self.keys, codes, side="right")


def run_of(keys: Codes, code: int) -> tuple[int, int]:
    """Where in sorted codes one begins and ends."""
    wanted = np.int32(code)
    begin = int(np.searchsorted(keys, wanted))
    return begin, begin + int(np.searchsorted(keys[begin:], wanted, side="right"))


def is_among(codes: Codes, members: Codes, count: int) -> npt.NDArray[np.bool_]:
    """Which codes are among sorted members.

    Arguments:
        codes: them.
        members: sorted, each once.
        count: how many codes there are in all.
    """
    if not len(members):
        return np.zeros(len(codes), dtype=np.bool_)
    if len(codes) * _FEW < len(members) or (len(codes) + len(members)) * _FEW < count:
        places = np.minimum(np.searchsorted(members, codes), len(members) - 1)
        found: npt.NDArray[np.bool_] = members[places] == codes
        return found
    marked = np.zeros(count, dtype=np.bool_)
    marked[members] = True
    among: npt.NDArray[np.bool_] = marked[codes]
    return among
