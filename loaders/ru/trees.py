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
"""Sentences of more tokens keep the head that scores highest: the search takes cubic time."""
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
    return found


def best_heads(scores: Scores) -> Heads:
    """The heads of the best tree of one sentence; see `best_trees`."""
    return best_trees([scores])[0]


def _log_softmax(scores: Scores) -> Scores:
    shifted = scores - scores.max(-1, keepdims=True)
    logs: Scores = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return logs


def is_projective_tree(heads: Sequence[int] | Heads) -> bool:
    """Whether heads (0: the root) make a tree with one root in which no arcs cross."""
    size = len(heads)
    if sum(1 for head in heads if head == 0) != 1:
        return False
    for start in range(1, size + 1):
        at, steps = start, 0
        while at and steps <= size:
            at, steps = int(heads[at - 1]), steps + 1
        if at:
            return False
    arcs = [(min(n, int(h)), max(n, int(h))) for n, h in enumerate(heads, 1)]
    return not any(a < c < b < d for a, b in arcs for c, d in arcs)


def _eisner(sentences: Sequence[Scores]) -> list[Heads]:
    """Eisner's search; spans of one length are computed at once, those of all sentences.

    A table holds the spans' scores by the place of their beginning and their length, or by that of their end, so that
    what makes up the spans of one length are slices of two tables. Spans beyond the end of a sentence mean nothing, and
    none of its own spans rests on them.
    """
    size = max(map(len, sentences)) + 1
    shape = (len(sentences), size, size)
    score = np.full(shape, -np.inf)
    for table, logs in zip(score, sentences, strict=True):
        table[: len(logs) + 1, 1 : len(logs) + 1] = logs.T
    score[:, 0, 1:] -= ONE_ROOT
    left_by_begin, left_by_end, right_by_begin, right_by_end = (np.zeros(shape) for _ in range(4))
    open_left_by_end, open_right_by_begin = (np.full(shape, -np.inf) for _ in range(2))
    splits = tuple(np.zeros(shape, dtype=np.int_) for _ in range(3))
    for length in range(1, size):
        begin = np.arange(size - length)
        end = begin + length
        first, last = np.s_[:, :-length], np.s_[:, length:]
        joined = right_by_begin[first][..., :length] + left_by_end[last][..., length - 1 :: -1]
        splits[0][:, begin, end] = joined.argmax(-1) + begin
        top = joined.max(-1)
        open_left_by_end[last][..., length] = top + score[:, end, begin]
        open_right_by_begin[first][..., length] = top + score[:, begin, end]
        closed = left_by_begin[first][..., :length] + open_left_by_end[last][..., length:0:-1]
        splits[1][:, begin, end] = closed.argmax(-1) + begin
        left_by_begin[first][..., length] = left_by_end[last][..., length] = closed.max(-1)
        closed = open_right_by_begin[first][..., 1 : length + 1] + right_by_end[last][..., length - 1 :: -1]
        splits[2][:, begin, end] = closed.argmax(-1) + begin + 1
        right_by_begin[first][..., length] = right_by_end[last][..., length] = closed.max(-1)
    return [_heads(len(logs) + 1, *(each[n] for each in splits)) for n, logs in enumerate(sentences)]


def _heads(size: int, split: NDArray[np.int_], split_left: NDArray[np.int_], split_right: NDArray[np.int_]) -> Heads:
    """The heads that the search has chosen, read back from where it split the spans."""
    heads = np.zeros(size - 1, dtype=np.int_)
    pending: list[tuple[int, int, str]] = [(0, size - 1, "right")]
    while pending:
        begin, end, sort = pending.pop()
        if begin == end:
            continue
        if sort == "right":
            middle = int(split_right[begin, end])
            pending += [(begin, middle, "open right"), (middle, end, "right")]
        elif sort == "left":
            middle = int(split_left[begin, end])
            pending += [(begin, middle, "left"), (middle, end, "open left")]
        else:
            head, word = (begin, end) if sort == "open right" else (end, begin)
            heads[word - 1] = head
            middle = int(split[begin, end])
            pending += [(begin, middle, "right"), (middle + 1, end, "left")]
    return heads
