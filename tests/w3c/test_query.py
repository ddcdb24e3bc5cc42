"""Query evaluation, result formats and query syntax."""

import re

import pytest

from .cases import Case, cases
from .client import Client
from .comparison import Rows, expected, isomorphic, media_type_for, result_in
from .conftest import Holding

SUFFIXES = {
    "application/sparql-results+xml": ".srx",
    "application/sparql-results+json": ".srj",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "text/turtle": ".ttl",
}
EVALUATION = cases("QueryEvaluationTest", "CSVResultFormatTest")
POSITIVE = cases("PositiveSyntaxTest11")
NEGATIVE = cases("NegativeSyntaxTest11")


@pytest.mark.parametrize("case", EVALUATION, ids=lambda case: case.id)
def test_a_query_has_the_expected_result(client: Client, case: Case, holding: Holding) -> None:
    assert case.result is not None
    text = case.text.read_text("utf-8")
    with holding(case.id):
        client.fill(case.before)
        answer = client.query(f"BASE <{case.base}>\n{text}", media_type_for(case.result, text))
        assert answer.status == 200, answer.body.decode()
        wanted, found = expected(case.result), result_in(answer.body, SUFFIXES[answer.media_type])
        if isinstance(wanted, Rows):
            assert isinstance(found, Rows)
            ordered = case.result.suffix != ".ttl" and re.search(r"\border\s+by\b", text, re.IGNORECASE) is not None
            assert found.same_as(wanted, ordered=ordered), f"\nfound  {found}\nwanted {wanted}"
        elif isinstance(wanted, bool):
            assert found == wanted
        else:
            assert isinstance(found, tuple)
            assert isomorphic(found, wanted), f"\nfound  {found}\nwanted {wanted}"


@pytest.mark.parametrize("case", POSITIVE, ids=lambda case: case.id)
def test_a_query_is_taken(client: Client, case: Case, holding: Holding) -> None:
    with holding(case.id):
        answer = client.query(case.text.read_text("utf-8"), "*/*")
        assert answer.status == 200 or b'"SERVICE refused"' in answer.body, answer.body.decode()


@pytest.mark.parametrize("case", NEGATIVE, ids=lambda case: case.id)
def test_what_is_no_query_is_refused(client: Client, case: Case, holding: Holding) -> None:
    with holding(case.id):
        answer = client.query(case.text.read_text("utf-8"), "*/*")
        assert (answer.status, answer.media_type) == (400, "application/problem+json")
