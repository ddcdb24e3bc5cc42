"""The rules of OWL 2 RL/RDF as data, and the engine that they are compiled for."""

import random
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from threading import Event, Thread
from typing import IO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

import ontology
from bench.reasoning.generate import write_graph
from graph.reasoner import Closure, Owl2RlReasoner, OwlrlReasoner
from graph.reasoner.errors import ReasonerError
from graph.reasoner.literals import IllTyped, value_of
from graph.reasoner.owl2rl.coding import TooManyTerms
from graph.reasoner.owl2rl.files import close_ntriples
from graph.reasoner.owl2rl.notation import Rule, Variable, parse_rules, shipped_rules
from graph.reasoner.owl2rl.writing import Coded
from ontology import MC, OWL, RDF
from tests.graph.plain_engine import ForwardChainingReasoner
from tests.graph.test_reasoner import (
    AXIOMS,
    FACETS,
    FACTS,
    NO_CASES,
    Case,
    cases,
    one_for_each_rule,
    passes,
    sample,
    small_ontology,
    triples,
    turtle,
)

# The rules

SIZES_OF_TABLES = {"eq": 9, "prp": 20, "cls": 19, "cax": 5, "dt": 5, "scm": 20}
"""How many rules of each kind Tables 4-9 of the recommendation have."""


def test_all_rules_of_the_recommendation_are_there_once() -> None:
    names = [rule.name for rule in shipped_rules()]
    assert len(names) == len(set(names)) == 78
    kinds = [name.split("-")[0] for name in names]
    assert {kind: kinds.count(kind) for kind in kinds} == SIZES_OF_TABLES


def test_no_conclusion_has_a_variable_that_no_premise_binds() -> None:
    for rule in shipped_rules():
        unrolled = rule.unrolled(3)
        bound = {name for atom in unrolled.body for name in atom.variables}
        bound |= {variable.name for test in unrolled.tests for variable in test.arguments}
        if (pattern := unrolled.list_pattern) is not None:
            bound |= {variable.name for variable in pattern.members}
        assert {name for atom in unrolled.head for name in atom.variables} <= bound, rule.name


def rule(text: str) -> Rule:
    [parsed] = parse_rules(text)
    return parsed


def shown(rule: Rule) -> str:
    def word(term: object) -> str:
        return f"?{term.name}" if isinstance(term, Variable) else "…"

    return ", ".join(" ".join(map(word, atom.terms)) for atom in (*rule.body, *rule.head))


def test_a_rule_over_all_members_of_a_list_stands_for_one_of_each_length() -> None:
    chain = rule("c: ?p owl:propertyChainAxiom (?p1 … ?pn), ?u1 ?p1 ?u2, …, ?un ?pn ?un+1 => ?u1 ?p ?un+1")
    assert shown(chain.unrolled(1)) == "?p … …, ?u1 ?p1 ?u2, ?u1 ?p ?u2"
    assert shown(chain.unrolled(3)) == "?p … …, ?u1 ?p1 ?u2, ?u2 ?p2 ?u3, ?u3 ?p3 ?u4, ?u1 ?p ?u4"


@pytest.mark.parametrize(
    "text", ["no rule", "x: ?s ?p => ?s ?p ?o", "x: ?s what:is ?o => false", "x: ?s § ?o => false"]
)
def test_what_is_not_in_the_notation_is_refused(text: str) -> None:
    with pytest.raises(ReasonerError):
        parse_rules(text)


# The engine


@NO_CASES
@pytest.mark.parametrize("case", cases(), ids=lambda case: case["id"])
def test_a_case_of_the_w3c_passes(case: Case) -> None:
    premise = triples(case["premise"], case["format"])
    closure = Owl2RlReasoner().closure(premise, full=bool(case.get("axiomatic")))
    assert passes(case, closure, premise)


FURTHER_AXIOMS = (
    "{C} owl:hasKey ( {P} {P} ) .", "[ a owl:AllDisjointClasses ; owl:members ( {C} {C} {C} ) ] .",
    "[ a owl:AllDifferent ; owl:members ( {X} {X} {X} ) ] .", "{P} rdfs:range xsd:integer .",
    "{P} rdfs:subPropertyOf owl:sameAs .", "{P} rdfs:domain owl:Thing .", "owl:Thing rdfs:subClassOf {C} .",
    "{C} owl:intersectionOf ( {C} ) .", "{P} owl:propertyChainAxiom ( {P} ) .",
    "{P} owl:propertyChainAxiom ( {P} {P} {P} ) .", "[ a owl:AllDisjointProperties ; owl:members ( {P} {P} ) ] .",
    "[ owl:sourceIndividual {X} ; owl:assertionProperty {P} ; owl:targetIndividual {X} ] .",
    "{P} rdfs:subPropertyOf rdfs:subClassOf .", "rdfs:subClassOf rdfs:subPropertyOf {P} .",
)  # fmt: skip
FURTHER_FACTS = ("{X} {P} 5 .", "{X} {P} 5.0 .", '{X} {P} "a" .', '{X} {P} "five"^^xsd:integer .')
FURTHER_FACETS = ("owl:hasValue 5", "owl:maxCardinality 0", "owl:maxQualifiedCardinality 0 ; owl:onClass {C}")


def any_ontology(chance: random.Random) -> set[Triple]:
    """A small ontology of all constructs, those that are rare or that owlrl gets wrong too."""
    axioms, facts, facets = AXIOMS + FURTHER_AXIOMS, FACTS + FURTHER_FACTS, FACETS + FURTHER_FACETS
    return turtle(small_ontology(chance, axioms, facts, facets))


EVERY_RULE = settings(max_examples=100, deadline=None)


def by_value(triples: set[Triple], premise: set[Triple]) -> set[tuple[object, ...]]:
    """What is said by triples that no premise says in another spelling."""

    def said(found: set[Triple]) -> set[tuple[object, ...]]:
        return {(triple.subject, triple.predicate, value(triple.object)) for triple in found}

    def value(term: object) -> object:
        try:
            return value_of(term) or term if isinstance(term, Literal) else term
        except IllTyped:
            return term

    return said(triples) - said(premise)


@EVERY_RULE
@given(st.randoms(use_true_random=False))
def test_the_closure_is_that_of_the_engine_in_plain_python(chance: random.Random) -> None:
    premise = any_ontology(chance)
    ours, theirs = Owl2RlReasoner().closure(premise), ForwardChainingReasoner().closure(premise)
    assert by_value(ours.inferred, premise) == by_value(theirs.inferred, premise)
    assert bool(ours.inconsistencies) == bool(theirs.inconsistencies)


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_closure_is_that_of_owlrl(chance: random.Random) -> None:
    premise = turtle(small_ontology(chance))
    ours, theirs = Owl2RlReasoner().closure(premise), OwlrlReasoner().closure(premise)
    assert ours.inferred == theirs.inferred
    assert bool(ours.inconsistencies) == bool(theirs.inconsistencies)


@EVERY_RULE
@given(st.randoms(use_true_random=False))
def test_the_full_closure_is_that_of_the_engine_in_plain_python(chance: random.Random) -> None:
    premise = any_ontology(chance)
    ours = Owl2RlReasoner().closure(premise, full=True).inferred
    theirs = ForwardChainingReasoner().closure(premise, full=True).inferred
    same = NamedNode(OWL["sameAs"])
    assert ours - theirs <= {Triple(same, same, same)}  # which only eq-ref itself brings in
    assert theirs <= ours


@EVERY_RULE
@given(st.randoms(use_true_random=False))
def test_continuing_an_earlier_closure_is_closing_from_the_start(chance: random.Random) -> None:
    premise = sorted(any_ontology(chance), key=str)
    part = set(premise[: chance.randint(0, len(premise))])
    reasoner = Owl2RlReasoner()
    assert reasoner.closure(premise, earlier=reasoner.closure(part)) == reasoner.closure(premise)


def test_the_closures_of_what_is_shipped_and_a_document_agree() -> None:
    files = [ontology.path("milcoop.ttl"), *ontology.reference_files()]
    premise = sample() | {quad.triple for file in files for quad in parse(path=file, rename_blank_nodes=True)}
    ours, theirs = Owl2RlReasoner().closure(premise), ForwardChainingReasoner().closure(premise)
    assert ours == theirs
    assert any(triple.predicate.value == MC["participatesIn"] for triple in ours.inferred)


def test_what_is_inferred_from_axioms_that_come_later_is_not_lost() -> None:
    reasoner = Owl2RlReasoner()
    facts = turtle(":x :p :y . :y :p :z .")
    earlier = reasoner.closure(facts)
    assert earlier.inferred == set()
    later = reasoner.closure(facts | turtle(":p a owl:TransitiveProperty ."), earlier=earlier)
    assert later.inferred == turtle(":x :p :z .")


def test_a_conclusion_that_is_an_axiom_is_applied() -> None:
    premise = turtle(":narrower rdfs:subPropertyOf rdfs:subClassOf . :A :narrower :B . :x a :A .")
    assert Owl2RlReasoner().closure(premise).inferred == turtle(":A rdfs:subClassOf :B . :x a :B .")


def test_a_chain_of_any_length_is_followed() -> None:
    steps = " ".join(f":p{n}" for n in range(12))
    facts = " ".join(f":x{n} :p{n} :x{n + 1} ." for n in range(12))
    premise = turtle(f":p owl:propertyChainAxiom ( {steps} ) . {facts}")
    assert Owl2RlReasoner().closure(premise).inferred == turtle(":x0 :p :x12 .")


# From text to text


def n_triples(triples: set[Triple]) -> bytes:
    return "".join(f"{triple} .\n" for triple in sorted(triples, key=str)).encode()


@EVERY_RULE
@given(st.randoms(use_true_random=False))
def test_the_closure_of_text_is_that_of_its_triples(chance: random.Random) -> None:
    premise = any_ontology(chance)
    ours, expected = close_ntriples(n_triples(premise)), Owl2RlReasoner().closure(premise)
    found = [quad.triple for quad in parse(bytes(ours.inferred), RdfFormat.N_TRIPLES)]
    assert set(found) == expected.inferred
    assert len(found) == ours.count == len(expected.inferred)
    assert ours.inconsistencies == expected.inconsistencies


@pytest.mark.parametrize(
    "facts",
    [
        '<http://example.org/x> <http://example.org/age> "\\u0041" .',
        '<http://example.org/x>   <http://example.org/age>\t"A" . # told by nobody',
        '\n<http://example.org/x> <http://example.org/age> "A"^^<http://www.w3.org/2001/XMLSchema#string>.',
    ],
)
def test_terms_are_known_again_however_they_are_written(facts: str) -> None:
    axioms = n_triples(turtle(':A owl:onProperty :age ; owl:hasValue "A" .'))
    told = close_ntriples(axioms + facts.encode())
    assert bytes(told.inferred).decode() == f"<http://example.org/x> <{RDF['type']}> <http://example.org/A> .\n"


def closed_by_database(premise: set[Triple]) -> Closure:
    ours = close_ntriples(n_triples(premise), engine="database")
    return Closure({quad.triple for quad in parse(bytes(ours.inferred), RdfFormat.N_TRIPLES)}, ours.inconsistencies)


@NO_CASES
@pytest.mark.parametrize("case", one_for_each_rule(), ids=lambda case: case["id"])
def test_a_case_of_the_w3c_passes_in_the_database(case: Case) -> None:
    premise = triples(case["premise"], case["format"])
    assert passes(case, closed_by_database(premise), premise)


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_closure_in_the_database_is_that_in_memory(chance: random.Random) -> None:
    premise = any_ontology(chance)
    assert closed_by_database(premise) == Owl2RlReasoner().closure(premise)


@pytest.mark.parametrize(
    "axioms",
    [
        ":p a owl:SymmetricProperty, owl:TransitiveProperty .",
        ":p rdfs:subPropertyOf owl:sameAs .",
        ":p owl:inverseOf :q . :q a owl:FunctionalProperty .",
        ":p owl:inverseOf :q . :s owl:propertyChainAxiom (:r :q) .",
        ":p owl:inverseOf :q . :q rdfs:domain :D . [] owl:onProperty :r ; owl:someValuesFrom :D ; rdfs:subClassOf :E .",
    ],
)
def test_literals_that_become_subjects_meet_those_of_the_same_value_in_the_database(axioms: str) -> None:
    premise = set(turtle(axioms + " :x :p 5 ; :r 5.0 . :y :r 5.0, 5 . :z :p 5.00 ."))
    expected = Owl2RlReasoner().closure(premise)
    assert expected.inferred
    assert closed_by_database(premise) == expected


@pytest.mark.parametrize("engine", ["vectors", "database"])
def test_of_many_things_that_are_the_same_each_is_each_and_is_told_what_each_is(engine: str) -> None:
    names = [f"<http://example.org/{number}>" for number in range(200)]
    said = "".join(f"{one} <{OWL['sameAs']}> {other} .\n" for one, other in pairwise(names))
    said += f"{names[0]} <http://example.org/p> {names[-1]} .\n"
    told = close_ntriples(said.encode(), engine=engine)
    pairs, facts = 200 * 199, 200 * 200
    assert told.count == pairs + facts - 199 - 1


@pytest.mark.parametrize("text", ["<http://example.org/x> .\n", '"a" <http://e.org/p> "b" .\n', "<a> <b> <c> .\n", "x"])
def test_what_is_not_n_triples_is_refused(text: str) -> None:
    with pytest.raises(SyntaxError):
        close_ntriples(text.encode())


def test_a_triple_term_is_told_not_to_be_readable() -> None:
    with pytest.raises(ReasonerError, match="triple terms"):
        close_ntriples(
            b"<http://e.org/x> <http://e.org/p> <<( <http://e.org/a> <http://e.org/b> <http://e.org/c> )>> .\n"
        )


def test_a_graph_of_more_terms_than_vectors_hold_is_closed_by_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: object, term: object) -> int:
        raise TooManyTerms

    premise = any_ontology(random.Random(7))
    expected = Owl2RlReasoner().closure(premise)
    monkeypatch.setattr("graph.reasoner.owl2rl.coding.Coding._new", full)
    assert Owl2RlReasoner().closure(premise) == expected


def test_what_does_not_fit_into_memory_is_spilt_to_disk_and_follows_all_the_same(tmp_path: Path) -> None:
    file, spill = tmp_path / "graph.nt", tmp_path / "spill"
    spill.mkdir()
    write_graph(file, 100_000)
    expected = close_ntriples(file.read_bytes(), engine="vectors")
    most, done = 0, Event()

    def watch() -> None:
        nonlocal most
        while not done.wait(0.001):
            with suppress(OSError):  # files come and go
                most = max(most, sum(part.stat().st_size for part in spill.rglob("*") if part.is_file()))

    watching = Thread(target=watch)
    watching.start()
    try:
        spilt = close_ntriples(file.read_bytes(), engine="database", spill=spill, memory="32MB", threads=1)
    finally:
        done.set()
        watching.join()
    assert most > 0
    assert sorted(bytes(spilt.inferred).splitlines()) == sorted(bytes(expected.inferred).splitlines())


def test_of_nothing_nothing_follows() -> None:
    assert close_ntriples(b"").count == 0


def test_a_line_longer_than_what_is_coded_at_a_time_is_coded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.reasoner.owl2rl.writing._PART", 64)

    def asserted(out: IO[bytes]) -> None:
        for piece in (b'<urn:a> <urn:b> "', b"x" * 100, b"y" * 100, b'" .\n'):
            out.write(piece)

    def told(out: IO[bytes]) -> None:
        out.write(b"<urn:a> <urn:b> <urn:c> .\n")

    with Coded(asserted, told) as coded:
        tables = coded.tables()
    assert tables is not None
    assert [len(table.subject) for table in tables] == [1, 1]
