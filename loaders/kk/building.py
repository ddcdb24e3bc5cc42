"""What the builders of a sentence's tree share: its words, the vocabulary, and how a word is hung on another."""

from loaders.kk.tagging import Word
from loaders.kk.vocabulary import Vocabulary


class Building:
    """A sentence whose tree is being built into its words.

    Arguments:
        words: the tagged words, predicates joined, names of persons marked.
        vocabulary: the known words.
    """

    def __init__(self, words: list[Word], vocabulary: Vocabulary) -> None:
        self.words = words
        self.vocabulary = vocabulary

    def is_person_noun(self, word: Word) -> bool:
        """Whether a noun is one for people."""
        return (
            any(lemma in self.vocabulary.people for lemma in word.lemmas)
            or word.lower.split("-")[0] in self.vocabulary.people
        )

    def attach(self, at: int, head: int, rel: str, *, force: bool = False) -> None:
        """Hang a word on another, unless it hangs on one already."""
        if at != head and (force or self.words[at].head < 0):
            self.words[at].head, self.words[at].rel = head, rel
