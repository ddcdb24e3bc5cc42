"""Predicates of more than one word, and what a form is by its place.

A compound («қол қою») and a verb with auxiliaries («өтіп жатыр», «артып келе жатқанын», «шақырылған жоқ») are one
predicate. Its first word carries the features of the whole; the others hang on it as `fixed` and `aux`, which
Universal Dependencies lets begin at the first word. A participle that ends its clause is its finite verb.
"""

from loaders.kk.tagging import QUOTES, Tagger, Word
from loaders.kk.vocabulary import word_lists
from loaders.reading.text import fold

FORM = ("VerbForm", "Tense", "Mood", "Case", "Number", "Poss", "Attr")
"""What the last word of a predicate says of the whole."""
LET_US = ("йық", "йік")


def join_predicates(words: list[Word], tagger: Tagger) -> None:
    """Make one predicate of what is one, and tell finite verbs from attributes."""
    for at in range(len(words)):
        if words[at].head < 0:
            _compound(words, at, tagger)
        if at and words[at].form:
            _idiom(words[at - 1], words[at])
    for at in range(len(words)):
        if words[at].head < 0 and words[at].form == "Conv":
            _with_auxiliaries(words, at, tagger)
    for at in range(len(words)):
        if words[at].head < 0 and words[at].form:
            _ended(words, at, tagger)
    _aside(words)


def following(words: list[Word], at: int) -> int:
    """The next word that is not yet part of the predicate at `at`; the number of words where there is none."""
    after = at + 1
    while after < len(words) and words[after].head == at and words[after].rel in {"fixed", "aux"}:
        after += 1
    return after


def _compound(words: list[Word], at: int, tagger: Tagger) -> None:
    """«қол қойылды»: the first word becomes the verb."""
    after = at + 1
    if after >= len(words) or not words[after].form:
        return
    first, second = words[at], words[after]
    transitive = tagger.vocabulary.compounds.get((first.lower, second.lemma))
    if transitive is None:
        transitive = next(
            (t for lemma in second.lemmas if (t := tagger.vocabulary.compounds.get((first.lower, lemma))) is not None),
            None,
        )
    if transitive is None:
        return
    passive = second.feats.get("Voice") == "Pass"
    first.pos, first.feats, first.transitive = second.pos, dict(second.feats), transitive and not passive
    first.lemmas = (first.lower,)
    second.head, second.rel = at, "fixed"
    if f"{first.lower} {second.lemma}" in dative_objects():
        first.feats["Government"] = "Dat"


def _idiom(before: Word, verb: Word) -> None:
    """«келісімшартқа отырды» is "concluded a contract", the contract being its object."""
    for infinitive, idiom in word_lists()["verbs"]["idioms"].items():
        if infinitive in verb.lemmas and before.case == "Dat" and before.lemma in idiom["after"]:
            verb.lemmas = (idiom["means"],)
            verb.feats["Government"], verb.transitive = "Dat", True


def _with_auxiliaries(words: list[Word], at: int, tagger: Tagger) -> None:
    """«өтіп жатыр», «жеткізіп те үлгерді», «артып келе жатқанын»."""
    main = words[at]
    while main.form == "Conv" and main.feats.get("Mood") != "Cnd":
        after = following(words, at)
        particle = after if after < len(words) and words[after].lower in {"та", "те", "да", "де"} else None
        after += particle is not None
        if after >= len(words) or words[after].head >= 0:
            return
        helper = words[after]
        if not helper.form or (helper.lemma not in tagger.vocabulary.auxiliaries and helper.pos != "AUX"):
            return
        if _is_journey(main, helper):
            return
        negative = helper.feats.get("Polarity")
        for name in FORM:
            main.feats.pop(name, None)
        main.feats.update({k: v for k, v in helper.feats.items() if k in FORM})
        main.pos = "VERB" if helper.pos == "AUX" else helper.pos
        if helper.feats.get("Voice") == "Pass" and main.transitive and helper.lemma not in {"табылу"}:
            main.feats["Voice"], main.transitive = "Pass", False
        if negative:
            main.feats["Polarity"] = negative
        helper.head, helper.rel = at, "aux"
        if particle is not None:
            words[particle].head, words[particle].rel = at, "aux"


def _is_journey(main: Word, helper: Word) -> bool:
    """«делегацияны бастап барды»: who leads goes; «дамып барады», «дамып келді» is how it goes on."""
    lists = word_lists()["verbs"]["aspect"]
    past = helper.feats.get("Tense") == "Past" and main.lower.endswith("п")
    return past and (helper.lemma in lists["journey"] or main.lemma in lists["leading"])


def _ended(words: list[Word], at: int, tagger: Tagger) -> None:
    """Participles and verbal nouns that stand for a finite verb."""
    word, after = words[at], following(words, at)
    helped = False
    while after < len(words) and words[after].pos == "AUX" and words[after].head < 0:
        helper = words[after]
        helper.head, helper.rel = at, "aux"
        if helper.lower in tagger.negative:
            word.feats["Polarity"] = "Neg"
        if helper.lower in tagger.modal or (word.feats.get("Tense") == "Pres" and word.form == "Part"):
            word.feats["Tense"] = "Fut"
        helped = True
        after += 1
    case = word.feats.get("Case", "Nom")
    ends = after >= len(words) or not words[after].is_word or words[after].lower in {"деп", "деген", "және", "бірақ"}
    if after < len(words) and words[after].text in QUOTES and words[after].text in '«“"':
        ends = False
    if ends and after < len(words) and words[after].text == "," and word.form == "Part" and "Case" not in word.feats:
        ends = not _attribute_goes_on(words, after)
    if word.form == "Vnoun" and helped and not ends:
        _finite(word)
        word.pos, word.feats["VerbForm"] = "VERB", "Part"  # «өтуі тиіс жаттығу»
    elif word.form == "Part" and (helped or (ends and "Case" not in word.feats)):
        _finite(word)
    elif word.form == "Vnoun" and (helped or (ends and case == "Loc" and "Poss" not in word.feats)):
        word.feats.setdefault("Tense", "Pres")
        _finite(word)
        word.pos = "VERB"
    elif word.form == "Conv" and helped:
        _finite(word)


def _aside(words: list[Word]) -> None:
    """«Айта кетейік, …», «Еске салайық, …»: "let us" at the beginning is said by the way, the predicate follows."""
    end = following(words, 0) if words else 0
    if end >= len(words) or words[end].text != "," or not words[end - 1].lower.endswith(LET_US):
        return
    if words[0].form == "Fin" and words[0].feats.get("Mood") == "Imp":
        words[0].feats = {"VerbForm": "Conv", "Mood": "Cnd"}


def _finite(word: Word) -> None:
    for name in ("Case", "Number", "Poss", "Attr"):
        word.feats.pop(name, None)
    word.feats["VerbForm"] = "Fin"


def _attribute_goes_on(words: list[Word], comma: int) -> bool:
    """«қарсы бағытталмаған, сенімді нығайтатын шара»: a second participle before the noun that both describe."""
    for word in words[comma + 1 : comma + 8]:
        if word.form == "Part":
            return True
        if word.form in {"Fin", "Conv"} or not word.is_word:
            return False
    return False


def dative_objects() -> frozenset[str]:
    """Predicates whose object stands in the dative."""
    return frozenset(map(fold, word_lists()["verbs"]["government"]["dative_object"]))
