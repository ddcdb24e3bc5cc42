"""Classes that follow from properties beside them are not asked for, and the solutions stay the same."""

from collections import Counter
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, Triple
from pyoxigraph import Store as Triples

from graph.query import QueryRequest, evaluate
from graph.query.implied_classes import without_implied_classes
from graph.store import open_store
from ontology import MC, OWL, PREFIXES, RDF, RDFS
from tests.stores import new_store

EX = "http://example.org/"
PREFIX = f"PREFIX e: <{EX}> "
DOMAINS = {("p", "Kind"), ("p", "Wider"), ("q", "Other")}


def is_domain(iri: str, kind: str) -> bool:
    return (iri.removeprefix(EX), kind.removeprefix(EX)) in DOMAINS


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("SELECT * { ?x a e:Kind ; e:p ?y }", "SELECT * { ?x e:p ?y }"),
        ("SELECT * { ?x e:p ?y ; a e:Kind, e:Wider ; e:r 1 . ?y a e:Kind }",
         "SELECT * { ?x e:p ?y ; e:r 1 . ?y a e:Kind }"),
        ("SELECT * { OPTIONAL { ?x <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> e:Other ; e:q ?y } }",
         "SELECT * { OPTIONAL { ?x e:q ?y } }"),
        ("SELECT * { ?x # a thing\n a e:Kind ; # of a kind\n e:p ?y }", "SELECT * { ?x e:p ?y }"),
    ],
)  # fmt: skip
def test_what_is_implied_is_left_out(text: str, becomes: str) -> None:
    assert without_implied_classes(PREFIX + text, {}, is_domain) == PREFIX + becomes


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?x a e:Other ; e:p ?y }",
        "SELECT * { ?x a e:Kind, e:Other ; e:p ?y }",  # one of the two is not implied
        "SELECT * { ?x a ?kind ; e:p ?y }",
        "SELECT * { ?x a e:Kind ; e:p* ?y }",
        "SELECT * { ?x a e:Kind ; ^e:p ?y }",
        "SELECT * { ?x a e:Kind ; ?p ?y }",
        "SELECT * { ?x a e:Kind . OPTIONAL { ?x e:p ?y ; e:r 1 } }",
        "SELECT * { GRAPH ?g { ?x a e:Kind ; e:p ?y } }",
        "SELECT * FROM <http://example.org/g> { ?x a e:Kind ; e:p ?y }",
        "CONSTRUCT WHERE { ?x a e:Kind ; e:p ?y }",
        "SELECT * { ?x a e:Kind ; e:p ?y {| e:r 1 |} }",
        "SELECT * { ?x a e:Kind ; e:p",
    ],
)
def test_all_else_stays(text: str) -> None:
    assert without_implied_classes(PREFIX + text, {}, is_domain) == PREFIX + text


NODES = st.sampled_from(["a", "b", "c"]).map(lambda name: NamedNode(EX + name))
LINKS = st.lists(st.tuples(NODES, st.sampled_from(["p", "q", "r"]), NODES), max_size=8)
PROPERTIES = st.builds(
    "{} {}".format,
    st.sampled_from(["a", "a", "e:p", "e:q", "e:r", "^e:p"]),
    st.sampled_from(["e:Kind", "e:Wider", "e:Other", "?v", "?w", "e:a"]),
)
STATEMENTS = st.builds(
    lambda subject, said: f"{subject} {' ; '.join(said)} .",
    st.sampled_from(["?u", "?v", "e:b"]),
    st.lists(PROPERTIES, min_size=1, max_size=4),
)
GROUPS = st.builds(
    lambda outside, inside, kind: f"{outside} {kind} {{ {inside} }}",
    STATEMENTS, STATEMENTS, st.sampled_from(["OPTIONAL", "MINUS", "FILTER NOT EXISTS", ""]),
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(LINKS, GROUPS)
def test_the_solutions_stay_the_same(links: list[tuple[NamedNode, str, NamedNode]], group: str) -> None:
    rdf = Triples()
    for subject, name, value in links:
        rdf.add(Quad(subject, NamedNode(EX + name), value, DefaultGraph()))
        for of, kind in DOMAINS:
            if of == name:
                rdf.add(Quad(subject, NamedNode(RDF["type"]), NamedNode(EX + kind), DefaultGraph()))
    text = f"{PREFIX}SELECT ?u ?v ?w {{ {group} }}"
    changed = without_implied_classes(text, {}, is_domain)
    found = [Counter(map(str, cast(QuerySolutions, rdf.query(one)))) for one in (text, changed)]
    assert found[0] == found[1], changed


@pytest.fixture
def folder(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that infers."""
    return new_store(tmp_path_factory, tmp_path / "store")


def test_a_store_that_infers_has_what_is_implied(folder: Path) -> None:
    deployment = NamedNode(EX + "d")
    with open_store(folder) as store:
        with store.transaction() as transaction:
            transaction.put_graph(EX + "g", [Triple(deployment, NamedNode(MC["deployedTo"]), NamedNode(EX + "m"))])
        with store.snapshot() as snapshot:
            rdf = snapshot.rdf
            text = "SELECT ?d { ?d a mc:Deployment ; mc:deployedTo ?m }"
            assert [str(row[0]) for row in cast(QuerySolutions, rdf.query(text, prefixes=PREFIXES))] == [f"<{EX}d>"]
            answer = evaluate(rdf, QueryRequest(text, prefixes=PREFIXES), "csv", closed=True)
    assert answer.body.split() == [b"d", f"{EX}d".encode()]


@pytest.mark.parametrize("kind", [OWL["Thing"], RDFS["Resource"], OWL["Class"], EX + "Kind"])
def test_what_a_store_infers_is_answered_alike_whatever_class_is_the_domain(folder: Path, kind: str) -> None:
    p, value = NamedNode(EX + "p"), Literal("value")
    facts = [Triple(NamedNode(thing), p, value) for thing in (EX + "a", OWL["Thing"])]
    with open_store(folder) as store:
        with store.transaction() as transaction:
            transaction.put_graph(EX + "g", [Triple(p, NamedNode(RDFS["domain"]), NamedNode(kind)), *facts])
        with store.snapshot() as snapshot:
            text = f"SELECT ?x {{ ?x a <{kind}> ; <{EX}p> ?y }}"
            rows = [str(row[0]).strip("<>") for row in cast(QuerySolutions, snapshot.rdf.query(text))]
            answer = evaluate(snapshot.rdf, QueryRequest(text), "csv", closed=True)
    assert sorted(answer.body.decode().split()[1:]) == sorted(rows)
