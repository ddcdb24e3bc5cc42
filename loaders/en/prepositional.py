"""Where prepositional phrases hang: on the noun that takes them, or on the verb."""

from loaders.en.chunk import Chunk
from loaders.en.clauses import NOMINAL
from loaders.en.lists import Lists


class PrepositionalPhrases(Lists):
    """Attaches prepositional phrases."""

    def on_pp(self, phrase: Chunk) -> None:
        """A prepositional phrase hangs on the noun before it that takes it, else on the verb."""
        head = phrase.head
        clause = self.clause
        preposition = self.words[phrase.first].lower
        previous = self.directly_before()
        joined = previous is not None and previous.kind == "CC"
        owner = self.noun_of_complement(preposition, phrase, previous) if self.last_nominal >= 0 else -1
        if owner < 0 and joined and clause.head >= 0 and self.new_clause_after():
            self.return_to_finite()
            clause = self.open(self.clause.head, "conj")
            self.words[previous.head].attach(head, "cc")  # type: ignore[union-attr]
        if owner >= 0:
            self.words[head].attach(owner, "nmod")
        elif clause.head >= 0:
            if joined:
                self.words[previous.head].attach(head, "cc")  # type: ignore[union-attr]
            self.words[head].attach(clause.head, "obl")
        else:
            clause.waiting.append((head, "obl"))
        self.last_nominal = head

    def new_clause_after(self) -> bool:
        """ "…, and in 2024 it sent nobody": after "and" a circumstance, a subject and its verb."""
        following = self.phrase(1)
        if following is not None and following.kind == "COMMA":
            following = self.phrase(2)
        return following is not None and following.kind == "NP" and self.verb_follows(2)

    def noun_of_complement(self, preposition: str, phrase: Chunk, previous: Chunk | None) -> int:
        """The noun to which a prepositional phrase belongs rather than to the verb, or -1."""
        if previous is None or previous.kind not in NOMINAL:
            return -1
        if preposition in {"of", "between"}:
            return self.last_nominal
        if self.is_time(phrase.head) or self.words[phrase.head].tag == "CD":
            return -1
        if preposition == "to" and self.words[previous.first].lower == "from":
            return -1
        if preposition in {"with", "on", "for", "to", "in", "against", "from", "by"}:
            at = self.last_nominal
            while at >= 0 and self.words[at].is_noun:
                if self.is_noun_of(at, preposition):
                    return at
                at = self.words[at].head if self.words[at].rel in {"nmod", "conj", "appos"} else -1
        if (signed := self.object_over_circumstances(preposition, phrase)) >= 0:
            return signed
        # Before the verb a phrase belongs to the subject.
        waits = self.clause.head < 0 and any(rel == "subject" for _, rel in self.clause.waiting)
        return self.last_nominal if waits else -1

    def object_over_circumstances(self, preposition: str, phrase: Chunk) -> int:
        """ "signed a memorandum in Cairo on Monday on cooperation": the object, or the subject of a passive, that takes
        the phrase, circumstances of place and time between; or -1."""
        clause = self.clause
        at = clause.subject if clause.passive and clause.object < 0 else clause.object
        if at < 0 or clause.head < 0 or preposition not in {"on", "for"} or self.words[phrase.head].tag == "NNP":
            return -1
        located = all(
            self.words[p.head].rel == "nmod" or self.words[p.first].lower in {"in", "on", "at", "during"}
            for p in self.phrases[: self.at] if p.kind == "PP" and p.head > max(at, clause.head)
        )  # fmt: skip
        return at if located and self.is_noun_of(at, preposition) else -1
