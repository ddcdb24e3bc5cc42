"""Russian analysis: razdel for tokens, slovnet for morphology, syntax and names, pymorphy3 for lemmas.

The models are the files inside the natasha package; the package itself is not imported, because that fails on newer
Pythons. With one thread the models run four times faster on short texts, hence OMP_NUM_THREADS before NumPy loads.
"""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import importlib.util
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from razdel import sentenize
from slovnet.bio import bio_spans

from graph.errors import MilcoopError
from loaders.reading.facts import Span
from loaders.reading.paragraphs import paragraphs
from loaders.reading.passages import passages
from loaders.reading.text import BULLETS, AnalyzedText, NameSpan, Sentence, Token
from loaders.ru.inflection import compound_forms, is_attributive, nominative, surname
from loaders.ru.joined_clauses import forward_negations, parted
from loaders.ru.morphology import lemmas, morphology, parses
from loaders.ru.networks import Networks, Tag
from loaders.ru.person_names import full_name
from loaders.ru.relative_clauses import described
from loaders.ru.subjects import agreeing
from loaders.ru.substantives import standing_alone
from loaders.ru.tokens import tokens as tokens_of
from loaders.ru.trees import best_trees

# razdel takes the letter of «Ми-35М.» for an initial and goes on.
DESIGNATION_AT_END = re.compile(r"\d[А-ЯA-Z]{1,3}\.(?= [А-ЯЁA-Z«\"])")

LONGEST_STRETCH = 1000
"""Words in which names are looked for at once."""
LONGEST_SENTENCE = 4000
"""Characters of a sentence; a longer one is divided: what is worth parsing is shorter, and parsing takes its square."""


class ModelMissing(MilcoopError):
    """The files of the Russian models are not there."""


class RussianAnalyzer:
    """Turns a Russian text into an `AnalyzedText`. The models are loaded when it is made (about a second)."""

    language = "ru"

    def __init__(self) -> None:
        self._networks = Networks(model_folder())
        morphology()

    def lemmas(self, word: str) -> tuple[str, ...]:
        """What a word may be a form of, without context."""
        return lemmas(word)

    def words(self, phrase: str) -> tuple[str, ...]:
        """The tokens of a phrase."""
        words = phrase.split(" ")
        # Thousands of names and words are cut when a reader starts; most are letters alone, and cut by blanks.
        return tuple(words) if all(map(str.isalpha, words)) else tuple(word for _, _, word in tokens_of(phrase))

    def nominative(self, tokens: Sequence[Token], text: str) -> str:
        """A noun phrase of the text in the nominative."""
        return nominative(tokens, text)

    def compound_forms(self, adjective: str) -> tuple[str, ...]:
        """The forms of an adjective as first part of a compound («российский» → «российско»), folded."""
        return compound_forms(adjective)

    def is_attributive(self, word: str) -> bool:
        """Whether a form of an adjective can stand with a noun."""
        return is_attributive(word)

    def surname(self, tokens: Sequence[Token]) -> str:
        """The surname, in the nominative, in the name of a person."""
        return surname(tokens)

    def full_name(self, tokens: Sequence[Token], surname: str, text: str) -> str:
        """The whole name of a person, in the nominative."""
        return full_name(tokens, surname, text)

    def analyze(self, text: str) -> AnalyzedText:
        """Sentences, tokens, morphology, syntax and names of a text."""
        pieces = passages(text, list(_sentences(text)))
        words = [
            [(p[0] + begin, p[0] + end, word) for begin, end, word in tokens_of(text[p[0] : p[1]])] for p in pieces
        ]
        plain = [[w[2] for w in sentence] for sentence in words]
        tags = list(self._networks.tags(plain))
        trees = self._trees(plain, tags)
        tokens: list[Token] = []
        sentences: list[Sentence] = []
        for number, ((begin, end, paragraph), sentence, shapes, tree) in enumerate(
            zip(pieces, words, tags, trees, strict=True)
        ):
            first = len(tokens)
            heads_of_lists = {head for head, relation in tree if relation == "conj"}
            for at, ((start, stop, word), (pos, shape), (head, relation)) in enumerate(
                zip(sentence, shapes, tree, strict=True)
            ):
                feats = _checked(word, dict(shape))
                if relation == "nsubj" and head >= 0:
                    feats = agreeing(word, feats, shapes[head][1], listed=at in heads_of_lists)
                known = lemmas(word, pos, feats.get("Case", ""))
                if pos == "PRON" and SHE in known:
                    feats["Gender"] = "Fem"  # the model takes «неё» for a masculine
                above = None if head < 0 else head + first
                tokens.append(Token(len(tokens), word, start, stop, number, known, pos, feats, above, relation))
            sentences.append(Sentence(number, begin, end, first, len(tokens), paragraph))
        names = tuple(self._names(tokens, sentences))
        return AnalyzedText(text, self.language, tuple(tokens), tuple(sentences), names)

    def _names(self, tokens: Sequence[Token], sentences: Sequence[Sentence]) -> Iterator[NameSpan]:
        """The names that the model finds; it sees whole paragraphs."""
        stretches = list(_stretches(sentences))
        marked = self._networks.names([[t.text for t in tokens[first:last]] for first, last in stretches])
        for (first, last), tags in zip(stretches, marked, strict=True):
            # The words as slovnet takes them: what has a beginning, an end and a text.
            spans = bio_spans([Stretch(t.begin, t.end) for t in tokens[first:last]], tags)
            yield from (NameSpan(Span(span.start, span.stop), span.type) for span in spans)

    def _trees(self, sentences: list[list[str]], tags: list[list[Tag]]) -> Iterator[list[tuple[int, str]]]:
        """For each sentence, head (-1: none) and relation of each token.

        A semicolon, and a colon between two verbs, divide a sentence into parts that are parsed apart, the later ones
        hanging on the first as parataxis: the model, which sees the whole, ties words across them.
        """
        parts = [_parts(words, shapes) for words, shapes in zip(sentences, tags, strict=True)]
        found = self._networks.trees([part for of_one in parts for part in of_one], best_trees)
        for words, of_one, shapes in zip(sentences, parts, tags, strict=True):
            nodes: list[tuple[int, str]] = []
            for _ in of_one:
                first = len(nodes)
                heads, relations = next(found)
                nodes += [(head - 1 + first if head else -1, rel) for head, rel in zip(heads, relations, strict=True)]
            tree = standing_alone(shapes, _one_root(nodes, [pos for pos, _ in shapes]))
            yield forward_negations(words, shapes, described(words, shapes, parted(words, shapes, tree)))


SHE = "она"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where a word begins and ends, as slovnet asks."""

    start: int
    stop: int


def _stretches(sentences: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """First and last token of each paragraph, or of its parts where it is very long."""
    for _, group in groupby(sentences, key=lambda s: s.paragraph):
        first = last = -1
        for sentence in group:
            if first >= 0 and sentence.last - first > LONGEST_STRETCH:
                yield first, last
                first = -1
            first = sentence.first if first < 0 else first
            last = sentence.last
        yield first, last


def _checked(word: str, feats: dict[str, str]) -> dict[str, str]:
    """The features with a case that the word can have: the model guesses at names that it does not know."""
    case = feats.get("Case")
    if case and word[:1].isupper() and not word.isupper():
        possible = [c for _, tag, c, _ in parses(word.lower()) if c and tag in {"NOUN", "ADJF", "PRTF"}]
        if possible and case not in possible:
            feats["Case"] = possible[0]
    return feats


def _one_root(nodes: list[tuple[int, str]], pos: list[str]) -> list[tuple[int, str]]:
    """The trees of a sentence's parts as one: the roots of the later ones hang on that of the first with a verb."""
    roots = [n for n, (head, _) in enumerate(nodes) if head < 0]
    words = [n for n in roots if pos[n] != "PUNCT"] or roots
    main = next((n for n in words if pos[n] == "VERB"), words[0] if words else -1)
    tree = list(nodes)
    for root in roots:
        relation = "root" if root == main else "punct" if pos[root] == "PUNCT" else "parataxis"
        tree[root] = (-1 if root == main else main, relation)
    return tree


def _parts(words: list[str], tags: list[Tag]) -> list[list[str]]:
    """A sentence divided after a bullet, its semicolons, and a colon between two verbs, those in brackets excepted."""
    parts: list[list[str]] = [[]]
    depth = 0
    verbs = [_is_predicate(feats) for _, feats in tags]
    for n, word in enumerate(words):
        parts[-1].append(word)
        depth += (word == "(") - (word == ")")
        divides = word == ";" or (n == 0 and word in BULLETS) or (word == ":" and any(verbs[:n]) and any(verbs[n:]))
        if divides and depth <= 0 and n + 1 < len(words):
            parts.append([])
    return parts


def _is_predicate(feats: Mapping[str, str]) -> bool:
    """Whether a word is a finite verb or a short participle («намечено», «задействованы»)."""
    form = feats.get("VerbForm")
    return form == "Fin" or (form == "Part" and feats.get("Variant") == "Short")


def model_folder() -> Path:
    """Where the models lie: inside the package natasha.

    Raises:
        ModelMissing: the package is not installed.
    """
    spec = importlib.util.find_spec("natasha")
    if spec is None or not spec.submodule_search_locations:
        raise ModelMissing("the package natasha with the Russian models is not installed", hint="pip install natasha")
    return Path(next(iter(spec.submodule_search_locations))) / "data"


def _sentences(text: str) -> Iterator[tuple[int, int, int]]:
    """Begin, end and number of the paragraph of each sentence; a paragraph always ends one."""
    for paragraph, (begin, end) in enumerate(paragraphs(text)):
        for piece in sentenize(text[begin:end]):
            start = 0
            for found in DESIGNATION_AT_END.finditer(piece.text):
                yield begin + piece.start + start, begin + piece.start + found.end(), paragraph
                start = found.end() + 1
            for first, last in _divided(piece.text, start):
                yield begin + piece.start + first, begin + piece.start + last, paragraph


def _divided(text: str, begin: int) -> Iterator[tuple[int, int]]:
    """A sentence whole, or in parts at its blanks where it is very long."""
    while len(text) - begin > LONGEST_SENTENCE:
        blank = text.rfind(" ", begin, begin + LONGEST_SENTENCE)
        end = blank if blank > begin else begin + LONGEST_SENTENCE
        yield begin, end
        begin = end + (text[end] == " ")
    if text[begin:].strip():
        yield begin, len(text)
