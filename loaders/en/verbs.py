"""Verbs: the heads of clauses, with the subjects that waited for them."""

from loaders.en.chunk import Chunk
from loaders.en.clauses import NOMINAL, Clause
from loaders.en.nominals import Nominals


class Verbs(Nominals):
    """Attaches groups of verbs."""

    def on_vg(self, phrase: Chunk) -> None:
        """A group of verbs gives its clause a head, or opens a clause."""
        if phrase.form == "fin":
            self.finite(phrase)
        else:
            self.nonfinite(phrase)

    def finite(self, phrase: Chunk) -> None:
        """A finite verb: of this clause, of one that waits, or of a further one."""
        before = self.directly_before()
        joined = before is not None and before.kind == "CC"
        if self.clause.head < 0:
            self.take(phrase)
            return
        if joined and not self.pending():
            self.conjoin(phrase)
            return
        if self.pending() and self.give_way():
            self.take(phrase)
            return
        if self.is_saying(phrase.head) and not phrase.passive:
            # «"…", said Colonel X»
            self.new_sentence("parataxis")
            self.take(phrase)
            return
        following = self.phrase(1)
        if before is not None and before.kind == "VG" and following is not None and following.kind == "NP":
            self.inverted_after_participle(phrase)
            return
        if (
            before is not None
            and before.kind in NOMINAL
            and self.clause.object == self.last_nominal
            and self.clause.form == "fin"
        ):
            # The object is the subject of what follows: "said Poland was ready" without a break.
            subject = self.clause.object
            self.clause.object = -1
            clause = self.open(self.clause.head, "ccomp")
            self.words[subject].head, self.words[subject].rel = -1, ""
            clause.waiting.append((subject, "subject"))
            self.take(phrase)
            return
        self.conjoin(phrase)

    def inverted_after_participle(self, phrase: Chunk) -> None:
        """ "Taking part are X and Y": the participle is the verb, "be" its auxiliary, the subject follows."""
        clause = self.clause
        self.words[phrase.head].attach(clause.head, "aux")
        self.words[phrase.head].pos = "AUX"
        self.words[clause.head].feats.update(VerbForm="Fin", Tense="Pres")
        clause.form, clause.subject, clause.object = "fin", -1, -1

    def conjoin(self, phrase: Chunk) -> None:
        """A further verb of the same subject."""
        before = self.directly_before()
        self.return_to_finite()
        first = self.clause
        above = first.head
        clause = self.open(above, "conj")
        clause.outer = first.outer if first.outer is not None else None
        if clause.outer is None and first is not self.root:
            clause.outer = self.root
        self.take(phrase)
        clause.subject = first.subject
        if before is not None and before.kind == "CC":
            self.words[before.head].attach(phrase.head, "cc")

    def take(self, phrase: Chunk) -> None:
        """The verb of the clause, with the subject that waited for it."""
        clause = self.clause
        clause.head, clause.form, clause.passive = phrase.head, phrase.form, phrase.passive
        verb = self.words[phrase.head]
        if phrase.copula:
            clause.copula = phrase.head
        subjects = [i for i, rel in clause.waiting if rel == "subject"]
        relation = "nsubj:pass" if phrase.passive else "nsubj"
        if clause.relative >= 0:
            if subjects:
                self.words[subjects[-1]].attach(verb.index, relation)
                self.words[clause.relative].attach(verb.index, "obj")
                clause.subject = subjects[-1]
            else:
                self.words[clause.relative].attach(verb.index, relation)
                clause.subject = clause.relative
        elif subjects:
            self.words[subjects[0]].attach(verb.index, relation)
            clause.subject = subjects[0]
            if self.words[subjects[0]].tag == "EX":
                self.words[subjects[0]].rel = "expl"
        for index, rel in clause.waiting:
            if self.words[index].head < 0 and index != verb.index:
                self.words[index].attach(verb.index, "dep" if rel == "subject" else rel)
        clause.waiting = []

    def nonfinite(self, phrase: Chunk) -> None:
        """An infinitive or a participle: a clause of its own on the verb or the noun before it."""
        before = self.directly_before()
        joined = before is not None and before.kind == "CC"
        clause = self.clause
        if joined:
            same = self.same_form(phrase)
            if same is not None:
                new = self.open(same.head, "conj")
                new.outer = same.outer
                self.take(phrase)
                self.words[before.head].attach(phrase.head, "cc")  # type: ignore[union-attr]
                return
        after_comma = before is not None and before.kind == "COMMA"
        if after_comma and clause.head >= 0 and clause.form != "fin":
            self.return_to_finite()
            clause = self.clause
        if phrase.form == "inf":
            above, rel = self.of_infinitive(before)
        elif before is not None and before.kind in NOMINAL and self.last_nominal >= 0:
            above, rel = self.last_nominal, "acl"
        elif after_comma and self.last_nominal >= 0 and phrase.form == "part":
            above, rel = self.apposition_head(), "acl"
        else:
            above, rel = clause.head, "advcl"
            if before is not None and before.kind == "VG":
                rel = "xcomp"
        alone = not any(p.kind == "VG" and p.form == "fin" for p in self.phrases[self.at + 1 :])
        if (
            above < 0
            and clause.head < 0
            and not clause.waiting
            and clause is self.root
            and phrase.form != "inf"
            and alone
        ):
            self.take(phrase)
            clause.form = phrase.form
            return
        waits = above < 0
        new = self.open(above, rel, after_comma=after_comma)
        if waits:
            clause.subordinate = True
            clause.waiting.append((phrase.head, "advcl"))
        self.take(phrase)
        new.form = phrase.form

    def apposition_head(self) -> int:
        """The noun that a participle after a comma describes: the subject that waits, or the nominal before."""
        subjects = [i for i, rel in self.clause.waiting if rel == "subject"]
        return subjects[0] if subjects and self.clause.head < 0 else self.last_nominal

    def same_form(self, phrase: Chunk) -> Clause | None:
        """The clause with a verb of the same form to which "and" joins this one."""
        clause: Clause | None = self.clause
        while clause is not None:
            alike = clause.form == phrase.form or (clause.form == "fin" and clause.passive and phrase.form == "part")
            continued = (
                clause.form == "fin"
                and phrase.form in {"inf", "ger"}
                and self.words[clause.head].tag[-1:] == self.words[phrase.head].tag[-1:]
            )
            if clause.head >= 0 and (alike or continued):
                return clause
            clause = clause.outer
        return None

    def of_infinitive(self, before: Chunk | None) -> tuple[int, str]:
        """On what an infinitive hangs."""
        clause = self.clause
        if before is not None and before.kind in NOMINAL and self.is_noun_of(self.last_nominal, "noun_with_infinitive"):
            return self.last_nominal, "acl"
        if before is not None and before.kind in NOMINAL and clause.head < 0:
            return self.last_nominal, "acl"
        return clause.head, "xcomp" if before is not None and before.kind in {"VG", "ADJ", *NOMINAL} else "advcl"
