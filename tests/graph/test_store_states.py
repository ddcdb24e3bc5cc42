"""The states that a store keeps: opened as of a moment, backed up, and restored."""

import hashlib
import io
import json
import shutil
import tarfile
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from graph.errors import BadInput, BadUsage, NotFound, StoreError
from graph.store import Snapshot, Store, open_store
from graph.store.backup import back_up, restore
from graph.store.folder import FolderStore

GRAPH = "https://example.org/g"


def write(store: Store, value: int) -> None:
    triple = Triple(NamedNode("https://example.org/s"), NamedNode("https://example.org/p"), Literal(value))
    with store.transaction() as transaction:
        transaction.put_graph(GRAPH, [triple])


def value(snapshot: Snapshot) -> int:
    (triple,) = snapshot.triples(GRAPH)
    return int(triple.object.value)  # type: ignore[union-attr]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = open_store(tmp_path / "store", bare=True, keep_snapshots=4)
    for number in range(1, 4):
        write(made, number)
    return made


def at(store: Store) -> Path:
    return Path(store.location)


def test_a_state_is_opened_by_its_number_and_does_not_change(store: Store) -> None:
    third = store.generation
    with store.snapshot_at(third - 1) as before:
        write(store, 9)
        assert value(before) == 2
    with store.snapshot_at(third) as snapshot:
        assert value(snapshot) == 3


def test_a_state_is_opened_by_the_moment_at_which_it_was_the_newest(store: Store) -> None:
    (newest, second, *_) = store.snapshots()
    with store.snapshot_as_of(second.committed) as snapshot:
        assert snapshot.number == second.number
    with store.snapshot_as_of(datetime.now(UTC).isoformat()) as snapshot:
        assert snapshot.number == newest.number
    with store.snapshot_as_of(datetime.now(UTC).date().isoformat()) as snapshot:
        assert snapshot.number == newest.number


@pytest.mark.parametrize(
    ("when", "error", "message"),
    [
        ("77", NotFound, "keeps no snapshot 77"),
        ("1999-12-31", NotFound, "no state from 1999-12-31 or before"),
        ("yesterday", BadUsage, "'yesterday' is neither the number of a snapshot nor a date"),
        ("2026-13-01", BadUsage, "neither the number of a snapshot nor a date"),
    ],
)
def test_a_state_that_is_not_kept_is_told_in_one_sentence(
    store: Store, when: str, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        store.snapshot_as_of(when)


def test_a_store_keeps_as_many_states_as_it_was_told_whoever_writes(store: Store) -> None:
    assert isinstance(store, FolderStore)
    store.keep(2)
    with open_store(store.location) as other:
        write(other, 10)
        write(other, 11)
        assert len(other.snapshots()) == 2


def test_a_store_in_memory_has_its_newest_state_only() -> None:
    with open_store("memory:", bare=True) as store:
        write(store, 1)
        (info,) = store.snapshots()
        with store.snapshot_as_of(str(info.number)) as snapshot:
            assert value(snapshot) == 1
        with pytest.raises(NotFound, match="keeps no snapshot 0"):
            store.snapshot_at(0)


# Backup


def test_a_restored_store_has_the_same_triples_and_documents_and_can_be_written(store: Store, tmp_path: Path) -> None:
    data = b"bytes of a document"
    digest = hashlib.sha256(data).hexdigest()
    with store.transaction() as transaction:
        transaction.keep_source(digest, data)
        transaction.put_graph("https://example.org/h", [])
    made = back_up(at(store), tmp_path / "backup.tar")
    told = restore(tmp_path / "backup.tar", tmp_path / "again")

    assert told == made
    with open_store(tmp_path / "again", create=False) as again:
        with store.snapshot() as one, again.snapshot() as other:
            assert set(one.rdf) == set(other.rdf)
            assert one.graphs() == other.graphs()
        assert again.source(digest) == data
        write(again, 5)
        with again.snapshot() as snapshot:
            assert value(snapshot) == 5


def test_a_backup_holds_one_committed_state_while_others_write(store: Store, tmp_path: Path) -> None:
    stop = threading.Event()

    def keep_writing() -> None:
        number = 100
        with open_store(store.location) as other:
            while not stop.is_set():
                write(other, number)
                number += 1

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        for number in range(5):
            back_up(at(store), tmp_path / f"{number}.tar")
    finally:
        stop.set()
        writer.join()
    for number in range(5):
        restore(tmp_path / f"{number}.tar", tmp_path / f"restored-{number}")
        with open_store(tmp_path / f"restored-{number}", create=False) as again, again.snapshot() as snapshot:
            assert value(snapshot) >= 3


def test_an_older_state_can_be_backed_up(store: Store, tmp_path: Path) -> None:
    back_up(at(store), tmp_path / "old.tar", store.generation - 2)
    restore(tmp_path / "old.tar", tmp_path / "old")
    with open_store(tmp_path / "old", create=False) as again, again.snapshot() as snapshot:
        assert value(snapshot) == 1


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[data.rindex(b"https://example.org/p")] ^= 1
    file.write_bytes(data)


def _no_archive(file: Path) -> None:
    file.write_text("hello")


def _other_archive(file: Path) -> None:
    with tarfile.open(file, "w") as archive:
        archive.addfile(tarfile.TarInfo("readme"))


def _escaping(file: Path) -> None:
    manifest = {"format": 1, "snapshot": 1, "files": {"../outside": {"sha256": "", "size": 0}}}
    with tarfile.open(file, "w") as archive:
        text = json.dumps(manifest).encode()
        head = tarfile.TarInfo("manifest.json")
        head.size = len(text)
        archive.addfile(head, io.BytesIO(text))
        archive.addfile(tarfile.TarInfo("../outside"))


@pytest.mark.parametrize("damage", [_cut, _flip, _no_archive, _other_archive, _escaping, Path.unlink])
def test_of_a_damaged_backup_nothing_is_restored(
    store: Store, tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    file = tmp_path / "backup.tar"
    back_up(at(store), file)
    damage(file)
    with pytest.raises(BadInput, match=r"backup\.tar"):
        restore(file, tmp_path / "again")
    assert {path.name for path in tmp_path.iterdir()} <= {"store", "backup.tar"}


def test_a_store_is_not_overwritten(store: Store, tmp_path: Path) -> None:
    back_up(at(store), tmp_path / "backup.tar")
    with pytest.raises(StoreError, match="is not empty"):
        restore(tmp_path / "backup.tar", at(store))


def test_what_is_no_backup_is_said_to_be_none_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "article.md").write_text("# An article")
    with pytest.raises(BadInput, match=r"article\.md is no backup of a store") as wrong:
        restore(tmp_path / "article.md", tmp_path / "again")
    assert "\n" not in str(wrong.value)


def test_an_address_of_another_kind_is_no_folder() -> None:
    with pytest.raises(BadUsage, match=r"ftp://example\.org/store is no address of a store"):
        open_store("ftp://example.org/store", create=False)


def test_a_file_that_is_there_is_no_place_for_a_backup_unless_it_is_to_be_replaced(
    store: Store, tmp_path: Path
) -> None:
    file = tmp_path / "backup.tar"
    file.write_text("somebody's")
    with pytest.raises(BadInput, match=r"backup\.tar is there already"):
        back_up(at(store), file)
    assert file.read_text() == "somebody's"
    back_up(at(store), file, replace=True)
    assert restore(file, tmp_path / "again").snapshot == store.generation


def test_a_backup_that_cannot_be_written_leaves_no_file(store: Store, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be written"):
        back_up(at(store), tmp_path / "missing" / "backup.tar")
    shutil.rmtree(at(store))
    with pytest.raises(StoreError, match="there is no store"):
        back_up(at(store), tmp_path / "backup.tar")
    assert list(tmp_path.iterdir()) == []


def test_a_clock_that_goes_back_changes_no_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """States are numbered; only what asks for a moment goes by the clock."""
    moments = iter([datetime(2026, 5, 2, 12, tzinfo=UTC), datetime(2026, 5, 1, 12, tzinfo=UTC)])

    class GoingBack(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return next(moments)

    with open_store(tmp_path / "store", bare=True) as store:
        monkeypatch.setattr("graph.store.inference.datetime", GoingBack)
        for number in (1, 2):
            with store.transaction() as transaction:
                transaction.update(f"INSERT DATA {{ <urn:s{number}> <urn:p> <urn:o> }}")
        first, second = sorted(store.snapshots(), key=lambda info: info.number)[-2:]
        assert first.committed > second.committed
        with store.snapshot() as newest, store.snapshot_as_of("2026-05-01") as then:
            assert (newest.number, len(newest.rdf)) == (second.number, 2)
            assert then.number == second.number
    with open_store(tmp_path / "store", create=False) as again, again.snapshot() as newest:
        assert newest.number == second.number
