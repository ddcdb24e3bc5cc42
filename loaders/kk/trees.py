"""Dependency trees for Kazakh: what stands before depends on what stands after.

Kazakh is head-final: attributes stand before their noun, arguments before their verb, subordinate clauses before the
main one. So one pass from left to right suffices: a noun takes the attributes, a verb the arguments that wait to its
left. The relations are those of Universal Dependencies; coordination, names and compounds begin at their first word,
as they do there.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from loaders.kk.morphology import AFTER_POSSESSIVE, CASES
from loaders.kk.noun_phrases import modifies, same_rank
from loaders.kk.phrases import Phrase
from loaders.kk.predicates import following
from loaders.kk.tagging import AGENT, Word
from loaders.kk.vocabulary import Vocabulary

OPENING = {"«": "»", "“": "”", "(": ")", "„": "“"}
LONGEST_NAME = 9
ATTRIBUTIVE = ("дағы", "дегі", "тағы", "тегі", "ңғы", "нгі", "йінгі")
DASHES = frozenset({"–", "—", "-"})
SEPARATORS = frozenset({"comma", "cc", "punct"})


@dataclass
class Clause:
    """What a verb has taken so far."""

    subject: bool = False
    object: bool = False
    converb: int = -1
    converb_subject: bool = False
    near: bool = True


class TreeBuilder:
    """Builds the tree of one sentence into its words.

    Arguments:
        words: the tagged words, predicates joined, names of persons marked.
        vocabulary: the known words.
    """

    def __init__(self, words: list[Word], vocabulary: Vocabulary) -> None:
        self.words = words
        self.vocabulary = vocabulary

    def build(self) -> None:
        """Set head and relation of every word; exactly one has no head."""
        root = self._range(0, len(self.words))
        for at, word in enumerate(self.words):
            if at == root:
                word.head, word.rel = -1, "root"
            elif word.head < 0:
                word.head, word.rel = root, "punct" if word.pos == "PUNCT" else word.rel or "dep"
        for word in self.words:
            if _is_infinitive(word) and self.words[word.head].pos == "VERB":
                word.pos, word.rel = "VERB", "xcomp"
                word.feats["VerbForm"] = "Inf"

    # ------------------------------------------------------------------ from left to right

    def _range(self, begin: int, end: int) -> int:
        """Build the words from `begin` up to, not including, `end`; the position of their root."""
        stack: list[Phrase] = []
        at = begin
        while at < end:
            word = self.words[at]
            if word.head >= 0:
                at += 1
                continue
            close = self._closing(at, end)
            if close > at and word.text in OPENING:
                self._enclosed(stack, at, close)
                at = close + 1
                continue
            self._word(stack, at, end)
            at += 1
        return self._joined(stack, begin, end)

    def _closing(self, at: int, end: int) -> int:
        """Where the quotation or bracket closes that opens at a word; -1 where it opens none."""
        sign = OPENING.get(self.words[at].text)
        if sign is None:
            return -1
        depth = 0
        for n in range(at + 1, end):
            if self.words[n].text == self.words[at].text:
                depth += 1
            elif self.words[n].text == sign:
                if depth == 0:
                    return n
                depth -= 1
        return -1

    def _enclosed(self, stack: list[Phrase], opening: int, close: int) -> None:
        """A name in quotation marks is one nominal; speech and brackets are built by themselves."""
        first, last = opening + 1, close
        if first >= last:
            return
        inside = [w for w in self.words[first:last] if w.is_word]
        if not inside:
            return
        brackets = self.words[opening].text == "("
        finite = any(w.form == "Fin" and w.head < 0 for w in self.words[first + 1 : last])
        capital = inside[0].text[0].isupper() or inside[0].text[0].isdigit()
        spoken = [w.text for w in self.words[close + 1 : close + 3]]
        speech = len(spoken) == 2 and spoken[0] == "," and spoken[1] in DASHES
        if not brackets and capital and not finite and not speech and last - first <= LONGEST_NAME:
            self._name(stack, first, last)
        elif brackets:
            root = self._range(first, last)
            if stack and stack[-1].kind == "np":
                rel = "appos" if self.words[root].pos in {"NOUN", "PROPN"} else "parataxis"
                self._attach(root, stack[-1].head, rel)
        else:
            root = self._range(first, last)
            stack.append(Phrase(root, first, "fin", quoted=True))
        target = stack[-1].head if stack else first
        for sign in (opening, close):
            self._attach(sign, target, "punct")

    def _name(self, stack: list[Phrase], first: int, last: int) -> None:
        """A name in quotation marks, headed by its first word."""
        case = self._case_after(last)
        for n in range(first, last):
            word = self.words[n]
            word.name = True
            word.pos = word.pos if word.pos in {"PUNCT", "CCONJ", "ADP"} else "PROPN"
            if n == first:
                word.feats = {"Case": case, "Number": "Sing"}
            else:
                word.feats = {name: value for name, value in word.feats.items() if name in {"Case", "Number"}}
                self._attach(n, first, "punct" if word.pos == "PUNCT" else "flat:name", force=True)
        self._noun(stack, first, len(self.words), at_end=last)

    def _case_after(self, close: int) -> str:
        """The case of an ending that a hyphen ties to the closing mark («Айбын»-ды)."""
        if close + 2 < len(self.words) and self.words[close + 1].text == "-":
            ending = self.words[close + 2]
            case = next((c for each, c in (*CASES, *AFTER_POSSESSIVE) if each == ending.lower), None)
            if case is not None:
                self._attach(close + 1, close - 1, "punct")
                self._attach(close + 2, close - 1, "dep")
                return case
        return "Nom"

    def _word(self, stack: list[Phrase], at: int, end: int) -> None:
        word = self.words[at]
        if word.pos == "PUNCT":
            stack.append(Phrase(at, at, "comma" if word.text in {",", ";"} else "punct"))
        elif word.pos in {"CCONJ", "ADV", "SCONJ"} and word.lower in self.vocabulary.clausal:
            self._close(stack)
            stack.append(Phrase(at, at, "cc"))
        elif word.pos == "CCONJ" and word.lower not in {"да", "де", "та", "те"}:
            stack.append(Phrase(at, at, "cc"))
        elif word.pos == "ADP" and stack and stack[-1].kind in {"np", "num", "part", "adj"}:
            self._adposition(stack, at)
        elif word.lower in {"деп", "деген"} and stack:
            self._reported(stack, at)
        elif word.pos in {"ADJ", "DET"}:
            self._modifier(stack, at)
        elif word.pos == "NUM":
            self._numeral(stack, at)
        elif word.pos in {"NOUN", "PROPN", "PRON"} and word.form != "Vnoun":
            self._noun(stack, at, end, at_end=at + 1)
        elif word.form == "Vnoun":
            clause = self._take(stack, at, "noun")
            self._noun(stack, at, end, at_end=following(self.words, at), verbal=clause)
        elif word.form == "Fin":
            self._take(stack, at, "ccomp" if self._is_reported(at) else "fin")
            stack.append(Phrase(at, at, "fin"))
        elif word.form == "Conv":
            self._take(stack, at, "conv")
            stack.append(Phrase(at, at, "conv"))
        elif word.form == "Part":
            self._participle(stack, at, end)
        else:
            stack.append(Phrase(at, at, "adv"))

    def _close(self, stack: list[Phrase]) -> None:
        """End a clause whose predicate is a noun: «Қазақстан мен Қырғызстан – ҰҚШҰ мүшелері, алайда …»."""
        begin = max((n for n, p in enumerate(stack) if p.kind == "fin"), default=-1) + 1
        signs: list[Phrase] = []
        while len(stack) > begin and stack[-1].kind in SEPARATORS:
            signs.insert(0, stack.pop())
        pending = stack[begin:]
        if sum(p.kind == "np" for p in pending) > 1:
            del stack[begin:]
            root = self._verbless(pending, pending[0].head)
            stack.append(Phrase(root, pending[0].first, "fin"))
        stack.extend(signs)

    def _is_reported(self, at: int) -> bool:
        after = following(self.words, at)
        return after < len(self.words) and self.words[after].lower in {"деп", "деген"}

    def _reported(self, stack: list[Phrase], at: int) -> None:
        """«… деп хабарлады», «… деген хабар»: what stands before is said."""
        signs = 0
        while signs + 1 < len(stack) and stack[-1 - signs].kind in {"comma", "punct"}:
            signs += 1  # «…», – деп атап өтті
        phrase = stack[-1 - signs]
        self._attach(at, phrase.head, "mark")
        if phrase.kind in {"fin", "np", "conv", "adj"}:
            phrase.kind = "part" if self.words[at].lower == "деген" else "said"

    def _adposition(self, stack: list[Phrase], at: int) -> None:
        phrase = stack[-1]
        if phrase.kind == "num":
            self._attach(at, phrase.head, "advmod")
            return
        if phrase.kind == "adj":
            phrase.kind, phrase.case, phrase.last = "np", "Nom", phrase.head
        self._attach(at, phrase.last if phrase.kind == "np" else phrase.head, "case")
        phrase.adposition = at
        if self.words[phrase.last].head >= 0 and phrase.last != phrase.head:
            self.words[at].head = phrase.head
        if phrase.kind == "part" or self.words[phrase.head].form == "Part":
            phrase.kind = "conv"

    def _modifier(self, stack: list[Phrase], at: int) -> None:
        """Adjectives wait for their noun; one joined to another by a sign is its conjunct."""
        if (
            len(stack) > 1
            and stack[-1].kind in {"comma", "cc"}
            and stack[-2].kind == "adj"
            and self.words[at].pos == "ADJ"
        ):
            sign = stack.pop()
            self._attach(sign.head, at, "punct" if sign.kind == "comma" else "cc")
            self._attach(at, stack[-1].head, "conj")
            return
        stack.append(Phrase(at, at, "adj"))

    def _numeral(self, stack: list[Phrase], at: int) -> None:
        if stack and stack[-1].kind == "num" and stack[-1].adposition < 0:
            self._attach(at, stack[-1].head, "flat")
            self.words[stack[-1].head].feats.update(self.words[at].feats)
            return
        stack.append(Phrase(at, at, "num"))

    def _participle(self, stack: list[Phrase], at: int, end: int) -> None:
        """An attribute of what follows; with endings of a noun it stands for what is said or for when it was."""
        word = self.words[at]
        case = word.case
        if not case or word.feats.get("Attr") == "Yes":
            self._take(stack, at, "part")
            stack.append(Phrase(at, at, "part"))
            return
        after = following(self.words, at)
        self._take(stack, at, "nominalised")
        next_word = self.words[after] if after < end else None
        if next_word is not None and next_word.pos == "ADP":
            stack.append(Phrase(at, at, "part", case=case))
        elif case == "Acc":
            stack.append(Phrase(at, at, "said", case=case))
        elif case in {"Loc", "Abl", "Ins"} and word.feats.get("Number") != "Plur":
            stack.append(Phrase(at, at, "conv", case=case))
        else:
            stack.append(Phrase(at, at, "np", case=case, last=at))

    # ------------------------------------------------------------------ nouns

    def _noun(self, stack: list[Phrase], at: int, end: int, *, at_end: int, verbal: Clause | None = None) -> None:
        """A noun with the attributes before it; then it may be the conjunct of the noun before a sign, or stand beside
        a title."""
        word = self.words[at]
        phrase = Phrase(at, at, "np", case=word.case or "Nom", last=at)
        while (
            phrase.first > 0 and self.words[phrase.first - 1].head == at and self.words[phrase.first - 1].pos == "PROPN"
        ):
            phrase.first, phrase.complete = phrase.first - 1, True
        while stack and verbal is None and modifies(stack[-1], phrase, self.words, self.vocabulary):
            below = stack.pop()
            self._attach_modifier(below, phrase)
        if verbal is not None:
            while stack and stack[-1].kind == "np" and stack[-1].case == "Gen" and word.feats.get("Poss"):
                below = stack.pop()
                self._attach(below.head, at, "nmod")
                phrase.first = below.first
        if word.person:
            phrase = self._beside_title(stack, phrase)
        self._coordinate(stack, phrase, end, at_end)
        if not phrase.joined:
            stack.append(phrase)

    def _attach_modifier(self, below: Phrase, phrase: Phrase) -> None:
        word, noun = self.words[below.head], self.words[phrase.head]
        if below.kind == "adj":
            rel = "det" if word.pos == "DET" else "amod"
        elif below.kind == "num":
            rel = "nummod"
        elif below.kind == "part":
            rel = "acl"
            phrase.modified = True
        elif below.kind == "adv":
            rel = "advmod"
        else:
            rel = "nmod"
            if below.case == "Nom" and below.adposition < 0 and self.words[below.last].feats.get("Attr") != "Yes":
                phrase.filled = True
            else:
                phrase.modified = True
        if noun.name and rel == "nmod":
            rel = "nmod"
        self._attach(below.head, phrase.head, rel)
        phrase.first = min(phrase.first, below.first)

    def _beside_title(self, stack: list[Phrase], phrase: Phrase) -> Phrase:
        """«Қорғаныс министрі генерал Руслан Жақсылықов»: the name hangs on its title, which takes its case."""
        titles: list[Phrase] = []
        while stack and stack[-1].kind == "np" and stack[-1].case == "Nom" and _is_plain(stack[-1]):
            head = self.words[stack[-1].last]
            if head.person or head.name or not self._is_person_noun(head) or head.feats.get("Number") == "Plur":
                break
            titles.insert(0, stack.pop())
        if not titles:
            return phrase
        title = titles[0]
        for other in (*titles[1:], phrase):
            self._attach(other.head, title.head, "appos")
            self.words[other.head].feats["Case"] = phrase.case
        self.words[title.head].feats["Case"] = phrase.case
        title.case = phrase.case
        title.titled = True
        return title

    def _is_person_noun(self, word: Word) -> bool:
        return (
            any(lemma in self.vocabulary.people for lemma in word.lemmas)
            or word.lower.split("-")[0] in self.vocabulary.people
        )

    def _coordinate(self, stack: list[Phrase], phrase: Phrase, end: int, after: int) -> None:
        """Join a noun to the one before a comma or «және», «мен» if both are of a kind."""
        signs: list[Phrase] = []
        while stack and stack[-1].kind in {"comma", "cc"} and len(signs) < 2:
            signs.append(stack.pop())
        fits = bool(signs) and bool(stack) and stack[-1].kind == "np" and stack[-1].adposition < 0
        if fits:
            left = stack[-1]
            following_word = self.words[after] if after < end else None
            fits = same_rank(
                left, phrase, self.words, following_word, comma=signs[0].kind == "comma" and len(signs) == 1
            )
        if not fits:
            stack.extend(reversed(signs))
            return
        left = stack[-1]
        for sign in signs:
            self._attach(sign.head, phrase.head, "cc" if sign.kind == "cc" else "punct")
        self._attach(phrase.head, left.head, "conj")
        if left.case == "Nom" and phrase.case != "Nom":
            self._set_case(left, phrase.case)
        left.case, left.last = phrase.case, phrase.head
        left.possessed = bool(self.words[phrase.head].feats.get("Poss"))
        phrase.joined = True

    def _set_case(self, phrase: Phrase, case: str) -> None:
        """Only the last of a list shows the case of all."""
        for n in (
            phrase.head,
            *(i for i, w in enumerate(self.words) if w.head == phrase.head and w.rel in {"conj", "appos"}),
        ):
            if self.words[n].case == "Nom":
                self.words[n].feats["Case"] = case

    # ------------------------------------------------------------------ verbs

    def _take(self, stack: list[Phrase], at: int, mode: str) -> Clause:
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
            rel = self._relation(stack, phrase, at, mode, clause)
            if rel is None:
                break
            stack.pop()
            if rel == "late":
                self._attach(phrase.head, clause.converb, "nsubj")
            else:
                self._attach(phrase.head, at, rel)
            if rel != "advmod":
                clause.near = False
        for sign in reversed(signs):
            if mode == "fin" or not stack:
                self._attach(sign.head, at, "cc" if sign.kind == "cc" else "punct")
            else:
                stack.append(sign)
        return clause

    def _between_dashes(self, stack: list[Phrase]) -> None:
        """«мүшелері – Әзербайжан, Қазақстан, Түркия – …»: what stands between two dashes says what stands before."""
        for n in range(len(stack) - 4, -1, -1):
            noun, dash, inserted, second = stack[n : n + 4]
            nominal = noun.kind == inserted.kind == "np" and noun.case == inserted.case
            if nominal and all(self.words[d.head].text in DASHES for d in (dash, second)):
                self._attach(inserted.head, noun.head, "appos")
                for sign in (dash, second):
                    self._attach(sign.head, inserted.head, "punct")
                del stack[n + 1 : n + 4]
                return

    def _quote_ahead(self, stack: list[Phrase]) -> bool:
        return any(p.quoted for p in stack)

    def _relation(self, stack: list[Phrase], phrase: Phrase, at: int, mode: str, clause: Clause) -> str | None:
        """The relation of a phrase to the verb, None where the verb does not take it."""
        kind = phrase.kind
        simple: dict[str, str] = {"adv": "advmod", "adj": "advmod", "num": "obl"}
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
        case = phrase.case
        if case == "Acc":
            clause.object = True
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
        animate = noun.person or noun.pos in {"PROPN", "PRON"} or self._is_person_noun(noun)
        animate = animate or noun.lemma in self.vocabulary.actors
        if any(p.case == "Acc" for p in self._open(stack)):
            clause.object = True
        active = verb.feats.get("Voice") != "Pass" and verb.transitive is not False
        sure = verb.transitive is True
        if clause.near and not clause.object and active and not phrase.titled and not animate and (sure or others > 1):
            clause.object = True
            return "obj"
        if mode == "noun":
            return None
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
        return "dislocated"

    def _open(self, stack: list[Phrase]) -> Iterator[Phrase]:
        """The phrases that wait, down to the last finite verb."""
        for phrase in reversed(stack):
            if phrase.kind == "fin":
                return
            yield phrase

    # ------------------------------------------------------------------ the whole

    def _joined(self, stack: list[Phrase], begin: int, end: int) -> int:
        """What is left over as one tree: the first finite verb is the root, later ones are its conjuncts."""
        verbs = [n for n, p in enumerate(stack) if p.kind == "fin"]
        if not verbs:
            return self._verbless(stack, begin)
        spoken = [n for n in verbs if not stack[n].quoted]
        main = stack[(spoken or verbs)[0]].head
        last = main
        subject = any(w.head == main and w.rel.startswith("nsubj") for w in self.words[begin:end])
        for phrase in stack:
            if phrase.head == main:
                continue
            if phrase.kind == "fin":
                self._attach(phrase.head, main, "ccomp" if phrase.quoted else "conj")
                last = main if phrase.quoted else phrase.head
                continue
            rel = {"comma": "punct", "punct": "punct", "cc": "cc", "np": "obl", "conv": "advcl", "adv": "advmod"}.get(
                phrase.kind, "dep"
            )
            if (
                phrase.kind == "np"
                and phrase.case == "Nom"
                and phrase.adposition < 0
                and phrase.head > last
                and not subject
            ):
                rel, subject = "nsubj", True
            self._attach(phrase.head, last, rel)
        return main

    def _verbless(self, stack: list[Phrase], begin: int) -> int:
        """A line without a verb: its last nominal is the predicate, one before a dash the subject."""
        heads = [p for p in stack if p.kind in {"np", "adj", "conv", "part", "num", "said"}]
        if not heads:
            return stack[0].head if stack else begin
        root = heads[-1].head
        for phrase in stack:
            if phrase.head == root:
                continue
            rel = {"comma": "punct", "punct": "punct", "cc": "cc", "adv": "advmod", "conv": "advcl", "part": "acl"}.get(
                phrase.kind, "nmod"
            )
            if phrase.kind == "np" and phrase.case == "Nom" and phrase.adposition < 0:
                rel = "nsubj"
            self._attach(phrase.head, root, rel)
        return root

    def _attach(self, at: int, head: int, rel: str, *, force: bool = False) -> None:
        if at != head and (force or self.words[at].head < 0):
            self.words[at].head, self.words[at].rel = head, rel


def _is_plain(phrase: Phrase) -> bool:
    """Whether a phrase has neither a postposition nor a name of a person yet."""
    return phrase.adposition < 0 and not phrase.titled


def _as_speech(stack: list[Phrase], words: list[Word]) -> None:
    """«– … жібереміз, – деді ол»: the clause before a comma and a dash is what was said."""
    signs = 0
    while signs < len(stack) and stack[-1 - signs].kind in {"comma", "punct"}:
        signs += 1
    dash = signs and words[stack[-1].head].text in DASHES
    if dash and signs < len(stack) and stack[-1 - signs].kind == "fin":
        stack[-1 - signs].quoted = True


def _is_infinitive(word: Word) -> bool:
    """«ынтымақтасуға келісті»: a verbal noun in the dative without an owner is what an infinitive is elsewhere."""
    return word.form == "Vnoun" and word.case == "Dat" and "Poss" not in word.feats and word.rel == "obl"
