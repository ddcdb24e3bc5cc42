"""What a Kazakh verb takes of the phrases that wait before it: arguments, adverbs, converbs, what is said."""

from collections.abc import Iterator
from dataclasses import dataclass

from loaders.kk.building import Building
from loaders.kk.phrases import ATTRIBUTIVE, DASHES, SEPARATORS, Phrase
from loaders.kk.tagging import AGENT, Word

BE = "болу"


@dataclass
class Clause:
    """What a verb has taken so far."""

    subject: bool = False
    object: bool = False
    accusative: int = -1
    """The position of its object, where that shows its case."""
    converb: int = -1
    converb_subject: bool = False
    near: bool = True
    taken: str = ""
    """The kind of the phrase taken last."""


class ClauseBuilder(Building):
    """Hangs on verbs what waits for them."""

    def take(self, stack: list[Phrase], at: int, mode: str) -> Clause:
        """Hang on a verb what waits for it to its left.

        `mode`: `fin` takes all up to the verb before; `conv`, `ccomp`, `nominalised`, `noun`, `part` leave to the verb
        that follows what can be its subject.
        """
        clause = Clause()
        signs: list[Phrase] = []
        self._between_dashes(stack)
        if mode == "fin" and self.words[at].lemma == "деу":
            _as_speech(stack, self.words)
        agent = mode == "part" and self.words[at].lower.endswith(AGENT)
        while stack and (clause.near or not agent):
            phrase = stack[-1]
            if phrase.kind in SEPARATORS:
                if mode in {"part", "noun", "nominalised"} or (
                    len(stack) > 1 and stack[-2].kind == "fin" and not stack[-2].quoted and not self._quote_ahead(stack)
                ):
                    break
                if mode == "conv" and (len(stack) < 2 or stack[-2].kind in {"conv", "fin"}):
                    break
                signs.append(stack.pop())
                continue
            if mode == "noun" and self._names_thing(at) and not self._is_object(phrase):
                break
            rel = self._relation(stack, phrase, at, mode, clause)
            if rel is None:
                break
            stack.pop()
            if rel == "late":
                self.attach(phrase.head, clause.converb, "nsubj")
            else:
                self.attach(phrase.head, at, rel)
            clause.taken = phrase.kind
            if rel != "advmod":
                clause.near = False
        if mode == "fin" and not clause.subject and clause.accusative >= 0:
            self._free_owner(at, clause)
        for sign in reversed(signs):
            if mode == "fin" or not stack:
                self.attach(sign.head, at, "cc" if sign.kind == "cc" else "punct")
            else:
                stack.append(sign)
        return clause

    def _free_owner(self, at: int, clause: Clause) -> None:
        """«Моңғолия 250 сарбазын жібереді»: what seems to own those who are sent, a number after it, sends them."""
        if self.words[at].transitive is not True or self.words[at].feats.get("Voice") == "Pass":
            return
        noun = clause.accusative
        below = [n for n, w in enumerate(self.words[:noun]) if w.head == noun]
        owner = self.words[below[0]] if len(below) > 1 else None
        counted = any(self.words[n].rel == "nummod" for n in below[1:])
        if owner is None or not counted or self.words[noun].feats.get("Poss") != "3":
            return
        if owner.rel == "nmod" and owner.case == "Nom" and owner.lemma in self.vocabulary.names:
            owner.head, owner.rel, clause.subject = at, "nsubj", True

    def _names_thing(self, at: int) -> bool:
        """«екі сүйемелдеу кемесі»: a verbal noun before a thing or group only says what that is for."""
        after = self.words[at + 1] if at + 1 < len(self.words) else None
        return after is not None and after.feats.get("Poss") == "3" and after.lemma in self.vocabulary.purposeful

    @staticmethod
    def _is_object(phrase: Phrase) -> bool:
        return phrase.kind == "np" and phrase.case in {"Nom", "Acc"} and phrase.adposition < 0

    def _between_dashes(self, stack: list[Phrase]) -> None:
        """«мүшелері – Әзербайжан, Қазақстан, Түркия – …»: what stands between two dashes says what stands before."""
        for n in range(len(stack) - 4, -1, -1):
            noun, dash, inserted, second = stack[n : n + 4]
            nominal = noun.kind == inserted.kind == "np" and noun.case == inserted.case
            if nominal and all(self.words[d.head].text in DASHES for d in (dash, second)):
                self.attach(inserted.head, noun.head, "appos")
                for sign in (dash, second):
                    self.attach(sign.head, inserted.head, "punct")
                del stack[n + 1 : n + 4]
                return

    def _quote_ahead(self, stack: list[Phrase]) -> bool:
        return any(p.quoted for p in stack)

    def _relation(self, stack: list[Phrase], phrase: Phrase, at: int, mode: str, clause: Clause) -> str | None:
        """The relation of a phrase to the verb, None where the verb does not take it."""
        kind = phrase.kind
        simple: dict[str, str] = {"adv": "advmod", "adj": "advmod", "num": "obl", "as": "xcomp"}
        if kind in simple:
            return simple[kind]
        if kind == "fin":
            return "ccomp" if phrase.quoted and mode == "fin" else None
        if kind == "said":
            return "ccomp"
        if kind == "conv":
            if mode in {"part", "noun", "nominalised"} and not clause.near:
                return None
            clause.converb = phrase.head
            return "advcl"
        if kind == "part":
            return "advcl"
        return self._nominal_relation(stack, phrase, at, mode, clause)

    def _nominal_relation(self, stack: list[Phrase], phrase: Phrase, at: int, mode: str, clause: Clause) -> str | None:
        verb = self.words[at]
        attribute = self.words[phrase.last].feats.get("Attr") == "Yes" or (
            phrase.adposition >= 0 and self.words[phrase.adposition].lower.endswith(ATTRIBUTIVE)
        )
        if attribute and mode != "fin":
            return None
        if phrase.adposition >= 0:
            return "obl"
        if mode == "part" and verb.lemma in self.vocabulary.consisting and not clause.near:
            return None  # «наурызда 139 сарбаздан тұратын контингент жіберді»
        case = phrase.case
        if case == "Acc":
            if clause.accusative >= 0 and mode == "noun":
                return None  # «250 сарбазын шетелге қызметті орындауға жібереді»
            clause.object, clause.accusative = True, phrase.head
            return "obj"
        if case == "Dat" and verb.feats.get("Government") == "Dat" and not clause.object:
            clause.object = True
            return "obj"
        if case == "Gen":
            if mode == "noun":
                return None
            if mode == "nominalised" and not clause.subject:
                clause.subject = True
                return "nsubj"
            return "obl" if mode == "fin" else None
        if case != "Nom":
            if mode in {"part", "noun"} and case == "Ins" and not clause.near:
                return None
            return "obl"
        return self._bare_relation(stack, phrase, at, mode, clause)

    def _bare_relation(self, stack: list[Phrase], phrase: Phrase, at: int, mode: str, clause: Clause) -> str | None:
        """A nominal without an ending is a subject, an indefinite object directly before its verb, or a time."""
        verb = self.words[at]
        noun = self.words[phrase.last]
        if noun.lemma in self.vocabulary.time:
            return "obl"
        others = sum(1 for p in self._open(stack) if p.kind == "np" and p.case == "Nom" and p.adposition < 0)
        animate = noun.person or noun.pos in {"PROPN", "PRON"} or self.is_person_noun(noun)
        animate = animate or noun.lemma in self.vocabulary.actors
        if any(p.case == "Acc" for p in self._open(stack)):
            clause.object = True
        active = verb.feats.get("Voice") != "Pass" and verb.transitive is not False
        sure = verb.transitive is True
        # «Қазақстан контингент жіберді»: those who are sent are the object, where the subject stands before them.
        sent = sure and others > 1 and noun.pos == "NOUN" and not noun.person and "Poss" not in noun.feats
        if (
            clause.near
            and not clause.object
            and active
            and not phrase.titled
            and (sent or (not animate and (sure or others > 1)))
        ):
            clause.object = True
            return "obj"
        if mode == "noun":
            return None
        said = verb.lemma in self.vocabulary.copulas or (verb.lemma == BE and noun.lemma in self.vocabulary.beside)
        if mode == "fin" and clause.near and others > 1 and noun.pos == "NOUN" and said:
            return "xcomp"  # «АҚШ Филиппиннің одақтасы саналады», «Беларусь ҰҚШҰ мүшесі болып табылады»
        if mode == "part":
            mine = clause.near and active and sure and not clause.subject and (others > 1 or clause.object)
            clause.subject = clause.subject or mine
            return "nsubj" if mine else None
        if not clause.subject:
            if mode == "conv" or (mode in {"nominalised", "ccomp"} and others < 2 and animate):
                return None
            clause.subject = True
            return "nsubj:pass" if verb.feats.get("Voice") == "Pass" else "nsubj"
        if mode != "fin":
            return None
        if clause.converb >= 0 and not clause.converb_subject:
            clause.converb_subject = True
            return "late"
        # «Қазақстан 200, ал Қытай 350 сарбаз жіберді»: what the first one does is left out.
        return "nsubj" if clause.taken == "num" and noun.pos == "PROPN" else "dislocated"

    def _open(self, stack: list[Phrase]) -> Iterator[Phrase]:
        """The phrases that wait, down to the last finite verb."""
        for phrase in reversed(stack):
            if phrase.kind == "fin":
                return
            yield phrase


def _as_speech(stack: list[Phrase], words: list[Word]) -> None:
    """«– … жібереміз, – деді ол»: the clause before a comma and a dash is what was said."""
    signs = 0
    while signs < len(stack) and stack[-1 - signs].kind in {"comma", "punct"}:
        signs += 1
    dash = signs and words[stack[-1].head].text in DASHES
    if dash and signs < len(stack) and stack[-1 - signs].kind == "fin":
        stack[-1 - signs].quoted = True
