"""The reader of rules, made once."""

import pytest

from graph.store import open_store
from loaders.reading.gazetteer import known_entities
from loaders.reading.reader import Reader


@pytest.fixture(scope="session")
def rules() -> Reader:
    """milcoop's own reader, with the names of the reference graph."""
    with open_store("memory:") as store, store.snapshot() as snapshot:
        return Reader(known_entities(snapshot))
