"""Settled files: RocksDB's sorted runs merged before readers get them.

What is written in bulk goes to files that overlap those that are there; the engine merges them in the background, but
only while the primary is open, and a checkpoint holds for good what it found. Each look-up then reads every one of
these runs: with seven of them a query takes three to ten times as long (O'Neil et al., The Log-Structured Merge-Tree,
Acta Informatica 33, 1996). So a commit merges them where they are no small part of the store, which costs, over many
commits, a constant factor of what is written.
"""

from pathlib import Path

import pyoxigraph

__all__ = ["settled"]

_PART = 8
"""Merged is when what has come makes up a part of one in so many: the whole is written again so often at most."""

_LEAST_BYTES = 1 << 20


def settled(rdf: pyoxigraph.Store, folder: Path, mark: int) -> int:
    """Merge the files that have come since, if they are no small part of all.

    Arguments:
        rdf: the store, flushed.
        folder: its files.
        mark: the highest number of a file when they were merged the last time; 0 if that is not known.

    Returns:
        the highest number of a file when they were merged the last time.
    """
    sizes = _sizes(folder)
    fresh = sum(size for number, size in sizes.items() if number > mark)
    if fresh < _LEAST_BYTES or fresh * _PART < sum(sizes.values()):
        return mark
    rdf.optimize()
    return max(_sizes(folder), default=mark)


def _sizes(folder: Path) -> dict[int, int]:
    """The bytes of each data file, by its number: the engine counts upwards and never changes a file."""
    found = {}
    for file in folder.glob("*.sst"):
        try:
            found[int(file.stem)] = file.stat().st_size
        except (ValueError, FileNotFoundError):  # one that is about to be taken in; one that was merged just now
            continue
    return found
