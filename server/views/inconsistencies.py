"""`/inconsistencies`: what contradicts itself in the graph, with the clashing triples and their documents."""

from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

from graph.clashes import as_json, clashes
from graph.explanation import rule_text
from server.rendering import chosen_media_type, page
from server.resources import current_snapshot

__all__ = ["inconsistencies"]

inconsistencies = Blueprint("inconsistencies", __name__, url_prefix="/inconsistencies")

MOST = 100
"""How many are told with their documents."""

_MEDIA_TYPES = {"json": "application/json", "html": "text/html"}


@inconsistencies.get("")
def listed() -> Response:
    """The inconsistencies as a page or as JSON."""
    snapshot = current_snapshot()
    total = len(snapshot.inconsistencies)
    found = list(clashes(snapshot, limit=MOST))
    if chosen_media_type(tuple(_MEDIA_TYPES.values()), _MEDIA_TYPES) == "text/html":
        return page("inconsistencies.html", clashes=found, total=total, rule_of=rule_text)
    response: Response = jsonify({"total": total, "inconsistencies": [as_json(clash) for clash in found]})
    response.headers["Vary"] = "Accept"
    return response
