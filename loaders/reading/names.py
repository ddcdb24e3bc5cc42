"""Finding the names of the gazetteer in analysed text.

A name is matched word by word through lemmas, so that every case of it is found; an abbreviation is matched as it
stands. The longest name wins. What is ambiguous is resolved by kind: a state before a city of the same name.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from loaders.reading.facts import Entity
from loaders.reading.gazetteer import KnownEntity, Name, NameSort
from loaders.reading.grammar import Grammar
from loaders.reading.lexicon import Lemmatizer
from loaders.reading.text import Token, fold

PRECEDENCE = {"state": 0, "organization": 1, "mission": 2, "body": 3, "place": 4, "company": 5, "series": 6}
SORTS = {"label": 0, "abbreviation": 0, "alternative": 1, "official": 1, "adjective": 2, "demonym": 2}
NAMING = frozenset({"label", "alternative", "official", "abbreviation"})
SPOKEN = 2
"""Words of a name of an exercise; one of more stands with a small letter too («халықаралық армия ойындары»)."""
WORDS = 20_000
"""Words of which is kept which names they may begin."""
ACRONYM_TAIL = re.compile(r"[-–’'](?:[^\W\d_]+|\d{4}|\d{2})")


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A name of the gazetteer found at the tokens from `first` up to, not including, `last`."""

    known: KnownEntity
    sort: NameSort
    text: str
    first: int
    last: int


@dataclass(frozen=True)
class _Entry:
    known: KnownEntity
    name: Name
    keys: tuple[frozenset[str], ...]
    words: tuple[str, ...]

    @cached_property
    def rank(self) -> tuple[int, int, int]:
        """Longer names first, then the order of kinds and of sorts."""
        return (-len(self.keys), PRECEDENCE.get(self.known.kind, 9), SORTS[self.name.sort])


@dataclass(frozen=True, slots=True)
class _Word:
    """What a word may be compared by, and the names that it may begin, in the order of their ranks."""

    keys: frozenset[str]
    entries: tuple[_Entry, ...]


class NameIndex:
    """The names of one language, ready for matching.

    Arguments:
        names: the known entities.
        grammar: names in its language, and in none, are matched; abbreviations of all languages are.
    """

    def __init__(self, names: Sequence[KnownEntity], grammar: Grammar) -> None:
        language, lemmatizer, splitter = grammar.language, grammar.lemmas, grammar.words
        self._grammar = grammar
        self.states: dict[str, Entity] = {
            known.code: entity_of(known, language) for known in names if known.kind == "state" and known.code
        }
        self.by_iri = {known.iri: known for known in names}
        self.missions = tuple(known for known in self.by_iri.values() if known.kind == "mission")
        self.capitals: dict[str, KnownEntity] = {}
        for known in self.by_iri.values():
            if known.capital_of:
                self.capitals.setdefault(known.capital_of, known)
        seats = [place for known in names if known.kind == "organization" for place in known.locations]
        self.shared_seats = frozenset(place for place in seats if seats.count(place) > 1)
        self._first: dict[str, list[_Entry]] = defaultdict(list)
        self._compound_forms: dict[str, KnownEntity] = {}
        for known in names:
            for name in known.names:
                if name.language not in (language, "") and not is_acronym(name.text):
                    continue
                words = splitter(name.text)
                if not words:
                    continue
                exact = name.sort == "abbreviation" or is_acronym(name.text)
                keys = tuple(frozenset({fold(w)}) if exact else _keys(w, lemmatizer) for w in words)
                entry = _Entry(known, name, keys, words if exact else ())
                for key in keys[0]:
                    self._first[key].append(entry)
                for first in grammar.compound_forms(name.text) if name.sort == "adjective" else ():
                    self._compound_forms.setdefault(first, known)
        for entries in self._first.values():
            entries.sort(key=lambda e: e.rank)
        self._word = lru_cache(maxsize=WORDS)(self._look_up)

    def series(self, name: str) -> KnownEntity | None:
        """The series of exercises or competitions of that name, in whichever case it stands."""
        words = self._grammar.words(name)
        keys = [frozenset({fold(w), *self._grammar.lemmas(w)}) for w in words]
        for key in keys[0] if keys else ():
            for entry in self._first.get(key, ()):
                same = entry.known.kind == "series" and len(entry.keys) == len(keys)
                if same and all(mine & theirs for mine, theirs in zip(keys, entry.keys, strict=True)):
                    return entry.known
        return None

    def find(self, tokens: Sequence[Token]) -> list[NameMatch]:
        """The names among the tokens of one sentence, none overlapping another, in their order."""
        found: list[NameMatch] = []
        words = [self._word(t.text, t.lemmas) for t in tokens]
        keys = [word.keys for word in words]
        at = 0
        while at < len(tokens):
            if "-" in tokens[at].text and (states := self._states(tokens[at])):
                found += states  # "UK-Poland" is not "UK" with an ending
                at += 1
                continue
            match = self._match(tokens, keys, at, words[at].entries)
            if match:
                found.append(match)
                at += match.last - match.first
                continue
            found += self._compound(tokens[at])
            at += 1
        return found

    def _look_up(self, text: str, lemmas: tuple[str, ...]) -> "_Word":
        keys = frozenset({fold(text), *lemmas, _stem(text)})
        entries = {id(entry): entry for key in sorted(keys) for entry in self._first.get(key, ())}
        return _Word(keys, tuple(sorted(entries.values(), key=lambda e: e.rank)))

    def _match(
        self, tokens: Sequence[Token], keys: Sequence[frozenset[str]], at: int, entries: Sequence[_Entry]
    ) -> NameMatch | None:
        best: _Entry | None = None
        for entry in entries:
            end = at + len(entry.keys)
            # Of «Министерство обороны Казахстана» the last word tells most.
            if end > len(tokens) or keys[end - 1].isdisjoint(entry.keys[-1]):
                continue
            if self._fits(entry, tokens, keys, at):
                best = entry
                break
        if best is None:
            return None
        if best.name.sort == "adjective" and tokens[at].pos == "NOUN":
            # «500 қазақстандық»: where one word is both, as a noun it is who belongs to the state.
            same = (e for e in entries if e.known is best.known and e.name.text == best.name.text)
            best = next((e for e in same if e.name.sort == "demonym"), best)
        return NameMatch(
            best.known, best.name.sort, best.name.text, tokens[at].index, tokens[at].index + len(best.keys)
        )

    def _fits(self, entry: _Entry, tokens: Sequence[Token], keys: Sequence[frozenset[str]], at: int) -> bool:
        part = tokens[at : at + len(entry.keys)]
        if entry.words:
            return all(_same_acronym(t.text, w) for t, w in zip(part, entry.words, strict=True))
        if any(key.isdisjoint(keys[at + n]) for n, key in enumerate(entry.keys)):
            return False
        first = part[0]
        if entry.name.sort == "adjective":
            return first.pos in {"ADJ", "PROPN", "NOUN", "", "DET"} and self._grammar.is_attributive(first.lower)
        if entry.name.sort == "demonym":
            return first.pos in {"NOUN", "PROPN", ""}
        if entry.known.kind in {"mission", "organization", "body"} and len(part) > 1:
            return True
        if not first.is_capitalized and not (entry.known.kind == "series" and len(part) > SPOKEN):
            return False
        if entry.known.kind == "place" and len(part) == 1 and _is_in_name_of_person(tokens, at):
            return False
        return (
            len(part) > 1
            or first.pos in {"PROPN", "NOUN", "X", ""}
            or (at > 0 and first.lower not in keys[at] - {first.lemma})
        )

    def _compound(self, token: Token) -> Iterable[NameMatch]:
        """«российско-узбекский»: the first part is one adjective, the last another."""
        if "-" not in token.text:
            return
        *firsts, last = token.lower.split("-")
        known = [self._compound_forms.get(part) for part in firsts]
        tails = [lemma.rsplit("-", 1)[-1] for lemma in (*token.lemmas, last)]
        ends = (e for t in tails for e in self._first.get(t, ()) if len(e.keys) == 1)  # "French", not "French Guianese"
        final = next((e.known for e in ends if e.name.sort == "adjective"), None)
        for entity in (*known, final):
            if entity is not None and None not in known:
                yield NameMatch(entity, "adjective", token.text, token.index, token.index + 1)

    def _states(self, token: Token) -> list[NameMatch]:
        """ "The India-Mongolia exercise": all states, where a word is made of nothing but their names."""
        parts = [self._state_named(part) for part in token.text.split("-")]
        return [NameMatch(e, "adjective", token.text, token.index, token.index + 1) for e in parts if e and all(parts)]

    def _state_named(self, word: str) -> KnownEntity | None:
        """The state of which a word with a capital is the whole name."""
        if not word[:1].isupper():
            return None
        entries = (e for e in self._first.get(fold(word), ()) if len(e.keys) == 1 and e.known.kind == "state")
        named = (e for e in entries if e.name.sort in NAMING and (not e.words or e.words[0] == word))
        return next((e.known for e in named), None)


def _stem(text: str) -> str:
    """An abbreviation without its ending or its year («НАТО-ның», "KAZIND-2024"), folded; else the word."""
    stem = ACRONYM_TAIL.sub("", text)
    return fold(stem if is_acronym(stem) else text)


def _keys(word: str, lemmatizer: Lemmatizer) -> frozenset[str]:
    """The word alone if it is one of its own lemmas («Ханой» is no form of «хан»), else with its lemmas."""
    lemmas = lemmatizer(word)
    return frozenset({fold(word)}) if fold(word) in lemmas else frozenset({fold(word), *lemmas})


def _is_in_name_of_person(tokens: Sequence[Token], at: int) -> bool:
    """«Братислав Гашич», «Ахмед Хан»: a word joined to another as given name and surname are."""
    token = tokens[at]
    after = tokens[at + 1] if at + 1 < len(tokens) else token
    head = token.head - tokens[0].index if token.head is not None else at
    named = token.rel == "flat:name" and 0 <= head < len(tokens) and tokens[head].is_capitalized  # not «г. Астана»
    return named or (after.rel == "flat:name" and after.head == token.index)


def is_acronym(text: str) -> bool:
    """Whether a name is an abbreviation, to be matched as it stands: «РФ», «АрМИ», "UNIFIL"."""
    letters = text.replace("-", "")
    if not letters.isalnum() or sum(c.isupper() for c in letters) < 2:
        return False
    return text.isupper() or ("-" not in text and text[:1].isupper())


def _same_acronym(text: str, word: str) -> bool:
    """«АрМИ», «РФ» as they stand; an ending or a year may follow after a hyphen."""
    return text == word or (text.startswith(word) and ACRONYM_TAIL.fullmatch(text, len(word)) is not None)


def entity_of(known: KnownEntity, language: str) -> Entity:
    """The entity that a known entity is, with its name in a language where it has one."""
    names = sorted(known.names, key=lambda n: (n.language != language, SORTS[n.sort]))
    text = next((n.text for n in names if n.sort in {"label", "alternative", "official", "abbreviation"}), "")
    if known.kind in {"organization", "mission"} and known.code:
        text = known.code
    state = known.code if known.kind == "state" else known.state
    return Entity(known.kind, text, known.iri, state, known.body)
