"""Dependency trees from slovnet's scores: the best projective tree with one root, where slovnet takes each word's best.

slovnet gives each word the head with the highest score, which need not make a tree: cycles, several roots and arcs
that cross occur in a third of the sentences of news. Where that happens the best projective tree is searched for
instead (J. Eisner, Three new probabilistic models for dependency parsing, COLING 1996), over log-probabilities.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.floating[Any]]
Heads = NDArray[np.int_]

LONGEST = 150
"""Sentences of more tokens keep the head that scores highest but for cycles: the search takes cubic time."""
ONE_ROOT = 1000.0
BATCH = 8
"""Sentences that are searched at once, those of like length together."""


def best_trees(sentences: Sequence[Scores]) -> list[Heads]:
    """The heads (0: the root, n: the n-th word) of the best tree of each sentence.

    Arguments:
        sentences: for each word of each sentence a row with the score of each head, the root first.
    """
    found: list[Heads] = [scores.argmax(-1) for scores in sentences]
    faulty = [n for n, heads in enumerate(found) if len(heads) <= LONGEST and not is_projective_tree(heads)]
    faulty.sort(key=lambda n: len(found[n]))
    for begin in range(0, len(faulty), BATCH):
        batch = faulty[begin : begin + BATCH]
        for n, heads in zip(batch, _eisner([_log_softmax(sentences[n]) for n in batch]), strict=True):
            found[n] = heads
    return [h if len(h) <= LONGEST else without_cycles(h, s) for h, s in zip(found, sentences, strict=True)]


def best_heads(scores: Scores) -> Heads:
    """The heads of the best tree of one sentence; see `best_trees`."""
    return best_trees([scores])[0]


def _log_softmax(scores: Scores) -> Scores:
    shifted = scores - scores.max(-1, keepdims=True)
    logs: Scores = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return logs


def is_projective_tree(heads: Sequence[int] | Heads) -> bool:
    """Whether heads (0: the root) make a tree with one root in which no arcs cross."""
    above = np.concatenate(([0], heads))
    size = len(above)
    if np.count_nonzero(above) != size - 2:
        return False
    # As many steps up as there are words: all words must have come to the root.
    far = above
    for _ in range(size.bit_length()):
        far = far[far]
    if far.any():
        return False
    words = np.arange(1, size)
    first, last = np.minimum(words, above[1:]), np.maximum(words, above[1:])
    begins_within = (first[:, None] < first) & (first < last[:, None])
    return not (begins_within & (last[:, None] < last)).any()


def without_cycles(heads: Heads, scores: Scores) -> Heads:
    """Heads in which each word comes to the root: a cycle hangs on it by the word that loses least by that.

    Arguments:
        heads: the head of each word (0: the root).
        scores: for each word a row with the score of each head, the root first.
    """
    free = heads.copy()
    rooted = {0}
    for word in range(1, len(free) + 1):
        way: dict[int, None] = {}
        at = word
        while at not in rooted and at not in way:
            way[at] = None
            at = int(free[at - 1])
        if at not in rooted:
            passed = list(way)
            cycle = passed[passed.index(at) :]
            free[min(cycle, key=lambda w: scores[w - 1, free[w - 1]] - scores[w - 1, 0]) - 1] = 0
        rooted |= way.keys()
    return free


def _eisner(sentences: Sequence[Scores]) -> list[Heads]:
    """Eisner's search; spans of one length are computed at once, those of all sentences.

    A table holds the spans' scores by the place of their beginning and their length, or by that of their end, so that
    what makes up the spans of one length are slices of two tables. Spans that lean to the left and those that lean to
    the right are closed in the same way: an open span and a closed one. Spans beyond the end of a sentence mean
    nothing, and none of its own spans rests on them.
    """
    size = max(map(len, sentences)) + 1
    number = len(sentences)
    score = np.full((number, size, size), -np.inf)
    for table, logs in zip(score, sentences, strict=True):
        table[: len(logs) + 1, 1 : len(logs) + 1] = logs.T
    score[:, 0, 1:] -= ONE_ROOT
    # What precedes a split, by begin, and what follows it, by end: closed left and open right, open left and closed
    # right. An open span is at least one long: it stands one place before its length.
    begins, ends = np.zeros((2, number, size, size)), np.zeros((2, number, size, size))
    begins[1], ends[0] = -np.inf, -np.inf
    right_by_begin, left_by_end = np.zeros((number, size, size)), np.zeros((number, size, size))
    joins, closes = np.zeros((number, size, size), dtype=np.int_), np.zeros((2, number, size, size), dtype=np.int_)
    largest = np.maximum.reduce
    for length in range(1, size):
        first, last = np.s_[..., :-length, :], np.s_[..., length:, :]
        joined = right_by_begin[first][..., :length] + left_by_end[last][..., length - 1 :: -1]
        joins[:, :-length, length] = joined.argmax(-1)
        top = largest(joined, axis=-1)
        ends[0][last][..., length - 1] = top + score.diagonal(-length, 1, 2)
        begins[1][first][..., length - 1] = top + score.diagonal(length, 1, 2)
        closed = begins[first][..., :length] + ends[last][..., length - 1 :: -1]
        closes[..., :-length, length] = closed.argmax(-1)
        left, right = largest(closed, axis=-1)
        begins[0][first][..., length] = left_by_end[last][..., length] = left
        ends[1][last][..., length] = right_by_begin[first][..., length] = right
    return [_heads(len(logs) + 1, joins[n], *closes[:, n]) for n, logs in enumerate(sentences)]


def _heads(size: int, joins: Heads, closes_left: Heads, closes_right: Heads) -> Heads:
    """The heads that the search has chosen, read back from where it split the spans, by their begin and length."""
    heads = np.zeros(size - 1, dtype=np.int_)
    pending: list[tuple[int, int, str]] = [(0, size - 1, "right")]
    while pending:
        begin, end, sort = pending.pop()
        if begin == end:
            continue
        if sort == "right":
            middle = begin + 1 + int(closes_right[begin, end - begin])
            pending += [(begin, middle, "open right"), (middle, end, "right")]
        elif sort == "left":
            middle = begin + int(closes_left[begin, end - begin])
            pending += [(begin, middle, "left"), (middle, end, "open left")]
        else:
            head, word = (begin, end) if sort == "open right" else (end, begin)
            heads[word - 1] = head
            middle = begin + int(joins[begin, end - begin])
            pending += [(begin, middle, "right"), (middle + 1, end, "left")]
    return heads
