"""Names of persons in a tagged sentence: given names, surnames by their endings, and what stands after a title."""

from collections.abc import Iterator, Sequence

from loaders.kk.tagging import Tagger, Word
from loaders.reading.text import fold

LONGEST = 3
SURNAME_LENGTH = 5
WEAK_ENDINGS = ("ин", "ын", "ян", "бек", "бай", "хан", "жан")
"""Other words end so too: alone they make no surname."""


def find_persons(words: Sequence[Word], tagger: Tagger) -> Iterator[tuple[int, int]]:
    """The names of persons: the words from the first up to, not including, the last, initials left out."""
    at = 0
    while at < len(words):
        end = _end(words, at, tagger)
        if end > at:
            yield at - _is_given(words, at, tagger), end
            at = end
        else:
            at += 1


def _is_given(words: Sequence[Word], at: int, tagger: Tagger) -> bool:
    """Whether the word before a surname is a given name that is a noun as well: «генерал Мереке Көшекбаев»."""
    if at < 2 or not _is_surname(words[at], tagger):
        return False
    before = words[at - 1]
    plain = before.is_word and before.text[0].isupper() and not before.text.isupper() and before.case in {"", "Nom"}
    return plain and "Poss" not in before.feats and _is_title(words[at - 2], tagger)


def _end(words: Sequence[Word], at: int, tagger: Tagger) -> int:
    """The end of the name that begins at a word, or `at` where none does."""
    if not _can_be(words[at], tagger):
        return at
    end = at + 1
    while end < len(words) and end - at < LONGEST and not _inflected(words[end - 1]):
        # «Ильхам Әлиев»: after a given name a surname is one, though a word of that form be known otherwise.
        if not _can_be(words[end], tagger) and not (_is_surname(words[end], tagger) and words[end].text[0].isupper()):
            break
        end += 1
    run = words[at:end]
    given = run[0].lemma in tagger.vocabulary.given_names
    eastern = run[0].lemma in tagger.vocabulary.eastern_surnames
    surnames = [n for n, w in enumerate(run) if _is_surname(w, tagger)]
    titled = at > 0 and _is_title(words[at - 1], tagger)
    if surnames and (surnames[-1] or len(run) == 1):
        alone = len(run) == 1
        sure = not alone or given or titled or not run[0].lemma.endswith(WEAK_ENDINGS)
        return at + surnames[-1] + 1 if sure else at
    if len(run) > 1 and (given or eastern or titled or _after_initial(words, at)):
        return end
    return end if titled and run[0].lemma not in tagger.vocabulary.names else (end if _after_initial(words, at) else at)


def _can_be(word: Word, tagger: Tagger) -> bool:
    """Whether a word may be part of a name of a person."""
    if word.pos not in {"PROPN", "NOUN", "ADJ", "VERB", "X"} or not word.text[0].isupper():
        return False
    if word.text.isupper() and not _in_capitals(word, tagger):
        return False
    if not _cyrillic(word.text):
        return False
    vocabulary = tagger.vocabulary
    if word.lemma in vocabulary.given_names or word.lemma in vocabulary.eastern_surnames:
        return True
    known = any(f.score >= 50 for f in tagger.morphology.forms(word.lower))
    return not known and word.feats.get("Attr") != "Yes"


def _in_capitals(word: Word, tagger: Tagger) -> bool:
    """«ДӘУРЕН ҚОСАНОВ, ҚОРҒАНЫС МИНИСТРІ:»: a name, and not an abbreviation or a heading's word."""
    surname = _is_surname(word, tagger) and not word.lemma.endswith(WEAK_ENDINGS)
    return surname or word.lemma in tagger.vocabulary.given_names


def _cyrillic(text: str) -> bool:
    return all("\u0400" <= c <= "\u04ff" or c in "-’'" for c in text)


def _inflected(word: Word) -> bool:
    """Whether a case shows that a name ends here."""
    return word.case not in {"", "Nom"} and fold(word.text) != word.lemma


def _is_surname(word: Word, tagger: Tagger) -> bool:
    return (
        len(word.lemma) >= SURNAME_LENGTH
        and word.lemma.endswith(tagger.vocabulary.surname_endings)
        and word.lemma not in tagger.vocabulary.given_names
        and not (word.lemma in tagger.vocabulary.names and word.lemma.endswith(WEAK_ENDINGS))  # «Пекин», «Берлин»
    )


def _is_title(word: Word, tagger: Tagger) -> bool:
    return word.lemma in tagger.vocabulary.people and word.feats.get("Number") != "Plur" and word.case in {"", "Nom"}


def _after_initial(words: Sequence[Word], at: int) -> bool:
    """«Қ. Тоқаев»."""
    return at > 1 and words[at - 1].text == "." and len(words[at - 2].text) == 1 and words[at - 2].text.isupper()
