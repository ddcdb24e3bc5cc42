"""What takes long to compute from a snapshot, made anew beside the requests.

After a commit, readers get what was made of the state before until the new one is ready; only what is quick to make,
or was never made, is waited for.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from flask import current_app, g

from graph.store import Snapshot, Store
from server.logs import log
from server.resources import resources

__all__ = ["kept"]

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


class _Keeper:
    """What has been made, by name."""

    def __init__(self) -> None:
        self._entries: dict[str, _Entry] = {}
        self._making: set[str] = set()
        self._turns: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, name: str, snapshot: Snapshot, store: Store, make: Callable[[Snapshot], Any]) -> tuple[object, bool]:
        """What was made, and whether it is of this snapshot."""
        entry = self._entries.get(name)
        if entry is not None and entry.number == snapshot.number:
            return entry.value, True
        if entry is None:
            return self._first(name, snapshot, make)
        if entry.seconds < QUICK_SECONDS:
            return self._make(name, snapshot, make).value, True
        with self._lock:
            begin = name not in self._making
            self._making.add(name)
        if begin:
            threading.Thread(target=self._remake, args=(name, store, make), name=f"make {name}", daemon=True).start()
        return entry.value, False

    def _first(self, name: str, snapshot: Snapshot, make: Callable[[Snapshot], Any]) -> tuple[object, bool]:
        """What was never made: one makes it, and whoever asks meanwhile waits for him."""
        with self._lock:
            turn = self._turns.setdefault(name, threading.Lock())
        with turn:
            entry = self._entries.get(name) or self._make(name, snapshot, make)
        return entry.value, entry.number == snapshot.number

    def _make(self, name: str, snapshot: Snapshot, make: Callable[[Snapshot], Any]) -> _Entry:
        begun = time.thread_time()  # of this thread's work: a busy machine makes nothing slow that is quick
        entry = _Entry(snapshot.number, make(snapshot), time.thread_time() - begun)
        with self._lock:
            latest = self._entries.get(name)
            if latest is None or latest.number <= entry.number:
                self._entries[name] = entry
        return entry

    def _remake(self, name: str, store: Store, make: Callable[[Snapshot], Any]) -> None:
        try:
            with store.snapshot() as snapshot:
                self._make(name, snapshot, make)
        except Exception as error:  # whoever asks next tries again, and is told
            log.error("kept.failed", extra={"what": name, "error": str(error)})
        finally:
            with self._lock:
                self._making.discard(name)


def kept(name: str, snapshot: Snapshot, make: Callable[[Snapshot], Made]) -> Made:
    """What is made from a snapshot, or from one shortly before it where making it takes long.

    An answer from it is not to be kept by clients under the tag of the present state; this sees to that.

    Arguments:
        name: what it is (`overview`).
        snapshot: the present state.
        make: computes it; it may run in another thread and must use nothing of the request.
    """
    keeper = cast(_Keeper, current_app.extensions.setdefault(_EXTENSION, _Keeper()))
    value, current = keeper.get(name, snapshot, resources().store, make)
    if not current:
        g.volatile = True
    return cast(Made, value)
