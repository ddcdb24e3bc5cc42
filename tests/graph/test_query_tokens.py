"""The words of a query: which form it has, whom it calls, where its WHERE opens."""

from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.query.corrections import readable
from graph.query.masking import masked
from graph.query.tokens import hidden_calls, query_form, service_calls, tokens, where_brace

W3C = Path(__file__).resolve().parents[3] / "shared" / "w3c" / "sparql"

FORMS = {
    "SELECT * {}": "SELECT",
    "prefix ask: <http://e.org/ASK> # ASK\nbase <http://e.org/DESCRIBE> construct where {}": "CONSTRUCT",
    "PREFIX a:<b:c>ASK{}": "ASK",
    "DESCRIBE <http://e.org/SELECT>": "DESCRIBE",
    "INSERT DATA {}": None,
    "": None,
}


@pytest.mark.parametrize(("text", "form"), FORMS.items())
def test_the_form_of_a_query(text: str, form: str | None) -> None:
    assert query_form(text) == form


def test_services_are_named_as_they_are_written() -> None:
    text = "SELECT * { SERVICE <http://a.org/> { } SERVICE SILENT ?s { } service #c\n x:y {} SERVICE"

    called = [(target and target.text, silent) for target, silent in service_calls(text)]
    assert called == [("<http://a.org/>", False), ("?s", True), ("x:y", False), (None, False)]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (COUNT(*) AS ?n) WHERE {|",
        "CONSTRUCT { ?s ?p ?o } # WHERE {\nWHERE {|",
        "SELECT ('WHERE {' AS ?x) (EXISTS { ?a ?b ?c } AS ?y) where\n{|",
        "ASK FROM <http://e.org/WHERE> WHERE {| FILTER EXISTS { SELECT * WHERE { } } }",
    ],
)
def test_where_the_outermost_where_opens(text: str) -> None:
    assert where_brace(text.replace("|", "")) == text.index("|")


@given(st.text())
def test_tokens_lose_nothing_but_white_space(text: str) -> None:
    found = list(tokens(text))

    assert "".join("".join(text.split())) == "".join("".join(token.text.split()) for token in found)
    assert all(text.startswith(token.text, token.begin) for token in found)


def test_every_query_of_the_standard_has_a_form_and_calls_nobody() -> None:
    files = sorted(W3C.rglob("*.rq"))
    if not files:
        pytest.skip("the W3C test queries are not here")

    seen = 0
    for file in files:
        text = file.read_text(encoding="utf-8")
        try:
            pyoxigraph.Store().query(text, base_iri="http://example.org/")
        except (SyntaxError, OSError, RuntimeError):
            continue  # must be refused, or calls a service or an unknown function
        seen += 1
        assert query_form(text) is not None, file.name
        assert bool(list(service_calls(text))) == (" service" in text.lower() and "syn" not in file.name), file.name
    assert seen > 250


@pytest.mark.parametrize(
    "text",
    [
        "PREFIX services: <urn:> SELECT * FROM services:g { GRAPH services:g { services:a services:b services:c } }",
        "DESCRIBE services:a { ?s a <http://service.example/load#x> FILTER(?s < 3 && ?s > 1) }",
        "SELECT * { ?service ?load 'SERVICE' , <http://x/service#LOAD> # LOADSILENT\n }",
        "PREFIX load: <urn:> WITH load:g DELETE { load:a ?p ?o } USING load:h WHERE { load:a ?p ?o }",
        "PREFIX load: <urn:> MOVE load:a TO load:b ; CLEAR SILENT GRAPH load:c",
        "INSERT DATA { <urn:load> load:download 'LOADSILENT' }",
        "SELECT * { VALUES (?x ?y) { (<urn:a> <urn:b>) } ?x ?y 'load' }",
    ],
)
def test_what_only_sounds_like_a_call_is_none(text: str) -> None:
    assert list(service_calls(text)) == []
    assert list(hidden_calls([token for token in tokens(text) if token.kind != "comment"], "LOAD")) == []


HIDDEN = (
    "SELECT * { FILTER(EXISTS {}<?b)SERVICE#>\n<http://x> {} }",
    "SELECT * { FILTER(true||1<'>#')SERVICE<http://x>{}\n }",
    'PREFIX e: <urn:> SELECT * { VALUES ?v { """a" } SERVICE <http://x> { ?s e:a\\-b ?o } } # """',
    "PREFIX e: <urn:> SELECT * { ?s ?p e:.SERVICE<http://x>{} }",
)
"""What the engine reads as calls, and not as strings, IRIs, comments or names."""


@pytest.mark.parametrize("text", HIDDEN)
def test_what_the_engine_reads_as_a_call_is_seen_or_no_longer_one(text: str) -> None:
    text = readable(text)

    if not list(service_calls(text)):
        with pytest.raises(SyntaxError):
            pyoxigraph.Store().query(text)


def answer_of(text: str) -> bytes | None:
    found = pyoxigraph.Store().query(text)
    assert isinstance(found, pyoxigraph.QuerySolutions)
    return found.serialize(format=pyoxigraph.QueryResultsFormat.TSV)


def test_masked_words_mean_the_same() -> None:
    text = """PREFIX e: <http://service.x/load#> SELECT ?a ("Service" AS ?b) ('''down"load"\\\\load''' AS ?c)
        (<http://x/(a)'service> AS ?d) ('a\\tload'@en AS ?e) { BIND(e:service AS ?a) # SERVICE
        }"""

    asked = [answer_of(one) for one in (text, masked(text))]
    assert masked(text) != text
    assert asked[0] == asked[1]


def test_a_wrong_escape_before_a_masked_word_stays_wrong() -> None:
    with pytest.raises(SyntaxError):
        pyoxigraph.Store().query(masked("SELECT ('\\load' AS ?a) {}"))
