"""`/openapi.json` and `/openapi`: what paths there are, what they take and what they give."""

from typing import Any

from flask import Blueprint, current_app, jsonify, request
from werkzeug.wrappers import Response

from server.openapi import describe
from server.rendering import chosen_media_type, interface, page
from server.resources import resources

__all__ = ["openapi"]

openapi = Blueprint("openapi", __name__)

_MEDIA_TYPES = {"html": "text/html", "json": "application/json"}


@openapi.get("/openapi.json")
def document() -> Response:
    """The description as OpenAPI 3.1 has it."""
    return jsonify(_described(interface().language if interface().chosen else "en"))


@openapi.get("/openapi")
def readable() -> Response:
    """The same for people, and for programs that ask for JSON."""
    described = _described(interface().language)
    if chosen_media_type(tuple(_MEDIA_TYPES.values()), _MEDIA_TYPES) == "application/json":
        return jsonify(described)
    groups: dict[str, list[tuple[str, str, dict[str, object]]]] = {}
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            groups.setdefault(operation["tags"][0], []).append((method.upper(), path, operation))
    told = {tag["name"]: tag["description"] for tag in described["tags"]}
    return page("openapi.html", groups=groups, told=told)


def _described(language: str) -> dict[str, Any]:
    return describe(current_app, resources().canned.values(), request.root_url.rstrip("/"), language)
