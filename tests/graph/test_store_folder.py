"""What holds for a store in a folder: other processes, crashes, and folders that are no store."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import NamedNode, Triple

from graph.errors import StoreError
from graph.store import ShippedGraphs, Store, open_store
from ontology import GRAPH_INFERRED, GRAPH_ONTOLOGY

EX = "http://example.org/"
ONE, TWO = EX + "document/1", EX + "document/2"
NOTHING_SHIPPED = ShippedGraphs("nothing", ())
ROOT = Path(__file__).resolve().parents[2]

PROLOGUE = f"""
import itertools, os, sys, time
from pyoxigraph import NamedNode, Triple
from graph.store import ShippedGraphs, open_store
def says(n): return {{Triple(NamedNode("{EX}a"), NamedNode("{EX}p"), NamedNode("{EX}" + str(i))) for i in range(n)}}
def say(text): print(text, flush=True)
store = open_store(sys.argv[1], shipped=ShippedGraphs("nothing", ()), lock_seconds=120)
"""


def says(count: int) -> set[Triple]:
    return {Triple(NamedNode(EX + "a"), NamedNode(EX + "p"), NamedNode(f"{EX}{i}")) for i in range(count)}


def opened(folder: Path, **options: object) -> Store:
    return open_store(folder, shipped=NOTHING_SHIPPED, **options)  # type: ignore[arg-type]


def put(store: Store, graph: str, triples: set[Triple]) -> None:
    with store.transaction() as transaction:
        transaction.put_graph(graph, triples)


def state(store: Store) -> set[object]:
    with store.snapshot() as snapshot:
        return set(snapshot.rdf)


def in_other_process(folder: Path, script: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", PROLOGUE + script, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def said(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def finished(process: "subprocess.Popen[str]") -> int:
    assert process.stdout is not None
    assert process.stdin is not None
    process.stdin.close()
    code = process.wait(120)
    process.stdout.close()
    return code


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "store"


# Opening


def test_a_store_is_found_again_with_all_it_held(folder: Path) -> None:
    with opened(folder) as store:
        put(store, ONE, says(3))
        before = state(store)
    with opened(folder, create=False) as store:
        assert state(store) == before


def test_a_bare_store_remembers_that_it_is_bare(folder: Path) -> None:
    open_store(folder, bare=True).close()
    assert open_store(folder).bare


def test_a_missing_store_is_told_with_what_to_do(folder: Path) -> None:
    with pytest.raises(StoreError, match=r"no store at .*milcoop load"):
        opened(folder, create=False)
    assert not folder.exists()


def test_a_folder_of_other_things_is_left_alone(folder: Path) -> None:
    folder.mkdir()
    (folder / "thesis.txt").write_text("mine")
    with pytest.raises(StoreError, match=r"is not a store.*thesis\.txt"):
        opened(folder)
    assert [file.name for file in folder.iterdir()] == ["thesis.txt"]


def test_a_file_is_not_a_store(folder: Path) -> None:
    folder.write_text("")
    with pytest.raises(StoreError, match="is a file"):
        opened(folder)


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("store.json", "{", "damaged: store.json"),
        ("store.json", json.dumps({"format": 99, "bare": False}), "newer milcoop"),
        ("current", "soon", "damaged: 'current'"),
    ],
)
def test_a_damaged_store_is_told_in_a_sentence(folder: Path, file: str, content: str, message: str) -> None:
    opened(folder).close()
    (folder / file).write_text(content)
    with pytest.raises(StoreError, match=message):
        opened(folder)


def test_a_missing_pointer_is_damage_and_nothing_is_made_anew(folder: Path) -> None:
    opened(folder).close()
    (folder / "current").unlink()
    with pytest.raises(StoreError, match="damaged"):
        opened(folder)
    assert (folder / "snapshots" / "1").is_dir()


def test_a_damaged_snapshot_is_told_in_a_sentence(folder: Path) -> None:
    store = opened(folder)
    (folder / "snapshots" / "1" / "CURRENT").write_text("nowhere\n")
    with pytest.raises(StoreError, match="snapshot 1 cannot be opened"):
        store.snapshot()


@contextmanager
def without_privileges() -> Iterator[None]:
    """Root may write everywhere; as nobody, it may not."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_store_that_cannot_be_written_can_be_read() -> None:
    with tempfile.TemporaryDirectory() as open_to_all:
        Path(open_to_all).chmod(0o755)
        folder = Path(open_to_all) / "store"
        opened(folder).close()
        folder.chmod(0o555)
        (folder / "lock").chmod(0o444)
        try:
            with without_privileges(), opened(folder) as store:
                assert state(store) == set()
                with pytest.raises(StoreError, match="cannot be written"):
                    put(store, ONE, says(1))
        finally:
            folder.chmod(0o755)


def test_an_interrupted_creation_is_begun_again(folder: Path) -> None:
    opened(folder).close()
    (folder / "current").unlink()
    (folder / "dirty").touch()
    with opened(folder) as store:
        put(store, ONE, says(1))
        assert ONE in {graph for snapshot in [store.snapshot()] for graph in snapshot.graphs()}


def test_new_shipped_graphs_come_with_the_next_transaction(folder: Path) -> None:
    opened(folder).close()
    transitive = Triple(
        NamedNode(EX + "p"),
        NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
        NamedNode("http://www.w3.org/2002/07/owl#TransitiveProperty"),
    )
    a, b, c, p = (NamedNode(EX + name) for name in "abcp")
    with open_store(folder, shipped=ShippedGraphs("new", ((GRAPH_ONTOLOGY, frozenset([transitive])),))) as store:
        with store.snapshot() as snapshot:
            assert GRAPH_ONTOLOGY not in snapshot.graphs()
        put(store, ONE, {Triple(a, p, b), Triple(b, p, c)})
        with store.snapshot() as snapshot:
            assert set(snapshot.triples(GRAPH_ONTOLOGY)) == {transitive}
            assert set(snapshot.triples(GRAPH_INFERRED)) == {Triple(a, p, c)}


def test_a_damaged_primary_is_brought_back_from_the_snapshot(folder: Path) -> None:
    with opened(folder) as store:
        put(store, ONE, says(4))
    (folder / "primary" / "CURRENT").write_text("nowhere\n")
    with opened(folder) as store:
        put(store, TWO, says(1))
        with store.snapshot() as snapshot:
            assert set(snapshot.triples(ONE)) == says(4)


# Snapshots on disk


def test_a_snapshot_can_be_opened_by_its_path(folder: Path) -> None:
    with opened(folder) as store:
        put(store, ONE, says(2))
        with store.snapshot() as snapshot:
            assert snapshot.path is not None
            assert len(pyoxigraph.Store.read_only(str(snapshot.path))) == 4


def test_old_snapshots_go_unless_somebody_reads_them(folder: Path) -> None:
    with opened(folder, keep_snapshots=2) as store:
        read = store.snapshot()
        for count in range(1, 6):
            put(store, ONE, says(count))
        kept = {path.name for path in (folder / "snapshots").iterdir() if path.is_dir()}
        assert kept == {str(read.number), str(store.generation - 1), str(store.generation)}
        assert set(read.rdf) == set()

        read.close()
        put(store, ONE, says(7))
        kept = {path.name for path in (folder / "snapshots").iterdir()}
        assert kept == {f"{n}{end}" for n in (store.generation - 1, store.generation) for end in ("", ".json", ".lock")}


def test_a_snapshot_read_by_another_process_is_kept(folder: Path) -> None:
    with opened(folder, keep_snapshots=1) as store:
        put(store, ONE, says(2))
        reader = in_other_process(
            folder, 'snapshot = store.snapshot(); say("open"); input_ = sys.stdin.readline(); say(len(snapshot.rdf))'
        )
        assert said(reader) == "open"
        for count in range(3, 6):
            put(store, ONE, says(count))
        print(file=reader.stdin, flush=True)
        assert said(reader) == "4"
        assert finished(reader) == 0


def test_a_process_that_forks_reads_on_in_parent_and_child(folder: Path) -> None:
    script = """
with store.transaction() as transaction: transaction.put_graph("http://example.org/document/1", says(3))
held = store.snapshot()
child = os.fork()
with store.snapshot() as snapshot: count = len(list(snapshot.triples()))
if child == 0: os._exit(0 if count == 3 else 1)
say(count); say(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""
    process = in_other_process(folder, script)
    assert [said(process), said(process)] == ["3", "0"]
    assert finished(process) == 0


# Several writers and readers


def test_a_reader_sees_another_processs_commit_at_once_and_reads_on_while_it_writes(folder: Path) -> None:
    with opened(folder) as store:
        writer = in_other_process(
            folder,
            f"""
with store.transaction() as transaction:
    transaction.put_graph("{ONE}", says(100))
    say("written")
    sys.stdin.readline()
say("committed")
""",
        )
        assert said(writer) == "written"
        assert state(store) == set()
        print(file=writer.stdin, flush=True)
        assert said(writer) == "committed"
        assert len(state(store)) == 200
        assert finished(writer) == 0


def test_a_second_writer_waits_for_the_first(folder: Path) -> None:
    with opened(folder) as store:
        writer = in_other_process(
            folder,
            f"""
with store.transaction() as transaction:
    say("writing")
    transaction.put_graph("{ONE}", says(2))
    time.sleep(0.5)
""",
        )
        assert said(writer) == "writing"
        put(store, TWO, says(3))
        with store.snapshot() as snapshot:
            assert snapshot.graphs() == [ONE, TWO, GRAPH_INFERRED]
        assert finished(writer) == 0


def test_a_writer_that_waits_too_long_names_the_process_that_writes(folder: Path) -> None:
    opened(folder).close()
    writer = in_other_process(folder, 'with store.transaction(): say("writing"); time.sleep(60)')
    assert said(writer) == "writing"
    try:
        with (
            opened(folder, lock_seconds=0.1) as store,
            pytest.raises(StoreError, match=f"being written by process {writer.pid}"),
        ):
            put(store, ONE, says(1))
    finally:
        writer.kill()
        finished(writer)


def test_threads_of_one_process_take_turns(folder: Path) -> None:
    with opened(folder) as store:
        threads = [threading.Thread(target=put, args=(store, f"{EX}document/{n}", says(n))) for n in range(1, 6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with store.snapshot() as snapshot:
            for n in range(1, 6):
                assert set(snapshot.triples(f"{EX}document/{n}")) == says(n)


# Crashes


@pytest.mark.parametrize("moment", [0.0, 0.05, 0.2, 0.6])
def test_a_killed_writer_leaves_the_last_commit(folder: Path, moment: float) -> None:
    with opened(folder) as store:
        put(store, ONE, says(5))
        before = state(store)
    writer = in_other_process(
        folder,
        f"""
for n in itertools.count():
    with store.transaction() as transaction:
        transaction.put_graph("{ONE}", says(1000 + n % 2))
        say("changed")
        transaction.put_graph("{TWO}", says(1000 + n % 2))
    say("committed")
""",
    )
    assert said(writer) == "changed"
    time.sleep(moment)
    writer.send_signal(signal.SIGKILL)
    assert finished(writer) == -signal.SIGKILL

    with opened(folder) as store:
        found = state(store)
        with store.snapshot() as snapshot:
            first, second = set(snapshot.triples(ONE)), set(snapshot.triples(TWO))
            assert first == second or found == before
            assert set(snapshot.triples()) == first | second
        put(store, TWO, says(7))  # also clears what the killed one left
        with store.snapshot() as snapshot:
            assert set(snapshot.triples(ONE)) == first
            assert set(snapshot.triples(TWO)) == says(7)
        assert not (folder / "dirty").exists()
        assert not list((folder / "snapshots").glob("*.partial"))


def test_a_state_held_after_its_transaction_does_not_block_the_next(folder: Path) -> None:
    with opened(folder) as store:
        try:
            with store.transaction() as transaction:
                held = transaction.rdf
                transaction.put_graph(ONE, says(1))
                raise ZeroDivisionError
        except ZeroDivisionError:
            del held, transaction
        put(store, TWO, says(2))
        with store.snapshot() as snapshot:
            assert snapshot.graphs() == [TWO, GRAPH_INFERRED]


def test_a_store_can_be_moved(folder: Path, tmp_path: Path) -> None:
    with opened(folder) as store:
        put(store, ONE, says(2))
    shutil.move(folder, tmp_path / "elsewhere")
    with opened(tmp_path / "elsewhere", create=False) as store:
        put(store, TWO, says(1))
        assert len(state(store)) == 5


def test_what_is_written_in_bulk_lies_in_one_sorted_run(tmp_path: Path) -> None:
    """Else each look-up reads all runs, and a query takes several times as long."""

    def files(store: Store) -> int:
        with store.snapshot() as snapshot:
            assert snapshot.path is not None
            return len(list(snapshot.path.glob("*.sst")))

    store = open_store(tmp_path / "store", bare=True)
    counts = []
    for part in range(3):
        triples = [
            Triple(NamedNode(f"{EX}{hash((n, part))}"), NamedNode(EX + "p"), NamedNode(f"{EX}{n}")) for n in range(9000)
        ]
        with store.transaction() as transaction:
            transaction.amend_graph(None, (), triples)
        counts.append(files(store))
    assert counts[0] == counts[1] == counts[2]
    with store.snapshot() as snapshot:
        assert len(snapshot.rdf) == 27_000


def test_a_folder_that_is_replaced_by_one_with_the_same_number_is_read_anew(tmp_path: Path) -> None:
    for name in ("store", "other"):
        with open_store(tmp_path / name, bare=True) as made, made.transaction() as transaction:
            transaction.put_graph(f"urn:{name}", [])
    with open_store(tmp_path / "store") as store:
        with store.snapshot() as snapshot:
            assert snapshot.graphs() == ["urn:store"]
        assert not store.replaced
        shutil.rmtree(tmp_path / "store")
        (tmp_path / "other").rename(tmp_path / "store")
        with store.snapshot() as snapshot:
            assert snapshot.graphs() == ["urn:other"]
        assert store.replaced
