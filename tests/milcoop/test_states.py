"""States of a store on the command line: listed, asked, backed up, restored."""

from pathlib import Path

from click.testing import CliRunner, Result

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
