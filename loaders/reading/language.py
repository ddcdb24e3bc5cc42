"""Which of the three languages a text is in: letters decide.

Kazakh has letters that Russian has not; whatever else is Cyrillic is taken for Russian, all else for English. The
neighbours that share these letters (Kyrgyz, Tatar, Ukrainian, Serbian; Uzbek and Turkish in Latin script) are told
apart by letters that none of the three uses, and are reported as not sure.
"""

import re
from dataclasses import dataclass

KAZAKH = re.compile(r"[әғқңөұүһіӘҒҚҢӨҰҮҺІ]")
KAZAKH_ONLY = re.compile(r"[әғқұіӘҒҚҰІ]")
SLAVIC = re.compile(r"[їєґўЇЄҐЎ]")
CYRILLIC = re.compile(r"[а-яёА-ЯЁ]")
LATIN = re.compile(r"[a-zA-Z]")
FOREIGN = re.compile(r"[ўҳїєґђћјљњџүңөЎҲЇЄҐЂЋЈЉЊЏğışçñğĞİŞÇß]")


@dataclass(frozen=True, slots=True)
class Guess:
    """A language (`ru`, `en`, `kk`) and whether the letters leave no doubt of it."""

    language: str
    sure: bool


def guess_language(text: str) -> Guess:
    """Tell the language of a text by its letters.

    Arguments:
        text: the text; a few words are enough.

    Returns:
        The likeliest of `ru`, `en`, `kk`, and whether that is sure.
    """
    cyrillic = len(CYRILLIC.findall(text))
    kazakh = len(KAZAKH.findall(text))
    kazakh_only = len(KAZAKH_ONLY.findall(text))
    latin = len(LATIN.findall(text))
    foreign = len(FOREIGN.findall(text))
    letters = cyrillic + kazakh + latin
    if not letters:
        return Guess("en", sure=False)
    if cyrillic + kazakh >= latin:
        if SLAVIC.search(text) and foreign * 50 >= letters:
            return Guess("ru", sure=False)
        if kazakh_only * 50 >= cyrillic + kazakh:
            return Guess("kk", sure=True)
        if kazakh * 50 >= cyrillic + kazakh:
            return Guess("kk", sure=False)
        return Guess("ru", sure=foreign * 50 < letters)
    return Guess("en", sure=foreign * 50 < letters)
