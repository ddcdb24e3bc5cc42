"""The states of a store: listing them, keeping more or fewer, backing one up and making a store of it again."""

from pathlib import Path

from graph.errors import BadInput, BadUsage
from graph.location import is_remote
from graph.store import SnapshotInfo, open_store
from graph.store.backup import Backup, back_up, restore
from graph.store.folder import FolderStore
from graph.store.refill import refill, syntax_of

__all__ = ["back_up_store", "restore_store", "states"]


def states(store: str, keep: int | None = None) -> tuple[SnapshotInfo, ...]:
    """The states that a store keeps, the newest first.

    Arguments:
        store: the store's folder.
        keep: how many it is to keep from now on, if that is to change.

    Raises:
        StoreError: there is no store.
        BadUsage: it is in memory.
    """
    with open_store(store, create=False) as opened:
        if keep is not None:
            if not isinstance(opened, FolderStore):
                raise BadUsage("only a store in a folder keeps states", hint="name a folder with --store")
            opened.keep(keep)
        return opened.snapshots()


def back_up_store(store: str, file: Path, as_of: str | None = None, *, replace: bool = False) -> Backup:
    """Write a state of a store into a file.

    Arguments:
        store: the store's folder.
        file: the file.
        as_of: which state, by number or date; the newest unless given.
        replace: whether it may take the place of a file that is there already.

    Raises:
        StoreError, NotFound, BadUsage, BadInput: there is no store, no such state, or the file cannot be written.
    """
    _must_be_a_folder(store)
    number = None
    if as_of is not None:
        with open_store(store, create=False) as opened, opened.snapshot_as_of(as_of) as snapshot:
            number = snapshot.number
    return back_up(Path(store).expanduser(), file, number, replace=replace)


def restore_store(file: Path, store: str) -> str:
    """Make a store of a backup, or of an export of all graphs, and say what was restored.

    Arguments:
        file: a backup, or TriG, N-Quads or JSON-LD by the ending of its name.
        store: where there is none yet; of a remote store, one that holds nothing of milcoop's.

    Raises:
        BadInput: the file is neither, or is damaged.
        StoreError: something is in the store already.
    """
    if (syntax := syntax_of(file)) is not None:
        if not file.is_file():
            raise BadInput(f"there is no file {file}")
        with open_store(store) as opened:
            return f"{refill(opened, file, syntax):,} statements"
    _must_be_a_folder(store)
    made = restore(file, Path(store).expanduser())
    return f"snapshot {made.snapshot} of {made.committed}"


def _must_be_a_folder(store: str) -> None:
    if is_remote(store):
        raise BadUsage(
            f"the remote store at {store} has backups of its own, and none of milcoop's",
            hint="`milcoop export nquads --output FILE` writes what it holds, `milcoop restore FILE` reads that again",
        )
