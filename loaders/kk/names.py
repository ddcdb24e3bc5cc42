"""Names of places and companies in a parsed sentence that no list need know: capitals and the noun beside them tell."""

from collections.abc import Iterator, Sequence
from functools import cache

from loaders.kk.tagging import Word
from loaders.kk.vocabulary import Vocabulary, word_lists
from loaders.reading.text import fold


def find_names(words: Sequence[Word], vocabulary: Vocabulary) -> Iterator[tuple[int, int, str]]:
    """First word, word after the last, and `LOC` or `ORG`."""
    towns, companies, geographic, occasions = map(_nouns, ("towns", "companies", "geographic", "occasions"))
    at = 0
    while at < len(words):
        end = _run(words, at, vocabulary)
        if end == at:
            at += 1
            continue
        following = words[end] if end < len(words) else None
        last = words[end - 1]
        if _names_occasion(words, end, occasions):
            pass
        elif _each_a_place(words, end, geographic):
            yield at, end, "LOC"
        elif following is not None and following.lemma in companies and last.case in {"", "Nom"}:
            yield at, end, "ORG"
        elif (following is not None and following.lemma in towns and last.case in {"", "Nom"}) or (
            last.case in {"Loc"} and all(_cyrillic(w) for w in words[at:end])
        ):
            yield at, end, "LOC"
        elif all(not _cyrillic(w) for w in words[at:end]) and last.case not in {"Loc"} and _acts(words, at):
            yield at, end, "ORG"
        at = end


@cache
def _nouns(name: str) -> frozenset[str]:
    """The nouns of a list, folded."""
    return frozenset(map(fold, word_lists()["named"][name]))


def _names_occasion(words: Sequence[Word], end: int, nouns: frozenset[str]) -> bool:
    """«IDEF – 2025 көрмесі»: whether the noun after a name, its year left aside, is one for an occasion."""
    while end < len(words) and (words[end].pos in {"PUNCT", "NUM"} or words[end].text[0].isdigit()):
        if words[end].text in {".", ",", ";", ":"}:
            return False
        end += 1
    adjective = end < len(words) and words[end].pos == "ADJ"
    return end + adjective < len(words) and words[end + adjective].lemma in nouns


def _each_a_place(words: Sequence[Word], end: int, nouns: frozenset[str]) -> bool:
    """Whether a name that ends here is one of several before a geographical noun in the plural: «Лусон мен Палаван
    аралдары»."""
    last = words[end - 1]
    if last.case not in {"", "Nom"}:
        return False
    joined = last.rel == "conj" or any(w.head >= 0 and words[w.head] is last and w.rel == "conj" for w in words)
    while end < len(words) and (words[end].pos == "CCONJ" or words[end].text == "," or words[end].rel == "conj"):
        end += 1
    noun = words[end] if end < len(words) else None
    return joined and noun is not None and noun.lemma in nouns and noun.feats.get("Number") == "Plur"


def _run(words: Sequence[Word], at: int, vocabulary: Vocabulary) -> int:
    """The end of a run of capitalised words that are no known names."""
    end = at
    while end < len(words) and _is_unknown(words[end], vocabulary):
        end += 1
        if words[end - 1].case not in {"", "Nom"}:
            break
    return end


def _is_unknown(word: Word, vocabulary: Vocabulary) -> bool:
    return (
        word.pos == "PROPN" and not word.person and not word.name and word.text[0].isupper()
        and not any(lemma in vocabulary.names or lemma in vocabulary.nominals for lemma in word.lemmas)
    )  # fmt: skip


def _cyrillic(word: Word) -> bool:
    return all(not ("a" <= c.lower() <= "z") for c in word.text)


def _acts(words: Sequence[Word], at: int) -> bool:
    """Whether a name is subject, companion or owner: a make of arms stands before the noun for the arms."""
    head, rel = words[at].head, words[at].rel
    if rel == "conj" and head >= 0:
        return _acts(words, head) if head != at else False
    return rel.startswith("nsubj") or words[at].case in {"Ins", "Gen", "Dat"}
