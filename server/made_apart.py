"""What pages need of a large store: made once for all web processes, in a process that lets all others go first."""

import fcntl
import hashlib
import os
import shutil
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from graph.errors import StoreError
from graph.location import is_remote
from graph.store import Snapshot, open_store
from server.apart import ApartFailed, run_apart
from server.handing_over import read_value, write_value

__all__ = ["Made", "Making", "is_large", "made_apart", "make", "make_apart", "newest"]

_LARGE_BYTES = 50_000_000
_GIVES_WAY, _GIVES_WAY_TO_ALL = 5, 15
"""Nice values: where somebody waits, and where there is something from before that serves meanwhile."""

_LOOKS_SECONDS = 1.0
_WAITS_SECONDS = 0.05
_SECONDS = "seconds"


def is_large(snapshot: Snapshot, store: str) -> bool:
    """Whether what goes through all of a snapshot takes so long that requests would suffer.

    Arguments:
        snapshot: the state.
        store: the store's folder or address.
    """
    if snapshot.path is None or is_remote(store):
        return False
    return sum(file.stat().st_size for file in snapshot.path.iterdir()) >= _LARGE_BYTES


@dataclass(frozen=True, slots=True)
class Made:
    """Something that is made of a state of the store.

    Arguments:
        how: a function of a module, of a snapshot and the arguments.
        arguments: further arguments.
    """

    how: Callable[..., Any]
    arguments: tuple[str, ...] = ()

    @property
    def task(self) -> str:
        """The function, as another process finds it."""
        return f"{self.how.__module__}:{self.how.__qualname__}"

    def place(self, folder: Path) -> Path:
        """Where it is handed over."""
        return folder / hashlib.sha256("\0".join((self.task, *self.arguments)).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Making:
    """What was made: of which state, and in how many seconds of processor time."""

    number: int
    value: Any
    seconds: float


def made_apart(folder: Path, store: str, least: int, wanted: Made, *, urgent: bool) -> Making:
    """What is made of the newest state, by this web process or another one; one process at a time makes something.

    Arguments:
        folder: one that all web processes of a server have, and nobody else can write.
        store: the store's folder.
        least: the number of the state that it must be of, or of a later one.
        wanted: what to make.
        urgent: whether somebody waits for it.

    Raises:
        StoreError: it could not be made.
    """
    place = wanted.place(folder)
    while True:
        number = newest(place)
        if number >= least:
            with suppress(FileNotFoundError):  # a later one has just taken its place
                seconds = float((place / str(number) / _SECONDS).read_text("ascii"))
                return Making(number, read_value(place / str(number)), seconds)
        elif not make_apart(folder, store, least, [wanted], urgent=urgent, wait=False):
            time.sleep(_WAITS_SECONDS)


def make_apart(
    folder: Path, store: str, least: int, things: Sequence[Made], *, urgent: bool, wait: bool = True
) -> bool:
    """Make what has not been made yet, so that all web processes find it; each thing is there as soon as it is ready.

    Arguments:
        folder, store, least, urgent: see `made_apart`.
        things: what to make, in this order.
        wait: whether to wait while another process makes something.

    Returns:
        whether it is there now; False only where another process makes something, and was not waited for.

    Raises:
        StoreError: it could not be made.
    """
    with (folder / "turn").open("a") as turn:
        try:
            fcntl.flock(turn, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))  # let go of even by a process that dies
        except BlockingIOError:
            return False
        missing = [one for one in things if newest(one.place(folder)) < least]
        if missing:
            wanted = {
                "store": store,
                "things": [[str(one.place(folder)), one.task, list(one.arguments)] for one in missing],
                "niceness": _GIVES_WAY if urgent else _GIVES_WAY_TO_ALL,
                "waiting": os.getpid(),
            }
            try:
                run_apart("server.made_apart:make", wanted)
            except ApartFailed as error:
                raise StoreError(f"what pages need of the whole graph could not be made: {error}") from error
    return True


def make(wanted: dict[str, Any]) -> None:
    """In the process of its own: make things, and write each where web processes find it.

    Arguments:
        wanted: `store`, its folder; `things`, of each its place, its function and the arguments of that; `niceness`,
            by how much to let others go first; `waiting`, the process that waits for them.

    Raises:
        StoreError: the store cannot be read.
    """
    os.nice(wanted["niceness"])
    threading.Thread(target=_end_with, args=(wanted["waiting"],), daemon=True).start()
    os.environ.pop("PROMETHEUS_MULTIPROC_DIR", None)  # this process counts nothing
    with open_store(wanted["store"], create=False) as store, store.snapshot() as snapshot:
        for place, task, arguments in wanted["things"]:
            module, _, name = task.partition(":")
            how = getattr(import_module(module), name)
            begun = time.process_time()
            value = how(snapshot, *arguments)
            _write(Path(place), Making(snapshot.number, value, time.process_time() - begun))


def _write(place: Path, made: Making) -> None:
    partial = place / ".partial"
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    write_value(partial, made.value)
    (partial / _SECONDS).write_text(str(made.seconds), "ascii")
    with suppress(OSError):  # one that nobody waited for any more made the same
        partial.rename(place / str(made.number))
    for former in place.iterdir():
        if former.name != str(made.number):
            shutil.rmtree(former, ignore_errors=True)


def newest(place: Path) -> int:
    """The number of the newest state of which something is at its place; -1 if there is none."""
    with suppress(OSError):
        return max((int(entry.name) for entry in place.iterdir() if entry.name.isdigit()), default=-1)
    return -1


def _end_with(parent: int) -> None:
    """End when nobody waits for the result any more."""
    while os.getppid() == parent:
        time.sleep(_LOOKS_SECONDS)
    os._exit(1)
