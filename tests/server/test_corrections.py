"""What is put right in front of the engine."""

import pytest
from pyoxigraph import Store

from graph.query import QueryRequest, QuerySyntaxError, ServiceRefused, UpdateRequest, evaluate
from graph.query.corrections import corrected, unescaped
from graph.query.update_text import LoadRefused, executable_text


@pytest.mark.parametrize(
    "text",
    ['ASK { { SELECT (GROUP_CONCAT(?o; SEPARATOR=")") AS ?g) { VALUES ?o { "1"@en } } } FILTER(?g = "1") }',
     'ASK { { SELECT (group_concat # (\n (DISTINCT STR(?o)) AS ?g) { VALUES ?o { "1"@en } } } FILTER(?g = "1") }',
     'ASK { { SELECT ?x { VALUES (?x ?o) { (1 "1"@en) } } GROUP BY ?x HAVING (GROUP_CONCAT(?o) = "1") } }'],
)  # fmt: skip
def test_group_concat_gives_a_plain_string(text: str) -> None:
    assert b"true" in evaluate(Store(), QueryRequest(text)).body.lower()


@pytest.mark.parametrize("text", ['ASK { FILTER("GROUP_CONCAT(" = ?x) }', "ASK {} # GROUP_CONCAT(", "ASK {}"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert corrected(text) == text


def test_an_error_is_told_at_its_place_in_the_text_as_it_came() -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        evaluate(Store(), QueryRequest("SELECT (GROUP_CONCAT(?o) AS ?g) WHERE { ?s ?p }"))
    assert caught.value.column == 48


def test_calling_an_unknown_function_is_an_error_of_the_expression_alone() -> None:
    text = "SELECT ?ok (<http://x/f>(1) AS ?no) { BIND(COALESCE(<http://x/g>(), 1) AS ?ok) }"
    assert evaluate(Store(), QueryRequest(text), "csv").body == b"ok,no\r\n1,\r\n"


@pytest.mark.parametrize(
    "text",
    [r"ASK { BIND(1 AS ?\u0061) FILTER(?a = 1) }", r"\u0041SK {}", r"ASK { BIND(1 AS ?x\U00000439) FILTER(?xй = 1) }",
     r"""ASK { FILTER("\u0061" = "a" && "\u0022" = '"' && <http://x/\u0061> = <http://x/a>) BIND(1 AS ?\u0062) }"""],
)  # fmt: skip
def test_code_points_stand_for_their_characters(text: str) -> None:
    assert b"true" in evaluate(Store(), QueryRequest(text)).body.lower()


@pytest.mark.parametrize(
    "text",
    [
        r"ASK \u007B }",
        r"ASK { ?x\u0020?p ?o }",
        r"ASK {} \u0023",
        r'ASK { FILTER("\u0022) }',
        r"ASK { ?\U0FFFFFFF ?p 1 }",
    ],
)
def test_an_escape_is_no_mark(text: str) -> None:
    with pytest.raises(QuerySyntaxError):
        evaluate(Store(), QueryRequest(text))


def test_an_escaped_keyword_is_seen_by_every_check() -> None:
    with pytest.raises(ServiceRefused):
        evaluate(Store(), QueryRequest(r"ASK { S\u0045RVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"))
    with pytest.raises(LoadRefused):
        executable_text(UpdateRequest(r"LO\u0041D <http://127.0.0.1:1/>"))
    assert unescaped("ASK {}") == "ASK {}"
