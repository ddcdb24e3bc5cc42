"""`/map`: where exercises, missions, deployments and meetings are, year by year."""

from flask import Blueprint
from werkzeug.wrappers import Response

from graph.cooperation import JointDoing, Place
from server.cooperation import chosen_doings, cooperation_page, doing_as_json, filters, named
from server.rendering import json_answer, wants_json

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
    places = _by_place(located[:_MOST])
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
        years=sorted({int(doing.first_day[:4]) for doing in located[:_MOST] if doing.first_day}),
    )


def _by_place(doings: list[JointDoing]) -> dict[Place, list[JointDoing]]:
    found: dict[Place, list[JointDoing]] = {}
    for doing in doings:
        if doing.place is not None:
            found.setdefault(doing.place, []).append(doing)
    return found
