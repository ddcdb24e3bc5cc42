"""Making the columns of a store, or making those that have followed many changes anew."""

from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph

from graph.columns.files import Folder
from graph.columns.of_snapshot import columns_of_snapshot, folder_of
from graph.columns.writing import MOST_BYTES, noted_until, pending
from graph.errors import StoreError

if TYPE_CHECKING:
    from graph.store.interface import Snapshot, Store

__all__ = ["LEAST_TRIPLES", "Lack", "is_being_made", "lack_of", "prepare_columns"]

LEAST_TRIPLES = 50_000
"""Below so many triples the engine is quick enough."""

_LEAST_BYTES = 1_000_000
_PART = 50
"""Columns that have followed changes of one in so many of their triples are made anew."""

_BYTES_OF_A_TRIPLE = 128


class Lack(StrEnum):
    """What the columns of a state lack."""

    NOTHING = "nothing"
    ALL = "all"
    ROOM = "room"
    """They have followed many changes, and will not follow many more."""


def lack_of(snapshot: "Snapshot", least: int = LEAST_TRIPLES) -> Lack:
    """What the columns of a state lack; nothing where it needs none.

    Arguments:
        snapshot: the state.
        least: the number of triples below which it needs none.
    """
    folder = folder_of(snapshot)
    if folder is None:
        return Lack.NOTHING
    if columns_of_snapshot(snapshot) is None:
        merged = snapshot.rdf.quads_for_pattern(None, None, None, DefaultGraph())
        enough = least <= 0 or next(islice(merged, least - 1, None), None) is not None
        return Lack.ALL if enough else Lack.NOTHING
    return Lack.ROOM if _has_followed_many(folder, snapshot) else Lack.NOTHING


def is_being_made(snapshot: "Snapshot") -> bool:
    """Whether somebody makes columns of the store.

    Arguments:
        snapshot: a state of it.
    """
    folder = folder_of(snapshot)
    return folder is not None and folder.is_being_made()


def prepare_columns(store: "Store", least: int = LEAST_TRIPLES) -> bool:
    """Make the columns of the newest state where it lacks them. Writers note meanwhile what they change.

    Arguments:
        store: the store.
        least: see `lack_of`.

    Returns:
        whether something was made.

    Raises:
        StoreError: they cannot be made or written.
    """
    with store.snapshot() as snapshot:
        folder, lack = folder_of(snapshot), lack_of(snapshot, least)
    if folder is None or lack is Lack.NOTHING:
        return False
    import numpy as np

    from graph.columns.checking import agree
    from graph.columns.folding import folded
    from graph.columns.making import NotMade, made_of  # Arrow only where columns are made
    from graph.columns.terms import TooManyTerms

    try:
        with folder.being_made() as alone:
            if not alone:
                return False
            with store.snapshot() as snapshot:  # what is committed from now on is noted
                columns = columns_of_snapshot(snapshot)
                if columns is not None and not agree(columns, snapshot.rdf, np.random.default_rng(snapshot.number)):
                    columns = None
                arrays = made_of(snapshot.rdf) if columns is None else folded(columns)
                state = (snapshot.number, snapshot.record.committed)
                folder.put(arrays, state, noted_until(folder, state) or 0)
    except (OSError, NotMade, TooManyTerms) as error:
        raise StoreError(f"columns of the store at {store.location} cannot be made: {error}") from error
    return True


def _has_followed_many(folder: Folder, snapshot: "Snapshot") -> bool:
    base, noted = folder.newest(), noted_until(folder, (snapshot.number, snapshot.record.committed))
    if base is None or noted is None:
        return False
    part = base.triples * _BYTES_OF_A_TRIPLE // _PART
    return pending(folder, noted) > min(max(_LEAST_BYTES, part), MOST_BYTES // 4)
