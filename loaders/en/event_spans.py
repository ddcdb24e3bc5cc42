"""What may be the name of an event in English: words in capitals, with the number or year that follows them."""

from collections.abc import Iterator, Sequence

from loaders.en.morphology import names_of_states
from loaders.en.person_names import is_common
from loaders.en.word import Word
from loaders.en.words import OPENING, words


def event_names(sentence: Sequence[Word], taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What may be the name of an event: capitals, with the year that follows them."""
    of_persons = {index for first, last in taken for index in range(first, last)}
    at = 0
    while at < len(sentence):
        end = at
        while (
            end < len(sentence)
            and end not in of_persons
            and (_is_capital(sentence, end) or _is_inside(sentence, end, at))
        ):
            end += 1
        while end > at and sentence[end - 1].lower in {"of", "the", "and"}:
            end -= 1
        nouns = [i for i in range(at, end - 1) if sentence[i].lower in words("names", "event_noun")]
        at = nouns[-1] + 1 if nouns else at  # "Exercise Alon", "India-Kyrgyzstan Joint Special Forces Exercise Khanjar"
        ordinary = end == at + 1 and (sentence[at].tag == "JJ" or (_opens(sentence, at) and is_common(sentence[at])))
        if end > at and not ordinary:
            last = end
            if end < len(sentence) and _is_edition(sentence, end):
                last = end + 1
            yield at, last
        at = max(end, at + 1)


def _is_edition(sentence: Sequence[Word], at: int) -> bool:
    """Whether a number belongs to the name before it: "BALTOPS 24", "Noble Partner 2022", "Tabuk 5 began"."""
    number = sentence[at]
    after = sentence[at + 1] if at + 1 < len(sentence) else None
    if number.tag != "CD" or not number.text.isdigit():
        return False
    return len(number.text) in {2, 4} or (len(number.text) == 1 and (after is None or not after.is_noun))


def _opens(sentence: Sequence[Word], at: int) -> bool:
    """Whether a word would have a capital anyway: the first of a sentence or of what follows a dash."""
    return at == 0 or sentence[at - 1].text in OPENING


def _is_inside(sentence: Sequence[Word], index: int, begin: int) -> bool:
    """ "Shield of Peace": a small word between two capitalised ones."""
    if index == begin or sentence[index].lower not in words("names", "name_particle") or index + 1 >= len(sentence):
        return False
    return sentence[index + 1].is_capitalized and sentence[index + 1].lower not in names_of_states()


def _is_capital(sentence: Sequence[Word], index: int) -> bool:
    """Whether a word is part of a name in capitals; small words may stand within it."""
    word = sentence[index]
    if not word.text[0].isalpha():
        return False
    if word.lower in words("names", "month") | words("names", "weekday") or word.lower.endswith(("-led", "-hosted")):
        return False  # "a U.S. Army Africa-led exercise"
    if index == 0:
        return word.tag in {"NNP", "NN", "JJ", "NNS"} and len(sentence) > 1
    return word.is_capitalized and word.tag in {"NNP", "JJ", "NN", "NNS", "VBG", "VBN"}
