"""Over HTTP a thing has one page, and who has a token can say what is one and what is not."""

import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from graph.store import open_store
from ontology import entity
from tests.identity.telling import load_all, person, told
from tests.server.serving import Response, Server, start_server
from tests.stores import new_store

TOKEN = "identity-secret"
ONE, OTHER = entity("person", "косанов-даурен"), entity("document", "b") + "/person/1"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = new_store(tmp_path_factory, tmp_path_factory.mktemp("served") / "store")
    with open_store(folder) as store:
        load_all(store, told("a", person("Косанов", "Даурен Косанов")), told("b", person("Kosanov"), language="en"))
    running = start_server("--store", str(folder), "--no-sample", MILCOOP_TOKEN=TOKEN)
    yield running
    running.stop()


def send(server: Server, method: str, path: str, body: object = None, token: str = TOKEN) -> Response:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    return server.request(path, method, None if body is None else json.dumps(body).encode(), headers)


def test_the_page_of_a_name_leads_to_the_page_of_the_thing(server: Server) -> None:
    answer = server.page("/page?lang=ru&iri=" + quote(OTHER, safe=""))
    assert answer.status == 303

    page = server.page(answer.headers["location"].removeprefix(server.url))
    assert page.status == 200
    assert "Даурен Косанов" in page.text


def test_two_things_are_told_apart_and_the_decision_taken_back(server: Server) -> None:
    joined = f"ASK {{ <{OTHER}> mc:identifiedAs <{ONE}> }}"
    body = {"thing": OTHER, "other": ONE, "verdict": "different", "author": "Aigerim"}

    made = send(server, "POST", "/decisions", body)
    assert made.status == 201
    assert server.sparql(joined).json()["boolean"] is False

    taken = send(server, "DELETE", "/decisions?claim=" + quote(made.json()["claim"], safe=""))
    assert taken.json()["revoked"] == [made.json()["decision"]]
    assert server.sparql(joined).json()["boolean"] is True


def test_that_needs_a_token(server: Server) -> None:
    body = {"thing": OTHER, "other": ONE, "verdict": "different", "author": "Aigerim"}

    assert send(server, "POST", "/decisions", body, token="wrong").status == 401


def test_a_verdict_of_two_things_is_same_or_different(server: Server) -> None:
    answer = send(server, "POST", "/decisions", {"thing": OTHER, "other": ONE, "verdict": "rejected", "author": "A"})

    assert answer.status == 400
    assert "same, different" in answer.json()["detail"]
