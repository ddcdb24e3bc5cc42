"""The doings that actors have together, as documents tell of them: exercises, missions, agreements, supplies …

Bodies of a state count as the state (`mc:countsAs`); persons are left out. Kinds are declared in `kinds.toml`.
"""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store

from graph.claims import FACTUAL, PLANNED, modalities_of, only_planned
from graph.cooperation.at_once import Told, Values, documents_of, told_of, values_of
from graph.store import Snapshot, Term
from ontology import DCTERMS, MC, RDF

__all__ = ["KINDS", "JointDoing", "Place", "read_doings", "taking_part"]

_DECLARED = tomllib.loads(Path(__file__).with_name("kinds.toml").read_text(encoding="utf-8"))["kind"]
KINDS: tuple[str, ...] = tuple(str(kind["name"]) for kind in _DECLARED)
"""The kinds of doings by name, in the order in which they are shown."""

_TAKING_PART = tuple(_DECLARED[0]["members"])
_TYPE, _SUBJECT, _PREDICATE = (NamedNode(RDF[name]) for name in ("type", "subject", "predicate"))
_COUNTS_AS, _ORGANIZATION, _UNDER, _MODALITY, _CAPITAL, _STATE, _EDITION_OF = (
    NamedNode(MC[name])
    for name in (
        "countsAs", "Organization", "conductedUnder", "modality", "capital", "State",
        "editionOf",
    )
)  # fmt: skip
_BEGUN = tuple(NamedNode(MC[name]) for name in ("startDate", "signedOn"))
_ENDED, _FIRST, _LATEST_START, _LATEST_END = (
    NamedNode(MC[name]) for name in ("endDate", "earliestStart", "latestStart", "latestEnd")
)
_LATITUDE, _LONGITUDE = (NamedNode(f"http://www.w3.org/2003/01/geo/wgs84_pos#{name}") for name in ("lat", "long"))
_ISSUED = NamedNode(DCTERMS["issued"])
_READ = 400
"""Members and places of one doing that are looked at."""

_OF_DOINGS = tuple(
    NamedNode(MC[name])
    for name in sorted(
        {name for kind in _DECLARED for name in (*kind["members"], *kind["places"])}
        | {
            "startDate",
            "signedOn",
            "endDate",
            "earliestStart",
            "latestStart",
            "latestEnd",
            "conductedUnder",
            "editionOf",
        }
    )
)
"""What is asked of each doing."""

_Node = NamedNode | BlankNode


@dataclass(frozen=True, slots=True)
class Place:
    """Where a doing is: IRI of the place, and latitude and longitude in degrees (WGS 84)."""

    iri: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class JointDoing:
    """Something that actors do, or have, together.

    Arguments:
        iri: what it is.
        kind: one of `KINDS`.
        actors: IRIs of the states and organizations that have part in it, sorted.
        organizations: IRIs of those under which it is held.
        begun, ended: its dates as the sources state them (ISO 8601, maybe a year or month only), or `""`.
        first_day, last_day: the days between which it was, as far as these dates tell, or `""`.
        place: where it was, if that is known.
        documents: IRIs of the documents that tell of it, sorted.
        planned: whether they only announce it: call it planned, or are older than it.
        series: IRIs of the series that it is an edition of.
    """

    iri: str
    kind: str
    actors: tuple[str, ...]
    organizations: tuple[str, ...]
    begun: str
    ended: str
    first_day: str
    last_day: str
    place: Place | None
    documents: tuple[str, ...]
    planned: bool = False
    series: tuple[str, ...] = ()


def read_doings(snapshot: Snapshot) -> tuple[JointDoing, ...]:
    """All doings that documents of a state of the store tell of, the latest first; undated ones come last."""
    return _Reader(snapshot.rdf).read()


def taking_part(rdf: Store, thing: NamedNode) -> tuple[str, ...]:
    """The actors that have part in an activity or agreement: IRIs of states and organizations, sorted.

    Arguments:
        rdf: the triples of a snapshot.
        thing: the activity or agreement.
    """
    return _Reader(rdf).members(thing, _TAKING_PART)


class _Reader:
    """Reads doings; what actors count as and where places are is looked up once."""

    def __init__(self, rdf: Store) -> None:
        self._rdf = rdf
        self._folded: dict[NamedNode, tuple[str, ...]] = {}
        self._places: dict[NamedNode, Place | None] = {}
        self._dates: dict[str, str] = {}
        self._at_hand: dict[NamedNode, Values] = {}

    def read(self) -> tuple[JointDoing, ...]:
        self._at_hand = {predicate: values_of(self._rdf, predicate, _READ) for predicate in _OF_DOINGS}
        found: dict[str, JointDoing] = {}
        for declared in _DECLARED:
            for node, documents in documents_of(self._rdf, MC[declared["class"]]).items():
                if node.value not in found:
                    doing = self._doing(node, declared, documents)
                    if doing is not None:
                        found[doing.iri] = doing
        return tuple(sorted(found.values(), key=lambda d: (d.first_day, d.iri), reverse=True))

    def _doing(self, node: NamedNode, declared: dict[str, object], documents: tuple[str, ...]) -> JointDoing | None:
        said = self._said(node, bool(declared.get("claim")))
        if said and not said & FACTUAL:
            return None
        first = min(self._texts(node, _FIRST), default="")
        last = max(self._texts(node, _LATEST_END) or self._texts(node, _LATEST_START), default=first)
        begun = min((text for by in _BEGUN for text in self._texts(node, by)), default=first)
        ended = max(self._texts(node, _ENDED), default="")
        return JointDoing(
            iri=node.value,
            kind=str(declared["name"]),
            actors=self.members(node, _names(declared["members"])),
            organizations=tuple(sorted(self._iris(node, _UNDER))),
            begun=begun,
            ended="" if ended == begun else ended,
            first_day=first,
            last_day=max(first, last),
            place=self._place(node, _names(declared["places"])),
            documents=documents,
            planned=self._is_planned(node, documents, first),
            series=tuple(sorted(self._iris(node, _EDITION_OF))),
        )

    def _said(self, node: NamedNode, is_claim: bool) -> set[str]:
        """The modalities in which documents speak of it; of what has a triple and no plans, it is known without."""
        if is_claim:
            return self._iris(node, _MODALITY)
        if node not in self._maybe_planned:
            return set()
        return modalities_of(self._rdf, node)

    def _is_planned(self, node: NamedNode, documents: Iterable[str], first_day: str) -> bool:
        """Whether documents only announce it; looked at closely only where that may be."""
        may_be = node in self._maybe_planned or any("" < self._issued(document) < first_day for document in documents)
        if not may_be:
            return False
        told = self._told
        if node not in told.stated or next(iter(self._objects(node, _MODALITY)), None) is not None:
            return only_planned(self._rdf, node)
        return node not in told.reported

    @cached_property
    def _told(self) -> Told:
        return told_of(self._rdf, self._issued, self._at_hand[_FIRST])

    def _issued(self, document: str) -> str:
        if document not in self._dates:
            self._dates[document] = min(self._texts(NamedNode(document), _ISSUED), default="")
        return self._dates[document]

    @cached_property
    def _maybe_planned(self) -> set[NamedNode]:
        """What some claim speaks of as planned: few things of many, so that all others need not be looked at."""
        claims = self._rdf.quads_for_pattern(None, _MODALITY, NamedNode(PLANNED), DefaultGraph())
        return {
            about.object
            for quad in claims
            for about in self._rdf.quads_for_pattern(quad.subject, _SUBJECT, None, DefaultGraph())
            if isinstance(about.object, NamedNode)
        }

    def members(self, node: NamedNode, by: Iterable[str]) -> tuple[str, ...]:
        """The actors at the ends of these properties."""
        return tuple(sorted({actor for name in by for actor in self._members(node, name)}))

    def _members(self, node: NamedNode, name: str) -> Iterator[str]:
        for member in islice(self._objects(node, NamedNode(MC[name])), _READ):
            if isinstance(member, NamedNode):
                yield from self._counted_as(member)

    def _counted_as(self, actor: NamedNode) -> tuple[str, ...]:
        """The states that an actor counts as; an organization of none is itself, a person nothing."""
        known = self._folded.get(actor)
        if known is None:
            known = tuple(sorted(self._iris(actor, _COUNTS_AS)))
            if not known and any(
                Quad(actor, _TYPE, kind, DefaultGraph()) in self._rdf for kind in (_STATE, _ORGANIZATION)
            ):
                known = (actor.value,)
            self._folded[actor] = known
        return known

    def _place(self, node: NamedNode, by: Iterable[str]) -> Place | None:
        """The most precise place with coordinates; of a thing only known to be in a state, the capital of that."""
        found: list[Place] = []
        for name in by:
            objects = islice(self._objects(node, NamedNode(MC[name])), _READ)
            for there in sorted((o for o in objects if isinstance(o, NamedNode)), key=str):
                place = self._located(there)
                if place is None and name == "activity":  # a contingent is where its mission is
                    place = self._place(there, ("locatedIn",))
                if place is not None:
                    found.append(place)
        return min(found, key=lambda place: self._is_state(place.iri), default=None)

    def _is_state(self, iri: str) -> bool:
        return Quad(NamedNode(iri), _TYPE, _STATE, DefaultGraph()) in self._rdf

    def _located(self, place: NamedNode) -> Place | None:
        if place not in self._places:
            self._places[place] = self._degrees(place, place) or next(
                (
                    found
                    for quad in self._rdf.quads_for_pattern(place, _CAPITAL, None, DefaultGraph())
                    if isinstance(quad.object, NamedNode) and (found := self._degrees(quad.object, place))
                ),
                None,
            )
        return self._places[place]

    def _degrees(self, node: NamedNode, place: NamedNode) -> Place | None:
        try:
            latitude, longitude = (float(min(self._texts(node, by))) for by in (_LATITUDE, _LONGITUDE))
        except ValueError:  # none is stated, or what is stated is no number
            return None
        within = abs(latitude) <= 90 and abs(longitude) <= 180
        return Place(place.value, latitude, longitude) if within else None

    def _iris(self, node: _Node, predicate: NamedNode) -> set[str]:
        return {found.value for found in self._objects(node, predicate) if isinstance(found, NamedNode)}

    def _texts(self, node: _Node, predicate: NamedNode) -> list[str]:
        return [found.value for found in self._objects(node, predicate) if isinstance(found, Literal)]

    def _objects(self, node: _Node, predicate: NamedNode) -> Iterable[Term]:
        if (values := self._at_hand.get(predicate)) is not None and len(said := values.get(node, ())) < _READ:
            return said
        return (quad.object for quad in self._rdf.quads_for_pattern(node, predicate, None, DefaultGraph()))


def _names(value: object) -> tuple[str, ...]:
    return tuple(str(name) for name in value) if isinstance(value, list) else ()
