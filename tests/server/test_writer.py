"""The process that writes: replaced when it dies, and whatever it was at has happened as a whole or not at all."""

import os
import random
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graph.errors import MilcoopError, StoreError
from graph.query import UpdateRequest, Writer
from graph.store import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store", bare=True) as opened:
        yield opened


@pytest.fixture
def writer(store: Store) -> Iterator[Writer]:
    running = Writer(store.location)
    yield running
    running.close()


def pair(n: int) -> UpdateRequest:
    """An update of two operations, of which one alone would be half of it."""
    return UpdateRequest(
        f"INSERT DATA {{ <http://x/{n}> <http://x/p> 1 }} ; INSERT DATA {{ <http://x/{n}> <http://x/q> 1 }}"
    )


def whole(store: Store) -> set[int]:
    """The numbers of the pairs that are there; fails on half ones."""
    with store.snapshot() as snapshot:
        rows = snapshot.select("SELECT ?s (COUNT(*) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?s")
    assert {getattr(row["n"], "value", "") for row in rows} <= {"2"}
    return {int(str(getattr(row["s"], "value", "")).rpartition("/")[2]) for row in rows}


def test_a_writer_that_dies_between_writes_is_replaced(store: Store, writer: Writer) -> None:
    writer.update(pair(1), 120)
    (first,) = writer.pids()
    os.kill(first, signal.SIGKILL)
    writer.update(pair(2), 120)
    assert whole(store) == {1, 2}
    assert writer.pids() != [first]


def test_a_writer_killed_at_any_point_loses_nothing_that_it_acknowledged(store: Store, writer: Writer) -> None:
    acknowledged = set()
    chance = random.Random(4)
    writer.update(pair(0), 120)
    with ThreadPoolExecutor(1) as thread:
        for n in range(1, 13):
            writing = thread.submit(writer.update, pair(n), 120)
            time.sleep(chance.uniform(0, 0.08))
            for pid in writer.pids():
                os.kill(pid, signal.SIGKILL)
            try:
                writing.result()
                acknowledged.add(n)
            except MilcoopError as error:
                assert error.http_status >= 500
            assert acknowledged <= whole(store)
    writer.update(pair(99), 120)
    assert acknowledged | {0, 99} <= whole(store)


def test_a_store_in_memory_has_no_writer() -> None:
    with pytest.raises(StoreError, match="in memory"):
        Writer("memory:")


def test_a_writer_of_a_store_that_is_not_there_says_so(tmp_path: Path) -> None:
    writer = Writer(tmp_path / "nowhere")
    try:
        with pytest.raises(StoreError, match="no store"):
            writer.update(pair(1), 120)
    finally:
        writer.close()


def test_a_text_that_is_no_update_waits_for_no_writer(store: Store, writer: Writer) -> None:
    with ThreadPoolExecutor(1) as thread, store.transaction():
        refused = thread.submit(writer.update, UpdateRequest("INSERT DAT { <http://x/a> <http://x/p> 1 }"), 120)
        with pytest.raises(MilcoopError, match="'DAT'"):
            refused.result(120)
