"""The files of a store's folder, and the steps on them that must not be interrupted half-way.

store.json       format and kind of the store, written once
lock             held by the writer; names its process
lock.waiting     shared by writers that wait for it
dirty            there while primary/ differs from the current snapshot
primary/         Oxigraph's files, open only for the holder of the lock
current          the number of the current snapshot, replaced atomically
snapshots/N/     a checkpoint made of hard links, never changed
snapshots/N.json what is known about it
snapshots/N.lock shared by its readers
sources/         the documents' bytes under their SHA-256
texts.sqlite     the words of names and passages (graph.search); made anew where it is missing
columns/         the merged graph as columns of integers (graph.columns); made anew where they are missing
tokens.json      who may write over HTTP (server.tokens); nothing of the store's own
"""

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pyoxigraph

from graph.errors import StoreError
from graph.store.locking import try_exclusive
from graph.store.record import SnapshotRecord
from graph.store.settling import settled

__all__ = ["FORMAT", "Layout"]

FORMAT = 1
"""The version of this layout; a store of a newer one is refused."""

_NAMES = {"store.json", "lock", "lock.waiting", "dirty", "primary", "current", "snapshots", "sources", "tokens.json",
          "texts.sqlite", "texts.sqlite-wal", "texts.sqlite-shm", "columns"}  # fmt: skip


class Layout:
    """Paths of a store, and how they change. Only the holder of the writer lock calls what changes them.

    Arguments:
        folder: the store's folder; it need not exist.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lock = folder / "lock"
        self.primary = folder / "primary"
        self.snapshots = folder / "snapshots"
        self.sources = folder / "sources"
        self.texts = folder / "texts.sqlite"
        self.columns = folder / "columns"
        self._kind = folder / "store.json"
        self._dirty = folder / "dirty"
        self._current = folder / "current"
        self._pointer = str(self._current)

    # Reading

    def exists(self) -> bool:
        """Whether a store is there.

        Raises:
            StoreError: something else is there, or a store that is damaged.
        """
        try:
            names = {entry.name for entry in self.folder.iterdir()}
        except FileNotFoundError:
            return False
        except NotADirectoryError as error:
            raise StoreError(f"{self.folder} is a file, not the folder of a store") from error
        if "current" in names:
            return True
        if foreign := sorted(name for name in names - _NAMES if not name.startswith(".")):
            raise StoreError(
                f"{self.folder} is not a store, it holds {foreign[0]!r}", hint="name an empty or new folder"
            )
        if self.snapshots.exists() and not self._dirty.exists():
            raise StoreError(f"the store at {self.folder} is damaged: the file 'current' is missing")
        return False

    def is_bare(self) -> bool:
        """Whether the store was made bare.

        Raises:
            StoreError: its description cannot be read, or it was made by a newer milcoop.
        """
        try:
            kind = json.loads(self._kind.read_text("utf-8"))
            written, bare = int(kind["format"]), bool(kind["bare"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(f"the store at {self.folder} is damaged: {self._kind.name} cannot be read") from error
        if written > FORMAT:
            raise StoreError(
                f"the store at {self.folder} was made by a newer milcoop (format {written}, this one reads {FORMAT})",
                hint="update milcoop",
            )
        return bare

    def kept(self) -> int | None:
        """How many states this store keeps, the current one included; None where nobody has said."""
        try:
            return int(json.loads(self._kind.read_text("utf-8"))["keep"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def numbers(self) -> list[int]:
        """The states that are there, the oldest first."""
        last = self.current()
        found = (int(entry.stem) for entry in self.snapshots.glob("*.json") if entry.stem.isdigit())
        return sorted(number for number in found if number <= last and self.checkpoint(number).exists())

    def current(self) -> int:
        """The number of the current snapshot.

        Raises:
            StoreError: the pointer is missing or damaged.
        """
        try:
            return int(_read(self._pointer))  # each request asks for it: no stream is made of so few bytes
        except FileNotFoundError as error:
            raise StoreError(f"there is no store at {self.folder} any more") from error
        except OSError as error:
            raise StoreError(f"the store at {self.folder} cannot be read: {error.strerror}") from error
        except ValueError as error:
            raise StoreError(f"the store at {self.folder} is damaged: 'current' does not hold a number") from error

    def checkpoint(self, number: int) -> Path:
        """The folder of a snapshot."""
        return self.snapshots / str(number)

    def reader_lock(self, number: int) -> Path:
        """The file that a snapshot's readers share a lock on."""
        return self.snapshots / f"{number}.lock"

    def record(self, number: int) -> SnapshotRecord:
        """What is known about a snapshot.

        Raises:
            StoreError: it cannot be read.
        """
        file = self.snapshots / f"{number}.json"
        try:
            return SnapshotRecord.from_json(file.read_text("utf-8"))
        except (OSError, SyntaxError, ValueError, KeyError, TypeError) as error:
            raise StoreError(f"the store at {self.folder} is damaged: snapshots/{file.name} cannot be read") from error

    # Changing

    def prepare(self, *, bare: bool) -> None:
        """Make what a new store has before its first snapshot, or what an interrupted attempt left undone."""
        for leftover in (self.primary, self.snapshots):
            if leftover.exists():
                shutil.rmtree(leftover)
        self.mark_dirty()
        self.snapshots.mkdir()
        _replace(self._kind, json.dumps({"format": FORMAT, "bare": bare}) + "\n")

    def keep(self, number: int) -> None:
        """Write down how many states this store keeps."""
        kind = json.loads(self._kind.read_text("utf-8"))
        _replace(self._kind, json.dumps({**kind, "keep": number}) + "\n")

    def mark_dirty(self) -> None:
        """Write down, before it happens, that primary/ will differ from the current snapshot."""
        _replace(self._dirty, "")

    def is_dirty(self) -> bool:
        """Whether primary/ may differ from the current snapshot."""
        return self._dirty.exists()

    def drop_logs(self) -> None:
        """Remove what the database logged when it was open before: it keeps a thousand of these files."""
        for file in self.primary.glob("LOG.old.*"):
            file.unlink(missing_ok=True)

    def publish(
        self, rdf: pyoxigraph.Store, record: SnapshotRecord, number: int, *, more_to_come: bool = False
    ) -> None:
        """Make primary/'s state snapshot `number`, then the current one. The move of the pointer is the commit."""
        partial = self.snapshots / f"{number}.partial"
        if not self.is_dirty():  # merging files changes primary/ even where nothing else has
            self.mark_dirty()
        rdf.flush()
        record = replace(record, settled=settled(rdf, self.primary, record.settled, more_to_come=more_to_come))
        rdf.backup(partial)
        for file in partial.iterdir():
            if file.suffix != ".sst":  # those are hard links to files that the flush has synced
                _sync(file)
        _sync(partial)
        partial.rename(self.checkpoint(number))
        self.reader_lock(number).touch()
        _replace(self.snapshots / f"{number}.json", record.to_json())  # which syncs what came to the folder
        _replace(self._current, f"{number}\n")
        self._dirty.unlink(missing_ok=True)

    def restore(self) -> None:
        """Bring primary/ back to the current snapshot: data files as hard links, what Oxigraph writes to as copies."""
        number = self.current()
        checkpoint = self.checkpoint(number)
        discarded = self.folder / "primary.discarded"
        restored = self.folder / "primary.restored"
        for leftover in (discarded, restored):
            shutil.rmtree(leftover, ignore_errors=True)
        shutil.copytree(checkpoint, restored, copy_function=_link_or_copy)
        if self.primary.exists():
            self.primary.rename(discarded)
        restored.rename(self.primary)
        _sync(self.folder)
        self._dirty.unlink(missing_ok=True)
        shutil.rmtree(discarded, ignore_errors=True)

    def prune(self, keep: int) -> None:
        """Remove all snapshots but the current one, the newest `keep` of them, and those that somebody reads."""
        current = self.current()
        if not self.snapshots.exists():
            return
        for entry in self.snapshots.glob("*.partial"):
            shutil.rmtree(entry, ignore_errors=True)
        numbers = sorted(int(entry.stem) for entry in self.snapshots.glob("*.json") if entry.stem.isdigit())
        numbers += [int(e.name) for e in self.snapshots.iterdir() if e.name.isdigit() and int(e.name) not in numbers]
        past = sorted(number for number in numbers if number <= current)
        # One beyond the current number was left by a commit that did not come to its end.
        superfluous = set(numbers) - set(past[-max(keep, 1) :]) - {current}
        for number in superfluous:
            with try_exclusive(self.reader_lock(number)) as unread:
                if unread:
                    shutil.rmtree(self.checkpoint(number), ignore_errors=True)
                    (self.snapshots / f"{number}.json").unlink(missing_ok=True)
                    self.reader_lock(number).unlink(missing_ok=True)


def _replace(file: Path, text: str) -> None:
    """Write a small file so that after a crash there is either the old or the new one."""
    partial = file.with_name(f".{file.name}.partial")
    with partial.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(file)
    _sync(file.parent)


def _read(file: str) -> bytes:
    """What a file of a few bytes holds."""
    descriptor = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
    try:
        return os.read(descriptor, 64)
    finally:
        os.close(descriptor)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _link_or_copy(source: str, target: str) -> None:
    if source.endswith(".sst"):
        os.link(source, target)
    else:
        shutil.copyfile(source, target)
