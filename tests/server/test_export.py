"""`/export/FORMAT`: the whole graph as a file, in every format of the contract."""

import json
from xml.etree import ElementTree

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from .serving import Server

KAZ = NamedNode("https://w3id.org/milcoop/id/state/KAZ")


@pytest.mark.parametrize(
    ("name", "media_type", "syntax"),
    [
        ("turtle", "text/turtle", RdfFormat.TURTLE),
        ("ntriples", "application/n-triples", RdfFormat.N_TRIPLES),
        ("rdfxml", "application/rdf+xml", RdfFormat.RDF_XML),
        ("trig", "application/trig", RdfFormat.TRIG),
        ("nquads", "application/n-quads", RdfFormat.N_QUADS),
    ],
)
def test_rdf(server: Server, name: str, media_type: str, syntax: RdfFormat) -> None:
    answer = server.get(f"/export/{name}")
    assert (answer.status, answer.media_type) == (200, media_type)
    assert int(answer.headers["content-length"]) == len(answer.body)
    assert "attachment" in answer.headers["content-disposition"]
    assert any(quad.subject == KAZ for quad in parse(answer.body, format=syntax))


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_networks_in_xml(server: Server, name: str) -> None:
    answer = server.get(f"/export/{name}")
    ElementTree.fromstring(answer.body)
    assert "Калкан" in answer.text


@pytest.mark.parametrize("name", ["jsonld", "cytoscape"])
def test_json(server: Server, name: str) -> None:
    answer = server.get(f"/export/{name}")
    json.loads(answer.body)
    assert "Калкан" in answer.text


def test_dot(server: Server) -> None:
    assert "graph" in server.get("/export/dot").text


def test_a_format_that_there_is_not_is_404_and_names_those_that_there_are(server: Server) -> None:
    problem = server.get("/export/docx")
    assert problem.status == 404
    assert "graphml" in problem.json()["detail"]
