"""The triples of one predicate as sorted columns."""

import numpy as np
import numpy.typing as npt

from graph.columns.kinds import Numbers
from graph.columns.terms import Codes

__all__ = ["NO_PAIRS", "Pairs", "Relation", "columns_of", "pairs_of"]

Pairs = Numbers
"""Pairs of codes, packed as one number each (the first above the second), distinct and sorted."""

NO_PAIRS: Pairs = np.empty(0, dtype=np.int64)
_BITS = 32
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
        kept = _without(self._come, gone)
        return Relation(*self._began_with, np.union1d(kept, come), np.union1d(self._gone, gone))


def pairs_of(first: Codes, second: Codes) -> Numbers:
    """Two columns as one."""
    packed: Numbers = (first.astype(np.int64) << _BITS) | second
    return packed


def columns_of(pairs: Pairs) -> tuple[Codes, Codes]:
    """Pairs as two columns that nobody may change."""
    columns = (pairs >> _BITS).astype(np.int32), (pairs & _SECOND).astype(np.int32)
    for column in columns:
        column.flags.writeable = False
    return columns


def _turned(pairs: Pairs) -> Pairs:
    """The pairs with their parts exchanged."""
    return np.sort(((pairs & _SECOND) << _BITS) | (pairs >> _BITS))


def _among(pairs: Pairs, members: Pairs) -> npt.NDArray[np.bool_]:
    """Which of the pairs are among the members."""
    if not len(members):
        return np.zeros(len(pairs), dtype=np.bool_)
    places = np.minimum(np.searchsorted(members, pairs), len(members) - 1)
    found: npt.NDArray[np.bool_] = members[places] == pairs
    return found


def _without(pairs: Pairs, others: Pairs) -> Pairs:
    """The pairs that are not among others."""
    return pairs[~_among(pairs, others)] if len(others) else pairs


def _changed(columns: tuple[Codes, Codes], come: Pairs, gone: Pairs) -> tuple[Codes, Codes]:
    packed = pairs_of(*columns)
    if len(gone):
        going = gone[_among(gone, packed)]
        packed = np.delete(packed, np.searchsorted(packed, going))
    if len(come):
        coming = _without(come, packed)
        packed = np.insert(packed, np.searchsorted(packed, coming), coming)
    return columns_of(packed)
