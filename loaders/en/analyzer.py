"""English analysis: tokens, tags, phrases, trees and names by rules over the lexicons of lemminflect and textblob.

There is no model of English whose files come inside a trustworthy package; the rules are those of news: one finite verb
a clause, subject before verb before object.
"""

import re
from collections.abc import Sequence

from loaders.en.chunks import chunks
from loaders.en.event_spans import event_names
from loaders.en.inflection import full_name, nominative, surname
from loaders.en.morphology import adjectives_of_states, lemmas, likeliest_tags
from loaders.en.names import other_names
from loaders.en.person_names import persons
from loaders.en.tagging import tag
from loaders.en.tokens import sentences, tokens
from loaders.en.trees import TreeBuilder
from loaders.en.word import Word
from loaders.en.words import words
from loaders.reading.facts import Span
from loaders.reading.text import BULLETS, AnalyzedText, NameSpan, Sentence, Token, fold

INFINITIVE = re.compile(r"to (\S+)(.*)")
DATELINE = 14
"""A dash within so many words, after a date, ends the dateline."""


class EnglishAnalyzer:
    """Turns an English text into an `AnalyzedText`. The lexicons are read when it is made."""

    language = "en"

    def __init__(self) -> None:
        likeliest_tags()
        adjectives_of_states()
        lemmas("signed")

    def lemmas(self, word: str) -> tuple[str, ...]:
        """What a word may be a form of, without context; a verb's lemma begins with "to"."""
        return (fold(word),) if INFINITIVE.fullmatch(word) else lemmas(word)

    def words(self, phrase: str) -> tuple[str, ...]:
        """The tokens of a phrase; the infinitive that begins it is one ("to take", "part")."""
        found = INFINITIVE.fullmatch(phrase)
        if found and found[1] != "the":
            return (f"to {found[1]}", *self.words(found[2].strip())) if found[2].strip() else (f"to {found[1]}",)
        return tuple(phrase[begin:end] for begin, end in tokens(phrase, 0, len(phrase)))

    def nominative(self, tokens: Sequence[Token], text: str) -> str:
        """A noun phrase without article and possessor's mark."""
        return nominative(tokens, text)

    def compound_forms(self, adjective: str) -> tuple[str, ...]:
        """An adjective as first part of a compound ("Russian-Belarusian") is itself."""
        return (fold(adjective),)

    def is_attributive(self, word: str) -> bool:
        """Every form of an adjective can stand with a noun."""
        return bool(word)

    def surname(self, tokens: Sequence[Token]) -> str:
        """The surname in the name of a person."""
        return surname(tokens)

    def full_name(self, tokens: Sequence[Token], surname: str, text: str) -> str:
        """The whole name of a person."""
        return full_name(tokens, surname, text)

    def analyze(self, text: str) -> AnalyzedText:
        """Sentences, tokens, morphology, syntax and names of a text."""
        all_tokens: list[Token] = []
        found: list[Sentence] = []
        names: list[NameSpan] = []
        pieces = list(sentences(text))
        for number, (begin, end, paragraph) in enumerate(pieces):
            first = len(all_tokens)
            heading = paragraph == 0 and text[begin:end][-1:] not in ".!?"
            places = tokens(text, begin, end)
            sentence = [Word(i, text[b:e], fold(text[b:e]), b, e) for i, (b, e) in enumerate(places)]
            names += _analyzed(sentence, heading=heading)
            all_tokens += (_token(word, first, number) for word in sentence)
            found.append(Sentence(number, begin, end, first, len(all_tokens), paragraph))
        return AnalyzedText(text, self.language, tuple(all_tokens), tuple(found), tuple(names))


def _analyzed(sentence: list[Word], *, heading: bool) -> list[NameSpan]:
    """Tag and parse a sentence; the names in it. A bullet or a dateline before it is a part of its own."""
    tag(sentence, heading=heading)
    people = persons(sentence)
    begin = _dateline(sentence)
    for first, last in ((0, begin), (begin, len(sentence))):
        part = [_moved(word, -first) for word in sentence[first:last]]
        if not part:
            continue
        inside = [(a - first, b - first) for a, b in people if first <= a and b <= last]
        TreeBuilder(part, chunks(part, inside)).build()
        for word in part:
            _moved(word, first)
            word.head += first if word.head >= 0 else 0
    _join(sentence, begin)
    names = [NameSpan(Span(sentence[a].begin, sentence[b - 1].end), "PER") for a, b in people]
    names += (
        NameSpan(Span(sentence[a].begin, sentence[b - 1].end), sort) for a, b, sort in other_names(sentence, people)
    )
    names += (NameSpan(Span(sentence[a].begin, sentence[b - 1].end), "EVENT") for a, b in event_names(sentence, people))
    return names


def _moved(word: Word, by: int) -> Word:
    word.index += by
    return word


def _dateline(sentence: Sequence[Word]) -> int:
    """Where the sentence proper begins after a bullet, or after a place and a date with a dash: "BERLIN, 3 May — …"."""
    if sentence and sentence[0].text in BULLETS:
        return 1
    for word in sentence[:DATELINE]:
        if word.text == ":" and all(w.text.isupper() for w in sentence[: word.index]):
            return word.index + 1 if word.index and len(sentence) > word.index + 1 else 0
        if word.text in {"—", "–", "-"} and word.index + 1 < len(sentence):
            before = sentence[: word.index]
            dated = any(w.lower in words("names", "month") for w in before) or sentence[0].text.isupper()
            return word.index + 1 if dated and not any(w.pos in {"VERB", "AUX"} for w in before) else 0
    return 0


def _join(sentence: Sequence[Word], begin: int) -> None:
    """Hang the root of a dateline on that of the sentence."""
    if not 0 < begin < len(sentence):
        return
    main = next((w for w in sentence[begin:] if w.head < 0), sentence[begin])
    for word in sentence[:begin]:
        if word.head < 0:
            word.head, word.rel = main.index, "punct" if word.tag == "PUNCT" else "parataxis"


def _token(word: Word, first: int, sentence: int) -> Token:
    above = None if word.head < 0 else word.head + first
    return Token(
        word.index + first, word.text, word.begin, word.end, sentence, word.lemmas, word.pos, word.feats, above,
        word.rel if above is not None else "root",
    )  # fmt: skip
