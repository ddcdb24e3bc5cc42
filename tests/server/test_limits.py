"""What a client may take: time, memory, rows, bytes, requests a second. And what it is told when that is too much."""

import gzip
import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import quote, urlencode

import pyoxigraph
import pytest
import zstandard

from server.application import create_app
from server.rate import Rate
from server.settings import read_settings

from .serving import Response, Server, start_server

TOKEN = "a token of this module"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?a) > STR(?i)) }"
ALL = "SELECT * WHERE { ?s ?p ?o }"


def test_a_query_past_its_deadline_ends_with_a_problem_document(server: Server) -> None:
    begun = time.monotonic()
    answer = server.sparql(ENDLESS, timeout="0.5")
    assert (answer.status, answer.media_type) == (504, "application/problem+json")
    assert {"type", "title", "status", "detail", "instance"} <= set(answer.json())
    assert time.monotonic() - begun < 30, "the server itself gives it 40"


@pytest.mark.parametrize("timeout", ["0", "-1", "nan", "inf", "soon", ""])
def test_a_timeout_that_is_none_is_refused(server: Server, timeout: str) -> None:
    assert server.sparql("ASK {}", timeout=timeout).status == 400


@pytest.mark.parametrize(
    ("accept", "says"),
    [
        ("application/sparql-results+json", '"link":["urn:milcoop:result-cut-after:1000"]'),
        ("application/sparql-results+xml", '<link href="urn:milcoop:result-cut-after:1000"/>'),
    ],
)
def test_a_cut_result_says_so_in_a_header_and_in_its_body(server: Server, accept: str, says: str) -> None:
    answer = server.sparql(ALL, accept)
    assert answer.headers["x-milcoop-cut"] == "1000"
    assert says in answer.text
    assert says not in server.sparql(ALL + " LIMIT 1000", accept).text


def test_a_cut_graph_says_so_in_a_comment(server: Server) -> None:
    answer = server.sparql("CONSTRUCT WHERE { ?s ?p ?o }", "application/n-triples")
    assert answer.headers["x-milcoop-cut"] == "1000"
    assert answer.text.endswith("# urn:milcoop:result-cut-after:1000\n")
    assert len(list(pyoxigraph.parse(answer.body, pyoxigraph.RdfFormat.N_TRIPLES))) == 1000


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [("zstd", "zstd"), ("gzip, zstd", "zstd"), ("gzip;q=1, zstd;q=0.5", "gzip"), ("gzip", "gzip"), ("*", "zstd"),
     ("zstd;q=0, gzip", "gzip"), ("br", None), ("zstd;q=0", None)],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/sparql?" + urlencode({"query": ALL}), "/graphs?default", "/ontology?format=turtle"])
def test_answers_come_in_the_coding_that_the_client_likes_best(
    server: Server, path: str, accepted: str, coding: str | None
) -> None:
    answer = server.get(path, Accept_Encoding=accepted)
    assert answer.headers.get("content-encoding") == coding
    assert "accept-encoding" in answer.headers["vary"].lower()
    assert len(_unpacked(answer.body, coding)) > 1024


def _unpacked(body: bytes, coding: str | None) -> bytes:
    if coding == "zstd":
        return zstandard.ZstdDecompressor().decompressobj().decompress(body)
    return gzip.decompress(body) if coding == "gzip" else body


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with room for one query of each kind, and for one that waits."""
    running = start_server(
        "--store", str(tmp_path_factory.mktemp("small") / "store"), "--bare", "--query-workers", "1",
        "--long-query-workers", "1", "--queries-waiting", "1", "--query-seconds", "40", "--result-mb", "1",
        MILCOOP_TOKEN=TOKEN,
    )  # fmt: skip
    triples = "".join(f"<http://x/{n}> <http://x/p> 'text {n} {'x' * 1000}' .\n" for n in range(3000))
    headers = {"Content-Type": "text/turtle", "Authorization": f"Bearer {TOKEN}"}
    assert running.request("/graphs?graph=http://x/g", "PUT", triples.encode(), headers).status == 201
    yield running
    running.stop()


def _endless(n: int) -> str:
    triple = "GRAPH ?g { ?a%d ?b%d ?c%d }"
    return f"SELECT (COUNT(*) AS ?n{n}) WHERE {{ {' '.join(triple % (i, i, i) for i in range(4))} }}"


def test_when_the_server_is_full_one_is_told_when_to_come_again(small: Server) -> None:
    with ThreadPoolExecutor(10) as threads:
        answers = list(threads.map(lambda n: small.sparql(_endless(n), timeout="3"), range(10)))
    assert {answer.status for answer in answers} <= {503, 504}
    full = [answer for answer in answers if answer.status == 503]
    assert full, "one runs and one waits, of ten"
    for answer in full:
        assert answer.json()["title"] == "Too many queries"
        assert int(answer.headers["retry-after"]) >= 1
    assert small.sparql("ASK {}").json()["boolean"] is True


def test_others_are_answered_while_queries_that_never_end_fill_the_server(small: Server) -> None:
    with ThreadPoolExecutor(4) as threads:
        endless = [threads.submit(small.sparql, _endless(n), timeout="3") for n in range(10, 14)]
        answered: list[Response] = []
        while not all(query.done() for query in endless):
            answered.append(small.sparql("ASK {}"))
            time.sleep(0.02)
    assert {200} <= {answer.status for answer in answered} <= {200, 503}


def test_a_result_is_cut_after_so_many_bytes(small: Server) -> None:
    answer = small.sparql("SELECT ?o { GRAPH ?g { ?s ?p ?o } }")
    assert answer.status == 200
    assert len(answer.body) <= (1 << 20) + 1000
    assert int(answer.headers["x-milcoop-cut"]) == len(answer.values("o")) < 3000
    graph = small.sparql("CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    assert (graph.status, graph.media_type) == (507, "application/problem+json")


def test_who_sends_too_many_requests_is_told_when_to_come_again(tmp_path: Path) -> None:
    limited = start_server("--store", str(tmp_path / "store"), "--bare", "--client-rate", "1", MILCOOP_TOKEN=TOKEN)
    try:
        answers = [limited.sparql("ASK {}") for _ in range(40)]
        refused = [answer for answer in answers if answer.status == 429]
        assert answers[0].status == 200
        assert len(refused) >= 5
        assert refused[0].json()["title"] == "Too many requests"
        assert int(refused[0].headers["retry-after"]) >= 1
        assert limited.get("/healthz").status == 200
        known = {"Authorization": f"Bearer {TOKEN}"}
        assert limited.request("/sparql?query=" + quote("ASK {}"), headers=known).status == 200, "it is another client"
    finally:
        limited.stop()


def test_a_proxy_of_our_own_names_the_client_and_nobody_else_does(tmp_path: Path) -> None:
    options = ("--store", str(tmp_path / "store"), "--bare", "--client-rate", "0.02")
    behind = start_server(*options, "--proxies", "1")
    try:
        ask = "/sparql?query=" + quote("ASK {}")
        statuses = [behind.get(ask, X_Forwarded_For=f"192.0.2.{n}").status for n in range(5)]
        assert statuses == [200] * 5
        statuses = [behind.get(ask, X_Forwarded_For=f"192.0.2.{n}, 198.51.100.1").status for n in range(5)]
        assert statuses.count(429) >= 3, "the last address is the one that our proxy has seen"
    finally:
        behind.stop()
    front = start_server(*options)
    try:
        statuses = [front.get(ask, X_Forwarded_For=f"192.0.2.{n}").status for n in range(5)]
        assert statuses.count(429) >= 3
    finally:
        front.stop()


def test_a_client_has_one_rate_whichever_process_answers() -> None:
    rate = Rate(0.001, burst_seconds=20_000)
    context = get_context("fork")
    passed = context.Queue()

    def ask() -> None:
        passed.put(sum(rate.take("a") == 0 for _ in range(15)))

    processes = [context.Process(target=ask) for _ in range(3)]
    for process in processes:
        process.start()
    assert sum(passed.get(timeout=30) for _ in processes) == 20
    for process in processes:
        process.join()


def test_more_clients_than_there_is_room_for_are_let_in() -> None:
    rate = Rate(1, burst_seconds=3, clock=lambda: 0.0)
    assert all(rate.take(f"client {number}") == 0 for number in range(50_000))
    assert [rate.take("one") == 0 for _ in range(5)] == [True] * 3 + [False] * 2


def test_unless_it_is_said_clients_on_the_machine_itself_have_no_rate() -> None:
    for given, statuses in (({}, {200}), ({"client_rate": 2}, {200, 429})):
        app = create_app(read_settings(given, environ={}), Rate(2))
        with app.test_client() as client:
            assert {client.get("/llms.txt").status_code for _ in range(60)} == statuses
            elsewhere = {"REMOTE_ADDR": "192.0.2.8"}
            assert {client.get("/llms.txt", environ_base=elsewhere).status_code for _ in range(60)} == {200, 429}


def test_a_rate_lets_a_burst_pass_and_then_so_many_a_second() -> None:
    now = 0.0
    rate = Rate(10, burst_seconds=2, clock=lambda: now)
    assert sum(rate.take("a") == 0 for _ in range(30)) == 20
    assert 0 < rate.take("a") <= 0.1
    assert rate.take("b") == 0
    now = 1.0
    assert sum(rate.take("a") == 0 for _ in range(30)) == 10
    now = 100.0
    assert sum(rate.take("a") == 0 for _ in range(30)) == 20


def test_a_problem_is_the_same_document_whatever_it_is(server: Server) -> None:
    for path in ("/sparql?query=SELEC", "/none", "/graphs?graph=http://x/none", "/sparql?query=ASK%7B%7D&timeout=x"):
        answer = server.get(path)
        document = json.loads(answer.body)
        assert document["status"] == answer.status
        assert document["instance"].startswith("urn:milcoop:request:")


def test_a_query_that_is_too_long_is_refused_and_one_of_any_shape_holds_nobody_up(server: Server) -> None:
    headers = {"Content-Type": "application/sparql-query"}
    long = server.request("/sparql", "POST", b"ASK {}" + b" " * (1 << 20), headers)
    assert (long.status, long.media_type) == (413, "application/problem+json")
    for piece in (b"{", b"<a> ", b"'", b"?x ", b"\\u0041", b"NOW() "):
        begun = time.monotonic()
        answer = server.request("/sparql?timeout=2", "POST", b"ASK { " + piece * (500_000 // len(piece)), headers)
        assert answer.status in {400, 504, 507}
        assert time.monotonic() - begun < 30
    assert server.sparql("ASK {}").status == 200
