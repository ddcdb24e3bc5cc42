"""A document that says more than a page lists: its facts come page by page, and notes in the text lead to theirs."""

import re

import pytest
from flask.testing import FlaskClient

from graph.store import open_store
from loaders.reading.facts import Entity, Exercise, Reading, Span, Stated
from loaders.to_rdf import reading_to_triples
from ontology import entity
from server.application import create_app
from server.document_page import FACTS_LISTED
from server.settings import read_settings

from .written import record

SENTENCES = [f"Казахстан провёл учение «Щит {number}»." for number in range(FACTS_LISTED)]
TEXT = " ".join(SENTENCES)
KAZAKHSTAN = Entity("state", "Казахстан", iri=entity("state", "KAZ"), state="KAZ")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder = tmp_path_factory.mktemp("long") / "store"
    facts, begin = [], 0
    for number, sentence in enumerate(SENTENCES):
        evidence = (Span(begin, begin + len(sentence)),)
        stated = Stated(KAZAKHSTAN, evidence, "ru/test")
        facts.append(
            Exercise(name=f"Щит {number}", participants=(stated,), evidence=evidence, rule="ru/test", confidence=0.9)
        )
        begin += len(sentence) + 1
    reading = Reading("ru", "Щиты", None, tuple(facts))
    with open_store(folder, bare=True) as store, store.transaction() as transaction:
        document = record("long", TEXT, reading)
        transaction.put_graph(document.iri, reading_to_triples(reading, TEXT, document))
    return create_app(read_settings({"store": str(folder), "bare": True}, environ={})).test_client()


def listed(client: FlaskClient, facts: str) -> tuple[list[int], str]:
    page = client.get(f"/page/document/long{facts}", headers={"Accept": "text/html"}).get_data(as_text=True)
    return [int(number) for number in re.findall(r'<li id="f-(\d+)"', page)], page


def test_each_fact_is_listed_on_one_page(client: FlaskClient) -> None:
    first, page = listed(client, "?lang=ru")
    assert first == list(range(1, FACTS_LISTED + 1))
    assert f"?facts={FACTS_LISTED + 1}&amp;lang=ru" in page
    second, _ = listed(client, f"?facts={FACTS_LISTED + 1}")
    assert second[0] == FACTS_LISTED + 1
    assert listed(client, f"?facts={FACTS_LISTED + 7}")[0] == second


def test_a_note_leads_to_the_page_of_its_fact(client: FlaskClient) -> None:
    for facts in ("", f"?facts={FACTS_LISTED + 1}"):
        here, page = listed(client, facts)
        notes = re.findall(r'<a href="(\?facts=(\d+))?#f-(\d+)">', page.split('class="said"')[0])
        assert notes
        for elsewhere, begin, number in notes:
            assert (int(number) in here) == (not elsewhere)
            if elsewhere:
                assert int(begin) <= int(number) < int(begin) + FACTS_LISTED


def test_what_is_no_number_of_a_fact_is_a_problem(client: FlaskClient) -> None:
    assert client.get("/page/document/long?facts=none", headers={"Accept": "text/html"}).status_code == 400
