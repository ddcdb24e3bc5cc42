"""Paths over transitive properties are single steps where the graph is closed, and nowhere else."""

import json
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad
from pyoxigraph import Store as Triples

from graph.query import QueryRequest, evaluate
from graph.query.closed_paths import with_single_steps
from graph.store import open_store
from ontology import MC, OWL, PREFIXES, RDF

EX = "http://example.org/"
PREFIX = f"PREFIX e: <{EX}> "
WITHIN, NEAR, TYPE = NamedNode(EX + "within"), NamedNode(EX + "near"), NamedNode(RDF["type"])
THINGS = [NamedNode(EX + name) for name in "abcde"]


def rewritten(text: str) -> str:
    return with_single_steps(PREFIX + text, PREFIXES, lambda iri: iri == WITHIN.value).removeprefix(PREFIX)


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("SELECT * { ?a e:within+ ?b }", "SELECT * { ?a e:within ?b }"),
        ("SELECT * { ?a e:within* e:b ; e:near+ ?c }", "SELECT * { ?a e:within? e:b ; e:near+ ?c }"),
        ("SELECT * { ?a e:near/^e:within+|e:within* ?b }", "SELECT * { ?a e:near/^e:within|e:within? ?b }"),
        ("ASK { OPTIONAL { FILTER EXISTS { ?a <http://example.org/within>+ ?b } } }",
         "ASK { OPTIONAL { FILTER EXISTS { ?a <http://example.org/within> ?b } } }"),
    ],
)  # fmt: skip
def test_many_steps_become_one(text: str, becomes: str) -> None:
    assert rewritten(text) == becomes


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?a (e:within)+ ?b }",
        "SELECT * { ?a !e:within+ ?b }",
        "SELECT * { GRAPH ?g { ?a e:within+ ?b } }",
        "SELECT * FROM e:g { ?a e:within+ ?b }",
        'SELECT * { ?a e:near "e:within+ ?b" } # ?a e:within+ ?b',
        "SELECT * { ?a e:near ?n FILTER (?n+1 > ?n*2) }",
        "SELECT * { ?a e:within+",
    ],
)
def test_what_may_mean_something_else_stays(text: str) -> None:
    assert rewritten(text) == text


def solutions(rdf: Triples, text: str, *, closed: bool) -> Counter[str]:
    answer = evaluate(rdf, QueryRequest(PREFIX + text, prefixes=PREFIXES), "json", closed=closed)
    return Counter(json.dumps(row, sort_keys=True) for row in json.loads(answer.body)["results"]["bindings"])


PATHS = ["e:within+", "e:within*", "^e:within+", "e:near/e:within*", "e:within+/e:near", "(e:within*|e:near)", "e:within+/^e:within+"]  # noqa: E501  # fmt: skip
pairs = st.sets(st.tuples(st.sampled_from(THINGS), st.sampled_from(THINGS)), max_size=8)


@given(pairs, pairs, st.sampled_from(PATHS), st.sampled_from(["?x", "e:a"]), st.sampled_from(["?y", "e:b"]))
@settings(deadline=None)
def test_a_closed_graph_has_the_same_solutions(
    within: set[tuple[NamedNode, NamedNode]],
    near: set[tuple[NamedNode, NamedNode]],
    path: str,
    subject: str,
    value: str,
) -> None:
    rdf = Triples()
    rdf.add(Quad(WITHIN, TYPE, NamedNode(OWL["TransitiveProperty"])))
    rdf.extend(Quad(a, NEAR, b) for a, b in near)
    rdf.extend(Quad(THINGS[0], NamedNode(EX + "is"), thing) for thing in THINGS)  # all are things of the graph
    closure = set(within)
    while more := {(a, d) for a, b in closure for c, d in closure if b == c} - closure:
        closure |= more
    rdf.extend(Quad(a, WITHIN, b) for a, b in closure)
    text = f"SELECT * {{ {subject} {path} {value} }}"
    assert solutions(rdf, text, closed=True) == solutions(rdf, text, closed=False)


def test_a_store_that_infers_is_closed_under_its_transitive_properties() -> None:
    with open_store("memory:") as store, store.transaction() as transaction:
        transaction.update(
            f"INSERT DATA {{ <{EX}a> <{MC['locatedIn']}> <{EX}b> . <{EX}b> <{MC['locatedIn']}> <{EX}a> }}"
        )
    with store.snapshot() as snapshot:
        for path in ("mc:locatedIn+", "mc:locatedIn*"):
            text = f"SELECT * {{ ?a {path} ?b }}"
            assert solutions(snapshot.rdf, text, closed=True) == solutions(snapshot.rdf, text, closed=False)
