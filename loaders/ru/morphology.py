"""Russian words without context: lemmas and forms from pymorphy3's dictionary."""

import re
from functools import lru_cache

import pymorphy3

from loaders.reading.text import fold

POS = {
    "NOUN": {"NOUN", "PROPN"}, "ADJF": {"ADJ", "DET", "PRON", "NUM"}, "ADJS": {"ADJ", "VERB"},
    "COMP": {"ADJ", "ADV"}, "VERB": {"VERB", "AUX"}, "INFN": {"VERB", "AUX"}, "PRTF": {"VERB", "ADJ"},
    "PRTS": {"VERB", "ADJ"}, "GRND": {"VERB"}, "NUMR": {"NUM"}, "ADVB": {"ADV"}, "NPRO": {"PRON"},
    "PREP": {"ADP"}, "CONJ": {"CCONJ", "SCONJ"}, "PRCL": {"PART"}, "INTJ": {"INTJ"},
}  # fmt: skip
"""pymorphy's parts of speech as those of Universal Dependencies."""

CASES = {"nomn": "Nom", "gent": "Gen", "datv": "Dat", "accs": "Acc", "ablt": "Ins", "loct": "Loc"}
LETTER = re.compile(r"[^\W\d_]")


@lru_cache(maxsize=1)
def morphology() -> pymorphy3.MorphAnalyzer:
    """The dictionary morphology, loaded once."""
    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=200_000)
def parses(word: str) -> tuple[tuple[str, str, str, float], ...]:
    """What a word form may be: lemma (folded), pymorphy's part of speech, case (`Nom`, …) and score."""
    return tuple(
        (fold(p.normal_form), str(p.tag.POS or ""), CASES.get(str(p.tag.case or ""), ""), p.score)
        for p in morphology().parse(word)
    )


@lru_cache(maxsize=200_000)
def lemmas(word: str, pos: str = "", case: str = "") -> tuple[str, ...]:
    """What a word form may be a form of, those that agree with the part of speech and the case first."""
    if not LETTER.search(word):
        return (fold(word),)
    ranked: dict[str, float] = {}
    for lemma, tag, its_case, score in parses(word.lower()):
        agreement = 4.0 * (pos in POS.get(tag, ())) + 1.0 * (bool(case) and case == its_case)
        ranked[lemma] = max(ranked.get(lemma, 0.0), agreement + score)
    return tuple(sorted(ranked, key=lambda lemma: -ranked[lemma])) or (fold(word),)
