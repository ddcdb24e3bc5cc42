"""Where things are: places with coordinates, and states, for a map."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, NamedNode

from ontology import MC

__all__ = ["Spot", "places_of", "spots", "state_code"]

_LAT, _LONG = (NamedNode(f"http://www.w3.org/2003/01/geo/wgs84_pos#{name}") for name in ("lat", "long"))
_LOCATED = NamedNode(MC["locatedIn"])
_ISO3 = NamedNode(MC["iso3"])
_CAPITAL = NamedNode(MC["capital"])
_PLACES_READ = 40


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with what is there.

    Arguments:
        place: IRI of the place.
        latitude, longitude: degrees, WGS 84.
        things: IRIs of what is or was there.
    """

    place: str
    latitude: float
    longitude: float
    things: tuple[str, ...]


def spots(rdf: pyoxigraph.Store, things: Iterable[str]) -> list[Spot]:
    """The most precise places of things that have coordinates; of a thing only known to be in a state, its capital."""
    there: dict[NamedNode, tuple[float, float, list[str]]] = {}
    for thing in things:
        found = places_of(rdf, NamedNode(thing))
        if found is not None:
            place, latitude, longitude = found
            there.setdefault(place, (latitude, longitude, []))[2].append(thing)
    return [Spot(place.value, lat, long, tuple(here)) for place, (lat, long, here) in there.items()]


def places_of(rdf: pyoxigraph.Store, thing: NamedNode) -> tuple[NamedNode, float, float] | None:
    """The place of a thing, or the thing itself if it is a place, with latitude and longitude."""
    places = [thing]
    quads = rdf.quads_for_pattern(thing, _LOCATED, None, DefaultGraph())
    places += [quad.object for quad in islice(quads, _PLACES_READ) if isinstance(quad.object, NamedNode)]
    for place in places:
        degrees = _degrees(rdf, place)
        if degrees is not None:
            return place, *degrees
    for place in places:
        for quad in rdf.quads_for_pattern(place, _CAPITAL, None, DefaultGraph()):
            degrees = _degrees(rdf, quad.object) if isinstance(quad.object, NamedNode) else None
            if degrees is not None:
                return place, *degrees
    return None


def state_code(rdf: pyoxigraph.Store, thing: NamedNode) -> str | None:
    """The ISO 3166-1 alpha-3 code of a state."""
    quads = rdf.quads_for_pattern(thing, _ISO3, None, DefaultGraph())
    return next((quad.object.value for quad in quads if isinstance(quad.object, Literal)), None)


def _degrees(rdf: pyoxigraph.Store, place: NamedNode) -> tuple[float, float] | None:
    found = []
    for predicate in (_LAT, _LONG):
        quads = rdf.quads_for_pattern(place, predicate, None, DefaultGraph())
        value = next((quad.object.value for quad in quads if isinstance(quad.object, Literal)), None)
        if value is None:
            return None
        try:
            found.append(float(value))
        except ValueError:
            return None
    latitude, longitude = found
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None
