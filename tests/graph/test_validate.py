"""Validation: what the shapes and the reasoner find wrong, for people and as RDF."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pyshacl
import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from graph.errors import BadInput
from graph.store import ShippedGraphs, Snapshot, Store, open_store
from graph.validate import ValidationReport, validate
from ontology import GRAPH_ONTOLOGY, MC, entity

EX = "http://example.org/"
SH = "http://www.w3.org/ns/shacl#"
PREFIXES = f"""
@prefix : <{EX}> . @prefix sh: <{SH}> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
SHAPES = (
    PREFIXES
    + """
:DeploymentShape a sh:NodeShape ; sh:targetClass :Deployment ;
  sh:property [ sh:path :actor ; sh:minCount 1 ;
      sh:message "A deployment has an actor."@en , "У участия есть участник."@ru ] ,
    [ sh:path :headcount ; sh:datatype xsd:integer ] ,
    [ sh:path ( :activity :place ) ; sh:minCount 1 ; sh:severity sh:Warning ; sh:message "Where is it?" ] .
"""
)


def turtle(text: str) -> set[Triple]:
    return {quad.triple for quad in parse(PREFIXES + text, RdfFormat.TURTLE)}


AXIOMS = frozenset(turtle(":Deployment rdfs:subClassOf :Relation ; owl:disjointWith :Activity ."))

State = Callable[[str], Snapshot]


@pytest.fixture
def shapes(tmp_path: Path) -> Path:
    file = tmp_path / "shapes.ttl"
    file.write_text(SHAPES)
    return file


@pytest.fixture
def state() -> Iterator[State]:
    """The state of a store with one document that says what the given Turtle says."""
    opened: list[Store] = []

    def make(text: str) -> Snapshot:
        store = open_store("memory:", shipped=ShippedGraphs("test", ((GRAPH_ONTOLOGY, AXIOMS),)))
        opened.append(store)
        with store.transaction() as transaction:
            transaction.put_graph(EX + "document/1", turtle(text))
        return store.snapshot()

    yield make
    for store in opened:
        store.close()


WELL_FORMED = ':d a :Deployment ; :actor :KAZ ; :headcount 120 ; :activity :UNIFIL . :UNIFIL :place "Lebanon" .'
FAULTY = ':d a :Deployment ; :headcount "many" ; :activity :UNIFIL .'


def results(report: ValidationReport) -> list[tuple[str, str | None, str]]:
    return [(result.severity, result.path, result.message()) for result in report.results]


def test_a_well_formed_graph_conforms(state: State, shapes: Path) -> None:
    report = validate(state(WELL_FORMED), shapes)
    assert report.conforms
    assert report.results == ()


def test_each_fault_is_told_with_its_place_violations_first(state: State, shapes: Path) -> None:
    report = validate(state(FAULTY), shapes)

    assert not report.conforms
    assert {result.focus for result in report.results} == {NamedNode(EX + "d")}
    assert {result.shape for result in report.results} == {EX + "DeploymentShape"}
    assert sorted(results(report), key=str) == [
        ("Violation", EX + "actor", "A deployment has an actor."),
        ("Violation", EX + "headcount", "DatatypeConstraintComponent"),
        ("Warning", f"(<{EX}activity>/<{EX}place>)", "Where is it?"),
    ]
    assert [result.severity for result in report.results] == ["Violation", "Violation", "Warning"]
    assert Literal("many") in {result.value for result in report.results}
    assert (report.count("Violation"), report.count("Warning")) == (2, 1)


def test_each_of_many_results_keeps_its_own_severity_property_and_message(state: State, shapes: Path) -> None:
    nodes = [f"d{number:02}" for number in range(8)]
    report = validate(state(" ".join(f":{node} a :Deployment ; :headcount {node[1:]} ." for node in nodes)), shapes)

    assert sorted((str(r.focus), *found) for r, found in zip(report.results, results(report), strict=True)) == sorted(
        (f"<{EX}{node}>", *found)
        for node in nodes
        for found in (
            ("Violation", EX + "actor", "A deployment has an actor."),
            ("Warning", f"(<{EX}activity>/<{EX}place>)", "Where is it?"),
        )
    )
    assert {result.shape for result in report.results} == {EX + "DeploymentShape"}


def test_a_message_comes_in_the_language_asked_for(state: State, shapes: Path) -> None:
    [result] = [r for r in validate(state(FAULTY), shapes).results if r.path == EX + "actor"]
    assert result.message("ru") == "У участия есть участник."
    assert result.message("kk") == result.message("en") == "A deployment has an actor."


def test_a_warning_alone_does_not_fail(state: State, shapes: Path) -> None:
    report = validate(state(":d a :Deployment ; :actor :KAZ ."), shapes)
    assert report.conforms
    assert [result.severity for result in report.results] == ["Warning"]


def test_a_contradiction_is_a_violation_with_the_name_of_the_rule(state: State, shapes: Path) -> None:
    report = validate(state(WELL_FORMED + " :d a :Activity ."), shapes)

    assert not report.conforms
    [result] = report.results
    assert result.focus == NamedNode(EX + "d")
    assert result.shape.endswith("/cax-dw")
    assert "disjoint" in result.message()


def test_the_report_in_rdf_says_the_same(state: State, shapes: Path) -> None:
    report = validate(state(FAULTY + " :d a :Activity ."), shapes)

    graph = rdflib.Graph().parse(data=report.turtle, format="turtle")
    sh = rdflib.Namespace(SH)
    [node] = graph.subjects(rdflib.RDF.type, sh.ValidationReport)
    assert graph.value(node, sh.conforms) == rdflib.Literal(False)
    described = {
        (str(graph.value(result, sh.focusNode)), str(graph.value(result, sh.resultSeverity)).removeprefix(SH))
        for result in graph.objects(node, sh.result)
    }
    assert described == {(EX + "d", "Violation"), (EX + "d", "Warning")}
    assert len(list(graph.objects(node, sh.result))) == len(report.results) == 4


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # pyshacl's own calls of rdflib
def test_another_validator_finds_the_same(state: State, shapes: Path) -> None:
    snapshot = state(FAULTY)
    data = rdflib.Graph()
    for triple in snapshot.triples():
        data.parse(data=f"{triple} .", format="nt")
    _, theirs, _ = pyshacl.validate(data, shacl_graph=str(shapes), inference="none")
    assert isinstance(theirs, rdflib.Graph)
    sh = rdflib.Namespace(SH)
    found = {
        (str(theirs.value(result, sh.resultSeverity)), str(theirs.value(result, sh.sourceConstraintComponent)))
        for result in theirs.subjects(rdflib.RDF.type, sh.ValidationResult)
    }
    ours = {(SH + result.severity, result.component) for result in validate(snapshot, shapes).results}
    assert ours == found


@pytest.mark.parametrize("content", [None, "@prefix :"])
def test_shapes_that_cannot_be_used_are_told_in_a_sentence(state: State, tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "mine.ttl"
    if content is not None:
        file.write_text(content)
    with pytest.raises(BadInput, match=r"mine\.ttl"):
        validate(state(WELL_FORMED), file)


def test_what_is_shipped_conforms_to_our_shapes_and_a_fault_in_a_document_does_not() -> None:
    with open_store("memory:") as store:
        with store.snapshot() as snapshot:
            shipped = validate(snapshot)
        assert [result for result in shipped.results if result.severity == "Violation"] == []

        kazakhstan = NamedNode(entity("state", "KAZ"))
        with store.transaction() as transaction:
            transaction.put_graph(EX + "document/1", {Triple(kazakhstan, NamedNode(MC["iso3"]), Literal("Казахстан"))})
        with store.snapshot() as snapshot:
            report = validate(snapshot)
        assert not report.conforms
        assert kazakhstan in {result.focus for result in report.results}
