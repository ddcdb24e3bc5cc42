"""Subjects in the case and the number of their verb, where the model read a word by itself.

«Страны договорились»: at the beginning of a sentence the capital makes a common noun look like a name, and «страны»
may be a genitive; its verb in the plural tells that it is not.
"""

from collections.abc import Mapping
from functools import lru_cache

from loaders.ru.morphology import CASES, morphology

NUMBERS = {"sing": "Sing", "plur": "Plur"}


def agreeing(word: str, feats: Mapping[str, str], verb: Mapping[str, str], *, listed: bool) -> dict[str, str]:
    """The features of a subject as its verb shows them, if the word has such a form; else as they are.

    Arguments:
        word: the form that stands in the text.
        feats: its features.
        verb: those of the finite verb whose subject it is.
        listed: whether the subject is a list: then the verb's plural says nothing of the word.
    """
    forms = _nominatives(word.lower())
    if feats.get("Case") == "Nom" and len(forms) == 1 and feats.get("Number") not in forms:
        return {**feats, "Number": next(iter(forms))}  # «Президенты России А, Беларуси Б …»
    number = verb.get("Number", "")
    wrong_number = number == "Plur" and feats.get("Number") == "Sing" and not listed
    oblique = feats.get("Case") == "Acc" or (wrong_number and feats.get("Case") == "Gen")
    if not oblique or verb.get("VerbForm") != "Fin":
        return dict(feats)
    wanted = number if wrong_number else feats.get("Number", "")
    return {**feats, "Case": "Nom", "Number": wanted} if wanted in forms else dict(feats)


@lru_cache(maxsize=20_000)
def _nominatives(word: str) -> frozenset[str]:
    """In which numbers a form can be a nominative."""
    tags = [p.tag for p in morphology().parse(word) if p.is_known]
    return frozenset(
        NUMBERS[str(t.number)] for t in tags if CASES.get(str(t.case or "")) == "Nom" and str(t.number) in NUMBERS
    )
