"""`milcoop explain` and `KnowledgeGraph.explain`: proofs for people and for programs."""

import json
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from milcoop import KnowledgeGraph
from ontology import OWL, PROV

from .conftest import run

UNIFIL = ("id:state/KAZ", "mc:contributesTo", "id:mission/UNIFIL")


def test_a_proof_is_a_tree_down_to_the_words(samples: Path) -> None:
    told = run("explain", *UNIFIL, "--store", samples)

    assert told.returncode == 0
    assert "[prp-spo2]" in told.stdout and "[prp-inv2]" in told.stdout
    assert "( mc:contributorOf mc:deployedTo )" in told.stdout
    assert "stated by the ontology" in told.stdout
    assert "«С 2018 года казахстанский контингент" in told.stdout


def test_further_proofs_are_told_on_request(samples: Path) -> None:
    one = run("explain", *UNIFIL, "--store", samples).stdout
    two = run("explain", *UNIFIL, "--limit", "2", "--store", samples).stdout
    every = run("explain", *UNIFIL, "--all", "--store", samples).stdout
    assert (one.count("inferred in"), two.count("inferred in")) == (1, 2)
    assert every.count("inferred in") >= 2


def test_a_proof_is_told_as_json_and_in_rdf(samples: Path) -> None:
    told = json.loads(run("explain", *UNIFIL, "--format", "json", "--store", samples).stdout)
    assert told["proofs"][0]["rule"] == "prp-spo2"
    turtle = run("explain", *UNIFIL, "--format", "turtle", "--store", samples).stdout
    triples = [quad.triple for quad in parse(turtle, RdfFormat.TURTLE)]
    assert PROV["wasDerivedFrom"] in {triple.predicate.value for triple in triples}


def test_what_does_not_hold_tells_what_is_missing(samples: Path) -> None:
    told = run("explain", "id:state/KAZ", "mc:memberOf", "id:organization/NATO", "--store", samples)
    assert told.returncode == 1
    assert "organization:NATO mc:hasMember state:KAZ   [prp-inv2]" in told.stdout
    assert "since mc:memberOf owl:inverseOf mc:hasMember" in told.stdout


def test_of_what_documents_deny_their_words_are_told(samples: Path) -> None:
    denied = ("state:FRA", "mc:suppliesTo", "state:KAZ")
    told = run("explain", *denied, "--store", samples)
    assert told.returncode == 1
    assert "denied by a document:" in told.stdout
    assert (
        "«A report that Kazakhstan would buy fighters from France was denied by the Ministry of Defence.»"
        in told.stdout
    )
    (claim,) = json.loads(run("explain", *denied, "--format", "json", "--store", samples).stdout)["denied"]
    assert claim["modality"].endswith("/denied") and claim["passages"]


def test_a_word_that_the_graph_does_not_know_is_named(samples: Path) -> None:
    told = run("explain", "state:KAZ", "mc:membrOf", "organization:CSTO", "--store", samples)
    assert told.returncode == 1 and "the graph says nothing of mc:membrOf" in told.stdout


def test_what_is_trivial_is_told_by_its_rule(samples: Path) -> None:
    told = run("explain", "id:state/KAZ", f"{OWL}sameAs", "id:state/KAZ", "--store", samples)
    assert told.returncode == 0 and "[eq-ref]" in told.stdout


@pytest.mark.parametrize("option", [("--format", "picture"), ("--limit", "0")])
def test_options_that_there_are_not_are_refused(samples: Path, option: tuple[str, str]) -> None:
    assert run("explain", *UNIFIL, *option, "--store", samples).returncode == 2


def test_programs_get_proofs_as_values(samples: Path) -> None:
    with KnowledgeGraph(samples) as graph:
        explanation = graph.explain(*UNIFIL, limit=2)
    assert explanation.holds and explanation.inferred
    first, second = explanation.proofs
    assert first.size <= second.size and first != second
