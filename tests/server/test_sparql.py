"""`/sparql`: the query operation of the SPARQL 1.1 Protocol."""

import csv
import io
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from .serving import Server

KAZ = "https://w3id.org/milcoop/id/state/KAZ"
WHO = "PREFIX mc: <https://w3id.org/milcoop/ontology#> SELECT DISTINCT ?who WHERE { ?x mc:hasParticipant ?who }"
DOCUMENT = "https://w3id.org/milcoop/id/document/kalkan-2022"
FORM = "application/x-www-form-urlencoded"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def test_a_query_by_get(server: Server) -> None:
    answer = server.sparql(WHO)
    assert answer.status == 200
    assert KAZ in answer.values("who")


@pytest.mark.parametrize("content_type", [FORM, FORM + "; charset=UTF-8"])
def test_a_query_by_form(server: Server, content_type: str) -> None:
    answer = server.request("/sparql", "POST", urlencode({"query": WHO}).encode(), Content_Type=content_type)
    assert KAZ in answer.values("who")


@pytest.mark.parametrize("content_type", ["application/sparql-query", "application/sparql-query; charset=utf-8"])
def test_a_query_as_the_body(server: Server, content_type: str) -> None:
    answer = server.request("/sparql", "POST", WHO.encode(), Content_Type=content_type)
    assert KAZ in answer.values("who")


def test_what_follows_is_found_without_asking_for_it(server: Server) -> None:
    stated = f'?exercise rdfs:label "Калкан"@ru ; mc:hasParticipant <{KAZ}> .'
    followed = f"<{KAZ}> mc:participatesIn ?exercise ."
    assert server.sparql(
        f"ASK {{ {stated} {followed} FILTER NOT EXISTS {{ GRAPH <{DOCUMENT}> {{ {followed} }} }} }}"
    ).json()["boolean"]


def test_what_is_denied_is_no_fact(server: Server) -> None:
    named = server.sparql('SELECT ?x WHERE { ?x a mc:Exercise ; rdfs:label ?name FILTER(CONTAINS(?name, "Щит")) }')
    assert named.values("x") == []


@pytest.mark.parametrize("how", ["address", "form"])
def test_the_dataset_of_the_protocol_takes_the_place_of_the_default(server: Server, how: str) -> None:
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?s a mc:State ; mc:iso3 ?code }"
    dataset = {"default-graph-uri": DOCUMENT}
    if how == "address":
        answer = server.sparql(query, **dataset)
    else:
        answer = server.request("/sparql", "POST", urlencode({"query": query, **dataset}).encode(), Content_Type=FORM)
    assert answer.values("n") == ["0"]
    assert int(server.sparql(query).values("n")[0]) > 200


def test_named_graphs_of_the_protocol_are_the_only_ones(server: Server) -> None:
    query = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert server.sparql(query, **{"named-graph-uri": DOCUMENT}).values("g") == [DOCUMENT]


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("application/json", "application/json"),
        ("text/csv;q=0.4, application/sparql-results+xml;q=0.8", "application/sparql-results+xml"),
        ("text/turtle, text/csv;q=0.1", "text/csv"),
        ("text/csv; charset=utf-8", "text/csv"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
    ],
)
def test_a_select_comes_in_the_format_that_is_asked_for(server: Server, accept: str | None, media_type: str) -> None:
    assert server.sparql(WHO, accept).media_type == media_type


@pytest.mark.parametrize(
    ("accept", "media_type", "syntax"),
    [
        (None, "text/turtle", RdfFormat.TURTLE),
        ("text/turtle; charset=utf-8", "text/turtle", RdfFormat.TURTLE),
        ("application/n-triples", "application/n-triples", RdfFormat.N_TRIPLES),
        ("application/rdf+xml", "application/rdf+xml", RdfFormat.RDF_XML),
        ("application/ld+json", "application/ld+json", RdfFormat.JSON_LD),
    ],
)
def test_a_construct_comes_in_every_syntax(
    server: Server, accept: str | None, media_type: str, syntax: RdfFormat
) -> None:
    answer = server.sparql(f"DESCRIBE <{KAZ}>", accept)
    assert answer.media_type == media_type
    assert any(quad.subject == NamedNode(KAZ) for quad in parse(answer.body, format=syntax))


def test_the_format_can_stand_in_the_address(server: Server) -> None:
    rows = list(csv.reader(io.StringIO(server.sparql(WHO, "text/html", format="csv").text)))
    assert rows[0] == ["who"]
    assert [KAZ] in rows


def test_results_in_xml_are_well_formed(server: Server) -> None:
    root = ElementTree.fromstring(server.sparql(WHO, "application/sparql-results+xml").body)
    assert KAZ in {uri.text for uri in root.iter("{http://www.w3.org/2005/sparql-results#}uri")}


def test_what_nobody_has_is_406(server: Server) -> None:
    answer = server.sparql(WHO, "image/png")
    assert answer.status == 406
    assert "text/csv" in answer.json()["detail"]


TWICE = urlencode([("query", WHO), ("query", WHO)])


@pytest.mark.parametrize(
    ("method", "path", "body", "content_type", "status"),
    [
        ("GET", "/sparql?query=", None, None, 400),
        ("GET", f"/sparql?{TWICE}", None, None, 400),
        ("GET", "/sparql?query=SELEC", None, None, 400),
        ("GET", f"/sparql?query={quote(WHO)}&default-graph-uri=not%20an%20iri", None, None, 400),
        ("GET", f"/sparql?query={quote(WHO)}&timeout=never", None, None, 400),
        ("POST", "/sparql", "", FORM, 400),
        ("POST", "/sparql", TWICE, FORM, 400),
        ("POST", f"/sparql?query={quote(WHO)}", urlencode({"query": WHO}), FORM, 400),
        ("POST", "/sparql", "", "application/sparql-query", 400),
        ("POST", "/sparql", WHO, "text/plain", 415),
        ("POST", "/sparql", WHO, "application/sparql-query; charset=utf-16", 415),
        ("POST", "/sparql", urlencode({"update": "CLEAR ALL"}), FORM, 400),
        ("PUT", "/sparql", WHO, "application/sparql-query", 405),
        ("DELETE", "/sparql", None, None, 405),
    ],
)
def test_requests_that_the_protocol_does_not_know(
    server: Server, method: str, path: str, body: str | None, content_type: str | None, status: int
) -> None:
    headers = {"Content-Type": content_type} if content_type else {}
    answer = server.request(path, method, None if body is None else body.encode(), headers)
    assert answer.status == status
    assert answer.media_type == "application/problem+json"
    assert answer.json()["status"] == status


def test_bytes_that_are_no_utf8_are_refused(server: Server) -> None:
    answer = server.request("/sparql", "POST", b"SELECT \xff", Content_Type="application/sparql-query")
    assert answer.status == 400


def test_an_update_is_no_query(server: Server) -> None:
    assert server.sparql("DELETE WHERE { ?s ?p ?o }").status == 400


def test_a_syntax_error_tells_its_place(server: Server) -> None:
    problem = server.sparql("SELECT * WHERE {\n ?s ?p }").json()
    assert problem["line"] == 2


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * WHERE { SERVICE <http://127.0.0.1:1/sparql> { ?s ?p ?o } }",
        "SELECT * WHERE { SERVICE ?s { ?s ?p ?o } }",
    ],
)
def test_no_query_reaches_other_machines(server: Server, query: str) -> None:
    assert server.sparql(query).status == 400


def test_from_names_a_graph_of_the_store_and_fetches_nothing(server: Server) -> None:
    answer = server.sparql("SELECT * FROM <http://127.0.0.1:1/graph> WHERE { ?s ?p ?o }")
    assert (answer.status, answer.json()["results"]["bindings"]) == (200, [])


def test_a_query_that_runs_away_is_stopped_and_nobody_else_notices(server: Server) -> None:
    answer = server.sparql(ENDLESS, timeout="0.5")
    assert answer.status == 504
    assert answer.media_type == "application/problem+json"
    assert server.sparql(WHO).status == 200


def test_a_long_result_is_cut_and_says_so(server: Server) -> None:
    cut = server.sparql("SELECT ?s WHERE { ?s ?p ?o }")
    assert len(cut.values("s")) == 1000
    assert cut.headers["x-milcoop-cut"] == "1000"
    assert "x-milcoop-cut" not in server.sparql("SELECT ?s WHERE { ?s ?p ?o } LIMIT 1000").headers


def test_a_relative_iri_is_that_of_the_endpoint(server: Server) -> None:
    answer = server.sparql("SELECT ?x WHERE { BIND(<#here> AS ?x) }")
    assert answer.values("x") == [server.url + "/sparql#here"]


def test_head_has_the_headers_of_get_and_no_body(server: Server) -> None:
    path = "/sparql?" + urlencode({"query": WHO})
    answer = server.request(path, "HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["content-type"] == server.get(path).headers["content-type"]


@pytest.mark.parametrize(
    ("accept", "syntax"),
    [
        (None, RdfFormat.TURTLE),
        ("text/turtle; charset=utf-8", RdfFormat.TURTLE),
        ("application/rdf+xml", RdfFormat.RDF_XML),
        ("application/ld+json, text/turtle;q=0.5", RdfFormat.JSON_LD),
    ],
)
def test_without_a_query_it_describes_itself(server: Server, accept: str | None, syntax: RdfFormat) -> None:
    sd = "http://www.w3.org/ns/sparql-service-description#"
    triples = [quad.triple for quad in parse(server.get("/sparql", accept).body, format=syntax)]
    endpoints = [t.object for t in triples if t.predicate.value == sd + "endpoint"]
    names = {t.object for t in triples if t.predicate.value == sd + "name"}
    assert endpoints == [NamedNode(server.url + "/sparql")]
    assert NamedNode(DOCUMENT) in names
    assert any(t.predicate.value == "http://rdfs.org/ns/void#triples" for t in triples)


def test_a_browser_gets_a_form_and_then_its_answer(server: Server) -> None:
    assert "<textarea" in server.page("/sparql").text
    answer = server.page("/sparql?" + urlencode({"query": WHO}))
    assert 'href="/page/state/KAZ"' in answer.text
    mistaken = server.page("/sparql?query=SELEC")
    assert (mistaken.status, "SELEC" in mistaken.text) == (400, True)
