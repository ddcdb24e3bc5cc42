"""Functions in a process of their own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from server.apart import ApartFailed, run_apart
from tests.waiting import until

ROOT = Path(__file__).resolve().parents[2]
NAP = """
import os, pathlib, time
def nap(wanted):
    pathlib.Path(wanted["pid"]).write_text(str(os.getpid()))
    time.sleep(wanted["seconds"])
    return "slept"
"""


@pytest.fixture(autouse=True)
def napping(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "nap.py").write_text(NAP)
    monkeypatch.syspath_prepend(tmp_path)


def test_the_result_of_a_function_comes_back(tmp_path: Path) -> None:
    assert run_apart("nap:nap", {"pid": str(tmp_path / "pid"), "seconds": 0}) == "slept"


def test_what_takes_too_long_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(ApartFailed):
        run_apart("nap:nap", {"pid": str(tmp_path / "pid"), "seconds": 60}, seconds=1)


def test_the_process_ends_with_the_one_that_wanted_its_result(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    call = f"from server.apart import run_apart; run_apart('nap:nap', {{'pid': {str(pid)!r}, 'seconds': 300}})"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(tmp_path)])}
    with subprocess.Popen([sys.executable, "-c", call], env=environment) as caller:
        until(lambda: pid.exists() and pid.read_text() != "")
        caller.kill()
    until(lambda: not is_running(int(pid.read_text())))


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
