"""Dependency trees for Kazakh: what stands before depends on what stands after.

Kazakh is head-final: attributes stand before their noun, arguments before their verb, subordinate clauses before the
main one. So one pass from left to right suffices: a noun takes the attributes, a verb the arguments that wait to its
left. The relations are those of Universal Dependencies; coordination, names and compounds begin at their first word,
as they do there.
"""

from loaders.kk.building import Building
from loaders.kk.clauses import ClauseBuilder
from loaders.kk.endings import AFTER_POSSESSIVE, CASES
from loaders.kk.nouns import NounBuilder
from loaders.kk.phrases import DASHES, SEPARATORS, Phrase
from loaders.kk.predicates import following
from loaders.kk.roots import RootBuilder
from loaders.kk.tagging import Word
from loaders.kk.vocabulary import Vocabulary

OPENING = {"«": "»", "“": "”", "(": ")", "„": "“"}
LONGEST_NAME = 9
AS_ONE_IS = "болып"
"""«министр болып тағайындалды»: what one becomes."""
DEEPEST = 12
"""Quotations and brackets within each other that are told apart."""


class TreeBuilder(Building):
    """Builds the tree of one sentence into its words."""

    def __init__(self, words: list[Word], vocabulary: Vocabulary) -> None:
        super().__init__(words, vocabulary)
        self.nouns = NounBuilder(words, vocabulary)
        self.clauses = ClauseBuilder(words, vocabulary)
        self.roots = RootBuilder(words, vocabulary)
        self.depth = 0

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
                self.depth += 1
                self._enclosed(stack, at, close)
                self.depth -= 1
                at = close + 1
                continue
            self._word(stack, at, end)
            at += 1
        return self.roots.joined(stack, begin, end)

    def _closing(self, at: int, end: int) -> int:
        """Where the quotation or bracket closes that opens at a word; -1 where it opens none."""
        sign = OPENING.get(self.words[at].text)
        if sign is None or self.depth >= DEEPEST:
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
                self.attach(root, stack[-1].head, rel)
        else:
            root = self._range(first, last)
            stack.append(Phrase(root, first, "fin", quoted=True))
        target = stack[-1].head if stack else first
        for sign in (opening, close):
            self.attach(sign, target, "punct")

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
                self.attach(n, first, "punct" if word.pos == "PUNCT" else "flat:name", force=True)
        self.nouns.noun(stack, first, len(self.words), at_end=last)

    def _case_after(self, close: int) -> str:
        """The case of an ending that a hyphen ties to the closing mark («Айбын»-ды)."""
        if close + 2 < len(self.words) and self.words[close + 1].text == "-":
            ending = self.words[close + 2]
            case = next((c for each, c in (*CASES, *AFTER_POSSESSIVE) if each == ending.lower), None)
            if case is not None:
                self.attach(close + 1, close - 1, "punct")
                self.attach(close + 2, close - 1, "dep")
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
            self.nouns.noun(stack, at, end, at_end=at + 1)
        elif word.form == "Vnoun":
            clause = self.clauses.take(stack, at, "noun")
            self.nouns.noun(stack, at, end, at_end=following(self.words, at), verbal=clause)
        elif word.form == "Fin":
            self.clauses.take(stack, at, "ccomp" if self._is_reported(at) else "fin")
            stack.append(Phrase(at, at, "fin"))
        elif word.lower == AS_ONE_IS and stack and stack[-1].kind == "np" and self._names_office(stack[-1]):
            self.attach(at, stack[-1].head, "cop")
            stack[-1].kind = "as"
        elif word.form == "Conv":
            self.clauses.take(stack, at, "fin" if self._is_complete(at, end) else "conv")
            stack.append(Phrase(at, at, "conv"))
        elif word.form == "Part":
            self._participle(stack, at, end)
        else:
            stack.append(Phrase(at, at, "adv"))

    def _names_office(self, phrase: Phrase) -> bool:
        noun = self.words[phrase.last]
        plain = phrase.case == "Nom" and phrase.adposition < 0 and not phrase.titled and not noun.person
        return plain and self.is_person_noun(noun)

    def _close(self, stack: list[Phrase]) -> None:
        """End a clause whose predicate is a noun: «Қазақстан мен Қырғызстан – ҰҚШҰ мүшелері, алайда …»."""
        begin = max((n for n, p in enumerate(stack) if p.kind == "fin"), default=-1) + 1
        signs: list[Phrase] = []
        while len(stack) > begin and stack[-1].kind in SEPARATORS:
            signs.insert(0, stack.pop())
        pending = stack[begin:]
        dash = any(p.kind == "punct" and self.words[p.head].text in DASHES for p in pending)
        if sum(p.kind == "np" for p in pending) == 2 or dash:
            del stack[begin:]
            root = self.roots.verbless(pending, pending[0].head)
            stack.append(Phrase(root, pending[0].first, "fin"))
        stack.extend(signs)

    def _is_complete(self, at: int, end: int) -> bool:
        """«жаттығу Чиратта өтіп, оған … қатысты»: what comes after points back to a clause that says all itself."""
        comma = following(self.words, at)
        if comma + 1 >= end or self.words[comma].text != ",":
            return False
        pointer = self.words[comma + 1]
        return pointer.pos in {"PRON", "ADV"} and pointer.lower in self.vocabulary.pointing

    def _is_reported(self, at: int) -> bool:
        after = following(self.words, at)
        return after < len(self.words) and self.words[after].lower in {"деп", "деген"}

    def _reported(self, stack: list[Phrase], at: int) -> None:
        """«… деп хабарлады», «… деген хабар»: what stands before is said."""
        signs = 0
        while signs + 1 < len(stack) and stack[-1 - signs].kind in {"comma", "punct"}:
            signs += 1  # «…», – деп атап өтті
        phrase = stack[-1 - signs]
        self.attach(at, phrase.head, "mark")
        if phrase.kind in {"fin", "np", "conv", "adj"}:
            phrase.kind = "part" if self.words[at].lower == "деген" else "said"

    def _adposition(self, stack: list[Phrase], at: int) -> None:
        phrase = stack[-1]
        if phrase.kind == "num":
            self.attach(at, phrase.head, "advmod")
            return
        if phrase.kind == "adj":
            phrase.kind, phrase.case, phrase.last = "np", "Nom", phrase.head
        self.attach(at, phrase.last if phrase.kind == "np" else phrase.head, "case")
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
            self.attach(sign.head, at, "punct" if sign.kind == "comma" else "cc")
            self.attach(at, stack[-1].head, "conj")
            return
        stack.append(Phrase(at, at, "adj"))

    def _numeral(self, stack: list[Phrase], at: int) -> None:
        if stack and stack[-1].kind == "num" and stack[-1].adposition < 0:
            self.attach(at, stack[-1].head, "flat")
            self.words[stack[-1].head].feats.update(self.words[at].feats)
            return
        stack.append(Phrase(at, at, "num"))

    def _participle(self, stack: list[Phrase], at: int, end: int) -> None:
        """An attribute of what follows; with endings of a noun it stands for what is said or for when it was."""
        word = self.words[at]
        case = word.case
        if not case or word.feats.get("Attr") == "Yes":
            self.clauses.take(stack, at, "part")
            stack.append(Phrase(at, at, "part"))
            return
        after = following(self.words, at)
        self.clauses.take(stack, at, "nominalised")
        next_word = self.words[after] if after < end else None
        if next_word is not None and next_word.pos == "ADP":
            stack.append(Phrase(at, at, "part", case=case))
        elif case == "Acc":
            stack.append(Phrase(at, at, "said", case=case))
        elif case in {"Loc", "Abl", "Ins"} and word.feats.get("Number") != "Plur":
            stack.append(Phrase(at, at, "conv", case=case))
        else:
            stack.append(Phrase(at, at, "np", case=case, last=at))


def _is_infinitive(word: Word) -> bool:
    """«ынтымақтасуға келісті», «өткізуді жоспарлап отыр»: a verbal noun in the dative or accusative without an owner is
    what an infinitive is elsewhere."""
    wanted = (word.case, word.rel) in {("Dat", "obl"), ("Acc", "obj")}
    return word.form == "Vnoun" and wanted and "Poss" not in word.feats and word.feats.get("Number") != "Plur"
