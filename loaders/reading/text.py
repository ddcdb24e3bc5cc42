"""A text as a reader sees it: sentences, tokens, their morphology and syntax, with offsets into the text as given.

Part of speech, features and relations are those of Universal Dependencies (universaldependencies.org); `text[t.begin:
t.end] == t.text` holds of every token. Tokens are numbered through the whole text, so that a head, a mention and a
passage all count alike.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from loaders.reading.facts import Span

CLAUSE_RELATIONS = frozenset({"root", "ccomp", "advcl", "acl", "acl:relcl", "parataxis", "csubj", "xcomp"})
"""Relations by which a predicate hangs on the rest of its sentence."""

HEADING = 120
"""A line above a list that ends without a colon is its heading up to this length."""

NUMBERED = re.compile(r"\d{1,2}[.)]")
BULLETS = frozenset({"–", "—", "-", "•", "*", "·", "▪"})


SAME_LETTER = {ord("\N{CYRILLIC SMALL LETTER IO}"): "\N{CYRILLIC SMALL LETTER IE}"}
"""Print writes both for one letter, in all languages of the script."""
SAME_SIGN = {ord("’"): "'", ord("\N{HYPHEN}"): "-", ord("\N{NON-BREAKING HYPHEN}"): "-"}
VARIANTS = SAME_LETTER | SAME_SIGN


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """The form in which words are compared: lower case, ё as е, one sort of hyphen and apostrophe."""
    return text.casefold().translate(VARIANTS)


@dataclass(frozen=True, slots=True, eq=False)
class Token:
    """A word or a sign.

    Arguments:
        index: its number in the text.
        text: as written.
        begin, end: offsets in code points.
        sentence: number of its sentence.
        lemmas: what it may be a form of, likeliest first, folded (`fold`).
        pos: part of speech (`NOUN`, `PROPN`, `VERB`, …), `""` where not analysed.
        feats: morphological features (`{"Case": "Gen", …}`).
        head: number of the token it depends on, or None for the root.
        rel: the relation to it.
        senses: names of the lexicon's word lists that it belongs to.
    """

    index: int
    text: str
    begin: int
    end: int
    sentence: int = 0
    lemmas: tuple[str, ...] = ()
    pos: str = ""
    feats: Mapping[str, str] = field(default_factory=dict)
    head: int | None = None
    rel: str = ""

    @property
    def lower(self) -> str:
        """The token folded for comparison."""
        return fold(self.text)

    @property
    def lemma(self) -> str:
        """The likeliest lemma."""
        return self.lemmas[0] if self.lemmas else self.lower

    @property
    def case(self) -> str:
        """The case (`Nom`, `Gen`, …), or `""`."""
        return self.feats.get("Case", "")

    @property
    def number(self) -> str:
        """The grammatical number (`Sing`, `Plur`), or `""`."""
        return self.feats.get("Number", "")

    @property
    def is_capitalized(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.begin, self.end)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its number, its place, and its tokens from `first` up to, not including, `last`."""

    index: int
    begin: int
    end: int
    first: int
    last: int
    paragraph: int

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.begin, self.end)


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name found by a model of names: where it stands, and `PER`, `LOC`, `ORG`, `EVENT` for what may be one, or
    `COMPANY` for one that may begin with the name of a state ("Korea Aerospace Industries")."""

    span: Span
    sort: str


@dataclass(frozen=True)
class AnalyzedText:
    """A text with its analysis.

    Arguments:
        text: the text as given.
        language: `ru`, `en` or `kk`.
        tokens: all tokens.
        sentences: all sentences.
        names: what a model took for names.
    """

    text: str
    language: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    names: tuple[NameSpan, ...] = ()

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each token, the tokens that depend on it, in the order of the text."""
        below: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head is not None:
                below[token.head].append(token.index)
        return tuple(tuple(b) for b in below)

    @cached_property
    def clauses(self) -> tuple[int, ...]:
        """For each token, the number of the predicate that heads its clause."""
        heads: list[int] = [-1] * len(self.tokens)
        for token in self.tokens:
            trail, at = [], token
            while heads[at.index] < 0 and not self._heads_clause(at) and at.index not in trail:
                trail.append(at.index)
                if at.head is None:
                    break
                at = self.tokens[at.head]
            head = heads[at.index] if heads[at.index] >= 0 else at.index
            heads[at.index] = head
            for index in trail:
                heads[index] = head
        for sentence in self.sentences:
            if not any(self._is_finite(token) for token in self.of(sentence)):
                root = next((t.index for t in self.of(sentence) if t.head is None), sentence.first)
                heads[sentence.first : sentence.last] = [root] * (sentence.last - sentence.first)
        return tuple(heads)

    @staticmethod
    def _is_finite(token: Token) -> bool:
        """Whether a token is a finite verb or a short participle; a line without one is one clause."""
        form = token.feats.get("VerbForm")
        return form == "Fin" or (form == "Part" and token.feats.get("Variant") == "Short")

    def _heads_clause(self, token: Token) -> bool:
        if token.head is None:
            return True
        relation = token.rel
        if relation in CLAUSE_RELATIONS and relation != "xcomp":
            return token.pos in {"VERB", "AUX", "ADJ", "NOUN"} and (token.pos == "VERB" or relation != "acl")
        if relation == "conj":
            head = self.tokens[token.head]
            return token.pos in {"VERB", "AUX"} and head.pos in {"VERB", "AUX"}
        return False

    def of(self, sentence: Sentence) -> tuple[Token, ...]:
        """The tokens of a sentence."""
        return self.tokens[sentence.first : sentence.last]

    def sentence_of(self, token: Token | int) -> Sentence:
        """The sentence of a token."""
        index = token if isinstance(token, int) else token.index
        return self.sentences[self.tokens[index].sentence]

    def heading(self, sentence: Sentence) -> Sentence | None:
        """The line above the list of which a sentence is an item: short, or with a colon at its end; else None."""
        if not self.is_item(sentence):
            return None
        for number in range(sentence.index - 1, -1, -1):
            above = self.sentences[number]
            if above.paragraph != sentence.paragraph and not self.is_item(above):
                ends = self.tokens[above.last - 1].text[-1:]
                return above if ends == ":" or (ends.isalnum() and above.end - above.begin < HEADING) else None
        return None

    def paragraphs_beside(self, sentence: Sentence) -> Iterator[Sentence]:
        """The sentences of the paragraphs before and after that of a sentence."""
        for paragraph in (sentence.paragraph - 1, sentence.paragraph + 1):
            at = self._begin_of_paragraph(paragraph)
            while at < len(self.sentences) and self.sentences[at].paragraph == paragraph:
                yield self.sentences[at]
                at += 1

    def _begin_of_paragraph(self, paragraph: int) -> int:
        return bisect_left(self.sentences, paragraph, key=lambda s: s.paragraph)

    def is_item(self, sentence: Sentence) -> bool:
        """Whether the paragraph of a sentence begins with a sign of a list."""
        first = self.sentences[self._begin_of_paragraph(sentence.paragraph)]
        begin = self.tokens[first.first]
        following = self.tokens[first.first + 1].text if first.first + 1 < len(self.tokens) else ""
        return begin.text in BULLETS or NUMBERED.match(begin.text + following) is not None

    def subtree(self, index: int) -> Iterator[int]:
        """The token and all that depends on it, nearest first."""
        pending, seen = [index], set[int]()
        while pending:
            at = pending.pop(0)
            if at in seen:
                continue
            seen.add(at)
            yield at
            pending.extend(self.children[at])

    def clause_tokens(self, index: int) -> tuple[Token, ...]:
        """The tokens of the clause that the token stands in."""
        head = self.clauses[index]
        sentence = self.sentence_of(index)
        return tuple(t for t in self.of(sentence) if self.clauses[t.index] == head)

    def span_of(self, indices: Sequence[int]) -> Span:
        """From the first to the last of the tokens."""
        return Span(min(self.tokens[i].begin for i in indices), max(self.tokens[i].end for i in indices))
