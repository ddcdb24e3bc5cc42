"""A perfect reading, written as RDF and read back with the vocabulary of the contract, is the annotation again."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pyoxigraph
import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from loaders.documents import DocumentRecord
from loaders.to_rdf import reading_to_triples
from ontology import CONCEPT, GRAPH_REFERENCE, ID, MC, entity, path, reference_files
from tests.loaders.annotated import ORGANIZATIONS, PerfectReader, read_annotation, shared

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


def module(name: str) -> ModuleType:
    path = shared() / f"{name}.py"
    if not path.exists():
        pytest.skip(f"{path.name} of the shared folder is not here")
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


class MergedStore:
    """Documents' graphs, the codes of the reference graph, and the merge of all as default graph."""

    def __init__(self) -> None:
        self.rdf = pyoxigraph.Store()

    def add(self, graph: str, triples: list[Any]) -> None:
        for triple in triples:
            for name in (NamedNode(graph), DefaultGraph()):
                self.rdf.add(Quad(triple.subject, triple.predicate, triple.object, name))

    def add_codes(self) -> None:
        """The codes by which annotations name states, organizations and missions."""
        for iri in {t.value for q in self.rdf for t in (q.subject, q.object) if isinstance(t, NamedNode)}:
            kind, _, code = iri.removeprefix(ID).partition("/")
            if not iri.startswith(ID) or "/" in code:
                continue
            if kind == "state":
                self.add(GRAPH_REFERENCE, [Quad(NamedNode(iri), NamedNode(MC["iso3"]), Literal(code)).triple])
            elif code in ORGANIZATIONS or (kind == "mission" and code.isupper()):
                name = Literal(code, language="en")
                self.add(GRAPH_REFERENCE, [Quad(NamedNode(iri), NamedNode(MC["abbreviation"]), name).triple])

    def rows(self, query: str) -> list[dict[str, str]]:
        solutions = self.rdf.query(query)
        assert isinstance(solutions, pyoxigraph.QuerySolutions)
        names = [v.value for v in solutions.variables]
        return [{n: str(getattr(t, "value", t)) for n in names if (t := row[n]) is not None} for row in solutions]


def read_back(store: MergedStore, folder: Path) -> None:
    facts = module("facts")

    class Endpoint:
        def rows(self, query: str) -> list[dict[str, str]]:
            return store.rows(facts.PREFIXES + query)

    endpoint = Endpoint()
    names = facts.Names(endpoint)
    for row in endpoint.rows("SELECT ?d ?s ?l { ?d a mc:Document ; mc:source ?s ; dc:language ?l }"):
        found = facts.Reader(endpoint, names, row["d"], row["l"]).read()
        (folder / row["s"]).with_suffix(".json").write_text(json.dumps(found, ensure_ascii=False), "utf-8")


def store_of(annotations: list[Path]) -> MergedStore:
    store = MergedStore()
    for file in annotations:
        text = file.with_suffix(".txt").name
        annotation = read_annotation(file)
        reading = PerfectReader(annotation, text).read()
        document = DocumentRecord(entity("document", file.stem), text, "0" * 64, language=reading.language)
        store.add(document.iri, reading_to_triples(reading, text, document))
    store.add_codes()
    return store


@pytest.mark.parametrize("corpus", ["corpus", "samples"])
def test_nothing_is_lost_or_invented_between_reading_and_graph(corpus: str, tmp_path: Path) -> None:
    gold = SAMPLES if corpus == "samples" else shared() / "corpus"
    annotations = sorted(gold.glob("*.json"))
    if not annotations:
        pytest.skip("the annotated corpus is not here")

    read_back(store_of(annotations), tmp_path)
    result = module("score").score(gold, tmp_path)

    assert result["total"]["gold"] > 300
    assert result["errors"] == {}
    assert result["total"]["f1"] == 1.0


def test_every_term_and_concept_that_is_written_is_one_of_the_ontology() -> None:
    written = store_of(sorted(SAMPLES.glob("*.json"))).rdf
    terms = {term.value for quad in written for term in (quad.predicate, quad.object) if isinstance(term, NamedNode)}
    files = [path("milcoop.ttl"), *reference_files()]
    defined = {
        quad.subject.value
        for file in files
        for quad in parse(path=str(file), format=RdfFormat.TURTLE)
        if isinstance(quad.subject, NamedNode)
    }
    assert len(terms) > 50
    assert {term for term in terms if term.startswith((MC, CONCEPT))} - defined == set()
