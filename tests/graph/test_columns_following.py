"""Columns in a store's folder: they follow what is written, and are of exactly the state they are asked for."""

import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graph.columns import Columns, columns_of_snapshot, of_snapshot, preparing, writing
from graph.columns.arrays import Arrays
from graph.columns.folding import folded
from graph.columns.making import made_of
from graph.columns.preparing import Lack, lack_of, prepare_columns
from graph.errors import StoreError
from graph.store import Store, open_store
from graph.store.shipped import ShippedGraphs
from ontology import GRAPH_ONTOLOGY, OWL, RDF, RDFS, XSD

from .test_columns import held, told

EX = "https://example.org/"
NAMES = st.sampled_from("abc").map(lambda name: NamedNode(EX + name))
NUMBERS = st.sampled_from(["1", "01", "+1", "2", "x"]).map(lambda t: Literal(t, datatype=NamedNode(XSD["integer"])))
SUBJECTS = st.one_of(NAMES, st.just(BlankNode("b")))
RELATIONS = st.sampled_from(["p", "q"]).map(lambda name: NamedNode(EX + name))
VALUES = st.one_of(NUMBERS, st.text('é\n"\\', max_size=2).map(Literal), st.builds(Triple, NAMES, NAMES, NUMBERS))
TRIPLES = st.one_of(
    st.builds(Triple, SUBJECTS, RELATIONS, NAMES), st.builds(Triple, SUBJECTS, st.just(NamedNode(EX + "r")), VALUES)
)
GRAPHS = st.sampled_from(["g", "h"]).map(lambda name: EX + name)
TRANSITIVE = Triple(NamedNode(EX + "p"), NamedNode(RDF["type"]), NamedNode(OWL["TransitiveProperty"]))
PART = Triple(NamedNode(EX + "q"), NamedNode(RDFS["subPropertyOf"]), NamedNode(EX + "p"))
SHIPPED = ShippedGraphs("tests", ((GRAPH_ONTOLOGY, frozenset({TRANSITIVE, PART})),))


@pytest.fixture(autouse=True)
def nobody_waits_to_look_again(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with looking_always():
        yield


@contextmanager
def looking_always() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(of_snapshot, "_LOOKS_AGAIN_SECONDS", 0.0)
        yield


def opened(folder: Path, *, bare: bool = False) -> Store:
    return open_store(folder, bare=bare, shipped=None if bare else SHIPPED)


def columns_of(store: Store) -> Columns | None:
    with store.snapshot() as snapshot:
        return columns_of_snapshot(snapshot)


def check(store: Store) -> None:
    """Where there are columns they are those of the state, and putting them into files makes what making anew makes."""
    with store.snapshot() as snapshot:
        columns = columns_of_snapshot(snapshot)
        assert columns is not None
        assert told(columns) == held(snapshot.rdf)
        for predicate in columns.predicates.tolist():
            relation = columns.relation(predicate)
            assert relation is not None
            by_object = sorted(zip(*map(np.ndarray.tolist, reversed(relation.by_subject)), strict=True))
            assert list(zip(*map(np.ndarray.tolist, relation.by_object), strict=True)) == by_object
        one, other = folded(columns), made_of(snapshot.rdf)
        for field in fields(Arrays):
            np.testing.assert_array_equal(getattr(one, field.name), getattr(other, field.name))


def write(store: Store, *triples: Triple, graph: str) -> None:
    with store.transaction() as transaction:
        transaction.put_graph(graph, triples)


def add(store: Store, *triples: Triple) -> None:
    with store.transaction() as transaction:
        transaction.amend_graph(None, [], triples)


def fact(number: int) -> Triple:
    return Triple(NamedNode(f"{EX}s{number}"), NamedNode(EX + "p"), Literal(number))


class Writing(RuleBasedStateMachine):
    """Whatever is written, columns follow it or say that they do not."""

    bare = False

    @initialize()
    def begin(self) -> None:
        self.folder = TemporaryDirectory()
        self.store = opened(Path(self.folder.name) / "store", bare=self.bare)
        prepare_columns(self.store, 0)

    @rule(graph=GRAPHS, triples=st.lists(TRIPLES, max_size=4))
    def put(self, graph: str, triples: list[Triple]) -> None:
        write(self.store, *triples, graph=graph)

    @rule(graph=GRAPHS, removed=st.lists(TRIPLES, max_size=2), added=st.lists(TRIPLES, max_size=2))
    def amend(self, graph: str, removed: list[Triple], added: list[Triple]) -> None:
        with self.store.transaction() as transaction:
            transaction.amend_graph(graph, removed, added)

    @rule(graph=GRAPHS, one=st.lists(TRIPLES, max_size=2), other=st.lists(TRIPLES, max_size=2))
    def several_steps(self, graph: str, one: list[Triple], other: list[Triple]) -> None:
        with self.store.transaction() as transaction:
            transaction.put_graph(graph, one)
            transaction.drop_graph(graph)
            transaction.put_graph(graph, other)

    @rule(graph=GRAPHS)
    def drop(self, graph: str) -> None:
        with self.store.transaction() as transaction:
            transaction.drop_graph(graph)

    @rule(name=st.sampled_from("abc"))
    def update(self, name: str) -> None:
        with self.store.transaction() as transaction:
            transaction.update(
                f"PREFIX e: <{EX}> DELETE {{ GRAPH ?g {{ ?s ?p e:{name} }} }} INSERT {{ ?s e:q e:{name}; e:r 007 }} "
                f"WHERE {{ GRAPH ?g {{ ?s ?p e:{name} }} }}"
            )

    @rule()
    def infer(self) -> None:
        self.store.infer()

    @rule()
    def make_anew(self) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(preparing, "_has_followed_many", lambda *_: True)
            assert prepare_columns(self.store, 0)

    @rule()
    def restart(self) -> None:
        of_snapshot._opened = None

    @invariant()
    def columns_are_those_of_the_state(self) -> None:
        if columns_of(self.store) is None:  # one number in two spellings came and went: that is not followed
            assert prepare_columns(self.store, 0)
        check(self.store)

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.store.close()
            self.folder.cleanup()


class WritingBare(Writing):
    """Likewise without a merged graph."""

    bare = True


SETTINGS = settings(max_examples=5, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck))
TestWriting = Writing.TestCase
TestWriting.settings = SETTINGS
TestWritingBare = WritingBare.TestCase
TestWritingBare.settings = SETTINGS


# One thing at a time


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "store", bare=True) as made:
        add(made, fact(0))
        assert prepare_columns(made, 0)
        yield made


def folder_of(store: Store) -> Path:
    return Path(store.location) / "columns"


def test_columns_follow_a_write_without_being_made_anew(store: Store) -> None:
    before = columns_of(store)
    for number in range(5):
        with store.transaction() as transaction:
            transaction.update(
                f"INSERT DATA {{ <{EX}s> <{EX}p> {number} }}; DELETE DATA {{ <{EX}s> <{EX}p> {number - 1} }}"
            )
        check(store)
    assert before is not None and told(before) == {fact(0)}  # who has a state keeps it


def test_what_is_inferred_and_what_several_graphs_say_is_followed(tmp_path: Path) -> None:
    a, b, c, d = (NamedNode(EX + name) for name in "abcd")
    p, q = NamedNode(EX + "p"), NamedNode(EX + "q")
    with opened(tmp_path / "store") as store:
        assert prepare_columns(store, 0)
        write(store, Triple(a, q, b), Triple(b, q, c), graph=EX + "g")
        check(store)
        write(store, Triple(b, q, c), Triple(c, q, d), graph=EX + "h")
        check(store)
        with store.snapshot() as snapshot:
            assert Triple(a, p, d) in held(snapshot.rdf)
        with store.transaction() as transaction:
            transaction.drop_graph(EX + "g")
        check(store)
        with store.snapshot() as snapshot:
            assert Triple(b, p, d) in held(snapshot.rdf)
            assert Triple(a, p, d) not in held(snapshot.rdf)


def test_a_process_that_comes_later_finds_the_same(store: Store) -> None:
    add(store, fact(1))
    with store.transaction() as transaction:
        transaction.update(f"INSERT DATA {{ <{EX}s> <{EX}p> 'é' }}")
    of_snapshot._opened = None
    check(store)


def test_what_no_change_touches_is_shared(store: Store) -> None:
    with store.transaction() as transaction:
        transaction.update(f"INSERT DATA {{ <{EX}s> <{EX}p> 1 ; <{EX}q> 2 }}")
    before = columns_of(store)
    with store.transaction() as transaction:
        transaction.update(f"INSERT DATA {{ <{EX}s> <{EX}p> 3 }}")
    after = columns_of(store)
    assert before is not None and after is not None and before is not after
    shared = {before.notations(np.array([p], dtype=np.int32))[0] for p in before.predicates.tolist()
              if before.relation(p) is after.relation(p)}  # fmt: skip
    assert shared == {f"<{EX}q>"}


def test_the_same_state_has_the_same_columns(store: Store) -> None:
    assert columns_of(store) is columns_of(store)


def test_a_state_before_has_none_or_its_own(store: Store) -> None:
    with store.snapshot() as before:
        add(store, fact(1))
        columns = columns_of(store)
        again = columns_of_snapshot(before)
        assert columns is not None and again is not None
        assert told(again) == held(before.rdf)


@pytest.mark.parametrize("how", ["missing", "torn", "of another store", "garbled"])
def test_where_a_change_is_missing_or_damaged_there_are_no_columns_until_they_are_made_anew(
    store: Store, how: str
) -> None:
    for number in range(3):
        add(store, fact(number))
    file = folder_of(store) / f"{store.generation - 1}.change"
    text = file.read_bytes()
    match how:
        case "missing":
            file.unlink()
        case "torn":
            file.write_bytes(text[:-20])
        case "of another store":
            file.write_bytes(text.replace(b"202", b"199", 1))
        case "garbled":
            file.write_bytes(b"\0" * len(text))
    of_snapshot._opened = None
    with store.snapshot() as snapshot:
        assert columns_of_snapshot(snapshot) is None
        assert lack_of(snapshot, 0) is Lack.ALL
    assert prepare_columns(store, 0)
    check(store)


@pytest.mark.parametrize("end", [-3, 0])
@pytest.mark.parametrize("name", ["subjects.npy", "text.npy", "made.json"])
def test_where_a_file_is_damaged_there_are_no_columns_until_they_are_made_anew(
    store: Store, name: str, end: int
) -> None:
    add(store, fact(1))
    of_snapshot._opened = None
    [file] = folder_of(store).glob(f"*/{name}")
    file.write_bytes(file.read_bytes()[:end])
    assert columns_of(store) is None
    assert prepare_columns(store, 0)
    check(store)


def test_what_was_left_by_a_commit_that_failed_is_not_taken_for_another(store: Store) -> None:
    number = store.generation
    file = folder_of(store) / f"{number + 1}.change"
    add(store, fact(1))
    left = file.read_bytes()
    shutil.rmtree(folder_of(store))
    assert prepare_columns(store, 0)
    add(store, fact(2))
    (folder_of(store) / f"{number + 2}.change").write_bytes(left)
    of_snapshot._opened = None
    assert columns_of(store) is None


def test_many_changes_are_not_noted_and_columns_are_made_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "MOST_BYTES", 2_000)
    add(store, *map(fact, range(100)))
    assert columns_of(store) is None
    add(store, fact(1))
    assert columns_of(store) is None
    assert not list(folder_of(store).glob("*.change"))
    assert prepare_columns(store, 0)
    check(store)


def test_columns_that_have_followed_much_are_put_into_files_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "_LEAST_BYTES", 1_000)
    for number in range(5):
        with store.transaction() as transaction:
            transaction.update(f"INSERT DATA {{ <{EX}s> <{EX}p> {number} }}")
    with store.snapshot() as snapshot:
        assert lack_of(snapshot, 0) is Lack.ROOM
    assert prepare_columns(store, 0)
    with store.snapshot() as snapshot:
        assert lack_of(snapshot, 0) is Lack.NOTHING
    assert not list(folder_of(store).glob("*.change"))
    with store.transaction() as transaction:
        transaction.update(f"INSERT DATA {{ <{EX}s> <{EX}p> 77 }}")
    check(store)
    of_snapshot._opened = None
    check(store)


def test_columns_that_do_not_agree_with_the_store_are_not_put_into_files_again(store: Store) -> None:
    [objects] = folder_of(store).glob("*/subjects_objects.npy")
    add(store, fact(5))
    content = bytearray(objects.read_bytes())
    content[-4:] = np.array([1], dtype=np.int32).tobytes()  # another term, as a disk may have it that fails
    objects.write_bytes(content)
    of_snapshot._opened = None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(preparing, "_has_followed_many", lambda *_: True)
        assert prepare_columns(store, 0)
    of_snapshot._opened = None
    check(store)


def test_what_is_committed_while_columns_are_made_is_followed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from graph.columns import making

    shutil.rmtree(folder_of(store))
    of_snapshot._opened = None
    make = making.made_of

    def meanwhile(rdf: object) -> Arrays:
        with opened(Path(store.location)) as other:
            add(other, fact(7))
        return make(rdf)  # type: ignore[arg-type]

    monkeypatch.setattr(making, "made_of", meanwhile)
    assert prepare_columns(store, 0)
    check(store)


def test_without_a_folder_of_columns_a_writer_notes_nothing(tmp_path: Path) -> None:
    with opened(tmp_path / "store", bare=True) as store:
        add(store, fact(1))
        assert not folder_of(store).exists()
        assert columns_of(store) is None


def test_a_small_store_has_none(tmp_path: Path) -> None:
    with opened(tmp_path / "store", bare=True) as store:
        for number, many in ((2, False), (3, True)):
            with store.transaction() as transaction:
                transaction.put_graph(None, map(fact, range(number)))
            assert prepare_columns(store, 3) is many


def test_two_stores_are_told_apart(tmp_path: Path) -> None:
    with opened(tmp_path / "one", bare=True) as one, opened(tmp_path / "other", bare=True) as other:
        for number, store in enumerate((one, other)):
            with store.transaction() as transaction:
                transaction.put_graph(None, [fact(number)])
            assert prepare_columns(store, 0)
        for _ in range(2):
            check(one)
            check(other)


def test_a_store_in_memory_has_none() -> None:
    with open_store("memory:", bare=True) as store:
        assert columns_of(store) is None
        assert not prepare_columns(store, 0)


def test_a_folder_that_cannot_be_written_leaves_writing_as_it_was(store: Store) -> None:
    shutil.rmtree(folder_of(store))
    folder_of(store).write_text("in the way")
    add(store, fact(1))
    assert columns_of(store) is None
    with pytest.raises(StoreError, match="cannot be made"):
        prepare_columns(store, 0)


def full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_leaves_a_commit_without_columns(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(writing, "write_change", full)
        add(store, fact(1))
    assert columns_of(store) is None
    assert prepare_columns(store, 0)
    check(store)


def test_a_full_disk_leaves_nothing_of_columns_that_were_being_made(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(folder_of(store))
    of_snapshot._opened = None
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(StoreError, match="No space left"):
            prepare_columns(store, 0)
    assert [file.name for file in folder_of(store).iterdir()] == ["making"]
    assert columns_of(store) is None
    assert prepare_columns(store, 0)
    check(store)


def test_what_a_process_left_that_was_killed_while_it_made_columns_is_removed(store: Store) -> None:
    shutil.rmtree(folder_of(store))
    of_snapshot._opened = None
    program = (
        "import os, signal, sys; from graph.columns import files; from graph.columns.preparing import prepare_columns; "
        "from graph.store import open_store; "
        "files.json.dump = lambda *_: os.kill(os.getpid(), signal.SIGKILL); "
        "prepare_columns(open_store(sys.argv[1], create=False), 0)"
    )
    killed = subprocess.run([sys.executable, "-c", program, store.location], timeout=120)
    assert killed.returncode == -signal.SIGKILL
    assert [file.name for file in folder_of(store).glob(".*")] != []
    assert columns_of(store) is None
    assert prepare_columns(store, 0)
    assert [file.name for file in folder_of(store).glob(".*")] == []
    check(store)


def test_a_reader_reads_on_when_its_files_are_removed(store: Store) -> None:
    with store.transaction() as transaction:
        transaction.put_graph(None, [fact(1)])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(preparing, "_has_followed_many", lambda *_: True)
        assert prepare_columns(store, 0)
    of_snapshot._opened = None
    columns = columns_of(store)
    assert columns is not None
    shutil.rmtree(folder_of(store))
    assert told(columns) == {fact(1)}
    assert columns_of(store) is columns
