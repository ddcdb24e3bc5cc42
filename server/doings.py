"""What a thing did or was part of, in the order of time: the activities and agreements that point at it."""

from dataclasses import dataclass
from itertools import islice

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from graph.store import Snapshot
from ontology import MC, RDF
from server.schema import Schema

__all__ = ["Doing", "doings_of"]

_TYPE = NamedNode(RDF["type"])
_EARLIEST = NamedNode(MC["earliestStart"])
_STATED = tuple(NamedNode(MC[name]) for name in ("startDate", "signedOn"))
_END = NamedNode(MC["endDate"])
_CATEGORIES = (("activity", NamedNode(MC["Activity"])), ("agreement", NamedNode(MC["Agreement"])))
_READ = 1_500
"""Triples that are looked at one by one; of a thing with more, the latest doings are asked for."""

_LATEST = 200


@dataclass(frozen=True, slots=True)
class Doing:
    """An activity or agreement.

    Arguments:
        iri: what it is.
        category: `activity` or `agreement`.
        year: of its beginning or signing.
        begun: that date as stated, as precise as the source.
        ended: the date of its end as stated; blank if that is not known or the same.
        roles: the properties by which it points at the thing, sorted.
        kind: IRI of its class.
    """

    iri: str
    category: str
    year: int
    begun: str
    ended: str
    roles: tuple[str, ...]
    kind: str


def doings_of(snapshot: Snapshot, node: NamedNode, schema: Schema) -> tuple[list[Doing], bool]:
    """The doings of a thing, the latest first, and whether there are earlier ones as well."""
    rdf = snapshot.rdf
    quads = list(islice(rdf.quads_for_pattern(None, None, node, DefaultGraph()), _READ + 1))
    more = len(quads) > _READ
    if more:
        quads = [
            quad
            for thing in _latest(snapshot, node)
            for quad in rdf.quads_for_pattern(thing, None, node, DefaultGraph())
        ]
    roles: dict[NamedNode, set[str]] = {}
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and quad.predicate != _TYPE:
            roles.setdefault(quad.subject, set()).add(quad.predicate.value)
    found = []
    for thing, properties in roles.items():
        category = next((name for name, kind in _CATEGORIES if _has(rdf, thing, kind)), None)
        bound = min(_literals(rdf, thing, _EARLIEST), default="") if category else ""
        if category and bound[:4].isdigit():
            begun = min((value for p in _STATED for value in _literals(rdf, thing, p)), default=bound)
            ended = max(_literals(rdf, thing, _END), default="")
            kinds = [
                quad.object.value
                for quad in rdf.quads_for_pattern(thing, _TYPE, None, DefaultGraph())
                if isinstance(quad.object, NamedNode) and quad.object.value.startswith(MC)
            ]
            weaker = {upper for p in properties for upper in schema.superproperties.get(p, ())}
            told = Doing(
                iri=thing.value,
                category=category,
                year=int(bound[:4]),
                begun=begun,
                ended=ended if ended != begun else "",
                roles=tuple(sorted(properties - weaker)),
                kind=schema.most_specific(kinds)[0],
            )
            found.append((bound, told))
    return [told for _, told in sorted(found, key=lambda pair: (pair[0], pair[1].iri), reverse=True)], more


def _latest(snapshot: Snapshot, node: NamedNode) -> list[NamedNode]:
    """The things with the latest dates among those that point at a thing."""
    rows = snapshot.select(
        f"SELECT DISTINCT ?x ?date WHERE {{ ?x ?p {node} ; {_EARLIEST} ?date }} ORDER BY DESC(?date) LIMIT {_LATEST}"
    )
    return list(dict.fromkeys(row["x"] for row in rows if isinstance(row["x"], NamedNode)))


def _has(rdf: pyoxigraph.Store, thing: NamedNode | BlankNode, kind: NamedNode) -> bool:
    return Quad(thing, _TYPE, kind, DefaultGraph()) in rdf


def _literals(rdf: pyoxigraph.Store, thing: NamedNode, predicate: NamedNode) -> list[str]:
    quads = rdf.quads_for_pattern(thing, predicate, None, DefaultGraph())
    return [quad.object.value for quad in quads if isinstance(quad.object, Literal)]
