"""What the engine does otherwise than the standard is put right before it is asked, and nothing else is touched."""

import json
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, RdfFormat
from pyoxigraph import Store as Triples

from graph.query import QueryRequest, evaluate
from graph.query.evaluate import QuerySyntaxError
from graph.query.exact import exact
from graph.query.graph_blocks import TooManyGraphs

EX = "http://example.org/"
PREFIX = f"PREFIX : <{EX}> "
DATA = f"""@prefix : <{EX}> .
:a :p :b . :b :p :c .
:g1 {{ :a :p :b . :n :v 1 . :s :in :g1 . }}
:g2 {{ :a :p :c . :c :p :d . :n :v 2 . :m :v 3 . :t :in :g1 . }}
"""
GRAPHS = tuple(EX + name for name in ("g1", "g2", "g3"))


@pytest.fixture(scope="module")
def rdf() -> Triples:
    return made()


def made() -> Triples:
    store = Triples()
    store.load(DATA.encode(), RdfFormat.TRIG)
    store.add_graph(NamedNode(EX + "g3"))  # which is empty
    return store


def solutions(rdf: Triples, text: str, default: tuple[str, ...] | None = None) -> Counter[str]:
    """The solutions as text; with graphs, of a query to the merge of these and all as named graphs."""
    request = QueryRequest(PREFIX + text, EX, default, None if default is None else GRAPHS)
    rows = json.loads(evaluate(rdf, request, "json").body)["results"]["bindings"]
    return Counter(
        " ".join(f"{name}={term['value'].removeprefix(EX)}" for name, term in sorted(row.items())) for row in rows
    )


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        (":none :p* ?o", ["o=none"]),
        (":none :p? ?o", ["o=none"]),
        ("?s :p* :none", ["s=none"]),
        ('?s :p? "text"', ["s=text"]),
        (":none :p* :none", [""]),
        (":none :p* :other", []),
        (":none :p* :other .", []),
        (":none :p+ ?o", []),
        (":none :p/:q* ?o", []),
        (":none ^(:p*)/:q? ?o", ["o=none"]),
        (":none (:p*|:q?) ?o", ["o=none", "o=none"]),
        (":none (:p*|:q?)+ ?o", ["o=none"]),
        (":a :p* ?o", ["o=a", "o=b", "o=c"]),
        (":none :p* ?o , ?q ; :p ?r", []),
        (":none :p* ?o , ?q ; :p? ?r", ["o=none q=none r=none"]),
        ("?s :p :c ; :q* :none", []),
        ("GRAPH :g1 { :d :p* ?o }", ["o=d"]),
        ("GRAPH ?g { :c :p* ?o }", ["g=g1 o=c", "g=g2 o=c", "g=g2 o=d", "g=g3 o=c"]),
    ],
)
def test_a_path_without_a_step_has_its_end_as_a_solution(rdf: Triples, pattern: str, found: list[str]) -> None:
    assert solutions(rdf, f"SELECT * {{ {pattern} }}") == Counter(found)


PATHS = st.recursive(
    st.sampled_from([":p", ":q", "^:p", "!:p", ":p*", ":q?", ":p+"]),
    lambda path: (
        st.tuples(path, st.sampled_from("/|"), path).map("".join)
        | path.map("({})".format)
        | st.tuples(path, st.sampled_from("*?+")).map(lambda made: f"({made[0]}){made[1]}")
        | path.map("^({})".format)
    ),
    max_leaves=4,
)


@given(PATHS, st.sampled_from([":x {} ?o", "?s {} :x", ":x {} :x", ":x {} :a"]), st.sampled_from(["", "GRAPH :g2 "]))
@settings(max_examples=150, deadline=None)
def test_it_makes_no_difference_whether_the_graph_holds_the_term_for_another_reason(
    path: str, pattern: str, graph: str
) -> None:
    query = f"SELECT * {{ {graph}{{ {pattern.format(path)} }} }}"
    without, within = made(), made()
    for name in (None, "g2"):
        # A predicate of its own relates x to itself; a path through anything but :p takes it, so it is not asked for.
        subject, graph_name = NamedNode(EX + "x"), NamedNode(EX + name) if name else None
        within.add(Quad(subject, NamedNode(EX + "other"), subject, graph_name) if graph_name
                   else Quad(subject, NamedNode(EX + "other"), subject))  # fmt: skip
    if "!" not in path:
        # As sets: of alternatives within paths the engine gives each pair once.
        assert solutions(without, query).keys() == solutions(within, query).keys()


GROUPS = st.recursive(
    st.sampled_from(
        [
            "?s :v ?x", "?a :p ?b", "?s :in ?g", "VALUES ?t { 1 2 }", "VALUES (?g ?t) { (UNDEF 1) (:g2 2) }",
            "BIND (1 AS ?u)", "FILTER (BOUND (?g))", "FILTER (?x > 1)", "{ SELECT (COUNT (*) AS ?n) { ?s :v ?x } }",
            "{ SELECT DISTINCT ?a { ?a :p ?b } }", "{ SELECT ?s { ?s :v ?x } ORDER BY ?x LIMIT 1 }", "",
            "FILTER NOT EXISTS { ?s :v 2 }", "GRAPH ?h { ?a :p ?b }", "GRAPH :g1 { ?s :v ?x }", "GRAPH :none { }",
        ]
    ),
    lambda group: (
        st.tuples(group, group).map(" ".join)
        | group.map("OPTIONAL {{ {} }}".format)
        | group.map("MINUS {{ {} }}".format)
        | st.tuples(group, group).map(lambda two: f"{{ {two[0]} }} UNION {{ {two[1]} }}")
    ),
    max_leaves=4,
)  # fmt: skip
GROUP_LAW = settings(max_examples=200, deadline=None)


@given(GROUPS)
@GROUP_LAW
def test_graph_is_the_group_in_each_graph_joined_with_its_name(group: str) -> None:
    """SPARQL 1.1 Query §18.6, Graph."""
    rdf = made()
    group = separated(group)
    apart: Counter[str] = Counter()
    for graph in GRAPHS:
        apart += solutions(rdf, f"SELECT * {{ {{ {group} }} VALUES ?g {{ <{graph}> }} }}", (graph,))
    assert solutions(rdf, f"SELECT * {{ GRAPH ?g {{ {group} }} }}") == apart


def separated(group: str) -> str:
    """The group with full stops where two patterns follow each other, and names of its own for what BIND makes."""
    for pattern in ("?s :v ?x", "?a :p ?b", "?s :in ?g"):
        group = group.replace(pattern, pattern + " .")
    number = 0
    while "?u" in group:
        group, number = group.replace("?u", f"?v{number}", 1), number + 1
    return group


def test_a_graph_that_is_not_there_has_no_solutions(rdf: Triples) -> None:
    for group in ("", "VALUES ?x { 1 }", "SELECT (COUNT (*) AS ?n) { ?s ?p ?o }", "OPTIONAL { ?s ?p ?o }"):
        assert solutions(rdf, f"SELECT * {{ GRAPH :none {{ {group} }} }}") == Counter()
    assert solutions(rdf, "SELECT * { GRAPH :g3 { SELECT (COUNT (*) AS ?n) { ?s ?p ?o } } }") == Counter(["n=0"])


def test_graphs_are_those_of_the_dataset(rdf: Triples) -> None:
    count = "GRAPH ?g { SELECT (COUNT (*) AS ?n) { ?s :v ?x } }"
    assert solutions(rdf, f"SELECT * FROM NAMED :g2 {{ {count} }}") == Counter(["g=g2 n=2"])
    assert solutions(rdf, f"SELECT * FROM :g2 {{ {count} }}") == Counter()
    assert solutions(rdf, f"SELECT * {{ {count} }}", GRAPHS[:1]) == Counter(["g=g1 n=1", "g=g2 n=2", "g=g3 n=0"])


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { GRAPH ?g { ?s :v ?x OPTIONAL { ?s :p ?o } FILTER (?x > 1) BIND (2 AS ?y) } }",
        "SELECT * { GRAPH ?g { ?g a :Document ; :v ?x VALUES ?x { 1 2 } FILTER (?g != :h) } FILTER (?g != :g2) }",
        "SELECT * { GRAPH ?g { { ?s :v ?x } UNION { ?s :p ?x } ?s :q ?y MINUS { ?s :r ?z } } }",
        "SELECT * { GRAPH ?g { } GRAPH :g1 { ?s ?p ?o } }",
        "SELECT * { SERVICE :s { GRAPH ?g { VALUES ?x { 1 } } } }",
        'SELECT * { ?s :p "GRAPH ?g { VALUES ?x { 1 } }" } # GRAPH ?g { VALUES ?x { 1 } }',
        "SELECT * { ?s :p* ?o . :a :p* ?q ; :p+ :none }",
        "SELECT (BNODE () AS ?b) (COUNT (*) AS ?n) { ?s ?p ?o FILTER (?n*?o > ?n) }",
        "SELECT * { GRAPH ?g { VALUES ?x",
    ],
)
def test_what_the_engine_does_as_the_standard_says_stays_as_it_is(rdf: Triples, text: str) -> None:
    assert exact(PREFIX + text, rdf, QueryRequest(text)) == PREFIX + text


@pytest.mark.parametrize(
    ("query", "nodes"),
    [
        ('SELECT (BNODE ("t") AS ?b) { ?s :v ?x }', 3),
        ('SELECT (BNODE ("t") AS ?b) (BNODE (CONCAT ("", "t")) AS ?same) { ?s :v ?x }', 3),
        ("SELECT (BNODE (STR (?s)) AS ?b) (BNODE (STR (?x)) AS ?c) { ?s :v ?x }", 6),
        ("SELECT (BNODE ( ) AS ?b) { ?s :v ?x }", 3),
        ('SELECT * { ?s :v ?x BIND (BNODE ("t") AS ?b) }', 3),
    ],
)
def test_a_text_names_one_node_within_a_solution_and_another_in_the_next(query: str, nodes: int) -> None:
    """SPARQL 1.1 Query §17.4.2.9."""
    rdf = Triples()
    rdf.load(f"@prefix : <{EX}> . :n :v 1, 2 . :m :v 3 .".encode(), RdfFormat.TURTLE)
    rows = json.loads(evaluate(rdf, QueryRequest(PREFIX + query), "json").body)["results"]["bindings"]
    assert len(rows) == 3
    found = [term["value"] for row in rows for term in row.values() if term["type"] == "bnode"]
    assert len(set(found)) == nodes
    assert not any("_solution" in row for row in rows)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ('CONCAT ("a", "b")', "ab"),
        ('concat\n  ("a", COALESCE (1/0, "c"))', "ac"),
        ('COALESCE # or else\n ( ?none, "d" )', "d"),
        ('"CONCAT ("', "CONCAT ("),
        ("TRUE", "true"),
        ("IF(False, 1, STR(tRUE))", "true"),
        ('"TRUE"', "TRUE"),
        ("isBlank(BNODE ( ))", "true"),
    ],
)
def test_white_space_stands_where_the_grammar_has_it(rdf: Triples, expression: str, value: str) -> None:
    assert solutions(rdf, f"SELECT ({expression} AS ?x) {{ }}") == Counter([f"x={value}"])


def test_what_is_wrong_is_told_at_its_place_all_the_same(rdf: Triples) -> None:
    with pytest.raises(QuerySyntaxError) as told:
        evaluate(rdf, QueryRequest('SELECT (CONCAT ("a") AS ?x)\n{ ?s ?p }'))
    assert told.value.line == 2


def test_a_block_for_each_of_very_many_graphs_is_refused() -> None:
    store = Triples()
    store.bulk_extend(
        Quad(NamedNode(EX + "s"), NamedNode(EX + "p"), NamedNode(EX + "o"), NamedNode(f"{EX}{n}")) for n in range(3000)
    )
    block = "GRAPH ?g { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } }"
    found = evaluate(store, QueryRequest(f"SELECT (SUM(?n) AS ?all) {{ {block} }}"), "csv").body
    assert found.split() == [b"all", b"3000"]
    for pattern in ("GRAPH ?h { SELECT ?s { ?s ?p ?o } }", "?s ?p ?o . " * 300):
        many = block.replace("?s ?p ?o", pattern)
        with pytest.raises(TooManyGraphs, match=r"each of 3,000 graphs.*FROM NAMED"):
            evaluate(store, QueryRequest(f"SELECT * {{ {many} }}"))
