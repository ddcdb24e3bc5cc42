"""English dependency trees, built from phrases from left to right.

A sentence is read as clauses within clauses: each waits for its verb, takes what follows as objects and circumstances,
and gives way to the clause that it interrupted at a comma or at a verb without a subject. Relations are those of
Universal Dependencies. What stays unclear hangs on the verb of its clause: readers look through the whole clause.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from loaders.en.chunks import Chunk
from loaders.en.morphology import lemmas_by_pos
from loaders.en.word import Word
from loaders.en.words import words

NOMINAL = frozenset({"NP", "PP"})
LOOKAHEAD = 14


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


class TreeBuilder:
    """Builds the tree of one sentence.

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
        self.at = 0

    def build(self) -> None:
        """Attach every word."""
        for self.at, phrase in enumerate(self.phrases):
            getattr(self, f"on_{phrase.kind.lower()}")(phrase)
        for clause in self.clauses:
            self.close(clause)
        self.one_root()
        for word in self.words:
            if word.tag == "VBG" and word.rel == "advcl" and word.feats.get("VerbForm") == "Part":
                word.feats["VerbForm"] = "Conv"

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
                if not depth:
                    return commas != 1 or joined or self.is_parenthetic(index)
                depth -= 1
            elif phrase.kind in {"REL", "SC"}:
                depth += 1
            elif phrase.kind == "CC" and not depth:
                joined = True
                if following is None or following.kind not in NOMINAL:
                    return False
            elif phrase.kind == "QUOTE" and commas:
                return False
            elif phrase.kind == "STOP" and self.words[phrase.head].text in {";", ":"}:
                return False
            elif phrase.kind == "COMMA" and not depth:
                commas += 1
                if following is not None and following.kind in {"CC", "QUOTE"}:
                    return False
            index += 1
        return False

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
        return any(lemma in words("nouns", section) for lemma in self.words[head].lemmas)

    # ------------------------------------------------------------------ clauses

    def open(self, above: int, rel: str, *, after_comma: bool = False) -> Clause:
        """A new clause within the present one."""
        clause = Clause(above, rel, self.clause, after_comma=after_comma)
        self.clauses.append(clause)
        self.clause = clause
        return clause

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

    # ------------------------------------------------------------------ nominals

    def on_np(self, phrase: Chunk) -> None:
        head = phrase.head
        before = self.directly_before()
        if before is not None and before.kind == "CC" and self.joins(phrase):
            pass
        elif before is not None and before.kind == "COMMA" and self.after_comma(phrase):
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

    def closing_dash(self, dash: Chunk) -> bool:
        """Whether a second dash closes what this one opens."""
        sign = self.words[dash.head].text
        return any(self.words[p.head].text == sign for p in self.phrases[self.at + 1 :] if p.kind == "STOP")

    def joins(self, phrase: Chunk) -> bool:
        """A noun phrase after "and": a further member of a list, or the subject of a further clause."""
        head = phrase.head
        conjunction = self.directly_before()
        assert conjunction is not None
        if self.verb_follows() and self.has_verb() and not self.subject_continues():
            self.return_to_finite()
            above = self.clause.head
            self.open(above, "conj")
            self.wait(phrase)
            self.words[conjunction.head].attach(head, "cc")
            return True
        previous = self.list_head()
        if previous < 0:
            return False
        self.words[head].attach(previous, "conj")
        self.words[conjunction.head].attach(head, "cc")
        return True

    def has_verb(self) -> bool:
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

    def title_of(self, phrase: Chunk) -> int:
        """The title before its comma that the name of a person explains: "India's ambassador to Nepal, Arun …"; or -1."""
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

    def after_comma(self, phrase: Chunk) -> bool:
        """A noun phrase after a comma: a member of a list, an apposition, or the subject of a clause."""
        head = phrase.head
        if self.last_nominal < 0:
            return False
        follows = self.verb_follows()
        titled = self.title_of(phrase)
        if titled >= 0:
            self.words[head].attach(titled, "appos")
            return True
        if self.in_list():
            previous = self.list_head()
            self.words[head].attach(previous, "conj")
            return True
        if follows and self.clause.head >= 0 and not self.closes_apposition():
            # «…, officials said»: a clause of its own; or the main clause after a subordinate one.
            if not self.give_way():
                self.new_sentence("parataxis")
            self.wait(phrase)
            return True
        if follows and self.clause.head < 0 and not any(rel == "subject" for _, rel in self.clause.waiting):
            return False
        if self.is_time(head):
            self.circumstance(head)
            return True
        if not self.is_after_verb_only():
            self.words[head].attach(self.last_nominal, "appos")
            return True
        return False

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

    def starts_clause(self, index: int) -> bool:
        """Whether the nominal at a place is the subject of a further clause rather than the last of a list."""
        if self.clause.head < 0 and not self.clause.outer:
            return False
        saved, self.at = self.at, index
        follows = self.verb_follows()
        self.at = saved
        return follows and self.clause.head >= 0

    def is_after_verb_only(self) -> bool:
        before = self.before()
        return before is not None and before.kind == "VG"

    def new_sentence(self, rel: str) -> None:
        """A clause beside the main one."""
        self.clause = self.root
        head = self.root.head
        self.open(head, rel)

    def wait(self, phrase: Chunk) -> None:
        """A nominal that waits for the verb of its clause."""
        rel = "obl:tmod" if self.is_time(phrase.head) and self.verb_needs_other(phrase) else "subject"
        self.clause.waiting.append((phrase.head, rel))

    def verb_needs_other(self, phrase: Chunk) -> bool:
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
        if clause.head < 0:
            self.wait(phrase)
            return
        if before is not None and before.kind == "VG" and clause.copula >= 0 and clause.head == clause.copula:
            self.predicate(head)
            return
        if self.follows_speech(phrase):
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
        self.words[head].attach(clause.head, "dep")

    def opens_after_circumstance(self) -> bool:
        """ "…, in Paris the ministers signed": after a sign and a circumstance a subject with its verb."""
        sign = self.phrase(-2)
        before = self.phrase(-1)
        return (
            before is not None and before.kind == "PP" and sign is not None and sign.kind in {"COMMA", "STOP"}
            and self.verb_follows()
        )  # fmt: skip

    def gives(self) -> bool:
        """Whether the verb of the clause takes two objects."""
        lemmas = lemmas_by_pos(self.words[self.clause.head].lower).get("VERB", ())
        return any(lemma in words("verbs", "giving") for lemma in lemmas)

    def is_inverted(self) -> bool:
        """ "said Colonel X": a verb of saying whose subject has not come yet."""
        return self.is_saying(self.clause.head) and self.clause.subject < 0 and not self.clause.waiting

    def follows_speech(self, phrase: Chunk) -> bool:
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

    def on_pp(self, phrase: Chunk) -> None:
        head = phrase.head
        clause = self.clause
        preposition = self.words[phrase.first].lower
        previous = self.directly_before()
        joined = previous is not None and previous.kind == "CC"
        owner = self.noun_of_complement(preposition, phrase, previous) if self.last_nominal >= 0 else -1
        if owner < 0 and joined and clause.head >= 0 and self.new_clause_after(phrase):
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

    def new_clause_after(self, phrase: Chunk) -> bool:
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
        if preposition in {"with", "on", "for", "to", "in", "against", "from"}:
            at = self.last_nominal
            while at >= 0 and self.words[at].is_noun:
                if self.is_noun_of(at, preposition):
                    return at
                at = self.words[at].head if self.words[at].rel in {"nmod", "conj", "appos"} else -1
        # Before the verb a phrase belongs to the subject.
        waits = self.clause.head < 0 and any(rel == "subject" for _, rel in self.clause.waiting)
        return self.last_nominal if waits else -1

    # ------------------------------------------------------------------ verbs

    def on_vg(self, phrase: Chunk) -> None:
        if phrase.form == "fin":
            self.finite(phrase)
        else:
            self.nonfinite(phrase)

    def finite(self, phrase: Chunk) -> None:
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

    def pending(self) -> bool:
        """Whether an outer clause waits for its verb."""
        clause = self.clause.outer
        while clause is not None:
            if clause.head < 0 and (clause.waiting or clause.relative >= 0):
                return True
            clause = clause.outer
        return False

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
        if above < 0 and clause.head < 0 and not clause.waiting and clause is self.root and phrase.form != "inf":
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

    # ------------------------------------------------------------------ words that join

    def on_rel(self, phrase: Chunk) -> None:
        """A relative pronoun opens a clause on the nominal before it."""
        previous = self.directly_before()
        after_comma = previous is not None and previous.kind == "COMMA"
        above = self.last_nominal
        word = self.words[phrase.head]
        if above < 0 or word.tag == "WP" and not (previous is not None and previous.kind in NOMINAL):
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

    def on_sc(self, phrase: Chunk) -> None:
        """A conjunction opens a clause: what is said, or a circumstance."""
        word = self.words[phrase.head]
        before = self.before()
        if (
            word.lower == "that"
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

    def is_saying_noun(self) -> bool:
        """ "reports that", "talk that": what follows is their content."""
        return any(lemma in words("nouns", "of_content") for lemma in self.words[self.last_nominal].lemmas)

    def marked(self, clause: Clause, index: int) -> None:
        clause.waiting.append((index, "mark"))
        clause.subordinate = True

    def on_cc(self, phrase: Chunk) -> None:
        """Left for what follows it."""

    def on_comma(self, phrase: Chunk) -> None:
        """A comma closes a clause that a comma opened, once that has its verb."""
        clause = self.clause
        following = self.phrase(1)
        if clause.head < 0 or clause.outer is None:
            return
        lists = following is not None and following.kind == "NP" and self.comma_lists()
        if lists:
            return
        if clause.rel in {"acl:relcl", "acl", "advcl", "xcomp"} and (
            clause.after_comma or self.pending() or clause.rel == "advcl"
        ):
            if not self.give_way():
                self.return_to_outer()

    def comma_lists(self) -> bool:
        """Whether the comma is one within a list of nominals."""
        saved, self.at = self.at, self.at + 1
        listed = self.in_list()
        self.at = saved
        return listed

    def return_to_outer(self) -> None:
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
        elif sign in {"—", "–", "-"} and self.clause.head >= 0 and self.clause.outer is not None:
            if not self.give_way():
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


def quoted(sentence: Sequence[Word]) -> frozenset[int]:
    """The words within quotation marks."""
    inside, found = False, set[int]()
    for word in sentence:
        if word.text in {'"', "“", "”"}:
            inside = word.text == "“" or (word.text == '"' and not inside)
        elif inside:
            found.add(word.index)
    return frozenset(found)
