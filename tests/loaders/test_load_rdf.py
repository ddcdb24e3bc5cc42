"""Loading RDF files: they go in as they are, each takes out only its own, none writes where others speak."""

import pytest
from pyoxigraph import NamedNode, Triple

from graph.store import Store
from graph.validate import validate
from loaders.load import Given
from loaders.reading.gazetteer import Name, known_entities
from loaders.withdraw import withdraw
from ontology import GRAPH_INFERRED, GRAPH_ONTOLOGY, GRAPH_REFERENCE, MC, RDF, RDFS, entity
from tests.loaders.making import LEAGUE
from tests.loaders.membership import KAZ, literal, members, put

TRIG = f"""
@prefix mc: <{MC}> . @prefix state: <{entity("state", "")}> . @prefix org: <{entity("organization", "")}> .
state:KAZ mc:memberOf org:League . [] mc:note [] .
<https://x.org/g> {{ state:RUS mc:memberOf org:League . [] mc:note "in g" }}
_:graph {{ state:ARM mc:memberOf org:League }}
""".encode()


def test_an_rdf_file_goes_in_as_it_is(store: Store) -> None:
    (document,) = put(store, Given("data.trig", TRIG)).documents
    assert members(store, document.iri) == ["KAZ"]
    assert members(store, "https://x.org/g") == ["RUS"]
    assert members(store, f"{document.iri}/graph/1") == ["ARM"]
    assert members(store) == ["ARM", "KAZ", "RUS"]
    assert document.statements == 5
    assert literal(store, document.iri, "source") == "data.trig"


def test_an_rdf_file_is_a_document_that_conforms_without_language_and_title(merged_store: Store) -> None:
    (document,) = put(merged_store, Given("names.ttl", b"<https://x.org/a> <https://x.org/b> 1 .")).documents
    with merged_store.snapshot() as snapshot:
        found = [r for r in validate(snapshot).results if r.focus == NamedNode(document.iri)]
    withdraw(merged_store, "names")
    assert found == []


def test_a_text_without_a_language_does_not_conform(merged_store: Store) -> None:
    node = NamedNode(entity("document", "no-language"))
    with merged_store.transaction() as transaction:
        transaction.put_graph(node.value, {Triple(node, NamedNode(RDF["type"]), NamedNode(MC["Document"]))})
    with merged_store.snapshot() as snapshot:
        found = [r.shape.rpartition("#")[2] for r in validate(snapshot).results if r.focus == node]
    with merged_store.transaction() as transaction:
        transaction.drop_graph(node.value)
    assert "DocumentLanguage" in found


def test_loading_an_rdf_file_again_changes_nothing(store: Store) -> None:
    put(store, Given("data.trig", TRIG))
    generation = store.generation
    assert put(store, Given("data.trig", TRIG)).count("unchanged") == 1
    assert store.generation == generation


def test_two_rdf_files_may_write_to_one_graph_and_each_takes_out_only_its_own(store: Store) -> None:
    other = TRIG.replace(b"state:KAZ", b"state:UZB").replace(b'"in g"', b'"in g, too"')
    put(store, Given("a.trig", TRIG), Given("b.trig", other))
    with store.snapshot() as snapshot:
        assert len(list(snapshot.triples("https://x.org/g"))) == 3
    withdraw(store, "a")
    assert members(store) == ["ARM", "RUS", "UZB"]
    with store.snapshot() as snapshot:
        assert len(list(snapshot.triples("https://x.org/g"))) == 2
    withdraw(store, "b")
    assert members(store) == []
    with store.snapshot() as snapshot:
        assert "https://x.org/g" not in snapshot.graphs()


def test_an_rdf_file_may_add_to_the_reference_graph_and_its_names_are_then_known(merged_store: Store) -> None:
    store = merged_store
    with store.snapshot() as snapshot:
        before = set(snapshot.triples(GRAPH_REFERENCE))
    place = f"<{entity('place', 'X')}> a <{MC['Settlement']}> ; <{RDFS['label']}> 'Икс'@ru"
    more = f"<{GRAPH_REFERENCE}> {{ {place} }}".encode()
    put(store, Given("more.trig", more))
    with store.snapshot() as snapshot:
        (known,) = [e for e in known_entities(snapshot) if e.iri == entity("place", "X")]
        assert known.names == (Name("Икс", "ru", "label"),)
    withdraw(store, "more")
    with store.snapshot() as snapshot:
        assert set(snapshot.triples(GRAPH_REFERENCE)) == before


def test_a_changed_rdf_file_replaces_what_it_said(store: Store) -> None:
    put(store, Given("data.trig", TRIG))
    put(store, Given("data.trig", TRIG.replace(b"state:RUS", b"state:UZB")))
    assert members(store) == ["ARM", "KAZ", "UZB"]


@pytest.mark.parametrize(
    ("graph", "why"),
    [
        (GRAPH_ONTOLOGY, "which holds milcoop's ontology"),
        (GRAPH_INFERRED, "which holds what milcoop infers"),
        (entity("document", "a"), "which belongs to another document"),
        (entity("document", "a") + "/graph/1", "which belongs to another document"),
    ],
)
def test_an_rdf_file_may_not_write_where_others_speak(store: Store, graph: str, why: str) -> None:
    put(store, Given("a.txt", KAZ.encode()))
    text = f"<{graph}> {{ <{entity('state', 'RUS')}> <{MC['memberOf']}> <{LEAGUE.iri}> }}"
    (failure,) = put(store, Given("b.trig", text.encode())).failures
    assert failure.message == f"b.trig: has statements in <{graph}>, {why}; name another graph"
    assert members(store) == ["KAZ"]


def test_a_copy_of_a_whole_store_is_to_be_restored(store: Store) -> None:
    text = "".join(f"<{graph}> {{ <urn:a> <urn:b> <urn:c> }}\n" for graph in (GRAPH_ONTOLOGY, GRAPH_INFERRED))
    (failure,) = put(store, Given("all.trig", text.encode())).failures
    assert failure.message.endswith("it is a copy of a whole store: `milcoop restore FILE` makes a new store of it")


def test_a_broken_rdf_file_is_told_with_its_place(store: Store) -> None:
    (failure,) = put(store, Given("a.ttl", b"<a> <b>")).failures
    assert failure.message.startswith("a.ttl: is not valid Turtle: ")
