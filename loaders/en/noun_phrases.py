"""English noun phrases: where they end, what heads them, and how their words hang on the head."""

from loaders.en.chunk import Chunk
from loaders.en.phrase_ends import PhraseEnds
from loaders.en.words import number_bounds, words

PREMODIFIERS = {
    "DT": "det", "PRP$": "nmod:poss", "JJ": "amod", "CD": "nummod", "NN": "compound", "NNS": "compound",
    "NNP": "compound", "VBN": "amod", "VBG": "amod", "RB": "advmod", "POS": "case",
}  # fmt: skip

DESCRIBING = frozenset({"JJ", "VBN", "VBG"})


class NounPhrases(PhraseEnds):
    """The noun phrases of one sentence."""

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

    def list_of_adjectives(self, at: int, *, determined: bool = False) -> int:
        """The end of ", American and Australian" before a noun, or `at`; behind an article no "and" is needed: "an
        annual, multinational exercise"."""
        end, joined = at, determined
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
        for phrase in number_bounds().get(self.words[at].lower, ()) if at < len(self.words) else ():
            end = at + len(phrase)
            if tuple(w.lower for w in self.words[at:end]) == phrase and end < len(self.words):
                number = self.words[end]
                if number.tag == "CD" or number.text in {"$", "€", "£"}:
                    return len(phrase)
        return 0

    def noun_phrase(self, at: int) -> Chunk:
        """The noun phrase that begins here, its dependents attached to its head; a person may own what follows."""
        owner = self.own_phrase(at)
        mark = owner.last
        if self.words[mark - 1].tag == "POS" and mark in self.persons:  # "Germany's Boris Pistorius"
            phrase = self.own_phrase(mark)
            self.words[owner.head].attach(phrase.head, "nmod:poss")
            return Chunk("NP", at, phrase.last, phrase.head, names=[*owner.names, *phrase.names])
        possessed = owner.names and mark + 1 < len(self.words) and self.words[mark].tag == "POS"
        if not possessed or self.words[mark + 1].tag not in PREMODIFIERS:
            return owner
        phrase = self.noun_phrase(mark + 1)  # "President Macron's visit"
        self.words[mark].attach(owner.head, "case")
        self.words[owner.head].attach(phrase.head, "nmod:poss")
        return Chunk("NP", at, phrase.last, phrase.head, names=[*owner.names, *phrase.names])

    def own_phrase(self, at: int) -> Chunk:
        """A noun phrase without what a person in it owns."""
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
        end = self.phrase_end(at)
        while end > at + 1 and self.words[end - 1].tag in {"RB", "PUNCT"}:
            if end in self.persons and self.words[end - 1].text == ".":
                break  # "Maj. Gen. Kaspars Pudāns"
            end -= 1
        return self.attached(at, max(end, at + 1))

    def phrase_end(self, first: int) -> int:
        """Where the phrase that begins at `first` ends, adverbs and signs at its end included."""
        end, last_noun = first, -1
        while end < len(self.words):
            word = self.words[end]
            if end in self.persons and end > first:
                break
            if word.tag == "POS" and last_noun == end - 1:
                last_noun = -1  # what is owned begins
                end += 1
                continue
            if end > first + 1 and self.has_year(first, end):
                return end + 2
            if end > first and (self.ends_date(end) or self.ends_receiver(first, end)):
                break
            determined = self.words[first].lower in {"a", "an"}
            if word.tag in DESCRIBING and self.begins_list(end, last_noun, determined=determined):
                end = self.list_of_adjectives(end + 1, determined=determined)
                continue
            if not self.is_of_phrase(first, end, last_noun):
                break
            last_noun = end if word.is_noun else last_noun
            end += 1
        return end

    def begins_list(self, at: int, last_noun: int, *, determined: bool) -> bool:
        """Whether an adjective is the first of several before their noun."""
        begins = last_noun < 0 or self.words[at - 1].tag == "POS"
        return begins and self.list_of_adjectives(at + 1, determined=determined) > at + 1

    def is_of_phrase(self, first: int, at: int, last_noun: int) -> bool:
        """Whether a word belongs to the phrase that began at `first` and whose last noun so far is given, or -1."""
        word, before = self.words[at], self.words[at - 1]
        if word.is_noun:
            return True
        if word.tag in {"DT", "PRP$"}:
            return at == first or before.tag in {"DT", "RB"} or word.lower == "such"
        if word.tag in DESCRIBING:
            return self.describes(first, at, last_noun)
        if word.tag == "CD":
            apart = before.lower in words("names", "month") or before.tag == "NNP"
            return last_noun < 0 or not before.is_noun or apart
        if word.tag == "RB":
            first_of_own = last_noun < 0 or before.tag == "POS"  # "Turkey's newly appointed attaché"
            return first_of_own and self.starts_noun(at + 1, after_adverb=True)
        return self.is_inner_sign(first, at, last_noun)

    def describes(self, first: int, at: int, last_noun: int) -> bool:
        """Whether an adjective or participle describes a noun of the same phrase that is still to come."""
        word, before = self.words[at], self.words[at - 1]
        possessed = bool(at) and self.words[at - 1 - (before.tag == "RB")].tag == "POS"
        if not self.starts_noun(at):
            return False
        if last_noun < 0 or possessed:
            return True
        if before.tag not in {"JJ", "NNP", "CD", "NN"} or (word.tag in {"VBN", "VBG"} and before.tag != "JJ"):
            return False
        return not before.is_noun or word.is_capitalized or self.names_what_follows(first, at)

    def is_inner_sign(self, first: int, at: int, last_noun: int) -> bool:
        """Whether a sign stands within a phrase: a hyphen, a currency, quotation marks, the dot of an abbreviation."""
        word, before = self.words[at], self.words[at - 1]
        after = self.words[at + 1] if at + 1 < len(self.words) else None
        if word.text in {"$", "€", "£", "%"}:
            return True
        if word.text == "-" and at and after is not None:
            return word.begin == before.end and after.begin == word.end
        if word.text == "." and after is not None:
            return before.lower in words("abbreviations", "words")
        if last_noun >= 0:
            return False
        opens = word.text in {'"', "“"} and at > first and self.quoted_modifier(at)
        closes = word.text in {'"', "”"} and at > first + 1 and self.words[at - 2].text in {'"', "“"}
        return opens or closes

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
        """Where the name begins that follows its noun ("exercise Steel Wing 2024"); else the end."""
        name = end
        while name > begin and (self.words[name - 1].tag == "CD" or self.is_capital_name(name - 1)):
            name -= 1
        noun = self.words[name - 1] if name > begin else None
        named = noun is not None and noun.tag in {"NN", "NNS"} and not noun.is_capitalized and name < end
        return name if named and self.words[name].tag == "NNP" else end

    def is_capital_name(self, index: int) -> bool:
        """Whether a word is a proper name, and none of a day or a month."""
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
            head = self.office_before_rank(first, head)
            person = self.person(last)
            self.words[last].attach(head, "appos")
            names.append(last)
            last = person.last
        return Chunk("NP", first, last, head, names=names)

    def office_before_rank(self, first: int, head: int) -> int:
        """Of "Defence Minister Colonel General" the minister, on whom the rest then hangs; else the rank."""
        ranks, titles = words("closed", "rank"), words("closed", "title_before_name")
        office = head
        while office > first and self.words[office].lower in ranks:
            office -= 1
        if office == head or self.words[office].lower not in titles - ranks or self.words[office].head != head:
            return head
        self.words[office].head, self.words[office].rel = self.words[head].head, self.words[head].rel
        for index in range(first, head + 1):
            if self.words[index].head == head or index == head:
                self.words[index].attach(office, "flat" if index > office else self.words[index].rel)
        return office

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
