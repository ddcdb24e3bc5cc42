"""RDF 1.2 and SPARQL 1.2, in and out, as far as the engine goes: triple terms, annotations, directional strings."""

from collections.abc import Iterator
from urllib.parse import quote

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from .serving import Response, Server, start_server

TOKEN = "a token of this module"
GRAPH = "http://x/graph"
REIFIES = "http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies"
FACT = Triple(NamedNode("http://x/KAZ"), NamedNode("http://x/takesPart"), NamedNode("http://x/Shield"))
TURTLE = """
VERSION "1.2"
PREFIX : <http://x/>
:KAZ :takesPart :Shield ~ :claim {| :source "a document" |} .
:claim :says <<( :KAZ :takesPart :Shield )>> .
:Shield :name "درع"@ar--rtl, "Shield"@en .
"""


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A plain SPARQL server that holds a graph of RDF 1.2."""
    running = start_server("--store", str(tmp_path_factory.mktemp("rdf12") / "store"), "--bare", MILCOOP_TOKEN=TOKEN)
    assert put(running, "text/turtle; version=1.2", TURTLE.encode()).status == 201
    yield running
    running.stop()


def put(server: Server, media_type: str, content: bytes, graph: str = GRAPH) -> Response:
    headers = {"Content-Type": media_type, "Authorization": f"Bearer {TOKEN}"}
    return server.request(f"/graphs?graph={quote(graph, safe='')}", "PUT", content, headers)


def ask(server: Server, pattern: str) -> bool:
    prologue = f"PREFIX : <http://x/> PREFIX rdf: <{REIFIES.removesuffix('reifies')}> "
    return bool(server.sparql(f"{prologue} ASK {{ GRAPH <{GRAPH}> {{ {pattern} }} }}").json()["boolean"])


@pytest.mark.parametrize(
    ("media_type", "syntax"),
    [("text/turtle", RdfFormat.TURTLE), ("application/n-triples", RdfFormat.N_TRIPLES),
     ("application/rdf+xml", RdfFormat.RDF_XML), ("application/trig", RdfFormat.TRIG),
     ("application/n-quads", RdfFormat.N_QUADS)],
)  # fmt: skip
def test_a_graph_comes_back_from_every_syntax_that_can_hold_it(
    bare: Server, media_type: str, syntax: RdfFormat
) -> None:
    answer = bare.get(f"/graphs?graph={GRAPH}", media_type)
    assert (answer.status, answer.media_type) == (200, media_type)
    triples = {quad.triple for quad in pyoxigraph.parse(answer.body, syntax)}
    assert FACT in triples
    assert {triple.object for triple in triples if triple.predicate.value == REIFIES} == {FACT}
    directed = Literal("درع", language="ar", direction=pyoxigraph.BaseDirection.RTL)
    assert directed in {triple.object for triple in triples}
    assert put(bare, media_type, answer.body, "http://x/again").status in {201, 204}
    assert bare.get("/graphs?graph=http://x/again", "application/n-triples").body.count(b"\n") == len(triples)


def test_what_a_syntax_cannot_hold_is_told(bare: Server) -> None:
    construct = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{GRAPH}> {{ ?s ?p ?o }} }}"
    for answer in (
        bare.get(f"/graphs?graph={GRAPH}", "application/ld+json"),
        bare.sparql(construct, "application/ld+json"),
    ):
        assert (answer.status, answer.media_type) == (406, "application/problem+json")
        assert "RDF 1.2" in answer.json()["detail"]
    assert bare.get(f"/graphs?graph={GRAPH}", "application/ld+json;q=0.9, text/turtle").status == 200


@pytest.mark.parametrize(
    "pattern",
    [
        ":KAZ :takesPart :Shield {| :source 'a document' |}",
        "<< :KAZ :takesPart :Shield >> :source ?document",
        "?claim rdf:reifies <<( :KAZ ?p :Shield )>>",
        "?claim rdf:reifies ?t FILTER(isTRIPLE(?t) && SUBJECT(?t) = :KAZ && OBJECT(?t) = :Shield)",
        "?s :name ?name FILTER(LANGDIR(?name) = 'rtl' && LANG(?name) = 'ar' && hasLANGDIR(?name))",
        "?s :name 'درع'@ar--rtl",
        "?s :name ?name FILTER(?name = STRLANGDIR('درع', 'ar', 'rtl'))",
        "?claim :says ?t FILTER(?t = TRIPLE(:KAZ, :takesPart, :Shield))",
    ],
)
def test_queries_know_them(bare: Server, pattern: str) -> None:
    assert ask(bare, pattern)


@pytest.mark.parametrize("accept", ["application/sparql-results+json", "application/sparql-results+xml",
                                    "text/tab-separated-values"])  # fmt: skip
def test_results_hold_them(bare: Server, accept: str) -> None:
    query = f"SELECT ?t ?name {{ GRAPH <{GRAPH}> {{ <http://x/claim> <{REIFIES}> ?t . ?s <http://x/name> ?name }} }}"
    answer = bare.sparql(query, accept)
    format = pyoxigraph.QueryResultsFormat.from_media_type(accept)
    solutions = pyoxigraph.parse_query_results(answer.body, format)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    rows = list(solutions)
    assert {row["t"] for row in rows} == {FACT}
    assert Literal("درع", language="ar", direction=pyoxigraph.BaseDirection.RTL) in {row["name"] for row in rows}


def test_updates_write_them(bare: Server) -> None:
    headers = {"Content-Type": "application/sparql-update", "Authorization": f"Bearer {TOKEN}"}
    text = (
        f"PREFIX : <http://x/> INSERT DATA {{ GRAPH <{GRAPH}> {{ :UZB :takesPart :Shield {{| :source 1 |}} }} }} ;"
        f"INSERT {{ GRAPH <{GRAPH}> {{ :x :about ?t }} }} WHERE {{ GRAPH <{GRAPH}> {{ << :UZB ?p ?o >> :source ?d "
        "BIND(TRIPLE(:UZB, ?p, ?o) AS ?t) } }"
    )
    assert bare.request("/update", "POST", text.encode(), headers).status == 204
    assert ask(bare, ":x :about <<( :UZB :takesPart :Shield )>>")
    delete = f"PREFIX : <http://x/> DELETE WHERE {{ GRAPH <{GRAPH}> {{ :x :about <<( ?s ?p ?o )>> }} }}"
    assert bare.request("/update", "POST", delete.encode(), headers).status == 204
    assert not ask(bare, ":x :about ?t")


@pytest.mark.parametrize("media_type", ["application/n-triples", "application/n-quads"])
@pytest.mark.parametrize("version", ['VERSION "1.2"', "VERSION '1.2-basic' # and a comment", '\ufeffVERSION "1.2"\r'])
def test_lines_may_say_of_which_version_they_are(bare: Server, media_type: str, version: str) -> None:
    content = f'{version}\n<urn:s> <urn:p> "VERSION" .\n <urn:s> <urn:p> "\\nVERSION \\"1.2\\"\\n" .\n'
    assert put(bare, media_type, content.encode(), "http://x/versions").status in {201, 204}
    assert bare.get("/graphs?graph=http://x/versions", "application/n-triples").body.count(b"VERSION") == 2
    assert put(bare, media_type, b'VERSION "1.2" <urn:s> <urn:p> <urn:o> .', "http://x/versions").status == 400
