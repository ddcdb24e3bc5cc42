"""Kazakh analysis: tokens, forms, predicates, names and trees, all by rules of our own over the words of `words.toml`.

There is no tagger or parser of Kazakh to install; its grammar is regular enough to do without: endings tell the forms,
and what depends on a word stands before it.
"""

from collections.abc import Iterable, Sequence

from loaders.kk import tokens as tokenizer
from loaders.kk.inflection import full_name, nominative, surname
from loaders.kk.learning import KNOWN, learn_names, learn_words
from loaders.kk.morphology import Morphology
from loaders.kk.names import find_names
from loaders.kk.persons import find_persons
from loaders.kk.predicates import join_predicates
from loaders.kk.tagging import Tagger, Word
from loaders.kk.trees import TreeBuilder
from loaders.kk.vocabulary import read_vocabulary
from loaders.reading.facts import Span
from loaders.reading.quotes import directed
from loaders.reading.text import AnalyzedText, NameSpan, Sentence, Token, fold


class KazakhAnalyzer:
    """Turns a Kazakh text into an `AnalyzedText`."""

    language = "kk"
    native_state = "KAZ"
    """The state that «біздің ел» means where the text does not tell: the press in Kazakh is that of Kazakhstan."""

    def __init__(self) -> None:
        self._vocabulary = read_vocabulary()
        self._morphology = Morphology(self._vocabulary)
        self._tagger = Tagger(self._morphology)

    def learn(self, names: Iterable[str]) -> None:
        """Take in names that texts will speak of, so that their forms are recognised."""
        learn_names(self._morphology, names)

    def lemmas(self, word: str) -> tuple[str, ...]:
        """What a word may be a form of, without context."""
        folded = fold(word)
        forms = self._morphology.forms(folded)
        known = [f for f in forms if f.score >= KNOWN] or list(forms[:1])
        found = dict.fromkeys(lemma for f in known for lemma in (f.lemma, *f.also))
        return tuple(found) or (folded,)

    def words(self, phrase: str) -> tuple[str, ...]:
        """The tokens of a phrase."""
        found = tokenizer.words(phrase)
        learn_words(self._morphology, (w for w in found if w.islower()))
        return found

    def nominative(self, tokens: Sequence[Token], text: str) -> str:
        """A noun phrase of the text in the nominative."""
        return nominative(tokens, text)

    def surname(self, tokens: Sequence[Token]) -> str:
        """The surname, in the nominative, in the name of a person."""
        return surname(tokens)

    def compound_forms(self, adjective: str) -> tuple[str, ...]:
        """Kazakh joins adjectives of states with a hyphen and no ending of their own: «қазақ-өзбек»."""
        return (fold(adjective),)

    def is_attributive(self, word: str) -> bool:  # noqa: ARG002
        """Adjectives do not change before a noun."""
        return True

    def full_name(self, tokens: Sequence[Token], surname: str, text: str) -> str:  # noqa: ARG002
        """The whole name of a person, in the nominative."""
        return full_name(tokens, text)

    def analyze(self, text: str) -> AnalyzedText:
        """Sentences, tokens, morphology, syntax and names of a text."""
        tokens: list[Token] = []
        sentences: list[Sentence] = []
        names: list[NameSpan] = []
        for number, piece in enumerate(tokenizer.sentences(text)):
            words = self._tagger.tag([_written(text, p) for p in piece.tokens])
            persons = self._parse(words)
            first = len(tokens)
            for word, place in zip(words, piece.tokens, strict=True):
                head = None if word.rel == "root" else word.head + first
                lemmas = word.lemmas or (word.lower,)
                at, begin, end = len(tokens), place.begin, place.end
                said = text[begin:end]
                tokens.append(Token(at, said, begin, end, number, lemmas, word.pos, word.feats, head, word.rel))
            sentences.append(Sentence(number, piece.begin, piece.end, first, len(tokens), piece.paragraph))
            places = piece.tokens
            for begin, end in persons:
                names.append(NameSpan(Span(places[begin].begin, places[end - 1].end), "PER"))
            for begin, end, sort in find_names(words, self._vocabulary):
                names.append(NameSpan(Span(places[begin].begin, places[end - 1].end), sort))
        return AnalyzedText(text, self.language, tuple(tokens), tuple(sentences), tuple(names))

    def _join_known_names(self, words: list[Word]) -> None:
        """«Орталық Африка Республикасы»: the words of a known name hang on its last one."""
        at = 0
        while at < len(words):
            names = self._vocabulary.long_names.get(words[at].lower, ())
            fitting = [n for n in names if _fits(words, at, n)]
            size = max(map(len, fitting), default=1)
            if size > 1:
                for n in range(at, at + size):
                    words[n].pos = "PROPN"
                    if n < at + size - 1:
                        words[n].head, words[n].rel = at + size - 1, "nmod"
                words[at + size - 1].feats.setdefault("Case", "Nom")
            at += size

    def _parse(self, words: list[Word]) -> list[tuple[int, int]]:
        """Set the tree of a sentence; the names of persons in it."""
        self._join_known_names(words)
        persons = list(find_persons(words, self._tagger))
        for begin, end in persons:
            _as_one_name(words, begin, end)
        _join_foreign_names(words)
        join_predicates(words, self._tagger)
        TreeBuilder(words, self._vocabulary).build()
        return persons


def _written(text: str, piece: tokenizer.Piece) -> str:
    """A token; of a straight quotation mark whether it opens or closes."""
    return directed(text, piece.begin) if text[piece.begin : piece.end] == '"' else text[piece.begin : piece.end]


def _fits(words: list[Word], at: int, name: tuple[str, ...]) -> bool:
    """Whether a name of several words begins at a word; only its last word is inflected."""
    part = words[at : at + len(name)]
    if len(part) < len(name) or not all(w.text[:1].isupper() for w in part):
        return False
    *before, last = zip(part, name, strict=True)
    return all(w.lower == n for w, n in before) and (last[0].lower == last[1] or last[1] in last[0].lemmas)


def _as_one_name(words: list[Word], begin: int, end: int) -> None:
    """The words of a name hang on its first one, and the case that the last shows is the name's."""
    case = words[end - 1].case or "Nom"
    for n in range(begin, end):
        word = words[n]
        word.person, word.pos = True, "PROPN"
        word.feats = {"Case": case, "Number": "Sing"}
        if n > begin:
            word.head, word.rel = begin, "flat:name"


def _join_foreign_names(words: list[Word]) -> None:
    """Words in Latin letters side by side are one name, in the case that the last shows."""
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and _is_foreign(words[end]) and (end == at or words[end - 1].case in {"", "Nom"}):
            end += 1
        if end > at and end < len(words) and words[end].text[0].isdigit() and "Case" not in words[end].feats:
            end += 1  # «Leopard 2»
        if end - at > 1:
            case = words[end - 1].case or "Nom"
            for n in range(at, end):
                words[n].pos, words[n].feats = "PROPN", {"Case": case, "Number": "Sing"}
                if n > at:
                    words[n].head, words[n].rel = at, "flat:name"
        at = max(end, at + 1)


def _is_foreign(word: Word) -> bool:
    return word.text[0].isascii() and word.text[0].isupper() and word.head < 0
