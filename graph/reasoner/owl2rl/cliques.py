"""Equality as an equivalence: joining owl:sameAs with itself makes n³ matches of n things that are the same.

The pairs are edges of a graph; the things of one connected component are the same, each as each other, which is what
eq-sym and eq-trans conclude. Components are found by giving each thing the least label among its neighbours until
nothing changes, with pointer jumping (Shiloach and Vishkin, "An O(log n) parallel connectivity algorithm", 1982).
"""

import numpy as np
import numpy.typing as npt

__all__ = ["BY_CLIQUES", "REPLACING", "cliques", "same_pairs"]

Codes = npt.NDArray[np.int64]

BY_CLIQUES = frozenset({"eq-sym", "eq-trans"})
"""The rules whose conclusions are drawn here."""

REPLACING = frozenset({"eq-rep-s", "eq-rep-o"})
"""The rules that conclude the same once more where they replace in owl:sameAs itself."""


def same_pairs(one: Codes, other: Codes, value_of_one: Codes, value_of_other: Codes) -> tuple[Codes, Codes]:
    """All pairs of different things that are the same.

    Arguments:
        one, other: what is said to be the same.
        value_of_one, value_of_other: the same, but for literals of equal value one code.
    """
    things, label = cliques(one, other, value_of_one, value_of_other)
    order = np.argsort(label, kind="stable")
    starts = np.flatnonzero(np.diff(label[order], prepend=-1))
    sizes = np.diff(np.append(starts, len(order)))
    size = np.repeat(sizes, sizes)
    start = np.repeat(starts, sizes)
    rows = np.repeat(np.arange(len(order)), size)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(size) - size, size)
    return things[order[rows]], things[order[start[rows] + within]]


def cliques(one: Codes, other: Codes, value_of_one: Codes, value_of_other: Codes) -> tuple[Codes, Codes]:
    """The things, each once, and for each a number that all things that are the same have in common.

    Arguments:
        one, other: what is said to be the same.
        value_of_one, value_of_other: the same, but for literals of equal value one code.
    """
    things, first = np.unique(np.concatenate((one, other)), return_index=True)
    values = np.concatenate((value_of_one, value_of_other))[first]
    _, of_value = np.unique(values, return_inverse=True)
    places = np.searchsorted(things, np.concatenate((one, other)))
    nodes = of_value[places]
    label = _components(nodes[: len(one)], nodes[len(one) :], int(of_value.max(initial=-1)) + 1)[of_value]
    return things, label


def _components(one: Codes, other: Codes, count: int) -> Codes:
    """For each of `count` nodes the least node of its component."""
    label = np.arange(count)
    while True:
        before = label.copy()
        least = np.minimum(label[one], label[other])
        np.minimum.at(label, label[one], least)
        np.minimum.at(label, label[other], least)
        while not np.array_equal(label, label[label]):
            label = label[label]
        if np.array_equal(label, before):
            return label
