"""A person has the last word on what is one: it is kept, survives readings and withdrawals, and can be taken back."""

from collections.abc import Iterator

import pytest

from graph.errors import BadInput, NotFound
from graph.store import Store
from loaders.decisions import decide, revoke
from loaders.identity.deciding import judge, revoke_judgement
from loaders.withdraw import withdraw
from ontology import entity
from tests.identity.telling import agreement, empty_store, exercise, groups, load_all, person, told

A = told("a", person("Косанов", "Даурен Косанов"))
B = told("b", person("Kosanov"), language="en")
C = told("c", person("Қосанов"), language="kk")
PERSON_A, PERSON_B = entity("person", "косанов-даурен"), B.iri + "/person/1"


@pytest.fixture
def store() -> Iterator[Store]:
    with empty_store() as made:
        yield made


def claims(store: Store) -> list[str]:
    with store.snapshot() as snapshot:
        rows = snapshot.select("SELECT ?claim { ?claim a mc:Identification } ORDER BY ?claim")
    return [str(getattr(row["claim"], "value")) for row in rows]  # noqa: B009


def test_what_was_rejected_stays_apart_at_the_next_reading(store: Store) -> None:
    load_all(store, A, B)
    (claim,) = claims(store)

    decide(store, claim, "rejected", "Айгуль", note="a namesake")
    assert groups(store) == {("a",), ("b",)}

    load_all(store, told("b", person("Kosanov"), agreement("plan", "plan for 2026", ("KAZ", "RUS")), language="en"))
    assert ("a", "b") not in groups(store)


@pytest.mark.parametrize("gone", [A, B])
def test_a_rejection_survives_that_either_document_is_withdrawn(store: Store, gone: object) -> None:
    load_all(store, A, B)
    decide(store, claims(store)[0], "rejected", "Айгуль")

    withdraw(store, "a" if gone is A else "b")
    load_all(store, A, B)

    assert groups(store) == {("a",), ("b",)}


def test_who_is_rejected_stays_apart_from_all_that_go_under_the_name(store: Store) -> None:
    load_all(store, A, B, C)
    with store.snapshot() as snapshot:
        (row,) = snapshot.select(f"SELECT ?c {{ ?c a mc:Identification ; rdf:subject <{PERSON_B}> }}")

    decide(store, str(getattr(row["c"], "value")), "rejected", "Айгуль")  # noqa: B009
    assert groups(store) == {("a", "c"), ("b",)}

    withdraw(store, "a")
    assert groups(store) == {("b",), ("c",)}


def test_a_rejection_that_is_taken_back_lets_the_rules_decide(store: Store) -> None:
    load_all(store, A, B)
    (claim,) = claims(store)
    decide(store, claim, "rejected", "Айгуль")

    (taken,) = revoke(store, claim)

    assert taken.author == "Айгуль"
    assert groups(store) == {("a", "b")}


def test_a_decision_says_who_decided_when_and_about_which_rule(store: Store) -> None:
    load_all(store, A, B)
    decide(store, claims(store)[0], "rejected", "Айгуль", note="a namesake")

    with store.snapshot() as snapshot:
        (row,) = snapshot.select("""SELECT ?who ?when ?why ?rule {
          ?d a mc:Decision ; mc:decidedBy ?who ; mc:decidedAt ?when ; rdfs:comment ?why ; mc:foundBy ?rule }""")
    said = {name: getattr(value, "value") for name, value in row.items()}  # noqa: B009
    assert (said["who"], said["why"]) == ("Айгуль", "a namesake")
    assert said["rule"].endswith("rule/identity/person-surname-and-office")


def test_what_no_rule_joins_a_person_can(store: Store) -> None:
    one, other = exercise("Щит", "2021", by=("KAZ",)), exercise("Qalqan", "2021", by=("KAZ",))
    load_all(store, told("a", one), told("b", other, language="en"))
    assert groups(store) == {("a",), ("b",)}

    judge(store, entity("exercise", "щит-2021"), entity("exercise", "qalqan-2021"), True, "Айгуль")
    assert groups(store) == {("a", "b")}

    withdraw(store, "a")
    load_all(store, told("a", one))
    assert groups(store) == {("a", "b")}

    revoke_judgement(store, entity("exercise", "qalqan-2021"), entity("exercise", "щит-2021"))
    assert groups(store) == {("a",), ("b",)}


def test_what_a_person_tells_apart_no_rule_joins(store: Store) -> None:
    load_all(store, A, B)

    judge(store, PERSON_B, PERSON_A, False, "Айгуль")

    assert groups(store) == {("a",), ("b",)}
    load_all(store, C)
    assert groups(store) == {("a", "c"), ("b",)}


def test_a_confirmed_merge_stands_when_the_rule_finds_it_no_more(store: Store) -> None:
    load_all(store, A, B)
    decide(store, claims(store)[0], "confirmed", "Айгуль")

    load_all(store, told("b", person("Kosanov", None, "spokesperson"), language="en"))

    assert groups(store) == {("a", "b")}


def test_a_claim_of_a_joined_thing_can_be_decided_and_parts_with_it(store: Store) -> None:
    load_all(
        store,
        told("a", exercise("Щит", "2021-09-06", by=("KAZ", "RUS"))),
        told("b", exercise("Shchit", "2021-09", by=("KAZ", "USA")), language="en"),
    )
    with store.snapshot() as snapshot:
        (row,) = snapshot.select("SELECT ?c { ?c rdf:object state:USA ; rdf:predicate mc:hasParticipant }")
    claim = str(getattr(row["c"], "value"))  # noqa: B009
    decide(store, claim, "rejected", "Айгуль")
    judge(store, entity("exercise", "щит-2021"), entity("exercise", "shchit-2021"), False, "Айгуль")

    revoke(store, claim)

    with store.snapshot() as snapshot:
        (row,) = snapshot.select("SELECT ?x { ?x mc:hasParticipant state:USA }")
    assert getattr(row["x"], "value") == entity("exercise", "shchit-2021")  # noqa: B009


def test_what_cannot_be_one_is_refused_with_the_reason(store: Store) -> None:
    load_all(store, A, B, told("x", exercise("Щит", "2021"), exercise("Меч", "2021")))
    sword, shield = entity("exercise", "меч-2021"), entity("exercise", "щит-2021")

    with pytest.raises(BadInput, match="speaks of both"):
        judge(store, sword, shield, True, "Айгуль")
    with pytest.raises(BadInput, match="never one"):
        judge(store, sword, PERSON_A, True, "Айгуль")
    with pytest.raises(NotFound, match="no text speaks of"):
        judge(store, sword, entity("exercise", "нет-2021"), True, "Айгуль")
    with pytest.raises(BadInput, match="needs an author"):
        judge(store, PERSON_A, PERSON_B, True, " ")
    with pytest.raises(BadInput, match="not amended"):
        decide(store, claims(store)[0], "amended", "Айгуль")
    with pytest.raises(NotFound, match="nothing was decided"):
        revoke_judgement(store, PERSON_A, PERSON_B)
