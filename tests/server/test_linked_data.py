"""Each thing of the graph under an address of its own, for people and for programs."""

import html
import re
from urllib.parse import quote

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from ontology import MC, concept
from server.addresses import Addresses

from .serving import Server

BASE = "https://w3id.org/milcoop/"
KAZ = BASE + "id/state/KAZ"


@pytest.mark.parametrize(
    ("accept", "target"),
    [
        ("text/html", "/page/state/KAZ"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "/page/state/KAZ"),
        ("text/turtle", "/data/state/KAZ"),
        ("application/rdf+xml;q=0.9, text/html;q=0.2", "/data/state/KAZ"),
        (None, "/data/state/KAZ"),
    ],
)
def test_an_entity_answers_with_303_to_its_page_or_its_data(server: Server, accept: str | None, target: str) -> None:
    answer = server.get("/id/state/KAZ", accept)
    assert (answer.status, answer.headers["location"]) == (303, target)
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/concept/domain/naval", "/page/concept/domain/naval"),
        ("/rule/ru/test-exercise", "/page/rule/ru/test-exercise"),
        ("/graph/reference", "/page/graph/reference"),
    ],
)
def test_what_lies_beside_the_entities_answers_too(server: Server, path: str, page: str) -> None:
    assert server.page(path).headers["location"] == page
    assert server.page(page).status == 200


@pytest.mark.parametrize(
    "path", ["/id/state/XXX", "/page/state/XXX", "/data/state/XXX", "/id/no/such", "/documents/no"]
)
def test_what_the_graph_does_not_know_is_404(server: Server, path: str) -> None:
    assert server.get(path).status == 404


@pytest.mark.parametrize(
    ("accept", "syntax"),
    [
        (None, RdfFormat.TURTLE),
        ("text/turtle; charset=utf-8", RdfFormat.TURTLE),
        ("application/ld+json", RdfFormat.JSON_LD),
        ("application/rdf+xml", RdfFormat.RDF_XML),
        ("application/n-triples", RdfFormat.N_TRIPLES),
    ],
)
def test_the_data_of_an_entity_has_what_it_says_and_what_points_at_it(
    server: Server, accept: str | None, syntax: RdfFormat
) -> None:
    triples = [quad.triple for quad in parse(server.get("/data/state/KAZ", accept).body, format=syntax)]
    said = {t.predicate.value for t in triples if t.subject == NamedNode(KAZ)}
    pointing = {t.predicate.value for t in triples if t.object == NamedNode(KAZ)}
    assert {MC["iso3"], MC["participatesIn"]} <= said
    assert MC["hasParticipant"] in pointing


def test_the_format_can_stand_in_the_address(server: Server) -> None:
    assert server.page("/data/state/KAZ?format=jsonld").media_type == "application/ld+json"
    assert server.page("/data/state/KAZ?format=docx").status == 406


def test_json_for_programs_has_short_names_and_means_the_same_triples(server: Server) -> None:
    answer = server.get("/data/state/KAZ", "application/ld+json")
    nodes = {node["id"]: node for node in answer.json()["@graph"]}
    assert nodes["state:KAZ"]["label"]["kk"]
    turtle = server.get("/data/state/KAZ", "text/turtle").body
    assert {q.triple for q in parse(answer.body, RdfFormat.JSON_LD)} == {
        q.triple for q in parse(turtle, RdfFormat.TURTLE)
    }


def test_a_program_without_rdf_gets_what_the_page_shows_as_json(server: Server) -> None:
    assert server.get("/id/state/KAZ", "application/json").headers["location"] == "/page/state/KAZ"
    state = server.get("/page/state/KAZ", "application/json").json()
    (taken_part,) = (group for group in state["facts"] if group["property"]["iri"] == MC["participatesIn"])
    sentence = taken_part["shown"][0]["sentences"][0]
    document = server.page(f"/page?iri={sentence['document']}&format=json").json()
    assert document["text"][sentence["begin"] : sentence["end"]] == sentence["text"]
    assert sentence in [said for claim in document["claims"] for said in claim["sentences"]]


def test_the_page_of_an_entity_leads_to_others_and_to_sentences(server: Server) -> None:
    page = server.page("/page/state/KAZ").text
    exercise = server.sparql('SELECT ?x WHERE { ?x a mc:Exercise ; rdfs:label "Калкан"@ru }').values("x")[0]
    assert "<h1>Kazakhstan</h1>" in page
    assert f'href="{Addresses(BASE).page(exercise)}"' in page
    assert 'href="/page/document/kalkan-2022#p-12-' in page
    assert 'href="/ontology#State"' in page


def test_what_is_inferred_is_told_apart(server: Server) -> None:
    page = server.page("/page/organization/CSTO").text
    member = page[page.index("has member") :]
    armenia = member[member.index("Armenia") :]
    assert "inferred" in armenia[:500]
    assert "/explain?" in armenia[:400]


def test_a_denied_claim_stands_apart_from_the_facts(server: Server) -> None:
    page = server.page("/page/state/UZB?lang=ru").text
    facts, _, unheld = page.partition("Сказано, но это не факты")
    assert "не участвовал" not in facts
    assert "не участвовал" in unheld


def test_an_iri_with_escapes_and_one_with_letters_are_both_found(server: Server) -> None:
    attache = concept("role", "military attaché")
    assert "%C3%A9" in attache
    assert server.page(attache.removeprefix(BASE.rstrip("/"))).status == 303
    exercise = server.sparql('SELECT ?x WHERE { ?x a mc:Exercise ; rdfs:label "Калкан"@ru }').values("x")[0]
    assert server.page(quote(exercise.removeprefix(BASE.rstrip("/")))).status == 303


def test_anything_has_a_page_by_its_iri(server: Server) -> None:
    wikidata = "http://www.wikidata.org/entity/Q232"
    assert "Kazakhstan" in server.page("/page?iri=" + quote(wikidata, safe="")).text
    assert server.get("/data?iri=" + quote(wikidata, safe=""), "text/turtle").status == 200
    assert server.get("/page?iri=nothing").status == 400
    assert server.get("/page?iri=http://example.org/unknown").status == 404


ADDRESSES = Addresses("https://example.org/", "/graph")


@pytest.mark.parametrize(
    ("iri", "page"),
    [
        ("https://example.org/id/state/KAZ", "/graph/page/state/KAZ"),
        ("https://example.org/id/exercise/Щит-2021", "/graph/page/exercise/%D0%A9%D0%B8%D1%82-2021"),
        ("https://example.org/concept/role/military-attach%C3%A9", "/graph/page/concept/role/military-attach%C3%A9"),
        ("https://example.org/ontology#State", "/graph/ontology#State"),
        ("https://example.org/id/document/a/passage/3-9", "/graph/page/document/a#p-3-9"),
        ("https://elsewhere.org/x?y=1", "/graph/page?iri=https%3A%2F%2Felsewhere.org%2Fx%3Fy%3D1"),
        ("https://example.org/other", "/graph/page?iri=https%3A%2F%2Fexample.org%2Fother"),
    ],
)
def test_pages_lie_under_this_host_whatever_the_base(iri: str, page: str) -> None:
    assert ADDRESSES.page(iri) == page


@pytest.mark.parametrize(
    "iri",
    [
        "https://example.org/id/exercise/Щит-2021",
        "https://example.org/concept/role/military-attach%C3%A9",
        "https://example.org/id/organization/ТОО-%C2%ABЩит%C2%BB",
        "https://example.org/id/organization/A%2FB",
    ],
)
def test_a_path_leads_back_to_its_iri(iri: str) -> None:
    steps = ADDRESSES.page(iri).removeprefix("/graph/page/")
    assert iri in list(ADDRESSES.candidates(steps))


def test_no_link_of_a_page_leads_nowhere(server: Server) -> None:
    query = quote("SELECT ?p { VALUES ?p { skos:exactMatch <urn:x:nowhere> mc:Exercise } }")
    pages = ["/ontology", "/page/state/KAZ", "/page/document/kalkan-2022", f"/sparql?query={query}"]
    texts = [server.page(path).text for path in pages]
    found = {html.unescape(address) for text in texts for address in re.findall(r'href="(/page\?iri=[^"]*)"', text)}
    assert {address for address in found if server.page(address).status != 200} == set()
    assert 'href="http://www.w3.org/2004/02/skos/core#exactMatch"' in texts[-1]
    assert "<span" in texts[-1].partition("urn:x:nowhere</")[0].rpartition("<td")[2]


def test_the_address_of_a_page_gives_the_data_too(server: Server) -> None:
    answer = server.get("/page/state/KAZ", "text/turtle")
    assert (answer.status, answer.media_type) == (200, "text/turtle")
    assert answer.body == server.get("/data/state/KAZ", "text/turtle").body
    assert server.get("/page/state/KAZ").media_type == "text/html"
