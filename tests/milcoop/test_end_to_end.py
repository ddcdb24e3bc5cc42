"""From documents to answers over HTTP, with the tools of an outsider: quality may not fall below its floor."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.milcoop.conftest import run
from tests.server.serving import Server, start_server
from tests.shared import shared

FLOORS = {"precision": 0.75, "f1": 0.60}
FLOOR_OF_THE_BRIEFING = 0.95


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on a store that starts empty; a second process loads the annotated texts while it serves."""
    corpus = shared("corpus")
    store = tmp_path_factory.mktemp("corpus") / "data"
    running = start_server("--no-sample", "--store", str(store))
    try:
        assert running.sparql("ASK { ?d a mc:Document }").json()["boolean"] is False
        loaded = run("load", corpus / "briefing-2021.txt", corpus / "ru-*.txt", "--store", store)
        assert loaded.returncode == 0, loaded.stderr
        yield running
    finally:
        assert running.stop() == 0


def test_what_another_process_loaded_is_answered_at_once(server: Server) -> None:
    assert server.sparql("ASK { ?d a mc:Document }").json()["boolean"] is True


def test_the_reading_is_as_good_as_it_was(server: Server, tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, shared("facts.py"), f"{server.url}/sparql", "--out", tmp_path / "said"],
        check=True,
        timeout=300,
    )
    gold = tmp_path / "gold"
    gold.mkdir()
    for file in (*shared("corpus").glob("ru-*.json"), shared("corpus/briefing-2021.json")):
        (gold / file.name).write_bytes(file.read_bytes())

    scored = subprocess.run(
        [sys.executable, shared("score.py"), gold, tmp_path / "said", "--json"],
        check=True, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    result = json.loads(scored.stdout)

    assert result["documents"]["briefing-2021"]["f1"] >= FLOOR_OF_THE_BRIEFING
    assert result["total"]["precision"] >= FLOORS["precision"]
    assert result["total"]["f1"] >= FLOORS["f1"]
