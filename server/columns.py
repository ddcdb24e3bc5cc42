"""Columns of the merged graph, made and kept up beside the requests: in a process that lets all others go first."""

import os
import threading
import time
from collections.abc import Callable
from typing import Any

from flask import Flask

from graph.columns.preparing import Lack, is_being_made, lack_of, prepare_columns
from graph.errors import MilcoopError
from graph.location import is_remote
from graph.store import open_store
from server.apart import run_apart
from server.keeping import REST
from server.logs import log
from server.resources import Resources

__all__ = ["keep_columns", "make_columns"]

_LOOKS_SECONDS = 2.0
_QUIET_SECONDS, _PATIENCE_SECONDS = 10.0, 60.0
"""How long nothing is written before it is worth looking, as columns of a store that is just being filled would be
outdated when they are ready; and how long that is waited for."""

_GIVES_WAY_TO_ALL = 15


def keep_columns(app: Flask) -> Callable[[], None]:
    """From now on, see to it beside the requests that the newest state has columns.

    Arguments:
        app: the application.

    Returns:
        what ends it before the process ends.
    """
    keeping = _Keeping(app.extensions["milcoop"])
    thread = threading.Thread(target=keeping.run, name="columns", daemon=True)
    thread.start()

    def end() -> None:
        keeping.ended.set()
        thread.join()

    return end


class _Keeping:
    """Looks whether something has been written, and has columns made where they are lacking.

    Arguments:
        held: what the application works on.
    """

    def __init__(self, held: Resources) -> None:
        self.ended = threading.Event()
        self._held = held
        self._complete = -1
        """The last state that was found to lack nothing."""
        self._newest, self._newest_since = -1, 0.0
        self._looked = float("-inf")
        self._spent, self._rests_until = 0.0, 0.0
        self._told = ""

    def run(self) -> None:
        """Go on until it is ended."""
        if is_remote(self._held.settings.store):
            return
        while not self.ended.wait(_LOOKS_SECONDS):
            try:
                self.look()
            except MilcoopError as error:
                self._tell(str(error))

    def look(self) -> None:
        """Look once, if it is time.

        Raises:
            StoreError: the store cannot be read, or columns cannot be made.
        """
        number, now = self._held.store.generation, time.monotonic()
        if number != self._newest:
            self._newest, self._newest_since = number, now
        is_quiet = now >= self._newest_since + _QUIET_SECONDS or now >= self._looked + _PATIENCE_SECONDS
        if number == self._complete or now < self._rests_until or not is_quiet:
            return
        with self._held.store.snapshot() as snapshot:
            if is_being_made(snapshot):
                return
            lack = lack_of(snapshot)
        self._looked = now
        if lack is Lack.NOTHING:
            self._complete, self._spent = number, 0.0
        elif self._spent:  # what was made was outdated when it was ready
            self._rests_until, self._spent = now + REST * self._spent, 0.0
        else:
            self._make()

    def _make(self) -> None:
        begun = time.monotonic()
        try:
            self._spent = run_apart("server.columns:make_columns", {"store": self._held.settings.store})
        except MilcoopError:
            self._rests_until = time.monotonic() + _PATIENCE_SECONDS + REST * (time.monotonic() - begun)
            raise
        if self._spent:
            log.info("columns.made", extra={"seconds": round(time.monotonic() - begun, 1)})

    def _tell(self, error: str) -> None:
        """Tell an error once: without columns the engine answers."""
        if error != self._told:
            self._told = error
            log.warning("columns.failed", extra={"error": error})


def make_columns(wanted: dict[str, Any]) -> float:
    """In a process of its own: make the columns of a store.

    Arguments:
        wanted: `store`, its folder.

    Returns:
        the seconds of processor time that they took; 0 where somebody else makes them, or nothing is lacking.

    Raises:
        StoreError: they cannot be made.
    """
    os.nice(_GIVES_WAY_TO_ALL)
    os.environ.pop("PROMETHEUS_MULTIPROC_DIR", None)  # this process counts nothing
    with open_store(wanted["store"], create=False) as store:
        return time.process_time() if prepare_columns(store) else 0.0
