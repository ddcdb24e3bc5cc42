"""Stores that many tests begin with: made once in a run, whichever process of it needs them first, and copied."""

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.store import open_store

__all__ = ["made_once", "new_store"]


def made_once(temporary: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that all processes of a run read.

    Arguments:
        temporary: the run's own folders.
        name: what it is called.
        make: makes it at the place that it is given.
    """
    of_run = temporary.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:  # each worker has its folders in one of the run
        of_run = of_run.parent
    place, partial = of_run / name, of_run / f"{name}.partial"
    with (of_run / f"{name}.turn").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not place.exists():
            shutil.rmtree(partial, ignore_errors=True)
            make(partial)
            partial.rename(place)
    return place


def new_store(temporary: pytest.TempPathFactory, target: Path) -> Path:
    """A store with what is shipped and what follows from it, and no documents, at `target`."""
    return Path(shutil.copytree(made_once(temporary, "new store", lambda place: open_store(place).close()), target))
