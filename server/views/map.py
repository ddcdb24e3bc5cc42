"""`/map`: where exercises, missions, deployments and meetings are, year by year."""

from flask import Blueprint, jsonify, url_for
from werkzeug.wrappers import Response

from graph.cooperation import KINDS, JointDoing, Place
from server.cooperation import chosen_doings, doing_as_json, filters, joint_doings, named, picks
from server.rendering import chosen_media_type, page

__all__ = ["map_"]

map_ = Blueprint("map", __name__)

_MEDIA_TYPES = {"html": "text/html", "json": "application/json"}
_MOST = 3_000
"""Doings on one map, the latest."""
_ROWS = 100


@map_.get("/map")
def shown() -> Response:
    """Where doings are, by place, as far as the filters let them pass and their place is known."""
    wanted = filters()
    media_type = chosen_media_type(tuple(_MEDIA_TYPES.values()), _MEDIA_TYPES)
    located = [doing for doing in chosen_doings(wanted) if doing.place is not None]
    places = _by_place(located[:_MOST])
    if media_type == "application/json":
        response: Response = jsonify(
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
        response.headers["Vary"] = "Accept, Accept-Language"
        return response
    address = url_for("map.shown")
    rows = sorted(places.items(), key=lambda item: -len(item[1]))
    return page(
        "map.html",
        wanted=wanted,
        picks=picks(joint_doings()),
        kinds=KINDS,
        places=rows[:_ROWS],
        located=len(located),
        more=max(0, len(located) - _MOST),
        years=sorted({int(doing.first_day[:4]) for doing in located[:_MOST] if doing.first_day}),
        data=f"{address}?{wanted.query}" if wanted.query else address,
    )


def _by_place(doings: list[JointDoing]) -> dict[Place, list[JointDoing]]:
    found: dict[Place, list[JointDoing]] = {}
    for doing in doings:
        if doing.place is not None:
            found.setdefault(doing.place, []).append(doing)
    return found
