"""Dependency trees from slovnet's scores: the best projective tree with one root, where slovnet takes each word's best.

slovnet gives each word the head with the highest score, which need not make a tree: cycles, several roots and arcs
that cross occur in a third of the sentences of news. Where that happens the best projective tree is searched for
instead (J. Eisner, Three new probabilistic models for dependency parsing, COLING 1996), over log-probabilities.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from slovnet import Syntax

Scores = NDArray[np.float64]

LONGEST = 150
"""Sentences of more tokens keep the head that scores highest: the search takes cubic time."""
ONE_ROOT = 1000.0
BATCH = 8


class TreeParser:
    """slovnet's syntax model with a search for the best tree.

    Arguments:
        path: the model's file.
        navec: the embeddings that it was trained with.
    """

    def __init__(self, path: Path, navec: Any) -> None:
        self._infer = Syntax.load(path).navec(navec).infer

    def parse(self, sentences: Iterable[Sequence[str]]) -> Iterator[list[tuple[int, str]]]:
        """For each sentence, head (-1: the root) and relation of each token."""
        waiting = iter(sentences)
        while batch := [list(words) for words in islice(waiting, BATCH)]:
            for given in self._infer.encoder(batch):
                yield from self._trees(given, batch)

    def _trees(self, given: Any, batch: list[list[str]]) -> Iterator[list[tuple[int, str]]]:
        model = self._infer.model
        vectors = model.encoder(model.emb(given.word_id, given.shape_id), given.pad_mask)
        scores = model.head(vectors)
        heads = np.zeros(scores.shape[:2], dtype=np.int_)
        for n, words in enumerate(batch):
            size = len(words)
            heads[n, :size] = best_heads(scores[n, :size, : size + 1])
        relations = model.rel(vectors, heads).argmax(-1)
        for n, words in enumerate(batch):
            named = [self._infer.decoder.rels_vocab.decode(r) for r in relations[n, : len(words)]]
            yield [(int(head) - 1, relation) for head, relation in zip(heads[n], named, strict=False)]


def best_heads(scores: Scores) -> NDArray[np.int_]:
    """The heads (0: the root, n: the n-th word) of the best tree.

    Arguments:
        scores: for each word a row with the score of each head, the root first.
    """
    greedy = scores.argmax(-1)
    if len(greedy) > LONGEST or is_projective_tree(greedy):
        return cast("NDArray[np.int_]", greedy)
    shifted = scores - scores.max(-1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return _eisner(logs)


def is_projective_tree(heads: Sequence[int] | NDArray[np.int_]) -> bool:
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


def _eisner(logs: Scores) -> NDArray[np.int_]:
    """Eisner's search; spans of one length are computed at once."""
    size = len(logs) + 1
    score = np.full((size, size), -np.inf)
    score[:, 1:] = logs.T
    score[0, 1:] -= ONE_ROOT
    right, left = np.zeros((size, size)), np.zeros((size, size))
    open_right, open_left = np.full((size, size), -np.inf), np.full((size, size), -np.inf)
    split, split_left, split_right = (np.zeros((size, size), dtype=np.int_) for _ in range(3))
    for length in range(1, size):
        begin = np.arange(size - length)
        rows, steps = begin[:, None], np.arange(length)[None, :]
        ends = rows + length
        joined = right[rows, rows + steps] + left[rows + steps + 1, ends]
        best = joined.argmax(1)
        top = joined[begin, best]
        end = begin + length
        split[begin, end] = begin + best
        open_left[begin, end] = top + score[end, begin]
        open_right[begin, end] = top + score[begin, end]
        closed = left[rows, rows + steps] + open_left[rows + steps, ends]
        best = closed.argmax(1)
        left[begin, end], split_left[begin, end] = closed[begin, best], begin + best
        closed = open_right[rows, rows + steps + 1] + right[rows + steps + 1, ends]
        best = closed.argmax(1)
        right[begin, end], split_right[begin, end] = closed[begin, best], begin + best + 1
    return _heads(size, split, split_left, split_right)


def _heads(
    size: int, split: NDArray[np.int_], split_left: NDArray[np.int_], split_right: NDArray[np.int_]
) -> NDArray[np.int_]:
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
