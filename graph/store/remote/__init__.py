"""`--store URL`: a store on any server that speaks SPARQL 1.1 Query and Update (and the Graph Store Protocol)."""

from pathlib import Path

from graph.location import mirror_folder
from graph.reasoner import Reasoner
from graph.store.remote.access import RemoteAccess
from graph.store.remote.endpoint import Endpoint
from graph.store.remote.store import RemoteStore
from graph.store.shipped import ShippedGraphs

__all__ = ["RemoteStore", "open_remote"]


def open_remote(
    location: str,
    *,
    bare: bool,
    create: bool,
    reasoner: Reasoner,
    shipped: ShippedGraphs | None,
    lock_seconds: float,
    mirror: Path | None = None,
) -> RemoteStore:
    """The store behind an address.

    Arguments:
        location: the address of its queries.
        mirror: the folder of this machine's mirror; by default one under the user's state, or MILCOOP_MIRROR.
        bare, create, reasoner, shipped, lock_seconds: see `graph.store.open_store`.

    Raises:
        BadUsage: the address cannot be used.
        StoreError: there is no such store, or it cannot be reached.
    """
    return RemoteStore(
        location,
        Endpoint(RemoteAccess.of(location)),
        mirror or mirror_folder(location),
        bare=bare,
        create=create,
        reasoner=reasoner,
        shipped=shipped,
        lock_seconds=lock_seconds,
    )
