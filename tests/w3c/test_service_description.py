"""SPARQL 1.1 Service Description: what the endpoint says of itself when it is asked nothing."""

from collections.abc import Iterable

import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple

from ontology import RDF

from .cases import conversations
from .client import Client
from .comparison import graph_in
from .conftest import Holding

SD = "http://www.w3.org/ns/sparql-service-description#"
CLASSES = {"Service", "Dataset", "Graph", "NamedGraph", "GraphCollection", "Language", "Function", "Aggregate",
           "EntailmentRegime", "EntailmentProfile", "Feature"}  # fmt: skip
DOMAINS = {
    "endpoint": "Service", "feature": "Service", "defaultEntailmentRegime": "Service",
    "defaultSupportedEntailmentProfile": "Service", "entailmentRegime": "NamedGraph",
    "supportedEntailmentProfile": "NamedGraph", "extensionFunction": "Service", "extensionAggregate": "Service",
    "languageExtension": "Service", "supportedLanguage": "Service", "propertyFeature": "Service",
    "defaultDataset": "Service", "availableGraphs": "Service", "resultFormat": "Service", "inputFormat": "Service",
    "defaultGraph": "Dataset", "namedGraph": None, "name": "NamedGraph", "graph": "NamedGraph",
}  # fmt: skip
RANGES = {"defaultDataset": "Dataset", "defaultGraph": "Graph", "namedGraph": "NamedGraph", "graph": "Graph"}


@pytest.fixture
def description(client: Client) -> tuple[Triple, ...]:
    answer = client.request("GET", "/sparql", [("Accept", "text/turtle")])
    assert (answer.status, answer.media_type) == (200, "text/turtle")
    return graph_in(answer.body, RdfFormat.TURTLE, client.url + "/sparql")


def has_type(triples: Iterable[Triple], node: object, name: str) -> bool:
    return any(
        triple.subject == node and triple.predicate.value == RDF["type"] and triple.object == NamedNode(SD + name)
        for triple in triples
    )


def test_the_suite_is_the_one_that_these_tests_are_of(client: Client) -> None:
    names = {case.id for case in conversations("service-description")}
    assert names == {f"service-description/{name}" for name in (
        "returns-rdf", "has-endpoint-triple", "conforms-to-schema",
    )}  # fmt: skip


def test_returns_rdf(client: Client, holding: Holding) -> None:
    with holding("service-description/returns-rdf"):
        for accept, format in ((None, RdfFormat.TURTLE), ("application/rdf+xml", RdfFormat.RDF_XML)):
            answer = client.request("GET", "/sparql", [("Accept", accept)] if accept else [])
            assert answer.status == 200
            assert graph_in(answer.body, format, client.url + "/sparql")


def test_has_endpoint_triple(client: Client, description: tuple[Triple, ...], holding: Holding) -> None:
    with holding("service-description/has-endpoint-triple"):
        endpoints = [triple.object for triple in description if triple.predicate.value == SD + "endpoint"]
        assert endpoints == [NamedNode(client.url + "/sparql")]


def test_conforms_to_schema(description: tuple[Triple, ...], holding: Holding) -> None:
    with holding("service-description/conforms-to-schema"):
        for triple in description:
            name = triple.predicate.value.removeprefix(SD)
            if triple.predicate.value.startswith(SD):
                assert name in DOMAINS
                domain = DOMAINS[name]
                assert domain is None or has_type(description, triple.subject, domain)
                assert name not in RANGES or has_type(description, triple.object, RANGES[name])
            if triple.predicate.value == RDF["type"] and str(triple.object).startswith(f"<{SD}"):
                assert str(triple.object)[len(SD) + 1 : -1] in CLASSES
        named = {triple.subject for triple in description if has_type([triple], triple.subject, "NamedGraph")}
        for graph in named:
            assert sum(t.subject == graph and t.predicate.value == SD + "name" for t in description) == 1
