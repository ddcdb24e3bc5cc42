"""`milcoop query`: SPARQL, a file, a canned query's name, or standard input; the answer as bytes, or as a table."""

import json
import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pyoxigraph import Store

from graph.errors import BadInput, BadUsage
from graph.query.canned import find as find_query
from graph.query.evaluate import evaluate
from graph.query.formats import format_named
from graph.query.naming import NameResolver
from graph.query.request import Answer, QueryRequest
from graph.query.tokens import query_form
from graph.search.of_snapshot import search_of_snapshot
from graph.store import open_store
from milcoop.questions import canned_queries
from milcoop.terminal import TABLE, Table
from ontology import PREFIXES, shortened

__all__ = ["ask", "table_of"]

_IN_NO_NAME = "{}?<>\n"
"""What SPARQL has and neither a query's name nor, by custom, a file's."""


def ask(store: str, query: str, parameters: Mapping[str, str], wanted: str, as_of: str | None = None) -> Answer | Table:
    """The answer to a query.

    Arguments:
        store: the folder that holds the graph.
        query: a query itself, a file, the name of a canned query, or `-` for standard input.
        parameters: of a canned query, as text.
        wanted: the name of a format, or `table`; empty for CSV, or Turtle where the result is a graph.
        as_of: the state to ask, by number or date; the newest unless given.

    Raises:
        BadInput: the query is not well-formed, or a parameter is not of its type.
        NotFound: there is no such file and no such canned query.
        StoreError: there is no store.
    """
    with open_store(store, create=False) as opened, opened.snapshot_as_of(as_of) as snapshot:
        text = _text_of(query, parameters, snapshot.rdf)
        chosen, as_table = _format_for(text, wanted)
        with _ended_by_an_interrupt():
            query_request, find = QueryRequest(text, prefixes=PREFIXES), search_of_snapshot(snapshot)
            answer = evaluate(snapshot.rdf, query_request, chosen, find=find, closed=not opened.bare)
    return table_of(answer) if as_table else answer


@contextmanager
def _ended_by_an_interrupt() -> Iterator[None]:
    """Ctrl-C ends the process at once: Python would wait for the engine, which nothing can interrupt."""
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or before is not signal.default_int_handler:
        yield  # somebody else sees to interrupts, or nobody shall
        return
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _format_for(text: str, wanted: str) -> tuple[str, bool]:
    """The format to evaluate a query to, and whether that becomes a table."""
    if wanted and wanted != TABLE and "/" not in wanted:
        format_named(wanted, also=(TABLE,))
    is_graph = query_form(text) in {"CONSTRUCT", "DESCRIBE"}
    as_table = wanted == TABLE and not is_graph
    chosen = "json" if as_table else wanted or ("turtle" if is_graph else "csv")
    return ("turtle" if chosen == TABLE else chosen), as_table


def _text_of(query: str, parameters: Mapping[str, str], rdf: Store) -> str:
    is_text = any(sign in query for sign in _IN_NO_NAME)
    file = None if is_text or query == "-" or not _is_file(query) else Path(query)
    if parameters and (is_text or file or query == "-"):
        given = f"the query file {file}" if file else "a query in SPARQL"
        raise BadUsage(f"{given} takes no parameters", hint="only canned queries do")
    if is_text:
        return query
    if query == "-":
        return sys.stdin.read()
    if file is not None:
        try:
            return file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise BadInput(f"the query file {file} cannot be read: {error}") from error
    canned = find_query(canned_queries(), query)
    try:
        return canned.bind(parameters, NameResolver(rdf))
    except BadInput as error:
        raise BadUsage(str(error)) from error


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except OSError:  # too long for one
        return False


def table_of(answer: Answer) -> Table:
    """An answer in SPARQL's JSON format (SPARQL 1.1 Query Results JSON) as a table; IRIs with their prefixes."""
    results = json.loads(answer.body)
    if "boolean" in results:
        return Table(("answer",), (("yes" if results["boolean"] else "no",),))
    columns = tuple(results["head"]["vars"])
    rows = tuple(
        tuple(_shown(row[name]) if name in row else "" for name in columns) for row in results["results"]["bindings"]
    )
    return Table(columns, rows)


def _shown(term: Mapping[str, str]) -> str:
    value = term["value"]
    if term["type"] == "uri":
        return shortened(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
