"""Columns in the folder of a store: the columns of one state, as files that all processes map into memory.

columns/N/          the arrays of state N, a file each, and `made.json`; it comes with all its files, and never changes
columns/N.change    what became of state N - 1 (graph.columns.changes)
columns/making      locked while columns are being made: writers then note what they change

They are an aid, made of what the store holds and made anew where they are missing: a state for which something is
not there, or is not as it was written, has no columns.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np

from graph.columns.arrays import Arrays
from graph.columns.state import State

__all__ = ["Base", "Folder"]

_FORMAT = 1
_MADE = "made.json"
_PARTIAL = ".made"
_WRITTEN_TO = frozenset({"kinds", "numbers"})
"""Arrays with room for terms that come later: what is written there stays in the process."""


@dataclass(frozen=True, slots=True)
class Base:
    """The arrays of a state that lie in a folder.

    Arguments:
        state: whose they are.
        path: the folder.
        triples: how many there are.
        noted: how many bytes of changes led to the state, as their heads count them.
    """

    state: State
    path: Path
    triples: int
    noted: int

    def arrays(self) -> Arrays:
        """The arrays, mapped into memory.

        Raises:
            OSError, ValueError: they are not there, or damaged.
        """
        found = {}
        for field in fields(Arrays):
            file = self.path / f"{field.name}.npy"
            array = np.load(file, mmap_mode="c" if field.name in _WRITTEN_TO else "r", allow_pickle=False)
            found[field.name] = array.view(np.ndarray)
        arrays = Arrays(**found)
        if not arrays.fits() or len(arrays.subjects) != self.triples:
            raise ValueError("the arrays do not fit together")
        return arrays


class Folder:
    """The folder of the columns of a store.

    Arguments:
        path: the folder; it need not exist.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._making = path / "making"

    def change(self, number: int) -> Path:
        """The file of what became of the state before."""
        return self.path / f"{number}.change"

    @contextmanager
    def being_made(self) -> Iterator[bool]:
        """Be the only one that makes columns, which writers see; tells whether nobody else does already.

        Raises:
            OSError: the folder cannot be written.
        """
        self.path.mkdir(exist_ok=True)
        descriptor = os.open(self._making, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            yield _lock(descriptor, fcntl.LOCK_EX)
        finally:
            os.close(descriptor)

    def is_being_made(self) -> bool:
        """Whether somebody makes columns."""
        try:
            descriptor = os.open(self._making, os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            return False
        try:
            return not _lock(descriptor, fcntl.LOCK_SH)
        finally:
            os.close(descriptor)

    def newest(self) -> Base | None:
        """The newest state of which there are arrays."""
        numbers = (int(name) for name in self._names() if name.isdigit())
        return next((base for number in sorted(numbers, reverse=True) if (base := self._base(number))), None)

    def put(self, arrays: Arrays, state: State, noted: int) -> None:
        """Keep the arrays of a state, and remove what was kept for states before.

        Arguments:
            arrays, state, noted: see `Base`.

        Raises:
            OSError: they cannot be written.
        """
        place, partial = self.path / str(state[0]), self.path / f".{state[0]}{_PARTIAL}"
        shutil.rmtree(partial, ignore_errors=True)
        try:
            partial.mkdir(parents=True)
            for field in fields(Arrays):
                with (partial / f"{field.name}.npy").open("wb") as stream:
                    np.save(stream, getattr(arrays, field.name), allow_pickle=False)
                    stream.flush()
                    os.fsync(stream.fileno())
            told = {
                "format": _FORMAT,
                "number": state[0],
                "committed": state[1],
                "triples": len(arrays.subjects),
                "noted": noted,
            }
            with (partial / _MADE).open("w", encoding="utf-8") as stream:
                json.dump(told, stream)
                stream.flush()
                os.fsync(stream.fileno())
            shutil.rmtree(place, ignore_errors=True)  # of a store that had the number before
            partial.rename(place)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
        self._remove_before(state[0])

    def _names(self) -> list[str]:
        try:
            return os.listdir(self.path)  # noqa: PTH208 — names are all that is asked for
        except OSError:
            return []

    def _base(self, number: int) -> Base | None:
        path = self.path / str(number)
        with suppress(OSError, ValueError, KeyError, TypeError):
            made = json.loads((path / _MADE).read_text("utf-8"))
            if made["format"] == _FORMAT and made["number"] == number:
                return Base((number, str(made["committed"])), path, int(made["triples"]), int(made["noted"]))
        return None

    def _remove_before(self, number: int) -> None:
        """Remove what is of states before; who has it open reads on."""
        for name in self._names():
            if (name.isdigit() and int(name) != number) or name.endswith(_PARTIAL):
                shutil.rmtree(self.path / name, ignore_errors=True)
            stem = name.removesuffix(".change")
            if stem != name and stem.isdigit() and int(stem) <= number:
                (self.path / name).unlink(missing_ok=True)


def _lock(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)  # let go of even by a process that dies
    except BlockingIOError:
        return False
    return True
