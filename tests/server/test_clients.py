"""Clients that nobody here wrote."""

from typing import Any

import SPARQLWrapper
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from .serving import Server

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
