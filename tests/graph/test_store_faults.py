"""Writers are killed at random moments: what was acknowledged is there, and nothing is there by half.

A bounded part of `python -m bench.faults`.
"""

import random
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from bench.faults.killing import kill_a_writer
from graph.columns.preparing import prepare_columns
from graph.store import open_store
from ontology import GRAPH_INFERRED

KILLS = 4


@pytest.fixture
def location(tmp_path: Path) -> Path:
    with open_store(tmp_path / "store") as store:
        prepare_columns(store, 0)  # which are to be those of the state after each kill
    return tmp_path / "store"


WRITE_UNDER_A_LIMIT = """
import resource, signal, sys
from pyoxigraph import Literal, NamedNode, Triple
from graph.errors import StoreError
from graph.store import open_store
store = open_store(sys.argv[1], create=False)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
names = NamedNode("urn:s"), NamedNode("urn:p")
try:
    with store.transaction() as transaction:
        transaction.put_graph("urn:new", [Triple(*names, Literal(f"{n} " * 50)) for n in range(3000)])
    print("written")
except StoreError as error:
    print(error)
"""


@pytest.mark.parametrize("size", [100, 5_000, 50_000, 200_000, 400_000])
def test_a_disk_that_takes_no_more_leaves_the_last_commit_and_says_so(tmp_path: Path, size: int) -> None:
    """A bound on the size of files stands for a full disk, which a test cannot make without privileges."""
    location = tmp_path / "store"
    with open_store(location, bare=True) as store, store.transaction() as transaction:
        transaction.put_graph("urn:old", [Triple(NamedNode("urn:s"), NamedNode("urn:p"), Literal("old"))])
    program = [sys.executable, "-c", WRITE_UNDER_A_LIMIT, str(location), str(size)]
    said = subprocess.run(program, capture_output=True, text=True, check=True, timeout=300).stdout

    assert "the store" in said
    assert len(said.splitlines()) == 1
    with open_store(location, create=False) as store:
        with store.snapshot() as snapshot:
            assert snapshot.graphs() == ["urn:old"]
        with store.transaction() as transaction:
            transaction.put_graph("urn:new", [])
        with store.snapshot() as snapshot:
            assert snapshot.graphs() == ["urn:new", "urn:old"]


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
