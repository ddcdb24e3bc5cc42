"""States of a store on the command line: listed, asked, backed up, restored."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import CanonicalizationAlgorithm, Dataset, parse

from graph.store import open_store
from milcoop.cli import main

COUNT = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s <urn:p> ?o } }"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments], catch_exceptions=False)


def test_the_graph_is_asked_as_it_was_and_comes_back_from_a_backup(tmp_path: Path) -> None:
    store, query = tmp_path / "store", tmp_path / "count.rq"
    query.write_text(COUNT)
    for number in (1, 2):
        data = tmp_path / f"{number}.ttl"
        data.write_text(f"<urn:s{number}> <urn:p> <urn:o> .")
        assert run("load", data, "--store", store).exit_code == 0
    listed = [line.split("\t") for line in run("snapshots", "--store", store).stdout.splitlines()]

    def count(*options: object) -> str:
        return run("query", query, "-f", "csv", *options).stdout.split()[1]

    assert count("--store", store) == "2"
    assert count("--store", store, "--as-of", listed[1][0]) == "1"
    assert count("--store", store, "--as-of", listed[1][1]) == "1"
    assert b"<urn:s2>" not in run("export", "nquads", "--as-of", listed[1][0], "--store", store).stdout_bytes

    assert "backed up: snapshot" in run("backup", tmp_path / "b.tar", "--store", store).stderr
    assert run("restore", tmp_path / "b.tar", "--store", tmp_path / "again").exit_code == 0
    assert count("--store", tmp_path / "again") == "2"
    refused = run("restore", tmp_path / "b.tar", "--store", store)
    assert (refused.exit_code, "is not empty" in refused.stderr) == (1, True)
    assert run("query", query, "--as-of", "soon", "--store", store).exit_code == 2


@pytest.mark.parametrize(("format", "ending"), [("trig", "trig"), ("nquads", "nq")])
def test_an_export_of_all_graphs_becomes_a_store_again(tmp_path: Path, format: str, ending: str) -> None:
    text = tmp_path / "text.txt"
    text.write_text("Kazakhstan and Russia held the exercise Steppe Eagle in Almaty on 5 July 2021.")
    data = tmp_path / "data.ttl"
    data.write_text('[] <urn:p> "1e0"^^<http://www.w3.org/2001/XMLSchema#double>, "a\\nb"@kk .')
    assert run("load", text, data, "--store", tmp_path / "store").exit_code == 0
    export = tmp_path / f"all.{ending}"
    assert run("export", format, "-o", export, "--store", tmp_path / "store").exit_code == 0

    restored = run("restore", export, "--store", tmp_path / "again")
    assert (restored.exit_code, restored.stderr.startswith("restored: ")) == (0, True)
    assert run("export", format, "-o", tmp_path / f"2.{ending}", "--store", tmp_path / "again").exit_code == 0
    one, other = (Dataset(parse(path=file)) for file in (export, tmp_path / f"2.{ending}"))
    for dataset in (one, other):
        dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    assert one == other, "facts, claims and inferences"
    assert run("restore", export, "--store", tmp_path / "again").exit_code == 1, "it is not empty any more"


def test_an_export_that_is_damaged_makes_no_store(tmp_path: Path) -> None:
    export = tmp_path / "all.nq"
    export.write_text("<urn:a> <urn:b> <urn:c> <urn:g> .\n<urn:a> <urn:b")
    refused = run("restore", export, "--store", tmp_path / "again")
    assert (refused.exit_code, "line 2" in refused.stderr) == (1, True)
    assert run("restore", tmp_path / "none.nq", "--store", tmp_path / "other").exit_code == 1
    assert not (tmp_path / "other").exists()


def test_a_bare_store_is_exported_with_its_default_graph(tmp_path: Path) -> None:
    with open_store(tmp_path / "store", bare=True) as store, store.transaction() as transaction:
        transaction.update("INSERT DATA { <urn:a> <urn:b> <urn:c> . GRAPH <urn:g> { <urn:a> <urn:b> <urn:d> } }")
    exported = run("export", "nquads", "--store", tmp_path / "store").stdout
    assert sorted(exported.splitlines()) == [
        "<urn:a> <urn:b> <urn:c> .", "<urn:a> <urn:b> <urn:d> <urn:g> .",
    ]  # fmt: skip
