"""What a store holds when it is served: the sample documents if there is nothing else, and the ontology of today."""

import sys
from typing import Any

from graph.store import open_store
from graph.store.shipped import shipped_digest
from ontology import MC

__all__ = ["bring_up_to_date", "prepare_store"]

_ANY_DOCUMENT = f"SELECT ?document WHERE {{ GRAPH ?document {{ ?document a <{MC['Document']}> }} }} LIMIT 1"


def prepare_store(wanted: dict[str, Any]) -> bool:
    """Make the store where there is none, and load the samples into an empty one.

    Arguments:
        wanted: `store`, its folder; `bare`, whether a new one is bare; `sample`, whether it gets the samples.

    Returns:
        whether the store was inferred with another ontology than the one that is shipped now.

    Raises:
        StoreError: the store cannot be opened or written.
    """
    with open_store(wanted["store"], bare=wanted["bare"]) as store:
        if store.bare:
            return False
        with store.snapshot() as snapshot:
            outdated = snapshot.record.shipped != shipped_digest()
            empty = wanted["sample"] and not snapshot.select(_ANY_DOCUMENT)
        if empty:
            from loaders.load import load  # here: what reads documents takes a while to import
            from loaders.samples import samples

            sys.stderr.write("The store is empty: reading the sample documents into it …\n")
            sys.stderr.flush()
            load(store, samples())
            return False
        return outdated


def bring_up_to_date(wanted: dict[str, Any]) -> None:
    """Infer anew with the ontology that is shipped, as the next write would: in a large store it takes minutes.

    Arguments:
        wanted: `store`, its folder.

    Raises:
        StoreError: the store cannot be opened or written.
    """
    with open_store(wanted["store"]) as store, store.transaction():
        pass  # each transaction begins with it
