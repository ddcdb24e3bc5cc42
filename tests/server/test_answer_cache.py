"""Answers are kept per state of the store, within bounds; equal queries at the same time are evaluated once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest

from graph.errors import BadInput
from graph.query.request import Answer, Limits, QueryRequest
from server.answer_cache import AnswerCache, Asked
from tests.waiting import until

from .conftest import TOKEN
from .serving import Server

FIRST, SECOND = (1, "2026-01-01"), (2, "2026-01-02")


def asked(text: str = "ASK {}", wanted: str = "json", **dataset: tuple[str, ...]) -> Asked:
    return Asked(QueryRequest(text, **dataset), wanted, (), Limits())  # type: ignore[arg-type]


class Counting:
    """An evaluation that counts how often it is made."""

    def __init__(self, state: int = 1, body: bytes = b"x") -> None:
        self.times = 0
        self.state = state
        self.body = body

    def __call__(self) -> Answer:
        self.times += 1
        return Answer(self.body, "text/csv", 1, snapshot=self.state)


def test_an_answer_is_made_once_for_a_state_and_anew_for_the_next() -> None:
    cache, first, second = AnswerCache(1 << 20), Counting(1, b"old"), Counting(2, b"new")
    assert [cache.answer(FIRST, asked(), first, 1)[0].body for _ in range(3)] == [b"old"] * 3
    assert [cache.answer(SECOND, asked(), second, 1)[0].body for _ in range(3)] == [b"new"] * 3
    assert (first.times, second.times) == (1, 1)


def test_a_state_is_known_by_its_moment_too() -> None:
    cache, old, new = AnswerCache(1 << 20), Counting(1, b"old"), Counting(1, b"new")
    cache.answer(FIRST, asked(), old, 1)
    assert cache.answer((1, "restored"), asked(), new, 1)[0].body == b"new"


@pytest.mark.parametrize(
    "other",
    [
        asked("ASK { }"),
        asked(wanted="csv"),
        asked(default_graphs=("urn:a",)),
        asked(named_graphs=("urn:a",)),
        Asked(QueryRequest("ASK {}", base_iri="urn:b"), "json", (), Limits()),
        Asked(QueryRequest("ASK {}", prefixes={"a": "urn:a"}), "json", (), Limits()),
        Asked(QueryRequest("ASK {}"), "json", ("gzip",), Limits()),
        Asked(QueryRequest("ASK {}"), "json", (), Limits(rows=1)),
    ],
)
def test_whatever_determines_an_answer_tells_it_from_others(other: Asked) -> None:
    cache = AnswerCache(1 << 20)
    cache.answer(FIRST, asked(), Counting(body=b"one"), 1)
    assert cache.answer(FIRST, other, Counting(body=b"other"), 1)[0].body == b"other"


def test_an_answer_of_a_newer_state_than_was_read_is_given_and_not_kept() -> None:
    cache, newer = AnswerCache(1 << 20), Counting(2)
    assert [cache.answer(FIRST, asked(), newer, 1)[1] for _ in range(2)] == [False, False]


def test_a_late_answer_of_the_state_before_does_not_push_out_what_is_new() -> None:
    cache, new = AnswerCache(1 << 20), Counting(2)
    cache.answer(SECOND, asked(), new, 1)
    cache.answer(FIRST, asked("ASK { ?a ?b ?c }"), Counting(1), 1)
    assert cache.answer(SECOND, asked(), new, 1)[1]


def test_what_is_used_least_goes_first_and_what_is_large_is_never_kept() -> None:
    cache = AnswerCache(34_000)
    for text in ("a", "b", "c", "d", "e", "f", "g", "h", "i"):  # each about 4 kB
        cache.answer(FIRST, asked(text), Counting(body=b"x" * 3000), 1)
        cache.answer(FIRST, asked("a"), Counting(body=b"x" * 3000), 1)
    assert cache.answer(FIRST, asked("a"), Counting(), 1)[1]
    assert not cache.answer(FIRST, asked("b"), Counting(), 1)[1]
    for cached in (False, False):
        assert cache.answer(FIRST, asked("large"), Counting(body=b"x" * 10_000), 1)[1] is cached


def test_without_room_nothing_is_kept() -> None:
    cache, counting = AnswerCache(0), Counting()
    assert [cache.answer(FIRST, asked(), counting, 1)[1] for _ in range(2)] == [False, False]


def test_equal_queries_at_the_same_time_are_evaluated_once() -> None:
    cache, all_ask, counting = AnswerCache(1 << 20), threading.Event(), Counting()

    def slow() -> Answer:
        all_ask.wait(120)
        return counting()

    with ThreadPoolExecutor(4) as threads:
        first = threads.submit(cache.answer, FIRST, asked(), slow, 120)
        until(lambda: cache._making)
        others = [threads.submit(cache.answer, FIRST, asked(), slow, 120) for _ in range(3)]
        all_ask.set()
        assert {one.result()[0].body for one in [first, *others]} == {b"x"}
    assert counting.times == 1


def test_who_waits_for_an_evaluation_that_fails_makes_his_own() -> None:
    cache, waiting = AnswerCache(1 << 20), threading.Event()

    def failing() -> Answer:
        waiting.wait(120)
        raise BadInput("no")

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(cache.answer, FIRST, asked(), failing, 120)
        until(lambda: cache._making)
        second = threads.submit(cache.answer, FIRST, asked(), Counting(), 120)
        waiting.set()
        with pytest.raises(BadInput):
            first.result()
        assert second.result()[0].body == b"x"
    assert not cache._making


def test_a_write_is_in_the_next_answer_over_http(server: Server) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?s <urn:kept> ?o }"
    before = int(server.sparql(query).values("n")[0])
    for number in range(before, before + 3):
        update = urlencode({"update": f"INSERT DATA {{ <urn:s> <urn:kept> {number} }}"}).encode()
        written = server.request("/update", "POST", update, Authorization=f"Bearer {TOKEN}")
        assert written.status == 204
        assert [server.sparql(query).values("n")[0] for _ in range(2)] == [str(number + 1)] * 2


def test_what_differs_at_every_evaluation_is_never_kept(server: Server) -> None:
    assert len({server.sparql("SELECT (STRUUID() AS ?u) {}").values("u")[0] for _ in range(3)}) == 3


def test_texts_are_searched_over_http_and_an_error_tells_the_place(server: Server) -> None:
    text = 'SELECT ?x ?score { (?x ?score) mc:matches ("калк*" 5) } ORDER BY DESC(?score)'
    assert server.sparql(text).values("x")
    refused = server.sparql("SELECT ?x { ?x mc:matches ?words }")
    assert refused.status == 400
    assert "line 1, column 16" in refused.json()["detail"]
