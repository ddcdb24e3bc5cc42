"""Stores to load into."""

from collections.abc import Iterator

import pytest

from graph.store import Store, open_store
from tests.loaders.making import full_store


@pytest.fixture
def store() -> Iterator[Store]:
    """A plain store: what most of these tests are about does not depend on reference data and inference."""
    with open_store("memory:", bare=True) as store:
        yield store


@pytest.fixture(scope="module")
def merged_store() -> Iterator[Store]:
    """A store as people use it, with reference data and merged graph; a test takes out what it puts in."""
    with full_store() as store:
        yield store
