"""Columns that followed changes as arrays of their own: what making them anew gives, in a fraction of the time."""

import numpy as np
import numpy.typing as npt

from graph.columns.arrays import Arrays, with_room
from graph.columns.columns import Columns
from graph.columns.kinds import Numbers
from graph.columns.relation import columns_of, pairs_of
from graph.columns.terms import Codes

__all__ = ["folded"]


def folded(columns: Columns) -> Arrays:
    """The arrays of columns, without terms that are in no triple any more.

    Arguments:
        columns: those that followed changes.
    """
    relations = {code: columns.relations[code] for code in columns.predicates.tolist()}
    used = np.zeros(columns.count, dtype=np.bool_)
    used[columns.predicates] = True
    for relation in relations.values():
        used[relation.by_subject[0]] = used[relation.by_object[0]] = True
    order, text, offsets = _sorted_terms(columns, used)
    ranks = np.zeros(columns.count, dtype=np.int32)
    ranks[order] = np.arange(len(order), dtype=np.int32)
    predicates = sorted(relations, key=lambda code: int(ranks[code]))
    lengths = [len(relations[code]) for code in predicates]
    begins = np.cumsum([0, *lengths], dtype=np.int64)
    arrays = [np.empty(int(begins[-1]), dtype=np.int32) for _ in range(4)]
    for code, begin, length in zip(predicates, begins.tolist(), lengths, strict=False):
        part = slice(begin, begin + length)
        relation = relations[code]
        arrays[0][part], arrays[1][part] = _renumbered(ranks, relation.by_subject)
        arrays[2][part], arrays[3][part] = _renumbered(ranks, relation.by_object)
    kinds, numbers = with_room(columns.kinds[order], columns.values[order])
    return Arrays(text, offsets, kinds, numbers, ranks[predicates], begins, *arrays)


def _renumbered(ranks: Codes, pair: tuple[Codes, Codes]) -> tuple[Codes, Codes]:
    pairs = pairs_of(ranks[pair[0]], ranks[pair[1]])
    if (pairs[1:] < pairs[:-1]).any():  # terms that came later, and so stood last
        pairs.sort()
    return columns_of(pairs)


def _sorted_terms(columns: Columns, used: npt.NDArray[np.bool_]) -> tuple[Numbers, npt.NDArray[np.uint8], Numbers]:
    """The codes in use in the order of their notations, and these, each behind the other, and where it begins."""
    terms = columns.terms
    first = np.flatnonzero(used[: terms.first])
    come = sorted((terms.notations(np.array([code], dtype=np.int32))[0].encode(), code)
                  for code in (terms.first + np.flatnonzero(used[terms.first :])).tolist())  # fmt: skip
    text, offsets = _kept(terms.text, terms.offsets, used[: terms.first])
    places = np.searchsorted(first, [terms.place(notation) for notation, _ in come])
    order = np.insert(first, places, [code for _, code in come])
    letters = np.frombuffer(b"".join(notation for notation, _ in come), dtype=np.uint8)
    lengths = np.array([len(notation) for notation, _ in come], dtype=np.int64)
    all_lengths = np.insert(np.diff(offsets), places, lengths)
    whole = np.insert(text, np.repeat(offsets[places], lengths), letters)
    return order, whole, np.concatenate(([0], np.cumsum(all_lengths)))


def _kept(
    text: npt.NDArray[np.uint8], offsets: Numbers, wanted: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.uint8], Numbers]:
    """Of texts one behind the other, those that are wanted."""
    if wanted.all():
        return text, offsets
    lengths = np.diff(offsets)
    return text[np.repeat(wanted, lengths)], np.concatenate(([0], np.cumsum(lengths[wanted])))
