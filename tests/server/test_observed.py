"""What an operator sees: metrics, logs with the hash of the query, slow queries, readiness."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.waiting import until

from .serving import Server, start_server

TOKEN = "a token of this module"
ENDLESS = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?a ?b ?c . ?d ?e ?f . ?h ?i ?j . ?k ?l ?m } }"


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with two web processes and something in its store."""
    running = start_server(
        "--store", str(tmp_path_factory.mktemp("seen") / "store"), "--bare", "--workers", "2", "--slow-seconds", "0.5",
        MILCOOP_TOKEN=TOKEN,
    )  # fmt: skip
    triples = "".join(f"<http://x/{n}> <http://x/p> {n} .\n" for n in range(2000))
    headers = {"Content-Type": "text/turtle", "Authorization": f"Bearer {TOKEN}"}
    assert running.request("/graphs?graph=http://x/g", "PUT", triples.encode(), headers).status == 201
    yield running
    running.stop()


def metric(server: Server, name: str) -> float:
    """The sum of all series of a metric."""
    text = server.get("/metrics").text
    return sum(float(value) for value in re.findall(rf"^{name}(?:{{[^}}]*}})? (\S+)$", text, re.MULTILINE))


def events(server: Server, **wanted: Any) -> list[dict[str, Any]]:
    """The lines of the log that have all of these."""
    found = []
    for line in server.log:
        if line.startswith("{"):
            event = json.loads(line)
            if all(event.get(name) == value for name, value in wanted.items()):
                found.append(event)
    return found


def test_the_metrics_tell_of_queries_and_of_the_store(watched: Server) -> None:
    before = metric(watched, "milcoop_query_seconds_count")
    for number in range(6):
        watched.sparql(f"SELECT * {{ GRAPH ?g {{ ?s ?p ?o }} }} LIMIT {50 + number}")
    assert metric(watched, "milcoop_query_seconds_count") == before + 6
    assert metric(watched, "milcoop_query_rows_count") >= 6
    assert metric(watched, "milcoop_queries_running") == metric(watched, "milcoop_queries_waiting") == 0
    assert metric(watched, "milcoop_snapshot_number") == watched.get("/readyz").json()["snapshot"]
    assert 0 <= metric(watched, "milcoop_snapshot_age_seconds") < 3600
    assert metric(watched, "milcoop_store_bytes") > 1000
    for name in ("milcoop_http_requests_total", "milcoop_http_request_seconds_bucket", "milcoop_writes_total"):
        assert metric(watched, name) > 0


def test_a_query_that_is_stopped_is_counted_and_logged_with_its_text(watched: Server) -> None:
    killed = metric(watched, "milcoop_query_processes_killed_total")
    path = "/sparql?timeout=1&query=" + ENDLESS.replace(" ", "+").replace("?", "%3F")
    answer = watched.get(path, X_Request_Id="slow-one")
    assert answer.status == 504
    (event,) = until(lambda: events(watched, event="query.slow", request_id="slow-one"))
    assert (event["text"], event["outcome"], event["level"]) == (ENDLESS, "timeout", "warning")
    assert event["seconds"] >= 1
    watched.sparql("ASK {}")
    until(lambda: metric(watched, "milcoop_query_processes_killed_total") > killed)


def test_the_lines_of_a_request_share_its_id_and_the_hash_of_its_query(watched: Server) -> None:
    path = "/sparql?query=ASK%20%7B%20%3Curn:one%3E%20%3Curn:p%3E%20%3Furn%20%7D"
    watched.get(path, X_Request_Id="one")
    watched.get(path, X_Request_Id="two")
    for _ in range(8):  # each web process keeps answers of its own
        watched.get(path, X_Request_Id="again")
    watched.get("/healthz", X_Request_Id="three")
    watched.get("/queries", X_Request_Id="four")
    for name, times in {"one": 1, "two": 1, "again": 8, "four": 1}.items():
        until(lambda: len(events(watched, event="request.answered", request_id=name)) == times)  # noqa: B023
    digests = {event["query"] for name in ("one", "two") for event in events(watched, request_id=name)}
    assert len(digests) == 1
    told = {event["event"] for event in events(watched, request_id="one")} - {"query.slow"}  # as on a busy machine
    assert told == {"query.evaluated", "request.answered"}
    by_any_process = {event["event"] for name in ("two", "again") for event in events(watched, request_id=name)}
    assert "query.cached" in by_any_process
    assert "query" not in events(watched, request_id="four")[0]
    assert not any("ASK" in json.dumps(event) for event in events(watched, event="query.evaluated"))


def test_it_is_ready_when_the_store_answers(watched: Server) -> None:
    answer = watched.get("/readyz").json()
    assert answer["status"] == "ready"
    assert answer["query_processes"] >= 2
