"""What several documents tell of one exercise, agreement or person is told of one thing; what is two stays two."""

from collections.abc import Iterator

import pytest

from graph.store import Store
from loaders.withdraw import withdraw
from tests.identity.telling import Told, agreement, empty_store, exercise, groups, load_all, person, told


@pytest.fixture
def store() -> Iterator[Store]:
    with empty_store() as made:
        yield made


ONE = [
    pytest.param(
        told("a", person("Жаксылыков", "Руслан Жаксылыков")),
        told("b", person("Zhaksylykov"), language="en"),
        id="a person by surname and office, across alphabets",
    ),
    pytest.param(
        told("a", person("Жақсылықов", "Руслан Жақсылықов"), language="kk"),
        told("b", person("Zhaxylykov", "Ruslan Zhaxylykov", "other", "KAZ", "PARL"), language="en"),
        id="a person by full name, in another office",
    ),
    pytest.param(
        told("a", person("Хаваджа", None, "deputy minister", "PAK")),
        told("b", person("Хауаджа", None, "deputy minister", "PAK"), language="kk"),
        id="a sound between vowels that Kazakh writes as a vowel",
    ),
    pytest.param(
        told("a", person("Курбонов", of="UZB")),
        told("b", person("Kurbanov", of="UZB"), language="en"),
        id="a minister by a surname that only sounds alike",
    ),
    pytest.param(
        told("a", person("Сидоров", "А. Сидоров")),
        told("b", person("Сидоров", "Анатолий Сидоров")),
        id="an initial stands for the name",
    ),
    pytest.param(
        told("a", exercise("Бирлестик", "2024-07-08", by=("KAZ", "UZB"))),
        told("b", exercise("Бірлестік", "2024-07", by=("KAZ",)), language="kk"),
        id="an exercise by its name in another alphabet, and the year",
    ),
    pytest.param(
        told("a", exercise("Степной орёл", "2019-06-17", series="steppe-eagle", places=("KAZ",))),
        told("b", exercise("Steppe Eagle", None, series="steppe-eagle"), language="en", issued="2019-06-20"),
        id="an exercise without a date in the news of its days",
    ),
    pytest.param(
        told("a", exercise("Щит и меч", "2021-09-06", "2021-09-10", ("Илийский",), ("KAZ", "KGZ"))),
        told("b", exercise("Shield and Sword", "2021-09-06", None, ("Iliyskiy",), ("KAZ", "KGZ")), language="en"),
        id="an exercise whose name was translated, by days, place and participants",
    ),
    pytest.param(
        told("a", exercise("Кобальт", "2022-08-02", "2022-08-06", ("Термез",), ("RUS", "UZB"))),
        told("b", exercise(None, "2022-08-02", "2022-08-06", ("Термез",), ("RUS", "UZB"))),
        id="an exercise without a name, by days, place and participants",
    ),
    pytest.param(
        told("a", exercise("Кобальт", "2022-08", None, ("Термез",), ("RUS", "UZB"))),
        told("b", exercise(None, "2022-08", None, ("Термез",), ("RUS", "UZB"))),
        id="an exercise without a name, by month, place and participants",
    ),
    pytest.param(
        told("a", agreement("declaration", "Шушинская декларация", ("AZE", "TUR"), "2021-06-15")),
        told("b", agreement("declaration", "одақтастық туралы декларация", ("AZE", "TUR"), "2021-06"), language="kk"),
        id="an agreement without the day",
    ),
    pytest.param(
        told("a", agreement("plan", "план сотрудничества на 2026 год", ("KAZ", "RUS"))),
        told("b", agreement("plan", "cooperation plan for 2026", ("RUS", "KAZ"), "2025-10-31"), language="en"),
        id="a plan by the year that it is for",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), ONE)
def test_the_same_in_two_documents_is_one_thing(store: Store, one: Told, other: Told) -> None:
    load_all(store, one, other)

    assert groups(store) == {("a", "b")}


TWO = [
    pytest.param(
        told("a", person("Мамедов", "Али Мамедов", of="AZE")),
        told("b", person("Мамедов", "Фарид Мамедов", of="AZE")),
        id="persons with different given names, though of one office",
    ),
    pytest.param(
        told("a", person("Назаров", role="minister", of="TJK")),
        told("b", person("Назаров", role="commander", of="TJK", body="UNIT")),
        id="persons of one surname in different offices",
    ),
    pytest.param(
        told("a", person("Ким", "Ан Ким", "ambassador", "KOR", None)),
        told("b", person("Kim", "An Kim", "ambassador", "PRK", None), language="en"),
        id="persons of one name who serve different states",
    ),
    pytest.param(
        told("a", exercise("Рубеж", "2023-05-17", by=("UZB", "TJK"))),
        told("b", exercise("Rubezh", "2024-05-17", by=("UZB", "TJK")), language="en"),
        id="editions of two years",
    ),
    pytest.param(
        told("a", exercise("Поиск", "2021-10-18", "2021-10-20", ("Харб-Майдон",), ("KAZ", "TJK"))),
        told("b", exercise("Эшелон", "2021-10-18", "2021-10-20", ("Харб-Майдон",), ("KAZ", "TJK"))),
        id="exercises with two names in one language, though on the same days at the same place",
    ),
    pytest.param(
        told("a", exercise(None, "2021-08-05", None, ("Термез",), ("RUS", "UZB"))),
        told("b", exercise(None, "2021-08-05", None, ("Термез",), ("KAZ", "TJK"))),
        id="unnamed exercises of different participants",
    ),
    pytest.param(
        told("a", exercise("Щит", "2020", by=("KAZ",))),
        told("b", exercise("Shchit", None, by=("KAZ",)), language="en"),
        id="an exercise without a date, in a document without one",
    ),
    pytest.param(
        told("a", agreement("plan", "план сотрудничества на 2025 год", ("KAZ", "RUS"))),
        told("b", agreement("plan", "cooperation plan for 2026", ("KAZ", "RUS")), language="en"),
        id="plans for two years",
    ),
    pytest.param(
        told("a", agreement("protocol", "протокол об обмене курсантами", ("TUR", "UZB"), "2023-10")),
        told("b", agreement("protocol", "протокол о картографии", ("TUR", "UZB"), "2023-10-09")),
        id="agreements about different things, though of one month",
    ),
    pytest.param(
        told("a", agreement("protocol", "протокол об обмене разведывательной информацией", ("TUR", "UZB"))),
        told("b", agreement("protocol", "протокол об обмене картографическими данными", ("TUR", "UZB"), "2024-07")),
        id="agreements that have only one word of their titles in common",
    ),
    pytest.param(
        told("a", agreement("memorandum", "меморандум", ("KAZ", "UZB"), "2024-07-09")),
        told("b", agreement("memorandum", "memorandum", ("KAZ", "TJK"), "2024-07"), language="en"),
        id="agreements of other parties",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), TWO)
def test_what_only_looks_alike_stays_two(store: Store, one: Told, other: Told) -> None:
    load_all(store, one, other)

    assert groups(store) == {("a",), ("b",)}


def test_what_may_be_either_of_two_is_neither(store: Store) -> None:
    load_all(
        store,
        told("a", person("Петров", "Иван Петров", "deputy minister", "RUS")),
        told("b", person("Петров", "Олег Петров", "deputy minister", "RUS")),
        told("c", person("Petrov", None, "deputy minister", "RUS"), language="en"),
    )

    assert groups(store) == {("a",), ("b",), ("c",)}


def test_what_a_document_tells_apart_is_not_joined_through_another(store: Store) -> None:
    parties = ("TUR", "UZB")
    load_all(
        store,
        told(
            "a",
            agreement("memorandum", "меморандум о военной медицине", parties, "2023-10-09"),
            agreement("memorandum", "меморандум о картографии", parties, "2023-10-09"),
        ),
        told("b", agreement("memorandum", "memorandum", parties, "2023-10"), language="en"),
    )

    assert sorted(groups(store)) == [("a",), ("b",)]


def test_of_each_thing_one_document_calls_it_by_its_label_in_a_language(store: Store) -> None:
    load_all(
        store,
        told("a", person("Косанов", "Даурен Косанов")),
        told("b", person("Косанов", "Д. Косанов")),
        told("c", person("Kosanov"), language="en"),
    )

    with store.snapshot() as snapshot:
        rows = snapshot.select("SELECT ?name { ?p a mc:Person ; rdfs:label ?name }")
        further = snapshot.select("SELECT ?name { ?p a mc:Person ; skos:altLabel ?name }")
    languages = sorted(getattr(row["name"], "language") for row in rows)  # noqa: B009
    assert languages == ["en", "ru"]
    assert len(further) == 1


def test_a_merge_is_a_claim_with_its_rule_and_the_words_of_both_documents(store: Store) -> None:
    load_all(store, told("a", person("Косанов", "Даурен Косанов")), told("b", person("Kosanov"), language="en"))

    with store.snapshot() as snapshot:
        rows = snapshot.select("""SELECT ?document ?rule ?confidence {
          ?claim a mc:Identification ; mc:origin ?rule ; mc:confidence ?confidence ;
            mc:evidence/mc:inDocument ?document .
        } ORDER BY ?document""")
        same_as = snapshot.select("SELECT * { ?a owl:sameAs ?b }")
    assert [getattr(row["document"], "value").rsplit("/", 1)[-1] for row in rows] == ["a", "b"]  # noqa: B009
    assert {getattr(row["rule"], "value").rsplit("/", 1)[-1] for row in rows} == {"person-surname-and-office"}  # noqa: B009
    assert {getattr(row["confidence"], "value") for row in rows} == {"0.95"}  # noqa: B009
    assert not same_as


def test_a_document_that_comes_later_names_the_thing_as_the_others_do(store: Store) -> None:
    load_all(store, told("a", person("Косанов")))
    load_all(store, told("b", person("Kosanov"), language="en"))
    load_all(store, told("c", person("Қосанов", "Дәурен Қосанов"), language="kk"))

    assert groups(store) == {("a", "b", "c")}


def test_what_a_document_joined_parts_when_it_is_withdrawn(store: Store) -> None:
    # Only the second knows both the given name and the office.
    load_all(store, told("a", person("Косанов", "Даурен Косанов", "other", "KAZ", "PARL")))
    load_all(store, told("b", person("Косанов", "Даурен Косанов")))
    load_all(store, told("c", person("Kosanov"), language="en"))
    assert groups(store) == {("a", "b", "c")}

    withdraw(store, "b")

    assert groups(store) == {("a",), ("c",)}


def test_a_new_version_of_a_document_is_compared_anew(store: Store) -> None:
    load_all(store, told("a", person("Косанов")), told("b", person("Kosanov"), language="en"))
    assert groups(store) == {("a", "b")}

    load_all(store, told("b", person("Kosanov", of="KGZ"), language="en"))

    assert groups(store) == {("a",), ("b",)}


def test_what_was_in_doubt_is_joined_when_the_doubt_is_withdrawn(store: Store) -> None:
    load_all(
        store,
        told("a", person("Косанов", "Даурен Косанов")),
        told("b", person("Kosanov"), language="en"),
        told("c", person("Косанов", "Марат Косанов")),
    )
    assert groups(store) == {("a",), ("b",), ("c",)}

    withdraw(store, "c")

    assert groups(store) == {("a", "b")}
