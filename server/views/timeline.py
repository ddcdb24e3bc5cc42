"""`/timeline`: what happened when, by year and kind."""

from collections import Counter
from itertools import groupby

from flask import Blueprint, jsonify, url_for
from werkzeug.wrappers import Response

from graph.cooperation import KINDS
from server.cooperation import chosen_doings, doing_as_json, doing_name, filters, joint_doings, picks
from server.rendering import chosen_media_type, page
from server.year_bars import year_bars

__all__ = ["timeline"]

timeline = Blueprint("timeline", __name__)

_MEDIA_TYPES = {"html": "text/html", "json": "application/json"}
_LISTED = 300
"""Doings that a page lists; the years before them have a link."""
_ANSWERED = 10_000
"""Doings in the answer to a program."""


@timeline.get("/timeline")
def shown() -> Response:
    """Doings in the order of time, the latest first, as far as the filters let them pass."""
    wanted = filters()
    media_type = chosen_media_type(tuple(_MEDIA_TYPES.values()), _MEDIA_TYPES)
    found = chosen_doings(wanted)
    if media_type == "application/json":
        more = max(0, len(found) - _ANSWERED)
        response: Response = jsonify({"doings": [doing_as_json(d) for d in found[:_ANSWERED]], "more": more})
        response.headers["Vary"] = "Accept, Accept-Language"
        return response
    dated = [doing for doing in found if doing.first_day]
    counts = Counter((int(doing.first_day[:4]), doing.kind) for doing in dated)
    address = url_for("timeline.shown")
    return page(
        "timeline.html",
        wanted=wanted,
        picks=picks(joint_doings()),
        kinds=KINDS,
        bars=year_bars(counts, KINDS),
        years=[(year, list(of_year)) for year, of_year in groupby(dated[:_LISTED], key=lambda d: int(d.first_day[:4]))],
        undated=[doing for doing in found if not doing.first_day][:_LISTED],
        total=len(found),
        older=int(dated[_LISTED].first_day[:4]) if len(dated) > _LISTED else None,
        doing_name=doing_name,
        data=f"{address}?{wanted.query}" if wanted.query else address,
    )
