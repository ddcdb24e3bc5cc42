"""The tags of English words: those of the Penn Treebank with a few more, and what Universal Dependencies calls them."""

from collections.abc import Sequence

from loaders.en.word import Word

BEFORE_NOUN = frozenset({"DT", "PRP$", "JJ", "CD", "POS"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
AUXILIARY = frozenset({"BE", "HAVE", "DO", "MD"})
UNIVERSAL = {
    "DT": "DET", "PRP$": "DET", "PRP": "PRON", "EX": "PRON", "IN": "ADP", "TO": "PART", "CC": "CCONJ", "SC": "SCONJ",
    "WDT": "PRON", "WP": "PRON", "WRB": "ADV", "MD": "AUX", "BE": "AUX", "HAVE": "AUX", "DO": "AUX", "VB": "VERB",
    "VBP": "VERB", "VBZ": "VERB", "VBD": "VERB", "VBN": "VERB", "VBG": "VERB", "NN": "NOUN", "NNS": "NOUN",
    "NNP": "PROPN", "JJ": "ADJ", "RB": "ADV", "NOT": "PART", "RP": "ADV", "CD": "NUM", "POS": "PART", "PUNCT": "PUNCT",
}  # fmt: skip


def is_finite(word: Word) -> bool:
    """Whether a word is a finite verb or auxiliary."""
    return word.tag in FINITE or (word.tag in AUXILIARY and word.lower not in {"be", "been", "being", "having"})


def word_before(sentence: Sequence[Word], word: Word) -> Word | None:
    """The word before, adverbs left out."""
    for at in range(word.index - 1, -1, -1):
        if sentence[at].tag not in {"RB", "NOT"}:
            return sentence[at] if sentence[at].tag != "PUNCT" or sentence[at].text in {",", "-"} else None
    return None
