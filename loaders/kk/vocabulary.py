"""Which Kazakh words are known, and as what: `words.toml`, and the words of names and of the lexicon."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from loaders.reading.text import fold

VOICING = {"к": "г", "қ": "ғ", "п": "б"}
"""What the last consonant of a stem becomes before an ending that begins with a vowel."""
DEVOICING = {voiced: voiceless for voiceless, voiced in VOICING.items()}


@dataclass(frozen=True, slots=True)
class VerbStem:
    """A verb: its infinitive, and whether it takes an object (None: not known)."""

    infinitive: str
    transitive: bool | None


@dataclass
class Vocabulary:
    """What is known of words; every key is folded.

    Arguments:
        nominals: dictionary form → parts of speech (`NOUN`, `ADJ`, `NUM`, …).
        closed: form of a word that does not change → part of speech.
        pronouns: form → lemma, case, number.
        verbs: stem → verb.
        compounds: second word (infinitive) → first words with which it is one predicate, and whether that takes an
            object.
        elided: stem without its last vowel → the word.
        like: postpositions after examples of what the noun after them means.
        government: postposition → the case that it calls for, where it is always the same.
        clausal: conjunctions of clauses.
        participles: adjectives that are participles after a place or a time.
        presents: form → the verb whose present it is.
        people, actors, time, measure: nouns for people, for bodies that act, for time, for what is counted by.
        equipment: nouns for arms and equipment.
        purposeful: nouns for things and groups that a verbal noun tells the purpose of.
        beside: nouns for those who act beside others.
        posts: nouns for the post that an office is.
        pointing: forms that point back to what the clause before tells of.
        consisting: verbs that say of what something consists.
        copulas: verbs that say what something is.
        auxiliaries: verbs that say how the action of a converb goes on.
        given_names, surname_endings, eastern_surnames: what tells names of persons.
        of_states: adjectives of names («қазақстандық»), which also stand for the people.
        names: words that are names by themselves.
        long_names: first word → names of several words, all with a capital letter.
    """

    nominals: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    closed: dict[str, str] = field(default_factory=dict)
    pronouns: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    verbs: dict[str, VerbStem] = field(default_factory=dict)
    compounds: dict[tuple[str, str], bool] = field(default_factory=dict)
    elided: dict[str, str] = field(default_factory=dict)
    like: frozenset[str] = frozenset()
    government: dict[str, str] = field(default_factory=dict)
    clausal: frozenset[str] = frozenset()
    participles: frozenset[str] = frozenset()
    presents: dict[str, str] = field(default_factory=dict)
    actors: frozenset[str] = frozenset()
    people: set[str] = field(default_factory=set)
    time: frozenset[str] = frozenset()
    measure: frozenset[str] = frozenset()
    equipment: frozenset[str] = frozenset()
    purposeful: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    posts: frozenset[str] = frozenset()
    pointing: frozenset[str] = frozenset()
    consisting: frozenset[str] = frozenset()
    copulas: frozenset[str] = frozenset()
    auxiliaries: frozenset[str] = frozenset()
    given_names: frozenset[str] = frozenset()
    surname_endings: tuple[str, ...] = ()
    eastern_surnames: frozenset[str] = frozenset()
    of_states: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    long_names: dict[str, list[tuple[str, ...]]] = field(default_factory=lambda: defaultdict(list))

    def learn(self, words: Iterable[str]) -> None:
        """Take in words as nouns in their dictionary form."""
        for word in words:
            self.nominals[fold(word)].add("NOUN")

    def add_verb(self, infinitive: str, *, transitive: bool | None, stem: str | None = None) -> None:
        """A verb by its infinitive, under all shapes of its stem."""
        verb = VerbStem(infinitive, transitive)
        for shape in _stems(infinitive) if stem is None else (stem,):
            self.verbs.setdefault(shape, verb)


def _stems(infinitive: str) -> tuple[str, ...]:
    """The stems that an infinitive may be of: «шығу» → шығ-, шық-; «қою» → қой-; «көздеу» → көзде-."""
    if infinitive.endswith("ю"):
        return (infinitive[:-1] + "й",)
    stem = infinitive[:-1]
    last = stem[-1:]
    return (stem, stem[:-1] + DEVOICING[last]) if last in DEVOICING else (stem,)


@cache
def word_lists() -> dict[str, Any]:
    """The content of `words.toml`."""
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


def read_vocabulary() -> Vocabulary:
    """The vocabulary of `words.toml`."""
    lists = word_lists()
    known = Vocabulary(
        elided={fold(stem): fold(word) for stem, word in lists["elided"].items()},
        government={fold(w): case for case, words in lists["postpositions"]["government"].items() for w in words},
        like=frozenset(map(fold, lists["postpositions"]["like"])),
        clausal=frozenset(map(fold, lists["conjunctions"]["clausal"])),
        participles=frozenset(map(fold, lists["adjectives"]["participles"])),
        presents={fold(form): fold(verb) for form, verb in lists["verbs"]["present"].items()},
        people={fold(w) for w in lists["nouns"]["people"]},
        actors=frozenset(map(fold, lists["nouns"]["actors"])),
        measure=frozenset(map(fold, lists["nouns"]["measure"])),
        time=frozenset(map(fold, lists["nouns"]["time"])),
        equipment=frozenset(map(fold, lists["nouns"]["equipment"])),
        purposeful=frozenset(map(fold, (*lists["nouns"]["purposeful"], *lists["nouns"]["equipment"]))),
        beside=frozenset(map(fold, lists["nouns"]["beside"])),
        posts=frozenset(map(fold, lists["nouns"]["posts"])),
        pointing=frozenset(map(fold, lists["pronouns"]["pointing"])),
        copulas=frozenset(map(fold, lists["verbs"]["copulas"])),
        consisting=frozenset(map(fold, lists["verbs"]["consisting"])),
        auxiliaries=frozenset(map(fold, lists["verbs"]["aspect"]["auxiliary"])),
        given_names=frozenset(map(fold, lists["persons"]["given"])),
        surname_endings=tuple(sorted(map(fold, lists["persons"]["surname_endings"]), key=len, reverse=True)),
        eastern_surnames=frozenset(map(fold, lists["persons"]["eastern_surnames"])),
    )
    for pos, section, key in (
        ("ADP", "postpositions", "words"), ("CCONJ", "conjunctions", "coordinating"),
        ("SCONJ", "conjunctions", "subordinating"), ("PART", "particles", "words"), ("ADV", "adverbs", "words"),
    ):  # fmt: skip
        for word in lists[section][key]:
            if " " not in word:
                known.closed.setdefault(fold(word), pos)
    for form, lemma, case, number in lists["pronouns"]["forms"]:
        known.pronouns[fold(form)] = (fold(lemma), case, number)
    for pos, section, key in (
        ("DET", "determiners", "words"), ("PRON", "pronouns", "words"), ("NUM", "numerals", "words"),
        ("ADJ", "adjectives", "words"), ("NOUN", "nouns", "people"), ("NOUN", "nouns", "things"),
        ("NOUN", "nouns", "measure"),
    ):  # fmt: skip
        for phrase in lists[section][key]:
            if " " not in phrase:
                known.nominals[fold(phrase)].add(pos)
    for transitive in (True, False):
        kind = "transitive" if transitive else "intransitive"
        for infinitive in lists["verbs"][kind]:
            stem = lists["verbs"]["stems"].get(infinitive)
            known.add_verb(fold(infinitive), transitive=transitive, stem=stem)
    for transitive in (True, False):
        kind = "transitive" if transitive else "intransitive"
        for phrase in lists["verbs"][f"compound_{kind}"]:
            first, second = fold(phrase).split()
            known.compounds[(first, second)] = transitive
            known.add_verb(second, transitive=None, stem=lists["verbs"]["stems"].get(second))
    return known
