"""Names in the nominative: pymorphy3's inflection, with the agreement of adjectives and the ways of surnames."""

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from loaders.reading.text import Token, fold
from loaders.ru.morphology import morphology

CASE_TAG = {"Nom": "nomn", "Gen": "gent", "Dat": "datv", "Acc": "accs", "Ins": "ablt", "Loc": "loct"}
OTHER_CASES = {"gent": {"gen2"}, "loct": {"loc2"}, "accs": {"acc2"}}
ADJECTIVE_ENDINGS = ("ий", "ый", "ой")
SUFFIX = "ский"
"""What «азербайджано-турецкий» leaves out of its first part."""
ENDINGS_IN_A = {
    "Gen": (("ы", "а"), ("у", "а")), "Acc": (("у", "а"),), "Ins": (("ой", "а"),), "Dat": (("е", "а"),),
    "Loc": (("е", "а"),),
}  # fmt: skip
"""Endings of the declension in «а» that other surnames of men do not have in that case; the accusative of a title and
of a given name is taken for their genitive."""
UNCHANGED = ("глу", "ску", "джу", "чу", "шу", "фу", "лу", "заде", "ье")
"""Endings of surnames that no case changes: «Чавушоглу», «Ионеску», «Насирзаде»."""
SHORTEST_STEM = 3
VOWELS = frozenset("аеёиоуыэюя")
NOMINAL = {"NOUN", "ADJF", "PRTF", "NUMR"}


def recase(word: str, pattern: str) -> str:
    """The word with the capitals of the pattern."""
    if pattern.isupper() and len(pattern) > 1:
        return word.upper()
    if "-" in word and word.count("-") == pattern.count("-"):
        return "-".join(recase(w, p) for w, p in zip(word.split("-"), pattern.split("-"), strict=True))
    return word[:1].upper() + word[1:] if pattern[:1].isupper() else word


def compound_forms(adjective: str) -> tuple[str, ...]:
    """An adjective as the first part of a compound, whole, without its suffix or in a form of its own, folded:
    «азербайджанский» → «азербайджанско», «азербайджано»; «французский» → «французско», «франко»."""
    if not adjective.endswith(ADJECTIVE_ENDINGS):
        return ()
    word = fold(adjective)
    short = (f"{word.removesuffix(SUFFIX)}о",) if word.endswith(SUFFIX) else ()
    return (f"{word[:-2]}о", *short, *_compounds().get(word, ()))


@lru_cache(maxsize=1)
def _compounds() -> dict[str, list[str]]:
    """First parts of compounds that no rule tells, by their adjectives."""
    return tomllib.loads((Path(__file__).parent / "compounds.toml").read_text(encoding="utf-8"))


def is_attributive(word: str) -> bool:
    """Whether a form of an adjective can stand with a noun: «русского», «русскому», but not «русско»."""
    return word[-1:] not in {"о", "у"} or word[-2:] in {"го", "му"}


def phrase_head(tokens: Sequence[Token]) -> Token:
    """The noun on which the rest of a phrase depends."""
    inside = {t.index for t in tokens}
    nouns = [t for t in tokens if t.pos in {"NOUN", "PROPN"}]
    for token in nouns:
        at, steps = token, 0
        while at.head in inside and steps < len(tokens):
            above = next(t for t in tokens if t.index == at.head)
            if above.pos in {"NOUN", "PROPN"}:
                break
            at, steps = above, steps + 1
        if at.head not in inside:
            return token
    return nouns[0] if nouns else tokens[0]


def nominative(tokens: Sequence[Token], text: str) -> str:
    """A noun phrase in the nominative: its head and what agrees with it inflected, the rest as it stands.

    Arguments:
        tokens: the tokens of the phrase, in their order.
        text: the text that they are of.
    """
    head = phrase_head(tokens)
    case = head.case
    head_at = tokens.index(head)
    parts: list[str] = []
    for n, token in enumerate(tokens):
        gap = text[tokens[n - 1].end : token.begin] if n else ""
        agrees = token is head or (n < head_at and token.pos in {"ADJ", "DET", "VERB", "NUM"})
        agrees = agrees or (token.pos == "PROPN" and token.head == head.index and token.rel in {"flat", "flat:name"})
        word = token.text
        if agrees and case not in {"", "Nom"}:
            gender = head.feats.get("Gender", "") if head.number != "Plur" else ""
            word = nominative_word(token.text, token.case or case, head.number, gender, token is head)
        parts.append(gap + word)
    return " ".join("".join(parts).split())


@lru_cache(maxsize=20_000)
def nominative_word(word: str, case: str, number: str, gender: str, noun: bool) -> str:
    """A word in the nominative.

    Arguments:
        word: the form that stands in the text.
        case, number, gender: what the context makes of it, as in Universal Dependencies.
        noun: whether it is a noun (else what agrees with one).
    """
    best: tuple[float, Any] | None = None
    for parse in morphology().parse(word):
        tag = parse.tag
        if tag.POS not in NOMINAL:
            continue
        fits = _fits_case(tag, case)
        want_plural = number == "Plur"
        right_number = (tag.number == "plur") == want_plural
        score = parse.score + 4 * fits + 2 * right_number + 2 * ((tag.POS == "NOUN") == noun)
        score += 1.0 * (noun and gender == {"masc": "Masc", "femn": "Fem", "neut": "Neut"}.get(tag.gender))
        score += 0.5 * ("Geox" in tag)
        if best is None or score > best[0]:
            best = (score, parse)
    if best is None:
        return word
    parse = best[1]
    wanted = {"nomn", "plur"} if number == "Plur" else {"nomn", "sing"}
    if not noun and number != "Plur" and gender:
        wanted.add({"Masc": "masc", "Fem": "femn", "Neut": "neut"}[gender])
    inflected = parse.inflect(wanted) or parse.inflect({"nomn"})
    return recase(_as_written(inflected.word, word), word) if inflected else word


def _fits_case(tag: Any, case: str) -> bool:
    wanted = CASE_TAG.get(case)
    # pymorphy refuses to compare with what it does not know as a case.
    return wanted is not None and (tag.case == wanted or tag.case in OTHER_CASES.get(wanted, set()))


@lru_cache(maxsize=1)
def eastern_surnames() -> frozenset[str]:
    """Surnames (folded) of peoples who put the surname first."""
    return frozenset(fold(word) for word in _surnames()["eastern_surname"])


@lru_cache(maxsize=1)
def _surnames() -> dict[str, list[str]]:
    return tomllib.loads((Path(__file__).parent / "surnames.toml").read_text(encoding="utf-8"))


def _of_known_ending(word: str) -> str:
    """The nominative of a surname whose ending tells it whichever the case: «Насирзаде», «Собирзоде»; or `""`."""
    lower = fold(word)
    if lower.endswith(tuple(_surnames()["unchanging_end"])):
        return word
    for end in _surnames()["end_in_a"]:
        stem = end[:-1]
        if lower[:-1].endswith(stem) or (lower.endswith("ой") and lower[:-2].endswith(stem)):
            return word[: lower.rindex(stem) + len(stem)] + end[-1]
    return ""


def _is_surname(word: str) -> bool:
    """Whether the dictionary knows the word as a surname."""
    return any("Surn" in p.tag and p.is_known for p in morphology().parse(word))


@lru_cache(maxsize=20_000)
def given_name_gender(word: str) -> str:
    """`Masc` or `Fem` if the word is a given name, else `""`."""
    for parse in morphology().parse(word):
        if "Name" in parse.tag or "Patr" in parse.tag:
            return {"masc": "Masc", "femn": "Fem"}.get(str(parse.tag.gender), "")
    return ""


@lru_cache(maxsize=20_000)
def nominative_surname(word: str, case: str, gender: str) -> str:
    """A surname in the nominative.

    Arguments:
        word: the form that stands in the text.
        case: its case in the text (`Gen`, …), `""` if unknown.
        gender: `Masc` or `Fem`.
    """
    in_a = _of_known_ending(word) or (_in_a(word, case) if gender == "Masc" else "")
    if in_a:
        return in_a
    tag_gender = {"Masc": "masc", "Fem": "femn"}.get(gender, "masc")
    parses = [p for p in morphology().parse(word) if p.tag.POS in {"NOUN", "ADJF"} and p.tag.number != "plur"]
    surnames = [p for p in parses if "Surn" in p.tag and p.tag.gender in {tag_gender, None}]
    if case in {"", "Nom"} and (not surnames or any(p.tag.case == "nomn" for p in surnames)):
        return word
    fitting = [p for p in parses if p.tag.gender == tag_gender and _fits_case(p.tag, case)]
    fitting = [p for p in surnames if _fits_case(p.tag, case)] or fitting or surnames
    for parse in sorted(fitting, key=lambda p: -(p.score + 0.5 * ("anim" in p.tag))):
        inflected = parse.inflect({"nomn", "sing"})
        if inflected:
            return recase(_as_written(inflected.word, word), word)
    return recase(_stripped(fold(word), case, gender), word)


def _in_a(word: str, case: str) -> str:
    """A man's surname that ends in «а» or «я» («Шарма»): its endings are not those of other men's («Шарму», «Шармой»).

    Returns:
        The nominative; `""` where the form is not of that declension, or may be of a name that does not change.
    """
    lower = word.lower()
    for ending, nominative_ending in ENDINGS_IN_A.get(case, ()):
        stem = lower.removesuffix(ending)
        if stem == lower or len(stem) < SHORTEST_STEM or stem[-1] in VOWELS or lower.endswith(UNCHANGED):
            continue
        return word[: len(stem)] + nominative_ending
    return ""


def _as_written(word: str, source: str) -> str:
    """The word with ё only where the source has it: the dictionary puts it in where texts do without."""
    return word if "ё" in source.lower() else word.replace("ё", "е")


def _stripped(word: str, case: str, gender: str) -> str:
    """What remains of an unknown surname without the ending of its case."""
    if gender == "Masc":
        endings = {"Gen": ("а", "я"), "Acc": ("а", "я"), "Dat": ("у", "ю"), "Ins": ("ом", "ем", "ым"), "Loc": ("е",)}
        for ending in endings.get(case, ()):
            if word.endswith(ending) and len(word) > len(ending) + 2:
                return word[: -len(ending)]
    return word


def surname(tokens: Sequence[Token]) -> str:
    """The surname, in the nominative, in the name of a person.

    Arguments:
        tokens: the name («Сурена Папикяна», «Тимур Дандыбаев», «Ли Шанфу»).
    """
    names = [t for t in tokens if t.text[:1].isalpha()]
    if not names:
        return ""
    first, last = names[0], names[-1]
    if len(names) > 1 and first.lower in eastern_surnames() and not _is_surname(last.text):
        return first.text
    gender = last.feats.get("Gender", "") or (given_name_gender_of(first) if len(names) > 1 else "")
    case = last.case
    if len(names) > 1 and first.feats.get("Gender") == "Masc" and first.case != "Nom" and _shows_case(first, "Masc"):
        gender = "Masc"  # «Шамшадом Мирзой»
    if len(names) > 1 and first.case and (case in {"", "Nom"} or _shows_case(first, gender)):
        case = first.case
    return nominative_surname(last.text, case, "Fem" if gender == "Fem" else "Masc")


def _shows_case(given: Token, gender: str) -> bool:
    """Whether a given name has the ending of its case: the tagger guesses less at it than at the surname's."""
    if gender == "Fem":
        return given.case == "Nom" and given.lower[-1:] in "ая"
    endings = {"Gen": "ая", "Acc": "ая", "Dat": "ую", "Ins": "мй", "Nom": "бвгджзклмнпрстфхцчшщ"}
    return given.lower[-1:] in endings.get(given.case, "")


def given_name_gender_of(token: Token) -> str:
    """The gender of a given name in whichever case it stands."""
    for lemma in (token.lower, *token.lemmas):
        gender = given_name_gender(lemma)
        if gender:
            return gender
    return token.feats.get("Gender", "")
