"""A client's query on its way to the guarded processes and back: limits, metrics, headers, and results as values."""

import hashlib
import io
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import pyoxigraph
from flask import g, request
from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from werkzeug.wrappers import Response

from graph.errors import BadInput, MilcoopError, QueryKilled, QueryTimeout
from graph.query.corrections import unescaped
from graph.query.pool import PoolBusy
from graph.query.request import Answer, Limits, QueryRequest
from graph.query.tokens import query_form, tokens
from server.answer_cache import Asked
from server.clients import client_of_request
from server.logs import log, of_this_request
from server.metrics import QUERIES, QUERY_SECONDS, count_query
from server.resources import Resources, current_snapshot, resources

__all__ = [
    "CUT_HEADER", "SNAPSHOT_HEADER", "Cell", "Evaluated", "Shown", "answered", "answered_or_kept", "evaluated",
    "evaluated_before", "hash_of", "headers_of", "is_volatile", "shown",
]  # fmt: skip

CUT_HEADER = "X-Milcoop-Cut"
"""Stands on an answer that was cut, and says after how many rows."""

SNAPSHOT_HEADER = "X-Milcoop-Snapshot"
"""Tells the number of the state that was read, or that holds what was written."""

_LOGGED_CHARACTERS = 4000
_VOLATILE = re.compile(r"NOW|RAND|UUID|SERVICE|\\u", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What came of a query that the present thread has had evaluated already."""

    asked: Asked
    outcome: Answer | MilcoopError


evaluated_before: ContextVar[Evaluated | None] = ContextVar("evaluated_before", default=None)
"""What a request asks, where it has been evaluated before it reached a view."""

Cell = NamedNode | BlankNode | Literal | Triple | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A result for a page: rows, a yes or no, or a graph as Turtle.

    Arguments:
        variables: the columns, without their question marks.
        rows: the solutions.
        boolean: the answer of an ASK.
        turtle: the graph of a CONSTRUCT or DESCRIBE.
        cut: whether there are more rows than were answered.
        limit: the number after which results are cut.
        seconds: how long it took.
    """

    variables: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    boolean: bool | None
    turtle: str | None
    cut: bool
    limit: int
    seconds: float


def query_seconds() -> float:
    """The seconds that the present request may take for its query: `?timeout=` up to the maximum, else the default.

    Raises:
        BadInput: `?timeout=` is no positive number.
    """
    settings = resources().settings
    given = request.values.get("timeout")
    if given is None:
        return settings.query_seconds
    try:
        seconds = float(given)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise BadInput(f"The timeout {given!r} is no positive number of seconds")
    return min(seconds, settings.query_seconds_max)


def evaluated(query: QueryRequest, wanted: str, codings: tuple[str, ...] = (), rows: int | None = None) -> Answer:
    """The answer of the guarded processes.

    Arguments:
        query: the query and its dataset.
        wanted: the name of a format, or an Accept header; empty for no preference.
        codings: content codings in which it may come, the best first.
        rows: after how many rows to cut it, where that is fewer than the settings allow.

    Raises:
        PoolBusy: too many other queries run.
        BadInput: it is no query, or asks for what is not allowed.
        QueryTimeout, QueryKilled: it ran past its deadline or memory.
    """
    settings = resources().settings
    limits = Limits(min(rows or settings.result_rows, settings.result_rows), settings.result_mb << 20)
    asked, seconds, client = Asked(query, wanted, codings, limits), query_seconds(), client_of_request()
    digest = hash_of(query.text)
    of_this_request(query=digest)  # from here on, all that is logged of this request names the query
    before = evaluated_before.get()
    known = before.outcome if before is not None and before.asked.key == asked.key else None
    if isinstance(known, MilcoopError):
        raise known
    if is_volatile(query.text):
        g.volatile = True
        answer, _ = answered_or_kept(resources(), None, asked, seconds, client)
    else:
        snapshot = current_snapshot()
        state = (snapshot.number, snapshot.record.committed)
        answer = known or answered_or_kept(resources(), state, asked, seconds, client)[0]
        g.asked = asked
    g.queried = digest, answer.rows
    return answer


def answered_or_kept(
    held: Resources, state: tuple[int, str] | None, asked: Asked, seconds: float, client: str
) -> tuple[Answer, bool]:
    """The answer of the guarded processes, or the one that is kept; counted and logged. And whether it was kept.

    Arguments:
        held: what answers.
        state: number and moment of commit of the newest state; None for an answer that is never kept.
        asked: what is asked.
        seconds: how long it may take.
        client: who asks.

    Raises:
        MilcoopError: see `evaluated`.
    """

    def made() -> Answer:
        with _measured(asked.query.text, client, held.settings.slow_seconds):
            return held.pool.run(asked.query, asked.wanted, seconds, asked.limits, client=client, codings=asked.codings)

    answer, cached = (made(), False) if state is None else held.answers.answer(state, asked, made, seconds)
    if cached:
        log.info("query.cached", extra={"client": client})
    count_query("cached" if cached else "cut" if answer.cut else "answered", answer.rows)
    return answer, cached


def hash_of(text: str) -> str:
    """What the log calls a query."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def is_volatile(text: str) -> bool:
    """Whether two evaluations on the same state may differ: also what another endpoint says."""
    # Tokens of a long text take a while, and few texts have such a word anywhere.
    return _VOLATILE.search(text) is not None and any(
        token.is_word("NOW", "RAND", "UUID", "STRUUID", "SERVICE") for token in tokens(unescaped(text))
    )


@contextmanager
def _measured(text: str, client: str, slow_seconds: float) -> Iterator[None]:
    begun = time.perf_counter()
    outcome = "answered"
    try:
        yield
    except MilcoopError as error:
        outcome = _outcome(error)
        QUERIES.labels(outcome).inc()
        raise
    finally:
        seconds = time.perf_counter() - begun
        QUERY_SECONDS.observe(seconds)
        told = {"seconds": round(seconds, 4), "outcome": outcome, "client": client}
        log.info("query.evaluated", extra=told)
        if seconds >= slow_seconds:
            log.warning("query.slow", extra={**told, "text": text[:_LOGGED_CHARACTERS]})


def _outcome(error: MilcoopError) -> str:
    """What became of a query that was not answered, as the metrics call it."""
    kinds = {QueryTimeout: "timeout", QueryKilled: "killed", PoolBusy: "busy"}
    return next((name for kind, name in kinds.items() if isinstance(error, kind)), "refused")


def answered(answer: Answer) -> Response:
    """The answer on the wire; one that was cut says so in a header."""
    response = Response(answer.body)
    response.headers["Vary"] = "Accept"
    for name, value in headers_of(answer).items():
        response.headers[name] = value
    return response


def headers_of(answer: Answer) -> dict[str, str]:
    """The headers that depend on what the answer is."""
    charset = "; charset=utf-8" if answer.media_type.startswith("text/") else ""
    told = {
        "Content-Type": answer.media_type + charset,
        "Content-Encoding": answer.coding,
        CUT_HEADER: str(answer.rows) if answer.cut else None,
        SNAPSHOT_HEADER: None if answer.snapshot is None else str(answer.snapshot),
    }
    return {name: value for name, value in told.items() if value is not None}


def shown(query: QueryRequest, rows: int | None = None) -> Shown:
    """The result of a query as values for a page; of what is no query, the error that says so.

    Arguments:
        query: the query.
        rows: after how many rows to cut a table; None for what the settings allow.
    """
    begun = time.perf_counter()
    is_graph = query_form(query.text) in {"CONSTRUCT", "DESCRIBE"}
    answer = evaluated(query, "turtle" if is_graph else "json", rows=None if is_graph else rows)
    limit = min(resources().settings.result_rows, rows or resources().settings.result_rows)
    variables: tuple[str, ...] = ()
    found: tuple[tuple[Cell, ...], ...] = ()
    boolean, turtle = None, None
    if answer.media_type == "text/turtle":
        turtle = answer.body.decode()
    else:
        parsed = pyoxigraph.parse_query_results(io.BytesIO(answer.body), format=pyoxigraph.QueryResultsFormat.JSON)
        if isinstance(parsed, pyoxigraph.QueryBoolean):
            boolean = bool(parsed)
        else:
            variables = tuple(variable.value for variable in parsed.variables)
            found = tuple(tuple(row[name] for name in variables) for row in parsed)
    return Shown(variables, found, boolean, turtle, answer.cut, limit, time.perf_counter() - begun)
