"""Queries in requests that differ from one before in nothing but the query: answered as the application would."""

import json
import re
from collections.abc import Iterator
from urllib.parse import quote, quote_plus

import pytest

from tests.waiting import until

from .serving import Server, start_server
from .test_again import TOKEN, Client, head, write
from .test_observed import events, metric

JSON = "Accept: application/sparql-results+json"
FIRST = "SELECT ?o { <http://x/s> <http://x/p> ?o }"
QUERIES = [
    "SELECT * { ?s ?p ?o }",
    "ASK { <http://x/s> <http://x/p> 1 }",
    "SELECT ('é+ж & # = %41 \U0001f985' AS ?x) {}",
    "SELECT ?x { VALUES ?x { 1 2 3 } } # more",
    "PREFIX e: <http://x/> SELECT ?o { e:s e:p ?o }",
    "SELECT ?o { <s> <http://x/p> ?o }",
    "SELECT (REPEAT AS ?x) { }",
    "SELECT ?x { ",
    "SELECT ?o { undeclared:s ?p ?o }",
    "INSERT DATA { <http://x/s> <http://x/p> 9 }",
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "SELECT (CONCAT('x', STR(?n)) AS ?x) { " + " UNION ".join(f"{{ BIND ({n} AS ?n) }}" for n in range(60)) + " }",
    "SELECT * { SERVICE <http://elsewhere/> { ?s ?p ?o } }",
    " ",
]


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = start_server("--store", str(tmp_path_factory.mktemp("alike") / "store"), "--bare", MILCOOP_TOKEN=TOKEN)
    write(running, 1)
    yield running
    running.stop()


def asked(text: str, *lines: str, encode: object = quote) -> bytes:
    return head("/sparql?query=" + (quote_plus(text) if encode is quote_plus else quote(text)), *lines)


def determined(answer: tuple[int, dict[str, str], bytes]) -> tuple[int, dict[str, str], str]:
    """What does not differ from one time to the next."""
    status, headers, body = answer
    kept = {name: value for name, value in headers.items() if name not in {"date", "x-request-id", "content-length"}}
    return status, kept, re.sub(r"urn:milcoop:request:\w+", "", body.decode("latin-1"))


@pytest.mark.parametrize("lines", [(JSON,), (JSON, "Accept-Encoding: gzip"), (), ("Accept: text/csv",)])
def test_they_are_answered_as_the_application_answers(bare: Server, lines: tuple[str, ...]) -> None:
    client, other = Client(bare), Client(bare)
    for text in (FIRST, FIRST + " "):  # whichever process has it
        client.ask(asked(text, *lines))
    for number, text in enumerate(QUERIES):
        text = text and f"{text}\n# {len(lines)} {number}" if text.strip() else text
        found = client.ask(asked(text, *lines))
        # a request that has a length, even of nothing, is never taken for one like others
        expected = other.ask(asked(text, *lines, "Content-Length: 0"))
        assert determined(found) == determined(expected), text
        assert client.ask(asked(text, *lines, encode=quote_plus))[2][:40] == expected[2][:40]


def test_each_is_counted_and_logged_under_one_id(bare: Server) -> None:
    client = Client(bare)
    client.ask(asked(FIRST, JSON, "X-Any: logs"))
    names = ("milcoop_query_rows_count", "milcoop_query_seconds_count", "milcoop_http_request_seconds_count")
    before = [metric(bare, name) for name in names]
    ids = [client.ask(asked(f"{FIRST} # {n}", JSON, "X-Any: logs"))[1]["x-request-id"] for n in range(5)]
    failed = client.ask(asked("SELECT nothing {", JSON, "X-Any: logs"))
    after = [metric(bare, name) for name in names]
    assert after[0] == before[0] + 5
    assert after[1] == before[1] + 6
    assert after[2] >= before[2] + 6
    for one in [*ids, failed[1]["x-request-id"]]:
        until(lambda: events(bare, event="request.answered", request_id=one))  # noqa: B023
    for one in ids:
        told = events(bare, request_id=one)
        assert [event["event"] for event in told] == ["query.evaluated", "request.answered"]
        assert len({event["query"] for event in told}) == 1
    assert failed[0] == 400 and json.loads(failed[2])["instance"].endswith(failed[1]["x-request-id"])
    outcomes = [event.get("outcome") for event in events(bare, request_id=failed[1]["x-request-id"])]
    assert outcomes.count("refused") == 1  # it was evaluated once


def test_one_whose_answer_is_of_another_type_is_evaluated_and_counted_once(bare: Server) -> None:
    client, names = Client(bare), ("milcoop_query_rows_count", "milcoop_query_seconds_count")
    for number in range(2):  # whichever process has it
        client.ask(asked(f"{FIRST} # types {number}", "Accept: */*", "X-Any: types"))
    before = [metric(bare, name) for name in names]
    graph = client.ask(asked("CONSTRUCT WHERE { ?s ?p ?o } # types", "Accept: */*", "X-Any: types"))
    assert (graph[0], graph[1]["content-type"].partition("+")[0] != "application/sparql-results") == (200, True)
    assert [metric(bare, name) for name in names] == [one + 1 for one in before]
    assert "etag" in graph[1]


def test_after_a_write_the_answer_is_another_and_has_another_tag(bare: Server) -> None:
    client, tags = Client(bare), set()
    for value in (7, 8, 9):
        write(bare, value)
        for n in range(3):
            _, headers, body = client.ask(asked(f"{FIRST} # {n}", JSON, "X-Any: writes"))
            assert f'"{value}"'.encode() in body
            tags.add(headers["etag"])
    assert len(tags) == 9
    status, _, _ = client.ask(asked(f"{FIRST} # 2", JSON, "X-Any: writes", f"If-None-Match: {headers['etag']}"))
    assert status == 304


def test_what_is_new_each_time_stays_so(bare: Server) -> None:
    client = Client(bare)
    client.ask(asked(FIRST, JSON))
    answers = [client.ask(asked("SELECT (UUID() AS ?x) {}", JSON)) for _ in range(3)]
    assert len({body for _, _, body in answers}) == 3
    assert not any("etag" in headers for _, headers, _ in answers)


def test_other_parameters_count(bare: Server) -> None:
    client = Client(bare)
    client.ask(asked(FIRST, JSON))
    path = "/sparql?query=" + quote(FIRST + " # others")
    assert client.ask(head(path + "&format=csv", JSON))[1]["content-type"].startswith("text/csv")
    assert client.ask(head(path + "&timeout=none", JSON))[0] == 400
    assert b'"bindings":[]' in client.ask(head(path + "&default-graph-uri=http%3A%2F%2Fx%2Fnone", JSON))[2]


def test_the_rate_of_a_client_holds_for_them_too(tmp_path: object) -> None:
    running = start_server("--store", f"{tmp_path}/store", "--bare", MILCOOP_CLIENT_RATE="1")
    try:
        client = Client(running)
        statuses = [client.ask(asked(f"{FIRST} # {n}", JSON))[0] for n in range(60)]
        assert statuses[:5] == [200] * 5
        assert 429 in statuses
    finally:
        running.stop()
