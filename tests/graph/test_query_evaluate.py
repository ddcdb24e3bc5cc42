"""Evaluating one query: formats, datasets, limits, and what a query may not do."""

import json
from xml.etree import ElementTree

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, RdfFormat, Store

from graph.errors import BadInput, QueryKilled
from graph.query import Limits, NotAcceptable, QueryRequest, QuerySyntaxError, ServiceRefused, UnknownFormat, evaluate
from ontology import PREFIXES

EX = "http://example.org/"
KAZ, RUS, TAKES_PART, SHIELD = (NamedNode(EX + name) for name in ("KAZ", "RUS", "takesPart", "Shield"))
FIRST, SECOND = NamedNode(EX + "document/1"), NamedNode(EX + "document/2")


@pytest.fixture
def store() -> Store:
    store = Store()
    store.add(Quad(KAZ, TAKES_PART, SHIELD))
    store.add(Quad(RUS, TAKES_PART, SHIELD))
    store.add(Quad(KAZ, TAKES_PART, SHIELD, FIRST))
    store.add(Quad(RUS, TAKES_PART, SHIELD, SECOND))
    return store


def rows(store: Store, request: QueryRequest) -> list[dict[str, str]]:
    bindings = json.loads(evaluate(store, request, "json").body)["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in bindings]


@pytest.mark.parametrize("name", ["json", "xml", "tsv"])
def test_a_result_can_be_read_back_from_every_format(store: Store, name: str) -> None:
    answer = evaluate(store, QueryRequest("SELECT ?who WHERE { ?who ?p ?o }"), name)

    format = QueryResultsFormat.from_media_type(answer.media_type)
    solutions = pyoxigraph.parse_query_results(answer.body, format)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    assert {row["who"] for row in solutions} == {KAZ, RUS}
    assert answer.rows == 2


@pytest.mark.parametrize("name", ["turtle", "ntriples", "rdfxml", "jsonld", "trig", "nquads", "n3"])
def test_a_constructed_graph_can_be_read_back_from_every_syntax(store: Store, name: str) -> None:
    answer = evaluate(store, QueryRequest("CONSTRUCT WHERE { ?s ?p ?o }"), name)

    syntax = RdfFormat.from_media_type(answer.media_type)
    assert {quad.subject for quad in pyoxigraph.parse(answer.body, syntax)} == {KAZ, RUS}
    assert answer.rows == 2


def test_a_question_is_answered_with_yes_or_no(store: Store) -> None:
    assert evaluate(store, QueryRequest("ASK { ?s ?p ?o }"), "csv").body == b"true"
    assert evaluate(store, QueryRequest("ASK { ?s ?p 1 }"), "csv").body == b"false"


def test_the_format_follows_the_accept_header_and_keeps_the_name_by_which_it_was_asked(store: Store) -> None:
    request = QueryRequest("SELECT * WHERE { ?s ?p ?o }")

    assert evaluate(store, request, "text/csv;q=0.5, application/json").media_type == "application/json"
    assert evaluate(store, request, "text/turtle, text/csv; q=0.1").media_type == "text/csv"
    assert evaluate(store, request, "").media_type == "application/sparql-results+json"


def test_what_cannot_be_given_is_refused_with_what_can(store: Store) -> None:
    request = QueryRequest("SELECT * WHERE { ?s ?p ?o }")

    with pytest.raises(NotAcceptable, match="application/sparql-results"):
        evaluate(store, request, "text/turtle")
    with pytest.raises(NotAcceptable):
        evaluate(store, request, "turtle")
    with pytest.raises(UnknownFormat, match="there are json, xml"):
        evaluate(store, request, "xlsx")


def test_a_query_that_names_no_dataset_sees_the_default_graph_and_all_named_ones(store: Store) -> None:
    assert len(rows(store, QueryRequest("SELECT * WHERE { ?s ?p ?o }"))) == 2
    assert len(rows(store, QueryRequest("SELECT * WHERE { GRAPH ?g { ?s ?p ?o } }"))) == 2


def test_a_dataset_of_the_protocol_hides_all_other_graphs(store: Store) -> None:
    default = QueryRequest("SELECT ?s WHERE { ?s ?p ?o }", default_graphs=(FIRST.value,))
    named = QueryRequest("SELECT ?g WHERE { GRAPH ?g { ?s ?p ?o } }", named_graphs=(SECOND.value,))

    assert rows(store, default) == [{"s": KAZ.value}]
    assert rows(store, named) == [{"g": SECOND.value}]
    assert rows(store, QueryRequest(named.text, default_graphs=(FIRST.value,))) == []
    assert rows(store, QueryRequest(default.text, named_graphs=(SECOND.value,))) == []


def test_a_dataset_of_the_protocol_comes_before_from(store: Store) -> None:
    text = f"SELECT ?s FROM <{SECOND.value}> WHERE {{ ?s ?p ?o }}"

    assert rows(store, QueryRequest(text)) == [{"s": RUS.value}]
    assert rows(store, QueryRequest(text, default_graphs=(FIRST.value,))) == [{"s": KAZ.value}]


def test_a_graph_name_that_is_no_iri_is_refused(store: Store) -> None:
    with pytest.raises(BadInput, match="no IRI"):
        evaluate(store, QueryRequest("ASK {}", default_graphs=("not an iri",)))


def test_relative_iris_resolve_against_the_base(store: Store) -> None:
    assert evaluate(store, QueryRequest("ASK { <KAZ> ?p ?o }", base_iri=EX), "csv").body == b"true"


def test_prefixes_can_be_lent_to_a_query(store: Store) -> None:
    assert evaluate(store, QueryRequest("ASK { ex:KAZ ?p ?o }", prefixes={"ex": EX}), "csv").body == b"true"
    with pytest.raises(QuerySyntaxError):
        evaluate(store, QueryRequest("ASK { ex:KAZ ?p ?o }"))


def test_a_syntax_error_points_to_its_place(store: Store) -> None:
    with pytest.raises(QuerySyntaxError, match="line 2, column") as caught:
        evaluate(store, QueryRequest("SELECT *\nWHERE { ?s ?p }"))
    assert caught.value.line == 2
    assert caught.value.http_status == 400


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"^the query is empty$"),
        (" # nothing\n", r"^the query is empty$"),
        ("PREFIX a: <a:> INSERT DATA { a:b a:b a:b }", r"^this is a SPARQL update, not a query; post it to /update$"),
        ("with <a:g> delete { ?s ?p 1 } where {}", r"not a query; post it to /update$"),
        ("PREFIX a: <a:>\nASK { ?s a:b foo:x }", r"at line 2, column \d+: the prefix 'foo:' is not declared$"),
        ("ASK { ?s lent:b :x }", r"the prefix ':' is not declared$"),
        ("SELEC * { }", r"at line 1, column 1: 'SELEC' is no word of SPARQL, expected SELECT; did you mean SELECT\?$"),
        ("SELECT * {\n ?a ?b ?c OPTINAL { } }", r"line 2, column 11: 'OPTINAL' is no .*; did you mean OPTIONAL\?$"),
        ("SELECT (COUT (?s) AS ?n) { ?s ?p ?o }", r"column 9: 'COUT' .*; did you mean COUNT\?$"),
        (
            "SELECT * { ?s a Exercise }",
            r"column 17: 'Exercise' is no word of SPARQL; a name has a prefix, as in :Exerc",
        ),
        ("CONSTRUCTWHERE { ?s ?p ?o }", r"column 1: 'CONSTRUCTWHERE' is no word of SPARQL"),
        ("SELECT * { ?s ?p ?o", r"column 20: the text ends, expected '}' for the '{' of line 1, column 10$"),
        ("SELECT * { ?s ?p (1 2 }", r"column 23: found '}', expected '\)' for the '\(' of line 1, column 18$"),
        ("SELECT * { ?s ?p ?o } }", r"column 23: nothing is open that '}' could close$"),
        ("SELECT * { ?s ?p ?o } GROUP ?s", r"column 31: near '\?s': expected BY$"),
        ("SELECT * { ?s ?p \"service\", 'LOAD', <x:service> . ?s OPTINAL ?o }", r"column 54: 'OPTINAL' is no word"),
        ('# load\nSELECT * { ?s ?p "a service", ?o ?p }', r"line 2, column 38: near "),
        (
            'SELECT * { ?s ?p "load" .\n ?s :\\u0061b\\u0063 [ }',
            r"line 2, column 22: found '}', expected '\]' .* column 20$",
        ),
        ('# SELEC\nSELECT * { ?s ?p "SELEC" ', r"line 2, column 25: the text ends, expected '}'"),
    ],
)
def test_common_mistakes_are_told_in_words(store: Store, text: str, message: str) -> None:
    with pytest.raises(QuerySyntaxError, match=message):
        evaluate(store, QueryRequest(text, prefixes={"lent": EX}))


def test_every_word_of_the_grammar_is_known(store: Store) -> None:
    told = "SELECT * { ?s ?p ?o FILTER (%s (?o)) } GROUP BY ?s HAVING (ISIRI (?s)) ORDER BY DESC (?s) LIMIT 1 OFFSET x"
    for function in ("ENCODE_FOR_URI", "isBlank", "sameTerm", "langMatches", "hasLANG", "sha512"):
        with pytest.raises(QuerySyntaxError, match=r"'x' is no word"):
            evaluate(store, QueryRequest(told % function))


@pytest.mark.parametrize("text", ["", "hello", "INSERT DATA { <a:b> <a:b> <a:b> }", "SELECT", "PREFIX select: <a:b>"])
def test_what_is_no_query_is_a_syntax_error(store: Store, text: str) -> None:
    with pytest.raises(QuerySyntaxError):
        evaluate(store, QueryRequest(text))


# What calls a service, and what only looks like it.
CALLS = [
    "SELECT * WHERE { SERVICE <http://other.example/sparql> { ?s ?p ?o } }",
    "SELECT * WHERE { service <http://other.example/sparql> { ?s ?p ?o } }",
    "SELECT * WHERE { SERVICE # comment\n ?where { ?s ?p ?o } }",
    "PREFIX o: <http://other.example/> ASK { SERVICE o:sparql { ?s ?p ?o } }",
    "ASK { ?a ?b 'it\\'s' . SERVICE <http://other.example/sparql> { ?s ?p '}' } }",
]
LOOKS_LIKE = [
    "ASK { ?s ?p 'SERVICE <http://other.example/> { }' }",
    'ASK { ?s ?p """a " SERVICE <x:y> """ }',
    "ASK { ?s ?p <http://other.example/SERVICE> } # SERVICE <http://other.example/>",
    "PREFIX service: <http://other.example/> ASK { service:SERVICE ?service $SERVICE }",
    "ASK { ?s ?p 'a'@service }",
]


@pytest.mark.parametrize("text", CALLS)
def test_no_query_reaches_another_endpoint(store: Store, text: str) -> None:
    with pytest.raises(ServiceRefused):
        evaluate(store, QueryRequest(text))


@pytest.mark.parametrize("text", LOOKS_LIKE)
def test_the_word_service_in_strings_iris_and_comments_calls_nothing(store: Store, text: str) -> None:
    assert evaluate(store, QueryRequest(text), "csv").body == b"false"


# The limit of rows

NAMES = {"json": QueryResultsFormat.JSON, "xml": QueryResultsFormat.XML, "tsv": QueryResultsFormat.TSV}
TRICKY = [
    'a "quoted" }},{" text', "line\r\nbreak\n", "</result><result>", "]}}", "{},{}", "\\", '\\"', "", "ә 🚀", "\t,;",
    "ends so,{", ',{"', '"bindings":[{"',
]  # fmt: skip


@given(
    values=st.lists(st.one_of(st.sampled_from(TRICKY), st.text(max_size=8), st.none()), max_size=12),
    limit=st.integers(0, 14),
)
def test_a_result_is_cut_after_exactly_the_wanted_rows_in_every_format(values: list[str | None], limit: int) -> None:
    terms = " ".join("(UNDEF)" if value is None else f"({Literal(value)})" for value in values)
    request = QueryRequest(f"SELECT ?x WHERE {{ VALUES (?x) {{ {terms} }} }}")

    for name, format in NAMES.items():
        answer = evaluate(Store(), request, name, Limits(limit))
        solutions = pyoxigraph.parse_query_results(answer.body, format)
        assert isinstance(solutions, pyoxigraph.QuerySolutions)
        found = [row["x"] for row in solutions]
        assert len(found) == min(limit, len(values)) == answer.rows
        assert [term and term.value for term in found if not isinstance(term, pyoxigraph.Triple)] == values[:limit]
        assert answer.cut == (len(values) > limit)


@given(values=st.lists(st.one_of(st.sampled_from(TRICKY), st.text(max_size=8)), max_size=12), limit=st.integers(0, 14))
def test_a_table_for_spreadsheets_is_cut_at_the_end_of_a_row(values: list[str], limit: int) -> None:
    terms = " ".join(f"({Literal(value)} 1)" for value in values)
    request = QueryRequest(f"SELECT ?x ?n WHERE {{ VALUES (?x ?n) {{ {terms} }} }}")

    whole, cut = evaluate(Store(), request, "csv"), evaluate(Store(), request, "csv", Limits(limit))

    assert whole.body.startswith(cut.body)
    assert cut.body.endswith(b",1\r\n") or cut.body == b"x,n\r\n"
    assert cut.rows == min(limit, len(values))
    assert cut.cut == (len(values) > limit)


@pytest.mark.parametrize("name", ["json", "xml", "csv", "tsv"])
def test_a_result_of_billions_of_rows_is_stopped_at_the_limit(name: str) -> None:
    store = Store()
    store.extend(Quad(KAZ, TAKES_PART, NamedNode(f"{EX}{n}")) for n in range(1000))

    answer = evaluate(store, QueryRequest("SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"), name, Limits(2000))

    assert (answer.rows, answer.cut) == (2000, True)


def test_nested_triple_terms_count_as_one_row() -> None:
    term = "<<( <a:s> <a:p> <<( <a:s> <a:p> 'x' )>> )>>"
    request = QueryRequest(f"SELECT ?x WHERE {{ VALUES ?x {{ {term} {term} {term} }} }}")

    answer = evaluate(Store(), request, "json", Limits(2))

    assert len(json.loads(answer.body)["results"]["bindings"]) == answer.rows == 2


def test_a_graph_is_cut_after_so_many_triples(store: Store) -> None:
    answer = evaluate(store, QueryRequest("CONSTRUCT WHERE { ?s ?p ?o }"), "ntriples", Limits(1))

    assert (len(list(pyoxigraph.parse(answer.body, RdfFormat.N_TRIPLES))), answer.rows, answer.cut) == (1, 1, True)


@pytest.mark.parametrize("name", ["json", "xml", "turtle", "ntriples", "rdfxml", "trig", "nquads", "n3"])
def test_a_result_that_was_cut_says_so_where_its_format_can(store: Store, name: str) -> None:
    form = "SELECT ?s ?o" if name in NAMES else "CONSTRUCT"
    request = QueryRequest(f"{form} WHERE {{ ?s ?p ?o }}")
    assert b"result-cut-after:1" in evaluate(store, request, name, Limits(1)).body
    assert b"result-cut-after" not in evaluate(store, request, name, Limits(2)).body


def test_a_cut_result_links_to_that_in_its_head(store: Store) -> None:
    answer = evaluate(store, QueryRequest("SELECT ?s ?o WHERE { ?s ?p ?o }"), "json", Limits(1))
    assert json.loads(answer.body)["head"] == {"vars": ["s", "o"], "link": ["urn:milcoop:result-cut-after:1"]}
    xml = evaluate(store, QueryRequest("SELECT ?s ?o WHERE { ?s ?p ?o }"), "xml", Limits(1)).body
    head = ElementTree.fromstring(xml).find("{*}head")
    assert head is not None
    assert [child.tag.rpartition("}")[2] for child in head] == ["variable", "variable", "link"]


@settings(deadline=None)
@given(size=st.integers(1, 400), limit=st.integers(100, 100_000))
@pytest.mark.parametrize("name", ["json", "xml", "csv", "tsv"])
def test_a_result_is_cut_after_so_many_bytes(name: str, size: int, limit: int) -> None:
    request = QueryRequest(
        f"SELECT ?x WHERE {{ VALUES ?x {{ {' '.join(['<http://x/a>'] * 50)} }} }}".replace("a>", "a" * size + ">")
    )
    whole = evaluate(Store(), request, name)
    answer = evaluate(Store(), request, name, Limits(bytes=limit))
    assert answer.cut == (answer.rows != 50)
    if answer.cut:
        assert len(answer.body) <= limit + 150, "at the end of a row, and the head says so"
        assert len(whole.body) > limit
    else:
        assert answer.body == whole.body
    if name != "csv":
        solutions = pyoxigraph.parse_query_results(answer.body, NAMES[name])
        assert isinstance(solutions, pyoxigraph.QuerySolutions)
        assert len(list(solutions)) == answer.rows


def test_a_graph_of_too_many_bytes_is_refused(store: Store) -> None:
    with pytest.raises(QueryKilled, match="more than 20 bytes"):
        evaluate(store, QueryRequest("CONSTRUCT WHERE { ?s ?p ?o }"), "ntriples", Limits(bytes=20))


@pytest.mark.parametrize("name", ["turtle", "trig", "n3"])
def test_a_constructed_graph_declares_the_prefixes_that_it_uses_and_no_others(store: Store, name: str) -> None:
    text = 'CONSTRUCT { ?s rdfs:label "xsd: and owl:Thing" } WHERE { ?s ?p ?o }'
    body = evaluate(store, QueryRequest(text, prefixes=PREFIXES), name).body.decode()

    declared = {line.split()[1] for line in body.splitlines() if line.startswith("@prefix")}
    assert "rdfs:" in declared
    assert declared <= {"rdfs:", "xsd:", "owl:"}  # words in a text are not looked at closely
    assert len(list(pyoxigraph.parse(body, RdfFormat.TRIG))) == 2
