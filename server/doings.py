"""What a thing did or was part of, in the order of time: the activities and agreements that point at it."""

from dataclasses import dataclass

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from graph.claims import only_planned
from graph.cooperation import taking_part
from ontology import MC, RDF
from server.ends import LATEST, Ends
from server.schema import Schema

__all__ = ["Doing", "Doings", "doings_of"]

_TYPE = NamedNode(RDF["type"])
_EARLIEST = NamedNode(MC["earliestStart"])
_STATED = tuple(NamedNode(MC[name]) for name in ("startDate", "signedOn"))
_END = NamedNode(MC["endDate"])
_OTHERS = 5
"""Others who had part in a doing that are named."""

_CATEGORIES = (("activity", NamedNode(MC["Activity"])), ("agreement", NamedNode(MC["Agreement"])))


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
        others: those who have part in it too, at most `_OTHERS`, sorted.
        more_others: whether there are more of them.
        planned: whether documents speak of it only as planned.
    """

    iri: str
    category: str
    year: int
    begun: str
    ended: str
    roles: tuple[str, ...]
    kind: str
    others: tuple[str, ...]
    more_others: bool
    planned: bool


@dataclass(frozen=True, slots=True)
class Doings:
    """What a thing did or was part of.

    Arguments:
        latest: the latest doings, the latest first.
        count: how many of them were found in all.
        more: whether there are more than these.
    """

    latest: tuple[Doing, ...]
    count: int
    more: bool


def doings_of(rdf: pyoxigraph.Store, ends: Ends, schema: Schema, of: str) -> Doings:
    """The doings of a thing.

    Arguments:
        rdf: the triples of a snapshot.
        ends: the triples that the thing takes part in.
        schema: what the ontology says of classes and properties.
        of: the IRI of the thing.
    """
    roles: dict[NamedNode, set[str]] = {}
    for triple in ends.incoming:
        if isinstance(triple.subject, NamedNode) and triple.predicate != _TYPE:
            roles.setdefault(triple.subject, set()).add(triple.predicate.value)
    dated: list[tuple[str, str, NamedNode, str]] = []
    for thing in roles:
        bound = min(_literals(rdf, thing, _EARLIEST), default="")
        category = next((name for name, kind in _CATEGORIES if _has(rdf, thing, kind)), "") if bound else ""
        if category and bound[:4].isdigit():
            dated.append((bound, thing.value, thing, category))
    dated.sort(key=lambda found: found[:2], reverse=True)
    count = min(len(dated), LATEST) if ends.partial else len(dated)  # of a part, no more than these are the latest
    latest = tuple(_doing(rdf, thing, roles[thing], c, bound, schema, of) for bound, _, thing, c in dated[:LATEST])
    return Doings(latest, count, ends.partial)


def _doing(
    rdf: pyoxigraph.Store, thing: NamedNode, properties: set[str], category: str, bound: str, schema: Schema, of: str
) -> Doing:
    begun = min((value for p in _STATED for value in _literals(rdf, thing, p)), default=bound)
    ended = max(_literals(rdf, thing, _END), default="")
    kinds = [
        quad.object.value
        for quad in rdf.quads_for_pattern(thing, _TYPE, None, DefaultGraph())
        if isinstance(quad.object, NamedNode) and quad.object.value.startswith(MC)
    ]
    weaker = {upper for p in properties for upper in schema.superproperties.get(p, ())}
    others = tuple(actor for actor in taking_part(rdf, thing) if actor != of)
    return Doing(
        iri=thing.value,
        category=category,
        year=int(bound[:4]),
        begun=begun,
        ended=ended if ended != begun else "",
        roles=tuple(sorted(properties - weaker)),
        kind=schema.most_specific(kinds)[0],
        others=others[:_OTHERS],
        more_others=len(others) > _OTHERS,
        planned=only_planned(rdf, thing),
    )


def _has(rdf: pyoxigraph.Store, thing: NamedNode | BlankNode, kind: NamedNode) -> bool:
    return Quad(thing, _TYPE, kind, DefaultGraph()) in rdf


def _literals(rdf: pyoxigraph.Store, thing: NamedNode, predicate: NamedNode) -> list[str]:
    quads = rdf.quads_for_pattern(thing, predicate, None, DefaultGraph())
    return [quad.object.value for quad in quads if isinstance(quad.object, Literal)]
