"""Inference: the W3C's cases, agreement of two engines, and what a closure does not contain."""

import json
import random
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

import ontology
from graph.reasoner import Closure, Owl2RlReasoner, OwlrlReasoner, Reasoner
from ontology import OWL, RDF, RDFS
from tests.graph.plain_engine import ForwardChainingReasoner

SHARED = Path(__file__).resolve().parents[3] / "shared"
CASES_FILE = SHARED / "owl2rl" / "cases.json"
FORMATS = {"rdfxml": RdfFormat.RDF_XML, "turtle": RdfFormat.TURTLE}
PREFIXES = (
    "@prefix : <http://example.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> . "
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . "
)

Case = dict[str, Any]


def turtle(text: str) -> set[Triple]:
    return {quad.triple for quad in parse(PREFIXES + text, RdfFormat.TURTLE)}


@pytest.fixture(params=[Owl2RlReasoner, ForwardChainingReasoner, OwlrlReasoner], ids=lambda engine: engine.name)
def reasoner(request: pytest.FixtureRequest) -> Reasoner:
    engine: Reasoner = request.param()
    return engine


# The W3C's cases


def cases() -> list[Case]:
    if not CASES_FILE.exists():
        return []
    return [case for case in json.loads(CASES_FILE.read_text("utf-8"))["cases"] if case["rl"]]


def one_for_each_rule() -> list[Case]:
    """The first case for each rule, and those that pass by deriving nothing; owlrl is too slow for all."""
    seen: set[str] = set()
    chosen = []
    for case in cases():
        rules = set(case.get("rules") or ())
        if rules - seen and not case.get("axiomatic"):
            chosen.append(case)
            seen |= rules
    return chosen


NO_CASES = pytest.mark.skipif(not CASES_FILE.exists(), reason="../shared/owl2rl/cases.json is not there")

OWLRL_FAILS = {
    "functionality_clash": "no dt-diff",
    "project-dt-diff-functional": "no dt-diff",
    "project-eq-diff2-members": "list rules skip the last pair",
    "project-prp-adp": "list rules skip the last pair",
    "string_integer_clash": "dt-not-type only with the axioms of datatypes, which are for the full closure",
}


def triples(text: str, syntax: str) -> set[Triple]:
    if not text.strip():
        return set()
    return {quad.triple for quad in parse(text, FORMATS[syntax], base_iri="http://example.org/base")}


def is_declaration(triple: Triple) -> bool:
    kinds = {OWL[name] for name in (
        "Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "NamedIndividual", "Thing", "Ontology",
    )} | {RDFS["Datatype"], RDFS["Class"], RDF["Property"]}  # fmt: skip
    return triple.predicate.value == RDF["type"] and getattr(triple.object, "value", None) in kinds


def contains(known: set[Triple], conclusion: set[Triple]) -> bool:
    """Whether the conclusion is in `known`, its blank nodes standing for anything."""
    goal = {triple for triple in conclusion if not is_declaration(triple)} or conclusion
    store = Store()
    store.extend(Quad(triple.subject, triple.predicate, triple.object) for triple in known)

    def pattern(term: object) -> str:
        return f"?b{term.value.encode().hex()}" if isinstance(term, BlankNode) else str(term)

    patterns = (" ".join(pattern(term) for term in (t.subject, t.predicate, t.object)) for t in goal)
    return bool(store.query("ASK { " + " . ".join(patterns) + " }"))


def passes(case: Case, closure: Closure, premise: set[Triple]) -> bool:
    known = premise | closure.inferred
    match case["type"]:
        case "inconsistency":
            return bool(closure.inconsistencies)
        case "consistency":
            return not closure.inconsistencies
        case "positive-entailment":
            return contains(known, triples(case["conclusion"], case["format"]))
        case _:
            entailed = contains(known, triples(case["conclusion"], case["format"]))
            return not closure.inconsistencies and not entailed


@NO_CASES
@pytest.mark.parametrize("case", cases(), ids=lambda case: case["id"])
def test_a_case_of_the_w3c_passes(case: Case) -> None:
    premise = triples(case["premise"], case["format"])
    closure = ForwardChainingReasoner().closure(premise, full=bool(case.get("axiomatic")))
    assert passes(case, closure, premise)


@NO_CASES
@pytest.mark.parametrize("case", one_for_each_rule(), ids=lambda case: case["id"])
def test_owlrl_passes_but_for_its_known_faults(case: Case) -> None:
    premise = triples(case["premise"], case["format"])
    closure = OwlrlReasoner().closure(premise)
    assert passes(case, closure, premise) == (case["id"] not in OWLRL_FAILS)


# Agreement of the engines

AXIOMS = (
    "{C} rdfs:subClassOf {C} .", "{C} owl:equivalentClass {C} .", "{C} owl:disjointWith {C} .",
    "{C} owl:complementOf {C} .", "{C} owl:intersectionOf ( {C} {C} ) .", "{C} owl:unionOf ( {C} {C} ) .",
    "{C} owl:oneOf ( {X} {X} ) .", "{C} rdfs:subClassOf {R} .", "{R} rdfs:subClassOf {C} .",
    "{C} owl:equivalentClass {R} .", "{P} rdfs:subPropertyOf {P} .", "{P} owl:equivalentProperty {P} .",
    "{P} owl:inverseOf {P} .", "{P} rdfs:domain {C} .", "{P} rdfs:range {C} .", "{P} owl:propertyDisjointWith {P} .",
    "{P} owl:propertyChainAxiom ( {P} {P} ) .", "{P} a owl:TransitiveProperty .", "{P} a owl:SymmetricProperty .",
    "{P} a owl:FunctionalProperty .", "{P} a owl:InverseFunctionalProperty .", "{P} a owl:IrreflexiveProperty .",
    "{P} a owl:AsymmetricProperty .", "{C} a owl:Class .", "{P} a owl:ObjectProperty .",
)  # fmt: skip
FACTS = ("{X} a {C} .", "{X} {P} {X} .", "{X} {P} {X} .", "{X} owl:sameAs {X} .", "{X} owl:differentFrom {X} .")
FACETS = (
    "owl:someValuesFrom {C}", "owl:allValuesFrom {C}", "owl:hasValue {X}", "owl:maxCardinality 1",
    "owl:maxQualifiedCardinality 1 ; owl:onClass {C}", "owl:someValuesFrom owl:Thing",
)  # fmt: skip


def small_ontology(
    chance: random.Random,
    axioms: Sequence[str] = AXIOMS,
    facts: Sequence[str] = FACTS,
    facets: Sequence[str] = FACETS,
) -> str:
    def fill(template: str) -> str:
        while "{" in template:
            for slot, choices in (
                ("{R}", ["[ a owl:Restriction ; owl:onProperty {P} ; " + chance.choice(facets) + " ]"]),
                ("{C}", [":A", ":B", ":C", ":D"]),
                ("{P}", [":p", ":q", ":r"]),
                ("{X}", [":x", ":y", ":z", ":w"]),
            ):
                template = template.replace(slot, chance.choice(choices), 1)
        return template

    said = [fill(chance.choice(axioms)) for _ in range(chance.randint(1, 7))]
    said += [fill(chance.choice(facts)) for _ in range(chance.randint(2, 7))]
    return "\n".join(said)


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False))
def test_both_engines_agree_on_small_ontologies(chance: random.Random) -> None:
    premise = turtle(small_ontology(chance))
    ours, theirs = ForwardChainingReasoner().closure(premise), OwlrlReasoner().closure(premise)
    assert ours.inferred == theirs.inferred
    assert bool(ours.inconsistencies) == bool(theirs.inconsistencies)


@cache
def sample() -> frozenset[Triple]:
    """The ontology and a document as a perfect reader would have read it."""
    writer, document = SHARED / "gold_to_rdf.py", SHARED / "corpus" / "briefing-2021.json"
    if not writer.exists():
        pytest.skip("../shared is not there")
    quads = subprocess.run([sys.executable, writer, document], capture_output=True, check=True).stdout
    facts = {quad.triple for quad in parse(quads, RdfFormat.N_QUADS)}
    return frozenset(facts | {quad.triple for quad in parse(path=ontology.path("milcoop.ttl"))})


def test_both_engines_agree_on_a_document_under_our_ontology() -> None:
    ours, theirs = ForwardChainingReasoner().closure(sample()), OwlrlReasoner().closure(sample())
    assert ours.inferred == theirs.inferred
    assert ours.inconsistencies == theirs.inconsistencies == ()
    takes_part = NamedNode(ontology.MC["participatesIn"])
    assert any(triple.predicate == takes_part for triple in ours.inferred)


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False))
def test_continuing_an_earlier_closure_is_closing_from_the_start(chance: random.Random) -> None:
    premise = sorted(turtle(small_ontology(chance)), key=str)
    part = set(premise[: chance.randint(0, len(premise))])
    reasoner = ForwardChainingReasoner()

    continued = reasoner.closure(premise, earlier=reasoner.closure(part))

    assert continued.inferred == reasoner.closure(premise).inferred
    assert set(continued.inconsistencies) == set(reasoner.closure(premise).inconsistencies)


# What a closure contains


def test_blank_nodes_keep_their_identity(reasoner: Reasoner) -> None:
    node = BlankNode("exercise1")
    premise = turtle(":Exercise rdfs:subClassOf :Activity .")
    premise.add(Triple(node, NamedNode(RDF["type"]), NamedNode("http://example.org/Exercise")))
    activity = Triple(node, NamedNode(RDF["type"]), NamedNode("http://example.org/Activity"))
    assert reasoner.closure(premise).inferred == {activity}


def test_no_premise_and_nothing_trivial_is_inferred(reasoner: Reasoner) -> None:
    premise = turtle(":A a owl:Class ; rdfs:subClassOf :B . :B a owl:Class . :x a :A, :B ; owl:sameAs :x .")
    assert reasoner.closure(premise).inferred == set()


def test_trivial_conclusions_are_kept_on_request(reasoner: Reasoner) -> None:
    full = reasoner.closure(turtle(":A a owl:Class . :x a :A ."), full=True).inferred
    assert full >= turtle(
        ":x owl:sameAs :x . :A rdfs:subClassOf :A, owl:Thing . owl:Nothing rdfs:subClassOf :A . "
        "rdfs:label a owl:AnnotationProperty . xsd:integer a rdfs:Datatype . owl:Thing a owl:Class ."
    )


def test_no_conclusion_has_a_literal_as_subject_or_a_blank_node_as_predicate(reasoner: Reasoner) -> None:
    inverse = "[ owl:inverseOf :r ]"
    premise = turtle(
        f':p rdfs:range :Name ; owl:inverseOf :q . :x :p "Щит"@ru ; :r :y . {inverse} a owl:ObjectProperty .'
    )
    for triple in reasoner.closure(premise, full=True).inferred:
        assert isinstance(triple.predicate, NamedNode)
        assert not isinstance(triple.subject, Literal)


def test_a_literal_is_given_back_as_it_was_written(reasoner: Reasoner) -> None:
    premise = turtle(':age rdfs:subPropertyOf :number . :x :age "007"^^xsd:integer .')
    assert reasoner.closure(premise).inferred == turtle(':x :number "007"^^xsd:integer .')


def test_a_value_is_not_repeated_in_other_spellings() -> None:
    premise = turtle(
        ':age rdfs:subPropertyOf :number . :x :age "7"^^xsd:integer . :y :weight "7.0"^^xsd:decimal .'
        "[ a owl:Restriction ; owl:onProperty :age ; owl:hasValue 7.0 ] rdfs:subClassOf :Seven ."
    )
    found = ForwardChainingReasoner().closure(premise).inferred
    assert found >= turtle(":x a :Seven . :x :number 7 .")
    assert not found & turtle(":x :number 7.0 . :x :age 7.0 . :y :weight 7 .")


# Contradictions

CONTRADICTIONS = {
    "eq-diff1": ":x owl:sameAs :y ; owl:differentFrom :y .",
    "prp-irp": ":p a owl:IrreflexiveProperty . :x :p :x .",
    "prp-asyp": ":p a owl:AsymmetricProperty . :x :p :y . :y :p :x .",
    "prp-pdw": ":p owl:propertyDisjointWith :q . :x :p :y ; :q :y .",
    "prp-npa1": "[ owl:sourceIndividual :x ; owl:assertionProperty :p ; owl:targetIndividual :y ] . :x :p :y .",
    "prp-npa2": '[ owl:sourceIndividual :x ; owl:assertionProperty :p ; owl:targetValue "a" ] . :x :p "a" .',
    "cls-nothing2": ":A rdfs:subClassOf owl:Nothing . :x a :A .",
    "cls-com": ":A owl:complementOf :B . :x a :A, :B .",
    "cls-maxc1": '[ a :A ; :p :y ] . :A owl:onProperty :p ; owl:maxCardinality "0"^^xsd:nonNegativeInteger .',
    "cax-dw": ":A owl:disjointWith :B . :x a :A, :B .",
}


@pytest.mark.parametrize(("rule", "text"), CONTRADICTIONS.items())
def test_a_contradiction_is_told_by_its_rule(reasoner: Reasoner, rule: str, text: str) -> None:
    assert {found.rule for found in reasoner.closure(turtle(text)).inconsistencies} == {rule}


def test_a_contradiction_names_its_premises_once() -> None:
    [found] = ForwardChainingReasoner().closure(turtle(CONTRADICTIONS["cax-dw"])).inconsistencies
    assert set(found.triples) == turtle(CONTRADICTIONS["cax-dw"])
    assert found.message.startswith("A thing is an instance of two disjoint classes: ")


ALL_DIFFERENT = "[ a owl:AllDifferent ; {} ( :x :y :z ) ] . :y owl:sameAs :z ."


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("eq-diff2", ALL_DIFFERENT.format("owl:members")),
        ("eq-diff3", ALL_DIFFERENT.format("owl:distinctMembers")),
        ("prp-adp", "[ a owl:AllDisjointProperties ; owl:members ( :p :q :r ) ] . :x :q :y ; :r :y ."),
        ("cax-adc", "[ a owl:AllDisjointClasses ; owl:members ( :A :B :C ) ] . :x a :B, :C ."),
        ("cls-maxqc1", ":A owl:onProperty :p ; owl:maxQualifiedCardinality 0 ; owl:onClass :B . "
                       ":x a :A ; :p :y . :y a :B ."),
        ("cls-maxqc2", ":A owl:onProperty :p ; owl:maxQualifiedCardinality 0 ; owl:onClass owl:Thing . "
                       ":x a :A ; :p :y ."),
        ("dt-diff", ':p a owl:FunctionalProperty . :x :p "5"^^xsd:integer, "6"^^xsd:integer .'),
        ("dt-not-type", ':p rdfs:range xsd:byte . :x :p "1000"^^xsd:integer .'),
    ],
)  # fmt: skip
def test_what_owlrl_overlooks_or_names_otherwise_is_found(rule: str, text: str) -> None:
    found = ForwardChainingReasoner().closure(turtle(text)).inconsistencies
    assert rule in {clash.rule for clash in found}


@pytest.mark.parametrize(
    "text",
    [
        ':p a owl:FunctionalProperty . :x :p "5"^^xsd:integer, "5.0"^^xsd:decimal .',
        ":A owl:hasKey ( :p :q ) . :x a :A ; :p 1 ; :q 2 . :y a :A ; :p 1 ; :q 3 . :x owl:differentFrom :y .",
        "[ a owl:AllDifferent ; owl:members ( :x :y :z ) ] . :x owl:sameAs :w .",
        ":A owl:intersectionOf _:broken . _:broken <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> :B .",
    ],
)
def test_what_only_looks_like_a_contradiction_is_none(text: str) -> None:
    assert ForwardChainingReasoner().closure(turtle(text)).inconsistencies == ()


def test_individuals_with_the_same_key_are_the_same() -> None:
    premise = turtle(":A owl:hasKey ( :p :q ) . :x a :A ; :p 1 ; :q 2 . :y a :A ; :p 1 ; :q 2 . :z :p 1 ; :q 2 .")
    assert ForwardChainingReasoner().closure(premise).inferred == turtle(":x owl:sameAs :y . :y owl:sameAs :x .")


def test_what_is_shipped_does_not_contradict_itself() -> None:
    shipped = [ontology.path("milcoop.ttl"), *ontology.reference_files()]
    premise = {quad.triple for file in shipped for quad in parse(path=file, rename_blank_nodes=True)}
    closure = ForwardChainingReasoner().closure(premise)
    assert closure.inconsistencies == ()
    assert NamedNode(OWL["sameAs"]) not in {triple.predicate for triple in closure.inferred}
