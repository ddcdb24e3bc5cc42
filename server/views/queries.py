"""`/queries`, `/queries/NAME`: the canned queries, and one run with its parameters."""

from urllib.parse import urlencode

from flask import Blueprint, jsonify, request
from werkzeug.wrappers import Response

from graph.errors import MilcoopError
from graph.query.canned import CannedQuery, find
from graph.query.formats import formats_for
from graph.query.naming import NameResolver
from graph.query.negotiation import negotiate
from graph.query.request import QueryRequest
from ontology import BASE, PREFIXES
from server.api_calls import api_calls
from server.compression import accepted_codings
from server.localization import texts
from server.querying import Shown, answered, evaluated, shown
from server.questions import Question, fields, question
from server.rendering import chosen_media_type, interface, names, page
from server.resources import current_snapshot, resources
from server.tables import named_table

__all__ = ["queries", "questions", "questions_by_group"]

queries = Blueprint("queries", __name__, url_prefix="/queries")

_MEDIA_TYPES = {"json": "application/json", "html": "text/html"}
_NOT_PARAMETERS = frozenset({"format", "timeout"})
_LANGUAGE = "lang"
"""A parameter of many queries: the language of names. On a page it is the language of the page."""


def questions() -> list[Question]:
    """The canned queries in the reader's language."""
    return [question(query, interface()) for query in resources().canned.values()]


def questions_by_group() -> dict[str, list[Question]]:
    """The same under the headings of their groups."""
    groups: dict[str, list[Question]] = {}
    for one_of_them in questions():
        groups.setdefault(_heading(one_of_them.group), []).append(one_of_them)
    return groups


@queries.get("")
def listed() -> Response:
    """All canned queries, as a page by groups or as JSON."""
    if chosen_media_type(tuple(_MEDIA_TYPES.values()), _MEDIA_TYPES) == "text/html":
        return page("queries.html", groups=questions_by_group())
    return jsonify([_as_json(query) for query in resources().canned.values()])


@queries.get("/<name>")
def one(name: str) -> Response:
    """The answer of one query with the parameters of the address: the form with a table, or a SPARQL result."""
    query = find(resources().canned, name)
    takes_language = any(parameter.name == _LANGUAGE for parameter in query.parameters)
    passed_over = _NOT_PARAMETERS if takes_language else _NOT_PARAMETERS | {_LANGUAGE}
    given = {key: value for key, value in request.args.items() if key not in passed_over}
    wanted = request.args.get("format") or request.headers.get("Accept", "")
    if not _wants_page(query, wanted):
        return answered(evaluated(_bound(query, given), wanted, accepted_codings()))
    if takes_language:
        given[_LANGUAGE] = interface().language
    answer: Shown | None = None
    error, status = None, 200
    try:
        answer = shown(_bound(query, given))
    except MilcoopError as failure:
        error, status = str(failure), failure.http_status
    response = page(
        "query.html",
        question=question(query, interface()),
        parameters=fields(query, given, interface(), current_snapshot(), names(), {_LANGUAGE}),
        answer=answer,
        table=answer and named_table(answer, texts(interface().language)),
        error=error,
        query_text=query.text,
        calls=api_calls(request.base_url, {p.name: given.get(p.name, p.default or "") for p in query.parameters}),
        download=f"{request.script_root}{request.path}?{urlencode([*given.items(), ('format', '')])}",
        downloads=[known.name for known in formats_for(query.form)],
    )
    response.status_code = status
    return response


def _heading(group: str) -> str:
    """A group of questions in the reader's language; one that the interface has no words for stays as it is."""
    words = texts(interface().language)
    return words.get(f"groups.{group}") or group.capitalize() or words["queries.other"]


def _wants_page(query: CannedQuery, wanted: str) -> bool:
    if "/" not in wanted:
        return wanted == "html"
    offered = [media_type for known in formats_for(query.form) for media_type in known.media_types]
    return negotiate(wanted, (*offered, "text/html")) == "text/html"


def _bound(query: CannedQuery, given: dict[str, str]) -> QueryRequest:
    return QueryRequest(query.bind(given, NameResolver(current_snapshot().rdf)), base_iri=BASE, prefixes=PREFIXES)


def _as_json(query: CannedQuery) -> dict[str, object]:
    return {
        "name": query.name,
        "title": dict(query.titles),
        "description": dict(query.descriptions),
        "group": query.group,
        "query": query.text,
        "parameters": [
            {
                "name": parameter.name,
                "type": parameter.type,
                "classes": list(parameter.classes),
                "scheme": parameter.scheme,
                "optional": parameter.optional,
                "default": parameter.default,
                "label": dict(parameter.labels),
            }
            for parameter in query.parameters
        ],
    }
