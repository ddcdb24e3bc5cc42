"""Errors on their way from a guarded process to its parent."""

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pyoxigraph import Literal

from graph.errors import MilcoopError
from graph.query.request import UpdateRequest
from graph.query.writer import Writer
from graph.store import open_store

from .test_query_pool import fill

PARENT = """
import sys
import threading
from graph.query.writer import Writer
from graph.query.request import UpdateRequest
assert "graph.query.writing" not in sys.modules
writer = Writer(sys.argv[1])
try:
    writer.update(UpdateRequest("DROP GRAPH <http://x/none>"), 120)
except Exception as error:
    print(type(error).__name__, error.http_status)
finally:
    writer.close()
"""


def test_an_error_is_of_its_class_where_nobody_has_imported_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("process") / "store"
    with open_store(folder, bare=True) as store:
        fill(store, "first", 2)
    ended = subprocess.run(
        [sys.executable, "-c", PARENT, str(folder)], capture_output=True, text=True, timeout=300, check=False
    )
    assert ended.stdout.split() == ["UpdateFailed", "409"], ended.stderr


def test_writers_of_two_processes_survive_updates_that_fail_of_each_other(tmp_path: Path) -> None:
    open_store(tmp_path / "store", bare=True).close()
    writers = [Writer(tmp_path / "store"), Writer(tmp_path / "store")]
    failing = "INSERT DATA { <http://x/half> <http://x/p> 1 } ; DROP GRAPH <http://x/none>"

    def write(place: int) -> list[str]:
        outcomes = []
        for n in range(8):
            for text in (f"INSERT DATA {{ <http://x/{place}> <http://x/p> {n} }}", failing):
                try:
                    writers[place].update(UpdateRequest(text), 120)
                    outcomes.append("written")
                except MilcoopError as error:
                    outcomes.append(type(error).__name__)
        return outcomes

    try:
        with ThreadPoolExecutor(2) as threads:
            outcomes = list(threads.map(write, range(2)))
    finally:
        for writer in writers:
            writer.close()
    assert outcomes == [["written", "UpdateFailed"] * 8] * 2
    with open_store(tmp_path / "store") as store, store.snapshot() as snapshot:
        (row,) = snapshot.select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    assert isinstance(row["n"], Literal) and row["n"].value == "16"


def write(writer: Writer, number: int) -> None:
    writer.update(UpdateRequest(f"INSERT DATA {{ <http://x/s> <http://x/p> {number} }}"), 120)


def test_a_write_that_a_process_had_not_read_when_it_ended_is_done_by_another(tmp_path: Path) -> None:
    open_store(tmp_path / "store", bare=True).close()
    writer = Writer(tmp_path / "store")
    try:
        write(writer, 0)
        os.kill(writer.pids()[0], signal.SIGKILL)
        write(writer, 1)
        (pid,) = writer.pids()
        os.kill(pid, signal.SIGSTOP)  # it reads nothing
        ending = threading.Timer(0.5, os.kill, (pid, signal.SIGKILL))
        ending.start()
        write(writer, 2)
        ending.join()
    finally:
        writer.close()
    with open_store(tmp_path / "store") as store, store.snapshot() as snapshot:
        (row,) = snapshot.select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    assert isinstance(row["n"], Literal) and row["n"].value == "3"
