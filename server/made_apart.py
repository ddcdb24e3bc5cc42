"""What pages need of a large store: made once for all web processes, in a process that lets all others go first."""

import fcntl
import hashlib
import os
import shutil
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from graph.errors import StoreError
from graph.location import is_remote
from graph.store import Snapshot, open_store
from server.apart import ApartFailed, run_apart
from server.handing_over import read_value, write_value

__all__ = ["is_large", "made_apart", "make"]

_LARGE_BYTES = 50_000_000
_GIVES_WAY = 15
_LOOKS_SECONDS = 1.0


def is_large(snapshot: Snapshot, store: str) -> bool:
    """Whether what goes through all of a snapshot takes so long that requests would suffer.

    Arguments:
        snapshot: the state.
        store: the store's folder or address.
    """
    if snapshot.path is None or is_remote(store):
        return False
    return sum(file.stat().st_size for file in snapshot.path.iterdir()) >= _LARGE_BYTES


def made_apart(
    folder: Path, store: str, least: int, how: Callable[..., Any], arguments: tuple[str, ...]
) -> tuple[int, Any]:
    """What is made of the newest state, by this web process or another one; one thing is made at a time.

    Arguments:
        folder: one that all web processes of a server have, and nobody else can write.
        store: the store's folder.
        least: the number of the state that it must be of, or of a later one.
        how: a function of a module, of a snapshot and the arguments.
        arguments: further arguments.

    Returns:
        the number of the state, and what was made of it.

    Raises:
        MilcoopError: it could not be made.
    """
    task = f"{how.__module__}:{how.__qualname__}"
    place = folder / hashlib.sha256("\0".join((task, *arguments)).encode()).hexdigest()[:16]
    with (folder / "turn").open("a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # let go of even by a process that dies
        if _newest(place) < least:
            wanted = {"store": store, "place": str(place), "how": task, "arguments": arguments, "waiting": os.getpid()}
            try:
                run_apart("server.made_apart:make", wanted)
            except ApartFailed as error:
                raise StoreError(f"what pages need of the whole graph could not be made: {error}") from error
        number = _newest(place)
        return number, read_value(place / str(number))


def make(wanted: dict[str, Any]) -> None:
    """In the process of its own: make it, and write it where web processes find it.

    Arguments:
        wanted: `store`, `place`, `how` and `arguments`: see `made_apart`; `waiting`, the process that waits for it.

    Raises:
        StoreError: the store cannot be read.
    """
    os.nice(_GIVES_WAY)
    threading.Thread(target=_end_with, args=(wanted["waiting"],), daemon=True).start()
    os.environ.pop("PROMETHEUS_MULTIPROC_DIR", None)  # this process counts nothing
    module, _, name = wanted["how"].partition(":")
    how = getattr(import_module(module), name)
    with open_store(wanted["store"], create=False) as store, store.snapshot() as snapshot:
        value, number = how(snapshot, *wanted["arguments"]), snapshot.number
    place = Path(wanted["place"])
    partial = place / ".partial"
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    write_value(partial, value)
    with suppress(FileExistsError):  # one that nobody waited for any more made the same
        partial.rename(place / str(number))
    for former in place.iterdir():
        if former.name != str(number):
            shutil.rmtree(former, ignore_errors=True)


def _newest(place: Path) -> int:
    """The number of the newest state of which it is there; -1 if there is none."""
    with suppress(OSError):
        return max((int(entry.name) for entry in place.iterdir() if entry.name.isdigit()), default=-1)
    return -1


def _end_with(parent: int) -> None:
    """End when nobody waits for the result any more."""
    while os.getppid() == parent:
        time.sleep(_LOOKS_SECONDS)
    os._exit(1)
