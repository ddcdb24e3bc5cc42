"""What a writer does for columns: it notes what a commit did to the merged graph, where somebody may follow it."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from pyoxigraph import Triple

from graph.columns.changes import ChangeHead, NoChange, lines_of, read_head, write_change
from graph.columns.files import Folder
from graph.columns.state import State

__all__ = ["MOST_BYTES", "note_change", "noted_until", "pending"]

MOST_BYTES = 32_000_000
"""So much is noted of changes that are not in columns yet: whoever opens these reads all of it."""

_BYTES_OF_A_TRIPLE = 100
"""At least, but for a few."""

_HEAD_BYTES = 300
"""What a change counts beside its triples: thousands of small ones are slow to read as well."""


def note_change(
    path: Path,
    changed: Callable[[int], tuple[Iterable[Triple], Iterable[Triple]] | None],
    before: State,
    after: State,
) -> None:
    """Note a commit. Where that fails the state after it has no columns until they are made anew.

    Arguments:
        path: the folder of the columns, which is there.
        changed: gives the triples that left the merged graph, and those that came to it; None if they are more than
            so many.
        before: the state before.
        after: the state that the commit makes.
    """
    folder = Folder(path)
    with suppress(OSError, RuntimeError, ValueError):  # nobody's commit fails for it
        noted = noted_until(folder, before)
        if noted is None or pending(folder, noted) >= MOST_BYTES:
            return
        triples = changed(MOST_BYTES // _BYTES_OF_A_TRIPLE)
        if triples is None:
            return
        removed, added = map(lines_of, triples)
        if not set(removed.splitlines()).isdisjoint(added.splitlines()):  # one number in two spellings
            return
        total = noted + _HEAD_BYTES + len(removed) + len(added)
        if pending(folder, total) <= MOST_BYTES:
            write_change(folder.change(after[0]), ChangeHead(before, after, total), removed, added)


def noted_until(folder: Folder, state: State) -> int | None:
    """The bytes of changes up to a state, from columns on or from some that are being made; None if none lead to it.

    Arguments:
        folder: where they lie.
        state: the state.
    """
    with suppress(NoChange):
        head = read_head(folder.change(state[0]))
        if head.after == state:
            return head.bytes
    base = folder.newest()
    if base is not None and base.state == state:
        return base.noted
    return 0 if folder.is_being_made() else None


def pending(folder: Folder, noted: int) -> int:
    """How many of the bytes of changes are not in columns yet.

    Arguments:
        folder: where they lie.
        noted: the bytes of changes up to some state.
    """
    base = folder.newest()
    return noted - base.noted if base is not None and base.noted <= noted else noted
