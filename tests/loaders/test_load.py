"""Loading: added once, replaced when changed, failures told while the others load."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph.errors import NotFound
from graph.store import Store, open_store
from loaders.decisions import decide
from loaders.load import Given, load
from loaders.reading.facts import Reading
from loaders.withdraw import withdraw
from ontology import MC, entity
from tests.loaders.making import NoReasoner, TinyReader
from tests.loaders.membership import ITA, KAZ, RUS, literal, members, merged_members, put
from tests.waiting import until

# Adding


def test_a_document_becomes_a_graph_of_its_own(store: Store) -> None:
    report = put(store, Given("news/a.txt", KAZ.encode()))
    (document,) = report.documents
    assert (document.iri, document.source, document.change) == (entity("document", "a"), "news/a.txt", "added")
    assert report.facts == {"memberships": 1}
    assert members(store, document.iri) == ["KAZ"]


def test_bytes_and_text_are_kept_so_that_passages_can_be_checked_by_anybody(store: Store) -> None:
    data = f"Заголовок\r\n\r\n{KAZ}".encode("cp1251")
    (document,) = put(store, Given("a.txt", data)).documents
    text, quoted = literal(store, document.iri, "text"), literal(store, document.iri, "exactText")
    with store.snapshot() as snapshot:
        offsets = {t.predicate.value: str(getattr(t.object, "value", "")) for t in snapshot.triples(document.iri)}
    assert text == f"Заголовок\n\n{KAZ}"
    assert text[int(offsets[MC["begin"]]) : int(offsets[MC["end"]])] == quoted == KAZ
    assert store.source(literal(store, document.iri, "sha256")) == data


def test_the_reader_is_given_plain_blanks_at_the_same_offsets(store: Store) -> None:
    put(store, Given("a.txt", KAZ.replace(" ", "\u00a0").encode()))
    assert literal(store, entity("document", "a"), "exactText") == KAZ.replace(" ", "\u00a0")


def test_two_documents_that_agree_are_counted_once_in_the_merged_graph(merged_store: Store) -> None:
    put(merged_store, Given("a.txt", KAZ.encode()), Given("b.txt", f"{KAZ} {RUS}".encode()))
    assert merged_members(merged_store) == ["KAZ", "RUS"]
    withdraw(merged_store, "a")
    assert merged_members(merged_store) == ["KAZ", "RUS"]
    assert withdraw(merged_store, "b").facts
    assert merged_members(merged_store) == []


def test_loading_the_same_again_changes_nothing(store: Store) -> None:
    first = put(store, Given("a.txt", KAZ.encode()))
    generation = store.generation
    again = put(store, Given("a.txt", KAZ.encode()), Given("copy.txt", KAZ.encode()))
    assert [d.change for d in again.documents] == ["unchanged", "unchanged"]
    assert {d.iri for d in again.documents} == {first.documents[0].iri}
    assert store.generation == generation


def test_copies_within_one_load_are_one_document(store: Store) -> None:
    report = put(store, Given("a.txt", KAZ.encode()), Given("b.txt", KAZ.encode()))
    assert [(d.iri, d.change) for d in report.documents] == [
        (entity("document", "a"), "added"),
        (entity("document", "a"), "unchanged"),
    ]


def test_a_changed_document_replaces_what_it_said(store: Store) -> None:
    put(store, Given("a.txt", KAZ.encode()), Given("b.txt", ITA.encode()))
    old = literal(store, entity("document", "a"), "sha256")
    (document,) = put(store, Given("a.txt", RUS.encode())).documents
    assert (document.iri, document.change) == (entity("document", "a"), "replaced")
    assert members(store) == ["ITA", "RUS"]
    with pytest.raises(NotFound):
        store.source(old)


def test_a_file_is_known_however_its_path_is_written(store: Store) -> None:
    put(store, Given("news/a.txt", KAZ.encode()))
    assert put(store, Given("./news//a.txt", RUS.encode())).count("replaced") == 1
    assert members(store) == ["RUS"]


@pytest.mark.parametrize("relative_first", [False, True])
def test_a_file_is_known_by_its_absolute_and_its_relative_path(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, relative_first: bool
) -> None:
    folder = tmp_path / "новости 1"
    folder.mkdir()
    monkeypatch.chdir(folder)
    names = [str(folder / "a.txt"), "a.txt"]
    first, second = reversed(names) if relative_first else names
    Path("a.txt").write_text(KAZ)
    put(store, first)
    Path("a.txt").write_text(RUS)
    (document,) = put(store, second).documents
    assert (document.iri, document.change, document.same_as) == (entity("document", "a"), "replaced", None)
    assert (members(store), literal(store, document.iri, "source")) == (["RUS"], second)

    monkeypatch.chdir(tmp_path)
    assert put(store, "новости 1/a.txt").count("unchanged") == 1
    assert withdraw(store, "новости 1/a.txt").document == document.iri


def test_a_file_given_by_a_relative_path_does_not_tell_the_folders_above_it(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(KAZ)
    put(store, "a.txt")
    with store.snapshot() as snapshot:
        assert not [quad for quad in snapshot.rdf if tmp_path.name in str(quad)]


def test_files_of_one_name_in_two_folders_are_two_documents_from_wherever_they_are_named(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in (("x", KAZ), ("y", RUS)):
        (tmp_path / name).mkdir()
        monkeypatch.chdir(tmp_path / name)
        Path("a.txt").write_text(text)
        assert put(store, "a.txt").count("added") == 1
    assert members(store) == ["KAZ", "RUS"]


def test_bytes_that_another_source_brought_are_told_with_that_source(store: Store) -> None:
    put(store, Given("a.txt", KAZ.encode()))
    again = put(store, Given("a.txt", KAZ.encode()), Given("copy.txt", KAZ.encode()))
    assert [d.same_as for d in again.documents] == [None, "a.txt"]
    assert again.as_dict()["documents"][1]["same_as"] == "a.txt"


@dataclass(frozen=True)
class Polyglot:
    """Knows the language of a text and finds nothing."""

    def read(self, text: str, language: str | None = None) -> Reading:
        return Reading("uz" if "oʻ" in text else "ru")


def test_a_document_in_a_language_that_is_not_read_says_so(store: Store) -> None:
    texts = ["Qozogʻiston bor.", "Oʻzbekiston oʻquv mashgʻuloti.", "Bu oʻsha.", "Казахстан есть."]
    report = load(store, [Given(f"{n}.txt", text.encode()) for n, text in enumerate(texts)], reader=Polyglot())
    assert report.notes == {"there is no reader for the language uz; kept without facts": 2}
    assert (report.failures, report.documents[3].note) == ((), None)


def test_a_document_that_takes_over_anothers_text_still_forgets_its_own(store: Store) -> None:
    put(store, Given("a.txt", KAZ.encode()), Given("b.txt", RUS.encode()))
    put(store, Given("a.txt", RUS.encode()))
    assert members(store) == ["RUS"]
    withdraw(store, "b")
    assert members(store) == ["RUS"]
    assert store.source(literal(store, entity("document", "a"), "sha256")) == RUS.encode()


def test_all_documents_of_a_load_come_with_one_new_state(store: Store) -> None:
    generation = store.generation
    put(store, *(Given(f"{n}.txt", f"{n}. {KAZ}".encode()) for n in range(5)))
    assert store.generation == generation + 1


def test_sources_of_one_name_are_documents_of_their_own(store: Store) -> None:
    iris = {d.iri for d in put(store, Given("x/a.txt", KAZ.encode()), Given("y/a.txt", RUS.encode())).documents}
    assert len(iris) == 2
    assert all(iri.startswith(entity("document", "a")) for iri in iris)


# Failures


def test_what_fails_is_told_and_the_others_are_loaded(store: Store, tmp_path: Path) -> None:
    for name, data in {"good.txt": KAZ.encode(), "empty.txt": b"", "binary.txt": b"\0\1\2", "c.pdf": b"%PDF-"}.items():
        (tmp_path / name).write_bytes(data)
    report = put(store, tmp_path, tmp_path / "none.txt", Given("fault.txt", "сломайся".encode()))
    assert [d.iri for d in report.documents] == [entity("document", "good")]
    assert [f.message.removeprefix(f"{tmp_path}/") for f in report.failures] == [
        "none.txt: there is no such file or folder",
        "binary.txt: is not a text; PDF, DOCX, HTML, Markdown, plain text and RDF are read",
        "c.pdf: is a broken PDF file (Stream has ended unexpectedly)",
        "empty.txt: is empty",
        "fault.txt: cannot be read (RuntimeError: the reader has a fault)",
    ]
    assert members(store) == ["KAZ"]


def test_a_load_of_failures_only_leaves_the_store_as_it_was(store: Store) -> None:
    generation = store.generation
    report = put(store, Given("a.txt", b""), "nowhere/*.txt")
    assert (len(report.failures), store.generation) == (2, generation)


@dataclass(frozen=True)
class ImpossibleReader:
    """Finds a thing whose name makes no IRI, as a broken reader might."""

    def read(self, text: str, language: str | None = None) -> Reading:
        good = TinyReader().read(text)
        if "Россия" not in text:
            return good
        (fact,) = good.facts
        object.__setattr__(fact, "rule", "no iri <>")
        return good


def test_a_reading_that_cannot_be_written_leaves_nothing_half_written(store: Store) -> None:
    report = load(store, [Given("a.txt", KAZ.encode()), Given("b.txt", RUS.encode())], reader=ImpossibleReader())
    assert [f.source for f in report.failures] == ["b.txt"]
    assert members(store) == ["KAZ"]
    with store.snapshot() as snapshot:
        assert entity("document", "b") not in snapshot.graphs()


def test_the_report_can_be_sent_as_json(store: Store) -> None:
    report = put(store, Given("a.txt", KAZ.encode()), Given("b.txt", b"")).as_dict()
    assert report["documents"] == [
        {"iri": entity("document", "a"), "source": "a.txt", "change": "added", "facts": report["documents"][0]["facts"]}
    ]
    assert report["facts"] == {"memberships": 1}
    assert report["failures"] == [{"source": "b.txt", "message": "b.txt: is empty"}]


# Progress and processes


def test_progress_is_told_after_each_document(store: Store) -> None:
    told: list[tuple[int, int, str]] = []
    sources = [Given("a.txt", KAZ.encode()), Given("b.txt", b""), Given("c.txt", RUS.encode())]
    load(store, sources, reader=TinyReader(), progress=lambda done, total, source: told.append((done, total, source)))
    assert told == [(1, 3, "a.txt"), (2, 3, "b.txt"), (3, 3, "c.txt")]


@dataclass(frozen=True)
class DeadlyReader:
    """Some text takes the process down, as a fault in a native library would."""

    def read(self, text: str, language: str | None = None) -> Reading:
        if "Италия" in text:
            os._exit(1)
        return TinyReader().read(text)


def test_processes_give_the_same_in_the_same_order_and_one_may_die(store: Store) -> None:
    texts = [KAZ, "Пусто.", ITA, RUS, ""]
    sources = [Given(f"{n}.txt", text.encode()) for n, text in enumerate(texts)]
    report = load(store, sources, reader=DeadlyReader(), jobs=2)
    assert [d.source for d in report.documents] == ["0.txt", "1.txt", "3.txt"]
    assert [f.message for f in report.failures] == ["2.txt: the process that read it died", "4.txt: is empty"]
    assert members(store) == ["KAZ", "RUS"]


def test_processes_read_what_one_reads() -> None:
    texts = ["", "Министры обороны Казахстана и Индии подписали план сотрудничества 12 марта 2024 года.",
             "In March 2024 Kazakhstan and India signed a cooperation plan."]  # fmt: skip
    told = []
    for jobs in (1, 2):
        with open_store("memory:") as store:
            report = load(store, [Given(f"{n}.txt", text.encode()) for n, text in enumerate(texts)], jobs=jobs)
            assert [failure.message for failure in report.failures] == ["0.txt: is empty"]
            with store.snapshot() as snapshot:
                asked = (
                    "SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } ?s a mc:Agreement FILTER(?p != prov:generatedAtTime) }"
                )
                told.append({str(row) for row in snapshot.select(asked)})
    assert told[0]
    assert told[0] == told[1]


def test_what_other_processes_drew_up_fits_where_a_name_is_taken_and_where_a_claim_was_rejected() -> None:
    found = []
    for jobs in (1, 2):
        with open_store("memory:", reasoner=NoReasoner()) as store:
            put(store, Given("old/1.txt", KAZ.encode()), Given("2.txt", ITA.encode()))
            with store.snapshot() as snapshot:
                claims = snapshot.select(f"SELECT ?c {{ GRAPH <{entity('document', '2')}> {{ ?c rdf:subject ?s }} }}")
                (claim,) = {str(getattr(row["c"], "value", "")) for row in claims}
            decide(store, claim, "rejected", "analyst")
            report = put(store, Given("new/1.txt", RUS.encode()), Given("2.txt", f"{ITA}\n".encode()), jobs=jobs)
            assert [document.change for document in report.documents] == ["added", "replaced"]
            assert members(store) == ["KAZ", "RUS"]
            documents = {document.iri for document in report.documents}
            with store.snapshot() as snapshot:
                said = {graph: set(snapshot.triples(graph)) for graph in snapshot.graphs() if graph in documents}
            found.append({(g, t) for g, ts in said.items() for t in ts if "w3.org/ns/prov#" not in str(t)})
    assert len(found[0]) > 20
    assert found[0] == found[1]


@dataclass(frozen=True)
class SlowReader:
    """Tells that it reads by a file named after its process, and takes its time."""

    folder: str

    def read(self, text: str, language: str | None = None) -> Reading:
        del text, language
        Path(self.folder, str(os.getpid())).touch()
        time.sleep(600)
        return Reading("ru")


def load_slowly(folder: str) -> None:
    """What the process does that is killed."""
    with open_store("memory:", bare=True) as store:
        load(store, [Given(f"{n}.txt", KAZ.encode()) for n in range(4)], reader=SlowReader(folder), jobs=2)


def _is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_processes_that_read_end_when_the_one_they_read_for_is_killed(tmp_path: Path) -> None:
    script = "import sys; from tests.loaders.test_load import load_slowly; load_slowly(sys.argv[1])"
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], cwd=root) as loading:
        until(lambda: len(list(tmp_path.iterdir())) == 2)
        loading.kill()
    readers = [int(file.name) for file in tmp_path.iterdir()]
    until(lambda: not any(map(_is_there, readers)))


# Stores


def test_a_folder_keeps_what_was_loaded(tmp_path: Path) -> None:
    with open_store(tmp_path / "data", bare=True) as store:
        put(store, Given("a.txt", KAZ.encode()))
    with open_store(tmp_path / "data", bare=True) as store:
        assert members(store) == ["KAZ"]
        assert put(store, Given("a.txt", KAZ.encode())).count("unchanged") == 1
