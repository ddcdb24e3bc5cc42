"""What is one is worked out of what the documents say: not of the order, and not of what was there before."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple

from graph.store import Store
from loaders.identity.keys import kept, sought
from loaders.identity.record import IDENTIFIED_AS, IDENTITY_KEY
from loaders.identity.rules import link
from loaders.identity.things import Agreement, Exercise, Person, Profile
from loaders.withdraw import withdraw
from ontology import GRAPH_IDENTITY, concept
from tests.identity.telling import Told, agreement, empty_store, exercise, groups, load_all, person, told

POOL = [
    told("a", person("Косанов", "Даурен Косанов"), exercise("Щит", "2021-09-06", None, ("Отар",), ("KAZ", "RUS"))),
    told("b", person("Kosanov"), exercise("Shchit", "2021-09", by=("KAZ",)), language="en"),
    told("c", person("Қосанов"), exercise(None, "2021-09-06", None, ("Отар",), ("KAZ", "RUS")), language="kk"),
    told("d", person("Kosanov", "Marat Kosanov"), agreement("plan", "plan for 2022", ("KAZ", "RUS")), language="en"),
    told("e", person("Косанов", "М. Косанов"), agreement("plan", "план на 2022 год", ("KAZ", "RUS"), "2021-10")),
    told(
        "f",
        person("Косанов", "Даурен Косанов", "other", "KAZ", "PARL"),
        agreement("plan", "план на 2022 год", ("KAZ", "RUS"), "2021-10-05"),
        agreement("plan", "план на 2023 год", ("KAZ", "RUS"), "2021-10-05"),
    ),
    told("g", exercise("Щит", None), language="ru", issued="2021-09-08"),
]  # fmt: skip
DOCUMENTS = st.lists(st.sampled_from(POOL), min_size=2, max_size=7, unique=True)


def graphs(store: Store) -> dict[str, set[object]]:
    """What the documents' graphs hold, apart from when they were read."""
    with store.snapshot() as snapshot:
        return {
            graph: {
                t for t in snapshot.triples(graph) if not str(t.predicate).startswith("<http://www.w3.org/ns/prov#")
            }
            for graph in snapshot.graphs()
            if "/document/" in graph
        }


def identity(store: Store) -> set[Triple]:
    """What the graph of identity holds: what was joined, and by what things can be found."""
    with store.snapshot() as snapshot:
        return {q.triple for q in snapshot.rdf.quads_for_pattern(None, None, None, NamedNode(GRAPH_IDENTITY))}


def few(*values: str, most: int = 2) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(values), max_size=most)


OFFICES = st.frozensets(st.tuples(st.sampled_from((concept("role", "minister"), concept("role", "other"))),
                                  st.sampled_from(("id/body/a", "id/body/b"))), max_size=2)  # fmt: skip
PERSONS = st.builds(
    Person, few("kosanov", "kosan", "kurbonov", "kurbanov"), few("ksnv", "krbnv"),
    st.frozensets(st.sampled_from((("daur",), ("d",), ("marat", "d"), ("daur", "marat"))), max_size=2), OFFICES,
    few("state/a", "state/b"),
)  # fmt: skip
WHEN = st.none() | st.sampled_from(
    (("2021-09-06",) * 2, ("2021-09-05",) * 2, ("2021-10-30",) * 2, ("2021-09-01", "2021-09-30"),
     ("2021-01-01", "2021-12-31"), ("2021-12-30", "2022-01-02"), ("2022-01-01", "2022-12-31"))
)  # fmt: skip
TOLD = ("щит", "shield", "План на 2022 год сотрудничества в космосе", "Plan for 2022", "договор о поставке вертолётов")
TITLES = st.frozensets(st.tuples(st.sampled_from(("ru", "en")), st.sampled_from(TOLD)), max_size=2)
EXERCISES = st.builds(
    Exercise, TITLES, few("series/a", most=1), WHEN, WHEN, few("otar", "aktau"), few("state/a", "state/b"),
    few("state/a", "state/b", most=3), WHEN,
)  # fmt: skip
AGREEMENTS = st.builds(
    Agreement, st.sampled_from(("plan", "treaty")), few("state/a", "state/b", "rosoboron eksport", "rosoboron"), WHEN,
    TITLES,
)  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(st.one_of(*(st.tuples(each, each) for each in (PERSONS, EXERCISES, AGREEMENTS))))
def test_what_a_rule_joins_can_be_found(pair: tuple[Profile, Profile]) -> None:
    one, other = pair
    if link(one, other):
        assert sought(one) & kept(other)
        assert sought(other) & kept(one)


@pytest.mark.parametrize("former", ["person | ksnv", None])
def test_what_was_kept_by_other_keys_or_none_is_found_again(former: str | None) -> None:
    """A store of an earlier version keeps its things by what that version looked for, or does not keep them."""
    with empty_store() as one, empty_store() as other:
        load_all(one, *POOL)
        load_all(other, *POOL[:1])
        now = {triple for triple in identity(other) if triple.predicate == IDENTITY_KEY}
        assert now
        with other.transaction() as transaction:
            before = {Triple(t.subject, t.predicate, Literal(former)) for t in now if former}
            transaction.amend_graph(GRAPH_IDENTITY, now, before)
        load_all(other, *POOL[1:])

        assert groups(one) == groups(other)
        assert identity(one) == identity(other)


@settings(max_examples=15, deadline=None)
@given(DOCUMENTS, st.data())
def test_the_order_of_loading_makes_no_difference(documents: list[Told], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(documents))
    cuts = sorted({0, len(shuffled), *data.draw(st.lists(st.integers(0, len(shuffled)), max_size=3))})
    with empty_store() as one, empty_store() as other:
        load_all(one, *documents)
        for begin, end in pairwise(cuts):
            load_all(other, *shuffled[begin:end])

        assert groups(one) == groups(other)


@settings(max_examples=15, deadline=None)
@given(DOCUMENTS, st.data())
def test_what_is_withdrawn_leaves_no_trace(documents: list[Told], data: st.DataObject) -> None:
    kept = documents[: data.draw(st.integers(0, len(documents) - 1))]
    with empty_store() as one, empty_store() as other:
        load_all(one, *documents)
        for document in documents[len(kept) :]:
            withdraw(one, document.name)
        load_all(other, *kept)

        assert groups(one) == groups(other)


@settings(max_examples=15, deadline=None)
@given(DOCUMENTS)
def test_a_document_alone_reads_as_if_it_had_never_been_joined(documents: list[Told]) -> None:
    first, *others = documents
    with empty_store() as one, empty_store() as other:
        load_all(one, *documents)
        for document in others:
            withdraw(one, document.name)
        load_all(other, first)

        assert graphs(one) == graphs(other)
        assert identity(one) == identity(other)
        assert not {triple for triple in identity(one) if triple.predicate == IDENTIFIED_AS}
