"""What takes long to compute from a snapshot, made anew beside the requests.

After a commit, readers get what was made of the state before until the new one is ready; only what is quick to make,
or was never made, is waited for. Of a large store it is made in a process of its own, once for all web processes; and
after that it rests for many times as long as it took, so that a server that is written to all the time does not make
all the time what nobody may ask for before it is outdated again.
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, cast

from flask import Flask, current_app, g

from graph.store import Snapshot, Store
from server.logs import log
from server.made_apart import Made, is_large, made_apart, make_apart, newest
from server.resources import current_snapshot, resources

__all__ = ["is_ready", "keep_apart", "kept", "make_ahead"]

Value = TypeVar("Value")
_EXTENSION = "milcoop.kept"
QUICK_SECONDS = 0.5
"""What takes no longer is made anew whenever the state has changed."""

REST = 15.0
"""How many times as long as it took in a process of its own something rests before it is made anew."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """Something that was made: of which state, in how many seconds of work, and until when it rests then."""

    number: int
    value: object
    seconds: float
    rests_until: float = 0.0

    @property
    def is_quick(self) -> bool:
        """Whether a request may make it."""
        return self.seconds < QUICK_SECONDS and not self.rests_until


class _Keeper:
    """What has been made, by name.

    Arguments:
        folder: where web processes hand over what one of them had made; None where there is but one.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._entries: dict[str, _Entry] = {}
        self._making: set[str] = set()
        self._turns: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def has(self, name: str) -> bool:
        """Whether it was made, of this state or one before."""
        return name in self._entries

    def get(self, name: str, wanted: Made, snapshot: Snapshot, store: Store) -> tuple[object, bool]:
        """What was made, and whether it is of this snapshot."""
        entry = self._entries.get(name)
        if entry is not None and entry.number >= snapshot.number:
            return entry.value, entry.number == snapshot.number
        if entry is None:
            return self._first(name, wanted, snapshot, store)
        if entry.is_quick:
            return self._make(name, wanted, snapshot, store).value, True
        least = snapshot.number
        if time.monotonic() < entry.rests_until:
            least = self._newest(wanted, store)  # another web process may have had it made since
            if least <= entry.number:
                return entry.value, False
        with self._lock:
            begin = name not in self._making
            self._making.add(name)
        if begin:
            threading.Thread(
                target=self._remake, args=(name, wanted, store, least), name=f"make {name}", daemon=True
            ).start()
        return entry.value, False

    def _first(self, name: str, wanted: Made, snapshot: Snapshot, store: Store) -> tuple[object, bool]:
        """What was never made: one makes it, and whoever asks meanwhile waits for him."""
        with self._lock:
            turn = self._turns.setdefault(name, threading.Lock())
        with turn:
            entry = self._entries.get(name) or self._make(name, wanted, snapshot, store)
        return entry.value, entry.number == snapshot.number

    def place(self, store: Store) -> Path | None:
        """Where things made of this store are handed over: one that comes in its place has another."""
        if self.folder is None:
            return None
        place = self.folder / store.identity
        place.mkdir(exist_ok=True)
        return place

    def _newest(self, wanted: Made, store: Store) -> int:
        place = self.place(store)
        return -1 if place is None else newest(wanted.place(place))

    def _make(
        self,
        name: str,
        wanted: Made,
        snapshot: Snapshot,
        store: Store,
        least: int | None = None,
        *,
        urgent: bool = True,
    ) -> _Entry:
        """Make it of the snapshot; in a process of its own of the newest state, or of one from `least` on."""
        place = self.place(store)
        if place is not None and is_large(snapshot, store.location):
            least = snapshot.number if least is None else least
            made = made_apart(place, store.location, least, wanted, urgent=urgent)
            entry = _Entry(made.number, made.value, made.seconds, time.monotonic() + REST * made.seconds)
        else:
            begun = time.thread_time()  # of this thread's work: a busy machine makes nothing slow that is quick
            value = wanted.how(snapshot, *wanted.arguments)
            entry = _Entry(snapshot.number, value, time.thread_time() - begun)
        with self._lock:
            latest = self._entries.get(name)
            if latest is None or latest.number <= entry.number:
                self._entries[name] = entry
        return entry

    def _remake(self, name: str, wanted: Made, store: Store, least: int) -> None:
        try:
            with store.snapshot() as snapshot:
                self._make(name, wanted, snapshot, store, least, urgent=False)
        except Exception as error:  # whoever asks next tries again, and is told
            log.error("kept.failed", extra={"what": name, "error": str(error)})
        finally:
            with self._lock:
                self._making.discard(name)


def kept(name: str, snapshot: Snapshot, make: Callable[..., Value], *arguments: str) -> Value:
    """What is made from a snapshot, or from one shortly before it where making it takes long.

    An answer from it is not to be kept by clients under the tag of the present state; this sees to that.

    Arguments:
        name: what it is (`overview`).
        snapshot: the present state.
        make: computes it: a function of a module, as it may run in another process. It must use nothing of the
            request.
        arguments: what it is called with besides.
    """
    value, current = _keeper().get(name, Made(make, arguments), snapshot, resources().store)
    if not current:
        g.volatile = True
    return cast(Value, value)


def is_ready(name: str, snapshot: Snapshot) -> bool:
    """Whether something is there, or would be at once; else a page that can do without it need not wait.

    A page without it is not to be kept by clients; this sees to that.

    Arguments:
        name: what it is.
        snapshot: the present state.
    """
    ready = _keeper().has(name) or not is_large(snapshot, resources().store.location)
    if not ready:
        g.volatile = True
    return ready


def make_ahead(things: Sequence[Made]) -> None:
    """Of a large store, make what pages need in one process, so that `kept` finds it.

    Arguments:
        things: what `kept` will be asked for, the most wanted first.

    Raises:
        StoreError: it could not be made.
    """
    snapshot, store = current_snapshot(), resources().store
    place = _keeper().place(store)
    if place is not None and is_large(snapshot, store.location):
        make_apart(place, store.location, snapshot.number, things, urgent=True)


def keep_apart(app: Flask, folder: Path) -> None:
    """From now on, make what is kept of a large store in processes of their own.

    Arguments:
        app: the application, which has kept nothing yet.
        folder: an empty one that all web processes of this server have, and nobody else can write.
    """
    app.extensions[_EXTENSION] = _Keeper(folder)


def _keeper() -> _Keeper:
    return cast(_Keeper, current_app.extensions.setdefault(_EXTENSION, _Keeper(None)))
