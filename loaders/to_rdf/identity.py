"""Which things of a document are one, and which are the same as those of other documents: decided here, never inferred.

Exercises are identified by series or name and year, agreements by type, parties and day of signing, persons by their
full name. What cannot be identified stays local to its document (`<document>/exercise/1`).
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

from loaders.reading.facts import FACTUAL, Agreement, Entity, Exercise, Fact, PartialDate, Position, Reading
from loaders.to_rdf.terms import name_slug
from ontology import entity

__all__ = ["Identities", "actor_code"]


def actor_code(of: Entity) -> str:
    """A short code for an actor in an IRI: `KAZ`, `KAZ-MoD`, `CSTO`, or its name as a step of an IRI."""
    if of.body is not None and of.state is not None:
        return f"{of.state}-{of.body}"
    if of.iri is not None:
        return of.iri.rsplit("/", 1)[-1]
    return of.state or name_slug(of.name)


class Identities:
    """The IRIs of a document's own things. The same thing, asked for twice, has the same IRI.

    Arguments:
        reading: all that was read from the document.
        document: the document's IRI.
    """

    def __init__(self, reading: Reading, document: str) -> None:
        self._document = document
        self._counts: Counter[str] = Counter()
        self._local: dict[tuple[object, ...], str] = {}
        self._full_names = _full_names(reading.facts)
        self._agreement_titles = _agreement_titles(reading.facts)
        self._agreements = [fact for fact in reading.facts if isinstance(fact, Agreement)]
        self._editions: dict[str, dict[str, Exercise]] = defaultdict(dict)
        self._exercises: dict[int, str] = {}
        self._place_exercises([fact for fact in reading.facts if isinstance(fact, Exercise)])
        self._factual = {self._exercises[id(f)] for f in reading.facts if isinstance(f, Exercise) and _is_fact(f)}

    def local(self, kind: str, *key: object) -> str:
        """A thing of the document's own; without a key it is a new one at each call."""
        if key and (kind, *key) in self._local:
            return self._local[kind, *key]
        self._counts[kind] += 1
        iri = f"{self._document}/{kind}/{self._counts[kind]}"
        if key:
            self._local[kind, *key] = iri
        return iri

    # Exercises

    def exercise(self, fact: Exercise) -> str:
        """The exercise that a fact of the reading is about."""
        return self._exercises[id(fact)]

    def is_told_as_fact(self, exercise: str) -> bool:
        """Whether any fact of the reading says that this exercise is so (held, planned or recalled)."""
        return exercise in self._factual

    def exercise_named(self, named: Entity) -> str | None:
        """The exercise of the reading that a mention means, by name and, if it has one, by year."""
        for key in _keys(named.name or None, named.iri):
            editions = self._editions.get(key, {})
            wanted = [iri for iri, fact in editions.items() if named.year is None or _year(fact) == named.year]
            if wanted:
                return wanted[0]
        return None

    def _place_exercises(self, facts: Sequence[Exercise]) -> None:
        # Dated ones first, so that an undated mention of the name finds its edition.
        for fact in sorted(facts, key=lambda f: _year(f) is None):
            iri = self._place(fact)
            self._exercises[id(fact)] = iri
            for key in _keys(fact.name, fact.series.iri if fact.series else None):
                self._editions[key].setdefault(iri, fact)

    def _place(self, fact: Exercise) -> str:
        keys = _keys(fact.name, fact.series.iri if fact.series else None)
        if not keys:
            return self.local("exercise")
        year = _year(fact)
        same = [(iri, other) for iri, other in self._editions[keys[0]].items() if _one_edition(fact, other)]
        if len(same) == 1:
            return same[0][0]
        if year is None:
            return self.local("exercise", keys[0])
        wanted = entity("exercise", f"{keys[0]}-{year}")
        if wanted not in self._editions[keys[0]]:
            return wanted
        # Several in one year: told apart by place, else by the date.
        place = next((name_slug(s.value.name) for s in fact.locations if s.value.kind == "place"), None)
        start = str(fact.start.value) if fact.start else str(year)
        return entity("exercise", f"{keys[0]}-{start}" if place is None else f"{keys[0]}-{year}-{place}")

    # Missions

    def mission_named(self, named: Entity) -> str:
        """The mission that a mention means: known by IRI, else by an acronym, else this document's own."""
        if named.iri is not None:
            return named.iri
        if len(named.name) >= 4 and named.name.isascii() and named.name.isalpha() and named.name.isupper():
            return entity("mission", named.name)
        return self.local("mission", name_slug(named.name)) if named.name else self.local("mission")

    # Agreements

    def agreement(self, fact: Agreement) -> str:
        """The agreement that a fact is about."""
        parties = tuple(sorted({actor_code(party.value) for party in fact.parties}))
        title = name_slug(fact.title)
        signed = fact.signed.value if fact.signed else None
        if signed is None or signed.day is None or not parties:
            return self.local("agreement", fact.type, title, parties, signed, fact.place and fact.place.value)
        slug = "-".join((fact.type, *parties, str(signed)))
        alone = len(self._agreement_titles[fact.type, parties, signed]) == 1
        return entity("agreement", slug if alone else f"{slug}-{title}")

    def agreement_titled(self, title: str) -> str | None:
        """The agreement of the reading that has this title."""
        wanted = name_slug(title)
        return next((self.agreement(fact) for fact in self._agreements if name_slug(fact.title) == wanted), None)

    # Persons

    def person(self, surname: str, full_name: str | None = None) -> str:
        """A person: identified by the full name that the text gives, else the document's own."""
        names = self._full_names.get(name_slug(surname), set())
        if full_name is None and len(names) == 1:
            full_name = next(iter(names))
        slug = _person_slug(surname, full_name)
        return entity("person", slug) if slug else self.local("person", name_slug(surname))

    def full_name(self, surname: str) -> str | None:
        """The one full name that the text gives to a surname, if it gives one and no other."""
        names = self._full_names.get(name_slug(surname), set())
        return next(iter(names)) if len(names) == 1 else None


def _is_fact(fact: Fact) -> bool:
    return fact.modality in FACTUAL


def _year(fact: Exercise) -> int | None:
    if fact.start is not None:
        return fact.start.value.year
    if fact.end is not None:
        return fact.end.value.year
    return fact.series.year if fact.series is not None else None


def _keys(name: str | None, series: str | None) -> list[str]:
    """The keys under which an exercise is known, the one that identifies it first."""
    keys = [series.rsplit("/", 1)[-1].casefold()] if series and "/series/" in series else []
    return keys + ([name_slug(name)] if name else [])


def _one_edition(one: Exercise, other: Exercise) -> bool:
    """Whether two facts about exercises of one name can be about one edition: no date speaks against it."""
    if _year(one) is not None and _year(other) is not None and _year(one) != _year(other):
        return False
    pairs = ((one.start, other.start), (one.end, other.end))
    return all(a is None or b is None or _compatible(a.value, b.value) for a, b in pairs)


def _compatible(one: PartialDate, other: PartialDate) -> bool:
    return str(one).startswith(str(other)) or str(other).startswith(str(one))


def _full_names(facts: Sequence[Fact]) -> dict[str, set[str]]:
    names: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        if isinstance(fact, Position) and fact.full_name and _person_slug(fact.person.name, fact.full_name):
            names[name_slug(fact.person.name)].add(fact.full_name)
    return names


def _person_slug(surname: str, full_name: str | None) -> str | None:
    """`dandybaev-timur` for a full name that holds the surname and more; None where there is no more."""
    if not full_name:
        return None
    family, words = name_slug(surname), name_slug(full_name).split("-")
    rest = [word for word in words if word not in family.split("-")]
    return "-".join([family, *rest]) if rest and len(rest) < len(words) else None


def _agreement_titles(facts: Sequence[Fact]) -> dict[tuple[str, tuple[str, ...], PartialDate | None], set[str]]:
    titles: dict[tuple[str, tuple[str, ...], PartialDate | None], set[str]] = defaultdict(set)
    for fact in facts:
        if isinstance(fact, Agreement):
            parties = tuple(sorted({actor_code(party.value) for party in fact.parties}))
            titles[fact.type, parties, fact.signed.value if fact.signed else None].add(name_slug(fact.title))
    return titles
