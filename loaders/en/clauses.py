"""The clauses of a sentence while they are read: which one is open, which ones wait for their verb."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from loaders.en.chunk import Chunk
from loaders.en.morphology import lemmas_by_pos
from loaders.en.word import Word
from loaders.en.words import words

NOMINAL = frozenset({"NP", "PP"})
LOOKAHEAD = 14
"""So many phrases further a verb can belong to a subject."""


@dataclass(slots=True)
class Clause:
    """A clause while it is being read.

    Arguments:
        above: the word on which it hangs, -1 for the sentence's own, None where the next clause decides.
        rel: the relation to it.
        outer: the clause that it interrupts.
        head: its verb, or what is predicated by "be"; -1 while it waits for it.
        subject: the word that is its subject, -1 for none.
        waiting: phrases that came before the verb.
        after_comma: whether a comma opened it, so that a comma closes it.
    """

    above: int = -1
    rel: str = "root"
    outer: "Clause | None" = None
    head: int = -1
    form: str = ""
    passive: bool = False
    subject: int = -1
    object: int = -1
    copula: int = -1
    relative: int = -1
    subordinate: bool = False
    after_comma: bool = False
    waiting: list[tuple[int, str]] = field(default_factory=list)


class Clauses:
    """A sentence with its clauses.

    Arguments:
        sentence: its tagged words, dependents within phrases attached.
        phrases: its phrases.
    """

    def __init__(self, sentence: Sequence[Word], phrases: Sequence[Chunk]) -> None:
        self.words = sentence
        self.phrases = phrases
        self.root = Clause()
        self.clause = self.root
        self.clauses = [self.root]
        self.last_nominal = -1
        self.described = -1  # what the last apposition with an article describes
        self.at = 0

    # ------------------------------------------------------------------ looking around

    def phrase(self, offset: int) -> Chunk | None:
        """The phrase so many places from this one."""
        index = self.at + offset
        return self.phrases[index] if 0 <= index < len(self.phrases) else None

    def before(self) -> Chunk | None:
        """The phrase before, quotation marks and adverbs left out."""
        for index in range(self.at - 1, -1, -1):
            if self.phrases[index].kind not in {"QUOTE", "ADV"}:
                return self.phrases[index]
        return None

    def directly_before(self) -> Chunk | None:
        """The phrase before, quotation marks left out."""
        for index in range(self.at - 1, -1, -1):
            if self.phrases[index].kind != "QUOTE":
                return self.phrases[index]
        return None

    def verb_follows(self, start: int = 1) -> bool:
        """Whether a finite verb whose subject stands here follows, what belongs to the subject between."""
        depth = commas = 0
        joined = False
        index = self.at + start
        while index < len(self.phrases) and index < self.at + LOOKAHEAD:
            phrase = self.phrases[index]
            following = self.phrases[index + 1] if index + 1 < len(self.phrases) else None
            if phrase.kind == "VG" and phrase.form == "fin":
                if not depth and commas and self.is_said_by_next(index):
                    return False
                if not depth:
                    return commas != 1 or joined or self.is_parenthetic(index)
                depth -= 1
            elif phrase.kind in {"REL", "SC"}:
                depth += 1
            elif phrase.kind == "CC" and not depth:
                joined = True
                if following is None or following.kind not in NOMINAL:
                    return False
            elif (phrase.kind == "QUOTE" and commas) or (
                phrase.kind == "STOP" and self.words[phrase.head].text in {";", ":"}
            ):
                return False
            elif phrase.kind == "COMMA" and not depth:
                commas += 1
                if following is not None and following.kind in {"CC", "QUOTE"}:
                    return False
            index += 1
        return False

    def is_said_by_next(self, verb: int) -> bool:
        """ "… boats to the navy and army, the ministry said": a comma, who says it, and the verb of saying."""
        at = verb - 1
        while at > verb - 4 and at > self.at and self.phrases[at].kind == "NP":
            at -= 1
        said = at < verb - 1 and at > self.at and self.phrases[at].kind == "COMMA"
        return said and self.is_saying(self.phrases[verb].head)

    def is_parenthetic(self, verb: int) -> bool:
        """Whether a comma stands directly before a verb: "Poland, asked by a newspaper, said"."""
        return self.phrases[verb - 1].kind == "COMMA"

    def is_time(self, head: int) -> bool:
        """Whether a bare noun phrase says when: "last year", "Monday", "18 June 2024"."""
        word = self.words[head]
        return word.lower in words("names", "month") | words("names", "weekday") or any(
            lemma in words("names", "time") for lemma in word.lemmas
        )

    def is_saying(self, head: int) -> bool:
        """Whether a verb is one of saying."""
        return any(lemma in words("verbs", "saying") for lemma in lemmas_by_pos(self.words[head].lower).get("VERB", ()))

    def is_noun_of(self, head: int, section: str) -> bool:
        """Whether a noun is in a list of words."""
        return any(lemma in words("nouns", section) for lemma in self.words[head].lemmas)

    # ------------------------------------------------------------------ clauses

    def open(self, above: int, rel: str, *, after_comma: bool = False) -> Clause:
        """A new clause within the present one."""
        clause = Clause(above, rel, self.clause, after_comma=after_comma)
        self.clauses.append(clause)
        self.clause = clause
        return clause

    def pending(self) -> bool:
        """Whether an outer clause waits for its verb."""
        clause = self.clause.outer
        while clause is not None:
            if clause.head < 0 and (clause.waiting or clause.relative >= 0):
                return True
            clause = clause.outer
        return False

    def give_way(self) -> bool:
        """Return to the nearest clause that still waits for its verb; False if there is none."""
        clause = self.clause.outer
        while clause is not None:
            if clause.head < 0 and (clause.waiting or clause.relative >= 0 or clause.subordinate):
                self.clause = clause
                return True
            clause = clause.outer
        return False

    def return_to_finite(self) -> None:
        """Return to the nearest clause with a finite verb."""
        clause: Clause | None = self.clause
        while clause is not None and not (clause.head >= 0 and clause.form == "fin") and clause.outer is not None:
            clause = clause.outer
        if clause is not None:
            self.clause = clause

    def close(self, clause: Clause) -> None:
        """Hang the clause, and what still waits in it, on the tree."""
        if clause.head < 0:
            self.close_without_verb(clause)
        if clause.head < 0:
            return
        for index, rel in clause.waiting:
            if self.words[index].head < 0 and index != clause.head:
                self.words[index].attach(clause.head, rel)
        if clause.above >= 0 and self.words[clause.head].head < 0 and not self.hangs(clause.above, clause.head):
            self.words[clause.head].attach(clause.above, clause.rel)

    def hangs(self, index: int, above: int) -> bool:
        """Whether a word hangs on another, directly or not."""
        steps = 0
        while index >= 0 and steps < len(self.words):
            if index == above:
                return True
            index, steps = self.words[index].head, steps + 1
        return False

    def close_without_verb(self, clause: Clause) -> None:
        """A clause without a verb is headed by its first nominal that has no preposition, else by its first."""
        bare = [i for i, rel in clause.waiting if rel == "subject"]
        other = [i for i, _ in clause.waiting]
        if not (bare or other):
            return
        clause.head = (bare or other)[0]
        clause.waiting = [
            (i, "obl" if rel == "obl" else "dep" if rel == "subject" else rel)
            for i, rel in clause.waiting
            if i != clause.head
        ]

    def one_root(self) -> None:
        """What has no head yet hangs on the sentence's root: its first verb, or else its first noun."""
        roots = [w for w in self.words if w.head < 0]
        if not roots:
            return
        content = [w for w in roots if w.tag != "PUNCT"] or roots
        main = self.words[self.root.head] if self.root.head >= 0 and self.words[self.root.head].head < 0 else None
        main = main or next((w for w in content if w.feats.get("VerbForm") == "Fin"), content[0])
        main.rel = "root"
        for word in roots:
            if word is main:
                continue
            if word.tag == "PUNCT":
                word.attach(main.index, "punct")
            elif word.tag == "CC":
                word.attach(main.index, "cc")
            elif word.pos in {"ADV", "PART", "ADP", "SCONJ"}:
                word.attach(main.index, "advmod")
            else:
                word.attach(main.index, "parataxis")
