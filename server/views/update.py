"""`/update`: the SPARQL 1.1 Protocol for updates, for whoever has a token."""

from flask import Blueprint
from werkzeug.wrappers import Response

from server.access import require_scope
from server.protocol import update_of_request
from server.resources import resources
from server.writing import acknowledged, measured

__all__ = ["update"]

update = Blueprint("update", __name__)


@update.post("/update")
def execute() -> Response:
    """Execute an update; when it is answered, the next query sees what it did."""
    require_scope("update")
    asked = update_of_request()
    with measured("update"):
        written = resources().writer.update(asked, resources().settings.update_seconds)
    return acknowledged(written, 204)
