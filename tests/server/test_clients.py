"""Clients that nobody here wrote."""

from collections.abc import Iterator
from typing import Any

import pytest
import SPARQLWrapper
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore

from .serving import Server, start_server

TOKEN = "a-token-of-this-module"
KAZ = "https://w3id.org/milcoop/id/state/KAZ"
WHO = "PREFIX mc: <https://w3id.org/milcoop/ontology#> SELECT DISTINCT ?who WHERE { ?x mc:hasParticipant ?who }"


def test_sparqlwrapper_selects(server: Server) -> None:
    for method in (SPARQLWrapper.GET, SPARQLWrapper.POST):
        client = SPARQLWrapper.SPARQLWrapper(server.url + "/sparql")
        client.setQuery(WHO)
        client.setMethod(method)
        client.setReturnFormat(SPARQLWrapper.JSON)
        answer: Any = client.queryAndConvert()
        assert KAZ in {row["who"]["value"] for row in answer["results"]["bindings"]}


def test_sparqlwrapper_posts_directly_and_reads_rdf(server: Server) -> None:
    client = SPARQLWrapper.SPARQLWrapper(server.url + "/sparql")
    client.setQuery(f"CONSTRUCT {{ <{KAZ}> ?p ?o }} WHERE {{ <{KAZ}> ?p ?o }}")
    client.setMethod(SPARQLWrapper.POST)
    client.setRequestMethod(SPARQLWrapper.POSTDIRECTLY)
    client.setReturnFormat(SPARQLWrapper.TURTLE)
    turtle: Any = client.query().convert()
    graph = Graph().parse(data=turtle, format="turtle")
    assert len(graph) > 10


def test_rdflib_reads_the_endpoint_as_a_graph(server: Server) -> None:
    graph = Graph(SPARQLStore(server.url + "/sparql"))
    code = graph.value(URIRef(KAZ), URIRef("https://w3id.org/milcoop/ontology#iso3"))
    assert str(code) == "KAZ"
    rows: Any = graph.query(WHO)
    assert URIRef(KAZ) in {row.who for row in rows}


def test_rdflib_parses_an_entity_by_its_address(server: Server) -> None:
    graph = Graph().parse(server.url + "/id/state/KAZ")
    assert (URIRef(KAZ), None, None) in graph


@pytest.fixture(scope="module")
def writable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A plain SPARQL server that may be written to."""
    folder = tmp_path_factory.mktemp("writable") / "store"
    running = start_server("--store", str(folder), "--bare", MILCOOP_TOKEN=TOKEN)
    yield running
    running.stop()


def test_sparqlwrapper_updates(writable: Server) -> None:
    for number, how in enumerate((SPARQLWrapper.URLENCODED, SPARQLWrapper.POSTDIRECTLY)):
        client = SPARQLWrapper.SPARQLWrapper(writable.url + "/sparql", writable.url + "/update")
        client.addCustomHttpHeader("Authorization", f"Bearer {TOKEN}")
        client.setMethod(SPARQLWrapper.POST)
        client.setRequestMethod(how)
        client.setQuery(f"INSERT DATA {{ <http://x/wrapper> <http://x/n> {number} }}")
        client.query()
        assert writable.sparql(f"ASK {{ <http://x/wrapper> ?p {number} }}").json()["boolean"]


def test_rdflib_writes_to_the_endpoint_as_to_a_graph(writable: Server) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    store = SPARQLUpdateStore(writable.url + "/sparql", writable.url + "/update", headers=headers)
    graph = Graph(store, URIRef("http://x/rdflib"))
    triple = URIRef("http://x/s"), URIRef("http://x/p"), Literal("Қазақстан", lang="kk")
    graph.add(triple)
    assert triple in graph
    assert list(graph) == [triple]
    assert "Қазақстан" in writable.get("/graphs?graph=http://x/rdflib", "application/n-triples").text
    graph.remove(triple)
    assert triple not in graph
