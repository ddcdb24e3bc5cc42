"""What is remembered from batch to batch of a load changes nothing of the outcome, whoever writes in between."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.store import ShippedGraphs, Store, open_store
from loaders import load as loading
from loaders.drafting import Draft
from loaders.reading.facts import Exercise
from loaders.reading_one import Outcome
from loaders.withdraw import withdraw
from tests.identity.telling import Told, agreement, empty_store, exercise, groups, load_all, person, told
from tests.identity.test_laws import POOL, graphs, identity
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


def of_few_things(random: random.Random, number: int) -> Told:
    """A document about some of a few persons, exercises and agreements, which it tells of in one way or another."""
    language = random.choice(("ru", "en", "kk"))
    facts = [
        random.choice((
            person(random.choice(("Косанов", "Kosanov", "Қосанов"))),
            person("Косанов", random.choice(("Даурен Косанов", "Д. Косанов", "Даурен Косанов", "Марат Косанов"))),
            person("Vučić", random.choice(("Aleksandar Vučić", None)), "head of state", "SRB", None),
            person("Вучич", random.choice(("Александр Вучич", None)), "head of state", "SRB", None),
            exercise(random.choice(("Щит", "Shchit", None)), random.choice(("2021-09-06", "2021-09", "2022-09", None)),
                     None, ("Отар",), ("KAZ", "RUS")),
            agreement("plan", random.choice(("план на 2022 год", "plan for 2022", "план")), ("KAZ", "RUS"),
                      random.choice((None, "2021-10", "2021-10-05"))),
        ))
        for _ in range(random.randint(1, 3))
    ]  # fmt: skip
    return told(f"d{random.randrange(90):02}-{number}", *facts, language=language, issued="2021-09-10")


@pytest.mark.parametrize("seed", range(12))
def test_newcomers_come_to_what_they_would_if_all_were_compared(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Groups, names, labels, rules and passages, batch after batch; and all comes to the same as at once."""
    rng = random.Random(seed)
    documents = [of_few_things(rng, number) for number in range(rng.choice((12, 24, 40)))]
    with empty_store() as one, store_in(tmp_path) as other, empty_store() as at_once:
        load_all(at_once, *documents)
        monkeypatch.setattr(loading, "_DOCUMENTS_AT_ONCE", rng.choice((1, 3, 8)))
        load_all(one, *documents)  # states in memory have no numbers: nothing is remembered
        load_all(other, *documents)
        assert identity(one) == identity(other)
        assert graphs(one) == graphs(other)
        assert groups(at_once) == groups(other)


def test_two_that_come_together_are_one_where_the_key_by_which_they_find_each_other_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first is alone when it is looked at: what has its key is known, and the second is not among it yet."""

    def at_otar(name: str | None, *by: str) -> Exercise:
        return exercise(name, "2021-09-06", None, ("Отар",), by)

    others = [told("x1", at_otar(None, "ITA", "FRA")), told("x2", at_otar(None, "USA", "GBR"))]
    coming = [told("a", at_otar(None, "KAZ", "RUS")), told("b", at_otar("Щит", "KAZ", "RUS"))]
    monkeypatch.setattr(loading, "_DOCUMENTS_AT_ONCE", 2)
    with store_in(tmp_path) as store, empty_store() as at_once:
        load_all(store, *others, *coming)
        load_all(at_once, *others, *coming)
        assert groups(store) == groups(at_once)
        assert ("a", "b") in groups(store)
        assert graphs(store) == graphs(at_once)


def test_what_others_wrote_between_two_batches_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, gone, *rest = POOL
    with store_in(tmp_path / "one") as one, store_in(tmp_path / "other") as other:
        load_all(one, first, *rest)
        monkeypatch.setattr(loading, "_DOCUMENTS_AT_ONCE", 2)
        batches = loading._batches

        def interrupted(outcomes: Iterator[Outcome | Draft], left: int) -> Iterator[list[Outcome | Draft]]:
            for number, batch in enumerate(batches(outcomes, left)):
                if number == 1:
                    withdraw(other, f"{gone.name}.txt")
                yield batch

        monkeypatch.setattr(loading, "_batches", interrupted)
        load_all(other, first, gone, *rest)
        assert groups(one) == groups(other)
