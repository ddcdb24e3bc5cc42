"""slovnet's three networks, run together over a whole text: tags of words, scores of heads, names.

The networks are three layers of convolution over the same embeddings of words (navec) and of their shapes. slovnet runs
each over batches that it pads to their longest sentence. Here the sentences of a text stand in one row with a gap
between them, which needs no padding; the convolution is a sum of products of matrices, one for each place of its
window; and since the first layer sees words without context, what it makes of a word is computed once and kept.
The numbers are those of slovnet but for the order of addition. Source: slovnet/exec/model.py (MIT).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from navec import Navec
from numpy.typing import NDArray
from slovnet import NER, Morph, Syntax
from slovnet.conll import parse_conll_tag
from slovnet.shape import word_shape

Floats = NDArray[np.float32]
Integers = NDArray[np.int_]
Words = Sequence[str]
Tag = tuple[str, dict[str, str]]
Search = Callable[[Sequence[Floats]], Sequence[Integers]]

BLOCK = 2048
"""Words that are run at once, whole sentences: it bounds the memory that a long text takes."""
KEPT = 4096
"""Words of which the first layer's results are kept (9 KB each)."""


@dataclass(frozen=True, slots=True)
class Row:
    """Sentences in one row, a gap before, between and after them.

    Arguments:
        words: for each place of the row the word's number, that of the gap at a gap.
        shapes: the same for the shapes.
        inside: whether a word stands there.
        spans: where each sentence begins, and the place after its last word.
    """

    words: Integers
    shapes: Integers
    inside: NDArray[np.bool_]
    spans: tuple[tuple[int, int], ...]

    @property
    def gaps(self) -> list[int]:
        """The place before each sentence."""
        return [begin - 1 for begin, _ in self.spans]


class Layer:
    """A convolution with the normalisation that follows it."""

    def __init__(self, layer: Any) -> None:
        weight = np.asarray(layer.conv.weight.array, dtype=np.float32)
        self.taps = [np.ascontiguousarray(weight[:, :, n].T) for n in range(weight.shape[2])]
        self.bias = layer.conv.bias.array
        self.scale = (layer.norm.weight.array / layer.norm.std.array).astype(np.float32)
        self.shift = (layer.norm.bias.array - layer.norm.mean.array * self.scale).astype(np.float32)

    def __call__(self, row: Floats, inside: NDArray[np.bool_]) -> Floats:
        """The next layer's input; nothing stands in the gaps."""
        before, here, after = self.taps
        found = row @ here
        found[1:] += row[:-1] @ before
        found[:-1] += row[1:] @ after
        return self.normalised(found, inside)

    def normalised(self, found: Floats, inside: NDArray[np.bool_]) -> Floats:
        """The sum of the window as the next layer takes it."""
        found += self.bias
        np.maximum(found, 0, out=found)
        found *= self.scale
        found += self.shift
        found[~inside] = 0
        return found


class FirstLayers:
    """The first layers of networks that share their embeddings: of each word what the windows' places make of it.

    Arguments:
        models: the networks.
        words: how many words their vocabulary has.
    """

    def __init__(self, models: Sequence[Any], words: int) -> None:
        self.layers = [Layer(model.encoder.layers[0]) for model in models]
        self._embed = models[0].emb.word
        size = self._embed.dim
        self._weights = np.concatenate([tap[:size] for layer in self.layers for tap in layer.taps], axis=1)
        # The shapes' embeddings are each network's own.
        self._shapes = np.concatenate(
            [m.emb.shape.weight.array @ tap[size:] for m, layer in zip(models, self.layers, strict=True)
             for tap in layer.taps], axis=1,
        )  # fmt: skip
        self._kept = np.empty((KEPT, self._weights.shape[1]), dtype=np.float32)
        # By the number of the word; -1 where nothing is kept of it.
        self._places = np.full(words, -1)
        self._size = 0

    def __call__(self, network: int, row: Row, places: Integers) -> Floats:
        """The output of the first layer of a network."""
        layer = self.layers[network]
        width = len(layer.bias)
        begin = network * len(layer.taps) * width
        before, here, after = (slice(begin + n * width, begin + (n + 1) * width) for n in range(3))
        found = self._made(places, row.shapes, here)
        found[1:] += self._made(places, row.shapes, before)[:-1]
        found[:-1] += self._made(places, row.shapes, after)[1:]
        return layer.normalised(found, row.inside)

    def _made(self, places: Integers, shapes: Integers, columns: slice) -> Floats:
        made: Floats = self._kept[places, columns] + self._shapes[shapes, columns]
        return made

    def places(self, words: Integers) -> Integers:
        """Where the results of words, no more than `KEPT` different ones, are kept; those of new words are computed."""
        found: Integers = self._places[words]
        if (found < 0).any():
            new = np.unique(words[found < 0])
            if self._size + len(new) > KEPT:
                self._places[:] = -1
                self._size, new = 0, np.unique(words)
            begin, self._size = self._size, self._size + len(new)
            self._kept[begin : self._size] = self._embed(new) @ self._weights
            self._places[new] = np.arange(begin, self._size)
            found = self._places[words]
        return found


class Networks:
    """The three networks of a folder with slovnet's models.

    Arguments:
        folder: holds `emb` and `model`.
    """

    def __init__(self, folder: Path) -> None:
        navec = Navec.load(folder / "emb" / "navec_news_v1_1B_250K_300d_100q.tar")
        loaded = [
            kind.load(folder / "model" / f"slovnet_{name}_news_v1.tar").navec(navec).infer
            for kind, name in ((Morph, "morph"), (Syntax, "syntax"), (NER, "ner"))
        ]
        self._morph, self._syntax, self._ner = (infer.model for infer in loaded)
        self._layers = [[Layer(each) for each in infer.model.encoder.layers[1:]] for infer in loaded]
        self._words, self._shapes = loaded[0].encoder.words_vocab, loaded[0].encoder.shapes_vocab
        self._first = FirstLayers([infer.model for infer in loaded], len(self._words.items))
        self._tags: list[Tag] = [parse_conll_tag(tag) for tag in loaded[0].decoder.tags_vocab.items]
        self._relations: list[str] = loaded[1].decoder.rels_vocab.items
        self._names: list[str] = loaded[2].decoder.tags_vocab.items
        self._numbers = lru_cache(maxsize=50_000)(self._numbers_of)

    def tags(self, sentences: Sequence[Words]) -> Iterator[list[Tag]]:
        """For each sentence, part of speech and features of each word; the features are shared, not to be changed."""
        for row, vectors in self._encoded(0, sentences):
            best = self._morph.head.proj(vectors).argmax(-1).tolist()
            for begin, end in row.spans:
                yield [self._tags[n] for n in best[begin:end]]

    def trees(self, sentences: Sequence[Words], search: Search) -> Iterator[tuple[list[int], list[str]]]:
        """For each sentence, the head (0: the root, n: the n-th word) and the relation of each word.

        Arguments:
            sentences: their words.
            search: chooses the heads of sentences by the scores: for each word a row with the score of each head, the
                root first.
        """
        head, rel = self._syntax.head, self._syntax.rel
        for row, vectors in self._encoded(1, sentences):
            # The gap before a sentence takes its root.
            vectors[row.gaps] = head.root.array
            heads, tails = head.head(vectors) @ head.kernel.array, head.tail(vectors)
            found = search([heads[a:b] @ tails[a - 1 : b].T for a, b in row.spans])
            vectors[row.gaps] = rel.root.array
            above = np.concatenate([chosen + (a - 1) for chosen, (a, _) in zip(found, row.spans, strict=True)])
            below = np.concatenate([np.arange(a, b) for a, b in row.spans])
            named = self._named(rel.head(vectors)[above], rel.tail(vectors)[below])
            for chosen in found:
                yield chosen.tolist(), [self._relations[next(named)] for _ in chosen]

    def _named(self, above: Floats, below: Floats) -> Iterator[int]:
        kernel = self._syntax.rel.kernel.array
        scored = (above @ kernel).reshape(len(above), -1, kernel.shape[0]) @ below[:, :, None]
        return iter(scored[:, :, 0].argmax(-1).tolist())

    def names(self, sentences: Sequence[Words]) -> Iterator[list[str]]:
        """For each sentence, the tag (`B-PER`, `I-PER`, …, `O`) of each word."""
        transitions = np.asarray(self._ner.head.crf.transitions.array)
        for row, vectors in self._encoded(2, sentences):
            emissions = self._ner.head.proj(vectors)
            for path in best_paths([emissions[a:b] for a, b in row.spans], transitions):
                yield [self._names[n] for n in path]

    def _encoded(self, network: int, sentences: Sequence[Words]) -> Iterator[tuple[Row, Floats]]:
        """The sentences in rows, with the last layer's vectors of their places."""
        for block in _blocks(sentences):
            row = self._row(block)
            vectors = self._first(network, row, self._first.places(row.words))
            for layer in self._layers[network]:
                vectors = layer(vectors, row.inside)
            yield row, vectors

    def _row(self, sentences: Sequence[Words]) -> Row:
        words, shapes, spans = [self._words.pad_id], [self._shapes.pad_id], []
        for sentence in sentences:
            spans.append((len(words), len(words) + len(sentence)))
            for number, shape in map(self._numbers, sentence):
                words.append(number)
                shapes.append(shape)
            words.append(self._words.pad_id)
            shapes.append(self._shapes.pad_id)
        numbers = np.array(words)
        return Row(numbers, np.array(shapes), numbers != self._words.pad_id, tuple(spans))

    def _numbers_of(self, word: str) -> tuple[int, int]:
        """The numbers of a word and of its shape in the vocabularies."""
        return self._words.encode(word.lower()), self._shapes.encode(word_shape(word))


def _blocks(sentences: Sequence[Words]) -> Iterator[Sequence[Words]]:
    """The sentences in stretches of about `BLOCK` words."""
    begin = size = 0
    for at, words in enumerate(sentences):
        size += len(words)
        if size >= BLOCK:
            yield sentences[begin : at + 1]
            begin, size = at + 1, 0
    if begin < len(sentences):
        yield sentences[begin:]


def best_paths(sentences: Sequence[Floats], transitions: Floats) -> Iterator[list[int]]:
    """Viterbi's best sequence of tags for each sentence (A. Viterbi, Error bounds for convolutional codes, 1967).

    Arguments:
        sentences: for each word of each sentence a row with the score of each tag.
        transitions: the score of each tag after each.
    """
    order = sorted(range(len(sentences)), key=lambda n: -len(sentences[n]))
    sizes = [len(sentences[n]) for n in order]
    # By place, then by sentence: what is added at a place is one slice.
    emissions = np.zeros((sizes[0], len(order), len(transitions)), dtype=sentences[0].dtype)
    for number, n in enumerate(order):
        emissions[: sizes[number], number] = sentences[n]
    scores = emissions[0].copy()
    history: list[Integers] = []
    going = len(order)
    for at in range(1, sizes[0]):
        while sizes[going - 1] <= at:
            going -= 1
        through = scores[:going, :, None] + transitions
        history.append(through.argmax(1))
        np.add(np.maximum.reduce(through, axis=1), emissions[at, :going], out=scores[:going])
    steps = [best.tolist() for best in history]
    paths: dict[int, list[int]] = {}
    for place, (number, last) in enumerate(zip(order, scores.argmax(1).tolist(), strict=True)):
        path = [last]
        for best in reversed(steps[: sizes[place] - 1]):
            path.append(best[place][path[-1]])
        paths[number] = path[::-1]
    for number in range(len(sentences)):
        yield paths[number]
