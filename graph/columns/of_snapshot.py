"""The columns of a state of a store: those that lie in its folder, and what was changed since."""

import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from graph.columns.changes import Change, NoChange, read_change, read_head
from graph.columns.columns import Columns
from graph.columns.files import Folder
from graph.columns.following import NotFollowed, followed
from graph.columns.state import State
from graph.columns.terms import TooManyTerms

if TYPE_CHECKING:
    from graph.store.interface import Snapshot

__all__ = ["columns_of_snapshot", "folder_of"]

_LOOKS_AGAIN_SECONDS = 1.0
"""How long a state is taken to have no columns, when there were none."""

_NOT_THERE = (OSError, EOFError, ValueError, LookupError, TypeError, NoChange, NotFollowed, TooManyTerms)


@dataclass(frozen=True, slots=True)
class _Opened:
    """Columns that are open.

    Arguments:
        path: the folder of the store's states.
        state: whose they are.
        base: the state whose files they are made of.
        columns: None if there are none, as far as is known until `until`.
    """

    path: Path
    state: State
    base: State | None
    columns: Columns | None
    until: float = 0.0

    def serves(self) -> bool:
        """Whether there is no need to look again."""
        return self.columns is not None or time.monotonic() < self.until


_lock = threading.Lock()
_opened: _Opened | None = None


def columns_of_snapshot(snapshot: "Snapshot") -> Columns | None:
    """The columns of a state, if there are any: kept between requests, and moved on with the states.

    Arguments:
        snapshot: the state.

    Result: columns of exactly this state; None if there are none.
    """
    global _opened
    folder = folder_of(snapshot)
    if folder is None or snapshot.path is None:
        return None
    path, state = snapshot.path.parent, (snapshot.number, snapshot.record.committed)
    with _lock:
        opened = _opened
        if opened is not None and opened.path != path:
            opened = None
        if opened is not None and opened.state == state and opened.serves():
            return opened.columns
        _opened = _open(folder, path, state, opened)
        return _opened.columns


def folder_of(snapshot: "Snapshot") -> Folder | None:
    """Where the columns of a store lie; None for one that has none.

    Arguments:
        snapshot: a state of it.
    """
    if snapshot.path is None or snapshot.record.origin is not None:  # a mirror takes over the moments of its original
        return None
    return Folder(snapshot.path.parent.parent / "columns")


def _open(folder: Folder, path: Path, state: State, former: _Opened | None) -> _Opened:
    base = folder.newest()
    if base is not None and base.state[0] > state[0]:
        base = None
    if former is not None and former.columns is not None and (base is None or base.state == former.base):
        with suppress(*_NOT_THERE):
            columns = followed(former.columns, _changes(folder, former.state, state))
            return _Opened(path, state, former.base, columns)
    if base is not None:
        with suppress(*_NOT_THERE):
            columns = base.arrays().columns()
            if base.state != state:
                columns = followed(columns, _changes(folder, base.state, state))
            return _Opened(path, state, base.state, columns)
    return _Opened(path, state, None, None, time.monotonic() + _LOOKS_AGAIN_SECONDS)


def _changes(folder: Folder, before: State, after: State) -> list[Change]:
    """The changes from one state to another.

    Raises:
        NoChange: one is missing, or is of other states.
    """
    if before != after and read_head(folder.change(after[0])).after != after:  # most chains that break lack their end
        raise NoChange
    changes = []
    for number in range(before[0] + 1, after[0] + 1):
        change = read_change(folder.change(number))
        if change.head.before != before:
            raise NoChange
        before = change.head.after
        changes.append(change)
    if before != after:
        raise NoChange
    return changes
