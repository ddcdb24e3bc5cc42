"""`milcoop serve`: how it starts and ends, and that it serves while others write."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from graph.store import open_store
from graph.store.shipped import ShippedGraphs, shipped_digest, shipped_graphs
from tests.waiting import until

from .serving import ROOT, Server, start_server

WRITER = """
import sys
from pyoxigraph import NamedNode, Triple
from graph.store import open_store
from ontology import MC, RDF, entity
n = sys.argv[2]
with open_store(sys.argv[1], create=False) as store, store.transaction() as transaction:
    mission = NamedNode(entity("mission", f"written-{n}"))
    transaction.put_graph(
        entity("document", f"written-{n}"),
        [Triple(mission, NamedNode(RDF["type"]), NamedNode(MC["PeacekeepingMission"]))],
    )
"""


def write_elsewhere(folder: Path, n: int) -> None:
    subprocess.run([sys.executable, "-c", WRITER, str(folder), str(n)], cwd=ROOT, check=True, timeout=120)


def is_there(server: Server, n: int, kind: str) -> bool:
    asked = server.sparql(f"ASK {{ <https://w3id.org/milcoop/id/mission/written-{n}> a mc:{kind} }}")
    return bool(asked.json()["boolean"])


def test_the_server_answers_from_what_another_process_has_just_written(server: Server, store_folder: Path) -> None:
    assert not is_there(server, 1, "PeacekeepingMission")
    before = server.get("/readyz").json()["snapshot"]
    write_elsewhere(store_folder, 1)
    assert is_there(server, 1, "PeacekeepingMission")
    assert is_there(server, 1, "Mission")
    assert server.page("/page/mission/written-1").status == 200
    assert server.get("/readyz").json()["snapshot"] > before


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A bare server without a token."""
    running = start_server("--store", str(tmp_path_factory.mktemp("bare") / "store"), "--bare")
    yield running
    running.stop()


@pytest.fixture
def short_lived(tmp_path: Path) -> Iterator[Server]:
    """A server for one test, which ends it."""
    running = start_server("--store", str(tmp_path / "store"), "--bare")
    yield running
    if running.process.poll() is None:
        running.stop()


def test_a_bare_server_holds_nothing_and_infers_nothing(bare: Server) -> None:
    assert bare.sparql("SELECT * WHERE { ?s ?p ?o }").json()["results"]["bindings"] == []
    assert bare.sparql("SELECT * WHERE { GRAPH ?g { ?s ?p ?o } }").json()["results"]["bindings"] == []
    assert bare.sparql("ASK { ?x a mc:State }").status == 400, "it knows no prefix that the query does not declare"
    assert bare.page("/").status == 200


def test_without_a_token_nobody_may_write(bare: Server) -> None:
    answer = bare.request("/documents?name=a.txt", "POST", b"text", Authorization="Bearer anything")
    assert (answer.status, answer.json()["title"]) == (403, "Read-only")


def test_a_web_process_that_dies_is_replaced(bare: Server) -> None:
    (web,) = _children(bare.process.pid)
    os.kill(web, signal.SIGKILL)
    until(lambda: _children(bare.process.pid) not in ([], [web]))
    assert bare.sparql("ASK {}").json()["boolean"] is True


def test_all_processes_for_queries_may_die(bare: Server) -> None:
    (web,) = _children(bare.process.pid)
    for number in range(3):
        for pid in _processes_below(web):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        assert bare.sparql(f"SELECT ({number} AS ?n) {{}}").values("n") == [str(number)]


def test_processes_for_queries_hold_nothing_of_the_web_process(bare: Server) -> None:
    bare.sparql("ASK {}")
    listening = f":{int(bare.url.rpartition(':')[2]):04X} 00000000:0000 0A "
    table = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines() if listening in line]
    sockets = {f"socket:[{fields[9]}]" for fields in table}
    (web,) = _children(bare.process.pid)
    assert sockets & _open_files(web)
    below = _processes_below(web)
    assert len(below) >= 2
    for pid in below:
        assert not sockets & _open_files(pid)
        assert len(_open_files(pid)) < len(_open_files(web))


@pytest.mark.parametrize("whom", ["one web process, ended", "the server, told to reload"])
def test_web_processes_that_end_in_good_order_are_replaced(short_lived: Server, whom: str) -> None:
    assert short_lived.get("/metrics").status == 200
    old = set(_children(short_lived.process.pid))
    if whom.startswith("one"):
        os.kill(old.copy().pop(), signal.SIGTERM)
    else:
        short_lived.process.send_signal(signal.SIGHUP)
    until(lambda: (now := set(_children(short_lived.process.pid))) and not now & old)
    assert short_lived.sparql("ASK {}").json()["boolean"] is True
    assert "milcoop_queries_total" in short_lived.get("/metrics").text
    assert short_lived.stop() == 0


def _of(folder: Path, what: str) -> None:
    with open_store(folder, bare=True) as store, store.transaction() as transaction:
        transaction.put_graph(None, [Triple(NamedNode("urn:s"), NamedNode("urn:p"), Literal(what))])


def test_a_store_that_takes_the_place_of_another_is_answered_from(tmp_path: Path) -> None:
    """Its state has the same number: nothing that was kept of the former one holds."""
    location = tmp_path / "store"
    _of(location, "former")
    _of(tmp_path / "restored", "restored")
    running = start_server("--store", str(location), "--bare")
    question = "SELECT ?what { <urn:s> <urn:p> ?what }"

    def told() -> str:
        with suppress(OSError):  # a process that ends may close a connection that says nothing
            return str(running.sparql(question).json()["results"]["bindings"][0]["what"]["value"])
        return ""

    try:
        assert [told() for _ in range(4)] == ["former"] * 4
        shutil.rmtree(location)
        (tmp_path / "restored").rename(location)
        until(lambda: {told() for _ in range(10)} == {"restored"})
    finally:
        running.stop()


def test_it_ends_cleanly_when_asked_to(short_lived: Server) -> None:
    short_lived.sparql("ASK {}")
    children = _processes_below(short_lived.process.pid)
    assert len(children) >= 2
    assert short_lived.stop() == 0
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in children))


def test_it_tells_people_what_to_try_and_programs_one_event_a_line(short_lived: Server) -> None:
    short_lived.get("/queries", X_Request_Id="trace-8")
    short_lived.stop()
    said = "".join(line for line in short_lived.log if not line.startswith("{"))
    assert short_lived.url in said
    assert said.count(short_lived.url) >= 3
    events = [json.loads(line) for line in short_lived.log if line.startswith("{")]
    event = next(event for event in events if event.get("request_id") == "trace-8")
    assert (event["event"], event["path"], event["status"]) == ("request.answered", "/queries", 200)


def test_a_port_in_use_is_told_at_once(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = subprocess.run(
            [sys.executable, "-c", "from milcoop.cli import main; main()", "serve", "--port", str(port)],
            cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
    assert ended.returncode == 1
    assert f"127.0.0.1:{port}" in ended.stderr
    assert "Traceback" not in ended.stderr


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _open_files(pid: int) -> set[str]:
    return {str(file.readlink()) for file in Path(f"/proc/{pid}/fd").iterdir() if file.is_symlink()}


def _processes_below(pid: int) -> list[int]:
    """The processes that a process has started, and those that they have."""
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        # A thread may end between being listed and being read.
        with suppress(FileNotFoundError, ProcessLookupError):
            for child in (task / "children").read_text().split():
                found += [int(child), *_processes_below(int(child))]
    return found


def test_a_store_of_an_older_ontology_is_inferred_anew_beside_the_requests(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with open_store(folder, shipped=ShippedGraphs("an older one", shipped_graphs().graphs)) as store:
        before = store.generation
        server = start_server("--store", str(folder), "--no-sample")
        try:
            assert server.get("/sparql?query=ASK%7B%7D").status == 200
            until(lambda: store.generation != before)
        finally:
            server.stop()
        with store.snapshot() as snapshot:
            assert (snapshot.number, snapshot.record.shipped) == (before + 1, shipped_digest())
