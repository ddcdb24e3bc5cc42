"""Kazakh names in the nominative: only the last word of a phrase shows its case, and only that ending goes."""

from collections.abc import Sequence
from functools import cache

from loaders.kk.endings import AFTER_POSSESSIVE, CASES, fits
from loaders.kk.vocabulary import word_lists
from loaders.reading.text import Token, fold

PATRONYMICS = ("ұлы", "улы", "қызы", "кызы", "вич", "вна")


def nominative(tokens: Sequence[Token], text: str) -> str:
    """A noun phrase of the text in the nominative: «Маңғыстау облысында» → «Маңғыстау облысы».

    Arguments:
        tokens: the phrase, without a postposition.
        text: the whole text.
    """
    if not tokens:
        return ""
    last = next((t for t in reversed(tokens) if t.text[:1].isalnum()), tokens[-1])
    before = text[tokens[0].begin : last.begin]
    return " ".join((before + bare(last) + text[last.end : tokens[-1].end]).split())


def bare(token: Token) -> str:
    """A word without the ending of its case; plural and possessive stay."""
    word, lower = token.text, token.lower
    if token.lemma == lower and "-" not in word:
        return word
    attribute = token.feats.get("Attr") == "Yes" and lower[-2:] in {"ғы", "гі"}
    if attribute:
        word, lower = word[:-2], lower[:-2]
    case = token.case
    if case in {"", "Nom"}:
        return word
    possessed = "Poss" in token.feats
    if token.pos == "PROPN" and possessed and lower.startswith(token.lemma):
        return word[: len(token.lemma)]  # «Минскімен»: the vowel only joins the ending
    for ending, its_case in (*AFTER_POSSESSIVE, *CASES) if possessed else (*CASES, *AFTER_POSSESSIVE):
        if its_case != case or not lower.endswith(ending):
            continue
        stem = lower[: -len(ending)]
        if stem.endswith("-"):
            return word[: len(stem) - 1]
        if len(stem) > 1 and (possessed or "-" in stem or fits(stem, ending)):
            return word[: len(stem)]
    return word


@cache
def eastern_surnames() -> frozenset[str]:
    """Surnames (folded) of peoples who put the surname first."""
    return frozenset(fold(word) for word in word_lists()["persons"]["eastern_surnames"])


def surname(tokens: Sequence[Token]) -> str:
    """The surname, in the nominative, in the name of a person.

    Arguments:
        tokens: the name («Дәурен Қосановтың», «Андрей Белоусовпен», «Ли Шанфу»).
    """
    names = [t for t in tokens if t.text[:1].isalpha() and (len(t.text) > 1 or len(tokens) == 1)]
    if not names:
        return ""
    if len(names) > 1 and names[0].lower in eastern_surnames():
        return names[0].text
    if len(names) > 2 and fold(bare(names[-1])).endswith(PATRONYMICS):
        return names[0].text
    return bare(names[-1])


def full_name(tokens: Sequence[Token], text: str) -> str:
    """The whole name of a person, in the nominative."""
    return nominative(tokens, text)
