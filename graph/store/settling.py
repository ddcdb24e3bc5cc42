"""Settled files: RocksDB's sorted runs merged before readers get them.

What is written in bulk goes to files that overlap those that are there; the engine merges them in the background, but
only while the primary is open, and a checkpoint holds for good what it found. Each look-up then reads every one of
these runs: with seven of them a query takes three to ten times as long (O'Neil et al., The Log-Structured Merge-Tree,
Acta Informatica 33, 1996). So a commit merges them where they are no small part of the store, which costs, over many
commits, a constant factor of what is written.

What is written in bulk to one graph after the other overlaps nothing in the indexes by graph, and the engine leaves it
as the small file that it is: opening a state, making one and removing one then take time by their number (1,600 files
for 9 million triples: 47, 38 and 16 ms of processor; 80 files: 7, 4 and 1). So quads from all over are written once
more before: the file that they are in overlaps all others, and these are written anew as large ones.
"""

from itertools import islice
from pathlib import Path

import pyoxigraph

__all__ = ["settled"]

_PART = 8
"""Merged is when what has come makes up a part of one in so many: the whole is written again so often at most."""

_MANY_FILES = 200
"""Where the same writer writes on at once, only so many files are merged: the engine itself merges what comes batch
after batch, and numbers all that it has written anew, which so is taken for what has come."""

_LEAST_BYTES = 1 << 20

_SPREAD = 2_000
"""From so many graphs a quad is written once more: files are merged where one of these lies in them."""


def settled(rdf: pyoxigraph.Store, folder: Path, mark: int, *, more_to_come: bool = False) -> int:
    """Merge the files that have come since, if they are no small part of all.

    While it does, quads are missing for a moment: who is interrupted must not go on from what is there.

    Arguments:
        rdf: the store, flushed.
        folder: its files.
        mark: the highest number of a file when they were merged the last time; 0 if that is not known.
        more_to_come: whether the same writer writes on at once.

    Returns:
        the highest number of a file when they were merged the last time.
    """
    sizes = _sizes(folder)
    fresh = sum(size for number, size in sizes.items() if number > mark)
    if more_to_come and len(sizes) < _MANY_FILES:
        return mark
    if fresh < _LEAST_BYTES or fresh * _PART < sum(sizes.values()):
        return mark
    _write_once_more(rdf)
    rdf.optimize()
    return max(_sizes(folder), default=mark)


def _write_once_more(rdf: pyoxigraph.Store) -> None:
    graphs = list(rdf.named_graphs())
    spread = graphs[:: len(graphs) // _SPREAD + 1] + graphs[-1:]
    quads = [quad for name in spread for quad in islice(rdf.quads_for_pattern(None, None, None, name), 1)]
    for quad in quads:
        rdf.remove(quad)
    rdf.extend(quads)
    rdf.flush()


def _sizes(folder: Path) -> dict[int, int]:
    """The bytes of each data file, by its number: the engine counts upwards and never changes a file."""
    found = {}
    for file in folder.glob("*.sst"):
        try:
            found[int(file.stem)] = file.stat().st_size
        except (ValueError, FileNotFoundError):  # one that is about to be taken in; one that was merged just now
            continue
    return found
