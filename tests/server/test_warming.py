"""What pages need of the whole graph is made when a web process begins."""

import fcntl
from pathlib import Path

import pytest

from graph.store import Snapshot
from server.application import create_app
from server.keeping import kept
from server.resources import current_snapshot
from server.settings import read_settings
from server.warming import warm


@pytest.mark.parametrize("name", ["overview", "documents", "names to search", "cooperation"])
def test_what_was_made_beforehand_is_not_made_again(tmp_path: Path, name: str) -> None:
    def again(_: Snapshot) -> object:
        raise AssertionError(name)

    app = create_app(read_settings({"store": str(tmp_path / "store"), "bare": True}, environ={}))
    warm(app).join(60)
    with app.app_context():
        kept(name, current_snapshot(), again)
    app.extensions["milcoop"].close()


def test_of_several_web_processes_one_makes_it_at_a_time(tmp_path: Path) -> None:
    app = create_app(read_settings({"store": str(tmp_path / "store"), "bare": True}, environ={}))
    turn = tmp_path / "warming"
    with turn.open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        waiting = warm(app, turn)
        waiting.join(0.5)
        assert waiting.is_alive()
    waiting.join(60)
    assert not waiting.is_alive()
    app.extensions["milcoop"].close()
