"""A server over real HTTP, on a small store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.store import open_store
from loaders.to_rdf import reading_to_triples
from tests.stores import new_store

from .serving import ROOT, Server, start_server
from .written import KALKAN, MARKUP, kalkan_reading, markup_reading, record

TOKEN = "a token for tests"


@pytest.fixture(scope="session")
def store_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the ontology, the reference data, and two documents."""
    folder = new_store(tmp_path_factory, tmp_path_factory.mktemp("served") / "store")
    with open_store(folder) as store, store.transaction() as transaction:
        for stem, text, reading in (
            ("kalkan-2022", KALKAN, kalkan_reading()),
            ("markup", MARKUP, markup_reading()),
        ):
            document = record(stem, text, reading)
            transaction.put_graph(document.iri, reading_to_triples(reading, text, document))
    return folder


@pytest.fixture(scope="session")
def server(store_folder: Path) -> Iterator[Server]:
    """The server that most tests ask: it may be written to with `TOKEN`, queries have 40 seconds and 1,000 rows."""
    running = start_server(
        "--store", str(store_folder), "--no-sample", "--query-seconds", "40", "--result-rows", "1000",
        MILCOOP_TOKEN=TOKEN,
    )  # fmt: skip
    yield running
    running.stop()


@pytest.fixture
def shared() -> Path:
    """The folder that lies beside the repository, with the corpus and the W3C cases."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("../shared is not there")
    return folder
