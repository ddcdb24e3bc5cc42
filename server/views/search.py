"""`/search`: things by their names, as a page, or as JSON for programs and for the suggestions under the search box."""

from flask import Blueprint, jsonify, request
from pyoxigraph import NamedNode
from werkzeug.wrappers import Response

from graph.errors import BadInput
from server.finding import Found, find
from server.rendering import addresses, chosen_media_type, name_of, page
from server.resources import current_snapshot
from server.terms import parse_term

__all__ = ["search"]

search = Blueprint("search", __name__, url_prefix="/search")

_MEDIA_TYPES = {"html": "text/html", "json": "application/json"}
_HITS = 40
_LONGEST = 200


@search.get("")
def found() -> Response:
    """Things whose names fit `?q=`, the best first, at most `?limit=`, of the classes in `?class=` if it is given."""
    searched = " ".join(request.args.get("q", "").split())[:_LONGEST]
    limit = _limit(request.args.get("limit"))
    classes = [_iri(name) for name in " ".join(request.args.getlist("class")).split()]
    hits = find(current_snapshot(), searched, limit + 1, classes) if searched else []
    if chosen_media_type(tuple(_MEDIA_TYPES.values()), _MEDIA_TYPES) == "text/html":
        return page("search.html", searched=searched, found=hits[:limit], cut=len(hits) > limit)
    response = jsonify({"query": searched, "cut": len(hits) > limit, "results": [_as_json(h) for h in hits[:limit]]})
    response.headers["Vary"] = "Accept, Accept-Language"
    return response


def _iri(name: str) -> str:
    term = parse_term(name, "class")
    if not isinstance(term, NamedNode):
        raise BadInput(f"{name!r} is no class", hint="write an IRI, or a prefixed name such as mc:State")
    return term.value


def _limit(given: str | None) -> int:
    if given is None:
        return _HITS
    if not given.isascii() or not given.isdigit() or not 0 < int(given) <= _HITS * 5:
        raise BadInput(f"The limit {given[:20]!r} is no number from 1 to {_HITS * 5}")
    return int(given)


def _as_json(hit: Found) -> dict[str, object]:
    return {
        "iri": hit.iri,
        "name": name_of(hit.iri).text,
        "match": hit.text,
        "class": hit.kind,
        "kind": name_of(hit.kind).text if hit.kind else "",
        "date": hit.date,
        "page": addresses().page(hit.iri),
    }
