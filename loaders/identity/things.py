"""What documents tell of the things that may be those of other documents too, as values that can be compared."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal as OneOf
from urllib.parse import unquote

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from loaders.identity.spelling import given_names, sounds, spelled
from loaders.reading.facts import PartialDate
from loaders.to_rdf.terms import RDF_TYPE, bounds
from ontology import DCTERMS, MC, RDF, RDFS, SKOS

__all__ = [
    "KIND_OF_CLASS", "Agreement", "Bounds", "Exercise", "Kind", "Part", "Person", "Profile", "described", "kinds_in",
    "party", "state_of", "together", "told_by",
]  # fmt: skip

Kind = OneOf["exercise", "agreement", "person"]
Bounds = tuple[str, str]
"""The first and the last day that a date may mean, in ISO 8601: they compare as text."""

_CLASSES: Mapping[Kind, tuple[str, ...]] = {
    "exercise": ("Exercise", "Competition"),
    "agreement": ("Agreement", "Treaty", "Memorandum", "CooperationPlan", "Protocol", "Contract", "Declaration"),
    "person": ("Person",),
}
KIND_OF_CLASS: Mapping[NamedNode, Kind] = {
    NamedNode(MC[name]): kind for kind, names in _CLASSES.items() for name in names
}

_SUBJECT, _PREDICATE, _OBJECT = (NamedNode(RDF[name]) for name in ("subject", "predicate", "object"))
_NAMES = (RDFS["label"], SKOS["altLabel"])
_HOLDER = NamedNode(MC["holder"])
_READ = frozenset(_NAMES) | {RDF["type"]} | {
    MC[name]
    for name in (
        "familyName", "locatedIn", "startDate", "endDate", "editionOf", "hasParticipant", "agreementType", "hasParty",
        "signedOn",
    )
}  # fmt: skip
"""The properties of which a profile is made."""

_Said = dict[str, set[NamedNode | BlankNode | Literal | Triple]]
_ISSUED = NamedNode(DCTERMS["issued"])


@dataclass(frozen=True, slots=True)
class Person:
    """A person.

    Arguments:
        families: surnames as `spelled` has them.
        sounds: their consonants.
        given: given names or initials, where a text has them.
        offices: IRI of the position and of the organization.
        states: of these organizations.
    """

    families: frozenset[str]
    sounds: frozenset[str]
    given: frozenset[tuple[str, ...]]
    offices: frozenset[tuple[str, str]]
    states: frozenset[str]


@dataclass(frozen=True, slots=True)
class Exercise:
    """An exercise or a competition.

    Arguments:
        names: languages and names as `spelled` has them.
        series: IRIs of the series.
        start, end: bounds of its days.
        places: names below states, as `spelled` has them.
        states: IRIs of the states in which it is.
        participants: IRIs of the states that take part.
        issued: when documents tell of it, where they do not date it.
    """

    names: frozenset[tuple[str, str]]
    series: frozenset[str]
    start: Bounds | None
    end: Bounds | None
    places: frozenset[str]
    states: frozenset[str]
    participants: frozenset[str]
    issued: Bounds | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement.

    Arguments:
        type: IRI of its class.
        parties: IRIs of the parties, states for their bodies.
        signed: bounds of the day.
        titles: languages and titles.
    """

    type: str
    parties: frozenset[str]
    signed: Bounds | None
    titles: frozenset[tuple[str, str]]


Profile = Person | Exercise | Agreement


@dataclass(frozen=True, slots=True)
class Part:
    """What one document tells of a thing, or several together.

    Arguments:
        said: values by property.
        offices: of a person, IRI of the position and of the organization.
        issued: when the documents appeared.
    """

    said: _Said
    offices: frozenset[tuple[str, str]]
    issued: frozenset[str] = frozenset()


def told_by(rdf: pyoxigraph.Store, graph: str, iri: str) -> Part:
    """What the graph of a document tells of a thing.

    Arguments:
        rdf: the triples.
        graph: the graph's IRI.
        iri: the name that the thing has there at present.
    """
    thing, where = NamedNode(iri), NamedNode(graph)
    offices = set()
    for tenure in rdf.quads_for_pattern(None, _HOLDER, thing, where):
        parts = {q.predicate.value: q.object for q in rdf.quads_for_pattern(tenure.subject, None, None, None)}
        position, organization = parts.get(MC["position"]), parts.get(MC["organization"])
        if isinstance(position, NamedNode) and isinstance(organization, NamedNode):
            offices.add((position.value, organization.value))
    said = {predicate: values for predicate, values in _said(rdf, thing, where).items() if predicate in _READ}
    issued = {str(getattr(q.object, "value", "")) for q in rdf.quads_for_pattern(where, _ISSUED, None, where)}
    return Part(said, frozenset(offices), frozenset(issued))


def together(parts: Iterable[Part]) -> Part:
    """What several documents tell of a thing."""
    said: _Said = {}
    offices: set[tuple[str, str]] = set()
    issued: set[str] = set()
    for part in parts:
        for predicate, values in part.said.items():
            said.setdefault(predicate, set()).update(values)
        offices |= part.offices
        issued |= part.issued
    return Part(said, frozenset(offices), frozenset(issued))


def kinds_in(rdf: pyoxigraph.Store, graph: str) -> dict[str, Kind]:
    """The things of these kinds that a graph names, also those of which it only says that they are not so."""
    node, found = NamedNode(graph), dict[str, Kind]()
    for class_, kind in KIND_OF_CLASS.items():
        for quad in rdf.quads_for_pattern(None, RDF_TYPE, class_, node):
            if isinstance(quad.subject, NamedNode):
                found[quad.subject.value] = kind
        for quad in rdf.quads_for_pattern(None, _OBJECT, class_, node):
            for about in rdf.quads_for_pattern(quad.subject, _SUBJECT, None, node):
                if isinstance(about.object, NamedNode):
                    found.setdefault(about.object.value, kind)
    return found


def described(rdf: pyoxigraph.Store, kind: Kind, told: Part) -> Profile:
    """A thing as values that can be compared.

    Arguments:
        rdf: the triples, for what is said of others: of which state a body is.
        kind: what it is.
        told: what all documents together tell of it.
    """
    match kind:
        case "person":
            return _person(rdf, told)
        case "exercise":
            return _exercise(rdf, told)
        case _:
            return _agreement(rdf, told.said)


def _said(rdf: pyoxigraph.Store, node: NamedNode, graph: NamedNode) -> _Said:
    """What a graph says of a thing; what it denies or proposes too, if it says of nothing that it is so."""
    said: _Said = {}
    for quad in rdf.quads_for_pattern(node, None, None, graph):
        said.setdefault(quad.predicate.value, set()).add(quad.object)
    if RDF["type"] not in said:
        for claim in rdf.quads_for_pattern(None, _SUBJECT, node, graph):
            parts = {q.predicate: q.object for q in rdf.quads_for_pattern(claim.subject, None, None, graph)}
            predicate = parts.get(_PREDICATE)
            if isinstance(predicate, NamedNode):
                said.setdefault(predicate.value, set()).add(parts[_OBJECT])
    return said


def _person(rdf: pyoxigraph.Store, told: Part) -> Person:
    said, offices = told.said, told.offices
    families = [text for _, text in _texts(said, MC["familyName"])]
    full = [text for name in _NAMES for _, text in _texts(said, name)]
    given = {given_names(text, family) for text in full for family in families}
    return Person(
        frozenset(filter(None, map(spelled, families))),
        frozenset(filter(None, map(sounds, families))),
        frozenset(filter(None, given)),
        frozenset(offices),
        frozenset(state for _, whose in offices if "/state/" in (state := state_of(rdf, whose))),
    )


def _exercise(rdf: pyoxigraph.Store, told: Part) -> Exercise:
    said = told.said
    names = {(language, spelled(text)) for name in _NAMES for language, text in _texts(said, name)}
    places = _iris(said, MC["locatedIn"])
    start = _bounds(said, MC["startDate"]) or _bounds(said, MC["endDate"])
    return Exercise(
        frozenset((language, text) for language, text in names if text),
        frozenset(_iris(said, MC["editionOf"])),
        start,
        _bounds(said, MC["endDate"]),
        frozenset(spelled(_step(place).replace("-", " ")) for place in places if "/state/" not in place),
        frozenset(place for place in places if "/state/" in place),
        frozenset(state_of(rdf, actor) for actor in _iris(said, MC["hasParticipant"])),
        _agreed(told.issued) if start is None else None,
    )


def _agreement(rdf: pyoxigraph.Store, said: _Said) -> Agreement:
    types = sorted(iri for iri in _iris(said, RDF["type"]) if NamedNode(iri) in KIND_OF_CLASS)
    kinds = _iris(said, MC["agreementType"])
    return Agreement(
        min(kinds, default=types[0] if types else ""),
        frozenset(party(rdf, actor) for actor in _iris(said, MC["hasParty"])),
        _bounds(said, MC["signedOn"]),
        frozenset(title for name in _NAMES for title in _texts(said, name)),
    )


def _texts(said: _Said, predicate: str) -> list[tuple[str, str]]:
    """Languages and texts."""
    return [(v.language or "", v.value) for v in said.get(predicate, ()) if isinstance(v, Literal)]


def _iris(said: _Said, predicate: str) -> set[str]:
    return {value.value for value in said.get(predicate, ()) if isinstance(value, NamedNode)}


def state_of(rdf: pyoxigraph.Store, actor: str) -> str:
    """The state of a body; another actor is itself."""
    quad = next(rdf.quads_for_pattern(NamedNode(actor), NamedNode(MC["ofState"]), None, None), None)
    return quad.object.value if quad is not None and isinstance(quad.object, NamedNode) else actor


def party(rdf: pyoxigraph.Store, actor: str) -> str:
    """What a party is compared by: its state; of a company that only a text knows, how its name sounds."""
    whose = state_of(rdf, actor)
    name = _step(whose)
    return sounds(name.replace("-", " ")) if "/organization/" in whose and name == name.casefold() else whose


def _bounds(said: _Said, predicate: str) -> Bounds | None:
    return _agreed(value.value for value in said.get(predicate, ()) if isinstance(value, Literal))


def _agreed(dates: Iterable[str]) -> Bounds | None:
    found = []
    for date in dates:
        try:
            first, last = bounds(PartialDate(*(int(part) for part in date.split("-"))))
        except (ValueError, TypeError):
            continue  # no date: another tool wrote it
        found.append((first.isoformat(), last.isoformat()))
    if not found:
        return None
    # What is told roughly and what is told exactly agree on the exact; what disagrees leaves both possible.
    begin, end = max(first for first, _ in found), min(last for _, last in found)
    return (begin, end) if begin <= end else (min(first for first, _ in found), max(last for _, last in found))


def _step(iri: str) -> str:
    return unquote(iri.rsplit("/", 1)[-1])
