"""How answers from columns are written and cut, what is left to the engine, and who answers from columns."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple
from pyoxigraph import Store as Triples

from graph.columns import Columns, columns_of_snapshot, of_snapshot
from graph.columns.preparing import prepare_columns
from graph.query import QueryRequest, evaluate
from graph.query.columnar import answered
from graph.query.formats import SOLUTION_FORMATS
from graph.query.pool import PoolSizes, QueryPool
from graph.query.request import NO_LIMITS, Answer, Limits
from graph.store import open_store

from .test_columnar import JSON, PREFIXES, iri, typed

TEXTS = st.text(st.sampled_from("ab \t\n\r\"'\\<>&,;\x01\x7f\x85é\u2028𝄞"), max_size=6)
TYPED = [
    ("1.5", "decimal"), ("2", "decimal"), ("1E5", "double"), ("INF", "double"), ("1", "float"), ("+5", "integer"),
    ("123456789012345678901234567890", "integer"), ("x", "integer"), ("true", "boolean"), ("2020-01-31", "date"),
]  # fmt: skip
SPELLED = st.one_of(
    TEXTS.map(Literal),
    st.builds(lambda text: Literal(text, language="en-gb"), TEXTS),
    st.builds(lambda text: Literal(text, datatype=iri("odd&type")), TEXTS),
    st.sampled_from([typed(*one) for one in TYPED]),
    st.sampled_from([iri("a,b&c'd"), iri("é"), BlankNode("one")]),
)


@settings(max_examples=200, deadline=None)
@given(SPELLED, st.sampled_from([one.name for one in SOLUTION_FORMATS]), st.booleans())
def test_a_term_is_spelled_as_the_engine_spells_it(
    term: Literal | NamedNode | BlankNode, format: str, also_unbound: bool
) -> None:
    rdf = Triples()
    rdf.add(Quad(iri("a"), iri("p"), term, DefaultGraph()))
    text = f"SELECT ?x {'?none ' if also_unbound else ''}?s {{ ?s e:p ?x }}"
    assert from_columns(rdf, text, format) == evaluate(rdf, QueryRequest(text, prefixes=PREFIXES), format)


def from_columns(rdf: Triples, text: str, format: str = "json", limits: Limits = NO_LIMITS) -> Answer:
    """What columns answer; the engine, which has nothing, has no part in it."""
    request = QueryRequest(text, prefixes=PREFIXES)
    return evaluate(Triples(), request, format, limits, columns=Columns.of(rdf))


@pytest.fixture(scope="module")
def many() -> Triples:
    """More solutions than are written at once."""
    rdf = Triples()
    rdf.extend(Quad(iri(f"s{n}"), iri("p"), typed(str(n), "integer"), DefaultGraph()) for n in range(5000))
    rdf.extend(Quad(iri(f"s{n}"), iri("q"), Literal('a\r\n,"' * (n % 3)), DefaultGraph()) for n in range(0, 5000, 2))
    return rdf


@pytest.mark.parametrize("format", [one.name for one in SOLUTION_FORMATS])
@pytest.mark.parametrize(
    "limits",
    [NO_LIMITS, Limits(rows=3), Limits(rows=4500), Limits(rows=5000), Limits(bytes=2000), Limits(bytes=200_000)],
)
def test_many_solutions_are_written_and_cut_as_the_engines_are(many: Triples, format: str, limits: Limits) -> None:
    text = "SELECT ?n ?s ?t { ?s e:p ?n OPTIONAL { ?s e:q ?t } } ORDER BY ?n"
    expected = evaluate(many, QueryRequest(text, prefixes=PREFIXES), format, limits)
    assert from_columns(many, text, format, limits) == expected


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?x FROM <http://example.org/g> { ?x e:p ?y }",
        "SELECT ?x { GRAPH ?g { ?x e:p ?y } }",
        "SELECT ?x { SERVICE <http://example.org/> { ?x e:p ?y } }",
        "BASE <http://example.org/> SELECT ?x { ?x <p> ?y }",
        "SELECT ?x { ?x <http://example.org/a/../p> ?y }",
        "SELECT REDUCED ?x { ?x e:p ?y }",
        "SELECT ?x { ?x e:p [] }",
        "SELECT ?x { _:b e:p ?x }",
        "SELECT ?x { ?x e:p (1 2) }",
        "SELECT ?x { ?x e:p|e:q ?y }",
        "SELECT (COUNT(?x) AS ?n) { ?x e:p|e:q ?y }",
        "SELECT (COUNT(DISTINCT ?x) AS ?n) { { SELECT ?x { ?x e:p|e:q ?y } } }",
        "SELECT ?x { ?x !e:p ?y }",
        "SELECT ?x { ?x (e:p/e:q)+ ?y }",
        "SELECT * { ?s ?p ?o }",
        "SELECT * { ?s e:p* ?o }",
        "SELECT (SAMPLE(?y) AS ?z) { ?x e:p ?y }",
        "SELECT (RAND() AS ?z) { ?x e:p ?y }",
        "SELECT (BNODE() AS ?z) { ?x e:p ?y }",
        "SELECT (e:f(?y) AS ?z) { ?x e:p ?y }",
        "SELECT ?x { ?x e:p 1e0 }",
        "SELECT ?x { ?x e:p ?y } VALUES ?y { 1 }",
        "SELECT * { e:s1 ?p ?o ; e:q ?q }",
        "SELECT (1 AS ?one) {}",
        "SELECT ?x { ?x e:p ?y FILTER EXISTS { ?x e:q ?z MINUS { ?x e:p 1 } } }",
        "ASK { ?x e:p ?y }",
        "SELECT ?x { ?x e:p ?y } GROUP BY ?y",
        "SELECT (1 AS ?x) { ?x e:p ?y }",
        "SELECT ?x { ?x e:p ?y ",
        "SELECT ?x { ?x undeclared:p ?y }",
        "SELECT ?x { ?x e:p <<( e:a e:p e:b )>> }",
    ],
)
def test_what_is_not_known_exactly_is_left_to_the_engine(many: Triples, text: str) -> None:
    assert answered(text, PREFIXES, Columns.of(many), JSON, NO_LIMITS) is None


def test_a_dataset_of_the_request_is_left_to_the_engine(many: Triples) -> None:
    request = QueryRequest("SELECT ?x { ?x e:p ?y }", default_graphs=(), prefixes=PREFIXES)
    assert evaluate(Triples(), request, "json", columns=Columns.of(many)).rows == 0


def test_where_a_few_solutions_of_very_many_are_wanted_the_engine_gives_them(many: Triples) -> None:
    text = "SELECT * { ?x e:q ?y . ?z e:q ?w } LIMIT 5"
    assert answered(text, PREFIXES, Columns.of(many), JSON, NO_LIMITS) is None


def test_a_join_too_large_is_left_to_the_engine(many: Triples) -> None:
    assert answered("SELECT * { ?x e:p ?y . ?z e:p ?w }", PREFIXES, Columns.of(many), JSON, NO_LIMITS) is None


def test_a_worker_answers_from_the_columns_of_the_newest_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(of_snapshot, "_LOOKS_AGAIN_SECONDS", 0.0)
    request = QueryRequest("SELECT ?x ?y { ?x e:p ?y }", prefixes=PREFIXES)

    def facts(numbers: range) -> list[Triple]:
        return [Triple(iri(f"s{number}"), iri("p"), typed(str(number), "integer")) for number in numbers]

    with open_store(tmp_path / "store", bare=True) as store:
        with store.transaction() as transaction:
            transaction.put_graph(None, facts(range(200)))
        assert prepare_columns(store, least=0)
        pool = QueryPool(tmp_path / "store", PoolSizes(1, 1, 4))
        try:
            for added in (range(0), range(200, 230)):
                with store.transaction() as transaction:
                    transaction.amend_graph(None, [], facts(added))
                with store.snapshot() as snapshot:
                    columns = columns_of_snapshot(snapshot)
                    expected = evaluate(snapshot.rdf, request, "csv", columns=columns)
                    told_by_engine = evaluate(snapshot.rdf, request, "csv")
                found = pool.run(request, "csv", 60)
                assert columns is not None
                assert found.body == expected.body
                assert found.body != told_by_engine.body  # which has them in an order of its own
                assert sorted(found.body.split()) == sorted(told_by_engine.body.split())
        finally:
            pool.close()
