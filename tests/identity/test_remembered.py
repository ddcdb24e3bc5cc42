"""What is remembered from batch to batch of a load changes nothing of the outcome, whoever writes in between."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.store import ShippedGraphs, Store, open_store
from loaders import load as loading
from loaders.reading_one import Outcome
from loaders.withdraw import withdraw
from tests.identity.telling import empty_store, groups, load_all
from tests.identity.test_laws import POOL, identity
from tests.loaders.making import NoReasoner


def store_in(folder: Path) -> Store:
    return open_store(folder, reasoner=NoReasoner(), shipped=ShippedGraphs("", ()))


@pytest.mark.parametrize("seed", range(4))
def test_batch_after_batch_comes_to_the_same_as_where_nothing_is_remembered(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = random.Random(seed).sample(POOL, len(POOL))
    monkeypatch.setattr(loading, "_DOCUMENTS_AT_ONCE", 1)
    with empty_store() as one, store_in(tmp_path) as other:  # states in memory have no numbers
        load_all(one, *documents)
        load_all(other, *documents)
        assert groups(one) == groups(other)
        assert identity(one) == identity(other)


def test_what_others_wrote_between_two_batches_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, gone, *rest = POOL
    with store_in(tmp_path / "one") as one, store_in(tmp_path / "other") as other:
        load_all(one, first, *rest)
        monkeypatch.setattr(loading, "_DOCUMENTS_AT_ONCE", 2)
        batches = loading._batches

        def interrupted(outcomes: Iterator[Outcome]) -> Iterator[list[Outcome]]:
            for number, batch in enumerate(batches(outcomes)):
                if number == 1:
                    withdraw(other, f"{gone.name}.txt")
                yield batch

        monkeypatch.setattr(loading, "_batches", interrupted)
        load_all(other, first, gone, *rest)
        assert groups(one) == groups(other)
