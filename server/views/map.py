"""`/map`: where exercises, missions, deployments and meetings are, year by year."""

from flask import Blueprint
from pyoxigraph import NamedNode
from werkzeug.wrappers import Response

from graph.cooperation import KINDS, JointDoing, Place
from server.cooperation import chosen_doings, cooperation_page, doing_as_json, filters, named
from server.rendering import json_answer, wants_json
from server.resources import current_snapshot
from server.whereabouts import state_code

__all__ = ["map_"]

map_ = Blueprint("map", __name__)

_MOST = 3_000
"""Doings on one map, the latest."""
_ROWS = 100


@map_.get("/map")
def shown() -> Response:
    """Where doings are, by place, as far as the filters let them pass and their place is known."""
    wanted = filters()
    as_data = wants_json()
    located = [doing for doing in chosen_doings(wanted) if doing.place is not None]
    shown_here = located[:_MOST]
    places = _by_place(shown_here)
    if as_data:
        return json_answer(
            {
                "places": [
                    {
                        **named(place.iri),
                        "at": [place.longitude, place.latitude],
                        "doings": [doing_as_json(doing) for doing in there],
                    }
                    for place, there in places.items()
                ],
                "states": _codes(shown_here),
                "more": max(0, len(located) - _MOST),
            }
        )
    rows = sorted(places.items(), key=lambda item: -len(item[1]))
    return cooperation_page(
        "map.html",
        wanted,
        places=rows[:_ROWS],
        located=len(located),
        more=max(0, len(located) - _MOST),
        kinds_here=[kind for kind in KINDS if any(doing.kind == kind for doing in shown_here)],
        years=sorted({int(doing.first_day[:4]) for doing in shown_here if doing.first_day}),
    )


def _codes(doings: list[JointDoing]) -> dict[str, str]:
    """The ISO 3166-1 alpha-3 codes of the states that have part in the doings, by IRI."""
    actors = sorted({actor for doing in doings for actor in doing.actors})
    rdf = current_snapshot().rdf
    return {actor: code for actor in actors if (code := state_code(rdf, NamedNode(actor)))}


def _by_place(doings: list[JointDoing]) -> dict[Place, list[JointDoing]]:
    found: dict[Place, list[JointDoing]] = {}
    for doing in doings:
        if doing.place is not None:
            found.setdefault(doing.place, []).append(doing)
    return found
