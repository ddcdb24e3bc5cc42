"""`/rule/…`: the rules to which proofs in RDF point, as pages and as RDF."""

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

import ontology
from graph.explanation import rule_text
from graph.reasoner.owl2rl.notation import shipped_rules
from ontology import BASE, PROV, RDF

from .serving import Server

NAMES = ["cax-sco", "prp-spo2", *(file.stem for file in ontology.rule_files())]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("prefix", ["/", "/page/", "/data/"])
def test_the_iri_of_a_rule_leads_to_what_it_says(server: Server, name: str, prefix: str) -> None:
    rule = rule_text(name)
    answer = server.get(prefix + rule.iri.removeprefix(BASE), accept="text/turtle")
    assert answer.status == 200
    told = {(t.predicate.value, getattr(t.object, "value", "")) for t in parse(answer.body, RdfFormat.TURTLE)}
    assert {(RDF["type"], PROV["Plan"]), (RDF["value"], rule.text)} <= told
    assert {t.subject for t in parse(answer.body, RdfFormat.TURTLE)} == {NamedNode(rule.iri)}


@pytest.mark.parametrize(("language", "words"), [("en", "Rule"), ("ru", "Правило"), ("kk", "ережесі")])
@pytest.mark.parametrize("name", ["cax-sco", "bilateral-exercise"])
def test_people_read_it_in_their_language(server: Server, name: str, language: str, words: str) -> None:
    page = server.page(f"/{rule_text(name).iri.removeprefix(BASE)}?lang={language}")
    assert (page.status, page.media_type) == (200, "text/html")
    assert words in page.text and name in page.text


def test_every_rule_of_the_recommendation_has_an_address_of_its_own() -> None:
    iris = {rule_text(rule.name).iri for rule in shipped_rules()}
    assert len(iris) == 78


@pytest.mark.parametrize("path", ["/rule/owl2rl/nothing", "/rule/ontology/cax-sco", "/rule/owl2rl/bilateral-exercise"])
def test_where_there_is_no_rule_nothing_is_found(server: Server, path: str) -> None:
    assert server.get(path, accept="text/turtle").status == 404
