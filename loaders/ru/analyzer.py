"""Russian analysis: razdel for tokens, slovnet for morphology, syntax and names, pymorphy3 for lemmas.

The models are the files inside the natasha package; the package itself is not imported, because that fails on newer
Pythons. With one thread the models run four times faster on short texts, hence OMP_NUM_THREADS before NumPy loads.
"""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import importlib.util
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from navec import Navec
from razdel import sentenize, tokenize
from slovnet import NER, Morph, Syntax

from graph.errors import MilcoopError
from loaders.reading.facts import Span
from loaders.reading.text import BULLETS, AnalyzedText, NameSpan, Sentence, Token
from loaders.ru.inflection import nominative, surname
from loaders.ru.morphology import lemmas, morphology, parses

LINE = re.compile(r"[^\n]+")
# razdel takes the letter of «Ми-35М.» for an initial and goes on.
DESIGNATION_AT_END = re.compile(r"\d[А-ЯA-Z]{1,3}\.(?= [А-ЯЁA-Z«\"])")


class ModelMissing(MilcoopError):
    """The files of the Russian models are not there."""


class RussianAnalyzer:
    """Turns a Russian text into an `AnalyzedText`. The models are loaded when it is made (about a second)."""

    language = "ru"

    def __init__(self) -> None:
        folder = _model_folder()
        navec = Navec.load(folder / "emb" / "navec_news_v1_1B_250K_300d_100q.tar")
        self._morph = Morph.load(folder / "model" / "slovnet_morph_news_v1.tar").navec(navec)
        self._syntax = Syntax.load(folder / "model" / "slovnet_syntax_news_v1.tar").navec(navec)
        self._ner = NER.load(folder / "model" / "slovnet_ner_news_v1.tar").navec(navec)
        morphology()

    def lemmas(self, word: str) -> tuple[str, ...]:
        """What a word may be a form of, without context."""
        return lemmas(word)

    def words(self, phrase: str) -> tuple[str, ...]:
        """The tokens of a phrase."""
        return tuple(t.text for t in tokenize(phrase))

    def nominative(self, tokens: Sequence[Token], text: str) -> str:
        """A noun phrase of the text in the nominative."""
        return nominative(tokens, text)

    def surname(self, tokens: Sequence[Token]) -> str:
        """The surname, in the nominative, in the name of a person."""
        return surname(tokens)

    def analyze(self, text: str) -> AnalyzedText:
        """Sentences, tokens, morphology, syntax and names of a text."""
        pieces = list(_sentences(text))
        words = [[(t.start + p[0], t.stop + p[0], t.text) for t in tokenize(text[p[0] : p[1]])] for p in pieces]
        plain = [[w[2] for w in sentence] for sentence in words]
        morphs: list[Any] = [m.tokens for m in self._morph.map(plain)]
        trees = self._trees(plain, morphs)
        tokens: list[Token] = []
        sentences: list[Sentence] = []
        for number, ((begin, end, paragraph), sentence, morph, tree) in enumerate(
            zip(pieces, words, morphs, trees, strict=True)
        ):
            first = len(tokens)
            for (start, stop, word), shape, (head, relation) in zip(sentence, morph, tree, strict=True):
                feats = _checked(word, dict(shape.feats))
                known = lemmas(word, shape.pos, feats.get("Case", ""))
                at = len(tokens)
                above = None if head < 0 else head + first
                tokens.append(Token(at, word, start, stop, number, known, shape.pos, feats, above, relation))
            sentences.append(Sentence(number, begin, end, first, len(tokens), paragraph))
        paragraphs = list(_paragraphs(text))
        marked = self._ner.map([text[begin:end] for begin, end in paragraphs])
        names = tuple(
            NameSpan(Span(s.start + begin, s.stop + begin), s.type)
            for (begin, _), found in zip(paragraphs, marked, strict=True)
            for s in found.spans
        )
        return AnalyzedText(text, self.language, tuple(tokens), tuple(sentences), names)

    def _trees(self, sentences: list[list[str]], morphs: list[Any]) -> Iterator[list[tuple[int, str]]]:
        """For each sentence, head (-1: none) and relation of each token.

        A semicolon, and a colon between two verbs, divide a sentence into parts that are parsed apart, the later ones
        hanging on the first as parataxis: the model, which sees the whole, ties words across them. Further roots,
        which it also gives, hang on the verb before them.
        """
        parts = [_parts(words, shapes) for words, shapes in zip(sentences, morphs, strict=True)]
        trees: Iterator[Any] = self._syntax.map([part for of_one in parts for part in of_one])
        for of_one, shapes in zip(parts, morphs, strict=True):
            nodes: list[tuple[int, str]] = []
            for _ in of_one:
                first = len(nodes)
                tree = next(trees)
                heads = _without_cycles([int(node.head_id) - 1 for node in tree.tokens])
                nodes += [
                    (head + first if head >= 0 else -1, node.rel) for node, head in zip(tree.tokens, heads, strict=True)
                ]
            yield _one_root(nodes, [shape.pos for shape in shapes])


def _checked(word: str, feats: dict[str, str]) -> dict[str, str]:
    """The features with a case that the word can have: the model guesses at names that it does not know."""
    case = feats.get("Case")
    if case and word[:1].isupper() and not word.isupper():
        possible = [c for _, tag, c, _ in parses(word.lower()) if c and tag in {"NOUN", "ADJF", "PRTF"}]
        if possible and case not in possible:
            feats["Case"] = possible[0]
    return feats


def _one_root(nodes: list[tuple[int, str]], pos: list[str]) -> list[tuple[int, str]]:
    """A tree of several roots made one: a verb hangs on the first as parataxis, all else on the verb before it."""
    roots = [n for n, (head, _) in enumerate(nodes) if head < 0]
    main = next(
        (n for n in roots if pos[n] == "VERB"), next((n for n in roots if pos[n] != "PUNCT"), roots[0] if roots else -1)
    )
    tree = list(nodes)
    for root in roots:
        if root == main:
            tree[root] = (-1, "root")
        elif pos[root] == "VERB":
            tree[root] = (main, "parataxis")
        else:
            verb = next((n for n in range(root - 1, -1, -1) if pos[n] == "VERB" and not _above(tree, root, n)), main)
            marked = any(head == root and relation == "case" for head, relation in tree)
            tree[root] = (verb, "punct" if pos[root] == "PUNCT" else "obl" if marked else "dep")
    return tree


def _above(tree: list[tuple[int, str]], node: int, other: int) -> bool:
    """Whether a node stands above another in a tree."""
    steps = 0
    while other >= 0 and steps <= len(tree):
        if other == node:
            return True
        other, steps = tree[other][0], steps + 1
    return False


def _parts(words: list[str], shapes: list[Any]) -> list[list[str]]:
    """A sentence divided after a bullet, its semicolons, and a colon between two verbs, those in brackets excepted."""
    parts: list[list[str]] = [[]]
    depth = 0
    verbs = [_is_predicate(shape) for shape in shapes]
    for n, word in enumerate(words):
        parts[-1].append(word)
        depth += (word == "(") - (word == ")")
        divides = word == ";" or (n == 0 and word in BULLETS) or (word == ":" and any(verbs[:n]) and any(verbs[n:]))
        if divides and depth <= 0 and n + 1 < len(words):
            parts.append([])
    return parts


def _is_predicate(shape: Any) -> bool:
    """Whether a word is a finite verb or a short participle («намечено», «задействованы»)."""
    form = shape.feats.get("VerbForm")
    return bool(form == "Fin" or (form == "Part" and shape.feats.get("Variant") == "Short"))


def _model_folder() -> Path:
    spec = importlib.util.find_spec("natasha")
    if spec is None or not spec.submodule_search_locations:
        raise ModelMissing("the package natasha with the Russian models is not installed", hint="pip install natasha")
    return Path(next(iter(spec.submodule_search_locations))) / "data"


def _without_cycles(heads: list[int]) -> list[int]:
    """The heads of a sentence's tokens (-1: none) with each cycle, which the model may give, cut at its first token."""
    tree = list(heads)
    for start in range(len(tree)):
        seen: set[int] = set()
        at = start
        while tree[at] >= 0:
            seen.add(at)
            if tree[at] in seen or tree[at] == at:
                tree[at] = -1
                break
            at = tree[at]
    return tree


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Begin and end of each paragraph: a line, or the lines that a width of line has broken it into."""
    begin = end = -1
    for line in LINE.finditer(text):
        if begin >= 0 and not _goes_on(text, begin, end, line.start()):
            yield begin, end
            begin = -1
        if line.group().strip():
            begin = line.start() if begin < 0 else begin
            end = line.end()
    if begin >= 0:
        yield begin, end


def _goes_on(text: str, begin: int, end: int, following: int) -> bool:
    """Whether the line that ends at `end` goes on in the next one."""
    if text[end:following] != "\n" or "|" in text[begin:end] or "\t" in text[begin:end]:
        return False
    last = text[begin:end].rstrip()[-1:]
    start = text[following : following + 80].lstrip()[:1]
    width = end - max(begin, text.rfind("\n", 0, end) + 1)
    return last not in ".!?…:;»" and (start.islower() or (width > 55 and start not in "-–—•*·"))


def _sentences(text: str) -> Iterator[tuple[int, int, int]]:
    """Begin, end and number of the paragraph of each sentence; a paragraph always ends one."""
    for paragraph, (begin, end) in enumerate(_paragraphs(text)):
        for piece in sentenize(text[begin:end]):
            start = 0
            for found in DESIGNATION_AT_END.finditer(piece.text):
                yield begin + piece.start + start, begin + piece.start + found.end(), paragraph
                start = found.end() + 1
            if piece.text[start:].strip():
                yield begin + piece.start + start, begin + piece.stop, paragraph
