"""English phrases that do not nest: noun phrases with their heads, and groups of verbs.

The method is that of S. Abney, Parsing by chunks (1991): a phrase reaches up to its head, and what follows the head is
attached later. Within a phrase dependents get their relations here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from loaders.en.morphology import lemmas_by_pos, names_of_states
from loaders.en.word import Word
from loaders.en.words import long_prepositions, number_bounds, words

PREMODIFIERS = {"DT": "det", "PRP$": "nmod:poss", "JJ": "amod", "CD": "nummod", "NN": "compound", "NNS": "compound",
                "NNP": "compound", "VBN": "amod", "VBG": "amod", "RB": "advmod", "POS": "case"}  # fmt: skip
YEAR = re.compile(r"(?:19|20)\d\d")
AUXILIARIES = frozenset({"MD", "BE", "HAVE", "DO"})
DASHES = frozenset({"—", "–", "-"})


@dataclass(slots=True)
class Chunk:
    """A phrase, or a single word that belongs to none.

    Arguments:
        kind: `NP`, `PP`, `VG`, `ADJ`, `ADV`, `CC`, `SC`, `REL`, `COMMA`, `STOP` (semicolon, colon, dash, bracket),
            `QUOTE` or `X`.
        first, last: its words, up to, not including, `last`.
        head: its head word.
        form: of a group of verbs `fin`, `inf`, `ger`, `part`.
        passive: of a group of verbs, whether it is passive.
        copula: of a group of verbs, whether its verb is "be" and no participle.
        person: of a noun phrase, the first word of the name that follows its title.
    """

    kind: str
    first: int
    last: int
    head: int
    form: str = ""
    passive: bool = False
    copula: bool = False
    names: list[int] = field(default_factory=list)


def chunks(sentence: Sequence[Word], names: Sequence[tuple[int, int]]) -> list[Chunk]:
    """The phrases of a sentence, in its order, nothing left out.

    Arguments:
        sentence: its tagged words.
        names: the names of persons: first and last (exclusive) word.
    """
    return list(_Chunker(sentence, names).chunks())


class _Chunker:
    def __init__(self, sentence: Sequence[Word], names: Sequence[tuple[int, int]]) -> None:
        self.words = sentence
        self.persons = dict(names)

    def chunks(self) -> list[Chunk]:
        found: list[Chunk] = []
        at = 0
        while at < len(self.words):
            chunk = self.chunk(at, found)
            found.append(chunk)
            at = chunk.last
        return found

    def chunk(self, at: int, before: Sequence[Chunk]) -> Chunk:
        word = self.words[at]
        tag = word.tag
        if self.bound(at):
            return self.noun_phrase(at)
        if tag == "PUNCT":
            kind = (
                "COMMA" if word.text == "," else "QUOTE" if word.text in {'"', "“", "”", "«", "»", "'", "‘"} else "STOP"
            )
            if word.text in {"$", "€", "£"} and at + 1 < len(self.words) and self.words[at + 1].tag == "CD":
                return self.noun_phrase(at)
            return Chunk("X" if word.text in {".", "%", "/", "*"} else kind, at, at + 1, at)
        if tag == "CC":
            return Chunk("CC", at, at + 1, at)
        if tag == "SC":
            return Chunk("SC", at, at + 1, at)
        if tag in {"WDT", "WP"} and not (word.lower in {"whose", "what"} and self.starts_noun(at + 1)):
            return Chunk("REL", at, at + 1, at)
        if tag == "WRB":
            return Chunk("SC", at, at + 1, at)
        if tag == "IN" or (tag == "TO" and not self.is_infinitive(at)) or self.long_preposition(at):
            return self.preposition(at)
        if tag == "TO" or tag in AUXILIARIES or tag in {"VB", "VBP", "VBZ", "VBD"}:
            return self.verbs(at)
        if tag in {"VBN", "VBG"}:
            return self.noun_phrase(at) if self.modifies(at, before) else self.verbs(at)
        if tag in {"RB", "NOT"}:
            if tag == "NOT" and at + 1 < len(self.words) and self.words[at + 1].tag == "TO":
                return self.verbs(at)
            if self.starts_noun(at + 1, after_adverb=True) and word.lower in {
                "about",
                "some",
                "almost",
                "nearly",
                "around",
                "more",
                "over",
                "up",
            }:
                return self.noun_phrase(at)
            return Chunk("ADV", at, at + 1, at)
        if tag == "JJ" and not self.starts_noun(at):
            end = at + 1
            return Chunk("ADJ", at, end, at)
        if tag in PREMODIFIERS or tag in {"PRP", "EX"}:
            return self.noun_phrase(at)
        return Chunk("ADV" if tag == "RP" else "X", at, at + 1, at)

    # ------------------------------------------------------------------ noun phrases

    def starts_noun(self, at: int, *, after_adverb: bool = False) -> bool:
        """Whether a noun phrase with a noun, or a number, begins here."""
        end = at
        while end < len(self.words) and self.words[end].tag in {"DT", "PRP$", "JJ", "CD", "VBN", "VBG", "RB"}:
            if self.words[end].tag == "CD":
                return True
            end += 1
        if end < len(self.words) and self.words[end].is_noun:
            return True
        # «Kazakh, Indian and Uzbek troops»: adjectives in a list before their noun.
        listed = end > at and self.words[end - 1].tag == "JJ" and self.list_of_adjectives(end) > end
        return listed and not after_adverb

    def list_of_adjectives(self, at: int) -> int:
        """The end of ", American and Australian" before a noun, or `at`."""
        end, joined = at, False
        while end < len(self.words):
            word = self.words[end]
            if word.text == "," or word.tag == "CC":
                joined = joined or word.tag == "CC"
                nxt = end + 1
                if nxt < len(self.words) and word.text == "," and self.words[nxt].tag == "CC":
                    joined, nxt = True, nxt + 1
                if nxt >= len(self.words) or self.words[nxt].tag not in {"JJ", "VBN", "CD"}:
                    return at
                end = nxt
                while end < len(self.words) and self.words[end].tag in {"JJ", "VBN", "CD"}:
                    end += 1
                if joined and end < len(self.words) and self.words[end].tag in {"NN", "NNS", "NNP"}:
                    return end
            else:
                return at
        return at

    def bound(self, at: int) -> int:
        """How many words before a number say how exact it is ("more than", "at least"); 0 for none."""
        for phrase in number_bounds():
            end = at + len(phrase)
            if tuple(w.lower for w in self.words[at:end]) == phrase and end < len(self.words):
                number = self.words[end]
                if (
                    number.tag == "CD"
                    or number.text in {"$", "€", "£"}
                    or (number.tag == "DT" and self.starts_noun(end))
                ):
                    return len(phrase)
        return 0

    def noun_phrase(self, at: int) -> Chunk:
        """The noun phrase that begins here, its dependents attached to its head."""
        size = self.bound(at)
        if size:
            phrase = self.noun_phrase(at + size)
            for index in range(at, at + size):
                self.words[index].attach(phrase.head, "advmod")
                self.words[index].pos = "ADV"
            phrase.first = at
            return phrase
        if self.words[at].tag in {"PRP", "EX"}:
            return Chunk("NP", at, at + 1, at)
        if at in self.persons:
            return self.person(at)
        end = at
        last_noun = -1
        while end < len(self.words):
            word = self.words[end]
            if end in self.persons and end > at:
                break
            if word.tag == "POS" and last_noun == end - 1:
                end += 1
                continue
            if end > at and (self.ends_date(end) or self.ends_receiver(at, end)):
                break
            if word.is_noun:
                last_noun = end
            elif word.tag in {"DT", "PRP$"}:
                if end > at and self.words[end - 1].tag not in {"DT", "RB", "CD"}:
                    break
            elif word.tag in {"JJ", "VBN", "VBG"}:
                listed = self.list_of_adjectives(end + 1)
                if listed > end + 1 and (last_noun < 0 or self.words[end - 1].tag == "POS"):
                    end = listed
                    continue
                possessed = end and self.words[end - 1].tag == "POS"
                if not (
                    self.starts_noun(end)
                    and (last_noun < 0 or possessed or self.words[end - 1].tag in {"JJ", "NNP", "CD", "NN"})
                ):
                    break
                if last_noun >= 0 and not possessed and word.tag in {"VBN", "VBG"} and self.words[end - 1].tag != "JJ":
                    break
                if last_noun >= 0 and not possessed and self.words[end - 1].is_noun and not word.is_capitalized:
                    break
            elif word.tag == "CD":
                if (
                    last_noun >= 0
                    and self.words[end - 1].is_noun
                    and self.words[end - 1].lower not in words("names", "month")
                    and not self.words[end - 1].tag == "NNP"
                ):
                    break
            elif word.tag == "RB":
                if not (self.starts_noun(end + 1, after_adverb=True) and (last_noun < 0)):
                    break
            elif (
                word.text == "-"
                and 0 < end < len(self.words) - 1
                and word.begin == self.words[end - 1].end
                and self.words[end + 1].begin == word.end
            ):
                pass
            elif word.text in {"$", "€", "£", "%"}:
                pass
            elif word.text in {'"', "“"} and last_noun < 0 and end > at and self.quoted_modifier(end):
                pass
            elif word.text in {'"', "”"} and last_noun < 0 and end > at + 1 and self.words[end - 2].text in {'"', "“"}:
                pass
            elif (
                word.text == "."
                and end + 1 < len(self.words)
                and self.words[end - 1].lower in words("abbreviations", "words")
            ):
                pass
            else:
                break
            end += 1
        while end > at + 1 and self.words[end - 1].tag in {"RB", "PUNCT"}:
            end -= 1
        return self.attached(at, max(end, at + 1))

    def ends_date(self, at: int) -> bool:
        """Whether a date ends before a word: "in September 2022 Yerevan …", "on Monday the ministers …"."""
        before, word = self.words[at - 1], self.words[at]
        if before.tag == "CD" and YEAR.fullmatch(before.text) and word.tag == "NNP" and word.text.isalpha():
            return True
        if before.tag == "CD" and len(before.text) == 4 and at >= 2:
            return self.words[at - 2].lower in words("names", "month") and word.tag != "POS"
        if before.lower in words("names", "month") and before.tag == "NNP":
            return word.tag != "CD" and word.tag != "POS" and word.text != "."
        timed = before.lower in words("names", "weekday") | words("names", "time")
        return timed and word.tag == "NNP" and word.is_capitalized

    def ends_receiver(self, first: int, at: int) -> bool:
        """ "sold Kazakhstan Cobra vehicles": after a verb of giving a state's name is one object, what follows another."""
        verb = self.words[first - 1] if first else None
        if verb is None or not self.words[at].is_noun or verb.pos != "VERB":
            return False
        if not any(lemma in words("verbs", "giving") for lemma in lemmas_by_pos(verb.lower).get("VERB", ())):
            return False
        return " ".join(w.lower for w in self.words[first:at]) in names_of_states()

    def quoted_modifier(self, at: int) -> bool:
        """A word in quotation marks before a noun: a "hijacked" ship."""
        return at + 3 < len(self.words) and self.words[at + 2].text in {'"', "”"} and self.words[at + 3].is_noun

    def person(self, at: int) -> Chunk:
        """The name of a person: the first word heads the rest."""
        end = self.persons[at]
        for index in range(at + 1, end):
            if self.words[index].tag == "PUNCT":
                self.words[index].attach(at, "punct")
            else:
                self.words[index].attach(at, "flat:name")
        return Chunk("NP", at, end, at, names=[at])

    def attached(self, first: int, last: int) -> Chunk:
        """A noun phrase with its dependents attached; a possessor with its own."""
        segments: list[tuple[int, int]] = []
        begin = first
        for index in range(first, last):
            if self.words[index].tag == "POS":
                segments.append((begin, index))
                begin = index + 1
        segments.append((begin, last))
        head = -1
        for begin, end in segments:
            if begin >= end:
                continue
            name = self.name_after_noun(begin, end)
            own = self.head_of(begin, name)
            self.attach_within(begin, name, own)
            if name < end:
                self.words[name].attach(own, "appos")
                self.attach_name(name, end)
            if end < last and self.words[end].tag == "POS":
                self.words[end].attach(own, "case")
            if head >= 0:
                self.words[head].attach(own, "nmod:poss")
            head = own
        if head < 0:
            head = last - 1
        return self.with_name(first, last, head)

    def name_after_noun(self, begin: int, end: int) -> int:
        """Where the name begins that follows its noun ("exercise Steel Wing 2024", "the company Hyundai"); else the end."""
        name = end
        while name > begin and (self.words[name - 1].tag == "CD" or self.is_capital_name(name - 1)):
            name -= 1
        noun = self.words[name - 1] if name > begin else None
        named = noun is not None and noun.tag in {"NN", "NNS"} and not noun.is_capitalized and name < end
        return name if named and self.words[name].tag == "NNP" else end

    def is_capital_name(self, index: int) -> bool:
        word = self.words[index]
        time = words("names", "month") | words("names", "weekday")
        return word.tag == "NNP" and word.is_capitalized and word.lower not in time

    def attach_name(self, begin: int, end: int) -> None:
        """The words of a name hang on its first."""
        for index in range(begin + 1, end):
            self.words[index].attach(begin, "nummod" if self.words[index].tag == "CD" else "flat")

    def with_name(self, first: int, last: int, head: int) -> Chunk:
        """A title with the name of a person directly after it: the name is its apposition."""
        names: list[int] = []
        if last in self.persons and self.words[head].lower in words("closed", "title_before_name"):
            person = self.person(last)
            self.words[last].attach(head, "appos")
            names.append(last)
            last = person.last
        return Chunk("NP", first, last, head, names=names)

    def head_of(self, begin: int, end: int) -> int:
        """The last noun; else the last number, pronoun or adjective."""
        for index in range(end - 1, begin - 1, -1):
            if self.words[index].is_noun:
                return index
        for index in range(end - 1, begin - 1, -1):
            if self.words[index].tag in {"CD", "DT", "JJ", "PRP$", "PRP", "VBN", "VBG"}:
                return index
        return end - 1

    def attach_within(self, begin: int, end: int, head: int) -> None:
        """Everything before and after the head of a phrase hangs on it; listed adjectives on the first of them."""
        first_adjective = -1
        joined = False
        for index in range(begin, end):
            word = self.words[index]
            if index == head:
                continue
            if index > head:
                relation = (
                    "nummod"
                    if word.tag == "CD"
                    else "flat"
                    if word.is_noun
                    else "punct"
                    if word.tag == "PUNCT"
                    else "dep"
                )
                word.attach(head, relation)
            elif word.tag == "CC" or word.text == ",":
                joined = True
                word.attach(
                    index + 1 if word.text == "," or word.tag == "CC" else head, "cc" if word.tag == "CC" else "punct"
                )
            elif word.tag == "JJ" and joined and first_adjective >= 0:
                word.attach(first_adjective, "conj")
                joined = False
            else:
                word.attach(head, "punct" if word.tag == "PUNCT" else PREMODIFIERS.get(word.tag, "dep"))
                if word.tag in {"JJ", "VBN"} and first_adjective < 0:
                    first_adjective = index
                joined = False

    # ------------------------------------------------------------------ prepositions

    def long_preposition(self, at: int) -> int:
        """How many words the preposition of several words has that begins here; 0 if none does."""
        for phrase in long_prepositions():
            if len(phrase) > 1 and tuple(w.lower for w in self.words[at : at + len(phrase)]) == phrase:
                return len(phrase)
        return 0

    def preposition(self, at: int) -> Chunk:
        """A preposition with the noun phrase that it governs; without one it is an adverb."""
        size = self.long_preposition(at) or 1
        if size > 1:
            for index in range(at + 1, at + size):
                self.words[index].attach(at, "fixed")
                self.words[index].pos = "ADP"
            self.words[at].pos = "ADP"
        begin = at + size
        while begin < len(self.words) and (
            self.words[begin].text in {'"', "“"} or (self.words[begin].tag == "RB" and not self.starts_noun(begin))
        ):
            begin += 1
        governed = begin < len(self.words) and (
            self.bound(begin) > 0 or
            self.words[begin].tag in {"PRP", "EX", "DT", "PRP$", "CD", "$"} or self.starts_noun(begin)
            or self.words[begin].tag == "RB" or begin in self.persons or self.words[begin].text in {"$", "€", "£"}
        )  # fmt: skip
        if not governed:
            if begin < len(self.words) and self.words[begin].tag == "WDT":
                self.words[at].attach(begin, "case")
                return Chunk("REL", at, begin + 1, begin)
            self.words[at].pos = "ADP"
            return Chunk(
                "SC" if begin < len(self.words) and self.words[begin].tag == "VBG" else "ADV", at, at + size, at
            )
        phrase = self.noun_phrase(begin)
        head = phrase.head
        if self.words[at].tag == "TO":
            self.words[at].pos = "ADP"
        self.words[at].attach(head, "case")
        for index in range(at + size, begin):
            self.words[index].attach(head, "punct" if self.words[index].tag == "PUNCT" else "advmod")
        return Chunk("PP", at, phrase.last, head, names=phrase.names)

    # ------------------------------------------------------------------ verbs

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
            return last is None or last.kind in {"COMMA", "CC"} and following.tag == "NNS" and False
        return (
            last is not None
            and last.kind in {"COMMA", "CC"}
            and following.tag == "NNS"
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
        passive = main.tag == "VBN" and any(
            self.words[i].tag == "BE" for i in members[:-1]) and "BE" == next((t for t in reversed(tags[:-1]) if t in AUXILIARIES), "")  # fmt: skip
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
