"""Writers are killed at random moments: what was acknowledged is there, and nothing is there by half.

A bounded part of `python -m bench.faults`.
"""

import random
from pathlib import Path

import pytest

from bench.faults.killing import kill_a_writer
from graph.store import open_store
from ontology import GRAPH_INFERRED

KILLS = 4


@pytest.fixture
def location(tmp_path: Path) -> Path:
    open_store(tmp_path / "store").close()
    return tmp_path / "store"


def test_a_killed_writer_loses_nothing_that_was_acknowledged(location: Path) -> None:
    chance = random.Random(2026)
    present = 0
    for _ in range(KILLS):
        found = kill_a_writer(location, present + 1, chance)
        assert found.faults == ()
        present = found.present
    with open_store(location) as store:
        with store.snapshot() as snapshot:
            kept = set(snapshot.triples(GRAPH_INFERRED))
        store.infer()
        with store.snapshot() as snapshot:
            assert set(snapshot.triples(GRAPH_INFERRED)) == kept
