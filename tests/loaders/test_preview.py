"""Reading a document without loading it: what loading would bring, and nothing written."""

from collections.abc import Iterator

import pytest
from pyoxigraph import Literal, NamedNode

from graph.errors import BadInput
from graph.store import Store, open_store
from loaders.load import Given, load
from loaders.preview import Preview, preview
from loaders.reading.facts import PartialDate
from loaders.sources import FetchLimits, Particulars
from ontology import DC, DCTERMS, PROV
from tests.loaders.making import TinyReader

KAZ, RUS = "Казахстан входит в Лигу.", "Россия входит в Лигу."


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store("memory:", bare=True) as store:
        yield store


def read(store: Store, given: Given) -> Preview:
    with store.snapshot() as snapshot:
        return preview(snapshot, given, reader=TinyReader())


def value(read: Preview, predicate: str) -> str:
    values = [t.object for t in read.triples if t.subject == NamedNode(read.iri) and t.predicate.value == predicate]
    assert len(values) == 1
    assert isinstance(values[0], Literal)
    return values[0].value


def test_it_is_what_loading_brings_but_for_the_record_of_the_run(store: Store) -> None:
    given = Given("a.txt", KAZ.encode())
    seen = read(store, given)
    load(store, [given], reader=TinyReader())
    with store.snapshot() as snapshot:
        loaded = set(snapshot.triples(seen.iri))
    run = loaded - seen.triples
    assert seen.triples < loaded
    assert any(triple.predicate.value == PROV["wasGeneratedBy"] for triple in run)
    assert all("reading" in str(triple) or "software" in str(triple) for triple in run)


def test_nothing_is_written(store: Store) -> None:
    read(store, Given("a.txt", KAZ.encode()))
    with store.snapshot() as snapshot:
        assert len(snapshot.rdf) == 0


def test_it_tells_what_saving_would_change(store: Store) -> None:
    assert read(store, Given("a.txt", KAZ.encode())).change == "added"
    load(store, [Given("a.txt", KAZ.encode())], reader=TinyReader())
    assert read(store, Given("a.txt", KAZ.encode())).change == "unchanged"
    assert read(store, Given("a.txt", RUS.encode())).change == "replaced"


@pytest.mark.parametrize("loaded", [False, True])
def test_what_a_person_says_of_it_counts_more_than_what_it_says_itself(store: Store, loaded: bool) -> None:
    stated = Particulars("Лига растёт", "kk", PartialDate(2024, 5))
    given = Given("a.md", f"# Ведомость\n\n{KAZ}".encode(), None, stated)
    seen = read(store, given)
    if loaded:
        load(store, [given], reader=TinyReader())
        with store.snapshot() as snapshot:
            seen = Preview(seen.iri, "added", frozenset(snapshot.triples(seen.iri)), {})
    assert value(seen, DCTERMS["title"]) == "Лига растёт"
    assert value(seen, DCTERMS["issued"]) == "2024-05"
    assert value(seen, DC["language"]) == "kk"


def test_an_rdf_file_shows_what_it_states(store: Store) -> None:
    given = Given("a.ttl", b"<urn:a> <urn:b> <urn:c> .")
    seen = read(store, given)
    assert [str(triple.predicate) for triple in seen.triples] == ["<urn:b>"]
    assert dict(seen.facts) == {}


def test_what_cannot_be_read_is_refused(store: Store) -> None:
    with store.snapshot() as snapshot, pytest.raises(BadInput, match=r"a\.txt"):
        preview(snapshot, Given("a.txt", KAZ.encode()), reader=TinyReader(), limits=FetchLimits(size_bytes=3))
