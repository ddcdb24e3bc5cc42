"""The sample documents in a real Virtuoso, by the command line and over HTTP: the same facts as in a folder."""

import json
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, Quad

import loaders.samples
from graph.store import open_store
from ontology import PROV

from ..server.serving import ROOT, start_server

SAMPLES = Path(loaders.samples.__file__).parent
DOCUMENTS = [str(SAMPLES / name) for name in ("briefing-astana-2022.txt", "bulletin-steppe-2024.txt")]
MOMENTS = {NamedNode(PROV[name]) for name in ("startedAtTime", "endedAtTime", "generatedAtTime")}


def milcoop(*arguments: str) -> bytes:
    done = subprocess.run(
        [sys.executable, "-c", "from milcoop.cli import main; main()", *arguments], cwd=ROOT, capture_output=True
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def facts(location: str) -> set[Quad]:
    """All that a store holds but the moments at which it was read, whatever its blank nodes are called."""
    with open_store(location, create=False) as store, store.snapshot() as snapshot:
        held = Dataset(quad for quad in snapshot.rdf if quad.predicate not in MOMENTS)
    held.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return set(held)


def test_the_facts_of_a_virtuoso_are_those_of_a_folder(
    virtuoso_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = str(tmp_path / "store")
    for location in (virtuoso_url, folder):
        milcoop("load", *DOCUMENTS, "--store", location)
    assert facts(virtuoso_url) == facts(folder)

    question = ("query", "exercises-of-a-state", "-p", "state=KAZ", "--format", "json", "--store")
    asked = json.loads(milcoop(*question, virtuoso_url))
    assert asked == json.loads(milcoop(*question, folder))
    assert asked["results"]["bindings"]

    server = start_server("--store", virtuoso_url)
    try:
        query = urlencode({"query": "SELECT ?state { ?state mc:contributesTo ?mission } ORDER BY ?state"})
        served = server.get(f"/sparql?{query}", "application/sparql-results+json")
        assert served.status == 200
        with open_store(folder) as store, store.snapshot() as snapshot:
            rows = snapshot.select("SELECT ?state { ?state mc:contributesTo ?mission } ORDER BY ?state")
        assert [row["state"]["value"] for row in json.loads(served.body)["results"]["bindings"]] == [
            row["state"].value  # type: ignore[union-attr]
            for row in rows
        ]
        assert server.page("/").status == 200
    finally:
        server.stop()

    milcoop("withdraw", "bulletin-steppe-2024", "--store", virtuoso_url)
    monkeypatch.setenv("MILCOOP_MIRROR", str(tmp_path / "another"))  # read back from Virtuoso, a thousand at a time
    milcoop("withdraw", "bulletin-steppe-2024", "--store", folder)
    assert facts(virtuoso_url) == facts(folder)
