"""English phrases that do not nest: noun phrases with their heads, and groups of verbs.

The method is that of S. Abney, Parsing by chunks (1991): a phrase reaches up to its head, and what follows the head is
attached later. Within a phrase dependents get their relations here.
"""

from collections.abc import Sequence

from loaders.en.chunk import Chunk
from loaders.en.noun_phrases import PREMODIFIERS
from loaders.en.verb_groups import AUXILIARIES, VerbGroups
from loaders.en.word import Word
from loaders.en.words import long_prepositions


def chunks(sentence: Sequence[Word], names: Sequence[tuple[int, int]]) -> list[Chunk]:
    """The phrases of a sentence, in its order, nothing left out.

    Arguments:
        sentence: its tagged words.
        names: the names of persons: first and last (exclusive) word.
    """
    return list(_Chunker(sentence, names).chunks())


class _Chunker(VerbGroups):
    """Divides one sentence into phrases."""

    def chunks(self) -> list[Chunk]:
        found: list[Chunk] = []
        at = 0
        while at < len(self.words):
            chunk = self.chunk(at, found)
            found.append(chunk)
            at = chunk.last
        return found

    def chunk(self, at: int, before: Sequence[Chunk]) -> Chunk:
        word = self.words[at]
        tag = word.tag
        if self.bound(at):
            return self.noun_phrase(at)
        if tag == "PUNCT":
            kind = (
                "COMMA" if word.text == "," else "QUOTE" if word.text in {'"', "“", "”", "«", "»", "'", "‘"} else "STOP"
            )
            if word.text in {"$", "€", "£"} and at + 1 < len(self.words) and self.words[at + 1].tag == "CD":
                return self.noun_phrase(at)
            return Chunk("X" if word.text in {".", "%", "/", "*"} else kind, at, at + 1, at)
        if tag == "CC":
            return Chunk("CC", at, at + 1, at)
        if tag == "SC":
            return Chunk("SC", at, at + 1, at)
        if tag in {"WDT", "WP"} and not (word.lower in {"whose", "what"} and self.starts_noun(at + 1)):
            return Chunk("REL", at, at + 1, at)
        if tag == "WRB":
            return Chunk("SC", at, at + 1, at)
        if tag == "IN" or (tag == "TO" and not self.is_infinitive(at)) or self.long_preposition(at):
            return self.preposition(at)
        if tag == "TO" or tag in AUXILIARIES or tag in {"VB", "VBP", "VBZ", "VBD"}:
            return self.verbs(at)
        if tag in {"VBN", "VBG"}:
            return self.noun_phrase(at) if self.modifies(at, before) else self.verbs(at)
        if tag in {"RB", "NOT"}:
            if tag == "NOT" and at + 1 < len(self.words) and self.words[at + 1].tag == "TO":
                return self.verbs(at)
            if self.starts_noun(at + 1, after_adverb=True) and word.lower in {
                "about",
                "some",
                "almost",
                "nearly",
                "around",
                "more",
                "over",
                "up",
            }:
                return self.noun_phrase(at)
            return Chunk("ADV", at, at + 1, at)
        if tag == "JJ" and not self.starts_noun(at):
            end = at + 1
            return Chunk("ADJ", at, end, at)
        if tag in PREMODIFIERS or tag in {"PRP", "EX"}:
            return self.noun_phrase(at)
        return Chunk("ADV" if tag == "RP" else "X", at, at + 1, at)

    def long_preposition(self, at: int) -> int:
        """How many words the preposition of several words has that begins here; 0 if none does."""
        for phrase in long_prepositions().get(self.words[at].lower, ()):
            if len(phrase) > 1 and tuple(w.lower for w in self.words[at : at + len(phrase)]) == phrase:
                return len(phrase)
        return 0

    def preposition(self, at: int) -> Chunk:
        """A preposition with the noun phrase that it governs; without one it is an adverb."""
        size = self.long_preposition(at) or 1
        if size > 1:
            for index in range(at + 1, at + size):
                self.words[index].attach(at, "fixed")
                self.words[index].pos = "ADP"
            self.words[at].pos = "ADP"
        begin = at + size
        while begin < len(self.words) and (
            self.words[begin].text in {'"', "“"}
            or (self.words[begin].tag == "RB" and not self.starts_noun(begin) and not self.bound(begin))
        ):
            begin += 1
        governed = begin < len(self.words) and (
            self.bound(begin) > 0 or
            self.words[begin].tag in {"PRP", "EX", "DT", "PRP$", "CD", "$"} or self.starts_noun(begin)
            or self.words[begin].tag == "RB" or begin in self.persons or self.words[begin].text in {"$", "€", "£"}
        )  # fmt: skip
        if not governed:
            if begin < len(self.words) and self.words[begin].tag == "WDT":
                self.words[at].attach(begin, "case")
                return Chunk("REL", at, begin + 1, begin)
            self.words[at].pos = "ADP"
            return Chunk(
                "SC" if begin < len(self.words) and self.words[begin].tag == "VBG" else "ADV", at, at + size, at
            )
        phrase = self.noun_phrase(begin)
        head = phrase.head
        if self.words[at].tag == "TO":
            self.words[at].pos = "ADP"
        self.words[at].attach(head, "case")
        for index in range(at + size, begin):
            self.words[index].attach(head, "punct" if self.words[index].tag == "PUNCT" else "advmod")
        return Chunk("PP", at, phrase.last, head, names=phrase.names)
