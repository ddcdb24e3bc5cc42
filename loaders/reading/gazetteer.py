"""The names that readers recognise: the reference graph, as plain values.

The gazetteer is the reference graph. A name added there (by editing `ontology/reference/`, by an update, or by
loading RDF into the reference graph) is recognised in the next text.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol, get_args

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode

from loaders.reading.facts import BodyKind, EntityKind
from ontology import GRAPH_REFERENCE, MC, RDF, RDFS, SKOS

__all__ = ["KnownEntity", "Name", "NameSort", "known_entities"]

NameSort = Literal["label", "alternative", "official", "abbreviation", "adjective", "demonym"]


@dataclass(frozen=True, slots=True)
class Name:
    """A name of an entity in one language; `language` is `""` where the name belongs to none."""

    text: str
    language: str
    sort: NameSort


@dataclass(frozen=True, slots=True)
class KnownEntity:
    """An entity of the reference graph with its names.

    Arguments:
        iri: its IRI.
        kind: what sort of thing it is.
        names: all its names in all languages.
        code: its ISO 3166-1 alpha-3 code or its usual English acronym, if it has one.
        state: alpha-3 of the state that it belongs to (a body), is capital of or lies in (a place), or is.
        body: which body of its state it is.
        frameworks: IRIs of the organizations under which a mission or a series of exercises is run.
        locations: IRIs of the places where a mission works.
        capital_of: alpha-3 of the state whose capital it is.
        types: local names of its `mc:` classes.
        ended: whether it is known to have ended (a mission).
    """

    iri: str
    kind: EntityKind
    names: tuple[Name, ...]
    code: str | None = None
    state: str | None = None
    body: BodyKind | None = None
    frameworks: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    capital_of: str | None = None
    types: frozenset[str] = frozenset()
    ended: bool = False


class HasTriples(Protocol):
    """A state of a store: a `Snapshot`, or anything else that holds triples."""

    @property
    def rdf(self) -> pyoxigraph.Store:
        """The triples."""


# What sort of entity the instances of a class are; the first that fits counts (a state is also a place).
_KIND: tuple[tuple[str, EntityKind], ...] = (
    ("State", "state"),
    ("DefenceMinistry", "body"), ("ForeignMinistry", "body"), ("InteriorMinistry", "body"), ("ArmedForces", "body"),
    ("GeneralStaff", "body"), ("Parliament", "body"), ("Government", "body"), ("SecurityService", "body"),
    ("MilitaryUnit", "body"), ("Ministry", "body"), ("StateBody", "body"),
    ("InternationalOrganization", "organization"), ("MilitaryAlliance", "organization"),
    ("Company", "company"), ("EducationalInstitution", "institution"), ("Organization", "organization"),
    ("PeacekeepingMission", "mission"), ("ObserverMission", "mission"), ("HumanitarianMission", "mission"),
    ("Mission", "mission"),
    ("ExerciseSeries", "series"), ("CompetitionSeries", "series"), ("Series", "series"),
    ("Settlement", "place"), ("Region", "place"), ("TrainingGround", "place"), ("Place", "place"),
    ("Exercise", "exercise"), ("Competition", "exercise"), ("Person", "person"),
)  # fmt: skip

_SORT: dict[str, NameSort] = {
    RDFS["label"]: "label",
    SKOS["prefLabel"]: "label",
    SKOS["altLabel"]: "alternative",
    MC["officialName"]: "official",
    MC["abbreviation"]: "abbreviation",
    MC["adjective"]: "adjective",
    MC["demonym"]: "demonym",
}

_TYPE = NamedNode(RDF["type"])
_READ = tuple(
    NamedNode(iri)
    for iri in (
        *_SORT,
        *(MC[name] for name in ("iso3", "capital", "ofState", "locatedIn", "conductedUnder", "endDate")),
    )
)

_Term = NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple
_Properties = Mapping[str, list[_Term]]


def known_entities(snapshot: HasTriples) -> tuple[KnownEntity, ...]:
    """The entities of the reference graph with all their names, in the order of their IRIs.

    Where there is no reference graph, the default graph is read: a few Turtle files in memory will do.
    """
    reference = NamedNode(GRAPH_REFERENCE)
    graph = reference if snapshot.rdf.contains_named_graph(reference) else DefaultGraph()
    things = _things(snapshot.rdf, graph)
    states = _States(things)
    found = (_entity(iri, things[iri], states) for iri in sorted(things))
    return tuple(entity for entity in found if entity is not None)


def _things(rdf: pyoxigraph.Store, graph: NamedNode | DefaultGraph) -> dict[str, dict[str, list[_Term]]]:
    """The instances of the classes that are told apart here, and no more of what is said than is used."""
    things: dict[str, dict[str, list[_Term]]] = defaultdict(lambda: defaultdict(list))
    typed = {
        quad.subject for name, _ in _KIND for quad in rdf.quads_for_pattern(None, _TYPE, NamedNode(MC[name]), graph)
    }
    found = [
        *(quad for thing in typed for quad in rdf.quads_for_pattern(thing, _TYPE, None, graph)),
        *(quad for predicate in _READ for quad in rdf.quads_for_pattern(None, predicate, None, graph)),
    ]
    for quad in found:
        if isinstance(quad.subject, NamedNode):
            things[quad.subject.value][quad.predicate.value].append(quad.object)
    return things


class _States:
    """To which state things belong."""

    def __init__(self, things: Mapping[str, _Properties]) -> None:
        self._things = things
        self.capitals = {
            capital: code
            for iri, properties in things.items()
            if (code := self.code(iri)) is not None
            for capital in _iris(properties, MC["capital"])
        }

    def code(self, iri: str) -> str | None:
        """The alpha-3 code of a state; None if it is none."""
        return next(iter(_values(self._things.get(iri, {}), MC["iso3"])), None)

    def of(self, iri: str) -> str | None:
        """The state that a thing is, belongs to or lies in; None where there is none, or more than one."""
        seen, wave = {iri}, [iri]
        while wave:
            codes = {code for each in wave if (code := self.code(each)) is not None}
            if codes:
                return min(codes) if len(codes) == 1 else None
            wave = [
                above
                for each in wave
                for predicate in (MC["ofState"], MC["locatedIn"])
                for above in _iris(self._things.get(each, {}), predicate)
                if above not in seen
            ]
            seen.update(wave)
        return self.capitals.get(iri)


def _entity(iri: str, properties: _Properties, states: _States) -> KnownEntity | None:
    types = frozenset(t.removeprefix(MC) for t in _iris(properties, RDF["type"]) if t.startswith(MC))
    kind = next((kind for name, kind in _KIND if name in types), None)
    if kind is None:
        return None
    state = None if kind in ("organization", "mission", "series") else states.of(iri)
    return KnownEntity(
        iri=iri,
        kind=kind,
        names=_names(properties),
        code=states.code(iri) or _acronym(properties),
        state=state,
        body=_body(iri) if kind == "body" else None,
        frameworks=_iris(properties, MC["conductedUnder"]),
        locations=_iris(properties, MC["locatedIn"]),
        capital_of=states.capitals.get(iri),
        types=types,
        ended=bool(properties.get(MC["endDate"])),
    )


def _body(iri: str) -> BodyKind | None:
    """The kind of a body, which its IRI ends with (`…/KAZ-MoD`)."""
    suffix = iri.rsplit("-", 1)[-1]
    return next((kind for kind in get_args(BodyKind) if kind == suffix), None)


def _names(properties: _Properties) -> tuple[Name, ...]:
    names = {
        Name(term.value, term.language or "", sort)
        for predicate, sort in _SORT.items()
        for term in properties.get(predicate, ())
        if isinstance(term, pyoxigraph.Literal)
    }
    order = list(get_args(NameSort))
    return tuple(sorted(names, key=lambda name: (order.index(name.sort), name.language, name.text)))


def _acronym(properties: _Properties) -> str | None:
    """The abbreviation that is in English or in no language: the code by which the entity is known."""
    return next((n.text for n in _names(properties) if n.sort == "abbreviation" and n.language in ("", "en")), None)


def _iris(properties: _Properties, predicate: str) -> tuple[str, ...]:
    return tuple(sorted(t.value for t in properties.get(predicate, ()) if isinstance(t, NamedNode)))


def _values(properties: _Properties, predicate: str) -> list[str]:
    return sorted(t.value for t in properties.get(predicate, ()) if isinstance(t, pyoxigraph.Literal))
