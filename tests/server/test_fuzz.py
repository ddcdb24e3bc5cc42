"""Requests that nobody would send: no 500, no crash, no hang. The whole of it: `python -m bench.hostile.fuzz`."""

import random
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from warnings import catch_warnings, simplefilter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.hostile.fuzz import (
    Answered,
    fault_of,
    fuzz_openapi,
    mutated,
    random_requests,
    send,
    sent,
    sparql_texts,
)
from graph.errors import MilcoopError
from graph.query.allow_list import AllowList
from graph.query.canned import CannedQuery, parse
from graph.query.corrections import corrected, readable, unescaped
from graph.query.graph_blocks import with_graphs_apart
from graph.query.negotiation import media_ranges, negotiate
from graph.query.patch_text import patch_text
from graph.query.request import UpdateRequest
from graph.query.syntax_errors import syntax_error
from graph.query.tokens import is_update, query_form, service_calls, tokens, undeclared_prefix, where_brace
from graph.query.update_text import executable_text
from graph.query.zero_length import with_zero_lengths
from server.negotiation import best_language, names_media_type
from server.terms import parse_term

from .serving import Server, start_server

TOKEN = "a token of this module"
REQUESTS = 250
EXAMPLES = 2


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that may be written to; a query has two seconds."""
    running = start_server(
        "--store", str(tmp_path_factory.mktemp("fuzz") / "store"), "--bare", "--query-seconds", "2",
        "--update-seconds", "5", "--upload-mb", "1", MILCOOP_TOKEN=TOKEN,
    )  # fmt: skip
    yield running
    assert running.get("/healthz").status == 200
    running.stop()


def test_requests_of_random_text(target: Server) -> None:
    chance = random.Random(1)
    for _, (method, path, headers, body) in zip(range(REQUESTS), random_requests(chance, TOKEN), strict=False):
        answer = send(target.url, method, path, headers, body)
        assert fault_of(answer) is None, (method, path, headers, body)


def test_queries_and_updates_mutated(target: Server) -> None:
    chance = random.Random(2)
    texts = sparql_texts()
    for number in range(REQUESTS):
        text = mutated(texts, chance)
        kind = "update" if number % 3 == 0 else "query"
        headers = {"Host": "x", "Content-Type": f"application/sparql-{kind}", "Authorization": f"Bearer {TOKEN}"}
        path = "/update" if kind == "update" else "/sparql"
        answer = send(target.url, "POST", path, headers, text.encode("utf-8", "replace"))
        assert fault_of(answer) is None, text


def test_what_schemathesis_makes_of_the_description(target: Server) -> None:
    document = target.get("/openapi.json").json()
    document["paths"] = {p: m for p, m in document["paths"].items() if not p.startswith("/queries/") or "{" in p}
    faults: list[tuple[str, str]] = []

    def each(case: Any) -> None:
        what, answer = sent(case, target.url)
        if fault := fault_of(answer):
            faults.append((what, fault))

    with catch_warnings():
        simplefilter("ignore")
        fuzz_openapi(document, each, EXAMPLES)
    assert faults == []


def test_a_fault_is_seen() -> None:
    headers = {"content-security-policy": "default-src 'none'"}
    assert fault_of(Answered(200, "text/html", b"", 0.1, headers)) is None
    assert fault_of(Answered(504, "application/problem+json", b'{"title": ""}', 0.1, headers)) is None
    for answer in (
        Answered(500, "application/problem+json", b'{"title": ""}', 0.1, headers),
        Answered(0, "", b"", 0.1, {}),
        Answered(200, "text/html", b"", 99, headers),
        Answered(404, "text/plain", b"", 0.1, headers),
        Answered(200, "text/html", b"", 0.1, {}),
    ):
        assert fault_of(answer)


# The parsers of what clients send, alone: any text gives a value or an error of milcoop's.

ANY = st.text(max_size=60)
WORDS = [
    *"{}();'#", '"', "SELECT", "SERVICE", "LOAD", "INTO", "GRAPH", "WHERE", "DELETE", "INSERT", "DATA", "SILENT",
    "PREFIX", "GROUP_CONCAT", "USING", "WITH", "NAMED", "<http://x>",
    "BNODE", "CONCAT", "OPTIONAL", "MINUS", *"*?/|^", "?v :p* :o .", "'''", "\\u0053", "x:", "?v", "<<(", ")>>",
]  # fmt: skip
SPARQLISH = st.lists(st.sampled_from([*WORDS, "\n"]) | st.text(max_size=4), max_size=25).map(" ".join)
ACCEPTISH = st.lists(st.sampled_from([*',;=/*"\\ ', "q=", "text", "html", "0.5"]), max_size=20).map("".join)


@given(ANY | ACCEPTISH, st.lists(st.sampled_from(["text/html", "text/csv", "application/json"]), unique=True))
def test_any_accept_header_is_read(header: str, offered: list[str]) -> None:
    media_ranges(header)
    assert negotiate(header, offered) in {None, *offered}
    assert best_language(header, ("en", "ru", "kk")) in {"en", "ru", "kk"}
    names_media_type(header, "text/html")


@given(SPARQLISH)
@settings(max_examples=300)
def test_any_text_has_tokens(text: str) -> None:
    found = list(tokens(text))
    assert all(text[token.begin : token.begin + len(token.text)] == token.text for token in found)
    query_form(text), is_update(text), list(service_calls(text)), undeclared_prefix(text), where_brace(text)
    corrected(text), unescaped(text)
    masked = len(re.findall("SERVICE|LOAD", unescaped(text), re.IGNORECASE))  # by an escape of six characters for one
    assert len(readable(text)) - len(unescaped(text)) in range(0, 5 * masked + 1, 5)
    with_zero_lengths(text, {}, lambda _: False), with_graphs_apart(text, lambda: ["<http://x>", "<http://y>"])
    assert syntax_error("error at 1:1: expected", text).http_status == 400


@pytest.mark.parametrize("text", ["ASK {" + "GRAPH ?g {" * 3000, "ASK " + "{ " * 3000 + "} " * 3000,
                                  "ASK { GRAPH ?g " + "{ " * 3000 + "} " * 3000 + "}",
                                  "ASK { ?s " + "(" * 3000 + ":p*" + ")" * 3000 + " :o }"])  # fmt: skip
def test_nesting_of_any_depth_is_read(text: str) -> None:
    with_zero_lengths(text, {}, lambda _: False), with_graphs_apart(text, lambda: ["<http://x>"])
    syntax_error("error at 1:1: expected", text)


@given(SPARQLISH)
@settings(max_examples=200)
def test_any_text_is_an_update_or_an_error(text: str) -> None:
    with suppress(MilcoopError, SyntaxError):
        assert isinstance(executable_text(UpdateRequest(text)), str)
    with suppress(MilcoopError, SyntaxError):
        assert isinstance(executable_text(UpdateRequest(text, default_graphs=("http://x",))), str)
    with suppress(MilcoopError):
        patch_text(text, "http://x")


QUERY: CannedQuery = parse(
    "q",
    "# title: t\n# param a: iri? mc:State\n# param b: date?\n# param c: year?\n# param d: integer?\n"
    "# param e: string?\n# param f: concept? role\nSELECT * WHERE { ?s ?p ?o }",
)


@given(st.sampled_from("abcdef"), ANY)
def test_any_value_of_a_parameter_is_bound_or_refused(name: str, value: str) -> None:
    try:
        bound = QUERY.bind({name: value})
    except MilcoopError as error:
        assert error.http_status == 400
    else:
        assert bound.count("VALUES") <= 1


@given(ANY)
def test_any_text_is_a_term_or_refused(text: str) -> None:
    try:
        parse_term(text, "s")
    except MilcoopError as error:
        assert error.http_status == 400


@given(ANY, ANY)
def test_any_entry_of_an_allow_list_is_read_or_refused(entry: str, url: str) -> None:
    try:
        allowed = AllowList.parse([entry])
    except MilcoopError:
        return
    assert allowed.allows(url) in {True, False}
    assert not allowed.allows("file:///etc/passwd")


def test_the_texts_of_the_suites_are_there_or_the_canned_queries_alone() -> None:
    assert len(sparql_texts()) >= len(list((Path(__file__).parents[2] / "queries").glob("*.rq")))
