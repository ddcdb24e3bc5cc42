"""What a store holds when it is first served: the sample documents, unless there is something else."""

import sys
from pathlib import Path
from typing import Any

import loaders
from graph.store import open_store
from loaders.load import Given, load
from ontology import MC

__all__ = ["prepare_store", "samples"]

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
            sys.stderr.write("The store is empty: reading the sample documents into it …\n")
            sys.stderr.flush()
            load(store, [Given(path.name, path.read_bytes()) for path in samples()])


def samples() -> list[Path]:
    """The sample documents, in the order of their names."""
    return sorted((Path(loaders.__file__).parent / "samples").glob("*.txt"))
