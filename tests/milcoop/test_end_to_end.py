"""From documents to answers over HTTP, with the tools that an outsider would use: quality may not fall below its floor."""

import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.milcoop.conftest import run
from tests.shared import shared

FLOORS = {"precision": 0.75, "f1": 0.60}
FLOOR_OF_THE_BRIEFING = 0.95


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server on a store that starts empty; a second process loads the annotated texts while it serves."""
    corpus = shared("corpus")
    store = tmp_path_factory.mktemp("corpus") / "data"
    server = subprocess.Popen(
        [Path(sys.executable).with_name("milcoop"), "serve", "--no-sample", "--port", "0", "--store", str(store)],
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert server.stderr is not None
        address = next(m.group() for line in server.stderr if (m := re.search(r"http://127\.0\.0\.1:\d+", line)))
        assert ask(address, "ASK { ?d a mc:Document }")["boolean"] is False
        loaded = run("load", corpus / "briefing-2021.txt", corpus / "ru-*.txt", "--store", store)
        assert loaded.returncode == 0, loaded.stderr
        yield address
    finally:
        server.terminate()
        assert server.wait(30) == 0


def ask(address: str, query: str) -> dict[str, object]:
    request = urllib.request.Request(
        f"{address}/sparql",
        f"PREFIX mc: <https://w3id.org/milcoop/ontology#> {query}".encode(),
        {"Content-Type": "application/sparql-query", "Accept": "application/sparql-results+json"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        found: dict[str, object] = json.load(answer)
        return found


def test_what_another_process_loaded_is_answered_at_once(endpoint: str) -> None:
    assert ask(endpoint, "ASK { ?d a mc:Document }")["boolean"] is True


def test_the_reading_is_as_good_as_it_was(endpoint: str, tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, shared("facts.py"), f"{endpoint}/sparql", "--out", tmp_path / "said"], check=True, timeout=300
    )
    gold = tmp_path / "gold"
    gold.mkdir()
    for file in (*shared("corpus").glob("ru-*.json"), shared("corpus/briefing-2021.json")):
        (gold / file.name).write_bytes(file.read_bytes())

    scored = subprocess.run(
        [sys.executable, shared("score.py"), gold, tmp_path / "said", "--json"],
        check=True, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    result = json.loads(scored.stdout)

    assert result["documents"]["briefing-2021"]["f1"] >= FLOOR_OF_THE_BRIEFING
    assert result["total"]["precision"] >= FLOORS["precision"]
    assert result["total"]["f1"] >= FLOORS["f1"]
