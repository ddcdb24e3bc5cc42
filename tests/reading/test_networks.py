"""The networks of Russian give what slovnet gives, and long texts are read in parts."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from navec import Navec
from slovnet import NER, Morph

from loaders.ru.analyzer import LONGEST_SENTENCE, RussianAnalyzer, model_folder
from loaders.ru.networks import Networks, best_paths
from loaders.ru.trees import best_heads, best_trees, is_projective_tree, without_cycles

LINES = (
    "В июле 2025 года Казахстан и Турция проведут в Актау совместное учение « Ястреб » .",
    "Да .",
    "Министр обороны Даурен Косанов встретился в Астане с послом Индии .",
)
SENTENCES = [line.split() for line in LINES]


@pytest.fixture(scope="module")
def folder() -> Path:
    return model_folder()


@pytest.fixture(scope="module")
def networks(folder: Path) -> Networks:
    return Networks(folder)


@pytest.fixture(scope="module")
def navec(folder: Path) -> Navec:
    return Navec.load(folder / "emb" / "navec_news_v1_1B_250K_300d_100q.tar")


def test_tags_are_those_of_slovnet(networks: Networks, folder: Path, navec: Navec) -> None:
    model = Morph.load(folder / "model" / "slovnet_morph_news_v1.tar").navec(navec)
    theirs = [[(t.pos, t.feats) for t in markup.tokens] for markup in model.map(SENTENCES)]
    assert list(networks.tags(SENTENCES)) == theirs


def test_names_are_those_of_slovnet(networks: Networks, folder: Path, navec: Navec) -> None:
    model = NER.load(folder / "model" / "slovnet_ner_news_v1.tar").navec(navec)
    theirs = {(s.start, s.stop, s.type) for line in LINES for s in model(line).spans}
    analyzer = RussianAnalyzer()
    ours = {(n.span.begin, n.span.end, n.sort) for words in SENTENCES for n in analyzer.analyze(" ".join(words)).names}
    assert ours == theirs


def test_a_sentence_is_read_alike_alone_and_among_others(networks: Networks) -> None:
    assert list(networks.tags(SENTENCES)) == [tags for s in SENTENCES for tags in networks.tags([s])]
    together = list(networks.trees(SENTENCES, best_trees))
    assert together == [tree for s in SENTENCES for tree in networks.trees([s], best_trees)]


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 9).flatmap(lambda n: arrays(np.float64, (n, n + 1), elements=st.floats(-9, 9))))
def test_the_best_heads_are_a_tree(scores: np.ndarray) -> None:
    assert is_projective_tree(best_heads(scores))


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 9).flatmap(lambda n: arrays(np.float64, (n, n + 1), elements=st.floats(-9, 9))))
def test_without_cycles_each_word_comes_to_the_root_and_the_others_keep_their_heads(scores: np.ndarray) -> None:
    heads = scores.argmax(-1)
    free = without_cycles(heads, scores)
    for word in range(1, len(free) + 1):
        at, steps = word, 0
        while at:
            at, steps = free[at - 1], steps + 1
            assert steps <= len(free)
    assert all(a == b or b == 0 for a, b in zip(heads, free, strict=True))


@settings(max_examples=30, deadline=None)
@given(st.lists(arrays(np.float64, st.tuples(st.integers(1, 6), st.just(3)), elements=st.floats(-9, 9)), min_size=1))
def test_the_best_path_scores_no_less_than_any_other(sentences: list[np.ndarray]) -> None:
    transitions = np.array([[0.0, 1.0, -2.0], [0.5, 0.0, 1.5], [-1.0, 2.0, 0.0]])

    def score(emissions: np.ndarray, path: tuple[int, ...]) -> float:
        steps = sum(transitions[a, b] for a, b in pairwise(path))
        return float(steps + sum(emissions[n, tag] for n, tag in enumerate(path)))

    for emissions, path in zip(sentences, best_paths(sentences, transitions), strict=True):
        others = np.ndindex(*(3,) * len(emissions))
        assert score(emissions, tuple(path)) >= max(score(emissions, other) for other in others) - 1e-9


def test_a_line_without_end_is_read_in_parts() -> None:
    text = "учение " * (3 * LONGEST_SENTENCE // 7)
    analyzed = RussianAnalyzer().analyze(text)
    assert max(s.end - s.begin for s in analyzed.sentences) <= LONGEST_SENTENCE
    assert len(analyzed.tokens) == text.count("учение")
    assert all(text[t.begin : t.end] == t.text for t in analyzed.tokens)
