"""What a store holds when it is first served: the sample documents, unless there is something else."""

import sys
from typing import Any

from graph.store import open_store
from ontology import MC

__all__ = ["prepare_store"]

_ANY_DOCUMENT = f"SELECT ?document WHERE {{ GRAPH ?document {{ ?document a <{MC['Document']}> }} }} LIMIT 1"


def prepare_store(wanted: dict[str, Any]) -> None:
    """Make the store where there is none, and load the samples into an empty one.

    Arguments:
        wanted: `store`, its folder; `bare`, whether a new one is bare; `sample`, whether it gets the samples.

    Raises:
        StoreError: the store cannot be opened or written.
    """
    with open_store(wanted["store"], bare=wanted["bare"]) as store:
        if store.bare or not wanted["sample"]:
            return
        with store.snapshot() as snapshot:
            empty = not snapshot.select(_ANY_DOCUMENT)
        if empty:
            from loaders.load import load  # here: what reads documents takes a while to import
            from loaders.samples import samples

            sys.stderr.write("The store is empty: reading the sample documents into it …\n")
            sys.stderr.flush()
            load(store, samples())
