"""What pages need of the whole graph, made when a web process begins: nobody's first view waits for it."""

import fcntl
import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from graph.cooperation import read_doings
from graph.errors import MilcoopError
from server.apart import run_apart
from server.finding import index_names
from server.findings import watched
from server.keeping import kept
from server.logs import log
from server.overview import read_overview
from server.rendering import schema
from server.resources import current_snapshot, resources
from server.views.documents import read_documents

__all__ = ["warm"]

_MADE = {
    "overview": read_overview,
    "documents": read_documents,
    "names to search": index_names,
    "cooperation": read_doings,
}
"""By the names under which pages ask for them, the most wanted first."""

_WATCHED = ("announced-and-not-reported", "contradictions")
"""Canned queries that go through the whole graph."""


_LARGE_BYTES = 100_000_000


def warm(app: Flask, turn: Path | None = None) -> threading.Thread:
    """Make it, beside the requests; one that comes before it is ready waits for what it needs alone.

    Arguments:
        app: the application.
        turn: a file, the same for all web processes, that lets one of them do it at a time: in a large store it takes
            minutes, and queries are to have a processor meanwhile. None where there is one process.

    Returns:
        the thread that does it.
    """

    def make() -> None:
        with app.app_context(), _in_turn(turn):
            try:
                _ = resources().pool  # its processes start: nobody's first query waits for that
                schema()
                for name, how in _MADE.items():
                    kept(name, current_snapshot(), how)
                for name in _WATCHED:
                    watched(name)
                gc.collect()
                gc.freeze()  # what was made stays: no collection during a request need look through it again
                _prepare_large_texts()
            except MilcoopError as error:  # the first request says what is wrong
                log.warning("warming.failed", extra={"error": str(error)})

    thread = threading.Thread(target=make, name="warm", daemon=True)
    thread.start()
    return thread


@contextmanager
def _in_turn(turn: Path | None) -> Iterator[None]:
    """Wait until no other process has the file; it is let go of even by a process that dies."""
    if turn is None:
        yield
        return
    with turn.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _prepare_large_texts() -> None:
    """Make the index for text search where that takes longer than a query may; else the first search makes it."""
    snapshot = current_snapshot()
    if snapshot.path is None or sum(file.stat().st_size for file in snapshot.path.iterdir()) < _LARGE_BYTES:
        return
    run_apart("graph.search.of_snapshot:prepare_texts", {"store": resources().settings.store})
