"""What pages need of the whole graph is made when a web process begins; of a large store, once for all of them."""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from flask import Flask, g
from pyoxigraph import NamedNode, Triple

from graph.store import Snapshot
from server import findings, keeping, made_apart
from server.application import create_app
from server.handing_over import read_value, write_value
from server.keeping import keep_apart, kept
from server.resources import current_snapshot, resources
from server.settings import read_settings
from server.warming import warm
from tests.waiting import until

GRAPH = "urn:g"
GIVES_WAY = 5


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    app = create_app(read_settings({"store": str(tmp_path / "store"), "bare": True}, environ={}))
    yield app
    app.extensions["milcoop"].close()


@pytest.fixture
def large(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """An application that takes its store for a large one."""
    monkeypatch.setattr(made_apart, "_LARGE_BYTES", 0)
    (tmp_path / "made").mkdir()
    keep_apart(app, tmp_path / "made")
    return app


def add(thing: str) -> None:
    triple = Triple(NamedNode(thing), NamedNode("urn:p"), NamedNode("urn:o"))
    with resources().store.snapshot() as snapshot:
        before = list(snapshot.triples(GRAPH))
    with resources().store.transaction() as transaction:
        transaction.put_graph(GRAPH, [*before, triple])


def subjects(snapshot: Snapshot) -> list[str]:
    return sorted(str(triple.subject) for triple in snapshot.triples(GRAPH))


def made_where(_: Snapshot) -> tuple[int, int]:
    return os.getpid(), os.getpriority(os.PRIO_PROCESS, 0)


def slowly(_: Snapshot) -> float:
    time.sleep(30)
    return 0.0


@pytest.mark.parametrize("name", ["overview", "documents", "names to search", "cooperation"])
@pytest.mark.parametrize("size", ["small", "large"])
def test_what_was_made_beforehand_is_not_made_again(request: pytest.FixtureRequest, name: str, size: str) -> None:
    def again(_: Snapshot) -> object:
        raise AssertionError(name)

    app: Flask = request.getfixturevalue("app" if size == "small" else "large")
    warm(app).join(120)
    with app.app_context():
        kept(name, current_snapshot(), again)


def test_of_a_large_store_it_is_made_in_another_process_that_lets_others_go_first(large: Flask) -> None:
    with large.app_context():
        process, niceness = kept("where", current_snapshot(), made_where)
    assert process != os.getpid()
    assert niceness >= min(GIVES_WAY + os.getpriority(os.PRIO_PROCESS, 0), 19)


def test_what_one_web_process_had_made_the_others_read(large: Flask, tmp_path: Path) -> None:
    with large.app_context():
        made = kept("where", current_snapshot(), made_where)
    keep_apart(large, tmp_path / "made")  # as in another web process, which has nothing yet
    with large.app_context():
        assert kept("where", current_snapshot(), made_where) == made


def test_of_several_web_processes_one_makes_it_at_a_time(large: Flask, tmp_path: Path) -> None:
    with large.app_context():
        place = tmp_path / "made" / resources().store.identity
    place.mkdir()
    with (place / "turn").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        waiting = warm(large)
        waiting.join(0.5)
        assert waiting.is_alive()
    waiting.join(120)
    assert not waiting.is_alive()


def test_after_a_write_it_is_made_anew_and_the_former_is_removed(large: Flask, tmp_path: Path) -> None:
    with large.app_context():
        assert kept("subjects", current_snapshot(), subjects) == []
        add("urn:1")
    until(lambda: present_subjects(large) == ["<urn:1>"])
    (of_store,) = (tmp_path / "made").iterdir()
    (place,) = (entry for entry in of_store.iterdir() if entry.is_dir())
    assert len(list(place.iterdir())) == 1


def present_subjects(app: Flask) -> list[str]:
    with app.app_context():
        return kept("subjects", current_snapshot(), subjects)


def makings() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "make subjects"]


def test_after_it_was_made_it_rests_however_often_is_written(large: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "REST", 1e9)
    with large.app_context():
        assert kept("subjects", current_snapshot(), subjects) == []
        add("urn:1")
    for _ in range(3):
        with large.app_context():
            assert kept("subjects", current_snapshot(), subjects) == []
            assert g.volatile
            assert makings() == []


def test_one_that_rests_takes_what_another_web_process_has_made(
    large: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "REST", 1e9)
    with large.app_context():
        assert kept("subjects", current_snapshot(), subjects) == []
        add("urn:1")
    resting = large.extensions["milcoop.kept"]
    keep_apart(large, tmp_path / "made")  # as in another web process, which has nothing yet
    with large.app_context():
        assert kept("subjects", current_snapshot(), subjects) == ["<urn:1>"]
    large.extensions["milcoop.kept"] = resting
    until(lambda: present_subjects(large) == ["<urn:1>"])


def test_of_a_store_that_came_to_its_place_nothing_is_taken_from_before(large: Flask, tmp_path: Path) -> None:
    with large.app_context():
        add("urn:former")
        assert kept("subjects", current_snapshot(), subjects) == ["<urn:former>"]
    location = tmp_path / "store"
    location.rename(tmp_path / "former")
    present = create_app(read_settings({"store": str(location), "bare": True}, environ={}))  # as a new web process
    keep_apart(present, tmp_path / "made")
    try:
        with present.app_context():
            add("urn:present")
            assert kept("subjects", current_snapshot(), subjects) == ["<urn:present>"]
    finally:
        present.extensions["milcoop"].close()


def test_the_process_that_makes_it_ends_when_nobody_waits_any_more(tmp_path: Path) -> None:
    wanted = {
        "store": str(tmp_path / "store"), "things": [[str(tmp_path / "place"), f"{__name__}:slowly", []]],
        "niceness": 0, "waiting": 1,
    }  # fmt: skip
    from server.apart import ApartFailed, run_apart

    create_app(read_settings({"store": str(tmp_path / "store"), "bare": True}, environ={})).extensions[
        "milcoop"
    ].store.close()
    with pytest.raises(ApartFailed):
        run_apart("server.made_apart:make", wanted, seconds=20)
    assert not list((tmp_path / "place").glob("*"))


@pytest.mark.parametrize("value", [None, [], (), {"a": 1}, list(range(1001)), tuple("абв"), [[1], [2]]], ids=repr)
def test_what_is_handed_over_is_the_same(tmp_path: Path, value: object) -> None:
    write_value(tmp_path, value)
    assert read_value(tmp_path) == value
    assert type(read_value(tmp_path)) is type(value)


def test_names_that_were_handed_over_are_found(tmp_path: Path) -> None:
    from graph.search.index import NameIndex
    from graph.search.names import Named

    names = [Named("urn:1", "Степной орёл", "ru"), Named("urn:2", "Steppe Eagle", ""), Named("urn:3", "Щит", "ru")]
    write_value(tmp_path, NameIndex(names))
    index: NameIndex = read_value(tmp_path)
    for file in tmp_path.iterdir():
        file.unlink()
    assert len(index) == 3
    assert [(hit.iri, hit.text, hit.language) for hit in index.search("степн")] == [("urn:1", "Степной орёл", "ru")]


def test_other_threads_go_on_while_much_is_read(tmp_path: Path) -> None:
    write_value(tmp_path, [(f"urn:{number}", str(number)) for number in range(200_000)])
    beats: list[float] = []
    ended = threading.Event()

    def beat() -> None:
        while not ended.wait(0.001):
            beats.append(time.monotonic())

    thread = threading.Thread(target=beat)
    thread.start()
    assert len(read_value(tmp_path)) == 200_000
    ended.set()
    thread.join()
    assert len(list(pairwise(beats))) > 3


def made_at(_: Snapshot, *__: str) -> int:
    return time.monotonic_ns()


def test_what_is_watched_is_made_anew_each_day(large: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is announced for a day is missing from the next on, though nothing was written."""
    monkeypatch.setattr(findings, "rows_of", made_at)
    made = []
    with large.app_context():
        for day in (date(2030, 1, 1), date(2030, 1, 1), date(2030, 1, 2)):
            monkeypatch.setattr(findings, "_today", lambda day=day: day)
            made.append(findings.watched("announced-and-not-reported"))
    assert made[0] == made[1] != made[2]
