"""Corners where an answer from columns has once been another than without them."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from pyoxigraph import Store as Triples

from graph.columns import Columns
from graph.query import QueryRequest, evaluate
from graph.query.columnar import answered
from graph.query.request import NO_LIMITS
from ontology import PREFIXES, RDFS

from .test_columnar import JSON, rows, typed

EX = "http://example.org/"
SAID: list[tuple[str, str, NamedNode | Literal]] = [
    *((subject, predicate, NamedNode(EX + value)) for subject in "ab" for predicate in "pq" for value in "ab"),
    ("a", "date", typed("2020-01-31", "date")),
    ("b", "date", Literal("unknown")),
    ("a", "label", Literal("Steppe Eagle", language="en")),
]
NAMES = {"label": RDFS["label"]}
KNOWN = {**PREFIXES, "e": EX}


@pytest.fixture(scope="module")
def rdf() -> Triples:
    made = Triples()
    made.extend(
        Quad(NamedNode(EX + subject), NamedNode(NAMES.get(predicate, EX + predicate)), value)
        for subject, predicate, value in SAID
    )
    return made


@pytest.mark.parametrize(
    "text",
    [
        'SELECT ?x { ?x mc:matches "steppe" }',
        'SELECT ?x ?p ?o { ?x ?p ?o ; <https://w3id.org/milcoop/ontology#matches> "eagle" }',
        'SELECT ?x { ?x e:p ?y FILTER EXISTS { ?x mc:matches "steppe" } }',
        "SELECT ?x ?y { ?x e:p ?y FILTER(?x <= ?y) }",
        "SELECT ?x ?y { ?x e:p ?y FILTER(!(?x > ?y)) }",
        "SELECT (COUNT(YEAR(?date)) AS ?n) { ?x e:date ?date }",
        "SELECT ?x (COUNT(YEAR(?date)) AS ?n) { ?x e:date ?date } GROUP BY ?x",
        "SELECT (COUNT(?nothing) AS ?n) { ?x e:date ?date }",
        "SELECT ?x (IF(?x NOT IN (), 1, 2) AS ?n) { ?x e:p ?y }",
        'SELECT ?x (COUNT(IF(?none = "a", ?x, ?x)) AS ?n) { ?x e:date ?date } GROUP BY ?x',
        'SELECT ?x (SUM(IF(?none = "a", 1, 2)) AS ?n) { ?x e:date ?date } GROUP BY ?x',
    ],
)
def test_an_answer_is_the_same_with_columns_and_without(rdf: Triples, text: str) -> None:
    request = QueryRequest(text, prefixes=KNOWN)
    expected = evaluate(rdf, request, "json").body
    assert rows(evaluate(rdf, request, "json", columns=Columns.of(rdf)).body) == rows(expected)


def test_a_search_for_words_is_never_answered_from_columns(rdf: Triples) -> None:
    asked = 'SELECT ?x { ?x e:p ?y . ?x mc:matches "steppe" }'
    assert answered(asked.replace("mc:matches", "e:q"), KNOWN, Columns.of(rdf), JSON, NO_LIMITS)
    assert answered(asked, KNOWN, Columns.of(rdf), JSON, NO_LIMITS) is None
