"""The operations of the SPARQL 1.1 Protocol: from a request to the query or the update that it carries."""

from functools import lru_cache
from urllib.parse import unquote_to_bytes

from flask import request
from pyoxigraph import NamedNode
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.sansio.utils import get_current_url

from graph.errors import BadInput
from graph.query.patch_text import patch_text
from graph.query.request import QueryRequest, UpdateRequest
from ontology import PREFIXES
from server.problems import PayloadRefused
from server.resources import resources

__all__ = ["patch_of_request", "prefixes_of", "query_of_request", "refuse_other_charsets", "update_of_request"]

_FORM = "application/x-www-form-urlencoded"


def query_of_request() -> QueryRequest | None:
    """The query that the present request carries; None for a GET without one.

    Raises:
        BadInput: it carries none, several, or an empty one, or names a graph by something that is no IRI.
        PayloadRefused: the body is neither a form nor a query, or is not UTF-8.
        RequestEntityTooLarge: the query is longer than the settings allow.
    """
    if request.method == "POST":
        texts, parameters = _posted("query")
    else:
        texts, parameters = request.args.getlist("query"), request.args
    if "update" in parameters:
        raise BadInput("Updates are not executed here", hint="post them to /update")
    if not texts and request.method != "POST":
        return None
    text = _bounded(_only(texts, "query"))
    default, named = _dataset(parameters, "default-graph-uri", "named-graph-uri")
    return QueryRequest(text, _base(), default, named, prefixes_of(text, bare=resources().store.bare))


def update_of_request() -> UpdateRequest:
    """The update that the present request carries.

    Raises:
        BadInput: it carries none, several, or an empty one, or names a graph by something that is no IRI.
        PayloadRefused: the body is neither a form nor an update, or is not UTF-8.
    """
    texts, parameters = _posted("update")
    if "query" in parameters:
        raise BadInput("Queries are not answered here", hint="send them to /sparql")
    text = _only(texts, "update")
    default, named = _dataset(parameters, "using-graph-uri", "using-named-graph-uri")
    return UpdateRequest(text, _base(), default, named, _prefixes())


def patch_of_request(graph: str | None) -> UpdateRequest:
    """The update of one graph that the present request carries as its body.

    Arguments:
        graph: its IRI; None for the default graph.

    Raises:
        BadInput: there is no update, or it is not UTF-8.
        PayloadRefused: the body is no update.
        PatchRefused: the update says something of other graphs.
    """
    if request.mimetype == _FORM:
        raise PayloadRefused("A graph cannot be patched by a form", hint="send application/sparql-update")
    text = patch_text(_only(_posted("update")[0], "update"), graph)
    return UpdateRequest(text, graph or _base(), prefixes=_prefixes())


def refuse_other_charsets(parameters: dict[str, str]) -> None:
    """Let only UTF-8 pass.

    Arguments:
        parameters: of a media type.

    Raises:
        PayloadRefused: it is another.
    """
    charset = parameters.get("charset", "utf-8").strip("\"' ").lower()
    if charset not in {"utf-8", "utf8", "us-ascii"}:
        raise PayloadRefused(f"The body is in {charset}", hint="send it in UTF-8")


def _only(texts: list[str], name: str) -> str:
    if not texts:
        raise BadInput(f"The request has no {name}", hint=f"send it as the parameter “{name}”")
    if len(texts) > 1:
        raise BadInput(f"The request has more than one {name}")
    if not texts[0].strip() and name != "update":  # by the grammar, an update of no operation is one
        raise BadInput(f"The {name} is empty")
    if "%" in texts[0] and request.mimetype in {"", _FORM}:  # as it stood: so werkzeug reads what is not UTF-8
        try:
            unquote_to_bytes(request.query_string + request.get_data()).decode("utf-8")
        except UnicodeDecodeError as error:
            raise BadInput(f"The {name} is not in UTF-8") from error
    return texts[0]


def _bounded(text: str) -> str:
    """The text of a query, which anybody may send, and which is looked through before the engine sees it."""
    kib = resources().settings.query_kb
    if len(text) > kib << 10:
        raise RequestEntityTooLarge(f"The query has more than {kib} KiB")
    return text


def _prefixes() -> dict[str, str]:
    # A bare store is a plain SPARQL server: there an undeclared prefix is the error that the standard makes it.
    return {} if resources().store.bare else dict(PREFIXES)


def prefixes_of(text: str, *, bare: bool) -> dict[str, str]:
    """The prefixes that a query may use without declaring them: they go with it wherever it goes.

    Arguments:
        text: the query.
        bare: whether the store is one without an ontology.
    """
    if bare:
        return {}
    if "\\" in text:  # a name may be written with escapes
        return dict(PREFIXES)
    return {name: iri for name, iri in PREFIXES.items() if f"{name}:" in text}


def _base() -> str:
    """The address that was asked, without parameters: against it relative IRIs resolve."""
    return _base_url(request.scheme, request.host, request.root_path, request.path)


@lru_cache(maxsize=256)
def _base_url(scheme: str, host: str, root: str, path: str) -> str:
    return get_current_url(scheme, host, root, path)


def _posted(name: str) -> tuple[list[str], MultiDict[str, str]]:
    """The texts of a POST and its other parameters: those of a form from its body and the address alike.

    Arguments:
        name: what is carried, `query` or `update`; it names the parameter and the media type.
    """
    direct = f"application/sparql-{name}"
    refuse_other_charsets(dict(request.mimetype_params))
    if request.mimetype == direct:
        if name in request.args:
            raise BadInput(f"The request has a {name} in its body and another in its address")
        try:
            return [request.get_data().decode("utf-8")], request.args
        except UnicodeDecodeError as error:
            raise BadInput(f"The {name} is not in UTF-8") from error
    if request.mimetype == _FORM:
        request.get_data()  # kept, for what the form does not tell
        both: MultiDict[str, str] = MultiDict(request.args)
        both.update(request.form)
        return both.getlist(name), both
    raise PayloadRefused(
        f"A {name} cannot be posted as {request.mimetype or 'a body without a type'}",
        hint=f"send it as {direct} or as {_FORM}",
    )


def _dataset(
    parameters: MultiDict[str, str], default: str, named: str
) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
    """The graphs that the parameters name; as soon as there are any, both lists are given."""
    graphs = _graphs(parameters, default), _graphs(parameters, named)
    return graphs if any(graphs) else (None, None)


def _graphs(parameters: MultiDict[str, str], name: str) -> tuple[str, ...]:
    graphs = tuple(parameters.getlist(name))
    for iri in graphs:
        try:
            NamedNode(iri)
        except ValueError as error:
            raise BadInput(f"{name} is {iri!r}, which is no absolute IRI") from error
    return graphs
