"""The rules on Apache Spark: a real local one, the W3C's cases and a generated graph, in one run."""

import hashlib
import importlib.util
import os
import shlex
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, parse

from bench.reasoning.generate import write_graph
from graph.reasoner.owl2rl.files import close_ntriples
from graph.reasoner.trivial import is_built_in
from milcoop.cli import main
from ontology import OWL, RDF
from tests.graph.test_reasoner import Case, cases, contains, triples

if TYPE_CHECKING:
    from graph.reasoner.spark import SparkClosure

pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None, reason="no java: apt-get install openjdk-17-jre-headless"),
    pytest.mark.skipif(importlib.util.find_spec("pyspark") is None, reason="no pyspark: pip install 'milcoop[spark]'"),
    pytest.mark.filterwarnings("ignore"),
]

GENERATED = 4_000
QUICK = {
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.adaptive.enabled": "false",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
}
"""What halves the time of a thousand small queries: compiling less than for a few large ones."""

ANYWHERE = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.network.timeout": "1200s",
    "spark.executor.heartbeatInterval": "300s",
}
"""What a machine without a network needs, and one that does much else."""

ABOUT_TERMS = {OWL[name] for name in ("equivalentClass", "sameAs", "equivalentProperty")}


def renamed(case: str, found: set[Triple], *, nodes: bool = True) -> set[Triple]:
    """The triples with names of the case's own, so that many cases can stand in one graph."""

    def name(term: object) -> object:
        if isinstance(term, BlankNode) and nodes:
            return NamedNode(f"https://cases.example/{case}/node/{term.value}")
        if isinstance(term, NamedNode) and not is_built_in(term.value):
            return NamedNode(f"https://cases.example/{case}/{hashlib.sha256(term.value.encode()).hexdigest()[:16]}")
        return term

    return {Triple(*map(name, triple)) for triple in found}  # type: ignore[arg-type]


@cache
def premises() -> dict[str, set[Triple]]:
    """The premises of the cases, each parsed once: the parser names blank nodes anew each time."""
    return {case["id"]: renamed(case["id"], triples(case["premise"], case["format"])) for case in apart()}


def apart() -> list[Case]:
    """The cases that say nothing of the built-in vocabulary, which they would say of each other's things too."""
    return [
        case
        for case in cases()
        if not case.get("axiomatic")
        and not any(
            isinstance(term, NamedNode) and is_built_in(term.value)
            for triple in triples(case["premise"], case["format"])
            for term in (triple.subject, *([triple.object] if triple.predicate.value in ABOUT_TERMS else []))
        )
    ]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The premises of all cases, and a generated graph, as N-Triples."""
    file = tmp_path_factory.mktemp("spark") / "graph.nt"
    write_graph(file, GENERATED)
    with file.open("a", encoding="utf-8") as out:
        for premise in premises().values():
            out.writelines(f"{triple} .\n" for triple in premise)
    return file


@pytest.fixture(scope="module")
def closure(graph: Path) -> Iterator[tuple["SparkClosure", set[Triple]]]:
    from graph.reasoner.spark import close_files

    options = [part for name, value in {**QUICK, **ANYWHERE}.items() for part in ("--conf", f"{name}={value}")]
    os.environ["PYSPARK_SUBMIT_ARGS"] = f"{shlex.join(options)} pyspark-shell"
    target = graph.with_name("closure")
    told = close_files([str(graph)], str(target), master="local[2]", partitions=2)
    parts = b"".join(part.read_bytes() for part in sorted(target.glob("part-*")))
    yield told, {quad.triple for quad in parse(parts, RdfFormat.N_QUADS)}


def test_the_closure_is_that_of_the_engine_for_one_machine(
    graph: Path, closure: tuple["SparkClosure", set[Triple]]
) -> None:
    told, inferred = closure
    expected = close_ntriples(graph.read_bytes(), engine="database")
    assert inferred == {quad.triple for quad in parse(bytes(expected.inferred), RdfFormat.N_TRIPLES)}
    assert told.count == expected.count
    assert {(f.rule, frozenset(f.triples)) for f in told.inconsistencies} == {
        (f.rule, frozenset(f.triples)) for f in expected.inconsistencies
    }


@pytest.mark.skipif(not cases(), reason="../shared/owl2rl/cases.json is not there")
def test_the_cases_of_the_w3c_pass(closure: tuple["SparkClosure", set[Triple]]) -> None:
    told, inferred = closure
    clashing = {(found.rule, frozenset(found.triples)) for found in told.inconsistencies}
    for case in apart():
        mine = f"https://cases.example/{case['id']}/"
        premise = premises()[case["id"]]
        known = premise | {t for t in inferred if mine in str(t)}
        alone = close_ntriples("".join(f"{triple} .\n" for triple in premise).encode(), engine="vectors")
        clashes = {(found.rule, frozenset(found.triples)) for found in alone.inconsistencies}
        match case["type"]:
            case "inconsistency":
                assert clashes, case["id"]
                assert clashes <= clashing, case["id"]
            case "consistency":
                continue  # in one graph with others it need not be consistent
            case kind:
                wanted = renamed(case["id"], triples(case["conclusion"], case["format"]), nodes=False)
                assert contains(known, wanted) == (kind == "positive-entailment"), case["id"]


def test_the_command_writes_parquet_that_spark_reads_again(tmp_path: Path) -> None:
    import pyarrow.parquet

    source = tmp_path / "small.nq"
    source.write_text(f"<urn:p> <{RDF['type']}> <{OWL['SymmetricProperty']}> .\n<urn:a> <urn:p> <urn:b> <urn:g> .\n")
    arguments = ["infer", str(source), "--engine", "spark", "--output", str(tmp_path / "out"), "--format", "parquet"]
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    assert "1 triples inferred from 2" in result.stderr
    assert pyarrow.parquet.read_table(tmp_path / "out").to_pylist() == [
        {"s": "<urn:b>", "p": "<urn:p>", "o": "<urn:a>"}
    ]


def test_what_is_no_rdf_is_told_in_one_sentence(tmp_path: Path) -> None:
    source = tmp_path / "broken.nq"
    source.write_text("<urn:a> <urn:p> .\n")
    arguments = ["infer", str(source), "--engine", "spark", "--output", str(tmp_path / "out")]
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert result.exit_code == 1
    assert "the files cannot be closed" in result.stderr
    assert not (tmp_path / "out").exists()
