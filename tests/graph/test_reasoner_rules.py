"""The rules beside the axioms: SPARQL CONSTRUCT, run after the closure until nothing new follows."""

import pytest
from pyoxigraph import RdfFormat, Triple, parse

import ontology
from graph.reasoner import Closure, OwlrlReasoner, Reasoner
from graph.reasoner.errors import ReasonerError
from graph.reasoner.rules import SparqlRule, close_with_rules, read_rules
from tests.graph.plain_engine import ForwardChainingReasoner

PREFIXES = "PREFIX : <http://example.org/> PREFIX owl: <http://www.w3.org/2002/07/owl#> "

PAIRS = SparqlRule(
    "pairs", PREFIXES + "CONSTRUCT { ?a :with ?b } WHERE { ?e :by ?a, ?b FILTER(?a != ?b && STR(?a) < STR(?b)) }"
)


def turtle(text: str) -> set[Triple]:
    return {quad.triple for quad in parse(PREFIXES + text, RdfFormat.TURTLE)}


@pytest.fixture(params=[ForwardChainingReasoner, OwlrlReasoner], ids=lambda engine: engine.name)
def reasoner(request: pytest.FixtureRequest) -> Reasoner:
    engine: Reasoner = request.param()
    return engine


def test_a_rule_reads_what_was_inferred_and_the_axioms_apply_to_what_it_constructs(reasoner: Reasoner) -> None:
    premise = turtle(":by owl:inverseOf :in . :with a owl:SymmetricProperty . :KAZ :in :Shield . :BLR :in :Shield .")
    inferred = close_with_rules(premise, reasoner, [PAIRS]).inferred
    assert inferred == turtle(":Shield :by :KAZ, :BLR . :BLR :with :KAZ . :KAZ :with :BLR .")


def test_a_rule_feeds_the_next(reasoner: Reasoner) -> None:
    allies = SparqlRule("allies", PREFIXES + "CONSTRUCT { ?a :allied true } WHERE { ?a :with ?b }")
    inferred = close_with_rules(turtle(":Shield :by :KAZ, :BLR ."), reasoner, [allies, PAIRS]).inferred
    assert inferred == turtle(":BLR :with :KAZ ; :allied true .")


def test_what_a_rule_constructs_is_not_inferred_if_it_is_asserted(reasoner: Reasoner) -> None:
    premise = turtle(":Shield :by :KAZ, :BLR . :BLR :with :KAZ .")
    assert close_with_rules(premise, reasoner, [PAIRS]) == Closure(set())


def test_a_rule_that_counts_waits_for_the_others() -> None:
    alone = SparqlRule(
        "alone", PREFIXES + "CONSTRUCT { ?a :is :alone } WHERE { ?e :by ?a FILTER NOT EXISTS { ?a :with ?b } }"
    )
    mutual = SparqlRule("mutual", PREFIXES + "CONSTRUCT { ?b :with ?a } WHERE { ?a :with ?b }")
    premise = turtle(":Shield :by :KAZ, :BLR . :Eagle :by :USA .")
    inferred = close_with_rules(premise, ForwardChainingReasoner(), [alone, PAIRS, mutual]).inferred
    assert inferred == turtle(":BLR :with :KAZ . :KAZ :with :BLR . :USA :is :alone .")


@pytest.mark.parametrize("text", ["CONSTRUCT nonsense", "SELECT ?s { ?s ?p ?o }"])
def test_a_rule_that_is_no_construct_query_is_named(text: str) -> None:
    with pytest.raises(ReasonerError, match="the rule wrong is not"):
        close_with_rules(turtle(":a :b :c ."), ForwardChainingReasoner(), [SparqlRule("wrong", text)])


def test_rules_that_feed_themselves_are_stopped() -> None:
    successor = SparqlRule(
        "successor", PREFIXES + "CONSTRUCT { :n :is ?next } WHERE { :n :is ?i BIND(?i + 1 AS ?next) }"
    )
    with pytest.raises(ReasonerError, match="after 8 rounds"):
        close_with_rules(turtle(":n :is 1 ."), ForwardChainingReasoner(), [successor])


def test_our_rules_are_queries_that_can_be_run_on_what_is_shipped() -> None:
    rules = read_rules(ontology.rule_files())
    assert rules
    close_with_rules(
        {quad.triple for quad in parse(path=ontology.path("milcoop.ttl"))}, ForwardChainingReasoner(), rules
    )
