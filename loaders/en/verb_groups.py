"""English groups of verbs: auxiliaries, adverbs and the verb, which heads them."""

from collections.abc import Sequence

from loaders.en.chunk import Chunk
from loaders.en.noun_phrases import NounPhrases
from loaders.en.word import Word
from loaders.en.words import words

AUXILIARIES = frozenset({"MD", "BE", "HAVE", "DO"})


class VerbGroups(NounPhrases):
    """The groups of verbs of one sentence."""

    def is_infinitive(self, at: int) -> bool:
        """Whether "to" stands before a verb, adverbs between."""
        end = at + 1
        while end < len(self.words) and self.words[end].tag in {"RB", "NOT"}:
            end += 1
        return end < len(self.words) and self.words[end].tag in {"VB", "BE", "HAVE", "DO"}

    def modifies(self, at: int, before: Sequence[Chunk]) -> bool:
        """Whether a participle stands before the noun that it describes: "loitering munitions", "the planned drill"."""
        following = self.words[at + 1] if at + 1 < len(self.words) else None
        if following is None or not (
            following.tag in {"NN", "NNS"} or (following.tag == "JJ" and self.starts_noun(at + 1))
        ):
            return False
        last = before[-1] if before else None
        if self.words[at].tag == "VBN":
            return last is None or (last.kind in {"COMMA", "CC"} and following.tag == "NNS" and False)
        return (
            last is not None
            and last.kind in {"COMMA", "CC"}
            and (following.tag == "NNS" or self.words[at].lower == "visiting")
            and len(before) > 1
            and before[-2].kind in {"NP", "PP"}
            and self.words[at].lower
            in {"loitering", "remaining", "training", "existing", "leading", "participating", "visiting"}
        )

    def verbs(self, at: int) -> Chunk:
        """A group of verbs: auxiliaries, adverbs and the verb, which heads them."""
        members: list[int] = []
        end = at
        while end < len(self.words):
            word = self.words[end]
            if word.tag in {"RB", "NOT", "RP"} and members and self.goes_on(end, members):
                end += 1
                continue
            if word.tag in AUXILIARIES or word.tag in {"VB", "VBP", "VBZ", "VBD", "VBN", "VBG", "TO", "NOT"}:
                if members and not self.continues(members, word):
                    break
                members.append(end)
                end += 1
                if word.tag in {"VB", "VBP", "VBZ", "VBD", "VBN"} or (word.tag == "VBG"):
                    break
                continue
            break
        verbs_only = [i for i in members if self.words[i].tag not in {"TO", "NOT"}]
        head = verbs_only[-1] if verbs_only else members[-1]
        end = max(members) + 1
        return self.group(at, end, members, head)

    def goes_on(self, at: int, members: Sequence[int]) -> bool:
        """Whether verbs of the same group follow after an adverb."""
        end = at
        while end < len(self.words) and self.words[end].tag in {"RB", "NOT"}:
            end += 1
        if end >= len(self.words):
            return False
        last = self.words[members[-1]]
        return last.tag in AUXILIARIES | {"TO"} and (
            self.words[end].tag in {"VB", "VBN", "VBG", "BE", "HAVE"} and self.continues(list(members), self.words[end])
        )

    def continues(self, members: Sequence[int], word: Word) -> bool:
        """Whether a verb can stand after those that the group has."""
        last = self.words[members[-1]]
        if last.tag == "NOT":
            return word.tag == "TO"
        if last.tag == "TO":
            return word.tag in {"VB", "BE", "HAVE", "DO"}
        if last.tag == "MD":
            return word.tag in {"VB", "BE", "HAVE", "DO"} or (
                word.tag == "VBN" and word.lower in words("verbs", "base_as_participle")
            )
        if last.tag == "BE":
            return (
                word.tag in {"VBN", "VBG"}
                or word.lower == "being"
                or (word.tag == "TO" and self.is_infinitive(word.index))
            )
        if last.tag == "HAVE":
            return (
                word.tag in {"VBN", "VBD"}
                or word.lower in {"been", "had"}
                or (word.tag == "TO" and self.is_infinitive(word.index))
            )
        if last.tag == "DO":
            return word.tag in {"VB", "VBP", "HAVE"}
        return False

    def group(self, first: int, last: int, members: Sequence[int], head: int) -> Chunk:
        """The group with its auxiliaries attached, its form told."""
        main = self.words[head]
        tags = [self.words[i].tag for i in members]
        last_auxiliary = next((t for t in reversed(tags[:-1]) if t in AUXILIARIES), "")
        passive = main.tag == "VBN" and last_auxiliary == "BE"
        for index in members:
            word = self.words[index]
            if index == head:
                continue
            if word.tag == "TO":
                word.attach(head, "mark")
                if any(self.words[i].tag in {"BE", "HAVE"} for i in members if i < index):
                    main.feats["Tense"] = "Fut"
            elif word.tag == "NOT":
                word.attach(head, "advmod")
            else:
                word.attach(head, "aux:pass" if passive and word.tag == "BE" and index == members[-2] else "aux")
        for index in range(first, last):
            if self.words[index].head < 0 and index != head:
                self.words[index].attach(head, "advmod")
        finite = any(
            self.words[i].tag in {"MD", "VBD", "VBZ", "VBP"} or self.words[i].feats.get("VerbForm") == "Fin"
            for i in members
        )
        form = (
            "fin"
            if finite
            else "inf"
            if tags[0] in {"TO", "NOT"}
            else "ger"
            if main.tag == "VBG" or main.lower in {"being", "having"}
            else "part"
        )
        if main.tag == "VB" and form == "part":
            form = "inf"
        if finite:
            main.feats["VerbForm"] = "Fin"
            if main.tag == "VBN" and not passive:
                main.feats["Tense"] = "Past"
        if passive or (form == "part" and main.tag == "VBN"):
            main.feats["Voice"] = "Pass"
        copula = main.tag == "BE"
        if copula or main.tag in {"HAVE", "DO"}:
            main.pos = "VERB" if not copula else "AUX"
        return Chunk("VG", first, last, head, form=form, passive=passive or (form == "part"), copula=copula)
