"""Features and lemmas of English words by their tags."""

from loaders.en.morphology import lemmas, lemmas_by_pos
from loaders.en.tags import UNIVERSAL
from loaders.en.word import Word
from loaders.en.words import is_one_of, words


def set_features(word: Word) -> None:
    """Part of speech, features and lemmas by the tag."""
    word.pos = UNIVERSAL.get(word.tag, "X")
    word.lemmas = lemmas(word.text, word.pos if word.pos in {"NOUN", "VERB", "ADJ", "ADV", "PROPN"} else "")
    if word.pos == "VERB":
        verb = lemmas_by_pos(word.lower).get("VERB", ()) or (word.lower,)
        word.lemmas = tuple(f"to {lemma}" for lemma in verb)
        _verb_features(word)
    elif word.pos == "AUX":
        word.lemmas = tuple(dict.fromkeys((_auxiliary_lemma(word), word.lower)))
        _auxiliary_features(word)
    elif word.pos in {"NOUN", "PROPN"}:
        plural = word.tag == "NNS" or (word.tag == "NNP" and word.lemma != word.lower and word.lower.endswith("s"))
        word.feats["Number"] = "Plur" if plural else "Sing"
    elif word.pos == "PRON":
        _pronoun_features(word)
    elif word.tag == "NOT":
        word.feats["Polarity"] = "Neg"
    elif word.pos == "PUNCT":
        word.lemmas = (word.lower,)


def _verb_features(word: Word) -> None:
    if word.tag in {"VBD", "VBZ", "VBP"}:
        word.feats.update(VerbForm="Fin", Tense="Past" if word.tag == "VBD" else "Pres")
    elif word.tag == "VB":
        word.feats["VerbForm"] = "Inf"
    else:
        word.feats["VerbForm"] = "Part"
        word.feats["Tense"] = "Pres" if word.tag == "VBG" else "Past"


def _auxiliary_lemma(word: Word) -> str:
    return {"BE": "to be", "HAVE": "to have", "DO": "to do"}.get(word.tag, word.lower)


def _auxiliary_features(word: Word) -> None:
    if word.tag == "MD":
        word.feats["VerbForm"] = "Fin"
        if word.lower in words("closed", "modal_future"):
            word.feats["Tense"] = "Fut"
    elif word.lower in words("auxiliary", "present"):
        word.feats.update(VerbForm="Fin", Tense="Pres")
    elif word.lower in words("auxiliary", "past"):
        word.feats.update(VerbForm="Fin", Tense="Past")
    else:
        word.feats["VerbForm"] = "Inf" if word.lower in {"be", "have", "do"} else "Part"


def _pronoun_features(word: Word) -> None:
    if word.tag == "WDT":
        word.feats["PronType"] = "Rel"
    word.feats["Number"] = "Plur" if is_one_of(word.lower, "plural") else "Sing"
    if is_one_of(word.lower, "pronoun_subject"):
        word.feats["Case"] = "Nom"
    elif is_one_of(word.lower, "pronoun_object"):
        word.feats["Case"] = "Acc"
