"""SPARQL updates: what they do is worked out beforehand, and it is what the engine would have done."""

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from graph.errors import BadInput
from graph.store import GRAPH_UNNAMED, open_store
from ontology import GRAPH_INFERRED

PROLOGUE = "PREFIX : <http://example.org/> "
DATA = """
    @prefix : <http://example.org/> .
    :a :p :b, "x", 1, 01.50 . :b :p :c .
    :g1 { :a :p :b ; :q "y"@en . _:n :p :a . } :g2 { :b :p :c . } :g3 { :c :p :c . }
"""
UPDATES = (
    "DROPSILENT DEFAULT", "CLEARALL", "INSERTDATA{:a :b 1}", "MOVESILENT :g1 TO:g2", "COPY DEFAULTTO :g1",
    "INSERT DATA { :x :p 1, 1.0, 'long'@en ; a :T . GRAPH :g4 { :x :p _:n . _:n :p :y } }",
    "DELETE DATA { :a :p 'x' . GRAPH :g1 { :a :p :b } }",
    "DELETE WHERE { ?s :p ?o }",
    "DELETE WHERE { ?s :p :b . GRAPH ?g { ?s :p :b ; :q ?l } }",
    "DELETE { ?s :p ?o } INSERT { ?o :p ?s } WHERE { ?s :p ?o FILTER(isIRI(?o)) }",
    "DELETE { GRAPH ?g { ?s ?p ?o } } INSERT { GRAPH :g9 { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }",
    "WITH :g1 DELETE { ?s :p ?o } INSERT { ?s :r ?o . GRAPH :g2 { ?s :r ?o } } WHERE { ?s :p ?o }",
    "WITH :g1 INSERT { ?s :r ?o } WHERE { GRAPH :g2 { ?s :p ?o } }",
    "INSERT { ?s :r ?o } USING :g1 WHERE { ?s :p ?o }",
    "INSERT { ?s :r ?g } USING :g1 USING NAMED :g2 WHERE { ?s :q ?o . GRAPH ?g { ?x :p ?y } }",
    "INSERT { [] :about ?o . ?o :in (1 2) } WHERE { GRAPH :g2 { ?s :p ?o } }",
    "INSERT { ?s :when 01 ; :where _:somewhere } WHERE { GRAPH :g2 { ?s :p ?o } } ; INSERT DATA { :last :of :them }",
    "INSERT { GRAPH :g2 { [] :about ?o } GRAPH :g3 { ?o :p 7 } :t :u :v } WHERE { GRAPH :g2 { ?s :p ?o } }",
    "INSERT { ?s :missing ?nothing . ?s :r 'there' } WHERE { ?s :p ?o OPTIONAL { ?s :none ?nothing } }",
    "CLEAR DEFAULT", "CLEAR GRAPH :g1", "CLEAR NAMED", "CLEAR ALL", "CLEAR SILENT GRAPH :nowhere",
    "DROP GRAPH :g1", "DROP DEFAULT", "DROP NAMED", "DROP ALL", "DROP SILENT GRAPH :nowhere",
    "CREATE GRAPH :new", "CREATE SILENT GRAPH :g1",
    "COPY DEFAULT TO :g1", "COPY :g1 TO DEFAULT", "COPY GRAPH :g1 TO GRAPH :g7", "COPY :g1 TO :g1",
    "MOVE :g1 TO :g2", "MOVE DEFAULT TO :g1", "MOVE :g1 TO DEFAULT", "ADD :g1 TO :g2", "ADD :g1 TO DEFAULT",
    "ADD SILENT :nowhere TO :g8", "MOVE SILENT :nowhere TO :g8",
    "# ; nothing\n INSERT DATA { :s :p '; } DROP ALL ' }  ;\n DELETE DATA { :a :p :b }",
    "BASE <http://example.org/> INSERT DATA { <s> <p> <o> . GRAPH <g5> { <s> <p> 2 } }",
    "INSERT { ?s :n ?u } WHERE { ?s :p :b BIND(STR(RAND() >= 0) AS ?u) }",
)  # fmt: skip
FAILING = ("DROP GRAPH :nowhere", "CLEAR GRAPH :nowhere", "CREATE GRAPH :g2", "MOVE :nowhere TO :g1")


def start() -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    store.extend(parse(DATA, RdfFormat.TRIG))
    return store


def canonical(quads: object, graphs: object) -> tuple[object, object]:
    dataset = pyoxigraph.Dataset(quads)  # type: ignore[arg-type]
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.UNSTABLE)
    return set(map(str, dataset)), {str(name) for name in graphs}  # type: ignore[attr-defined]


@settings(max_examples=120, deadline=None)
@given(st.lists(st.sampled_from(UPDATES), min_size=1, max_size=3, unique=True))
def test_an_update_does_what_the_engine_would_have_done(updates: list[str]) -> None:
    text = PROLOGUE + " ; ".join(update.replace("BASE <http://example.org/>", "") for update in updates)
    text = text.replace("<s>", ":s").replace("<p>", ":p").replace("<o>", ":o").replace("<g5>", ":g5")
    engine = start()
    failed = False
    try:
        engine.update(text)
    except RuntimeError:
        failed, engine = True, start()
    with open_store("memory:", bare=True) as store, store.transaction() as transaction:
        transaction.rdf.extend(start())
        try:
            transaction.update(text)
        except BadInput:
            assert failed
        assert canonical(transaction.rdf, transaction.rdf.named_graphs()) == canonical(engine, engine.named_graphs())


@pytest.mark.parametrize("update", UPDATES)
def test_each_kind_of_update_does_what_the_engine_would_have_done(update: str) -> None:
    engine = start()
    text = update if update.startswith("BASE") else PROLOGUE + update
    engine.update(text)
    with open_store("memory:", bare=True) as store, store.transaction() as transaction:
        transaction.rdf.extend(start())
        transaction.update(text)
        assert canonical(transaction.rdf, transaction.rdf.named_graphs()) == canonical(engine, engine.named_graphs())


@pytest.mark.parametrize("update", FAILING)
def test_an_update_that_fails_half_way_leaves_everything_as_it_was(update: str) -> None:
    with open_store("memory:", bare=True) as store, store.transaction() as transaction:
        transaction.update(f"{PROLOGUE} INSERT DATA {{ GRAPH :g1 {{ :a :p :b }} }}")
        before = set(transaction.rdf), set(transaction.rdf.named_graphs())
        with pytest.raises(BadInput, match="the update cannot be executed"):
            transaction.update(f"{PROLOGUE} INSERT DATA {{ GRAPH :g2 {{ :a :p :b }} }} ; DROP GRAPH :g1 ; {update} ; "
                               "DROP GRAPH :g1")  # fmt: skip
        assert (set(transaction.rdf), set(transaction.rdf.named_graphs())) == before


def test_an_update_does_not_read_the_whole_store(monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store("memory:") as store, store.transaction() as transaction:
        monkeypatch.setattr(type(transaction), "_update_and_compare", None)
        transaction.update(f"{PROLOGUE} INSERT DATA {{ :a :p :b . GRAPH :g {{ :a :p 01 }} }}")
        transaction.update(f"{PROLOGUE} DELETE {{ GRAPH ?g {{ ?a :p ?b }} }} WHERE {{ GRAPH ?g {{ ?a :p ?b }} }}")
        graphs = set(transaction.rdf.named_graphs())
        a = NamedNode("http://example.org/a")
        assert not list(transaction.rdf.quads_for_pattern(a, None, None, None))
        assert {NamedNode(GRAPH_UNNAMED), NamedNode("http://example.org/g")} <= graphs


def test_what_is_written_to_the_unnamed_graph_stays_when_a_document_that_says_it_too_goes() -> None:
    fact = Quad(NamedNode("http://example.org/a"), NamedNode("http://example.org/p"), Literal("b"))
    with open_store("memory:") as store:
        with store.transaction() as transaction:
            transaction.put_graph("http://example.org/g", [fact.triple])
            transaction.update(f"{PROLOGUE} INSERT DATA {{ :a :p 'b' }}")
        with store.transaction() as transaction:
            transaction.drop_graph("http://example.org/g")
        with store.snapshot() as snapshot:
            assert fact in snapshot.rdf


def test_emptying_everything_does_not_empty_what_is_inferred_by_hand() -> None:
    with open_store("memory:") as store:
        with store.transaction() as transaction:
            inferred = set(transaction.rdf.quads_for_pattern(None, None, None, NamedNode(GRAPH_INFERRED)))
            transaction.update(f"CLEAR GRAPH <{GRAPH_INFERRED}>")
            assert inferred == set(transaction.rdf.quads_for_pattern(None, None, None, NamedNode(GRAPH_INFERRED)))
        assert store.generation == 1
