"""The database that writers change, and the lock that makes one of them the only one.

A process that writes often may keep both between its transactions (`lingering`): opening the database takes as long
as a small change does. It lets go as soon as another writer waits. Nothing is at stake meanwhile: the database is in
the state of the newest snapshot, and lock and process end together.
"""

import gc
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import pyoxigraph

from graph.errors import StoreError
from graph.store.layout import Layout
from graph.store.locking import is_still, somebody_waits, take_writer_lock

__all__ = ["Held", "Primary"]

_HELD_SECONDS = 2.0
"""How long to wait for Oxigraph's own lock: somebody may still hold the state of an ended transaction."""

_TURN_SECONDS = 0.02
"""How long to leave the lock to another writer, who looks for it every few milliseconds."""

_abandoned: list[pyoxigraph.Store] = []
"""Databases of stores whose folder was replaced: closed, one could remove files of the new one, by their paths."""


@dataclass(slots=True)
class Held:
    """What a writer has.

    Attributes:
        lock: the descriptor of the lock.
        rdf: the database, where it is open and in the state of the newest snapshot.
        folder: device and inode of the database's folder.
        until: when to let go, by the monotonic clock.
    """

    lock: int
    rdf: pyoxigraph.Store | None = None
    folder: tuple[int, int] | None = None
    until: float = 0.0


class Primary:
    """The primary of a store and its lock. Safe to use from many threads, of which one at a time writes.

    Arguments:
        layout: the files of the store.
        lock_seconds: how long to wait for another writer.

    Attributes:
        lingering: for how many seconds after a transaction lock and database are kept; whoever sets it above 0 calls
            `rest` every few milliseconds as long as that says so.
    """

    def __init__(self, layout: Layout, lock_seconds: float) -> None:
        self.lingering = 0.0
        self._layout = layout
        self._lock_seconds = lock_seconds
        self._changing = threading.Lock()
        self._kept: Held | None = None

    @contextmanager
    def written(self) -> Iterator[Held]:
        """Be the only writer.

        Raises:
            StoreError: another writer kept the lock, or the file cannot be written.
        """
        held = self._take()
        if held is not None and somebody_waits(self._layout.lock):  # `rest` has no time to see it
            _let_go(held)
            held = None
            time.sleep(_TURN_SECONDS)
        held = held or Held(take_writer_lock(self._layout.lock, self._lock_seconds))
        try:
            yield held
        except BaseException:
            _let_go(held)
            raise
        if held.rdf is None or self.lingering <= 0:
            _let_go(held)
            return
        held.until = time.monotonic() + self.lingering
        with self._changing:
            self._kept = held

    def rest(self) -> bool:
        """Let go of what is kept if its time is over, or if somebody else wants to write.

        Returns:
            whether something is kept still.
        """
        held = self._take()
        if held is None:
            return False
        if time.monotonic() < held.until and not somebody_waits(self._layout.lock):
            with self._changing:
                self._kept = held
            return True
        _let_go(held)
        return False

    def close(self) -> None:
        """Let go of what is kept."""
        if (held := self._take()) is not None:
            _let_go(held)

    def open(self, held: Held) -> pyoxigraph.Store:
        """The database, in the state of the newest snapshot. It is the caller's until `keep` gives it back.

        Raises:
            StoreError: it is damaged, or another process has it open.
        """
        rdf, held.rdf = held.rdf, None
        if rdf is not None:
            return rdf
        rdf = self._opened()
        held.folder = _identity(self._layout)
        return rdf

    def keep(self, held: Held, rdf: pyoxigraph.Store) -> None:
        """Keep the database for the next transaction: it is in the state of the newest snapshot."""
        if self.lingering > 0:
            held.rdf = rdf

    def await_release(self) -> None:
        """Wait until nobody holds the database open any more.

        One that is still open when its folder is replaced removes, when it is closed at last, files of the new one by
        their paths.
        """
        deadline = time.monotonic() + _HELD_SECONDS
        while time.monotonic() < deadline:
            with suppress(RuntimeError):  # corrupted, and so held by nobody
                try:
                    pyoxigraph.Store(str(self._layout.primary))
                except OSError:
                    gc.collect()
                    time.sleep(0.02)
                    continue
            return

    def _take(self) -> Held | None:
        """What is kept, if it is still that of this store."""
        with self._changing:
            held, self._kept = self._kept, None
        if held is None:
            return None
        if not is_still(held.lock, self._layout.lock):
            if held.rdf is not None:
                _abandoned.append(held.rdf)
                held.rdf = None
            _let_go(held)
            return None
        if held.folder != _identity(self._layout):  # somebody took it away; it is made anew from the snapshot
            held.rdf = None
        return held

    def _opened(self) -> pyoxigraph.Store:
        deadline = time.monotonic() + _HELD_SECONDS
        restored = False
        while True:
            try:
                self._layout.drop_logs()
                return pyoxigraph.Store(str(self._layout.primary))
            except RuntimeError as error:  # corrupted: the current snapshot has the same state
                if restored:
                    raise StoreError(f"the store at {self._layout.folder} is damaged: {error}") from error
                self._layout.restore()
                restored = True
            except OSError as error:
                if time.monotonic() >= deadline:
                    raise StoreError(
                        f"the store at {self._layout.folder} cannot be opened for writing: {error}"
                    ) from error
                gc.collect()  # an ended transaction may still be held by a frame of its own exception
                time.sleep(0.05)


def _let_go(held: Held) -> None:
    if held.rdf is not None:
        held.rdf = None  # closed before another writer may open it
        gc.collect()  # an iterator that nobody reads any more would keep it open
    os.close(held.lock)


def _identity(layout: Layout) -> tuple[int, int] | None:
    try:
        found = layout.primary.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
