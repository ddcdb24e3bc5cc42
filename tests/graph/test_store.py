"""What holds for every store: in memory, in a folder, and behind the address of a server (see `conftest.py`)."""

import hashlib
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from graph.errors import BadInput, NotFound, StoreError
from graph.store import GRAPH_UNNAMED, ShippedGraphs, Snapshot, Store, open_store
from ontology import GRAPH_INFERRED, GRAPH_ONTOLOGY, GRAPH_REFERENCE, XSD

EX = "http://example.org/"
ONE, TWO = EX + "document/1", EX + "document/2"


def turtle(text: str) -> set[Triple]:
    prefixes = f"@prefix : <{EX}> . @prefix owl: <http://www.w3.org/2002/07/owl#> . "
    return {quad.triple for quad in parse(prefixes + text, RdfFormat.TURTLE)}


SMALL = ShippedGraphs(
    "small",
    (
        (GRAPH_ONTOLOGY, frozenset(turtle(":in a owl:TransitiveProperty . :Exercise owl:disjointWith :Mission ."))),
        (GRAPH_REFERENCE, frozenset(turtle(":Astana :in :KAZ ."))),
    ),
)
"""An ontology of two axioms, so that a test need not wait for the real one."""

ARSENAL = turtle(":Arsenal :in :Astana .")


@pytest.fixture
def store(location: str) -> Iterator[Store]:
    with open_store(location, shipped=SMALL) as opened:
        yield opened


@pytest.fixture
def bare(location: str) -> Iterator[Store]:
    with open_store(location, bare=True) as opened:
        yield opened


def put(store: Store, graph: str | None, triples: set[Triple]) -> None:
    with store.transaction() as transaction:
        transaction.put_graph(graph, triples)


def merged(store: Store) -> set[Triple]:
    with store.snapshot() as snapshot:
        return set(snapshot.triples())


def in_graph(store: Store, graph: str) -> set[Triple]:
    with store.snapshot() as snapshot:
        return set(snapshot.triples(graph))


def everything(store: Store) -> tuple[int, list[str], set[object]]:
    with store.snapshot() as snapshot:
        return snapshot.number, snapshot.graphs(), set(snapshot.rdf)


# What a new store holds


def test_a_new_store_holds_ontology_reference_data_and_what_follows() -> None:
    with open_store("memory:") as store, store.snapshot() as snapshot:
        assert snapshot.graphs() == [GRAPH_INFERRED, GRAPH_ONTOLOGY, GRAPH_REFERENCE]
        assert snapshot.select("SELECT ?s { ?s a <https://w3id.org/milcoop/ontology#State> }")
        assert snapshot.inconsistencies == ()


def test_a_bare_store_is_empty_and_infers_nothing(bare: Store) -> None:
    put(bare, ONE, turtle(":in a owl:TransitiveProperty . :Arsenal :in :Astana . :Astana :in :KAZ ."))

    assert bare.bare
    assert merged(bare) == set()
    with bare.snapshot() as snapshot:
        assert snapshot.graphs() == [ONE]


# Snapshots


def test_a_commit_is_seen_by_the_next_snapshot_and_not_by_an_open_one(store: Store) -> None:
    with store.snapshot() as before:
        put(store, ONE, ARSENAL)

        assert ONE not in before.graphs()
        assert set(before.triples(ONE)) == set()
    assert in_graph(store, ONE) == ARSENAL


def test_a_snapshot_stays_readable_when_the_store_is_closed(store: Store) -> None:
    put(store, ONE, ARSENAL)
    snapshot = store.snapshot()
    store.close()
    assert set(snapshot.triples(ONE)) == ARSENAL
    snapshot.close()


def test_each_commit_makes_the_next_generation(store: Store) -> None:
    first = store.generation
    put(store, ONE, ARSENAL)
    put(store, TWO, ARSENAL)
    assert store.generation == first + 2


def test_select_leaves_out_variables_without_a_value(store: Store) -> None:
    with store.snapshot() as snapshot:
        rows = snapshot.select("SELECT ?x ?y { VALUES (?x ?y) { (1 UNDEF) (2 3) } }")
    assert [sorted(row) for row in rows] == [["x"], ["x", "y"]]


# Transactions


def test_nothing_has_happened_after_an_exception(store: Store) -> None:
    put(store, ONE, ARSENAL)
    before = everything(store)
    data = b"text"
    digest = hashlib.sha256(data).hexdigest()

    with pytest.raises(ZeroDivisionError), store.transaction() as transaction:
        transaction.put_graph(TWO, turtle(":Depot :in :Arsenal ."))
        transaction.drop_graph(ONE)
        transaction.keep_source(digest, data)
        raise ZeroDivisionError

    assert everything(store) == before
    with pytest.raises(NotFound):
        store.source(digest)
    put(store, TWO, ARSENAL)
    assert in_graph(store, TWO) == ARSENAL


def test_a_transaction_that_changes_nothing_makes_no_new_state(store: Store) -> None:
    put(store, ONE, ARSENAL)
    before = everything(store)

    put(store, ONE, ARSENAL)
    with store.transaction() as transaction:
        transaction.put_graph(TWO, ARSENAL)
        transaction.drop_graph(TWO)

    assert everything(store) == before


def test_a_number_written_otherwise_is_no_change(store: Store) -> None:
    def headcount(text: str) -> set[Triple]:
        number = Literal(text, datatype=NamedNode(XSD["integer"]))
        return {Triple(NamedNode(EX + "a"), NamedNode(EX + "headcount"), number)}

    put(store, ONE, headcount("007"))
    before = store.generation
    put(store, ONE, headcount("007"))
    put(store, ONE, headcount("7"))
    assert store.generation == before


def test_a_graph_is_replaced_by_what_is_put(store: Store) -> None:
    put(store, ONE, turtle(":a :p :b, :c ."))
    put(store, ONE, turtle(":a :p :c, :d ."))
    assert in_graph(store, ONE) == turtle(":a :p :c, :d .")


def test_a_transaction_reads_what_it_has_written(store: Store) -> None:
    with store.transaction() as transaction:
        transaction.put_graph(ONE, ARSENAL)
        assert bool(transaction.rdf.query(f"ASK {{ <{EX}Arsenal> <{EX}in> <{EX}Astana> }}"))


def test_an_ended_transaction_cannot_be_used(store: Store) -> None:
    with store.transaction() as transaction:
        pass
    with pytest.raises(StoreError, match="ended"):
        transaction.put_graph(ONE, ARSENAL)


def test_dropping_tells_whether_there_was_a_graph(store: Store) -> None:
    put(store, ONE, set())
    with store.snapshot() as snapshot:
        assert ONE in snapshot.graphs()
    with store.transaction() as transaction:
        assert transaction.drop_graph(ONE)
        assert not transaction.drop_graph(ONE)
    with store.snapshot() as snapshot:
        assert ONE not in snapshot.graphs()


@pytest.mark.parametrize("name", ["no IRI", GRAPH_INFERRED])
def test_some_graphs_cannot_be_written(store: Store, name: str) -> None:
    with store.transaction() as transaction:
        with pytest.raises(BadInput):
            transaction.put_graph(name, ARSENAL)
        with pytest.raises(BadInput):
            transaction.drop_graph(name)


# The merged graph


def test_what_two_documents_say_counts_once_and_stays_until_both_are_gone(store: Store) -> None:
    put(store, ONE, ARSENAL)
    put(store, TWO, ARSENAL)

    def count(snapshot: Snapshot) -> str:
        [row] = snapshot.select(f"SELECT (COUNT(*) AS ?n) {{ <{EX}Arsenal> <{EX}in> <{EX}Astana> }}")
        return str(row["n"].value)  # type: ignore[union-attr]

    with store.snapshot() as snapshot:
        assert count(snapshot) == "1"
    with store.transaction() as transaction:
        transaction.drop_graph(ONE)
    with store.snapshot() as snapshot:
        assert count(snapshot) == "1"
    with store.transaction() as transaction:
        transaction.drop_graph(TWO)
    with store.snapshot() as snapshot:
        assert count(snapshot) == "0"


def test_several_graphs_are_amended_at_once_and_the_merged_graph_with_them(store: Store) -> None:
    with store.transaction() as transaction:
        transaction.put_graphs({ONE: turtle(":a :p :b, :c ."), TWO: turtle(":a :p :b .")})
    with store.transaction() as transaction:
        transaction.amend_graphs(
            {
                ONE: (turtle(":a :p :b, :none ."), turtle(":a :p :d .")),
                TWO: ((), turtle(":a :p :d, :e .")),
                EX + "document/3": (turtle(":a :p :f ."), turtle(":a :p :f .")),
            }
        )
    assert in_graph(store, ONE) == turtle(":a :p :c, :d .")
    assert in_graph(store, TWO) == turtle(":a :p :b, :d, :e .")
    assert turtle(":a :p :b, :c, :d, :e, :f .") <= merged(store)
    with store.transaction() as transaction:
        transaction.amend_graphs({ONE: (turtle(":a :p :d ."), ()), TWO: (turtle(":a :p :b, :d ."), ())})
    assert {t for t in merged(store) if t.predicate == NamedNode(EX + "p")} == turtle(":a :p :c, :e, :f .")


TERMS = st.sampled_from([NamedNode(EX + name) for name in "abc"])
TRIPLES = st.builds(Triple, TERMS, st.sampled_from([NamedNode(EX + "in"), NamedNode(EX + "p")]), TERMS)
STEPS = st.lists(
    st.tuples(st.sampled_from([ONE, TWO, EX + "document/3"]), st.none() | st.frozensets(TRIPLES, max_size=4)),
    max_size=6,
)


def test_the_merged_graph_is_the_union_of_the_named_graphs(store: Store, location: str) -> None:
    @settings(max_examples=3 if location.startswith("http") else 25, deadline=None)
    @given(transactions=st.lists(STEPS, max_size=3), fails=st.booleans())
    def law(transactions: list[list[tuple[str, frozenset[Triple] | None]]], fails: bool) -> None:
        for steps in transactions:
            try:
                with store.transaction() as transaction:
                    for graph, triples in steps:
                        if triples is None:
                            transaction.drop_graph(graph)
                        else:
                            transaction.put_graph(graph, triples)
                    if fails:
                        raise InterruptedError
            except InterruptedError:
                pass
            with store.snapshot() as snapshot:
                named = {triple for graph in snapshot.graphs() for triple in snapshot.triples(graph)}
                assert set(snapshot.triples()) == named

    law()


# Inference


def test_what_follows_is_in_the_inferred_graph_alone_and_goes_with_its_reason(store: Store) -> None:
    conclusion = turtle(":Arsenal :in :KAZ .")

    put(store, ONE, ARSENAL)
    assert in_graph(store, GRAPH_INFERRED) == conclusion
    assert conclusion <= merged(store)

    with store.transaction() as transaction:
        transaction.drop_graph(ONE)
    assert in_graph(store, GRAPH_INFERRED) == set()
    assert not conclusion & merged(store)


def test_what_is_asserted_is_not_inferred_besides(store: Store) -> None:
    put(store, ONE, ARSENAL)
    put(store, TWO, turtle(":Arsenal :in :KAZ ."))
    assert in_graph(store, GRAPH_INFERRED) == set()


def test_inferring_anew_changes_nothing(store: Store) -> None:
    put(store, ONE, ARSENAL)
    before = everything(store)
    store.infer()
    assert everything(store) == before


def test_a_contradiction_stops_nothing_and_is_kept_with_the_state(store: Store) -> None:
    put(store, ONE, turtle(":PeaceMission a :Exercise, :Mission ."))
    put(store, TWO, ARSENAL)

    with store.snapshot() as snapshot:
        [found] = snapshot.inconsistencies
    assert found.rule == "cax-dw"
    assert set(found.triples) >= turtle(":PeaceMission a :Exercise, :Mission .")

    with store.transaction() as transaction:
        transaction.drop_graph(ONE)
    with store.snapshot() as snapshot:
        assert snapshot.inconsistencies == ()


# Updates


def test_an_update_without_a_graph_is_kept_in_the_unnamed_graph_and_read_from_the_merged_one(store: Store) -> None:
    put(store, ONE, ARSENAL)
    with store.transaction() as transaction:
        transaction.update(f"PREFIX : <{EX}> INSERT {{ ?x :guarded true }} WHERE {{ ?x :in :KAZ }}")

    assert in_graph(store, GRAPH_UNNAMED) == turtle(":Arsenal :guarded true . :Astana :guarded true .")
    assert turtle(":Arsenal :guarded true .") <= merged(store)


def test_an_update_cannot_delete_what_a_document_says_without_naming_its_graph(store: Store) -> None:
    put(store, ONE, ARSENAL)
    with store.transaction() as transaction:
        transaction.update(f"PREFIX : <{EX}> DELETE DATA {{ :Arsenal :in :Astana }}")
    assert merged(store) >= ARSENAL
    with store.transaction() as transaction:
        transaction.update(f"PREFIX : <{EX}> DELETE DATA {{ GRAPH <{ONE}> {{ :Arsenal :in :Astana }} }}")
    assert not merged(store) & (ARSENAL | turtle(":Arsenal :in :KAZ ."))


def test_an_update_cannot_write_to_the_inferred_graph(store: Store) -> None:
    before = everything(store)
    with store.transaction() as transaction, pytest.raises(BadInput, match="inference"):
        transaction.update(f"PREFIX : <{EX}> INSERT DATA {{ GRAPH <{GRAPH_INFERRED}> {{ :a :p :b }} }}")
    assert everything(store) == before


def test_an_update_that_empties_all_graphs_leaves_no_inference(store: Store) -> None:
    put(store, ONE, ARSENAL)
    with store.transaction() as transaction:
        transaction.update("DROP ALL")
    assert merged(store) == set()


def test_a_bare_store_keeps_the_unnamed_graph_as_it_is(bare: Store) -> None:
    with bare.transaction() as transaction:
        transaction.update(f"PREFIX : <{EX}> INSERT DATA {{ :Arsenal :in :Astana }}")
    assert merged(bare) == ARSENAL
    with bare.transaction() as transaction:
        transaction.drop_graph(None)
        transaction.put_graph(ONE, ARSENAL)
    assert merged(bare) == set()


def test_dropping_a_missing_graph_by_an_update_is_the_callers_error(store: Store) -> None:
    with pytest.raises(BadInput, match="cannot be executed"), store.transaction() as transaction:
        transaction.update(f"DROP GRAPH <{ONE}>")


def test_a_syntax_error_in_an_update_changes_nothing(store: Store) -> None:
    before = everything(store)
    with pytest.raises(SyntaxError), store.transaction() as transaction:
        transaction.put_graph(ONE, ARSENAL)
        transaction.update("INSERT NOTHING")
    assert everything(store) == before


# Documents' bytes


def test_a_documents_bytes_are_kept_until_they_are_dropped(store: Store) -> None:
    data = "Учение «Щит»".encode()
    digest = hashlib.sha256(data).hexdigest()
    with store.transaction() as transaction:
        transaction.keep_source(digest, data)
    assert store.source(digest) == data

    with pytest.raises(ZeroDivisionError), store.transaction() as transaction:
        transaction.drop_source(digest)
        raise ZeroDivisionError
    assert store.source(digest) == data

    with store.transaction() as transaction:
        transaction.drop_source(digest)
    with pytest.raises(NotFound):
        store.source(digest)


def test_bytes_are_kept_only_under_their_own_digest(store: Store) -> None:
    with store.transaction() as transaction, pytest.raises(BadInput, match="SHA-256"):
        transaction.keep_source("0" * 64, b"text")


def test_a_digest_is_never_a_path(store: Store) -> None:
    with pytest.raises(NotFound):
        store.source("../store.json")
