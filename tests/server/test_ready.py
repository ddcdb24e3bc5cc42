"""Functions in forks of a process that has loaded what they need."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.apart import ApartFailed, Refused
from server.ready import Ready
from tests.waiting import until

from .serving import ROOT, start_server
from .test_apart import is_running

TASKS = """
import os, pathlib, signal, sys, time
from graph.errors import BadInput

LOADED = os.getpid()

def tell(wanted):
    return {"pid": os.getpid(), "loaded by": LOADED, "given": wanted}

def nap(wanted):
    pathlib.Path(wanted["pid"]).write_text(str(os.getpid()))
    time.sleep(300)

def refuse(wanted):
    print("what goes where messages go")
    raise BadInput("This is refused")

def die(wanted):
    os.kill(os.getpid(), signal.SIGKILL)
"""
TOKEN = "a token of this module"
TEXT = "МОСКВА, 3 марта 2024 года. Россия и Лаос провели учение «Ларос-2024»."


@pytest.fixture(autouse=True)
def tasks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tasks.py").write_text(TASKS)
    monkeypatch.syspath_prepend(tmp_path)


@pytest.fixture(params=["shared", "shared" * 20], ids=["short", "longer than the path of a socket"])
def folder(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    folder = tmp_path / str(request.param)
    folder.mkdir()
    return folder


@pytest.fixture
def ready(folder: Path) -> Iterator[Ready]:
    """One whose process is there."""
    begun = Ready(folder, 300, ["tasks"])
    yield begun_and_there(begun, folder)
    end(begun)


def begun_and_there(ready: Ready, folder: Path) -> Ready:
    ready.run("tasks:tell", {}, seconds=60)
    until(lambda: (folder / "ready.socket").exists())
    return ready


def end(ready: Ready) -> None:
    process = ready._begun
    if process is not None:
        process.kill()
        process.wait()


def test_the_first_finds_nothing_loaded_and_the_next_ones_do(ready: Ready) -> None:
    told = [ready.run("tasks:tell", {"number": number}, seconds=60) for number in range(3)]
    assert [one["given"]["number"] for one in told] == [0, 1, 2]
    assert {one["loaded by"] for one in told} == {ready._begun.pid if ready._begun else None}
    assert len({one["pid"] for one in told} | {os.getpid()}) == 4


def test_long_arguments_and_results_come_whole(ready: Ready) -> None:
    text = "ж" * 3_000_000
    assert ready.run("tasks:tell", {"text": text}, seconds=60)["given"]["text"] == text


def test_errors_are_told_as_without_it(ready: Ready, tmp_path: Path) -> None:
    for one in (ready, Ready(None, 300), Ready(tmp_path, 0)):
        with pytest.raises(Refused, match="This is refused") as caught:
            one.run("tasks:refuse", {}, seconds=60)
        assert (caught.value.http_status, caught.value.title) == (400, "Bad input")


def test_what_takes_too_long_is_killed_and_the_next_one_is_not(ready: Ready, tmp_path: Path) -> None:
    with pytest.raises(ApartFailed, match="more than 2 seconds"):
        ready.run("tasks:nap", {"pid": str(tmp_path / "pid")}, seconds=2)
    until(lambda: not is_running(int((tmp_path / "pid").read_text())))
    assert ready.run("tasks:tell", {}, seconds=60)["loaded by"] != os.getpid()


def test_a_process_that_dies_is_told(ready: Ready) -> None:
    with pytest.raises(ApartFailed, match="ended"):
        ready.run("tasks:die", {}, seconds=60)
    assert ready.run("tasks:tell", {}, seconds=60)["given"] == {}


def test_it_ends_with_the_one_that_wanted_its_result(ready: Ready, folder: Path, tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    call = (
        "from pathlib import Path; from server.ready import Ready;"
        f"Ready(Path({str(folder)!r}), 300).run('tasks:nap', {{'pid': {str(pid)!r}}}, seconds=300)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(tmp_path)])}
    with subprocess.Popen([sys.executable, "-c", call], env=environment) as caller:
        until(lambda: pid.exists() and pid.read_text() != "")
        caller.kill()
    until(lambda: not is_running(int(pid.read_text())))


def test_all_web_processes_have_one(ready: Ready, folder: Path) -> None:
    other = Ready(folder, 300, ["tasks"])
    both = {one.run("tasks:tell", {}, seconds=60)["loaded by"] for one in (ready, other)}
    assert both == {ready._begun.pid if ready._begun else None}
    assert other._begun is None


def test_after_a_while_without_documents_it_ends_and_comes_again(folder: Path) -> None:
    ready = begun_and_there(Ready(folder, 0.5, ["tasks"]), folder)
    first = ready._begun
    assert first is not None
    assert first.wait(30) == 0
    assert not (folder / "ready.socket").exists()
    begun_and_there(ready, folder)
    assert ready._begun is not None and ready._begun.pid != first.pid
    end(ready)


def test_one_that_was_killed_is_missed_by_nobody(ready: Ready, folder: Path) -> None:
    assert ready._begun is not None
    os.kill(ready._begun.pid, signal.SIGKILL)
    ready._begun.wait(30)
    told = ready.run("tasks:tell", {}, seconds=60)
    assert told["loaded by"] == told["pid"], "in a process that loads it itself"
    until(lambda: ready.run("tasks:tell", {}, seconds=60)["loaded by"] == ready._begun.pid)  # type: ignore[union-attr]


def test_a_document_is_read_as_without_it(tmp_path: Path) -> None:
    server = start_server("--store", f"{tmp_path}/store", "--no-sample", MILCOOP_TOKEN=TOKEN, TMPDIR=str(tmp_path))
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "text/plain"}
    try:
        first = server.request("/reading?name=laros.txt", "POST", TEXT.encode(), headers)
        until(lambda: list(tmp_path.glob("milcoop-metrics-*/ready.socket")), seconds=600)
        second = server.request("/reading?name=laros.txt", "POST", TEXT.encode(), headers)
        assert (first.status, first.json()["claims"] != []) == (200, True)
        assert second.json() == first.json()
        loaded = server.request("/documents?name=laros.txt", "POST", TEXT.encode(), headers)
        assert loaded.status == 201, loaded.text
        bad = server.request("/documents?name=x.ttl", "POST", b"no turtle", {**headers, "Content-Type": "text/turtle"})
        assert (bad.status, bad.json()["title"]) == (422, "Document refused")
    finally:
        server.stop()
    until(lambda: not list(tmp_path.glob("milcoop-metrics-*")))
