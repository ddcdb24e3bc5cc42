"""`/-/settings`: the settings in force and where each was given, for the operator; secrets are not shown."""

from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

from server.access import require_operator
from server.localization import translated
from server.rendering import chosen_media_type, interface, page
from server.resources import resources
from server.settings import SETTINGS

__all__ = ["settings"]

settings = Blueprint("settings", __name__, url_prefix="/-/settings")

_MEDIA_TYPES = {"json": "application/json", "html": "text/html"}


@settings.get("")
def show() -> Response:
    """The table of settings as a page or as JSON."""
    require_operator()
    in_force = resources().settings
    rows = [
        {
            "name": row.name,
            "value": in_force.shown(row),
            "default": "" if row.secret else row.default,
            "origin": in_force.origins.get(row.name, "default"),
            "option": row.option,
            "variable": row.variable,
            "sentence": translated(row.sentence, interface().language),
        }
        for row in SETTINGS
    ]
    if chosen_media_type(tuple(_MEDIA_TYPES.values()), _MEDIA_TYPES) == "text/html":
        return page("settings.html", rows=rows)
    response = jsonify(rows)
    response.headers["Vary"] = "Accept, Accept-Language"
    return response
