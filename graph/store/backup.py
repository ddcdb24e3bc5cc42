"""A store as one file, and a store from such a file.

The file is a tar archive of a store's folder with one snapshot in it, the documents' bytes, and a manifest with the
SHA-256 of every file. A snapshot never changes, so a backup is taken while others write, and is a state that was
committed. Tokens are left out: who may write is no part of what the graph knows.
"""

import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import pyoxigraph

from graph.errors import BadInput, NotFound, StoreError
from graph.store.layout import Layout
from graph.store.locking import hold_for_reading
from graph.store.record import SnapshotRecord

__all__ = ["Backup", "back_up", "restore"]

_MANIFEST = "manifest.json"
_FORMAT = 1
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup file holds.

    Arguments:
        snapshot: the number of the state.
        committed: when it was committed, ISO 8601 in UTC.
        files: how many files.
        size: their size in bytes.
    """

    snapshot: int
    committed: str
    files: int
    size: int


def back_up(folder: Path, target: Path, number: int | None = None, *, replace: bool = False) -> Backup:
    """Write a state of a store into a file.

    Arguments:
        folder: the store's folder.
        target: the file; it is there when it is complete.
        number: of the state; the current one unless given.
        replace: whether it may take the place of a file that is there already.

    Raises:
        StoreError: there is no store, or it cannot be read.
        NotFound: the store keeps no such state.
        BadInput: the file cannot be written, or is there already.
    """
    if not replace and os.path.lexists(target):
        raise BadInput(f"{target} is there already", hint="name another file, or have it replaced (--replace)")
    layout = Layout(folder)
    if not layout.exists():
        raise StoreError(f"there is no store at {folder}", hint="name the folder with --store")
    number, lock = _held(layout, number)
    try:
        record = layout.record(number)
        files = dict(_files(layout, number))
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as partial:
            try:
                _write(partial.name, files, layout, number, record)
                Path(partial.name).replace(target)
            except BaseException:
                Path(partial.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise BadInput(f"{target} cannot be written: {error.strerror or error}") from error
    finally:
        os.close(lock)
    return Backup(number, record.committed, len(files), sum(file.stat().st_size for file in files.values()))


def restore(source: Path, folder: Path) -> Backup:
    """Make a store of a backup file.

    Arguments:
        source: the file.
        folder: where the store is to be; there must be nothing yet.

    Raises:
        BadInput: the file is no backup, or is damaged.
        StoreError: something is at the folder already, or it cannot be written.
    """
    if folder.exists() and any(folder.iterdir() if folder.is_dir() else [folder]):
        raise StoreError(f"{folder} is not empty", hint="restore into a new folder, and move it when it is complete")
    partial = folder.with_name(f".{folder.name}.restoring")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        manifest = _unpack(source, partial)
        number = int(manifest["snapshot"])
        (partial / "current").write_text(f"{number}\n", encoding="ascii")
        layout = Layout(partial)
        layout.reader_lock(number).touch()
        # What cannot be opened is found now, not when it is needed.
        record, rdf = layout.record(number), pyoxigraph.Store.read_only(str(layout.checkpoint(number)))
        del rdf
        if folder.exists():
            folder.rmdir()
        partial.rename(folder)
    except (tarfile.TarError, ValueError, KeyError, TypeError, RuntimeError) as error:
        raise BadInput(f"{source} is no backup of a store, or is damaged ({error})") from error
    except OSError as error:
        raise StoreError(f"{folder} cannot be made: {error.strerror or error}") from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    files = manifest["files"]
    return Backup(number, record.committed, len(files), sum(entry["size"] for entry in files.values()))


def _held(layout: Layout, wanted: int | None) -> tuple[int, int]:
    """A state, and the lock that keeps it."""
    while True:
        number = layout.current() if wanted is None else wanted
        if number in layout.numbers() and (lock := hold_for_reading(layout.reader_lock(number))) is not None:
            return number, lock
        if wanted is not None:
            raise NotFound(f"the store keeps no snapshot {wanted}", hint="`milcoop snapshots` lists those it keeps")


def _files(layout: Layout, number: int) -> Iterator[tuple[str, Path]]:
    """The files of a store with one snapshot, by their names in the archive."""
    yield "store.json", layout.folder / "store.json"
    yield f"snapshots/{number}.json", layout.snapshots / f"{number}.json"
    for below, name in ((layout.checkpoint(number), f"snapshots/{number}"), (layout.sources, "sources")):
        for file in sorted(below.glob("*")) if below.exists() else ():
            if file.is_file() and not file.name.startswith("."):
                yield f"{name}/{file.name}", file


def _write(target: str, files: dict[str, Path], layout: Layout, number: int, record: SnapshotRecord) -> None:
    entries = {name: {"sha256": _digest(file), "size": file.stat().st_size} for name, file in files.items()}
    manifest = {
        "format": _FORMAT,
        "snapshot": number,
        "committed": record.committed,
        "bare": layout.is_bare(),
        "files": entries,
    }
    text = json.dumps(manifest, indent=1).encode()
    with tarfile.open(target, "w") as archive:
        head = tarfile.TarInfo(_MANIFEST)
        head.size = len(text)
        archive.addfile(head, io.BytesIO(text))
        for name, file in files.items():
            archive.add(file, name, recursive=False)


def _unpack(source: Path, folder: Path) -> dict[str, Any]:
    """Write the files of an archive into a folder, and hold each against the manifest."""
    try:
        archive = tarfile.open(source)  # noqa: SIM115 — closed below
    except FileNotFoundError as error:
        raise BadInput(f"there is no file {source}") from error
    except tarfile.TarError as error:  # its message has a line for each compression that it tried
        raise BadInput(f"{source} is no backup of a store: it is no tar archive") from error
    except OSError as error:
        raise BadInput(f"{source} cannot be read: {error.strerror or error}") from error
    with archive:
        head = archive.next()
        text = archive.extractfile(head) if head is not None and head.name == _MANIFEST else None
        if text is None:
            raise BadInput(f"{source} is no backup of a store: it does not begin with {_MANIFEST}")
        manifest = json.load(text)
        if manifest["format"] > _FORMAT:
            raise BadInput(f"{source} was made by a newer milcoop", hint="update milcoop")
        wanted = dict(manifest["files"])
        folder.mkdir(parents=True)
        while (member := archive.next()) is not None:
            entry, content = wanted.pop(member.name, None), archive.extractfile(member)
            if entry is None or content is None or ".." in PurePosixPath(member.name).parts:
                raise BadInput(f"{source} is damaged: {member.name} is not in its manifest")
            file = folder / member.name
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("wb") as stream:
                shutil.copyfileobj(content, stream, _CHUNK)
                stream.flush()
                os.fsync(stream.fileno())
            if _digest(file) != entry["sha256"]:
                raise BadInput(f"{source} is damaged: {member.name} is not what was backed up")
    if wanted:
        raise BadInput(f"{source} is damaged: {min(wanted)} is missing")
    found: dict[str, Any] = manifest
    return found


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
