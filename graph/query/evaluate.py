"""Evaluating a query with the engine, and serialising its result. Nothing that a query says leaves the machine."""

from collections.abc import Callable, Collection
from contextlib import nullcontext, suppress
from dataclasses import replace
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, cast

from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    serialize,
)

from graph.errors import BadInput, MilcoopError, QueryKilled, StoreError
from graph.export.serializing import without_unused_prefixes
from graph.query.allow_list import NOTHING_ALLOWED, AllowList
from graph.query.closed_paths import with_single_steps
from graph.query.corrections import readable, unknown_function
from graph.query.exact import exact
from graph.query.formats import Format, NotAcceptable, choose
from graph.query.implied_classes import without_implied_classes
from graph.query.join_order import in_good_order
from graph.query.outbound import CallFailed, Outbound
from graph.query.refused_services import ServiceRefused, with_refused_services_unbound
from graph.query.request import NO_LIMITS, Answer, Limits, QueryRequest
from graph.query.row_limit import CUT_AFTER, LimitedRows, LimitReached
from graph.query.service_relay import ServiceRelay
from graph.query.sizes import Sizes
from graph.query.syntax_errors import QuerySyntaxError, UpdateSyntaxError, syntax_error
from graph.query.text_patterns import with_texts_found
from graph.query.tokens import QueryForm, is_update, query_form, tokens
from graph.search.of_snapshot import Searcher, search_of_triples
from ontology import OWL, PREFIXES, RDF, RDFS

if TYPE_CHECKING:
    from graph.columns import Columns

__all__ = [
    "Answer", "EvaluationFailed", "QuerySyntaxError", "ServiceRefused", "UpdateSyntaxError", "evaluate",
]  # fmt: skip

_TYPE, _TRANSITIVE = NamedNode(RDF["type"]), NamedNode(OWL["TransitiveProperty"])
_DOMAIN = NamedNode(RDFS["domain"])


class EvaluationFailed(MilcoopError):
    """The engine gave up on a valid query."""

    title = "Query failed"


def evaluate(
    rdf: Store,
    request: QueryRequest,
    wanted: str = "",
    limits: Limits = NO_LIMITS,
    services: AllowList = NOTHING_ALLOWED,
    find: Searcher | None = None,
    *,
    closed: bool = False,
    sizes: Sizes | None = None,
    columns: "Columns | None" = None,
) -> Answer:
    """The result of a query, in this thread and without a limit of time.

    Arguments:
        rdf: the triples to ask. Its default graph is what a query that names no dataset sees.
        request: the query and its dataset.
        wanted: the name of a format, or the value of an Accept header; empty for no preference.
        limits: after how many solutions, triples or bytes the result is cut. A graph is not cut by bytes.
        services: what SERVICE may call.
        find: finds texts for `mc:matches`; without it an index is made for each query that has one.
        closed: whether the default graph holds all that follows from it, as inference leaves it.
        sizes: what has been counted before, of this state or one shortly before it.
        columns: the default graph as columns, for those queries that are answered from them; None leaves all to the
            engine.

    Raises:
        QuerySyntaxError: the text is no SPARQL query.
        ServiceRefused: it calls a service that is not allowed, and not `SILENT`.
        NotAcceptable, UnknownFormat: see `graph.query.formats.choose`.
        TextSearchRefused: see `graph.query.text_patterns.with_texts_found`.
        BadInput: a graph of the dataset is no IRI.
        EvaluationFailed, StoreError: the engine could not finish.
        CallRefused, CallFailed: a service leads to where it may not, or does not answer.
        QueryKilled: the result is a graph with more bytes than wanted.
    """
    written, request = request.text, replace(request, text=readable(request.text))
    targets = with_refused_services_unbound(request.text, services)
    request = replace(request, text=targets.text)
    form = query_form(request.text)
    # Checked before evaluating: a result that nobody takes is not worth computing.
    chosen = choose(form, wanted) if form else None
    relay = ServiceRelay(Outbound(services)) if targets.calls else None
    text = request.text
    if request.default_graphs is None and request.named_graphs is None:
        if closed:
            text = with_single_steps(text, request.prefixes, lambda iri: _holds(rdf, iri, _TYPE, _TRANSITIVE))
            text = without_implied_classes(text, request.prefixes, lambda iri, kind: _has_domain(rdf, iri, kind))
        if columns is not None and chosen is not None and form == "SELECT":
            from graph.query.columnar import answered  # here: numpy takes a while, and most stores are small

            found = answered(text, request.prefixes, columns, chosen[0].engine, limits, rdf)
            if found is not None:
                return Answer(found.body, chosen[1], found.rows, found.cut)
        counted = sizes or Sizes()
        text = in_good_order(
            text,
            request.prefixes,
            lambda patterns: counted.of(rdf, patterns),
            lambda pattern, most: counted.up_to(rdf, pattern, most),
        )
    text = exact(with_texts_found(text, request.prefixes, find or search_of_triples(rdf)), rdf, request)
    try:
        with relay or nullcontext():
            results = _run(rdf, request, text, relay, written)
            if form is None or chosen is None:
                # The engine wants no white space between words: CONSTRUCTWHERE is two to it.
                raise _not_a_query(request, "white space is missing between its words", written)
            return _serialized(results, form, chosen[0], chosen[1], limits, request)
    except (RuntimeError, OSError) as error:
        if relay is not None and relay.failures:
            raise relay.failures[-1] from error
        if relay is not None and relay.was_called:
            raise CallFailed("what a service answers is no result of a query") from error
        if "RDF 1.2" in str(error):
            raise NotAcceptable(
                f"the result has terms of RDF 1.2, which {chosen[1] if chosen else wanted} cannot hold",
                hint="ask for another format",
            ) from error
        if isinstance(error, OSError):
            raise StoreError(f"the query could not be evaluated: {error}") from error
        raise EvaluationFailed(f"the query could not be evaluated: {error}") from error


def _has_domain(rdf: Store, iri: str, kind: str) -> bool:
    try:
        return _holds(rdf, iri, _DOMAIN, NamedNode(kind))
    except ValueError:
        return False


def _holds(rdf: Store, iri: str, predicate: NamedNode, value: NamedNode) -> bool:
    try:
        return Quad(NamedNode(iri), predicate, value, DefaultGraph()) in rdf
    except ValueError:  # no IRI, as the engine will say
        return False


def _run(
    rdf: Store, request: QueryRequest, text: str, relay: ServiceRelay | None, written: str
) -> QuerySolutions | QueryBoolean | QueryTriples:
    """What comes of the request, whose query came as `written` and is asked as `text`."""
    if relay is not None:
        text = relay.rewritten(text)
    try:
        return _asked(rdf, request, text)
    except SyntaxError as error:
        if text == request.text:
            raise _not_a_query(request, str(error), written) from error
        message = str(error)
    try:  # for the place of the error in the text as it came
        _asked(rdf, request, request.text)
    except SyntaxError as error:
        message = str(error)
    raise _not_a_query(request, message, written)


def _not_a_query(request: QueryRequest, message: str, written: str) -> QuerySyntaxError:
    """The error for a text that the engine does not take."""
    if all(token.kind == "comment" for token in tokens(request.text)):
        return QuerySyntaxError("the query is empty")
    if is_update(request.text):
        return QuerySyntaxError("this is a SPARQL update, not a query", hint="post it to /update")
    return syntax_error(message, request.text, request.prefixes, written=written)


def _asked(rdf: Store, request: QueryRequest, text: str) -> QuerySolutions | QueryBoolean | QueryTriples:
    # Both lists, the empty one too: else the engine would show the graphs of the other side.
    given = request.default_graphs is not None or request.named_graphs is not None
    failing: dict[NamedNode, Callable[..., Any]] = {}
    while True:
        try:
            return rdf.query(
                text,
                base_iri=request.base_iri,
                prefixes=dict(request.prefixes),
                default_graph=_nodes(request.default_graphs or ()) if given else None,
                named_graphs=_nodes(request.named_graphs or ()) if given else None,
                custom_functions=failing,
            )
        except ValueError as error:
            raise BadInput(f"the query cannot be read: {error}") from error
        except RuntimeError as error:
            function = unknown_function(str(error))
            if function is None or function in failing:
                raise
            failing[function] = lambda *_: None


def _nodes(graphs: Collection[str]) -> list[Any]:  # the engine's list types are invariant
    try:
        return [NamedNode(iri) for iri in graphs]
    except ValueError as error:
        raise BadInput(f"a graph of the dataset is no IRI: {error}") from error


def _serialized(
    results: QuerySolutions | QueryBoolean | QueryTriples,
    form: QueryForm,
    chosen: Format,
    media_type: str,
    limits: Limits,
    request: QueryRequest,
) -> Answer:
    if isinstance(results, QueryTriples) and isinstance(chosen.engine, RdfFormat):
        wanted = list(results if limits.rows is None else islice(results, limits.rows + 1))
        cut = limits.rows is not None and len(wanted) > limits.rows
        kept = wanted[: limits.rows] if cut else wanted
        text = serialize(kept, format=chosen.engine, prefixes={**PREFIXES, **request.prefixes}) or b""
        body = without_unused_prefixes(text, chosen.engine)
        if limits.bytes is not None and len(body) > limits.bytes:
            raise QueryKilled(
                f"the graph that the query makes has more than {limits.bytes:,} bytes", hint="ask for less at once"
            )
        return Answer(body + _cut_comment(chosen.engine, len(kept)) if cut else body, media_type, len(kept), cut)
    if isinstance(results, QueryTriples) or not isinstance(chosen.engine, QueryResultsFormat):
        raise EvaluationFailed(f"the engine does not take the query for {form}")
    if isinstance(results, QueryBoolean):
        return Answer(results.serialize(format=chosen.engine) or b"", media_type, None)
    stream = LimitedRows(chosen.engine, limits)
    with suppress(LimitReached):
        results.serialize(cast(IO[bytes], stream), format=chosen.engine)
    return Answer(stream.finish(), media_type, stream.rows, stream.cut)


def _cut_comment(syntax: RdfFormat, triples: int) -> bytes:
    """What says at the end of a graph that it was cut, in the syntaxes that have comments."""
    says = f"{CUT_AFTER}{triples}"
    if syntax == RdfFormat.RDF_XML:
        return f"\n<!-- {says} -->\n".encode()
    return b"" if syntax == RdfFormat.JSON_LD else f"# {says}\n".encode()
