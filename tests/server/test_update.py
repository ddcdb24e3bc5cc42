"""`/update`: the update operation of the SPARQL 1.1 Protocol."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from graph.store import GRAPH_UNNAMED
from tests.stores import new_store

from .serving import Response, Server, start_server

TOKEN = "a token of this module"
KAZ = "https://w3id.org/milcoop/id/state/KAZ"
DIRECT = "application/sparql-update"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A plain SPARQL server that may be written to."""
    running = start_server("--store", str(tmp_path_factory.mktemp("bare") / "store"), "--bare", MILCOOP_TOKEN=TOKEN)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with ontology, reference data and inference that may be written to."""
    folder = new_store(tmp_path_factory, tmp_path_factory.mktemp("whole") / "store")
    running = start_server("--store", str(folder), "--no-sample", "--update-seconds", "20", MILCOOP_TOKEN=TOKEN)
    yield running
    running.stop()


def update(server: Server, text: str, content_type: str = DIRECT, token: str = TOKEN, **dataset: str) -> Response:
    address = "/update" + ("?" + urlencode(dataset) if dataset else "")
    return server.request(
        address, "POST", text.encode(), {"Content-Type": content_type, "Authorization": f"Bearer {token}"}
    )


def holds(server: Server, pattern: str) -> bool:
    return bool(server.sparql(f"ASK {{ {pattern} }}").json()["boolean"])


def test_the_next_query_sees_an_acknowledged_update(bare: Server) -> None:
    for n in range(5):
        answer = update(bare, f"INSERT DATA {{ <http://x/a> <http://x/n> {n} }}")
        assert (answer.status, answer.body) == (204, b"")
        assert holds(bare, f"<http://x/a> <http://x/n> {n}")
        seen = bare.sparql("ASK {}").headers["x-milcoop-snapshot"]
        assert int(seen) >= int(answer.headers["x-milcoop-snapshot"])


def test_an_update_by_form(bare: Server) -> None:
    text = urlencode({"update": "INSERT DATA { <http://x/form> <http://x/n> 1 }"})
    assert update(bare, text, FORM + "; charset=UTF-8").status == 204
    assert holds(bare, "<http://x/form> ?p ?o")


def test_all_operations_of_a_request_happen_or_none(bare: Server) -> None:
    answer = update(bare, "INSERT DATA { <http://x/half> <http://x/n> 1 } ; DROP GRAPH <http://x/no-such-graph>")
    assert (answer.status, answer.json()["title"]) == (409, "Update failed")
    assert not holds(bare, "<http://x/half> ?p ?o")


def test_a_relative_iri_is_that_of_the_endpoint(bare: Server) -> None:
    update(bare, "INSERT DATA { <#relative> <http://x/n> 1 }")
    assert holds(bare, f"<{bare.url}/update#relative> ?p ?o")


@pytest.mark.parametrize(("token", "status"), [("", 401), ("another", 401), (TOKEN + "x", 401), (TOKEN, 204)])
def test_it_needs_the_token(bare: Server, token: str, status: int) -> None:
    assert update(bare, "INSERT DATA {}", token=token).status == status


def test_without_a_configured_token_nobody_writes(tmp_path: Path) -> None:
    server = start_server("--store", str(tmp_path / "store"), "--bare")
    try:
        assert update(server, "CLEAR ALL").status == 403
        assert server.request("/graphs?default", "PUT", b"", {"Content-Type": "text/turtle"}).status == 403
        assert server.request("/graphs?default", "DELETE").status == 403
    finally:
        server.stop()


TWICE = urlencode([("update", "CLEAR ALL"), ("update", "CLEAR ALL")])


@pytest.mark.parametrize(
    ("method", "path", "body", "content_type", "status"),
    [
        ("GET", "/update?update=CLEAR%20ALL", None, None, 405),
        ("PUT", "/update", "CLEAR ALL", DIRECT, 405),
        ("POST", "/update", "", FORM, 400),
        ("POST", "/update", TWICE, FORM, 400),
        ("POST", "/update?update=CLEAR%20ALL", "CLEAR ALL", DIRECT, 400),
        ("POST", "/update", "CLEAR XYZ", DIRECT, 400),
        ("POST", "/update", "ASK {}", DIRECT, 400),
        ("POST", "/update", "query=ASK%20%7B%7D", FORM, 400),
        ("POST", "/update", "CLEAR ALL", "text/plain", 415),
        ("POST", "/update", "CLEAR ALL", "application/sparql-query", 415),
        ("POST", "/update", "CLEAR ALL", DIRECT + "; charset=UTF-16", 415),
        ("POST", "/update?using-graph-uri=relative", "CLEAR ALL", DIRECT, 400),
        ("POST", "/sparql", "update=CLEAR%20ALL", FORM, 400),
        ("GET", "/sparql?update=CLEAR%20ALL", None, None, 400),
    ],
)
def test_requests_that_the_protocol_does_not_know(
    bare: Server, method: str, path: str, body: str | None, content_type: str | None, status: int
) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}", **({"Content-Type": content_type} if content_type else {})}
    answer = bare.request(path, method, None if body is None else body.encode(), headers)
    assert (answer.status, answer.media_type) == (status, "application/problem+json")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("PREFIX p: <http://x/1/> INSERT DATA { p:a p:b 1 } ; PREFIX p: <http://x/2/> INSERT DATA { p:a p:b 2 }",
         "<http://x/1/a> <http://x/1/b> 1 . <http://x/2/a> <http://x/2/b> 2"),
        ("BASE <http://x/3/> INSERT DATA { <a> <b> 3 } ; BASE <../4/> PREFIX p: <n#> INSERT DATA { <a> p:b 4 }",
         "<http://x/3/a> <http://x/3/b> 3 . <http://x/4/a> <http://x/4/n#b> 4"),
        ("INSERT DATA { <http://x/5> <http://x/b> 5 } ; PREFIX p: <http://x/> BASE <http://x/6/>\n"
         "DELETE { ?s p:b 5 } INSERT { ?s p:b <c> } WHERE { ?s p:b 5 } ; PREFIX q: <http://x/q/> # a comment ;\n"
         "INSERT DATA { q:a p:b <d> } ; BASE <http://none/>",
         "<http://x/5> <http://x/b> <http://x/6/c> . <http://x/q/a> <http://x/b> <http://x/6/d>"),
    ],
)  # fmt: skip
def test_a_later_prologue_may_give_another_meaning(bare: Server, text: str, found: str) -> None:
    assert update(bare, text).status == 204
    assert holds(bare, found)


def test_operations_with_prologues_of_their_own_happen_all_or_none(bare: Server) -> None:
    begin = "PREFIX p: <http://x/> INSERT DATA { p:half p:b 1 } ; PREFIX p: <http://y/>"
    assert update(bare, f"{begin} CREATE GRAPH p:g ; CREATE GRAPH p:g").status == 409
    refused = update(bare, f"{begin}\n INSERT DATA {{ p:a p:b }}").json()
    assert (refused["status"], refused["line"], refused["column"]) == (400, 2, 24)
    assert update(bare, begin + " ; BASE <http://z/>" * 200).status == 400
    assert not holds(bare, "<http://x/half> ?p ?o")


def test_a_syntax_error_tells_its_place(whole: Server) -> None:
    problem = update(whole, "INSERT DATA {\n <http://x/a> <http://x/b> }").json()
    assert (problem["title"], problem["line"]) == ("Not a SPARQL update", 2)
    assert update(whole, "INSERT DATA ?").json()["column"] == 13, "the prefixes put before it do not count"
    unknown = update(whole, "INSERT DATA { nobody:a <http://x/b> 1 }").json()
    assert "the prefix 'nobody:' is not declared" in unknown["detail"]


GRAPHS = """
CLEAR ALL ;
INSERT DATA { <http://x/s> <http://x/in> "default" .
  GRAPH <http://x/1> { <http://x/s> <http://x/in> 1 }
  GRAPH <http://x/2> { <http://x/s> <http://x/in> 2 } }
"""


@pytest.mark.parametrize(
    ("text", "dataset", "found"),
    [
        ("INSERT { <http://x/r> <http://x/n> ?o } WHERE { ?s <http://x/in> ?o }", {}, {"default"}),
        ("INSERT { <http://x/r> <http://x/n> ?o } WHERE { ?s <http://x/in> ?o }", {"using-graph-uri": 1}, {"1"}),
        ("INSERT { <http://x/r> <http://x/n> ?o } WHERE { GRAPH ?g { ?s <http://x/in> ?o } }", {}, {"1", "2"}),
        (
            "INSERT { <http://x/r> <http://x/n> ?o } WHERE { GRAPH ?g { ?s <http://x/in> ?o } }",
            {"using-named-graph-uri": 2},
            {"2"},
        ),
        (
            "INSERT { <http://x/r> <http://x/n> ?o } WHERE { { ?s <http://x/in> ?o } UNION "
            "{ GRAPH ?where { ?s <http://x/in> ?o } } } # WHERE",
            {"using-graph-uri": 1, "using-named-graph-uri": 2},
            {"1", "2"},
        ),
        ('INSERT DATA { <http://x/r> <http://x/n> "} WHERE {" }', {"using-graph-uri": 1}, {"} WHERE {"}),
    ],
)
def test_the_dataset_of_the_protocol(bare: Server, text: str, dataset: dict[str, int], found: set[str]) -> None:
    assert update(bare, GRAPHS).status == 204
    assert update(bare, text, **{name: f"http://x/{n}" for name, n in dataset.items()}).status == 204
    assert set(bare.sparql("SELECT ?n WHERE { <http://x/r> <http://x/n> ?n }").values("n")) == found


def test_delete_where_takes_the_dataset_too(bare: Server) -> None:
    update(bare, GRAPHS + "; INSERT DATA { <http://x/s> <http://x/in> 1 }")
    assert update(bare, "DELETE WHERE { ?s ?p ?o }", **{"using-graph-uri": "http://x/1"}).status == 204
    assert bare.sparql("SELECT ?o WHERE { ?s ?p ?o }").values("o") == ["default"]
    assert holds(bare, "GRAPH <http://x/1> { ?s ?p 1 }")


@pytest.mark.parametrize(
    "text",
    [
        "WITH <http://x/1> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "DELETE { ?s ?p ?o } USING <http://x/1> WHERE { ?s ?p ?o }",
        "CLEAR ALL ; INSERT { ?s ?p 1 } USING NAMED <http://x/1> WHERE { ?s ?p ?o }",
    ],
)
def test_two_datasets_are_refused_before_anything_happens(bare: Server, text: str) -> None:
    update(bare, GRAPHS)
    answer = update(bare, text, **{"using-graph-uri": "http://x/1"})
    assert (answer.status, answer.json()["title"]) == (400, "Two datasets")
    assert holds(bare, "GRAPH <http://x/1> { ?s ?p 1 }")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("LOAD <http://127.0.0.1:1/data.ttl>", 403),
        ("LOAD <file:///etc/passwd>", 403),
        ("INSERT DATA {} ; LOAD <http://127.0.0.1:1/data.ttl> INTO GRAPH <http://x/1>", 403),
        ("LOAD SILENT <http://127.0.0.1:1/data.ttl> INTO GRAPH <http://x/never> ; INSERT DATA {}", 204),
        ("LOAD", 400),
        ("LOAD SILENT", 400),
        ("LOAD <http://x/a> INTO <http://x/b>", 400),
        ("LOAD undeclared:name", 400),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:1/sparql> { ?s ?p ?o } }", 400),
    ],
)
def test_nothing_is_fetched(bare: Server, text: str, status: int) -> None:
    assert update(bare, text).status == status
    assert not holds(bare, "GRAPH <http://x/never> { }")


def test_an_update_that_runs_away_is_stopped_and_nothing_of_it_stays(tmp_path: Path) -> None:
    folder = str(tmp_path / "store")
    server = start_server("--store", folder, "--bare", "--update-seconds", "1", MILCOOP_TOKEN=TOKEN)
    try:
        rows = " ".join(f"<http://x/{n}> <http://x/n> {n} ." for n in range(300))
        assert update(server, f"INSERT DATA {{ {rows} }}").status == 204
        every = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
        answer = update(server, f"INSERT {{ <http://x/z> ?b ?l }} WHERE {{ {every} FILTER(?c + ?l = -1) }}")
        assert (answer.status, answer.media_type) == (504, "application/problem+json")
        assert not holds(server, "<http://x/z> ?p ?o")
        assert update(server, "INSERT DATA { <http://x/after> <http://x/n> 1 }").status == 204
        assert holds(server, "<http://x/after> ?p ?o")
    finally:
        server.stop()


def test_what_follows_from_an_update_is_there_with_it(whole: Server) -> None:
    answer = update(whole, f"INSERT DATA {{ <http://x/exercise> a mc:Exercise ; mc:hasParticipant <{KAZ}> }}")
    assert answer.status == 204
    assert holds(whole, f"<{KAZ}> mc:participatesIn <http://x/exercise>")
    assert holds(whole, f"GRAPH <{GRAPH_UNNAMED}> {{ <http://x/exercise> a mc:Exercise }}")
    assert update(whole, "DELETE WHERE { <http://x/exercise> ?p ?o }").status == 204
    assert not holds(whole, f"<{KAZ}> mc:participatesIn <http://x/exercise>")


def test_where_reads_what_a_query_would(whole: Server) -> None:
    assert (
        update(whole, f"INSERT {{ <http://x/read> <http://x/code> ?c }} WHERE {{ <{KAZ}> mc:iso3 ?c }}").status == 204
    )
    assert holds(whole, '<http://x/read> <http://x/code> "KAZ"')


def test_what_documents_and_reference_data_say_is_not_deleted_without_their_name(whole: Server) -> None:
    assert update(whole, f"DELETE WHERE {{ <{KAZ}> mc:iso3 ?c }}").status == 204
    assert holds(whole, f'<{KAZ}> mc:iso3 "KAZ"')


def graph_store(server: Server, method: str, target: str, body: bytes | None = None) -> Response:
    headers = {"Authorization": f"Bearer {TOKEN}"} | ({"Content-Type": "text/turtle"} if body is not None else {})
    return server.request(f"/graphs{target}", method, body, headers)


def test_the_default_graph_is_read_as_a_query_reads_it_and_written_as_the_unnamed_graph(whole: Server) -> None:
    said = f"<http://x/mine> <http://x/of> <{KAZ}> ."
    assert graph_store(whole, "PUT", "?default", said.encode()).status == 204
    held = whole.get("/graphs?default", "application/n-triples").text
    assert said in held
    assert f"<{KAZ}> <https://w3id.org/milcoop/ontology#iso3>" in held, "what documents and reference data say, too"
    assert said in whole.get(f"/graphs?graph={GRAPH_UNNAMED}", "application/n-triples").text
    assert graph_store(whole, "DELETE", "?default").status == 204
    assert not holds(whole, "<http://x/mine> ?p ?o")
    assert holds(whole, f'<{KAZ}> mc:iso3 "KAZ"')


def test_nobody_writes_what_is_inferred(whole: Server) -> None:
    target = "https://w3id.org/milcoop/graph/inferred"
    before = len(whole.get(f"/graphs?graph={target}", "application/n-triples").body)
    assert graph_store(whole, "PUT", f"?graph={target}", b"<http://x/a> <http://x/b> 1 .").status == 400
    assert update(whole, f"INSERT DATA {{ GRAPH <{target}> {{ <http://x/a> <http://x/b> 1 }} }}").status == 409
    assert len(whole.get(f"/graphs?graph={target}", "application/n-triples").body) == before


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <urn:s> <urn:p> 1 } ; PREFIX later: <urn:later:> INSERT DATA { later:s later:p %s }",
        "PREFIX later: <urn:later:> CLEAR GRAPH <http://x/later> ;\n"
        "PREFIX later:\n<urn:later:> INSERT DATA { later:s later:p %s }",
        "PREFIX a: <urn:a:> INSERT DATA {} ; PREFIX b: <urn:b:> PREFIX later: <urn:later:> INSERT { ?s later:p %s } "
        "WHERE { VALUES ?s { later:s } } ;",
        "PREFIX \u2ce5: <urn:later:> INSERT DATA { \u2ce5:s \u2ce5:p %s }",
    ],
)
def test_each_operation_may_have_a_prologue(bare: Server, text: str) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/sparql-update"}
    value = sum(map(ord, text))
    bare.request(
        "/graphs?graph=http://x/later", "PUT", b"<urn:s> <urn:p> 1 .", {**headers, "Content-Type": "text/turtle"}
    )
    answer = bare.request("/update", "POST", (text % value).encode(), headers)
    assert answer.status == 204, answer.text
    assert bare.sparql(f"ASK {{ <urn:later:s> <urn:later:p> {value} }}").json()["boolean"] is True
