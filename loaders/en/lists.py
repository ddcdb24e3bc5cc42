"""Lists and appositions: what a noun phrase after a comma or "and" is to the one before."""

from loaders.en.chunk import Chunk
from loaders.en.clauses import LOOKAHEAD, NOMINAL, Clauses
from loaders.en.words import words


class Lists(Clauses):
    """Tells lists from appositions and from further clauses."""

    def has_verb(self) -> bool:
        """Whether the clause, or the one that it interrupts, has its verb."""
        return self.clause.head >= 0 or (self.clause.outer is not None and self.clause.outer.head >= 0)

    def subject_continues(self) -> bool:
        """Whether the clause still waits for its verb, so that a nominal after "and" belongs to its subject."""
        return self.clause.head < 0 and bool(self.clause.waiting)

    def list_head(self) -> int:
        """The first member of the list to which a nominal after a comma or "and" belongs."""
        at = self.last_nominal
        while at >= 0 and self.words[at].rel in {"conj", "appos"} and self.words[at].head >= 0:
            at = self.words[at].head
        return at

    def is_person(self, index: int) -> bool:
        """Whether a nominal is the name of a person, or a title or rank with one."""
        beside = {index, *(w.index for w in self.words if w.head == index and w.rel == "appos")}
        return any(name in beside for phrase in self.phrases[: self.at] for name in phrase.names)

    def is_office(self, phrase: Chunk) -> bool:
        """Whether a phrase is a title in the singular without a name: "deputy minister of defence"."""
        word = self.words[phrase.head]
        titles = words("closed", "title_before_name")
        return word.tag in {"NN", "NNP"} and not phrase.names and word.lower in titles

    def apposed_person(self, index: int) -> int:
        """The person of whom an apposition that ends in a word tells: "X, deputy minister of [Kenya]"; -1 for none."""
        at, steps = index, 0
        while at >= 0 and steps < LOOKAHEAD:
            above, rel = self.words[at].head, self.words[at].rel
            if rel == "appos" and above >= 0 and self.is_person(above):
                return above
            if rel not in {"nmod", "appos"}:
                return -1
            at, steps = above, steps + 1
        return -1

    def title_of(self, phrase: Chunk) -> int:
        """The title before a comma that a person's name explains: "India's ambassador to Nepal, Arun …"; or -1."""
        if not phrase.names or phrase.names[0] != phrase.head:
            return -1
        at, steps = self.last_nominal, 0
        while at >= 0 and steps < LOOKAHEAD:
            if self.words[at].lower in words("closed", "title_before_name") or any(
                lemma in words("closed", "title_before_name") for lemma in self.words[at].lemmas
            ):
                return at if not any(w.head == at and w.rel == "appos" for w in self.words) else -1
            if self.words[at].rel not in {"nmod", "conj"}:
                return -1
            at, steps = self.words[at].head, steps + 1
        return -1

    def closes_apposition(self) -> bool:
        """Whether a comma follows the phrase before its verb: "Sharsheev, director of X, said" with a verb before."""
        following = self.phrase(1)
        index = self.at + 1
        while following is not None and following.kind == "PP":
            index += 1
            following = self.phrases[index] if index < len(self.phrases) else None
        return following is not None and following.kind == "COMMA" and self.clause.head < 0

    def in_list(self) -> bool:
        """Whether the phrase is a member of a list: one with "and" before its last, no verb between."""
        members = 0
        index = self.at
        while index < len(self.phrases):
            phrase = self.phrases[index]
            if phrase.kind in NOMINAL:
                index += 1
                continue
            if phrase.kind == "COMMA":
                following = self.phrases[index + 1] if index + 1 < len(self.phrases) else None
                if following is not None and following.kind == "CC":
                    index += 1
                    continue
                if following is None or following.kind != "NP":
                    return False
                members += 1
                index += 1
                continue
            if phrase.kind == "CC":
                following = self.phrases[index + 1] if index + 1 < len(self.phrases) else None
                if following is None or following.kind not in NOMINAL:
                    return False
                return not self.starts_clause(index + 1)
            return False
        return False

    def list_is_subject(self) -> bool:
        """Whether the list that begins here is the subject: "In Astana, Kazakhstan and Turkey signed …".

        It is when the verb comes right after its last member, or after the comma that ends an apposition to it; where
        another nominal stands between ("In Mali and Chad, troops trained"), that is the subject.
        """
        commas_after_last = 0
        joined = False
        for index in range(self.at, len(self.phrases)):
            phrase = self.phrases[index]
            if phrase.kind == "CC":
                joined, commas_after_last = True, 0
            elif phrase.kind == "COMMA":
                commas_after_last += joined
            elif phrase.kind == "VG" and phrase.form == "fin":
                return joined and (commas_after_last != 1 or self.phrases[index - 1].kind == "COMMA")
            elif phrase.kind not in NOMINAL and phrase.kind not in {"QUOTE", "ADV"}:
                return False
        return False

    def starts_clause(self, index: int) -> bool:
        """Whether the nominal at a place is the subject of a further clause rather than the last of a list."""
        if self.clause.head < 0 and not self.clause.outer:
            return False
        saved, self.at = self.at, index
        follows = self.verb_follows()
        self.at = saved
        return follows and self.clause.head >= 0

    def is_after_verb_only(self) -> bool:
        """Whether a verb stands directly before."""
        before = self.before()
        return before is not None and before.kind == "VG"
