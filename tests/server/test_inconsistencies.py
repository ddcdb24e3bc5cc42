"""`/inconsistencies`: what contradicts itself, as a page and as JSON."""

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, parse

from graph.store import open_store
from ontology import entity
from server import read_settings
from server.application import create_app
from tests.stores import new_store

DOCUMENT = entity("document", "d1")
FACTS = """
    PREFIX mc: <https://w3id.org/milcoop/ontology#>
    PREFIX : <https://w3id.org/milcoop/id/exercise/>
    :shield a mc:Exercise , mc:Document .
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder = new_store(tmp_path_factory, tmp_path_factory.mktemp("clashing") / "store")
    with open_store(folder) as store, store.transaction() as transaction:
        transaction.put_graph(DOCUMENT, [quad.triple for quad in parse(FACTS, RdfFormat.TURTLE)])
    return create_app(read_settings({"store": str(folder)}, {})).test_client()


def test_a_contradiction_is_told_with_its_rule_triples_and_documents(client: FlaskClient) -> None:
    told = client.get("/inconsistencies", headers={"Accept": "application/json"}).get_json()
    assert told["total"] == len(told["inconsistencies"]) >= 1
    clash = next(one for one in told["inconsistencies"] if one["rule"] == "cax-dw")
    assert clash["documents"] == [DOCUMENT]
    assert any(triple["object"].endswith("ontology#Document>") for triple in clash["triples"])


@pytest.mark.parametrize(
    ("language", "title", "rule"),
    [
        ("en", "What contradicts the rules", "two disjoint classes"),
        ("ru", "Что противоречит правилам", "двум непересекающимся классам"),
        ("kk", "Ережелерге қайшы келетіні", "қиылыспайтын екі класқа"),
    ],
)
def test_the_page_tells_it_in_the_readers_language(client: FlaskClient, language: str, title: str, rule: str) -> None:
    answer = client.get(f"/inconsistencies?lang={language}", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert title in answer.text
    assert rule in answer.text
