"""The store in memory: the same interface, nothing on disk."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import Lock

import pyoxigraph

from graph.errors import NotFound, StoreError
from graph.reasoner import Reasoner
from graph.store.inference import finish, refresh_shipped
from graph.store.interface import Snapshot, SnapshotInfo, Store
from graph.store.record import SnapshotRecord
from graph.store.shipped import ShippedGraphs
from graph.store.sources import MemorySources
from graph.store.transaction import Transaction

__all__ = ["MemoryStore"]


class _Published:
    """A committed state and how many read it."""

    def __init__(self, number: int, rdf: pyoxigraph.Store, record: SnapshotRecord) -> None:
        self.number = number
        self.rdf = rdf
        self.record = record
        self.readers = 0


class MemoryStore(Store):
    """A store that lives as long as the process.

    Arguments:
        bare: without ontology, reference data, inference and merged graph.
        reasoner: the engine of inference.
        shipped: the ontology and reference graphs; those of the ontology package unless given.
        lock_seconds: how long a writer waits for another thread's transaction.
    """

    def __init__(self, *, bare: bool, reasoner: Reasoner, shipped: ShippedGraphs | None, lock_seconds: float) -> None:
        self.location = "memory:"
        self.bare = bare
        self._reasoner = reasoner
        self._shipped = shipped
        self._lock_seconds = lock_seconds
        self._writing = Lock()
        self._reading = Lock()
        self._rdf = pyoxigraph.Store()
        self._sources = MemorySources()
        self._published = _Published(0, pyoxigraph.Store(), SnapshotRecord(""))
        with self._transaction(force=not bare):
            pass

    @property
    def generation(self) -> int:
        """The number of the newest committed state."""
        return self._published.number

    def snapshot(self) -> Snapshot:
        """The newest committed state."""
        with self._reading:
            state = self._published
            state.readers += 1

        def release() -> None:
            with self._reading:
                state.readers -= 1

        return Snapshot(state.number, state.rdf, state.record, None, release)

    def snapshots(self) -> tuple[SnapshotInfo, ...]:
        """The one state that is kept."""
        state = self._published
        return (SnapshotInfo(state.number, state.record.committed),)

    def snapshot_at(self, number: int) -> Snapshot:
        """The current state; a store in memory keeps no other."""
        if number != self.generation:
            raise NotFound(f"a store in memory keeps no snapshot {number}", hint="use a folder")
        return self.snapshot()

    def transaction(self) -> AbstractContextManager[Transaction]:
        """A change of any number of steps, of which all happen or none."""
        return self._transaction(force=False)

    @contextmanager
    def _transaction(self, *, force: bool) -> Iterator[Transaction]:
        if not self._writing.acquire(timeout=self._lock_seconds):
            raise StoreError("another thread of this process is writing to the store in memory", hint="try again later")
        transaction = Transaction(self._rdf, self._sources, bare=self.bare, before_change=lambda: None)
        try:
            record = self._published.record
            if not self.bare:
                record = refresh_shipped(transaction, record, self._shipped)
            yield transaction
            record = finish(transaction, record, self._reasoner, bare=self.bare, force=force)
            self._sources.commit()
            if transaction.changed:
                self._publish(transaction, record)
        except BaseException:
            transaction.undo()
            self._sources.rollback()
            raise
        finally:
            transaction.end()
            self._writing.release()

    def _publish(self, transaction: Transaction, record: SnapshotRecord) -> None:
        with self._reading:
            old = self._published
            if old.readers == 0:
                rdf = old.rdf
                transaction.replay_on(rdf)
            else:
                rdf = pyoxigraph.Store()
                rdf.extend(self._rdf)
                for name in self._rdf.named_graphs():
                    rdf.add_graph(name)
            self._published = _Published(old.number + 1, rdf, record)

    def source(self, sha256: str) -> bytes:
        """The bytes of a document."""
        return self._sources.read(sha256)

    def infer(self) -> None:
        """Infer anew from all that is asserted."""
        with self._transaction(force=not self.bare):
            pass

    def close(self) -> None:
        """Nothing is held but memory."""
