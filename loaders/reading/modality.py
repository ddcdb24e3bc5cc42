"""Is it so, or only talked of? The modality of what a word states, from its clause and the clauses above it.

The way from the word to the root of its sentence is walked; each predicate on it may be negated, in the future, or
itself a word of denial, rumour, proposal, plan or cancellation (`loaders/<language>/modality.toml`). The strongest
finding holds. What a later clause takes back (`retraction`) is denied. A relative clause is judged by itself: what
surrounds it says nothing about it.
"""

from collections.abc import Iterator

from loaders.reading.facts import Modality
from loaders.reading.retraction import retracted
from loaders.reading.senses import Senses
from loaders.reading.text import AnalyzedText, Token

STRENGTH: dict[Modality, int] = {"held": 0, "recalled": 1, "planned": 2, "proposed": 3, "denied": 4, "cancelled": 5}
ARGUMENTS = frozenset({"nsubj", "obj"})
NOMINAL_RELATIONS = frozenset({"obj", "iobj", "obl", "nmod", "appos", "nsubj", "amod", "orphan"})


class ModalityReader:
    """The modality of statements in one text.

    Arguments:
        text: the analysed text.
        senses: the senses of its words, those of `modality.toml` among them.
    """

    def __init__(self, text: AnalyzedText, senses: Senses) -> None:
        self.text, self.senses = text, senses
        self._known: dict[int, Modality] = {}
        self._retracted = frozenset(i for words in retracted(text, senses) for i in words)

    def of(self, index: int) -> Modality:
        """The modality of what is stated by, or about, the word."""
        if index not in self._known:
            self._known[index] = self._decide(index)
        return self._known[index]

    def _decide(self, index: int) -> Modality:
        found: list[Modality] = ["denied" if index in self._retracted else "held"]
        if self._is_question(index):
            found.append("proposed")
        for token, own, reported in self._way_up(self.text.tokens[index]):
            found.extend(self._judge(token, own=own) if not reported else self._judge_report(token, own=own))
        return max(found, key=lambda m: STRENGTH[m])

    def is_negated(self, index: int) -> bool:
        """Whether the word itself, or its auxiliary, carries a negation."""
        if self.text.tokens[index].feats.get("Polarity") == "Neg" and not self.senses.has(index, "negation"):
            return True
        for child in self.text.children[index]:
            token = self.text.tokens[child]
            if token.rel in {"aux", "aux:pass", "cop"} and self.is_negated(child):
                return True
            if token.rel in {"conj", "parataxis", "advcl", "ccomp", "acl", "acl:relcl"}:
                continue
            if self.senses.has(child, "negation") and not self._negates_other(token):
                return True
            if token.rel.split(":")[0] in ARGUMENTS and self._is_none(child):
                return True
        return False

    def _is_none(self, index: int) -> bool:
        """ "No weapons have been sold": an argument that carries a negation negates its verb."""
        below = (self.text.tokens[c] for c in self.text.children[index])
        return any(t.rel == "det" and self.senses.has(t.index, "negation") for t in below)

    # ------------------------------------------------------------------ inner workings

    def _way_up(self, token: Token) -> Iterator[tuple[Token, bool, bool]]:
        """The token and those above it, each with whether its own negation and tense bear on the token, and whether it
        only reports what the token states."""
        at, own, reported, steps = token, True, False, 0
        while steps < 12:
            yield at, own, reported
            if at is not token:
                yield from ((self.text.tokens[i], False, True) for i in self._called(at))
            steps += 1
            if at.head is None or at.rel in {"acl:relcl", "advcl", "parataxis"}:
                return
            if at.feats.get("VerbForm") == "Fin" and at.rel in NOMINAL_RELATIONS:
                return  # A finite verb is nobody's object: an error of the parse.
            own = at.rel != "conj"
            reported = reported or at.rel == "ccomp"
            at = self.text.tokens[at.head]

    def _called(self, verb: Token) -> Iterator[int]:
        """«Сообщения о поставке назвали вымыслом»: the noun of denial that a verb says something to be."""
        if verb.pos == "VERB":
            for child in self.text.children[verb.index]:
                below = self.text.tokens[child]
                if below.pos == "NOUN" and below.rel in {"obl", "xcomp", "iobj"} and self.senses.has(child, "denial"):
                    yield child

    def _judge_report(self, token: Token, *, own: bool) -> Iterator[Modality]:
        """A word that reports («сообщил, что …»): its tense says nothing of what it reports, nor does «не уточнил»."""
        has, index = self.senses.has, token.index
        negated = own and self.is_negated(index)
        if has(index, "denial"):
            yield "proposed" if negated else "denied"
        elif has(index, "rumour") or (negated and has(index, "confirmation")):
            yield "denied"
        elif has(index, "proposal"):
            yield "proposed"

    def _judge(self, token: Token, *, own: bool) -> Iterator[Modality]:
        negated = own and self.is_negated(token.index)
        has = self.senses.has
        index = token.index
        if own:
            if token.feats.get("Tense") == "Fut":
                yield "planned"
            for child in self.text.children[index]:
                below = self.text.tokens[child]
                if below.rel in {"aux", "aux:pass", "cop"} and below.feats.get("Tense") == "Fut":
                    yield "planned"
                if self.senses.has(child, "concession"):
                    continue
                if below.rel in {"mark", "aux", "advmod", "discourse", "parataxis", "cc"} and below.pos != "VERB":
                    if has(child, "rumour") and not has(max(0, child - 1), "against"):
                        yield "denied"
                    elif has(child, "proposal"):
                        yield "proposed"
        if not own and token.pos not in {"NOUN", "PROPN"}:
            return
        if has(index, "cancellation"):
            yield "held" if negated else "cancelled"
        elif has(index, "denial"):
            yield "proposed" if negated else "denied"
        elif negated or has(index, "rumour"):
            yield "denied"
        elif has(index, "proposal"):
            yield "proposed"
        elif has(index, "plan"):
            yield "planned"

    def _negates_other(self, negation: Token) -> bool:
        following = negation.index + 1
        return following < len(self.text.tokens) and self.senses.has(following, "not_negating")

    def _is_question(self, index: int) -> bool:
        sentence = self.text.sentence_of(index)
        return any(
            self.text.tokens[i].text.endswith("?") for i in range(max(sentence.first, sentence.last - 2), sentence.last)
        )
