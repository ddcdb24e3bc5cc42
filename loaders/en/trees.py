"""English dependency trees, built from phrases from left to right.

A sentence is read as clauses within clauses: each waits for its verb, takes what follows as objects and circumstances,
and gives way to the clause that it interrupted at a comma or at a verb without a subject. Relations are those of
Universal Dependencies. What stays unclear hangs on the verb of its clause: readers look through the whole clause.
"""

from loaders.en.chunk import Chunk
from loaders.en.clauses import NOMINAL, Clause
from loaders.en.morphology import names_of_states
from loaders.en.verbs import Verbs
from loaders.en.words import words

DASHES = frozenset({"—", "–", "-"})


class TreeBuilder(Verbs):
    """Builds the tree of one sentence."""

    def build(self) -> None:
        """Attach every word."""
        for at, phrase in enumerate(self.phrases):
            self.at = at
            getattr(self, f"on_{phrase.kind.lower()}")(phrase)
        for clause in self.clauses:
            self.close(clause)
        self.one_root()
        for word in self.words:
            if word.tag == "VBG" and word.rel == "advcl" and word.feats.get("VerbForm") == "Part":
                word.feats["VerbForm"] = "Conv"

    # ------------------------------------------------------------------ words that join

    def on_rel(self, phrase: Chunk) -> None:
        """A relative pronoun opens a clause on the nominal before it."""
        previous = self.directly_before()
        after_comma = previous is not None and previous.kind == "COMMA"
        word = self.words[phrase.head]
        above = self.person_before() if word.lower in {"who", "whom"} else self.last_nominal
        if above < 0 or (word.tag == "WP" and not (previous is not None and previous.kind in NOMINAL)):
            clause = (
                self.open(self.clause.head, "ccomp" if self.clause.head >= 0 else "root")
                if self.clause.head >= 0
                else self.clause
            )
            clause.waiting.append((phrase.head, "subject"))
            return
        clause = self.open(above, "acl:relcl", after_comma=after_comma)
        if phrase.first != phrase.head:
            clause.waiting.append((phrase.head, "obl"))
        elif word.lower in {"where"}:
            clause.waiting.append((phrase.head, "advmod"))
            clause.subordinate = True
        else:
            clause.relative = phrase.head

    def person_before(self) -> int:
        """To whom "who" refers: not to the state in "General Sáenz of Spain, who heads …", nor to the staff in "General
        Sáenz, head of the staff, who came"."""
        at = self.last_nominal
        while at >= 0 and self.words[at].rel == "nmod" and self.words[at].lower in names_of_states():
            at = self.words[at].head
        at = at if at >= 0 else self.last_nominal
        named = self.words[at].tag == "NNP" if at >= 0 else False
        above = self.apposed_person(at) if named and not self.is_person(at) else -1
        return above if above >= 0 else at

    def on_sc(self, phrase: Chunk) -> None:
        """A conjunction opens a clause: what is said, or a circumstance."""
        word = self.words[phrase.head]
        before = self.before()
        if (
            word.lower == "that"
            and not self.said_when()
            and before is not None
            and before.kind in NOMINAL
            and self.last_nominal >= 0
            and not self.told()
        ):
            saying = self.is_saying_noun()
            clause = self.open(self.last_nominal, "acl" if saying else "acl:relcl")
            if saying:
                self.marked(clause, phrase.head)
            else:
                clause.relative = phrase.head
                word.pos = "PRON"
                word.feats["PronType"] = "Rel"
            return
        if word.lower in {"that", "whether", "how", "why"} and self.clause.head >= 0:
            clause = self.open(self.clause.head, "ccomp")
        else:
            above = self.clause.head
            if above < 0 and self.clause.outer is not None and self.clause.outer.head >= 0 and not self.clause.waiting:
                above = self.clause.outer.head
            clause = self.open(above, "advcl", after_comma=True)
            if above < 0 and clause.outer is not None:
                clause.outer.subordinate = True
        self.marked(clause, phrase.head)

    def told(self) -> bool:
        """ "told reporters that": the noun before is whom one tells."""
        return self.clause.head >= 0 and self.is_saying(self.clause.head) and self.clause.object == self.last_nominal

    def said_when(self) -> bool:
        """ "announced on Monday that", "said in a statement that": what is said follows a circumstance of saying."""
        clause, before = self.clause, self.before()
        return (
            clause.head >= 0 and clause.object < 0 and self.is_saying(clause.head)
            and before is not None and before.kind == "PP" and not self.is_saying_noun_of_content()
        )  # fmt: skip

    def is_saying_noun_of_content(self) -> bool:
        """ "commented on reports that": the noun's own content follows."""
        return self.is_saying_noun() and self.words[self.last_nominal].lower not in words("nouns", "of_saying")

    def is_saying_noun(self) -> bool:
        """ "reports that", "talk that": what follows is their content."""
        return any(lemma in words("nouns", "of_content") for lemma in self.words[self.last_nominal].lemmas)

    def marked(self, clause: Clause, index: int) -> None:
        """Give a clause its conjunction."""
        clause.waiting.append((index, "mark"))
        clause.subordinate = True

    def on_cc(self, phrase: Chunk) -> None:
        """Left for what follows it."""

    def on_comma(self, _: Chunk) -> None:
        """A comma closes a clause that a comma opened, once that has its verb."""
        clause = self.clause
        following = self.phrase(1)
        if clause.head < 0 or clause.outer is None:
            return
        lists = following is not None and following.kind == "NP" and self.comma_lists()
        if lists:
            return
        if (
            clause.rel in {"acl:relcl", "acl", "advcl", "xcomp"}
            and (clause.after_comma or self.pending() or clause.rel == "advcl")
            and not self.give_way()
        ):
            self.return_to_outer()

    def comma_lists(self) -> bool:
        """Whether the comma is one within a list of nominals."""
        saved, self.at = self.at, self.at + 1
        listed = self.in_list()
        self.at = saved
        return listed

    def return_to_outer(self) -> None:
        """Return to the clause in which a subordinate one stands."""
        clause = self.clause
        while clause.outer is not None and clause.rel in {"acl:relcl", "acl", "advcl", "xcomp"}:
            clause = clause.outer
            if clause.form == "fin" or clause.head < 0:
                break
        self.clause = clause

    def on_stop(self, phrase: Chunk) -> None:
        """A semicolon or a colon begins a further clause; a dash or bracket an insertion."""
        sign = self.words[phrase.head].text
        if sign in {";", ":"} and self.root.head >= 0:
            self.new_sentence("parataxis")
            self.last_nominal = -1
        elif sign in {";", ":"} and self.clause.waiting:
            self.close_without_verb(self.root) if self.root.head < 0 and self.clause is self.root else None
            self.new_sentence("parataxis") if self.root.head >= 0 else None
            self.last_nominal = -1 if sign == ";" else self.last_nominal
        elif sign in DASHES and self.clause.head >= 0 and self.clause.outer is not None and not self.give_way():
            self.return_to_outer()

    def on_quote(self, phrase: Chunk) -> None:
        """A quotation mark changes nothing."""

    def on_adj(self, phrase: Chunk) -> None:
        """An adjective that is predicated, or stands after its noun."""
        clause = self.clause
        before = self.before()
        word = self.words[phrase.head]
        if clause.copula >= 0 and clause.head == clause.copula and before is not None and before.kind in {"VG", "NP"}:
            self.predicate(phrase.head)
        elif before is not None and before.kind == "CC" and clause.head >= 0 and self.words[clause.head].tag == "JJ":
            word.attach(clause.head, "conj")
        elif before is not None and before.kind in NOMINAL and self.last_nominal >= 0 and clause.head < 0:
            word.attach(self.last_nominal, "amod")
        elif clause.head >= 0:
            word.attach(clause.head, "xcomp" if word.pos == "ADJ" else "advmod")
        else:
            clause.waiting.append((phrase.head, "advcl"))

    def on_adv(self, phrase: Chunk) -> None:
        """An adverb hangs on the verb of its clause."""
        clause = self.clause
        for index in range(phrase.first, phrase.last):
            if self.words[index].head >= 0:
                continue
            if clause.head >= 0:
                self.words[index].attach(clause.head, "advmod")
            else:
                clause.waiting.append((index, "advmod"))

    def on_x(self, phrase: Chunk) -> None:
        """What is neither phrase nor sign of a clause: signs are left for the root."""
        if self.words[phrase.head].tag != "PUNCT":
            self.on_adv(phrase)
