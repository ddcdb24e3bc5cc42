"""This machine's copy of a remote store: a store in a folder whose states are those of the remote one.

What reads (inference, validation, proofs, pages, exports) reads it, as fast as any folder. All processes of the machine
share it; it can be deleted at any time and is fetched anew.
"""

import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import BlankNode, NamedNode, Triple

from graph.errors import NotFound, StoreError
from graph.reasoner import Reasoner
from graph.store.folder import FolderStore
from graph.store.inference import Course, Inference
from graph.store.layout import Layout
from graph.store.locking import try_exclusive
from graph.store.record import SnapshotRecord
from graph.store.shipped import ShippedGraphs
from graph.store.sources import FolderSources
from graph.store.transaction import Transaction
from ontology import GRAPH_INFERRED

__all__ = ["Mirror", "open_mirror"]

_KEPT = 2
_UNKNOWN = "unknown"
"""The origin of a mirror that has not been filled yet."""


@dataclass(frozen=True, slots=True)
class _Copying:
    """The course of a transaction that makes the mirror what the remote store is, and adds nothing of its own."""

    known: SnapshotRecord

    def begin(self, transaction: Transaction, record: SnapshotRecord) -> SnapshotRecord:  # noqa: ARG002
        return record

    def finish(self, transaction: Transaction, record: SnapshotRecord) -> SnapshotRecord:  # noqa: ARG002
        return self.known


class Mirror(FolderStore):
    """A mirror; get one from `open_mirror`."""

    @property
    def origin(self) -> str:
        """The name of the remote state that it is."""
        with self.snapshot() as snapshot:
            return snapshot.record.origin or _UNKNOWN

    def course(self, *, force: bool = False) -> Course:  # noqa: ARG002
        """A mirror makes up nothing."""
        return _Copying(SnapshotRecord("", origin=_UNKNOWN))

    def inference(self, *, force: bool) -> Inference:
        """The course of a transaction that is on its way to the remote store."""
        return Inference(self._reasoner, self._shipped, self.bare, force)

    def copy(self, graphs: Mapping[str | None, Iterable[Triple]], gone: Iterable[str], record: SnapshotRecord) -> None:
        """Take over a state of the remote store.

        Arguments:
            graphs: what has changed in it; None is the default graph of a bare store.
            gone: graphs that are there no longer.
            record: what is known about the state, its origin included.
        """
        with self.change(_Copying(record)) as transaction:
            for name in gone:
                if name != GRAPH_INFERRED or self.bare:
                    transaction.drop_graph(name)
            for graph, triples in graphs.items():
                if graph == GRAPH_INFERRED and not self.bare:
                    transaction.put_inferred(set(triples))
                else:
                    transaction.put_graph(graph, triples)

    @property
    def is_being_written(self) -> bool:
        """Whether a process of this machine is about to give it another state, and it has one already."""
        with try_exclusive(self._layout.lock) as free:
            return not free and self.origin != _UNKNOWN

    def graph_names(self) -> set[NamedNode | BlankNode]:
        """The names of its named graphs."""
        with self.snapshot() as snapshot:
            return set(snapshot.rdf.named_graphs())

    def has_source(self, sha256: str) -> bool:
        """Whether a document's bytes are here."""
        with suppress(NotFound):
            self.source(sha256)
            return True
        return False

    def take_source(self, sha256: str, data: bytes) -> None:
        """Keep a document's bytes."""
        FolderSources(self._layout.sources).stage(sha256, data)


def open_mirror(
    folder: Path, *, bare: bool, reasoner: Reasoner, shipped: ShippedGraphs | None, lock_seconds: float
) -> Mirror:
    """The mirror in a folder; made where there is none.

    Arguments:
        folder: the folder.
        bare: whether the remote store is a bare one; a mirror of the other kind is made anew.
        reasoner, shipped, lock_seconds: see `graph.store.open_store`.

    Raises:
        StoreError: there is something else in the folder, or it cannot be used.
    """
    layout = Layout(folder)
    if layout.exists():
        if layout.record(layout.current()).origin is None:
            raise StoreError(f"{folder} is a store of its own, and no mirror", hint="set MILCOOP_MIRROR to another")
        if layout.is_bare() != bare:
            shutil.rmtree(folder)
    return Mirror(
        folder,
        bare=bare,
        create=True,
        reasoner=reasoner,
        shipped=shipped,
        keep_snapshots=_KEPT,
        lock_seconds=lock_seconds,
    )
