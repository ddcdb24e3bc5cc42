"""`/explain`: proofs as a page, as JSON and in RDF."""

import re
from urllib.parse import quote

import pytest

from ontology import LANGUAGES

from .serving import Server


@pytest.fixture(scope="module")
def follows(server: Server) -> str:
    """The parameters for a triple that follows."""
    [exercise] = server.sparql("SELECT ?x WHERE { ?x a mc:Exercise ; rdfs:label 'Калкан'@ru }").values("x")
    return f"s=id:state/KAZ&p=mc:participatesIn&o={quote(exercise)}"


def test_json_has_the_proof_and_its_rules(server: Server, follows: str) -> None:
    told = server.get(f"/explain?{follows}").json()
    assert told["rule"] == told["proofs"][0]["rule"] in told["rules"]
    assert told["rules"][told["rule"]]["see"].startswith("https://www.w3.org/TR/owl2-profiles/")
    passages = [
        p for one in told["proofs"][0]["premises"] for claim in one.get("claims", []) for p in claim["passages"]
    ]
    assert passages[0]["text"].startswith("В мае 2022 года")


@pytest.mark.parametrize(
    "media_type", ["text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples"]
)
def test_rdf_is_had_in_every_syntax(server: Server, follows: str, media_type: str) -> None:
    answer = server.get(f"/explain?{follows}", media_type)
    assert (answer.status, answer.media_type) == (200, media_type)
    assert "wasGeneratedBy" in answer.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_nests_the_proof_and_links_rules_and_sentences(server: Server, follows: str, language: str) -> None:
    page = server.page(f"/explain?{follows}&lang={language}").text
    assert '<ul class="premises">' in page
    assert re.search(r'<a href="https://www\.w3\.org/TR/owl2-profiles/[^"]*"[^>]*>prp-inv[12]</a>', page)
    assert f"/page/document/kalkan-2022?lang={language}#p-" in page


def test_further_proofs_are_asked_for_by_a_limit(server: Server, follows: str) -> None:
    assert len(server.get(f"/explain?{follows}").json()["proofs"]) == 1
    assert len(server.get(f"/explain?{follows}&limit=5").json()["proofs"]) >= 1
    assert "limit=10" in server.page(f"/explain?{follows}").text


@pytest.mark.parametrize("limit", ["0", "-1", "x", "1000000", "²"])
def test_a_limit_that_is_no_number_is_refused(server: Server, follows: str, limit: str) -> None:
    assert server.get(f"/explain?{follows}&limit={quote(limit)}").status == 400


def test_what_does_not_hold_tells_what_is_missing(server: Server) -> None:
    wrong = "s=id:state/KAZ&p=mc:memberOf&o=id:organization/NATO"
    told = server.get(f"/explain?{wrong}").json()
    assert not told["holds"] and "hasMember" in told["missing"][0]["premise"]
    assert '<ul class="missing">' in server.page(f"/explain?{wrong}").text


def test_of_what_documents_deny_their_words_are_shown(server: Server) -> None:
    denied = server.sparql("""SELECT ?s ?p ?o { BIND(<https://w3id.org/milcoop/id/state/UZB> AS ?o)
        [] rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ;
           mc:modality <https://w3id.org/milcoop/concept/modality/denied> }""")
    triple = "&".join(f"{name}={quote(denied.values(name)[0])}" for name in "spo")
    page = server.page(f"/explain?{triple}").text
    assert "не участвовал" in page and "badge unheld denied" in page


def test_a_word_that_the_graph_does_not_know_is_named(server: Server) -> None:
    page = server.page("/explain?s=id:state/KAZ&p=mc:membrOf&o=id:organization/CSTO").text
    assert "says nothing of <code>https://w3id.org/milcoop/ontology#membrOf</code>" in page
