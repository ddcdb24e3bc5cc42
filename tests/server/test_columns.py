"""A server has columns of what it serves, which a process of their own makes where they are lacking."""

import json
import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from pyoxigraph import Literal, NamedNode, Triple

from graph.columns import columns_of_snapshot, of_snapshot
from graph.columns.preparing import LEAST_TRIPLES, Lack
from graph.errors import MilcoopError
from graph.store import Store
from server import columns
from server.application import create_app
from server.columns import keep_columns
from server.settings import read_settings
from tests.waiting import until


def fact(number: int) -> Triple:
    return Triple(NamedNode("urn:s"), NamedNode("urn:p"), Literal(number))


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    monkeypatch.setattr(columns, "_LOOKS_SECONDS", 0.05)
    monkeypatch.setattr(columns, "_QUIET_SECONDS", 0.0)
    monkeypatch.setattr(columns, "REST", 0.0)
    monkeypatch.setattr(of_snapshot, "_LOOKS_AGAIN_SECONDS", 0.0)
    app = create_app(read_settings({"store": str(tmp_path / "store"), "bare": True}, environ={}))
    yield app
    app.extensions["milcoop"].close()


@pytest.fixture
def store(app: Flask) -> Store:
    """A store that is large enough."""
    store: Store = app.extensions["milcoop"].store
    with store.transaction() as transaction:
        transaction.put_graph(None, map(fact, range(LEAST_TRIPLES)))
    return store


def count(store: Store) -> int | None:
    """How many triples the columns of the newest state have."""
    with store.snapshot() as snapshot:
        found = columns_of_snapshot(snapshot)
    if found is None or (predicate := found.code("<urn:p>")) is None or (relation := found.relation(predicate)) is None:
        return None
    return len(relation)


def test_columns_are_made_of_what_is_served_follow_it_and_are_made_anew(app: Flask, store: Store) -> None:
    end = keep_columns(app)
    try:
        until(lambda: count(store) == LEAST_TRIPLES)
        with store.transaction() as transaction:
            transaction.amend_graph(None, [], [fact(-1)])
        assert count(store) == LEAST_TRIPLES + 1
        shutil.rmtree(Path(store.location) / "columns")
        with store.transaction() as transaction:
            transaction.amend_graph(None, [], [fact(-2)])
        assert count(store) is None
        until(lambda: count(store) == LEAST_TRIPLES + 2)
    finally:
        end()


def test_what_cannot_be_made_is_told_once(app: Flask, store: Store, caplog: pytest.LogCaptureFixture) -> None:
    (Path(store.location) / "columns").write_text("in the way")
    with caplog.at_level(logging.WARNING, "milcoop.server"):
        keeping = columns._Keeping(app.extensions["milcoop"])
        for _ in range(2):
            keeping._fails_until = 0.0
            try:
                keeping.look()
            except MilcoopError as error:
                keeping._tell(str(error))
    [told] = [record for record in caplog.records if record.message == "columns.failed"]
    assert "cannot be made" in json.dumps(told.__dict__, default=str)


class Clock:
    """A server whose store is written to all the time, and whose columns are outdated when they are ready."""

    def __init__(self, patch: pytest.MonkeyPatch, app: Flask, lack: Lack) -> None:
        self.now = 1000.0
        self.made: list[float] = []
        self.written = True
        self._held = app.extensions["milcoop"]
        self.keeping = columns._Keeping(self._held, lambda: self.now)
        patch.setattr(columns, "_QUIET_SECONDS", 10.0)
        patch.setattr(columns, "REST", 15.0)
        patch.setattr(columns, "run_apart", self._run)
        patch.setattr(columns, "lack_of", lambda _: lack)
        if lack is Lack.ROOM:
            patch.setattr(columns, "columns_of_snapshot", lambda _: object())

    def _run(self, *_: object) -> float:
        self.made.append(self.now)
        return 20.0

    def pass_(self, seconds: int) -> None:
        for _ in range(seconds):
            self.now += 1.0
            if self.written:
                self.keeping._newest = -1  # as if the number were another
            self.keeping.look()


def test_columns_that_are_outdated_when_they_are_ready_are_not_made_all_the_time(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch, app, Lack.ALL)
    clock.pass_(600)
    assert clock.made[0] == 1001.0  # at once
    assert 2 <= len(clock.made) <= 3
    clock.written = False
    clock.pass_(11)
    assert clock.made[-1] > clock.now - 5  # when nothing is written any more


def test_columns_that_have_followed_much_are_put_into_files_while_more_is_written(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock(monkeypatch, app, Lack.ROOM)
    clock.pass_(5)
    assert len(clock.made) == 5
