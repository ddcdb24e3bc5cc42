"""Content negotiation by the Accept header."""

import pytest

from graph.query.negotiation import media_ranges, negotiate

OFFERED = ("application/json", "text/csv", "text/turtle")

CASES = {
    None: "application/json",
    "": "application/json",
    "*/*": "application/json",
    "text/turtle": "text/turtle",
    "text/turtle; charset=utf-8": "text/turtle",
    "TEXT/Turtle": "text/turtle",
    "text/*": "text/csv",
    "text/*;q=0.5, text/turtle": "text/turtle",
    "*/*;q=0.1, text/csv;q=0.2": "text/csv",
    "text/csv;q=0, */*": "application/json",
    "application/json;q=0, text/*;q=0": None,
    "application/json;q=0, */*;q=0.3": "text/csv",
    "image/png": None,
    "image/png, text/csv;q=0.001": "text/csv",
    'text/turtle; note="a,b;c", text/csv;q=0.9': "text/turtle",
    "text/csv;q=2": None,
    "nonsense, ;;, text/turtle": "text/turtle",
    "text/html,application/xhtml+xml,*/*;q=0.8": "application/json",
}


@pytest.mark.parametrize(("accept", "chosen"), CASES.items())
def test_the_best_offered_type_is_chosen(accept: str | None, chosen: str | None) -> None:
    assert negotiate(accept, OFFERED) == chosen


def test_nothing_offered_is_nothing_chosen() -> None:
    assert negotiate("*/*", ()) is None


def test_a_range_keeps_its_weight() -> None:
    ranges = media_ranges("text/*;level=1;q=0.5, application/json")

    assert [(r.type, r.subtype, r.weight) for r in ranges] == [("text", "*", 0.5), ("application", "json", 1.0)]
