"""HTTP as programs and browsers use it: conditional requests, compression, cross-origin requests, OPTIONS."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
import zstandard

import server as server_package

from .serving import Server, start_server

TOKEN = "a token of this module"
ALL = "/sparql?" + urlencode({"query": "SELECT * WHERE { ?s ?p ?o }"})
STATES = "/sparql?" + urlencode({"query": "SELECT ?s ?c WHERE { ?s a mc:State ; mc:iso3 ?c }"})
FROM_THE_GRAPH = [STATES, "/", "/documents", "/queries", "/search?q=kaz", "/page/state/KAZ", "/data/state/KAZ",
                  "/export/turtle", "/graphs?default", "/ontology", "/sparql", "/queries/at-the-same-time"]  # fmt: skip


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A plain SPARQL server that may be written to, with two web processes."""
    folder = tmp_path_factory.mktemp("bare") / "store"
    running = start_server("--store", str(folder), "--bare", "--workers", "2", MILCOOP_TOKEN=TOKEN)
    yield running
    running.stop()


def insert(server: Server, text: str) -> None:
    headers = {"Content-Type": "application/sparql-update", "Authorization": f"Bearer {TOKEN}"}
    assert server.request("/update", "POST", f"INSERT DATA {{ {text} }}".encode(), headers).status == 204


@pytest.mark.parametrize("path", FROM_THE_GRAPH)
def test_what_has_not_changed_is_not_sent_again(server: Server, path: str) -> None:
    answer = server.get(path)
    tag = answer.headers["etag"]
    again = server.get(path, If_None_Match=tag)
    assert (answer.status, again.status, again.body) == (200, 304, b"")
    assert again.headers["etag"] == tag
    assert server.request(path, "HEAD", If_None_Match=tag).status == 304
    assert server.get(path, If_None_Match='"another", ' + tag.removeprefix("W/")).status == 304
    assert server.get(path, If_None_Match='W/"another"').status == 200
    assert server.get(path, "application/n-triples, text/csv;q=0.5, */*;q=0.1", If_None_Match=tag).status == 200
    assert server.get(path, Accept_Language="kk", If_None_Match=tag).status == 200


def test_a_write_makes_the_tag_another(bare: Server) -> None:
    seen: set[str] = set()
    for n in range(4):
        insert(bare, f"<http://x/{n}> <http://x/p> {n}")
        tags = {bare.get(ALL).headers["etag"] for _ in range(8)}
        assert len(tags) == 1, "both web processes give the same"
        assert not tags & seen
        for old in seen:
            answer = bare.get(ALL, If_None_Match=old)
            assert (answer.status, len(answer.values("s"))) == (200, n + 1)
        seen |= tags


@pytest.mark.parametrize("function", ["NOW()", "RAND()", "UUID()", "STRUUID()", r"N\u004fW()"])
def test_an_answer_that_is_new_each_time_has_no_tag(bare: Server, function: str) -> None:
    answer = bare.sparql(f"SELECT ({function} AS ?x) WHERE {{}}")
    assert (answer.status, "etag" in answer.headers) == (200, False)


def test_errors_and_writes_have_no_tag(bare: Server) -> None:
    assert "etag" not in bare.get("/sparql?query=SELEC").headers
    assert "etag" not in bare.get("/graphs?graph=http://x/none").headers
    assert bare.get("/sparql?query=SELEC", If_None_Match="*").status == 400


BUILT = Path(server_package.__file__).parent / "static" / "built"
STYLE = "/static/built/" + json.loads((BUILT / "manifest.json").read_text())["site.css"]["file"]


def test_what_is_built_may_be_kept_for_good(server: Server) -> None:
    assert "immutable" in server.get(STYLE).headers["cache-control"]


@pytest.mark.parametrize("path", [STATES, "/export/ntriples", "/page/state/KAZ", "/graphs?default", STYLE])
def test_answers_are_compressed_for_those_who_take_it(server: Server, path: str) -> None:
    plain = server.get(path)
    packed = server.get(path, Accept_Encoding="gzip, deflate, br")
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert "accept-encoding" in packed.headers["vary"].lower()
    assert "accept-encoding" in plain.headers["vary"].lower()
    assert len(packed.body) < len(plain.body)
    assert sorted(gzip.decompress(packed.body).split()) == sorted(plain.body.split())
    unchanged = server.get(path, Accept_Encoding="gzip", If_None_Match=packed.headers["etag"])
    assert (unchanged.status, "accept-encoding" in unchanged.headers["vary"].lower()) == (304, True)


@pytest.mark.parametrize("accepted", ["identity", "br", "gzip;q=0", "gzip;q=0.5, identity", ""])
def test_those_who_do_not_take_it_get_it_plain(server: Server, accepted: str) -> None:
    assert "content-encoding" not in server.get(STATES, Accept_Encoding=accepted).headers


def test_small_answers_stay_plain(server: Server) -> None:
    assert "content-encoding" not in server.get("/sparql?query=ASK%20%7B%7D", Accept_Encoding="gzip").headers
    assert "content-encoding" not in server.get("/healthz", Accept_Encoding="gzip").headers


@pytest.mark.parametrize(
    ("coding", "body", "status"),
    [
        ("gzip", gzip.compress(b"ASK {}"), 200),
        ("x-gzip", gzip.compress(b"ASK ") + gzip.compress(b"{}"), 200),
        ("zstd", zstandard.compress(b"ASK {}"), 200),
        ("gzip, ZSTD", zstandard.compress(gzip.compress(b"ASK {}")), 200),
        ("identity", b"ASK {}", 200),
        ("gzip, gzip, gzip", gzip.compress(gzip.compress(gzip.compress(b"ASK {}"))), 415),
        ("br", b"ASK {}", 415),
        ("gzip", b"ASK {}", 400),
        ("zstd", zstandard.compress(b"ASK {}")[:-2], 400),
        ("gzip", b"", 400),
        ("zstd", zstandard.compress(b"ASK {}") + zstandard.compress(b"") * 20_000, 400),
        ("gzip", gzip.compress(b"#" * (33 << 20)), 413),
        ("zstd", zstandard.compress(b"#" * (33 << 20)), 413),
    ],
    ids=range(13),
)
def test_a_body_may_be_compressed(bare: Server, coding: str, body: bytes, status: int) -> None:
    headers = {"Content-Type": "application/sparql-query", "Content-Encoding": coding}
    assert bare.request("/sparql", "POST", body, headers).status == status


def test_a_form_may_be_compressed(bare: Server) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Content-Encoding": "gzip"}
    assert bare.request("/sparql", "POST", gzip.compress(b"query=ASK+%7B%7D"), headers).json()["boolean"] is True


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/sparql?query=ASK%7B?s?p'%FF'%7D", None),
        ("/sparql", b"query=ASK%7B?s?p'%FF'%7D"),
        ("/sparql", b"query=ASK%7B?s?p'\xff'%7D"),
    ],
    ids=range(3),
)
def test_a_query_that_is_not_in_utf_8_is_refused(bare: Server, path: str, body: bytes | None) -> None:
    headers = {} if body is None else {"Content-Type": "application/x-www-form-urlencoded"}
    answer = bare.request(path, "GET" if body is None else "POST", body, headers)
    assert answer.status == 400
    assert bare.get("/sparql?query=ASK%7B?s?p'%C3%A9%25FF'%7D").status == 200


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/sparql", {"GET", "HEAD", "POST", "OPTIONS"}),
        ("/update", {"POST", "OPTIONS"}),
        ("/graphs", {"GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS"}),
        ("/graphs/a/b", {"GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS"}),
        ("/documents", {"GET", "HEAD", "POST", "OPTIONS"}),
        ("/export/turtle", {"GET", "HEAD", "OPTIONS"}),
    ],
)
def test_options_tell_the_methods(bare: Server, path: str, methods: set[str]) -> None:
    answer = bare.request(path, "OPTIONS")
    assert (answer.status, answer.body) == (200, b"")
    assert {method.strip() for method in answer.headers["allow"].split(",")} == methods


def test_pages_of_other_origins_may_read(bare: Server) -> None:
    asked = bare.request(
        "/sparql",
        "OPTIONS",
        headers={
            "Origin": "https://elsewhere.example",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        },
    )
    assert asked.status == 200
    assert asked.headers["access-control-allow-origin"] == "*"
    assert "POST" in asked.headers["access-control-allow-methods"]
    assert "content-type" in asked.headers["access-control-allow-headers"].lower()
    for path in (ALL, "/graphs?default", "/healthz", "/sparql?query=SELEC", "/nowhere"):
        answer = bare.get(path, Origin="https://elsewhere.example")
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in answer.headers
    assert "etag" in bare.get(ALL).headers["access-control-expose-headers"].lower()


def test_pages_of_other_origins_may_not_write(bare: Server) -> None:
    asked = bare.request(
        "/update", "OPTIONS", headers={"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
    )
    assert "authorization" not in asked.headers["access-control-allow-headers"].lower()
    assert "PUT" not in asked.headers["access-control-allow-methods"]


def test_heads_of_all_paths_tell_what_get_would(server: Server) -> None:
    for path in [*FROM_THE_GRAPH, "/healthz", "/-/settings"]:
        got, head = server.get(path), server.request(path, "HEAD")
        assert (head.status, head.body) == (got.status, b"")
        assert head.headers["content-type"] == got.headers["content-type"]
