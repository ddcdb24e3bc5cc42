"""The SPARQL 1.1 Protocol and the Graph Store HTTP Protocol: requests as the suites describe them."""

import json
import re

import pytest
from pyoxigraph import RdfFormat

from .cases import Conversation, Dataset, Request, conversations
from .client import Answer, Client
from .comparison import graph_in, isomorphic
from .conftest import Holding

NAMED = {"OK": 200, "Created": 201, "NoContent": 204, "NotFound": 404}
FORMATS = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": {"application/sparql-results+json", "application/sparql-results+xml", "text/csv"},
    "RDF": {"text/turtle", "application/rdf+xml", "application/n-triples"},
}


def has_status(answer: Answer, expected: frozenset[str]) -> bool:
    return any(
        answer.status // 100 == int(name[10]) if name.startswith("StatusCode") else answer.status == NAMED[name]
        for name in expected
    )


def is_update(request: Request) -> bool:
    said = [request.path, *(value for _, value in request.headers), (request.body or b"").decode("latin-1")]
    return bool(re.search(r"update=|using-|sparql-update|^CLEAR", " ".join(said)) or said[-1].startswith("CLEAR"))


@pytest.mark.parametrize("case", conversations("protocol"), ids=lambda case: case.id)
def test_the_protocol(client: Client, case: Conversation, holding: Holding) -> None:
    with holding(case.id):
        client.fill(case.before)
        for request in case.requests:
            path = ("/update" if is_update(request) else "/sparql") + request.path.removeprefix("/sparql")
            answer = client.request(request.method, path, request.headers, request.body)
            assert has_status(answer, request.statuses), (answer.status, answer.body)
            assert request.format is None or answer.media_type in FORMATS[request.format]
            if request.boolean is not None:
                assert json.loads(answer.body)["boolean"] is request.boolean


@pytest.mark.parametrize("case", conversations("graph-store-protocol"), ids=lambda case: case.id)
def test_the_graph_store_protocol(client: Client, case: Conversation, holding: Holding) -> None:
    told: dict[str, str] = {}

    def filled_in(text: str) -> str:
        for name, value in told.items():
            text = text.replace(name, value)
        return text

    with holding(case.id):
        client.request("OPTIONS", "/graphs")  # whatever the case before has written
        client.fill(Dataset())
        for request in case.requests:
            path = "/graphs" + filled_in(request.path).removeprefix("/gsp")
            answer = client.request(request.method, path, request.headers, request.body)
            assert has_status(answer, request.statuses), (answer.status, answer.body)
            if request.location is not None:
                told[request.location] = answer.headers["location"]
            for name, value in request.answer_headers:
                assert answer.headers[name.lower()] == value
            if request.content is not None:
                wanted = graph_in(filled_in(request.content).encode(), RdfFormat.TURTLE, client.url + path)
                assert isomorphic(graph_in(answer.body, RdfFormat.TURTLE, client.url + path), wanted)
