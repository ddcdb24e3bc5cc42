"""Locks between processes: one writer at a time, and snapshots that stay while somebody reads them.

`flock` locks belong to the open file, so they vanish with the process that held them, however it ended.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.errors import StoreError

__all__ = [
    "hold_for_reading", "is_still", "somebody_waits", "take_writer_lock", "try_exclusive", "writer_lock",
]  # fmt: skip

_POLL_SECONDS = 0.005


@contextmanager
def writer_lock(file: Path, seconds: float) -> Iterator[None]:
    """Be the only writer: see `take_writer_lock`."""
    descriptor = take_writer_lock(file, seconds)
    try:
        yield
    finally:
        os.close(descriptor)


def take_writer_lock(file: Path, seconds: float) -> int:
    """Become the only writer. The file names the process that is.

    Arguments:
        file: made if missing.
        seconds: how long to wait for another writer.

    Returns:
        the descriptor, to be closed with `os.close`.

    Raises:
        StoreError: another writer kept the lock, or the file cannot be written.
    """
    try:
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError as error:
        raise StoreError(f"the store at {file.parent} cannot be written: {error.strerror}") from error
    try:
        if not _try(descriptor, fcntl.LOCK_EX):
            with _waiting(file):
                _await(descriptor, file, seconds)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def somebody_waits(file: Path) -> bool:
    """Whether another writer waits for the lock."""
    try:
        with try_exclusive(_queue(file)) as alone:
            return not alone
    except OSError:
        return True


def _await(descriptor: int, file: Path, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not _try(descriptor, fcntl.LOCK_EX):
        if time.monotonic() >= deadline:
            holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip() or "unknown"
            raise StoreError(
                f"the store at {file.parent} is being written by process {holder}, "
                f"and did not become free within {seconds:g} seconds",
                hint="try again when that process has finished",
            )
        time.sleep(_POLL_SECONDS)


@contextmanager
def _waiting(file: Path) -> Iterator[None]:
    """Show that somebody waits, to a writer that would keep the lock for its next transaction."""
    try:
        descriptor = os.open(_queue(file), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError:  # then it is waited for until its time is over
        yield
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH)  # held by others only while they look whether somebody waits
        yield
    finally:
        os.close(descriptor)


def _queue(file: Path) -> Path:
    return file.with_name(f"{file.name}.waiting")


def hold_for_reading(file: Path) -> int | None:
    """Share a lock on an existing file, so that nobody removes what it stands for.

    Returns:
        the descriptor, to be closed with `os.close`; None if the file is gone or going.
    """
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    # Between opening and locking the writer may have removed the file: then what is locked here protects nothing.
    if _try(descriptor, fcntl.LOCK_SH) and os.fstat(descriptor).st_nlink > 0:
        return descriptor
    os.close(descriptor)
    return None


def is_still(descriptor: int, path: Path) -> bool:
    """Whether the open file or folder is the one that is at a path."""
    try:
        ours, there = os.fstat(descriptor), path.stat()
    except OSError:
        return False
    return (ours.st_dev, ours.st_ino) == (there.st_dev, there.st_ino)


@contextmanager
def try_exclusive(file: Path) -> Iterator[bool]:
    """Tell whether nobody reads what `file` stands for, and keep it so."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        yield _try(descriptor, fcntl.LOCK_EX)
    finally:
        os.close(descriptor)


def _try(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
