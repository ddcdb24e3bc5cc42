"""The query `contradictions` finds what two documents cannot both be right about, whatever they call the thing."""

from collections.abc import Iterator

import pytest

from graph.query.canned import read_folder
from graph.store import Store
from loaders.reading.facts import Deployment, Entity, Fact, Mission, Modality, Supply
from ontology import entity
from queries import folder
from tests.identity.telling import EVIDENCE, Told, agreement, empty_store, exercise, load_all, state, told


@pytest.fixture
def store() -> Iterator[Store]:
    with empty_store() as made:
        yield made


def supply(modality: Modality) -> Supply:
    return Supply(supplier=state("RUS"), recipient=state("KAZ"), modality=modality, evidence=EVIDENCE, rule="test/told")


def mission(modality: Modality) -> Mission:
    deployment = Deployment(actor=state("KAZ"), modality=modality, evidence=EVIDENCE, rule="test/told")
    whose = Entity("mission", "UNIFIL", iri=entity("mission", "UNIFIL"))
    return Mission(entity=whose, deployments=(deployment,), evidence=EVIDENCE, rule="test/told")


def contradictions(store: Store) -> list[tuple[str, str, str]]:
    """The kind of each, and what the documents say: the last step of an IRI, or the value."""
    query = read_folder(folder())["contradictions"].bind({})
    with store.snapshot() as snapshot:
        rows = snapshot.select(query)

    def shown(term: object) -> str:
        return str(getattr(term, "value", term)).rsplit("/", 1)[-1].rsplit("#", 1)[-1]

    return [(shown(r["contradiction"]), shown(r["oneSays"]), shown(r["anotherSays"])) for r in rows]


PAIRS: list[tuple[str, Fact, Fact, list[tuple[str, str, str]]]] = [
    (
        "the day on which an exercise began",
        exercise("Бирлестик", "2024-07-08", by=("KAZ",)),
        exercise("Birlestik", "2024-07-11", by=("KAZ",)),
        [("start", "2024-07-08", "2024-07-11")],
    ),
    (
        "the month",
        exercise("Бирлестик", "2024-07", by=("KAZ",)),
        exercise("Birlestik", "2024-08-02", by=("KAZ",)),
        [("start", "2024-07", "2024-08-02")],
    ),
    (
        "a date that is only less exact contradicts nothing",
        exercise("Бирлестик", "2024-07-08", by=("KAZ",)),
        exercise("Birlestik", "2024-07", by=("KAZ",)),
        [],
    ),
    (
        "the last day",
        exercise("Бирлестик", "2024-07-08", "2024-07-17"),
        exercise("Birlestik", "2024-07-08", "2024-07-19"),
        [("end", "2024-07-17", "2024-07-19")],
    ),
    (
        "how many took part",
        exercise("Бирлестик", "2024-07-08", headcount=4000),
        exercise("Birlestik", "2024-07-08", headcount=5200),
        [("number of people", "4000", "5200")],
    ),
    (
        "numbers that are about the same contradict nothing",
        exercise("Бирлестик", "2024-07-08", headcount=4000),
        exercise("Birlestik", "2024-07-08", headcount=4100),
        [],
    ),
    (
        "who took part and who observed",
        exercise("Бирлестик", "2024-07-08", by=("KAZ", "TUR")),
        exercise("Birlestik", "2024-07-08", by=("KAZ",), observers=("TUR",)),
        [("participant or observer", "TUR", "observer")],
    ),
    (
        "the state in which it was",
        exercise("Бирлестик", "2024-07-08", places=("KAZ",)),
        exercise("Birlestik", "2024-07-08", places=("UZB",)),
        [("place", "KAZ", "UZB")],
    ),
    (
        "of several states one may name a part",
        exercise("Бирлестик", "2024-07-08", places=("KAZ", "UZB")),
        exercise("Birlestik", "2024-07-08", places=("KAZ",)),
        [],
    ),
    (
        "the day of signing",
        agreement("plan", "план на 2026 год", ("KAZ", "RUS"), "2025-10-31"),
        agreement("plan", "plan for 2026", ("KAZ", "RUS"), "2025-10-30"),
        [],  # two agreements: nothing but the year of the title joins them
    ),
    (
        "that an exercise was held and that there was none",
        exercise("Бирлестик", "2024-07-08", by=("KAZ",)),
        exercise("Birlestik", "2024-07-08", by=("KAZ",), modality="denied"),
        [("denied", "2024-07-08", "denied"), ("denied", "Exercise", "denied"), ("denied", "KAZ", "denied")],
    ),
    ("a supply and its denial", supply("held"), supply("denied"), [("denied", "KAZ", "denied")]),
    ("a deployment and its denial", mission("planned"), mission("denied"), [("denied", "UNIFIL", "denied")]),
    ("a proposal contradicts no denial", supply("proposed"), supply("denied"), []),
]


@pytest.mark.parametrize(("one", "other", "found"), [p[1:] for p in PAIRS], ids=[p[0] for p in PAIRS])
def test_what_two_documents_contradict_each_other_in(
    store: Store, one: Fact, other: Fact, found: list[tuple[str, str, str]]
) -> None:
    load_all(store, told("a", one), told("b", other, language="en"))

    assert sorted(contradictions(store)) == sorted(found)


def test_a_document_that_corrects_itself_contradicts_no_other(store: Store) -> None:
    load_all(store, told("a", supply("held"), supply("denied")))

    assert contradictions(store) == []


def test_what_is_kept_apart_contradicts_nothing(store: Store) -> None:
    documents: list[Told] = [
        told("a", exercise("Рубеж", "2023-05-17", headcount=500)),
        told("b", exercise("Rubezh", "2024-05-17", headcount=900), language="en"),
    ]
    load_all(store, *documents)

    assert contradictions(store) == []
