"""The things most closely tied to one thing, and a small drawing of them around it."""

import math
from collections import Counter
from dataclasses import dataclass
from itertools import islice

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad

from ontology import MC, RDF

__all__ = ["Relative", "Star", "relatives_of", "star"]

_TYPE = NamedNode(RDF["type"])
_CATEGORIES = (
    ("actor", NamedNode(MC["State"])),
    ("body", NamedNode(MC["Organization"])),
    ("person", NamedNode(MC["Person"])),
    ("activity", NamedNode(MC["Activity"])),
    ("agreement", NamedNode(MC["Agreement"])),
    ("place", NamedNode(MC["Place"])),
)
_SHARED = tuple(
    NamedNode(MC[name]) for name in ("participatesIn", "partyTo", "contributesTo", "observes", "cooperatesWith")
)
_DIRECT = tuple(
    NamedNode(MC[name])
    for name in ("hasParticipant", "hasObserver", "hasParty", "conductedUnder", "editionOf", "hasMember", "holder")
)
_OF_STATE = NamedNode(MC["ofState"])
_ACTOR = NamedNode(MC["Actor"])
_EVENTS_READ = 300
"""Doings of an actor in which it is looked who else was there."""

_ACROSS, _UPRIGHT = 150, 158
"""The distances of the relatives from the middle: less to the sides, where their names need room."""

_TIES_READ = 200


@dataclass(frozen=True, slots=True)
class Relative:
    """A thing tied to another.

    Arguments:
        iri: the thing.
        category: what kind of thing it is: `actor` (a state), `body`, `person`, `activity`, `agreement`, `place`.
        weight: in how many activities and agreements both are, or by how many properties they are tied.
    """

    iri: str
    category: str
    weight: int


@dataclass(frozen=True, slots=True)
class Point:
    """Where a relative stands in the drawing, in units of its view box; labels grow away from the middle."""

    relative: Relative
    x: float
    y: float
    label_x: float
    label_y: float
    anchor: str
    radius: float
    stroke: float


@dataclass(frozen=True, slots=True)
class Star:
    """A drawing of a thing with its relatives around it."""

    width: float
    height: float
    x: float
    y: float
    points: tuple[Point, ...]


def relatives_of(rdf: pyoxigraph.Store, node: NamedNode, limit: int = 14) -> list[Relative]:
    """The things tied most closely to one thing, the closest first.

    For an actor those who were in the same activities and agreements; for an actor without any, and for all else, what
    it points at: an organization's members, an exercise's participants.
    """
    shared: Counter[NamedNode] = Counter()
    if Quad(node, _TYPE, _ACTOR, DefaultGraph()) in rdf:
        for predicate in _SHARED:
            for quad in islice(rdf.quads_for_pattern(node, predicate, None, DefaultGraph()), _EVENTS_READ):
                if predicate == _SHARED[-1] and isinstance(quad.object, NamedNode):
                    shared[quad.object] += 1
                    continue
                if isinstance(quad.object, NamedNode):
                    ties = rdf.quads_for_pattern(None, predicate, quad.object, DefaultGraph())
                    shared.update(tie.subject for tie in islice(ties, _TIES_READ) if isinstance(tie.subject, NamedNode))
    if not shared:
        for predicate in _DIRECT:
            quads = rdf.quads_for_pattern(node, predicate, None, DefaultGraph())
            shared.update(q.object for q in islice(quads, _TIES_READ) if isinstance(q.object, NamedNode))
    for own in islice(rdf.quads_for_pattern(None, _OF_STATE, node, DefaultGraph()), _TIES_READ):
        if isinstance(own.subject, NamedNode):  # a state's ministries were where it was
            shared.pop(own.subject, None)
    shared.pop(node, None)
    found: list[Relative] = []
    for thing, weight in sorted(shared.items(), key=lambda item: (-item[1], item[0].value)):
        if len(found) == limit:
            break
        category = next((name for name, kind in _CATEGORIES if Quad(thing, _TYPE, kind, DefaultGraph()) in rdf), None)
        if category is not None:
            found.append(Relative(thing.value, category, weight))
    return found


def star(relatives: list[Relative]) -> Star | None:
    """Place the relatives around the middle, the closest at the top, then alternately to the right and the left."""
    if not relatives:
        return None
    width, height = 640.0, 400.0
    x, y = width / 2, height / 2
    heaviest = max(relative.weight for relative in relatives)
    order = sorted(range(len(relatives)), key=lambda place: (place % 2, place if place % 2 == 0 else -place))
    points = []
    for turn, place in enumerate(order):
        angle = 2 * math.pi * turn / len(order) - (math.pi / 2 if len(order) > 3 else 0)
        relative = relatives[place]
        strength = relative.weight / heaviest
        at_x, at_y = x + _ACROSS * math.cos(angle), y + _UPRIGHT * math.sin(angle)
        side = math.cos(angle)
        anchor = "middle" if abs(side) < 0.2 else "start" if side > 0 else "end"
        radius = 5 + 5 * math.sqrt(strength)
        beside = radius + 6
        points.append(
            Point(
                relative,
                round(at_x, 1),
                round(at_y, 1),
                round(at_x + (0 if anchor == "middle" else math.copysign(beside, side)), 1),
                round(at_y + (4.5 if anchor != "middle" else math.copysign(radius + 11, math.sin(angle)) + 4), 1),
                anchor,
                round(radius, 1),
                round(1 + 3 * strength, 1),
            )
        )
    return Star(width, height, x, y, tuple(points))
