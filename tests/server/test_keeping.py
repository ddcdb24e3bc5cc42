"""What takes long to make is made beside the requests; what is quick is always of the present state."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, g
from pyoxigraph import NamedNode, Triple

from graph.store import Snapshot
from server import keeping
from server.keeping import kept
from server.resources import Resources, current_snapshot, install_resources, resources
from server.settings import read_settings
from tests.waiting import until

GRAPH = "urn:g"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    app = Flask("kept")
    held = Resources(read_settings({"store": str(tmp_path / "store"), "bare": True}, environ={}))
    install_resources(app, held)
    yield app
    held.close()


def count(snapshot: Snapshot) -> int:
    return sum(1 for _ in snapshot.triples(GRAPH))


def add(thing: str) -> None:
    triple = Triple(NamedNode(thing), NamedNode("urn:p"), NamedNode("urn:o"))
    with resources().store.snapshot() as snapshot:
        before = list(snapshot.triples(GRAPH))
    with resources().store.transaction() as transaction:
        transaction.put_graph(GRAPH, [*before, triple])


def test_what_is_quick_is_of_the_present_state(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "QUICK_SECONDS", 60.0)
    for expected in range(3):
        with app.app_context():
            assert kept("quick", current_snapshot(), count) == expected
            assert "volatile" not in g
            add(f"urn:{expected}")


def test_what_is_slow_is_of_the_state_before_until_the_new_one_is_ready(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "QUICK_SECONDS", 0.0)
    allowed, made = threading.Event(), threading.Event()
    allowed.set()

    def slow(snapshot: Snapshot) -> int:
        allowed.wait(120)
        found = count(snapshot)
        made.set()
        return found

    with app.app_context():
        assert kept("slow", current_snapshot(), slow) == 0
        add("urn:1")
    allowed.clear()
    made.clear()
    with app.app_context():
        assert kept("slow", current_snapshot(), slow) == 0
        assert g.volatile
        allowed.set()
        assert made.wait(120)

    def is_new() -> bool:
        with app.app_context():
            value = kept("slow", current_snapshot(), slow)
            assert value == (0 if "volatile" in g else 1)
            return value == 1

    until(is_new)
