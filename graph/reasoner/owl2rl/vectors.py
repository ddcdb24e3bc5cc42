"""Sets of coded triples as sorted vectors, and the joins of rules on them.

A triple of codes below 2²¹ is one number of 63 bits, so that a set of triples is a sorted vector, each of its orders is
an index that answers lookups by binary search, and a join is a lookup for many rows at once. It beats a database while
everything fits into the processor's caches: there is nothing to plan and nothing to start.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from graph.reasoner.owl2rl.equal_literals import EqualLiterals

__all__ = [
    "BITS", "LITERALS", "Bindings", "Codes", "Slot", "Triples", "among", "distinct", "extend", "join", "pack", "unpack",
]  # fmt: skip

Codes = npt.NDArray[np.int64]
Slot = int | str
"""A place of a pattern: the code of a constant, or the name of a variable."""

BITS = 21
"""Bits of a code."""

LITERALS = 1 << (BITS - 1)
"""Codes of literals begin here."""

_MASK = (1 << BITS) - 1
_ORDERS = {"pso": (1, 0, 2), "pos": (1, 2, 0), "spo": (0, 1, 2), "osp": (2, 0, 1)}
_NONE: Codes = np.empty(0, dtype=np.int64)


def pack(first: Codes, second: Codes, third: Codes) -> Codes:
    """Three vectors of codes as one."""
    return (first << (2 * BITS)) | (second << BITS) | third


def unpack(packed: Codes) -> tuple[Codes, Codes, Codes]:
    """The three vectors of codes."""
    return packed >> (2 * BITS), (packed >> BITS) & _MASK, packed & _MASK


def distinct(packed: Iterable[Codes]) -> Codes:
    """The different numbers in several vectors, sorted. (`numpy.unique` hashes, which takes many times as long.)"""
    parts = [part for part in packed if len(part)]
    if not parts:
        return _NONE
    everything = np.sort(np.concatenate(parts))
    keep = np.empty(len(everything), dtype=np.bool_)
    keep[0] = True
    np.not_equal(everything[1:], everything[:-1], out=keep[1:])
    return everything[keep]


def among(codes: Codes, members: Codes) -> npt.NDArray[np.bool_]:
    """Which codes are among the members, which are distinct and sorted. (`numpy.isin` may hash and sort instead.)"""
    if not len(members):
        return np.zeros(len(codes), dtype=np.bool_)
    places = np.minimum(np.searchsorted(members, codes), len(members) - 1)
    found: npt.NDArray[np.bool_] = members[places] == codes
    return found


class Triples:
    """A set of triples, packed in the order predicate, subject, object."""

    def __init__(self, packed: Codes = _NONE) -> None:
        """`packed`: distinct and sorted."""
        self._orders = {"pso": packed}

    def __len__(self) -> int:
        return len(self.packed)

    @property
    def packed(self) -> Codes:
        """All triples, sorted by predicate, subject, object."""
        return self._orders["pso"]

    def ordered(self, order: str) -> Codes:
        """The triples, packed and sorted in `pso`, `pos`, `spo` or `osp`."""
        found = self._orders.get(order)
        if found is None:
            predicate, subject, value = unpack(self.packed)
            fields = (subject, predicate, value)
            found = self._orders[order] = np.sort(pack(*(fields[place] for place in _ORDERS[order])))
        return found

    def lacking(self, packed: Codes) -> Codes:
        """Those of a sorted vector that are not in the set."""
        known = self.packed
        if not len(known) or not len(packed):
            return packed
        places = np.minimum(np.searchsorted(known, packed), len(known) - 1)
        lacking: Codes = packed[known[places] != packed]
        return lacking

    def with_(self, packed: Codes) -> "Triples":
        """The set with further triples, which are not in it."""
        if not len(packed):
            return self
        return Triples(np.sort(np.concatenate((self.packed, packed)), kind="stable"))

    def has_predicate(self, predicate: int) -> bool:
        """Whether there is a triple with it."""
        start, end = np.searchsorted(self.packed, (predicate << 2 * BITS, (predicate + 1) << 2 * BITS))
        return bool(end > start)


Columns = Mapping[str, Codes]


class Bindings:
    """Solutions: a vector for each variable, all of the same length."""

    __slots__ = ("columns", "size")

    def __init__(self, columns: Columns, size: int) -> None:
        self.columns = columns
        self.size = size

    def value(self, slot: Slot) -> Codes:
        """What stands at a place of a pattern, all of whose variables are bound."""
        return np.full(self.size, slot, dtype=np.int64) if isinstance(slot, int) else self.columns[slot]

    def packed(self, pattern: Sequence[Slot]) -> Codes:
        """The triples of a pattern, packed as in `Triples.packed`; not distinct."""
        subject, predicate, value = (self.value(slot) for slot in pattern)
        return pack(predicate, subject, value)

    def where(self, keep: npt.NDArray[np.bool_]) -> "Bindings":
        """The solutions for which `keep` holds."""
        size = int(keep.sum())
        return self if size == self.size else Bindings({k: v[keep] for k, v in self.columns.items()}, size)


_Pattern = tuple[Slot, Slot, Slot]


def extend(bindings: Bindings, pattern: _Pattern, triples: Triples, equal: EqualLiterals | None = None) -> Bindings:
    """Each solution with each triple that matches the pattern under it; `equal`: literals that match each other."""
    if equal:
        for place in (0, 2):
            bindings, pattern = _respelt(bindings, pattern, place, equal)
    bound = [isinstance(slot, int) or slot in bindings.columns for slot in pattern]
    order, length = _index_for(bound)
    index = triples.ordered(order)
    fields = [pattern[place] for place in _ORDERS[order]]
    low: int | Codes = 0
    for place in range(length):
        slot = fields[place]
        code = slot if isinstance(slot, int) else bindings.columns[slot]
        low = low | (code << (BITS * (2 - place)))
    if length == 0:
        starts, counts = np.zeros(1, dtype=np.int64), np.array([len(index)])
    else:
        keys = np.atleast_1d(np.asarray(low, dtype=np.int64))
        starts = np.searchsorted(index, keys)
        counts = np.searchsorted(index, keys + (1 << (BITS * (3 - length)))) - starts
    if len(starts) == 1 != bindings.size:
        starts, counts = np.repeat(starts, bindings.size), np.repeat(counts, bindings.size)
    total = int(counts.sum())
    rows = np.repeat(np.arange(bindings.size), counts)
    ends = np.cumsum(counts)
    found = index[np.repeat(starts - ends + counts, counts) + np.arange(total)]
    columns = {name: codes[rows] for name, codes in bindings.columns.items()}
    keep: npt.NDArray[np.bool_] | None = None
    for place in range(length, 3):
        slot = fields[place]
        codes = (found >> (BITS * (2 - place))) & _MASK
        if isinstance(slot, int) or slot in columns:  # bound, but not a prefix of the order; or twice in the pattern
            alike = codes == (slot if isinstance(slot, int) else columns[slot])
            keep = alike if keep is None else keep & alike
        else:
            columns[slot] = codes
    extended = Bindings(columns, total)
    return extended if keep is None else extended.where(keep)


def _respelt(bindings: Bindings, pattern: _Pattern, place: int, equal: EqualLiterals) -> tuple[Bindings, _Pattern]:
    """Let what is bound at a place of the pattern be any literal of the same value."""
    slot = pattern[place]
    if isinstance(slot, str) and slot not in bindings.columns:
        return bindings, pattern
    if isinstance(slot, int) and slot < LITERALS:
        return bindings, pattern
    spelt = equal.spellings(bindings.value(slot))
    if spelt is None:
        return bindings, pattern
    rows, codes = spelt
    name = f"{slot} as spelt at {place}"
    columns = {other: column[rows] for other, column in bindings.columns.items()} | {name: codes}
    subject, predicate, value = (name if number == place else other for number, other in enumerate(pattern))
    return Bindings(columns, len(rows)), (subject, predicate, value)


def _index_for(bound: Sequence[bool]) -> tuple[str, int]:
    """The order in which what is bound comes first, and how many places that are."""
    subject, predicate, value = bound
    if predicate:
        if subject:
            return "pso", 2 + value
        return ("pos", 2) if value else ("pso", 1)
    if subject:
        return "spo", 1
    return ("osp", 1) if value else ("pso", 0)


def join(bindings: Bindings, columns: Columns) -> Bindings:
    """Each solution with each row of a table that has the same values under the same names."""
    size = len(next(iter(columns.values())))
    shared = [name for name in columns if name in bindings.columns]
    if not shared:
        rows, matches = np.repeat(np.arange(bindings.size), size), np.tile(np.arange(size), bindings.size)
    else:
        order = np.argsort(columns[shared[0]], kind="stable")
        keys = columns[shared[0]][order]
        wanted = bindings.columns[shared[0]]
        starts = np.searchsorted(keys, wanted)
        counts = np.searchsorted(keys, wanted, side="right") - starts
        rows = np.repeat(np.arange(bindings.size), counts)
        ends = np.cumsum(counts)
        matches = order[np.repeat(starts - ends + counts, counts) + np.arange(int(counts.sum()))]
    joined = {name: codes[rows] for name, codes in bindings.columns.items()}
    joined |= {name: codes[matches] for name, codes in columns.items() if name not in bindings.columns}
    result = Bindings(joined, len(rows))
    if len(shared) < 2:
        return result
    equal = np.ones(len(rows), dtype=np.bool_)
    for name in shared[1:]:
        equal &= joined[name] == columns[name][matches]
    return result.where(equal)
