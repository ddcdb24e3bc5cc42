"""Columns of the merged graph, made and kept up beside the requests: in a process that lets all others go first."""

import os
import threading
import time
from collections.abc import Callable
from typing import Any

from flask import Flask

from graph.columns import columns_of_snapshot
from graph.columns.preparing import Lack, is_being_made, lack_of, prepare_columns
from graph.location import is_remote
from graph.store import open_store
from server.apart import run_apart
from server.keeping import REST
from server.logs import log
from server.resources import Resources

__all__ = ["keep_columns", "make_columns"]

_LOOKS_SECONDS = 2.0
_QUIET_SECONDS, _PATIENCE_SECONDS = 10.0, 60.0
"""How long nothing is written before columns are made of the whole graph, as those of a store that is just being filled
would be outdated when they are ready; and how long that is waited for."""

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
        clock: tells the seconds.
    """

    def __init__(self, held: Resources, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.ended = threading.Event()
        self._held = held
        self._complete = -1
        """The last state that was found to lack nothing."""
        self._newest, self._newest_since = -1, 0.0
        self._tried = float("-inf")
        self._spent, self._rests_until, self._fails_until = 0.0, 0.0, 0.0
        self._told = ""

    def run(self) -> None:
        """Go on until it is ended."""
        if is_remote(self._held.settings.store):
            return
        while not self.ended.wait(_LOOKS_SECONDS):
            try:
                self.look()
            except Exception as error:  # without columns the engine answers
                self._tell(str(error))

    def look(self) -> None:
        """Look once, if it is time.

        Raises:
            StoreError: the store cannot be read, or columns cannot be made.
        """
        number, now = self._held.store.generation, self._clock()
        if number != self._newest:
            self._newest, self._newest_since = number, now
        if number == self._complete or now < self._fails_until:
            return
        with self._held.store.snapshot() as snapshot:
            if is_being_made(snapshot) or (columns_of_snapshot(snapshot) is None and not self._is_time(now)):
                return
            lack = lack_of(snapshot)
        if lack is Lack.NOTHING:
            self._complete, self._spent = number, 0.0
        elif lack is Lack.ALL and self._spent and not self._is_quiet(now):
            self._rests_until, self._spent = now + REST * self._spent, 0.0  # it was outdated when it was ready
        else:
            self._make()

    def _is_time(self, now: float) -> bool:
        """Whether it is worth going through the whole graph."""
        if not self._is_quiet(now) and now < max(self._tried + _PATIENCE_SECONDS, self._rests_until):
            return False
        self._tried = now
        return True

    def _is_quiet(self, now: float) -> bool:
        return now >= self._newest_since + _QUIET_SECONDS

    def _make(self) -> None:
        begun = self._clock()
        try:
            self._spent = run_apart("server.columns:make_columns", {"store": self._held.settings.store})
        except Exception:
            self._fails_until = self._clock() + _PATIENCE_SECONDS + REST * (self._clock() - begun)
            raise
        if self._spent:
            log.info("columns.made", extra={"seconds": round(self._clock() - begun, 1)})

    def _tell(self, error: str) -> None:
        """Tell an error once."""
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
