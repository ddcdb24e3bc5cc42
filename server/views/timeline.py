"""`/timeline`: what happened when, by year and kind."""

from collections import Counter
from itertools import groupby

from flask import Blueprint
from werkzeug.wrappers import Response

from graph.cooperation import KINDS
from server.cooperation import chosen_doings, cooperation_page, doing_as_json, doing_name, filters
from server.rendering import json_answer, wants_json
from server.year_bars import year_bars

__all__ = ["timeline"]

timeline = Blueprint("timeline", __name__)

_LISTED = 300
"""Doings that a page lists; the years before them have a link."""
_ANSWERED = 10_000
"""Doings in the answer to a program."""


@timeline.get("/timeline")
def shown() -> Response:
    """Doings in the order of time, the latest first, as far as the filters let them pass."""
    wanted = filters()
    as_data = wants_json()
    found = chosen_doings(wanted)
    if as_data:
        more = max(0, len(found) - _ANSWERED)
        return json_answer({"doings": [doing_as_json(doing) for doing in found[:_ANSWERED]], "more": more})
    dated = [doing for doing in found if doing.first_day]
    counts = Counter((int(doing.first_day[:4]), doing.kind) for doing in dated)
    return cooperation_page(
        "timeline.html",
        wanted,
        bars=year_bars(counts, KINDS),
        years=[(year, list(of_year)) for year, of_year in groupby(dated[:_LISTED], key=lambda d: int(d.first_day[:4]))],
        undated=[doing for doing in found if not doing.first_day][:_LISTED],
        total=len(found),
        older=int(dated[_LISTED].first_day[:4]) if len(dated) > _LISTED else None,
        doing_name=doing_name,
    )
