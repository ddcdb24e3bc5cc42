"""Queries in worker processes: whatever happens to one of them, nothing else notices."""

import gzip
import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import pytest
import zstandard
from pyoxigraph import NamedNode, Triple

from graph.errors import QueryKilled, QueryTimeout, StoreError
from graph.query import Limits, NotAcceptable, PoolBusy, PoolSizes, QueryPool, QueryRequest, QuerySyntaxError
from graph.store import Store, open_store
from tests.waiting import until

EX = "http://example.org/"
COUNT = QueryRequest("SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }")
ENDLESS = QueryRequest(
    "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?a ?b ?c . ?d ?e ?f . ?h ?i ?j . ?k ?l ?m FILTER(?a = ?m) } }"
)
HUGE = QueryRequest("SELECT * WHERE { GRAPH ?g { ?a ?b ?c . ?d ?e ?f . ?h ?i ?j } } ORDER BY ?j")


def fill(store: Store, graph: str, size: int) -> None:
    with store.transaction() as transaction:
        triples = [Triple(NamedNode(f"{EX}{n}"), NamedNode(EX + "p"), NamedNode(f"{EX}o{n}")) for n in range(size)]
        transaction.put_graph(EX + graph, triples)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("pool") / "store", bare=True) as store:
        fill(store, "first", 1000)
        yield store


@pytest.fixture(scope="module")
def pool(store: Store) -> Iterator[QueryPool]:
    with QueryPool(store.location, PoolSizes(2), 200 << 20) as pool:
        yield pool


def count(pool: QueryPool) -> int:
    return int(pool.run(COUNT, "csv").body.split()[1])


def test_an_answer_comes_back_with_the_state_that_gave_it(pool: QueryPool, store: Store) -> None:
    answer = pool.run(COUNT, "csv")

    assert answer.body == b"n\r\n1000\r\n"
    assert (answer.media_type, answer.rows, answer.cut) == ("text/csv", 1, False)
    assert answer.snapshot == store.generation


def test_a_query_past_its_deadline_is_stopped_and_the_next_one_answered(pool: QueryPool) -> None:
    with pytest.raises(QueryTimeout, match=r"longer than 0\.5 s"):
        pool.run(ENDLESS, timeout_seconds=0.5)

    assert count(pool) == 1000


def test_a_query_past_its_memory_is_stopped_and_the_next_one_answered(pool: QueryPool) -> None:
    with pytest.raises(QueryKilled, match="memory"):
        pool.run(HUGE, timeout_seconds=60)

    assert count(pool) == 1000


def test_a_result_of_billions_of_rows_ends_at_the_limit(pool: QueryPool) -> None:
    answer = pool.run(QueryRequest(HUGE.text.removesuffix("ORDER BY ?j")), "tsv", 60, Limits(10))

    assert (answer.rows, answer.cut) == (10, True)


def test_a_worker_that_dies_over_a_query_is_told(pool: QueryPool) -> None:
    with ThreadPoolExecutor(1) as thread:
        answer = thread.submit(pool.run, ENDLESS, "", 60)
        while not answer.done():
            time.sleep(0.5)  # time to begin: one that has not begun would be given to another worker
            for pid in pool.pids():
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        with pytest.raises(QueryKilled):
            answer.result()

    assert count(pool) == 1000


def test_nobody_notices_when_idle_workers_die(pool: QueryPool) -> None:
    for _ in range(3):
        for pid in pool.pids():
            os.kill(pid, signal.SIGKILL)
        assert count(pool) == 1000


def test_other_queries_are_answered_beside_one_that_does_not_end(pool: QueryPool) -> None:
    with ThreadPoolExecutor(1) as thread:
        endless = thread.submit(pool.run, ENDLESS, "", 3)

        assert [count(pool) for _ in range(5)] == [1000] * 5
        with pytest.raises(QueryTimeout):
            endless.result()


def test_errors_of_a_query_arrive_as_what_they_are(pool: QueryPool) -> None:
    pids = pool.pids()

    with pytest.raises(QuerySyntaxError) as caught:
        pool.run(QueryRequest("SELECT *\nWHERE {"))
    assert caught.value.line == 2
    with pytest.raises(NotAcceptable):
        pool.run(COUNT, "text/turtle")
    assert pool.pids() == pids, "a wrong query costs no worker"


def test_a_commit_is_seen_by_the_next_query(pool: QueryPool, store: Store) -> None:
    fill(store, "second", 5)
    try:
        assert count(pool) == 1005
    finally:
        with store.transaction() as transaction:
            transaction.drop_graph(EX + "second")
    assert count(pool) == 1000


def test_many_threads_share_the_workers(pool: QueryPool) -> None:
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda _: count(pool), range(40))) == [1000] * 40


def test_a_query_that_finds_no_free_worker_is_told_to_come_again(store: Store) -> None:
    with QueryPool(store.location, PoolSizes(1, 1), queue_seconds=0.1) as pool, ThreadPoolExecutor(1) as thread:
        endless = thread.submit(pool.run, ENDLESS, "", 2)
        with pytest.raises(PoolBusy):
            while not endless.done():
                pool.run(COUNT)
        assert PoolBusy.http_status == 503
        with pytest.raises(QueryTimeout):
            endless.result()


def test_closing_ends_the_workers_and_what_they_do(store: Store) -> None:
    pool = QueryPool(store.location, PoolSizes(1))
    count(pool)
    (pid,) = pool.pids()
    outcome: list[BaseException] = []

    def ask() -> None:
        with pytest.raises((QueryKilled, PoolBusy)) as caught:
            pool.run(ENDLESS, timeout_seconds=60)
        outcome.append(caught.value)

    asking = threading.Thread(target=ask)
    asking.start()
    pool.close()
    asking.join(120)

    assert outcome
    until(lambda: not Path(f"/proc/{pid}").exists())
    with pytest.raises(PoolBusy, match="closed"):
        pool.run(COUNT)


def test_a_store_that_is_not_there_is_told(tmp_path: Path) -> None:
    with QueryPool(tmp_path / "nowhere", PoolSizes(1)) as pool, pytest.raises(StoreError, match="no store"):
        pool.run(COUNT)


def test_a_store_in_memory_has_no_pool() -> None:
    with pytest.raises(StoreError, match="memory"):
        QueryPool("memory:")


def test_short_queries_are_answered_while_long_ones_fill_all_that_there_is_for_them(store: Store) -> None:
    with ThreadPoolExecutor(6) as threads, QueryPool(store.location, PoolSizes(1, 1, patience=0.1)) as pool:
        endless = [
            threads.submit(pool.run, QueryRequest(f"{ENDLESS.text} #{n}"), "", 30, client=str(n)) for n in range(6)
        ]
        for _ in range(3):
            assert count(pool) == 1000
        assert not any(query.done() for query in endless), "they go on, or wait for their turn"
    for query in endless:
        assert isinstance(query.exception(), QueryKilled | PoolBusy), "the pool has been closed"


def test_a_query_that_turned_out_long_is_answered_all_the_same(store: Store) -> None:
    some = "{ SELECT ?a { GRAPH ?g { ?a ?b ?c } } LIMIT 200 }"
    long = QueryRequest(f"SELECT (COUNT(*) AS ?n) WHERE {{ {some} GRAPH ?g {{ ?d ?e ?f }} }}")
    with QueryPool(store.location, PoolSizes(1, 1, patience=0.001)) as pool:
        for _ in range(3):
            assert pool.run(long, "csv").body == b"n\r\n200000\r\n"
        with ThreadPoolExecutor(4) as threads:
            answers = list(threads.map(lambda _: pool.run(long, "csv").body, range(8)))
        assert set(answers) == {b"n\r\n200000\r\n"}
        assert len(pool.pids()) <= 2


def lowered_threads(pool: QueryPool, usual: int) -> list[int]:
    """The threads of the workers that let others go first."""
    found = []
    for task in (task for pid in pool.pids() for task in Path(f"/proc/{pid}/task").iterdir()):
        with suppress(OSError):  # it has ended
            if os.getpriority(os.PRIO_PROCESS, int(task.name)) > usual:
                found.append(int(task.name))
    return found


def test_a_thread_that_was_lowered_over_a_long_query_takes_no_other(store: Store) -> None:
    with QueryPool(store.location, PoolSizes(prompt=1, long=1, patience=0.0)) as pool:
        for _ in range(4):
            assert count(pool) == 1000
            usual = os.getpriority(os.PRIO_PROCESS, 0)
            # One that ends gets a processor last; one waits, until it is given something to do.
            until(lambda: len(lowered_threads(pool, usual)) <= 1)  # noqa: B023


def test_a_process_that_answered_a_long_query_answers_the_next_ones(store: Store) -> None:
    with QueryPool(store.location, PoolSizes(prompt=1, long=1, patience=0.0)) as pool:
        assert count(pool) == 1000
        pids = pool.pids()

        assert [count(pool) for _ in range(5)] == [1000] * 5
        assert pool.pids() == pids
        assert {os.getpriority(os.PRIO_PROCESS, pid) for pid in pids} == {os.getpriority(os.PRIO_PROCESS, 0)}


def test_waiting_counts_towards_the_deadline(store: Store) -> None:
    with QueryPool(store.location, PoolSizes(1, 1)) as pool, ThreadPoolExecutor(3) as threads:
        count(pool)
        begun = time.monotonic()
        endless = [threads.submit(pool.run, ENDLESS, "", 1) for _ in range(3)]
        kinds = {type(query.exception()) for query in endless}
        assert kinds <= {QueryTimeout, PoolBusy}
        assert time.monotonic() - begun < 30


def test_when_too_many_wait_the_next_is_told_at_once(store: Store) -> None:
    with QueryPool(store.location, PoolSizes(1, 1, waiting=1)) as pool, ThreadPoolExecutor(8) as threads:
        count(pool)
        endless = [threads.submit(pool.run, ENDLESS, "", 3) for _ in range(8)]
        told = [query.exception() for query in endless]
        assert any("too many queries wait" in str(error) for error in told)


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_an_answer_is_compressed_where_it_was_made(pool: QueryPool, coding: str) -> None:
    request = QueryRequest("SELECT * WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?s")
    plain, packed = pool.run(request, "csv"), pool.run(request, "csv", codings=(coding,))
    assert (plain.coding, packed.coding) == (None, coding)
    unpack = gzip.decompress if coding == "gzip" else zstandard.ZstdDecompressor().decompress
    assert unpack(packed.body) == plain.body
    assert pool.run(COUNT, "csv", codings=(coding,)).coding is None, "what is small stays plain"


def test_a_panic_of_the_engine_is_told_at_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    class Panic(BaseException):
        """As PyO3 tells it."""

    def panic(*_: object, **__: object) -> None:
        raise Panic

    monkeypatch.setattr(import_module("graph.query.evaluate"), "evaluate", panic)
    with QueryPool(store.location, PoolSizes(1), forked=True) as pool, pytest.raises(QueryKilled):
        pool.run(COUNT, "csv", timeout_seconds=120)
