"""What the reader's names and word lists teach morphology: the words in them that it does not know yet."""

import re
from collections.abc import Iterable

from loaders.kk.morphology import Morphology
from loaders.reading.text import fold

WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
LONGEST_NAME = 4
KNOWN = 50.0
"""From this score on a form is made of a word that is known."""


def learn_names(morphology: Morphology, names: Iterable[str]) -> None:
    """Take in the words of names: first the names of one word, then of longer ones what is not an inflected word."""
    vocabulary = morphology.vocabulary
    split = [WORD.findall(name) for name in names]
    single = {words[0] for words in split if len(words) == 1 and words[0][:1].isupper()}
    # A series that is called like a common word («Шығыс», «Орталық») makes no name of the word elsewhere.
    vocabulary.names.update(fold(name) for name in single if "NOUN" not in vocabulary.nominals.get(fold(name), ()))
    vocabulary.learn(single)
    adjectives = {words[0] for words in split if len(words) == 1 and words[0][:1].islower()}
    vocabulary.of_states.update(map(fold, adjectives))
    for word in sorted(adjectives):
        vocabulary.nominals[fold(word)].add("ADJ")
    morphology.forget_all()
    for words in split:
        if len(words) > 1:
            if all(w[:1].isupper() for w in words) and len(words) <= LONGEST_NAME:
                vocabulary.long_names[fold(words[0])].append(tuple(map(fold, words)))
            vocabulary.names.update(fold(w) for w in words if w[:1].isupper() and not is_known(morphology, w))
            learn_words(morphology, words)


def learn_words(morphology: Morphology, words: Iterable[str]) -> None:
    """Take in those words that are no form of a known one."""
    new = [word for word in words if word[:1].isalpha() and not is_known(morphology, word)]
    if new:
        morphology.vocabulary.learn(new)
        for word in new:
            morphology.forget(fold(word))


def is_known(morphology: Morphology, word: str) -> bool:
    """Whether a word is a form of a known one."""
    forms = morphology.forms(fold(word))
    return bool(forms) and forms[0].score >= KNOWN
