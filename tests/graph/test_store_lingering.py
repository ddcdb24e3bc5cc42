"""A writer that keeps the database open between its transactions: nobody waits for it, and nothing is lost."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from graph.query.request import UpdateRequest
from graph.query.writer import Writer
from graph.store import Store, open_store
from graph.store.folder import FolderStore

LONG = 60.0


def opened(location: Path, seconds: float = LONG) -> FolderStore:
    store = open_store(location, bare=True, lock_seconds=120)
    assert isinstance(store, FolderStore)
    store.linger(seconds)
    return store


def write(store: Store, what: str) -> None:
    with store.transaction() as transaction:
        transaction.put_graph(f"urn:{what}", [Triple(NamedNode("urn:s"), NamedNode("urn:p"), Literal(what))])


def graphs(store: Store) -> list[str]:
    with store.snapshot() as snapshot:
        return snapshot.graphs()


@contextmanager
def resting(store: FolderStore) -> Iterator[None]:
    """As a process does that waits for its next request."""
    done = threading.Event()

    def rest() -> None:
        while not done.wait(0.005):
            store.rest()

    thread = threading.Thread(target=rest)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def test_one_transaction_after_the_other_is_there_for_readers(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store, open_store(tmp_path / "store") as reader:
        for number in range(3):
            write(store, str(number))
            assert store.rest()
            assert graphs(reader) == [f"urn:{n}" for n in range(number + 1)]


def test_another_writer_gets_its_turn_at_once(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store, opened(tmp_path / "store") as other, resting(store), resting(other):
        for number in range(3):
            write(store, f"a{number}")
            write(other, f"b{number}")
        assert graphs(store) == ["urn:a0", "urn:a1", "urn:a2", "urn:b0", "urn:b1", "urn:b2"]


def test_one_that_writes_on_and_on_leaves_another_its_turn(tmp_path: Path) -> None:
    done = threading.Event()

    def write_on_and_on(store: Store) -> None:
        while not done.is_set():
            write(store, "a")

    with opened(tmp_path / "store") as store, open_store(tmp_path / "store", lock_seconds=60) as other:
        busy = threading.Thread(target=write_on_and_on, args=(store,))
        busy.start()
        try:
            for number in range(3):
                write(other, f"b{number}")
        finally:
            done.set()
            busy.join()
        assert graphs(other) == ["urn:a", "urn:b0", "urn:b1", "urn:b2"]


def test_when_its_time_is_over_it_lets_go(tmp_path: Path) -> None:
    with opened(tmp_path / "store", seconds=0.01) as store:
        write(store, "a")
        time.sleep(0.02)
        assert not store.rest()
        with open_store(tmp_path / "store", lock_seconds=0) as other:
            write(other, "b")
        assert graphs(store) == ["urn:a", "urn:b"]


def test_a_transaction_that_fails_leaves_the_last_state_and_the_next_one_goes_through(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store:
        write(store, "a")
        with pytest.raises(ZeroDivisionError), store.transaction() as transaction:
            transaction.put_graph("urn:half", [Triple(NamedNode("urn:s"), NamedNode("urn:p"), Literal("half"))])
            raise ZeroDivisionError
        write(store, "b")
        assert graphs(store) == ["urn:a", "urn:b"]


def test_what_is_put_in_and_taken_out_again_changes_nothing(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store:
        write(store, "a")
        with store.transaction() as transaction:
            transaction.put_graph("urn:short", [])
            transaction.drop_graph("urn:short")
        write(store, "b")
        assert graphs(store) == ["urn:a", "urn:b"]


def test_a_folder_that_takes_its_place_is_written_and_both_stay_whole(tmp_path: Path) -> None:
    location, request = tmp_path / "store", "INSERT DATA {{ GRAPH <urn:{0}> {{ <urn:s> <urn:p> '{0}' }} }}"
    with open_store(location, bare=True) as store, open_store(tmp_path / "other", bare=True) as other:
        write(other, "other")
        write(store, "a")
    writer = Writer(location)
    try:
        writer.update(UpdateRequest(request.format("b")), LONG)
        location.rename(tmp_path / "former")
        (tmp_path / "other").rename(location)
        writer.update(UpdateRequest(request.format("c")), LONG)
    finally:
        writer.close()
    for folder, held in ((location, ["urn:c", "urn:other"]), (tmp_path / "former", ["urn:a", "urn:b"])):
        with open_store(folder) as store:
            assert graphs(store) == held
            write(store, "z")
            assert graphs(store) == [*held, "urn:z"]


def test_a_primary_that_was_taken_away_is_made_anew(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store:
        write(store, "a")
        shutil.rmtree(tmp_path / "store" / "primary")
        write(store, "b")
        assert graphs(store) == ["urn:a", "urn:b"]


def test_one_that_is_killed_meanwhile_keeps_nobody_waiting(tmp_path: Path) -> None:
    program = """
import sys, time
from graph.store import open_store
store = open_store(sys.argv[1], bare=True)
store.linger(60)
with store.transaction() as transaction:
    transaction.put_graph("urn:a", [])
print("written", flush=True)
time.sleep(60)
"""
    arguments = [sys.executable, "-c", program, str(tmp_path / "store")]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "written\n"
        os.kill(process.pid, signal.SIGKILL)
    with open_store(tmp_path / "store", lock_seconds=60) as store:
        write(store, "b")
        assert graphs(store) == ["urn:a", "urn:b"]
