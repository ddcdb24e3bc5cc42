"""The query operation of the SPARQL 1.1 Protocol: from a request to the query that it carries."""

from flask import request
from pyoxigraph import NamedNode
from werkzeug.datastructures import MultiDict

from graph.errors import BadInput
from graph.query.request import QueryRequest
from ontology import PREFIXES
from server.problems import PayloadRefused
from server.resources import resources

__all__ = ["query_of_request"]

_FORM = "application/x-www-form-urlencoded"
_DIRECT = "application/sparql-query"


def query_of_request() -> QueryRequest | None:
    """The query that the present request carries; None for a GET without one.

    Raises:
        BadInput: it carries none, several, or an empty one, or names a graph by something that is no IRI.
        PayloadRefused: the body is neither a form nor a query, or is not UTF-8.
    """
    if request.method == "POST":
        texts, parameters = _posted()
        if not texts:
            raise BadInput("The request has no query", hint="send it as the parameter “query”")
    else:
        texts, parameters = request.args.getlist("query"), request.args
        if not texts:
            return None
    if len(texts) > 1:
        raise BadInput("The request has more than one query")
    if not texts[0].strip():
        raise BadInput("The query is empty")
    default, named = (_graphs(parameters, name) for name in ("default-graph-uri", "named-graph-uri"))
    given = bool(default or named)
    return QueryRequest(
        text=texts[0],
        base_iri=request.base_url,
        default_graphs=default if given else None,
        named_graphs=named if given else None,
        # A bare store is a plain SPARQL server: there an undeclared prefix is the error that the standard makes it.
        prefixes={} if resources().store.bare else PREFIXES,
    )


def _posted() -> tuple[list[str], MultiDict[str, str]]:
    """The queries of a POST and the parameters that name graphs: of a form from its body and the address alike."""
    charset = request.mimetype_params.get("charset", "utf-8").strip("\"' ").lower()
    if charset not in {"utf-8", "utf8"}:
        raise PayloadRefused(f"The body is in {charset}", hint="send it in UTF-8")
    if request.mimetype == _DIRECT:
        if "query" in request.args:
            raise BadInput("The request has a query in its body and another in its address")
        try:
            return [request.get_data().decode("utf-8")], request.args
        except UnicodeDecodeError as error:
            raise BadInput("The query is not in UTF-8") from error
    if request.mimetype == _FORM:
        both: MultiDict[str, str] = MultiDict(request.args)
        both.update(request.form)
        return both.getlist("query"), both
    raise PayloadRefused(
        f"A query cannot be posted as {request.mimetype or 'a body without a type'}",
        hint=f"send it as {_DIRECT} or as {_FORM}",
    )


def _graphs(parameters: MultiDict[str, str], name: str) -> tuple[str, ...]:
    graphs = tuple(parameters.getlist(name))
    for iri in graphs:
        try:
            NamedNode(iri)
        except ValueError as error:
            raise BadInput(f"{name} is {iri!r}, which is no absolute IRI") from error
    return graphs
