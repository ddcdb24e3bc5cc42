"""Which of its forms a Kazakh word is where it stands: by what is known of it, by capitals and by its neighbours."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from loaders.kk.forms import Form
from loaders.kk.learning import KNOWN
from loaders.kk.morphology import Morphology
from loaders.kk.vocabulary import Vocabulary, word_lists
from loaders.reading.text import fold

QUOTES = frozenset('«»“”„"')
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
GOVERNED = NOMINAL | {"VERB", "DET", "ADJ"}
AGENT = ("ушы", "уші")
NEAR_NUMBERS = frozenset({"астам", "жуық", "тарта", "шақты", "таман", "артық"})
TOPIC = "болса"
"""After a noun, where the clause goes on: as for."""
ORDINAL = ("ші", "шы", "інші", "ыншы")


@dataclass
class Word:
    """A word of a sentence while its analysis is made.

    Arguments:
        text: as written.
        lower: folded.
        pos, feats, lemmas: of the form that was chosen.
        transitive: of a verb, whether it takes an object.
        person: whether it belongs to the name of a person.
        name: whether it belongs to a name in quotation marks.
        head, rel: the tree, head as position in the sentence; -1 until it is known.
    """

    text: str
    lower: str
    pos: str = ""
    feats: dict[str, str] = field(default_factory=dict)
    lemmas: tuple[str, ...] = ()
    transitive: bool | None = None
    person: bool = False
    name: bool = False
    head: int = -1
    rel: str = ""
    is_word: bool = field(init=False)
    """Whether it has a letter or digit."""

    def __post_init__(self) -> None:
        self.is_word = any(c.isalnum() for c in self.text)

    @property
    def lemma(self) -> str:
        """The likeliest lemma."""
        return self.lemmas[0] if self.lemmas else self.lower

    @property
    def case(self) -> str:
        """The case, `""` if it shows none."""
        return self.feats.get("Case", "")

    @property
    def form(self) -> str:
        """The form of a verb (`Fin`, `Part`, `Conv`, `Vnoun`), or `""`."""
        return self.feats.get("VerbForm", "")


class Tagger:
    """Chooses forms.

    Arguments:
        morphology: what words may be.
    """

    def __init__(self, morphology: Morphology) -> None:
        self.morphology = morphology
        self.vocabulary: Vocabulary = morphology.vocabulary
        lists = word_lists()["auxiliaries"]
        self.auxiliaries = frozenset(map(fold, lists["words"]))
        self.modal = frozenset(map(fold, lists["modal"]))
        self.existence = frozenset(map(fold, lists["existence"]))
        self.negative = frozenset(map(fold, lists["negative"]))

    def tag(self, texts: Sequence[str]) -> list[Word]:
        """The words of a sentence with their forms."""
        words = [Word(text, fold(text)) for text in texts]
        opening = True
        for at, word in enumerate(words):
            if not word.is_word:
                word.pos, word.lemmas = "PUNCT", (word.lower,)
                opening = opening or word.text in QUOTES or word.text == ":"
                continue
            self._choose(words, at, opening=opening)
            opening = False
        for at in range(len(words)):
            self._revise(words, at)
        return words

    # ------------------------------------------------------------------ one word

    def _choose(self, words: list[Word], at: int, *, opening: bool) -> None:
        word = words[at]
        if word.text[0].isdigit():
            self._number(word)
            return
        capital = word.text[0].isupper()
        forms = self.morphology.forms(word.lower)
        if capital and (not opening or self._is_name(forms) or word.text.isupper() or forms[0].score < KNOWN):
            form = self._proper(word, forms, after_name=at > 0 and words[at - 1].pos == "PROPN")
            if form is not None:
                self._take(word, form, forms)
                if form.pos == "NOUN":
                    word.pos = "PROPN"
                return
        self._take(word, self._common(words, at, forms), forms)

    def _number(self, word: Word) -> None:
        stem, _, ending = word.lower.partition("-")
        if not ending:
            word.pos, word.lemmas, word.feats = "NUM", (word.lower,), {}
        elif ending in ORDINAL:
            word.pos, word.lemmas, word.feats = "ADJ", (word.lower, stem), {}
        else:
            forms = self.morphology.forms(word.lower)
            cased = next((f for f in forms if f.lemma == stem), None)
            if cased is not None:
                word.pos, word.lemmas, word.feats = "NUM", (stem,), {"Case": cased.feats["Case"]}
            elif forms:
                self._take(word, forms[0], forms)

    def _is_name(self, forms: Sequence[Form]) -> bool:
        best = forms[0]
        return best.lemma in self.vocabulary.names or best.lemma in self.vocabulary.given_names

    def _proper(self, word: Word, forms: Sequence[Form], *, after_name: bool) -> Form | None:
        """A word with a capital letter as a name: without plural or possessive, unless it is known so.

        The ending of the accusative looks like that of a name; only after another part of the name it is taken off.
        """
        vocabulary = self.vocabulary
        nouns = [f for f in forms if f.pos in {"NOUN", "ADJ"}]
        named = [f for f in nouns if f.lemma in vocabulary.names or f.lemma in vocabulary.given_names]
        named.sort(key=lambda f: (f.pos != "NOUN", -f.score))
        known = [f for f in nouns if f.score >= KNOWN]
        if named and not (known and known[0].score > named[0].score + 3):
            return named[0]
        if known:
            return known[0]
        plain = [f for f in nouns if f.feats.get("Number") == "Sing" and "Poss" not in f.feats]
        bare = next((f for f in plain if f.lemma == word.lower), None)
        if bare is None or word.text.isupper():
            return bare or (plain[0] if plain else None)
        if self.is_surname(bare.lemma):
            return bare
        stripped = [f for f in plain if f.lemma != word.lower and len(f.lemma) > 2]
        surnames = [f for f in stripped if self.is_surname(f.lemma)]
        if surnames:
            return surnames[0]
        long = [f for f in stripped if len(f.lemma) > 3 and (after_name or f.feats.get("Case") != "Acc")]
        return long[0] if long else bare

    def is_surname(self, lemma: str) -> bool:
        """Whether a word ends like a surname."""
        return len(lemma) > 4 and lemma.endswith(self.vocabulary.surname_endings)

    def _common(self, words: list[Word], at: int, forms: Sequence[Form]) -> Form:
        best = forms[0]
        rivals = [f for f in forms if f.score >= KNOWN and f.score > best.score - 8] or [best]
        last = self._ends(words, at)
        for form in rivals:
            if form.form_is("Fin") and (last or (form.score > best.score - 0.4 and len(rivals) == 1)):
                return form
        if best.form_is("Fin") and not last:
            noun = next((f for f in rivals if f.pos in {"NOUN", "ADJ"}), None)
            if noun is not None:
                return noun
        return best

    @staticmethod
    def _ends(words: list[Word], at: int) -> bool:
        """Whether a clause may end after a word."""
        following = words[at + 1] if at + 1 < len(words) else None
        return (
            following is None
            or not following.is_word
            or following.lower in {"деп", "деген", "ма", "ме", "ба", "бе", "па", "пе", "және"}
        )

    def _take(self, word: Word, form: Form, forms: Sequence[Form]) -> None:
        verbal = form.pos == "VERB" or form.form_is("Vnoun")
        lemmas = dict.fromkeys((form.lemma, *form.also))
        for other in forms:
            if other.score >= KNOWN and (other.pos == "VERB" or other.form_is("Vnoun")) == verbal:
                lemmas[other.lemma] = None
                for lemma in other.also:
                    lemmas[lemma] = None
        word.pos, word.feats, word.transitive = form.pos, dict(form.feats), form.transitive
        word.lemmas = tuple(lemmas)

    # ------------------------------------------------------------------ neighbours

    def _revise(self, words: list[Word], at: int) -> None:
        """What the neighbours of a word tell of it."""
        word = words[at]
        before = words[at - 1] if at else None
        after = words[at + 1] if at + 1 < len(words) else None
        self._other_form(words, at, before, after)
        if word.pos == "ADJ" and word.lower in self.vocabulary.of_states and _counts(before) and _stands_alone(after):
            word.pos, word.feats = "NOUN", {"Case": "Nom", "Number": "Sing"}  # «500-ге жуық қазақстандық оқиды»
        if word.pos == "ADP" and (before is None or not (before.pos in GOVERNED or before.text in QUOTES)):
            word.pos = "ADV"
        elif word.pos == "CCONJ" and word.lower == "мен" and _opens(before):
            word.pos, word.feats = "PRON", {"Case": "Nom", "Number": "Sing"}
        elif (
            word.lower == TOPIC and before is not None and before.case == "Nom" and after is not None and after.is_word
        ):
            word.pos, word.feats = "PART", {}  # «Моңғолия болса батальон жіберді»
        elif word.lower in self.existence and word.pos in {"PART", "DET", "ADV", "NOUN"}:
            self._existence(word, before, after)
        elif before is not None and (
            (word.lower in self.auxiliaries and before.form in {"Part", "Fin", "Conv"})
            or (word.lower in self.modal and before.form == "Vnoun")
        ):
            word.pos = "AUX"
        elif word.pos == "DET" and (after is None or after.pos in {"PUNCT", "ADP", "VERB"}):
            word.pos = "PRON"
            word.feats = {"Case": "Nom", "Number": "Sing", **word.feats}

    def _other_form(self, words: list[Word], at: int, before: Word | None, after: Word | None) -> None:
        """Take another form of a word where its neighbours ask for one."""
        word, wanted = words[at], ""
        forms = self.morphology.forms(word.lower)
        if word.pos == "ADP" and self._ends(words, at):
            wanted = "Fin"  # «… елу сарбаз қатысты.»
        elif word.pos == "ADV" and self._ends(words, at) and before is not None and before.case == "Dat":
            wanted = "Fin"  # «күшіне енді»
        elif word.pos == "NOUN" and after is not None and after.lower in self.vocabulary.presents:
            wanted = "Conv"  # «ақпарат тарап жүр»
        elif word.lower in self.vocabulary.participles and before is not None:
            circumstance = before.case in {"Loc", "Abl", "Dat", "Ins"} or before.pos in {"NUM", "ADP", "ADV"}
            circumstance |= before.lower == "деп"
            wanted = "Part" if circumstance else ""  # «Астанада өткен жиын»
        elif word.lower.endswith(AGENT) and word.pos in {"NOUN", "ADJ"} and before is not None and after is not None:
            takes = before.case in {"Dat", "Acc", "Ins"} and after.pos in {"NOUN", "ADJ"}
            wanted = "Part" if takes else ""  # «ТМД-ға қатысушы мемлекеттер»
        form = next((f for f in forms if wanted and f.form_is(wanted)), None)
        if form is None and word.pos == "ADP" and not self._governs(word, before):
            form = next((f for f in forms if f.pos in {"NOUN", "ADJ", "VERB"} and f.score >= KNOWN), None)
        if form is not None:
            self._take(word, form, forms)

    def _governs(self, word: Word, before: Word | None) -> bool:
        """Whether a postposition stands after the case that it calls for."""
        case = self.vocabulary.government.get(word.lower)
        return case is None or before is None or not before.case or before.case == case

    def _existence(self, word: Word, before: Word | None, after: Word | None) -> None:
        ends = after is None or not after.is_word
        if before is not None and before.form in {"Part", "Conv"} and word.lower in self.negative:
            word.pos = "AUX"
        elif ends and word.lower != "емес":
            word.pos = "VERB"
            word.feats = {"VerbForm": "Fin", "Tense": "Pres"}
            word.transitive = False


def _counts(before: Word | None) -> bool:
    """Whether a number stands before, perhaps with «астам» or «жуық»."""
    return before is not None and (before.pos == "NUM" or before.lower in NEAR_NUMBERS)


def _stands_alone(after: Word | None) -> bool:
    """Whether no noun follows that an adjective could describe."""
    if after is None or after.pos in {"PUNCT", "VERB", "ADV"} or after.form:
        return True
    return after.pos == "PROPN" or after.text[:1].isupper()


def _opens(before: Word | None) -> bool:
    """Whether nothing stands before that «мен» could join to something."""
    return before is None or (before.pos == "PUNCT" and before.text not in QUOTES)
