"""Inconsistencies as findings: the rule, what clashes, and the documents that it was read from."""

import json
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from graph.clashes import as_json, clashes
from graph.store import ShippedGraphs, Store, open_store
from graph.validate import as_json as as_json_report
from graph.validate import validate
from ontology import GRAPH_ONTOLOGY, RDF
from tests.graph.test_reasoner import turtle

EX = "http://example.org/"
AXIOMS = frozenset(turtle(":Exercise owl:disjointWith :Mission . :Drill rdfs:subClassOf :Exercise ."))


@pytest.fixture
def store() -> Store:
    opened = open_store("memory:", shipped=ShippedGraphs("clashing", ((GRAPH_ONTOLOGY, AXIOMS),)))
    with opened.transaction() as transaction:
        transaction.put_graph(EX + "document/1", turtle(":x a :Drill ."))
        transaction.put_graph(EX + "document/2", turtle(":x a :Mission . :y a :Mission ."))
    return opened


def test_an_inconsistency_names_what_clashes_and_whose_words_it_rests_on(store: Store) -> None:
    with store.snapshot() as snapshot:
        [clash] = clashes(snapshot)
    assert clash.inconsistency.rule == "cax-dw"
    assert clash.documents == (EX + "document/1", EX + "document/2")
    rests_on = {premise.triple: (premise.inferred, premise.rests_on) for premise in clash.premises}
    [exercise] = turtle(":x a :Exercise .")
    assert rests_on[exercise] == (True, (EX + "document/1", GRAPH_ONTOLOGY))
    [mission] = turtle(":x a :Mission .")
    assert rests_on[mission] == (False, (EX + "document/2",))


def test_the_finding_is_told_as_json(store: Store) -> None:
    with store.snapshot() as snapshot:
        [told] = json.loads(json.dumps([as_json(clash) for clash in clashes(snapshot)]))
    assert told["rule"] == "cax-dw"
    assert told["see"].startswith("https://www.w3.org/TR/owl2-profiles/")
    assert told["iri"].endswith("/rule/owl2rl/cax-dw")
    assert len(told["triples"]) == 3
    proofs = {
        triple["object"]: triple["proof"] for triple in told["triples"] if triple["predicate"] == f"<{RDF['type']}>"
    }
    drill = proofs[f"<{EX}Exercise>"]
    assert drill["rule"] == "cax-sco"
    assert [premise["stated_in"] for premise in drill["premises"]] == [[GRAPH_ONTOLOGY], [EX + "document/1"]]
    mission = proofs[f"<{EX}Mission>"]
    assert (mission["rule"], mission["stated_in"]) == (None, [EX + "document/2"])


def test_the_validation_report_tells_the_documents(store: Store, tmp_path: Path) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text("@prefix sh: <http://www.w3.org/ns/shacl#> . [] a sh:NodeShape .")
    with store.snapshot() as snapshot:
        report = validate(snapshot, shapes)
    assert not report.conforms
    [result] = report.results
    assert result.documents == (EX + "document/1", EX + "document/2")
    triples = {quad.triple for quad in parse(report.turtle, RdfFormat.TURTLE)}
    derived = {t.object for t in triples if t.predicate.value.endswith("wasDerivedFrom")}
    assert {NamedNode(document) for document in result.documents} <= derived
    assert sum(t.predicate == NamedNode(RDF["predicate"]) for t in triples) == 3
    [told] = json.loads(json.dumps(as_json_report(report)))["inconsistencies"]
    assert [triple["proof"]["triple"] for triple in told["triples"]] == [
        f"{triple['subject']} {triple['predicate']} {triple['object']}" for triple in told["triples"]
    ]


def test_withdrawing_one_of_the_documents_mends_it(store: Store) -> None:
    with store.transaction() as transaction:
        transaction.drop_graph(EX + "document/1")
    with store.snapshot() as snapshot:
        assert list(clashes(snapshot)) == []
