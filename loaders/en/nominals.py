"""Where noun phrases hang."""

from loaders.en.chunk import Chunk
from loaders.en.clauses import LOOKAHEAD, NOMINAL
from loaders.en.morphology import lemmas_by_pos
from loaders.en.prepositional import PrepositionalPhrases
from loaders.en.words import words


class Nominals(PrepositionalPhrases):
    """Attaches noun phrases: members of lists, appositions, subjects, objects, circumstances."""

    def on_np(self, phrase: Chunk) -> None:
        """A noun phrase: a member of a list, an apposition, a subject or an object."""
        head = phrase.head
        before = self.directly_before()
        if self.after_speech():
            self.new_sentence("parataxis")
            self.wait(phrase)
        elif self.words[phrase.first].lower == "whose" and self.last_nominal >= 0 and self.verb_follows():
            # "Romania, whose officers teach there, …"
            self.open(self.last_nominal, "acl:relcl", after_comma=before is not None and before.kind == "COMMA")
            self.wait(phrase)
        elif (before is not None and before.kind == "CC" and self.joins(phrase)) or (
            before is not None and before.kind == "COMMA" and self.after_comma(phrase)
        ):
            pass
        elif (
            before is not None
            and before.kind == "STOP"
            and self.words[before.head].text in {"—", "–", "-", "("}
            and self.last_nominal >= 0
            and not (self.verb_follows() and self.clause.head >= 0 and self.words[before.head].text == "(")
        ):
            if self.verb_follows() and not self.closing_dash(before) and self.clause.head >= 0:
                self.new_sentence("parataxis")
                self.wait(phrase)
            elif self.verb_follows() and self.clause.head < 0 and self.words[before.head].text != "(":
                self.wait(phrase)
            else:
                self.words[head].attach(self.last_nominal, "appos")
        else:
            self.plain(phrase)
        self.last_nominal = head

    def after_speech(self) -> bool:
        """Whether quotation marks have just closed on a clause, and a subject with its verb follows: "…," X said."""
        mark = self.phrase(-1)
        if mark is None or mark.kind != "QUOTE" or self.root.head < 0:
            return False
        closes = sum(p.kind == "QUOTE" for p in self.phrases[: self.at]) % 2 == 0
        return closes and self.verb_follows()

    def closing_dash(self, dash: Chunk) -> bool:
        """Whether a second dash closes what this one opens."""
        sign = self.words[dash.head].text
        return any(self.words[p.head].text == sign for p in self.phrases[self.at + 1 :] if p.kind == "STOP")

    def joins(self, phrase: Chunk) -> bool:
        """A noun phrase after "and": a further member of a list, or the subject of a further clause."""
        head = phrase.head
        conjunction = self.directly_before()
        assert conjunction is not None
        interrupts = self.clause.head >= 0 and self.pending() and (self.clause.form != "fin" or self.closed_by_comma())
        if self.verb_follows() and self.has_verb() and not self.subject_continues() and not interrupts:
            self.return_to_finite()
            above = self.clause.head
            self.open(above, "conj")
            self.wait(phrase)
            self.words[conjunction.head].attach(head, "cc")
            return True
        previous = self.list_head()
        sign = self.phrase(-2)
        if sign is not None and sign.kind == "COMMA" and (apposed := self.apposed_person(self.last_nominal)) >= 0:
            previous = apposed  # "X, deputy minister of Kenya, and General Y": a list of persons
            while self.words[previous].rel == "conj":
                previous = self.words[previous].head
        if sign is not None and sign.kind == "COMMA" and self.described >= 0 and self.clause.head < 0:
            previous, self.described = self.described, -1  # "Poland, a member of NATO, and Kosovo signed"
        if previous < 0:
            return False
        self.words[head].attach(previous, "conj")
        self.words[conjunction.head].attach(head, "cc")
        return True

    def closed_by_comma(self) -> bool:
        """Whether the next verb stands behind a comma: "…, which gave tanks and four aircraft in 2022, received …"."""
        for index in range(self.at + 1, min(len(self.phrases), self.at + LOOKAHEAD)):
            if self.phrases[index].kind == "VG" and self.phrases[index].form == "fin":
                return self.phrases[index - 1].kind == "COMMA"
        return False

    def after_comma(self, phrase: Chunk) -> bool:
        """A noun phrase after a comma: a member of a list, an apposition, or the subject of a clause."""
        head = phrase.head
        if self.last_nominal < 0:
            return False
        follows = self.verb_follows() and not self.is_quoted()
        titled = self.title_of(phrase)
        if titled >= 0:
            self.words[head].attach(titled, "appos")
            return True
        if self.is_office(phrase) and self.is_person(self.last_nominal):
            self.words[head].attach(self.last_nominal, "appos")
            return True
        if self.waits_for_subject() and self.list_is_subject():
            return False
        if self.describes_name(phrase):
            self.described = self.last_nominal
            self.words[head].attach(self.last_nominal, "appos")
            return True
        if self.in_list() and not self.is_time(self.list_head()):
            previous = self.list_head()
            self.words[head].attach(previous, "conj")
            return True
        if follows and self.clause.head >= 0 and not self.closes_apposition():
            # «…, officials said»: a clause of its own; or the main clause after a subordinate one.
            if not self.give_way():
                self.new_sentence("parataxis")
            self.wait(phrase)
            return True
        if follows and self.waits_for_subject():
            return False
        if self.is_time(head):
            self.circumstance(head)
            return True
        if not self.is_after_verb_only():
            self.words[head].attach(self.last_nominal, "appos")
            return True
        return False

    def describes_name(self, phrase: Chunk) -> bool:
        """ "North Macedonia, a NATO member since 2020, …": an article and a common noun after a proper name."""
        article = self.words[phrase.first].lower in {"a", "an"} and self.words[phrase.head].tag == "NN"
        named = self.words[self.last_nominal].tag == "NNP" and not self.is_time(self.last_nominal)
        waits = any(rel == "subject" for _, rel in self.clause.waiting)
        return article and named and waits and self.clause.head < 0

    def is_quoted(self) -> bool:
        """Whether the phrase is all that stands between two quotation marks: a drill, "Shield 2024", in …"""
        before, after = self.phrase(-1), self.phrase(1)
        if after is not None and after.kind == "COMMA":
            after = self.phrase(2)
        return before is not None and after is not None and before.kind == after.kind == "QUOTE"

    def waits_for_subject(self) -> bool:
        """Whether only circumstances have come before the verb: "On Tuesday, …"."""
        return self.clause.head < 0 and not any(rel == "subject" for _, rel in self.clause.waiting)

    def new_sentence(self, rel: str) -> None:
        """A clause beside the main one."""
        self.clause = self.root
        head = self.root.head
        self.open(head, rel)

    def wait(self, phrase: Chunk) -> None:
        """A nominal that waits for the verb of its clause."""
        other = self.clause.relative >= 0 or self.verb_needs_other()  # "which last month donated"
        rel = "obl:tmod" if self.is_time(phrase.head) and other else "subject"
        self.clause.waiting.append((phrase.head, rel))

    def verb_needs_other(self) -> bool:
        """Whether another nominal before the verb can be the subject, so that a date is none."""
        for following in self.phrases[self.at + 1 : self.at + 6]:
            if following.kind == "NP":
                return True
            if following.kind == "VG":
                break
        return any(rel == "subject" for _, rel in self.clause.waiting)

    def plain(self, phrase: Chunk) -> None:
        """A noun phrase with nothing that joins it to the one before."""
        head, clause = phrase.head, self.clause
        before = self.before()
        titled = self.title_of(phrase) if before is not None and before.kind in NOMINAL else -1
        if titled >= 0:
            # "Deputy Chief of General Staff Irfan Ozsert"
            self.words[head].attach(titled, "appos")
            return
        if clause.head < 0:
            self.wait(phrase)
            return
        if before is not None and before.kind == "VG" and clause.copula >= 0 and clause.head == clause.copula:
            self.predicate(head)
            return
        if self.interrupts(phrase) and self.give_way():
            self.wait(phrase)
            return
        if self.follows_speech():
            self.open(clause.head, "ccomp")
            self.wait(phrase)
            return
        if self.is_time(head):
            self.circumstance(head)
            return
        if (
            before is not None
            and before.kind in NOMINAL
            and self.verb_follows()
            and clause.object >= 0
            and not self.gives()
        ):
            # «the treaty Russia signed»: a relative clause without a pronoun.
            relative = self.open(self.last_nominal, "acl:relcl")
            relative.waiting.append((head, "subject"))
            return
        if clause.object < 0 or before is None or before.kind == "VG":
            if clause.object < 0:
                clause.object = head
                inverted = (
                    clause.form == "fin" and clause.subject < 0 and (clause.rel == "parataxis" or self.is_inverted())
                )
                named = clause.passive and not self.gives()  # "was appointed minister"
                self.words[head].attach(clause.head, "nsubj" if inverted else "xcomp" if named else "obj")
                if inverted:
                    clause.subject, clause.object = head, -1
            else:
                self.words[head].attach(clause.head, "obj")
            return
        if self.gives() and before.kind == "NP":
            self.words[clause.object].rel = "iobj"
            self.words[head].attach(clause.head, "obj")
            clause.object = head
            return
        if self.is_quoted() and self.last_nominal >= 0:
            self.words[head].attach(self.last_nominal, "appos")  # the exercises "Search" and "Echelon"
            return
        self.words[head].attach(clause.head, "dep")

    def interrupts(self, phrase: Chunk) -> bool:
        """ "Under a contract signed in May France supplied …": subject of the clause that was interrupted."""
        clause = self.clause
        before = self.before()
        return (
            clause.form == "part" and clause.passive and self.pending() and self.verb_follows()
            and before is not None and before.kind == "PP" and not self.is_time(phrase.head)
        )  # fmt: skip

    def gives(self) -> bool:
        """Whether the verb of the clause takes two objects."""
        lemmas = lemmas_by_pos(self.words[self.clause.head].lower).get("VERB", ())
        return any(lemma in words("verbs", "giving") for lemma in lemmas)

    def is_inverted(self) -> bool:
        """ "said Colonel X": a verb of saying whose subject has not come yet."""
        return self.is_saying(self.clause.head) and self.clause.subject < 0 and not self.clause.waiting

    def follows_speech(self) -> bool:
        """ "said the troops would come": a clause without "that"."""
        clause = self.clause
        before = self.before()
        return (
            clause.head >= 0 and before is not None and before.kind == "VG" and self.is_saying(clause.head)
            and clause.subject >= 0 and self.verb_follows()
        )  # fmt: skip

    def predicate(self, head: int) -> None:
        """What "be" predicates heads the clause; "be" is its copula."""
        clause = self.clause
        copula = clause.copula
        for word in self.words:
            if word.head == copula:
                word.head = head
        self.words[head].head = self.words[copula].head if self.words[copula].head >= 0 else -1
        self.words[head].rel = self.words[copula].rel
        self.words[copula].attach(head, "cop")
        clause.head = head
        clause.object = head

    def circumstance(self, head: int) -> None:
        """A date or another circumstance."""
        clause = self.clause
        if clause.head >= 0:
            self.words[head].attach(clause.head, "obl:tmod")
        else:
            clause.waiting.append((head, "obl:tmod"))
