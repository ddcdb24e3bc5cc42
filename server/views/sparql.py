"""`/sparql`: the SPARQL 1.1 Protocol for queries; without one, the service description, or a form for a browser."""

from urllib.parse import urlencode

from flask import Blueprint, request
from werkzeug.wrappers import Response

from graph.errors import MilcoopError
from graph.query.formats import formats_for
from graph.query.negotiation import negotiate
from graph.query.request import QueryRequest
from graph.query.tokens import query_form
from ontology import PREFIXES
from server.compression import accepted_codings
from server.protocol import query_of_request
from server.querying import answered, evaluated, shown
from server.rdf_answers import RDF_FORMATS, RDF_MEDIA_TYPES, rdf_answer
from server.rendering import chosen_media_type, page
from server.resources import current_snapshot, resources
from server.service_description import PREFIXES as DESCRIPTION_PREFIXES
from server.service_description import count_triples, service_description
from server.tables import ROWS, plain_table

__all__ = ["sparql"]

sparql = Blueprint("sparql", __name__)

_EXAMPLE = """\
# Who contributes to which mission?
SELECT ?actor ?actorName ?mission WHERE {
  ?actor mc:contributesTo ?mission ;
         rdfs:label ?actorName .
  FILTER (lang(?actorName) = "en")
}
ORDER BY ?actorName
"""


@sparql.route("/sparql", methods=["GET", "POST"])
def endpoint() -> Response:
    """Answer a query, or say what this endpoint is."""
    query = query_of_request()
    if query is None:
        return _described()
    wanted = request.values.get("format") or request.headers.get("Accept", "")
    if _wants_page(query, wanted):
        return _result_page(query)
    return answered(evaluated(query, wanted, accepted_codings()))


def _described() -> Response:
    media_type = chosen_media_type((*RDF_MEDIA_TYPES, "text/html"), {**RDF_FORMATS, "html": "text/html"})
    if media_type == "text/html":
        return page(
            "sparql.html",
            text=request.args.get("edit", _EXAMPLE),
            prefixes=PREFIXES,
            base_iri=resources().settings.base_iri,
        )
    snapshot = current_snapshot()
    statistics = resources().derived("statistics", snapshot, count_triples)
    description = service_description(request.base_url, statistics, inference=not resources().store.bare)
    return rdf_answer(description, media_type, DESCRIPTION_PREFIXES)


def _wants_page(query: QueryRequest, wanted: str) -> bool:
    if "/" not in wanted:
        return wanted == "html"
    if "text/" not in wanted.lower():  # a page is never what is given to those who name no text
        return False
    form = query_form(query.text) or "SELECT"
    offered = [media_type for known in formats_for(form) for media_type in known.media_types]
    return negotiate(wanted, (*offered, "text/html")) == "text/html"


def _result_page(query: QueryRequest) -> Response:
    """The form with the query in it, and what became of the query."""
    answer, error, status = None, None, 200
    try:
        answer = shown(query, ROWS)
    except MilcoopError as failure:
        error, status = str(failure), failure.http_status
    kept = [(name, value) for name, value in request.values.items(multi=True) if name not in {"format", "lang"}]
    formats = formats_for(query_form(query.text) or "SELECT")
    response = page(
        "sparql.html",
        text=query.text,
        answer=answer,
        table=answer and plain_table(answer),
        error=error,
        prefixes=PREFIXES,
        base_iri=resources().settings.base_iri,
        download=f"{request.script_root}/sparql?{urlencode(kept)}&format=",
        downloads=[known.name for known in formats],
    )
    response.status_code = status
    return response
