"""The store in a folder: see `graph.store.layout` for its files, and docs/architecture.md for why."""

import os
import shutil
import time
import weakref
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from threading import Lock
from traceback import clear_frames

import pyoxigraph

from graph.errors import NotFound, StoreError
from graph.reasoner import Reasoner
from graph.store.inference import Course, Inference
from graph.store.interface import Snapshot, SnapshotInfo, Store
from graph.store.layout import Layout
from graph.store.locking import hold_for_reading, is_still, writer_lock
from graph.store.primary import Held, Primary
from graph.store.record import SnapshotRecord
from graph.store.shipped import ShippedGraphs
from graph.store.sources import FolderSources
from graph.store.transaction import Transaction

__all__ = ["FolderStore"]


class _Opened:
    """A snapshot that is open for reading, and how many read it."""

    def __init__(self, number: int, rdf: pyoxigraph.Store, record: SnapshotRecord, path: Path, lock: int) -> None:
        self.number = number
        self.rdf: pyoxigraph.Store | None = rdf
        self.record = record
        self.path = path
        self.lock = lock
        self.readers = 0

    def is_still(self, layout: Layout) -> bool:
        """Whether it is the one of its number in the store's folder: that may have been replaced by another."""
        return self.rdf is not None and is_still(self.lock, layout.reader_lock(self.number))

    def close(self) -> None:
        if self.rdf is not None:
            self.rdf = None
            os.close(self.lock)


class FolderStore(Store):
    """A store in a folder, which any number of processes may read and one at a time may write.

    Arguments:
        folder: the store's folder.
        bare: for a new store: without ontology, reference data, inference and merged graph.
        create: make a store where there is none.
        reasoner: the engine of inference.
        shipped: the ontology and reference graphs; those of the ontology package unless given.
        keep_snapshots: how many states are kept, the current one included; more while they are being read.
        lock_seconds: how long a writer waits for another one.

    Raises:
        StoreError: there is no store and none may be made, or what is there cannot be used.
    """

    def __init__(
        self,
        folder: Path,
        *,
        bare: bool,
        create: bool,
        reasoner: Reasoner,
        shipped: ShippedGraphs | None,
        keep_snapshots: int,
        lock_seconds: float,
    ) -> None:
        self.location = str(folder)
        self._layout = Layout(folder)
        self._reasoner = reasoner
        self._shipped = shipped
        self._keep_snapshots = keep_snapshots
        self._lock_seconds = lock_seconds
        self._primary = Primary(self._layout, lock_seconds)
        self._reading = Lock()
        self._opened: _Opened | None = None
        self._process = os.getpid()
        with self._told():
            if not self._layout.exists():
                if not create:
                    raise StoreError(
                        f"there is no store at {folder}", hint="make one by loading documents: milcoop load SOURCE"
                    )
                folder.mkdir(parents=True, exist_ok=True)
                self._create(bare)
            self.bare = self._layout.is_bare()
            self._layout.current()
            self._place = os.open(self._layout.snapshots, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            weakref.finalize(self, os.close, self._place)

    @property
    def identity(self) -> str:
        """Device and inode of the folder of states, which stays open here: no other gets its inode."""
        found = os.fstat(self._place)
        return f"{found.st_dev}-{found.st_ino}"

    @property
    def replaced(self) -> bool:
        """Whether another store has come to the folder since this one was opened."""
        return not is_still(self._place, self._layout.snapshots)

    @property
    def generation(self) -> int:
        """The number of the newest committed state, of whichever process."""
        return self._layout.current()

    # Reading

    def snapshot(self) -> Snapshot:
        """The newest committed state, opened anew only if it has moved."""
        with self._reading, self._told():
            self._leave_parents_snapshot()
            opened = self._opened
            if opened is None or opened.number != self._layout.current() or not opened.is_still(self._layout):
                self._opened = newest = self._open_current()
                if opened is not None and opened.readers == 0:
                    opened.close()
                opened = newest
            opened.readers += 1
            assert opened.rdf is not None
            return Snapshot(opened.number, opened.rdf, opened.record, opened.path, lambda: self._release(opened))

    def snapshots(self) -> tuple[SnapshotInfo, ...]:
        """The states that are kept, the newest first."""
        with self._told():
            numbers = self._layout.numbers()
            return tuple(SnapshotInfo(number, self._layout.record(number).committed) for number in reversed(numbers))

    def snapshot_at(self, number: int) -> Snapshot:
        """A state that is kept."""
        if number == self.generation:
            return self.snapshot()
        with self._told():
            lock = hold_for_reading(self._layout.reader_lock(number)) if number in self._layout.numbers() else None
            if lock is None:
                raise NotFound(f"the store keeps no snapshot {number}", hint="`milcoop snapshots` lists those it keeps")
            opened = self._open(number, lock)
            assert opened.rdf is not None
            return Snapshot(number, opened.rdf, opened.record, opened.path, opened.close)

    def keep(self, number: int) -> None:
        """Keep so many states from now on."""
        with writer_lock(self._layout.lock, self._lock_seconds), self._told():
            self._layout.keep(number)

    def _release(self, opened: _Opened) -> None:
        with self._reading:
            opened.readers -= 1
            if opened.readers == 0 and opened is not self._opened:
                opened.close()

    def _open_current(self) -> _Opened:
        for _ in range(100):
            number = self._layout.current()
            lock = hold_for_reading(self._layout.reader_lock(number))
            if lock is None:  # the pointer moved on and the writer removed this one
                time.sleep(0.01)
                continue
            return self._open(number, lock)
        raise StoreError(f"the store at {self.location} is damaged: its current snapshot is missing")

    def _open(self, number: int, lock: int) -> _Opened:
        path = self._layout.checkpoint(number)
        try:
            return _Opened(number, pyoxigraph.Store.read_only(str(path)), self._layout.record(number), path, lock)
        except BaseException as error:
            os.close(lock)
            if isinstance(error, OSError | RuntimeError):  # Oxigraph tells corruption by the latter
                raise StoreError(
                    f"the store at {self.location} is damaged: snapshot {number} cannot be opened ({error})"
                ) from error
            raise

    def _leave_parents_snapshot(self) -> None:
        """After a fork, open the snapshot again: Oxigraph's threads did not come along."""
        if self._process != os.getpid():
            self._process = os.getpid()
            if self._opened is not None:
                self._opened.readers += 1  # never closed: closing would wait for those threads
                self._opened = None

    # Writing

    def transaction(self) -> AbstractContextManager[Transaction]:
        """A change of any number of steps, of which all happen or none."""
        return self.change(self.course())

    def infer(self) -> None:
        """Infer anew from all that is asserted."""
        with self.change(self.course(force=True)):
            pass

    def course(self, *, force: bool = False) -> Course:
        """The course of a transaction of this store.

        Arguments:
            force: all is inferred anew.
        """
        return Inference(self._reasoner, self._shipped, self.bare, force)

    @contextmanager
    def change(self, course: Course) -> Iterator[Transaction]:
        """A transaction that takes a course of its caller's choice."""
        with self._primary.written() as held:
            with self._told():
                if self._layout.is_dirty() or not self._layout.primary.exists():
                    held.rdf = None
                    self._layout.prune(self._layout.kept() or self._keep_snapshots)
                    self._layout.restore()
                number = self._layout.current()
                record = self._layout.record(number)
            with self._change(held, record, number, course) as transaction:
                yield transaction
            with self._told():
                self._close_snapshot()  # or the one kept open in case nothing changed would be kept from pruning
                self._layout.prune(self._layout.kept() or self._keep_snapshots)

    def linger(self, seconds: float) -> None:
        """Keep the database open between transactions from now on: for a process that writes often.

        Arguments:
            seconds: for how long after each; the caller calls `rest` every few milliseconds while that says so.
        """
        self._primary.lingering = seconds

    def rest(self) -> bool:
        """Let go of what is kept between transactions if its time is over, or if another process wants to write.

        Returns:
            whether something is kept still.
        """
        return self._primary.rest()

    def _create(self, bare: bool) -> None:
        with self._primary.written() as held:
            if self._layout.exists():  # another process was faster
                return
            self._layout.prepare(bare=bare)
            self.bare = bare
            with self._change(held, SnapshotRecord(""), 0, self.course(force=True)):
                pass

    @contextmanager
    def _change(self, held: Held, record: SnapshotRecord, number: int, course: Course) -> Iterator[Transaction]:
        before = (number, record.committed)
        rdf = self._primary.open(held)
        sources = FolderSources(self._layout.sources)
        transaction = Transaction(rdf, sources, bare=self.bare, before_change=self._layout.mark_dirty)
        transaction.begins_on = number
        try:
            origin, before = record.origin, (number, record.committed)
            record = course.begin(transaction, record)
            yield transaction
            record = course.finish(transaction, record)
            if transaction.changed or number == 0 or record.origin != origin:
                with self._told():
                    after = (number + 1, record.committed)
                    if self._layout.texts.exists():
                        from graph.search.of_snapshot import follow_texts  # here: few commands write

                        follow_texts(self._layout.texts, rdf, transaction.changed_triples, before, after)
                    if self._layout.columns.exists():
                        from graph.columns.writing import note_change

                        note_change(self._layout.columns, transaction.net_change.of_default_graph, before, after)
                    self._layout.publish(rdf, record, number + 1, more_to_come=transaction.more_to_come)
            sources.commit()
            self._primary.keep(held, rdf)
        except BaseException as error:
            sources.rollback()
            transaction.end()
            del rdf
            if number and self._layout.is_dirty():
                _let_go_of_frames(error)
                self._primary.await_release()
                with self._told():
                    self._layout.restore()
            raise
        finally:
            transaction.end()

    # Both

    def source(self, sha256: str) -> bytes:
        """The bytes of a document."""
        return FolderSources(self._layout.sources).read(sha256)

    def close(self) -> None:
        """Close the snapshot that is kept open; those in use stay readable."""
        self._primary.close()
        self._close_snapshot()

    def _close_snapshot(self) -> None:
        with self._reading:
            self._leave_parents_snapshot()
            opened, self._opened = self._opened, None
            if opened is not None and opened.readers == 0:
                opened.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell a failure of the file system in a sentence."""
        try:
            yield
        except OSError as error:
            what = error.strerror or _first_failure(error)
            raise StoreError(f"the store at {self.location} cannot be used: {what}") from error


def _let_go_of_frames(error: BaseException) -> None:
    """Drop the local variables of the frames that an error came through: among them may be the open database."""
    seen: set[int] = set()
    chain: list[BaseException | None] = [error]
    while chain:
        one = chain.pop()
        if one is not None and id(one) not in seen:
            seen.add(id(one))
            clear_frames(one.__traceback__)
            chain += [one.__cause__, one.__context__]


def _first_failure(error: OSError) -> str:
    """What went wrong first: copying a folder gathers its failures in a list of (from, to, why)."""
    if isinstance(error, shutil.Error) and error.args and isinstance(error.args[0], list) and error.args[0]:
        return str(error.args[0][0][-1])
    return str(error)
