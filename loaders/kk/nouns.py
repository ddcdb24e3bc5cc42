"""What a Kazakh noun takes of the phrases that wait before it: attributes, the noun of a list, the title of a name."""

from loaders.kk.building import Building
from loaders.kk.clauses import Clause
from loaders.kk.noun_phrases import modifies, same_rank
from loaders.kk.phrases import DASHES, Phrase

FIELDS = frozenset({"сала", "бағыт"})


class NounBuilder(Building):
    """Hangs on nouns what waits for them."""

    def noun(self, stack: list[Phrase], at: int, end: int, *, at_end: int, verbal: Clause | None = None) -> None:
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
                self.attach(below.head, at, "nmod")
                phrase.first = below.first
            if phrase.first < at and stack and stack[-1].kind == "part":
                self._attach_modifier(stack.pop(), phrase)  # «Бейжіңде өткен министрлердің бас қосуында»
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
        elif below.adposition >= 0 and self.words[below.adposition].lower in self.vocabulary.like:
            rel = "appos"
            self._set_case(below, noun.case, below.last)
        else:
            rel = "nmod"
            if below.case == "Nom" and below.adposition < 0 and self.words[below.last].feats.get("Attr") != "Yes":
                phrase.filled = True
            else:
                phrase.modified = True
        if noun.name and rel == "nmod":
            rel = "nmod"
        self.attach(below.head, phrase.head, rel)
        phrase.first = min(phrase.first, below.first)

    def _beside_title(self, stack: list[Phrase], phrase: Phrase) -> Phrase:
        """«Қорғаныс министрі генерал Руслан Жақсылықов»: the name hangs on its title, which takes its case."""
        titles: list[Phrase] = []
        while stack and stack[-1].kind == "np" and stack[-1].case == "Nom" and _is_plain(stack[-1]):
            head = self.words[stack[-1].last]
            if head.person or head.name or not self.is_person_noun(head) or head.feats.get("Number") == "Plur":
                break
            titles.insert(0, stack.pop())
            if self.words[titles[0].first].lemma in self.vocabulary.names:
                break  # «Қазақстанның министрі Моңғолия Президенті Хурэлсүхпен кездесті»: the minister meets him
        if not titles:
            return phrase
        title = titles[0]
        for other in (*titles[1:], phrase):
            self.attach(other.head, title.head, "appos")
            self.words[other.head].feats["Case"] = phrase.case
        self.words[title.head].feats["Case"] = phrase.case
        title.case = phrase.case
        title.titled = True
        return title

    def _coordinate(self, stack: list[Phrase], phrase: Phrase, end: int, after: int) -> None:
        """Join a noun to the one before a comma or «және», «мен» if both are of a kind."""
        signs: list[Phrase] = []
        while stack and stack[-1].kind in {"comma", "cc"} and len(signs) < 2:
            signs.append(stack.pop())
        if not signs and self._is_pair(stack, phrase, after, end):
            signs.append(stack.pop())
            stack[-1].pair = True
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
        field = self._field(phrase)
        if field >= 0 and left.case == "Nom":
            # «ғылым, білім және әскери-техникалық саладағы іс-қимыл»: all of them are fields of what stands last.
            for sign in signs:
                self.attach(sign.head, field, "cc" if sign.kind == "cc" else "punct")
            self.attach(stack.pop().head, field, "nmod")
            phrase.first = left.first
            while stack and modifies(stack[-1], phrase, self.words, self.vocabulary):
                self._attach_modifier(stack.pop(), phrase)
            return
        for sign in signs:
            self.attach(sign.head, phrase.head, "cc" if sign.kind == "cc" else "punct")
        self.attach(phrase.head, left.head, "conj")
        if left.case == "Nom" and phrase.case != "Nom":
            self._set_case(left, phrase.case, phrase.head)
        left.case, left.last = phrase.case, phrase.head
        left.possessed = bool(self.words[phrase.head].feats.get("Poss"))
        phrase.joined = True

    def _field(self, phrase: Phrase) -> int:
        """The word for a field that an adjective names before a noun («әскери-техникалық саладағы»), or -1."""
        for n in range(phrase.first, phrase.head):
            word = self.words[n]
            if word.head == phrase.head and word.lemma in FIELDS and word.feats.get("Attr") == "Yes":
                return n
        return -1

    def _is_pair(self, stack: list[Phrase], phrase: Phrase, after: int, end: int) -> bool:
        """«Қазақстан – Үндістан жұмыс тобы»: two names with a dash between before what they have in common."""
        if len(stack) < 2 or self.words[stack[-1].head].text not in DASHES or stack[-2].kind != "np":
            return False
        left, names = stack[-2], self.vocabulary.names
        bare = left.case == phrase.case == "Nom" and left.first == left.last and phrase.first == phrase.head
        if not bare or not all(self.words[p.last].lemma in names for p in (left, phrase)):
            return False
        owned = next((w for w in self.words[after:end] if w.pos == "NOUN" and w.feats.get("Poss") == "3"), None)
        return owned is not None and not self.is_person_noun(owned) and owned.lemma not in self.vocabulary.beside

    def _set_case(self, phrase: Phrase, case: str, last: int) -> None:
        """Only the last of a list shows the case of all."""
        attribute = self.words[phrase.head].pos == "PROPN" and self.words[last].feats.get("Attr") == "Yes"
        for n in (
            phrase.head,
            *(i for i, w in enumerate(self.words) if w.head == phrase.head and w.rel in {"conj", "appos"}),
        ):
            if self.words[n].case == "Nom":
                self.words[n].feats["Case"] = case
                if attribute:
                    self.words[n].feats["Attr"] = "Yes"


def _is_plain(phrase: Phrase) -> bool:
    """Whether a phrase has neither a postposition nor a name of a person yet."""
    return phrase.adposition < 0 and not phrase.titled
