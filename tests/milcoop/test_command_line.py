"""The command line as a user meets it: what goes where, and how it ends."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.milcoop.conftest import SAMPLES, run

KAZ = "https://w3id.org/milcoop/id/state/KAZ"


def test_a_summary_of_the_load_goes_to_standard_error(own: Path) -> None:
    again = run("load", SAMPLES[0], "--store", own)

    assert again.returncode == 0
    assert again.stdout == ""
    assert "1 unchanged" in again.stderr and "seconds" in again.stderr


def test_what_cannot_be_read_is_told_and_the_rest_is_loaded(tmp_path: Path) -> None:
    good, empty, binary = tmp_path / "good.txt", tmp_path / "empty.txt", tmp_path / "program.exe"
    good.write_text("Казахстан и Россия провели учение «Щит-2021».", encoding="utf-8")
    empty.write_text("")
    binary.write_bytes(b"MZ\x00\x01\x02" * 100)

    loaded = run("load", good, empty, binary, tmp_path / "missing.txt", "--store", tmp_path / "data")

    assert loaded.returncode == 1
    assert "1 added" in loaded.stderr and "3 failed" in loaded.stderr
    for name in ("empty.txt", "program.exe", "missing.txt"):
        assert sum(name in line for line in loaded.stderr.splitlines()) == 1
    assert "Traceback" not in loaded.stderr


def test_a_query_from_standard_input_is_csv_in_a_pipe(samples: Path) -> None:
    asked = run("query", "-", "--store", samples, stdin="SELECT (COUNT(*) AS ?n) { ?d a mc:Document }")

    assert asked.returncode == 0
    assert list(csv.reader(io.StringIO(asked.stdout))) == [["n"], [str(len(SAMPLES))]]


def test_a_query_may_be_the_argument_itself(samples: Path) -> None:
    text = "SELECT (COUNT(*) AS ?n)\n{ ?d a mc:Document }" + " " * 5000  # longer than a file's name may be
    asked = run("query", text, "--store", samples)
    assert (asked.returncode, asked.stdout.split()) == (0, ["n", str(len(SAMPLES))])
    misspelt = run("query", "SELEC ?d { ?d a mc:Document }", "--store", samples)
    assert misspelt.returncode == 1
    assert "did you mean SELECT" in misspelt.stderr


@pytest.mark.parametrize("name", ["table", "json", "csv", "tsv", "xml"])
def test_solutions_come_in_every_format(samples: Path, name: str) -> None:
    asked = run("query", "-", "-f", name, "--store", samples, stdin=f"SELECT ?c {{ <{KAZ}> mc:iso3 ?c }}")

    assert asked.returncode == 0
    assert "KAZ" in asked.stdout


@pytest.mark.parametrize("name", ["turtle", "ntriples", "rdfxml", "jsonld"])
def test_a_graph_comes_in_every_format(samples: Path, name: str) -> None:
    asked = run("query", "-", "-f", name, "--store", samples, stdin=f"DESCRIBE <{KAZ}>")

    assert asked.returncode == 0
    assert KAZ.rpartition("/")[2] in asked.stdout


def test_a_canned_query_takes_parameters(samples: Path) -> None:
    asked = run("query", "missions-of-a-state", "--param", "state=KAZ", "-f", "json", "--store", samples)

    assert asked.returncode == 0, asked.stderr
    assert "UNIFIL" in asked.stdout


def test_a_graph_comes_as_turtle_in_a_pipe(samples: Path) -> None:
    asked = run("query", "-", "--store", samples, stdin="DESCRIBE state:KAZ")

    assert asked.returncode == 0, asked.stderr
    assert asked.stdout.startswith("@prefix")


def test_the_canned_queries_are_listed() -> None:
    listed = run("query", "--list")

    assert listed.returncode == 0
    assert "missions-of-a-state" in listed.stdout


@pytest.mark.parametrize(
    ("arguments", "stdin", "says", "status"),
    [
        (["query", "-"], "SELECT nonsense", "line 1", 1),
        (["query", "no-such-query"], "", "no query", 1),
        (["query", "x" * 300], "", "no query", 1),
        (["query", "exercises-of-a-state", "--param", "from=yesterday"], "", "from", 2),
        (["query", "missions-of-a-state", "--param", "wrong=1"], "", "wrong", 2),
        (["withdraw", "no-such-document"], "", "no-such-document", 1),
        (["export", "no-such-format"], "", "no-such-format", 2),
        (["query", "documents", "-f", "no-such-format"], "", "no-such-format", 2),
        (["query", "co-participation", "-f", "nosuch"], "", "there are table, json", 2),
        (["explain", "nosuch:x", "a", "mc:State"], "", "nosuch", 2),
    ],
)
def test_a_mistake_is_one_clear_line(samples: Path, arguments: list[str], stdin: str, says: str, status: int) -> None:
    failed = run(*arguments, "--store", samples, stdin=stdin)

    assert failed.returncode == status
    assert failed.stdout == ""
    assert len(failed.stderr.strip().splitlines()) == 1
    assert says in failed.stderr and "Traceback" not in failed.stderr


def test_bad_usage_exits_with_two() -> None:
    assert run("load").returncode == 2
    assert run("no-such-command").returncode == 2


def test_a_store_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    asked = run("query", "-", "--store", tmp_path / "none", stdin="ASK {}")

    assert asked.returncode == 1
    assert "none" in asked.stderr
    assert not (tmp_path / "none").exists()


def test_withdrawing_a_document_takes_its_facts_out(own: Path) -> None:
    before = json.loads(run("query", "documents", "-f", "json", "--store", own).stdout)
    withdrawn = run("withdraw", SAMPLES[0].name, "--store", own)
    after = json.loads(run("query", "documents", "-f", "json", "--store", own).stdout)

    assert withdrawn.returncode == 0, withdrawn.stderr
    assert withdrawn.stdout.strip(), "the facts that fell are told"
    assert len(after["results"]["bindings"]) == len(before["results"]["bindings"]) - 1


def test_an_inferred_triple_and_a_stated_one_are_told_apart(samples: Path) -> None:
    inferred = run("explain", "id:state/KAZ", "mc:contributesTo", "id:mission/UNIFIL", "--store", samples)
    wrong = run("explain", "id:state/KAZ", "mc:memberOf", "id:organization/NATO", "--store", samples)

    assert inferred.returncode == 0 and "inferred" in inferred.stdout
    assert wrong.returncode == 1 and "does not hold" in wrong.stdout


def test_the_samples_conform_to_the_shapes(samples: Path) -> None:
    report = run("validate", "--store", samples)

    assert report.returncode == 0, report.stdout


def test_export_writes_a_file_whole(samples: Path, tmp_path: Path) -> None:
    exported = run("export", "turtle", "-o", tmp_path / "graph.ttl", "--store", samples)

    assert exported.returncode == 0, exported.stderr
    assert "UNIFIL" in (tmp_path / "graph.ttl").read_text(encoding="utf-8")
    assert [p.name for p in tmp_path.iterdir()] == ["graph.ttl"]


class TestInferFile:
    """`milcoop infer FILE`: one file's own ontology and data."""

    def write(self, folder: Path, text: str) -> Path:
        file = folder / "facts.ttl"
        file.write_text(
            "@prefix : <http://example.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
            "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n" + text,
            encoding="utf-8",
        )
        return file

    def test_premise_and_closure_are_n_triples(self, tmp_path: Path) -> None:
        file = self.write(tmp_path, ":p rdfs:subPropertyOf :q . :a :p :b .")

        inferred = run("infer", file)

        assert inferred.returncode == 0
        assert "<http://example.org/a> <http://example.org/p> <http://example.org/b> ." in inferred.stdout
        assert "<http://example.org/a> <http://example.org/q> <http://example.org/b> ." in inferred.stdout

    def test_an_inconsistent_file_exits_with_three(self, tmp_path: Path) -> None:
        file = self.write(tmp_path, ":A owl:disjointWith :B . :x a :A , :B .")

        inferred = run("infer", file)

        assert inferred.returncode == 3
        assert "cax-dw" in inferred.stderr

    def test_full_keeps_what_is_trivial(self, tmp_path: Path) -> None:
        file = self.write(tmp_path, ":a :p :b .")

        assert "sameAs" not in run("infer", file).stdout
        assert "sameAs" in run("infer", file, "--full").stdout

    def test_a_broken_file_is_one_clear_line(self, tmp_path: Path) -> None:
        failed = run("infer", self.write(tmp_path, ":a :p"))

        assert failed.returncode == 1
        assert "facts.ttl" in failed.stderr and "Traceback" not in failed.stderr
