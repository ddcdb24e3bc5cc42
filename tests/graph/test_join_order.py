"""Queries are put in an order by how much of the graph their patterns match, and keep their solutions."""

import json
from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QuerySolutions
from pyoxigraph import Store as Triples

from graph.query import QueryRequest, evaluate
from graph.query.join_order import in_good_order
from graph.query.sizes import MANY, Ends, Sizes
from ontology import RDF

EX = "http://example.org/"
PREFIX = f"PREFIX e: <{EX}> "
SIZES = {"e:common": 900, "e:rare": 3, "e:Kind": 500, "e:Other": 700, "e:few": 30, "e:a": 40, "e:b": 5}
"""How many triples lead to each thing, or have each predicate."""


def count(patterns: Sequence[Ends]) -> list[int]:
    def size(term: str | None) -> int:
        return SIZES.get("e:" + (term or "").removeprefix(f"<{EX}").removesuffix(">"), MANY)

    return [min(size(pattern.predicate), size(pattern.object)) for pattern in patterns]


def ordered(text: str) -> str:
    return " ".join(in_good_order(PREFIX + text, {}, count).removeprefix(PREFIX).split())


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        # the pattern that matches least comes first
        ("SELECT * { ?x a e:Kind ; e:p e:few, ?y . }", "SELECT * { ?x e:p e:few . ?x a e:Kind . ?x e:p ?y . }"),
        ("SELECT * { ?x a e:Kind . FILTER (?z > 1) ?x e:q ?y . ?x e:p e:few }",
         "SELECT * { ?x e:p e:few . ?x a e:Kind . ?x e:q ?y . FILTER (?z > 1) }"),
        ("SELECT * { ?x e:common ?y . ?x e:rare ?z }", "SELECT * { ?x e:rare ?z . ?x e:common ?y . }"),
        # of another subject only where it matches far less: many things may lead to each of those
        ("SELECT * { ?x a e:Kind ; e:p ?y . ?y e:q e:b }", "SELECT * { ?y e:q e:b . ?x a e:Kind . ?x e:p ?y . }"),
        ("SELECT * { ?x a e:Kind ; e:p ?y . ?y e:q e:few }", "SELECT * { ?x a e:Kind ; e:p ?y . ?y e:q e:few }"),
        # a filter before what it need not know of, classes last
        ("SELECT * { ?x a e:Kind ; e:p e:few ; e:d ?y ; e:q ?z . FILTER (?y > 1) }",
         "SELECT * { { ?x e:p e:few . ?x e:d ?y . FILTER (?y > 1) } LATERAL { ?x e:q ?z } LATERAL { ?x a e:Kind } }"),
        # within EXISTS, one after the other, beginning with what is least
        ("SELECT * { ?m a e:Other FILTER NOT EXISTS { ?x a e:Kind ; e:p ?m . ?x e:q e:few } }",
         "SELECT * { ?m a e:Other FILTER NOT EXISTS "
         "{ { ?x e:q e:few } LATERAL { ?x e:p ?m } LATERAL { ?x a e:Kind } . } }"),
        # OPTIONAL likewise, if less comes in than it matches by itself
        ("SELECT * { ?x e:p e:few OPTIONAL { ?x e:q ?y . ?y e:common ?z } }",
         "SELECT * { ?x e:p e:few OPTIONAL { { ?x e:q ?y } LATERAL { ?y e:common ?z } . } }"),
        ("SELECT * { VALUES ?v { e:few } ?x e:p ?v OPTIONAL { ?x e:q ?y . ?x e:common ?z } }",
         "SELECT * { VALUES ?v { e:few } ?x e:p ?v OPTIONAL { { ?x e:q ?y } LATERAL { ?x e:common ?z } . } }"),
        ("SELECT * { ?x e:p e:few OPTIONAL { VALUES ?l { 'e' } ?x e:common ?z OPTIONAL { ?z e:q ?y } BIND (1 AS ?n) }}",
         "SELECT * { ?x e:p e:few OPTIONAL "
         "{ { VALUES ?l { 'e' } } LATERAL { ?x e:common ?z } OPTIONAL { ?z e:q ?y } BIND (1 AS ?n) }}"),
        ("SELECT * { ?x e:p e:few OPTIONAL { { ?x e:q ?y } UNION { ?y e:common ?x ; e:q ?z } BIND (1 AS ?n) } }",
         "SELECT * { ?x e:p e:few OPTIONAL "
         "{ { ?x e:q ?y } UNION { { ?y e:common ?x } LATERAL { ?y e:q ?z } } BIND (1 AS ?n) } }"),
        ("SELECT * { { ?x e:p e:few } OPTIONAL { ?x e:q ?y . ?y e:common ?z } }",
         "SELECT * { { ?x e:p e:few } OPTIONAL { { ?x e:q ?y } LATERAL { ?y e:common ?z } . } }"),
        # a path of one predicate after the other is as many patterns, where nobody sees what is between
        ("SELECT ?y { ?x e:p e:few OPTIONAL { ?x e:q/e:common ?y } }",
         f"SELECT ?y {{ ?x e:p e:few OPTIONAL {{ {{ ?x <{EX}q> ?_step71_1 }} "
         f"LATERAL {{ ?_step71_1 <{EX}common> ?y }} }} }}"),
        # few values are a condition where they are not the place to begin
        ("SELECT * { VALUES ?k { e:Kind e:Other } ?x a ?k ; e:p e:few }",
         f"SELECT * {{ ?x a ?k . ?x e:p e:few FILTER (?k IN (<{EX}Kind>, <{EX}Other>)) }}"),
        ("SELECT * { VALUES ?k { e:a e:b } ?x e:q e:Kind ; e:p ?k }",
         "SELECT * { VALUES ?k { e:a e:b } ?x e:q e:Kind ; e:p ?k }"),
    ],
)  # fmt: skip
def test_what_matches_least_comes_first(text: str, becomes: str) -> None:
    assert ordered(text) == becomes


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * FROM e:g { ?x a e:Kind ; e:p e:few }",
        "SELECT * { GRAPH ?g { ?x a e:Kind ; e:p e:few } }",
        "SELECT * { ?x a e:Kind OPTIONAL { ?x e:q ?y } ?x e:p e:few }",
        "SELECT * { ?x e:p ?w OPTIONAL { ?x e:q ?y . ?y e:p e:few } }",
        "SELECT * { ?x e:p e:few OPTIONAL { { ?x e:q ?y } MINUS { ?x e:q ?y . ?y e:common ?z } } }",
        "SELECT * { ?x e:p e:few OPTIONAL { ?x e:r ?w { ?x e:q ?y } UNION { ?x e:q ?y . ?y e:common ?z } } }",
        "SELECT * { ?x e:p e:few ; a e:Kind ; e:q ?y . FILTER (?y > 1 && NOT EXISTS { ?y e:q ?x }) }",
        "SELECT * { ?x e:p e:few ; a e:Kind ; e:q ?y . FILTER (?y > 1) MINUS { ?y e:q ?x } }",
        "SELECT * { ?x e:p e:few ; e:q ?y . ?y a e:Kind . FILTER (?y > 1) }",
        # what would be looked up for each of many values that are left
        "SELECT * { ?x e:p e:few ; a e:Kind ; e:q ?y . FILTER (?y != 1) }",
        "SELECT * { ?x e:p e:few ; a e:Kind ; e:p ?y . FILTER (?y > 1) }",
        "SELECT * { ?x a e:Kind {| e:q ?y |} ; e:p e:few }",
        "SELECT * { VALUES ?k { e:Kind e:Kind } ?x e:p e:few . ?x a ?k }",
        "SELECT * { VALUES ?k { e:Kind UNDEF } ?x e:p e:few . ?x a ?k }",
        "SELECT * { VALUES (?k ?l) { (e:Kind 1) (e:Other 2) } ?x e:p e:few . ?x a ?k }",
        "SELECT * { VALUES ?k { e:Kind e:Other } OPTIONAL { ?y e:q ?k } ?x e:p e:few . ?x a ?k }",
        "CONSTRUCT WHERE { ?x a e:Kind ; e:p e:few }",
        "SELECT * { ?x a nobody:Kind ; e:p e:few }",
        "SELECT * { ?x e:p e:few OPTIONAL { ?x e:q/e:common ?y } }",
        "SELECT * { ?x a e:Kind ; e:p e:few",
    ],
)
def test_what_may_mean_something_else_stays(text: str) -> None:
    assert ordered(text) == text


def test_nesting_that_is_too_deep_to_be_read_stays() -> None:
    text = "SELECT * " + "{" * 5000 + "?x a e:Kind ; e:p e:few" + "}" * 5000
    assert ordered(text) == text


# The law: the same solutions, each as many times, whatever the sizes

THINGS = st.sampled_from(["e:a", "e:b", "e:c", "e:d"])
VARIABLES = st.sampled_from(["?u", "?v", "?w", "?x"])
VERBS = st.sampled_from(["e:p", "e:q", "a", "e:p", "e:q", "?y", "e:p/e:q", "^e:q"])
ENDS = st.one_of(VARIABLES, VARIABLES, THINGS, st.sampled_from(["1", '"1"', '"x"@en', "[]", "[ e:p ?z ]", "(?u)"]))
FILTERS = st.builds("FILTER ({} {} {})".format, VARIABLES, st.sampled_from(["=", "!=", "<"]), ENDS.filter(
    lambda node: node[0] not in "[("))  # fmt: skip
VALUES = st.builds(
    "VALUES {} {{ {} }}".format, VARIABLES, st.lists(st.one_of(THINGS, st.just("UNDEF")), max_size=3).map(" ".join)
)
STATEMENTS = st.builds(
    lambda subject, properties: f"{subject} {' ; '.join(properties)} .",
    st.one_of(VARIABLES, THINGS),
    st.lists(
        st.builds(lambda verb, nodes: f"{verb} {' , '.join(nodes)}", VERBS, st.lists(ENDS, min_size=1, max_size=2)),
        min_size=1,
        max_size=2,
    ),
)
FLAT = st.lists(st.one_of(STATEMENTS, STATEMENTS, FILTERS, VALUES), min_size=1, max_size=4).map(" ".join)


def around(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """What may stand in a group around other groups."""
    part = st.one_of(
        STATEMENTS,
        VALUES,
        FILTERS,
        st.builds("OPTIONAL {{ {} }}".format, inner),
        st.builds("FILTER NOT EXISTS {{ {} }}".format, inner),
        st.builds("FILTER (?u = e:a || EXISTS {{ {} }})".format, inner),
        st.builds("MINUS {{ {} }}".format, inner),
        st.builds("{{ {} }} UNION {{ {} }}".format, inner, inner),
        st.builds("{{ SELECT ?u ?v {{ {} }} }}".format, inner),
    )
    return st.lists(part, min_size=1, max_size=3).map(" ".join)


GROUPS = st.recursive(FLAT, around, max_leaves=4)
STARS = st.builds(
    lambda parts: " ".join(parts),
    st.lists(
        st.one_of(
            st.builds("?u {} {} .".format, st.sampled_from(["e:p", "e:q", "a"]), st.one_of(THINGS, VARIABLES)), FILTERS
        ),
        min_size=3,
        max_size=6,
    ),
)
LISTS = st.builds(
    lambda parts: " ".join(parts),
    st.lists(
        st.one_of(
            st.builds(
                "{} {} {} .".format, st.sampled_from(["?u", "?u", "?v"]), st.sampled_from(["e:p", "e:q"]), THINGS
            ),
            st.builds("{} e:p {} .".format, VARIABLES, VARIABLES),
            st.sampled_from(
                ["FILTER (?u != e:a)", "FILTER (?v = e:b)", "BIND (STR(?u) AS ?x)", "OPTIONAL { ?u e:q ?w }"]
            ),
        ),
        min_size=3,
        max_size=6,
        unique=True,
    ).filter(lambda parts: sum("BIND" in part for part in parts) == 0 or not any("?x" in p for p in parts[:-1])),
)
TERMS = [NamedNode(EX + name) for name in "abcd"] + [Literal(1), Literal("1"), Literal("x", language="en")]
GRAPHS = st.lists(
    st.builds(
        lambda s, p, o: Quad(s, p, o, DefaultGraph()),
        st.sampled_from(TERMS[:4]),
        st.sampled_from([NamedNode(EX + "p"), NamedNode(EX + "q"), NamedNode(RDF["type"])]),
        st.sampled_from(TERMS),
    ),
    max_size=14,
)


def solutions(rdf: Triples, text: str) -> Counter[str]:
    return Counter(str(row) for row in cast(QuerySolutions, rdf.query(text)))


@settings(max_examples=400, deadline=None)
@given(GRAPHS, st.one_of(GROUPS, GROUPS, STARS, LISTS), st.randoms(use_true_random=False))
def test_the_solutions_stay_the_same(quads: list[Quad], group: str, random: Random) -> None:
    rdf = Triples()
    rdf.extend(quads)
    text = f"{PREFIX}SELECT ?u ?v ?w ?x {{ {group} }}"
    changed = in_good_order(
        text, {}, lambda patterns: [random.randint(0, 99) for _ in patterns], lambda _, most: random.randint(0, most)
    )
    assert solutions(rdf, changed) == solutions(rdf, text), changed


# Lists


def joined(text: str, sizes: dict[str, int]) -> str:
    def up_to(patterns: str, most: int) -> int:
        return min(most, sizes.get(patterns.replace(EX, "").replace("<", "").replace(">", ""), 0))

    return " ".join(in_good_order(PREFIX + text, {}, count, up_to).removeprefix(PREFIX).split())


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("SELECT * { ?x a e:Kind ; e:p e:few, e:a ; e:d ?y }",
         "SELECT * { { { SELECT ?x { ?x e:p e:a } } { SELECT ?x { ?x e:p e:few } } "
         "LATERAL { ?x a e:Kind } LATERAL { ?x e:d ?y } } }"),
        # a filter before what it need not know of
        ("SELECT * { ?x e:p e:few, e:a ; e:d ?y ; e:q ?z . FILTER (?y > 1) }",
         "SELECT * { { { SELECT ?x { ?x e:p e:a } } { SELECT ?x { ?x e:p e:few } } LATERAL { ?x e:d ?y } . "
         "FILTER (?y > 1) } LATERAL { ?x e:q ?z } }"),
        # things that are one step further
        ("SELECT ?y { ?x e:p e:few . ?y e:q ?x ; e:p e:a }",
         "SELECT ?y { { { SELECT ?y { ?y e:p e:a } } { SELECT ?x ?y { ?x e:p e:few . ?y e:q ?x } } } . }"),
        # one that is much longer is looked up
        ("SELECT * { ?x e:p e:few, e:c }", "SELECT * { ?x e:p e:few, e:c }"),
        # there is little of it, or not all is wanted
        ("SELECT * { ?x e:p e:rare, e:common }", "SELECT * { ?x e:p e:rare, e:common }"),
        ("SELECT * { ?x e:p e:few, e:a } LIMIT 5", "SELECT * { ?x e:p e:few, e:a } LIMIT 5"),
        ("ASK { ?x e:p e:few, e:a }", "ASK { ?x e:p e:few, e:a }"),
        ("SELECT * { ?x e:p e:few, e:a OPTIONAL { ?x e:q ?y } }",
         "SELECT * { ?x e:p e:few, e:a OPTIONAL { ?x e:q ?y } }"),
    ],
)  # fmt: skip
def test_lists_that_are_about_as_long_are_both_read(text: str, becomes: str) -> None:
    sizes = {"?v0 e:p e:few": 600, "?v0 e:p e:a": 5999, "?v0 e:p e:c": 6000, "?v0 e:p e:rare": 3}
    sizes |= {"?v0 e:p e:few . ?v1 e:q ?v0": 700}
    assert joined(text, {name.replace("e:", ""): size for name, size in sizes.items()}) == becomes


# Sizes


def test_the_least_pattern_is_counted_and_the_others_as_far_as_needed() -> None:
    rdf = Triples()
    kind, p = NamedNode(RDF["type"]), NamedNode(EX + "p")
    rdf.extend(Quad(NamedNode(f"{EX}{n}"), kind, NamedNode(EX + "Kind"), DefaultGraph()) for n in range(5000))
    rdf.extend(Quad(NamedNode(f"{EX}{n}"), p, Literal("few"), DefaultGraph()) for n in range(20))
    rdf.extend(Quad(NamedNode(f"{EX}{n}"), p, Literal("many"), DefaultGraph()) for n in range(3000))
    of_kind = Ends(None, f"<{RDF['type']}>", f"<{EX}Kind>")
    few, many = Ends(None, f"<{p.value}>", '"few"'), Ends(None, f"<{p.value}>", '"many"')
    found = Sizes().of(rdf, [of_kind, few, many])
    assert found[1] == 20 and min(found[0], found[2]) > 20
    larger, large = Sizes().of(rdf, [of_kind, many])
    assert larger > large >= MANY  # where nothing else decides, a class is what one does not begin with


def test_sizes_are_counted_anew_after_a_while() -> None:
    now = 0.0
    sizes = Sizes(lambda: now)
    rdf, ends = Triples(), Ends(None, f"<{EX}p>", None)
    assert sizes.of(rdf, [ends]) == [0]
    rdf.add(Quad(NamedNode(EX + "a"), NamedNode(EX + "p"), Literal(1), DefaultGraph()))
    assert sizes.of(rdf, [ends]) == [0]
    now = 11.0
    assert sizes.of(rdf, [ends]) == [0]  # the state is the same
    sizes.move_to(2)
    assert sizes.of(rdf, [ends]) == [1]
    rdf.add(Quad(NamedNode(EX + "b"), NamedNode(EX + "p"), Literal(1), DefaultGraph()))
    now = 12.0
    sizes.move_to(3)
    assert sizes.of(rdf, [ends]) == [1]  # they need not be exact


def test_a_relative_name_counts_as_many() -> None:
    assert Sizes().of(Triples(), [Ends(None, "<p>", None)])[0] >= MANY


def test_an_evaluated_query_is_answered_with_its_errors_where_they_stand() -> None:
    rdf = Triples()
    rdf.add(Quad(NamedNode(EX + "a"), NamedNode(EX + "p"), NamedNode(EX + "b"), DefaultGraph()))
    rdf.add(Quad(NamedNode(EX + "a"), NamedNode(RDF["type"]), NamedNode(EX + "Kind"), DefaultGraph()))
    answer = evaluate(rdf, QueryRequest(f"{PREFIX}SELECT ?x {{ ?x a e:Kind ; e:p e:b }}"), "json")
    assert [row["x"]["value"] for row in json.loads(answer.body)["results"]["bindings"]] == [EX + "a"]
