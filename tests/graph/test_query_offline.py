"""Processes that evaluate what strangers wrote have no way out, even if the engine reads it otherwise than we do."""

import subprocess
import sys
from pathlib import Path

import pytest

from graph.query.pool import QueryPool
from graph.query.request import QueryRequest, UpdateRequest
from graph.query.writer import Writer
from graph.store import open_store
from tests.listener import listening

from .test_query_pool import fill

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the kernel's filter of system calls is Linux's")

ASKING = """
import socket, sys
import pyoxigraph
from graph.query.offline import stay_offline

def ask(kind):
    text = f"SELECT * {{ SERVICE <{sys.argv[1]}/{kind}> {{ ?s ?p ?o }} }}"
    try:
        list(pyoxigraph.Store().query(text))
    except (OSError, RuntimeError) as error:
        print(kind, type(error).__name__)

ask("before")
print(stay_offline())
ask("after")
for family in (socket.AF_INET, socket.AF_INET6):
    try:
        socket.socket(family)
    except PermissionError:
        print("refused")
left, right = socket.socketpair()
left.send(b"among processes")
print(right.recv(20).decode())
"""


def test_the_engine_gets_no_socket() -> None:
    with listening() as listener:
        asked = subprocess.run(
            [sys.executable, "-c", ASKING, listener.url], capture_output=True, text=True, timeout=300, check=True
        )
    assert listener.asked == ["POST /before"]
    assert asked.stdout.splitlines()[-5:] == ["True", "after PermissionError", "refused", "refused", "among processes"]


def is_filtered(pid: int) -> bool:
    """Whether the kernel filters the system calls of a process (proc(5), status)."""
    return "Seccomp:\t2" in Path(f"/proc/{pid}/status").read_text(encoding="ascii")


def test_processes_for_queries_are_offline_unless_some_service_is_allowed(tmp_path: Path) -> None:
    with open_store(tmp_path / "store", bare=True) as store:
        fill(store, "first", 2)
    for services, expected in (((), True), (("https://example.org/sparql",), False)):
        with QueryPool(tmp_path / "store", services=services) as pool:
            pool.run(QueryRequest("ASK {}"), "json")
            assert expected in {is_filtered(pid) for pid in pool.pids()}


def test_the_process_that_writes_is_offline_unless_something_may_be_loaded(tmp_path: Path) -> None:
    open_store(tmp_path / "store", bare=True).close()
    for loads, expected in (((), True), (("https://example.org/",), False)):
        writer = Writer(tmp_path / "store", loads=loads)
        try:
            writer.update(UpdateRequest("INSERT DATA { <http://x/a> <http://x/p> 1 }"), 30)
            assert {is_filtered(pid) for pid in writer.pids()} == {expected}
        finally:
            writer.close()
