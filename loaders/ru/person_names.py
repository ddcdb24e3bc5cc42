"""Whole names of persons in the nominative: a given name stands in the case that its surname shows.

Dictionaries know few given names of other languages, and a tagger guesses at their cases. The surname is the better
witness: between the form in the text and its nominative lies the ending of its case («Шодиева» – «Шодиев»: genitive),
and a masculine given name has the ending of the same case.
"""

from collections.abc import Sequence

from loaders.reading.text import Token
from loaders.ru.inflection import nominative, recase
from loaders.ru.morphology import CASES, morphology

ENDINGS = (
    ("Gen", ("ого", "его", "а", "я")), ("Dat", ("ому", "ему", "у", "ю")), ("Ins", ("ом", "ем", "ём", "ым", "им")),
    ("Loc", ("е",)),
)  # fmt: skip
"""Endings of masculine surnames, by case; the accusative is that of the genitive."""

HARD = {"Gen": "а", "Dat": "у", "Ins": "ом", "Loc": "е"}
SOFT = {"Gen": "я", "Dat": "ю", "Ins": "ем"}
"""Endings of masculine given names after a hard consonant, and after a vowel or a soft consonant."""

CONSONANTS = frozenset("бвгджзклмнпрстфхцчшщ")
SIBILANTS = frozenset("жшчщц")
VOWELS = frozenset("аеёиоуыэюя")
SHORTEST = 2
SHORTEST_DECLINED = 3
SOFT_ENDINGS = ("я", "ю", "ем")
EASTERN_ENDS = ("н", "г", "м", "к", "п")
"""What the syllables of Chinese, Korean and Vietnamese names end in, but for vowels and «нь»."""


def full_name(tokens: Sequence[Token], surname: str, text: str) -> str:
    """The name of a person in the nominative.

    Arguments:
        tokens: the name as it stands («Реджепа Тайипа Эрдогана»).
        surname: its surname in the nominative.
        text: the text that the tokens are of.
    """
    first, last = tokens[0], tokens[-1]
    if len(tokens) == 1:
        return surname
    if first.text == surname:
        return " ".join([surname, *(_after_surname(t, first.case) for t in tokens[1:])])
    if surname[-1:].lower() in CONSONANTS | {"й", "ь"}:
        case = _case(last.text, surname)
        given = [_masculine(t, case) if case else _undeclined(t, text) for t in tokens[:-1]]
    else:
        given = [nominative([t], text) for t in tokens[:-1]]
    return " ".join([*given, surname])


def _case(word: str, surname: str) -> str:
    """The case that a masculine surname shows, or `""` where it stands as in the nominative."""
    if word.lower() == surname.lower():
        return ""
    return next((case for case, endings in ENDINGS if word.lower().endswith(endings)), "")


def _undeclined(token: Token, text: str) -> str:
    """A given name beside «Гюрак», «Меркель»: with a consonant at its end it stands in the nominative already."""
    return token.text if token.lower[-1:] in CONSONANTS else nominative([token], text)


def _masculine(token: Token, case: str) -> str:
    """A masculine given name in the nominative: by the dictionary where it knows it, else without the ending."""
    word = token.lower
    if not token.is_capitalized:
        return token.text  # «фон», «аль»
    cases = {case, "Acc"} if case == "Gen" else {case}
    for parse in morphology().parse(word):
        tag = parse.tag
        named = ("Name" in tag or "Patr" in tag) and parse.is_known and tag.gender == "masc" and tag.number == "sing"
        if named and CASES.get(str(tag.case)) in cases and (inflected := parse.inflect({"nomn", "sing"})):
            found = inflected.word if "ё" in word else inflected.word.replace("ё", "е")
            return recase(found, token.text)
    return recase(_stripped(word, case), token.text)


def _stripped(word: str, case: str) -> str:
    """What remains of an unknown given name without the ending of its case; all of it if it has no such ending."""
    hard, soft = HARD[case], SOFT.get(case, "")
    stem = word.removesuffix(hard)
    if stem != word and len(stem) >= SHORTEST and stem[-1] in CONSONANTS:
        return stem
    stem = word.removesuffix(soft) if soft else word
    if stem == word or len(stem) < SHORTEST:
        return word
    if stem[-1] in VOWELS:
        return f"{stem}й"
    return stem if stem[-1] in SIBILANTS else f"{stem}ь"


def _after_surname(token: Token, case: str) -> str:
    """The given name after an eastern surname: «Си Цзиньпином», «Дун Цзюнем», «Фам Минь Тьиня»."""
    word = token.text
    for ending in SOFT_ENDINGS if len(word) > SHORTEST_DECLINED else ():
        stem = word.removesuffix(ending)
        if stem != word and stem.endswith("н"):  # in no such name is «ня» or «нем» of the nominative
            return f"{stem}ь"
    ending = HARD.get("Gen" if case == "Acc" else case, "")
    stem = word.removesuffix(ending) if ending and case != "Loc" else word
    return stem if stem.endswith(EASTERN_ENDS) else word
