"""What is left of a Kazakh sentence when its verbs have taken their own: the root, and how the rest hangs on it."""

from loaders.kk.building import Building
from loaders.kk.phrases import Phrase

OTHERS = {"comma": "punct", "punct": "punct", "cc": "cc", "np": "obl", "conv": "advcl", "adv": "advmod"}
"""How phrases that no word has taken hang on the last verb."""


class RootBuilder(Building):
    """Joins the phrases that wait into one tree."""

    def joined(self, stack: list[Phrase], begin: int, end: int) -> int:
        """What is left over as one tree: the first finite verb is the root, later ones are its conjuncts."""
        verbs = [n for n, p in enumerate(stack) if p.kind == "fin"]
        if not verbs:
            return self.verbless(stack, begin)
        spoken = [n for n in verbs if not stack[n].quoted]
        main = stack[(spoken or verbs)[0]].head
        last = main
        subject = any(w.head == main and w.rel.startswith("nsubj") for w in self.words[begin:end])
        for phrase in stack:
            if phrase.head == main:
                continue
            if phrase.kind == "fin":
                self.attach(phrase.head, main, "ccomp" if phrase.quoted else "conj")
                last = main if phrase.quoted else phrase.head
                continue
            rel = OTHERS.get(phrase.kind, "dep")
            if (
                phrase.kind == "np"
                and phrase.case == "Nom"
                and phrase.adposition < 0
                and phrase.head > last
                and not subject
            ):
                rel, subject = "nsubj", True
            self.attach(phrase.head, last, rel)
        return main

    def verbless(self, stack: list[Phrase], begin: int) -> int:
        """A line without a verb: its last nominal is the predicate, one before a dash the subject."""
        heads = [p for p in stack if p.kind in {"np", "adj", "conv", "part", "num", "said"}]
        if not heads:
            return stack[0].head if stack else begin
        root = self._first_of_predicates(stack, heads[-1]).head
        for phrase in stack:
            if phrase.head == root:
                continue
            rel = {"comma": "punct", "punct": "punct", "cc": "cc", "adv": "advmod", "conv": "advcl", "part": "acl"}.get(
                phrase.kind, "nmod"
            )
            if phrase.kind == "np" and phrase.case == "Nom" and phrase.adposition < 0:
                rel = "nsubj"
            self.attach(phrase.head, root, rel)
        return root

    def _first_of_predicates(self, stack: list[Phrase], last: Phrase) -> Phrase:
        """«Қазақстан мен Ресей – серіктес әрі одақтас»: of two predicates joined the first has the second."""
        at = stack.index(last)
        nominal = {"np", "adj"}
        subject = any(p.kind == "np" for p in stack[: max(0, at - 2)])
        if not subject or stack[at - 1].kind != "cc" or stack[at - 2].kind not in nominal or last.kind not in nominal:
            return last
        first = stack[at - 2]
        if first.adposition >= 0 or first.case not in {"", "Nom"}:
            return last
        self.attach(stack[at - 1].head, last.head, "cc")
        self.attach(last.head, first.head, "conj")
        return first
