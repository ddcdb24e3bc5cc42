"""The triples of one predicate as sorted columns."""

import numpy as np
import numpy.typing as npt

from graph.columns.kinds import Numbers
from graph.columns.terms import Codes

__all__ = ["NO_PAIRS", "Pairs", "Relation", "columns_of", "packed", "pairs_of"]

Pairs = Numbers
"""Pairs of codes, packed as one number each (the first above the second), distinct and sorted."""

NO_PAIRS: Pairs = np.empty(0, dtype=np.int64)
_BITS = 32
_MANY = 5_000
"""Up to so many changes copying what lies between them is several times faster than going through masks."""

_SECOND = (1 << _BITS) - 1


class Relation:
    """Subjects and objects of one predicate. What has changed is worked in when somebody looks.

    Arguments:
        by_subject: subjects and objects, sorted by subject and then by object.
        by_object: objects and subjects, sorted by object and then by subject.
        come: pairs of subject and object that are there besides.
        gone: pairs that are not there any more, if they have not come again.
    """

    def __init__(
        self,
        by_subject: tuple[Codes, Codes],
        by_object: tuple[Codes, Codes],
        come: Pairs = NO_PAIRS,
        gone: Pairs = NO_PAIRS,
    ) -> None:
        self._began_with = by_subject, by_object
        self._come, self._gone = come, gone
        changed = bool(len(come) or len(gone))
        self._by_subject = None if changed else by_subject
        self._by_object = None if changed else by_object

    def __len__(self) -> int:
        return len(self.by_subject[0])

    def __bool__(self) -> bool:
        """Whether there are any; mostly known without working in what has changed."""
        return len(self._gone) < max(len(self._come), len(self._began_with[0][0])) or len(self) > 0

    @property
    def by_subject(self) -> tuple[Codes, Codes]:
        """Subjects and objects, sorted by subject and then by object, without duplicates."""
        if self._by_subject is None:
            self._by_subject = _changed(self._began_with[0], self._come, self._gone)
        return self._by_subject

    @property
    def by_object(self) -> tuple[Codes, Codes]:
        """Objects and subjects, sorted by object and then by subject, without duplicates."""
        if self._by_object is None:
            self._by_object = _changed(self._began_with[1], _turned(self._come), _turned(self._gone))
        return self._by_object

    def followed(self, come: Pairs, gone: Pairs) -> "Relation":
        """The relation after a change: what goes, goes first.

        Arguments:
            come: pairs of subject and object that come.
            gone: pairs that go.
        """
        kept = np.setdiff1d(self._come, gone, assume_unique=True)
        return Relation(*self._began_with, np.union1d(kept, come), np.union1d(self._gone, gone))


def packed(first: int, second: int) -> int:
    """A pair of codes as one number."""
    return first << _BITS | second


def pairs_of(first: Codes, second: Codes) -> Numbers:
    """Two columns as one."""
    pairs: Numbers = (first.astype(np.int64) << _BITS) | second
    return pairs


def columns_of(pairs: Pairs) -> tuple[Codes, Codes]:
    """Pairs as two columns that nobody may change."""
    return _unchanging((pairs >> _BITS).astype(np.int32)), _unchanging((pairs & _SECOND).astype(np.int32))


def _turned(pairs: Pairs) -> Pairs:
    """The pairs with their parts exchanged."""
    return np.sort(((pairs & _SECOND) << _BITS) | (pairs >> _BITS))


def _changed(columns: tuple[Codes, Codes], come: Pairs, gone: Pairs) -> tuple[Codes, Codes]:
    going, there = _places(columns, np.setdiff1d(gone, come, assume_unique=True))
    going = going[there]
    coming, there = _places(columns, come)
    first, second = (
        _unchanging(_spliced(column, going, coming[~there], new[~there]))
        for column, new in zip(columns, columns_of(come), strict=True)
    )
    return first, second


def _spliced(column: Codes, going: Numbers, coming: Numbers, new: Codes) -> Codes:
    """A column without what is at some places, and with something new before others.

    Arguments:
        column: the column.
        going: the places of what goes, sorted.
        coming: the places before which something comes, sorted.
        new: what comes.
    """
    if len(going) + len(coming) > _MANY:
        return np.insert(np.delete(column, going), coming - np.searchsorted(going, coming), new)
    places = np.concatenate((coming, going))
    parts, done = [], 0
    for step in np.argsort(places, kind="stable").tolist():  # what comes before a place, before what goes from there
        place = int(places[step])
        parts.append(column[done:place])
        if step < len(coming):
            parts.append(new[step : step + 1])
            done = place
        else:
            done = place + 1
    return np.concatenate([*parts, column[done:]])


def _places(columns: tuple[Codes, Codes], pairs: Pairs) -> tuple[Numbers, npt.NDArray[np.bool_]]:
    """Where pairs are in sorted columns, or would be, and whether they are there: a binary search for all at once."""
    first, second = columns
    wanted_first, wanted = columns_of(pairs)
    low = np.searchsorted(first, wanted_first)
    end = np.searchsorted(first, wanted_first, side="right")
    high = end.copy()
    while len(searched := np.flatnonzero(low < high)):
        middle = (low[searched] + high[searched]) // 2
        before = second[middle] < wanted[searched]
        low[searched] = np.where(before, middle + 1, low[searched])
        high[searched] = np.where(before, high[searched], middle)
    there = low < end
    there[there] = second[low[there]] == wanted[there]
    return low, there


def _unchanging(column: Codes) -> Codes:
    column.flags.writeable = False
    return column
