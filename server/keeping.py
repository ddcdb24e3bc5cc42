"""What takes long to compute from a snapshot, made anew beside the requests.

After a commit, readers get what was made of the state before until the new one is ready; only what is quick to make,
or was never made, is waited for. Of a large store it is made in a process of its own, once for all web processes.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

from flask import Flask, current_app, g

from graph.store import Snapshot, Store
from server.logs import log
from server.made_apart import is_large, made_apart
from server.resources import resources

__all__ = ["is_ready", "kept", "make_apart"]

Made = TypeVar("Made")
_EXTENSION = "milcoop.kept"
QUICK_SECONDS = 0.5
"""What takes no longer is made anew whenever the state has changed."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """Something that was made: of which state, and in how many seconds of work."""

    number: int
    value: object
    seconds: float


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to be made: under which name, how, and with what besides a snapshot."""

    name: str
    how: Callable[..., Any]
    arguments: tuple[str, ...]


class _Keeper:
    """What has been made, by name.

    Arguments:
        folder: where web processes hand over what one of them had made; None where there is but one.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._entries: dict[str, _Entry] = {}
        self._making: set[str] = set()
        self._turns: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def has(self, name: str) -> bool:
        """Whether it was made, of this state or one before."""
        return name in self._entries

    def get(self, wanted: _Wanted, snapshot: Snapshot, store: Store) -> tuple[object, bool]:
        """What was made, and whether it is of this snapshot."""
        entry = self._entries.get(wanted.name)
        if entry is not None and entry.number >= snapshot.number:
            return entry.value, entry.number == snapshot.number
        if entry is None:
            return self._first(wanted, snapshot, store)
        if entry.seconds < QUICK_SECONDS:
            return self._make(wanted, snapshot, store).value, True
        with self._lock:
            begin = wanted.name not in self._making
            self._making.add(wanted.name)
        if begin:
            threading.Thread(target=self._remake, args=(wanted, store), name=f"make {wanted.name}", daemon=True).start()
        return entry.value, False

    def _first(self, wanted: _Wanted, snapshot: Snapshot, store: Store) -> tuple[object, bool]:
        """What was never made: one makes it, and whoever asks meanwhile waits for him."""
        with self._lock:
            turn = self._turns.setdefault(wanted.name, threading.Lock())
        with turn:
            entry = self._entries.get(wanted.name) or self._make(wanted, snapshot, store)
        return entry.value, entry.number == snapshot.number

    def _make(self, wanted: _Wanted, snapshot: Snapshot, store: Store) -> _Entry:
        if self._folder is not None and is_large(snapshot, store.location):
            number, value = made_apart(self._folder, store.location, snapshot.number, wanted.how, wanted.arguments)
            entry = _Entry(number, value, float("inf"))
        else:
            begun = time.thread_time()  # of this thread's work: a busy machine makes nothing slow that is quick
            value = wanted.how(snapshot, *wanted.arguments)
            entry = _Entry(snapshot.number, value, time.thread_time() - begun)
        with self._lock:
            latest = self._entries.get(wanted.name)
            if latest is None or latest.number <= entry.number:
                self._entries[wanted.name] = entry
        return entry

    def _remake(self, wanted: _Wanted, store: Store) -> None:
        try:
            with store.snapshot() as snapshot:
                self._make(wanted, snapshot, store)
        except Exception as error:  # whoever asks next tries again, and is told
            log.error("kept.failed", extra={"what": wanted.name, "error": str(error)})
        finally:
            with self._lock:
                self._making.discard(wanted.name)


def kept(name: str, snapshot: Snapshot, make: Callable[..., Made], *arguments: str) -> Made:
    """What is made from a snapshot, or from one shortly before it where making it takes long.

    An answer from it is not to be kept by clients under the tag of the present state; this sees to that.

    Arguments:
        name: what it is (`overview`).
        snapshot: the present state.
        make: computes it: a function of a module, as it may run in another process. It must use nothing of the
            request.
        arguments: what it is called with besides.
    """
    keeper = cast(_Keeper, current_app.extensions.setdefault(_EXTENSION, _Keeper(None)))
    wanted = _Wanted(name, make, arguments)
    value, current = keeper.get(wanted, snapshot, resources().store)
    if not current:
        g.volatile = True
    return cast(Made, value)


def is_ready(name: str, snapshot: Snapshot) -> bool:
    """Whether something is there, or would be at once; else a page that can do without it need not wait.

    A page without it is not to be kept by clients; this sees to that.

    Arguments:
        name: what it is.
        snapshot: the present state.
    """
    keeper = cast(_Keeper, current_app.extensions.setdefault(_EXTENSION, _Keeper(None)))
    ready = keeper.has(name) or not is_large(snapshot, resources().store.location)
    if not ready:
        g.volatile = True
    return ready


def make_apart(app: Flask, folder: Path) -> None:
    """From now on, make what is kept of a large store in processes of their own.

    Arguments:
        app: the application, which has kept nothing yet.
        folder: an empty one that all web processes of this server have, and nobody else can write.
    """
    app.extensions[_EXTENSION] = _Keeper(folder)
