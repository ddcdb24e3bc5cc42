"""The store: one writer, immutable snapshots for readers, the merged graph beside the documents' graphs."""

from pathlib import Path

from graph.errors import BadUsage
from graph.location import is_remote
from graph.reasoner import Reasoner, default_reasoner
from graph.store.folder import FolderStore
from graph.store.interface import Snapshot, SnapshotInfo, Store, Term
from graph.store.memory import MemoryStore
from graph.store.record import SnapshotRecord
from graph.store.shipped import ShippedGraphs
from graph.store.transaction import GRAPH_UNNAMED, Transaction

__all__ = [
    "GRAPH_UNNAMED", "ShippedGraphs", "Snapshot", "SnapshotInfo", "SnapshotRecord", "Store", "Term", "Transaction",
    "open_store",
]  # fmt: skip


def open_store(
    location: str | Path,
    *,
    bare: bool = False,
    create: bool = True,
    reasoner: Reasoner | None = None,
    shipped: ShippedGraphs | None = None,
    keep_snapshots: int = 3,
    lock_seconds: float = 30.0,
) -> Store:
    """The store at `location`; made there if there is none.

    Arguments:
        location: a folder, `memory:` for a store that lives as long as the process, or the address of a remote store:
            see docs/operating.md.
        bare: make a new store a plain SPARQL store, without ontology, reference data, inference and merged graph;
            an existing store stays what it is.
        create: whether a new store may be made.
        reasoner: the engine of inference; the default engine unless given.
        shipped: the ontology and reference graphs, if not those of the ontology package; each transaction brings
            these graphs to them.
        keep_snapshots: how many states a folder keeps, the current one included.
        lock_seconds: how long a writer waits for another one.

    Raises:
        StoreError: there is no store and none may be made, or what is there cannot be used.
        BadUsage: an address of another kind than HTTP.
    """
    engine = reasoner or default_reasoner()
    if str(location) == "memory:":
        return MemoryStore(bare=bare, reasoner=engine, shipped=shipped, lock_seconds=lock_seconds)
    if is_remote(location):
        from graph.store.remote import open_remote  # and an HTTP client, which folders do not need

        return open_remote(
            str(location),
            bare=bare,
            create=create,
            reasoner=engine,
            shipped=shipped,
            lock_seconds=lock_seconds,
        )
    if "://" in str(location):
        raise BadUsage(
            f"{location} is no address of a store", hint="one begins with http:// or https://; or name a folder"
        )
    return FolderStore(
        Path(location).expanduser(),
        bare=bare,
        create=create,
        reasoner=engine,
        shipped=shipped,
        keep_snapshots=keep_snapshots,
        lock_seconds=lock_seconds,
    )
