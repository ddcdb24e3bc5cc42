"""A store behind an address: what is particular to it. What holds for every store stands in `test_store.py`."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graph.errors import BadUsage, NotFound, StoreError
from graph.reasoner import default_reasoner
from graph.store import Store, open_store
from graph.store.remote import RemoteStore
from graph.store.remote.access import RemoteAccess
from graph.store.remote.endpoint import Endpoint
from graph.store.remote.sending import Refused, Sender
from ontology import GRAPH_INFERRED, XSD

from .remote_servers import CAP
from .test_store import ARSENAL, EX, ONE, SMALL, TWO, in_graph, merged, put, turtle

PASSWORD = "a secret that nobody may see"


def machine(url: str, mirror: Path, sender: Sender | None = None, *, create: bool = True) -> RemoteStore:
    """The store as a machine with this mirror sees it; it takes a writer for dead after a second."""
    return RemoteStore(
        url,
        Endpoint(RemoteAccess.of(url), sender),
        mirror,
        bare=False,
        create=create,
        reasoner=default_reasoner(),
        shipped=SMALL,
        lock_seconds=1.0,
        refresh_seconds=0.0,
    )


def quads(store: Store) -> set[object]:
    with store.snapshot() as snapshot:
        return set(snapshot.rdf)


# Two machines


def test_what_one_machine_writes_another_reads_and_changes(milcoop_url: str, tmp_path: Path) -> None:
    with machine(milcoop_url, tmp_path / "one") as one, machine(milcoop_url, tmp_path / "two", create=False) as two:
        put(one, ONE, ARSENAL)
        assert in_graph(two, ONE) == ARSENAL
        assert in_graph(two, GRAPH_INFERRED) == turtle(":Arsenal :in :KAZ .")

        with two.transaction() as transaction:
            transaction.drop_graph(ONE)
            transaction.put_graph(TWO, turtle(":Depot :in :Astana ."))
        assert quads(one) == quads(two)
        assert in_graph(one, GRAPH_INFERRED) == turtle(":Depot :in :KAZ .")


def test_a_documents_bytes_are_there_for_another_machine(milcoop_url: str, tmp_path: Path) -> None:
    data = bytes(range(256)) * 500  # several parts
    digest = hashlib.sha256(data).hexdigest()
    with machine(milcoop_url, tmp_path / "one") as one, machine(milcoop_url, tmp_path / "two") as two:
        with one.transaction() as transaction:
            transaction.keep_source(digest, data)
        assert two.source(digest) == data
        with one.transaction() as transaction:
            transaction.drop_source(digest)
        with pytest.raises(NotFound):
            two.source(digest)


def test_a_lost_mirror_is_fetched_anew_however_few_rows_the_store_gives(virtuoso_url: str, tmp_path: Path) -> None:
    many = {
        Triple(NamedNode(f"{EX}{n}"), NamedNode(EX + "p"), Literal(f"значение {n}", language="ru"))
        for n in range(2 * CAP + CAP // 2)
    }
    with machine(virtuoso_url, tmp_path / "one") as one:
        put(one, ONE, many)
        with machine(virtuoso_url, tmp_path / "two") as two:
            assert quads(one) == quads(two)
            assert in_graph(two, ONE) == many
        put(one, ONE, set(list(many)[:10]))
        assert len(in_graph(one, ONE)) == one.endpoint.count(ONE) == 10


@pytest.mark.parametrize("server", ["milcoop", "virtuoso"])
def test_values_come_back_as_they_were(server: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    url: str = request.getfixturevalue(f"{server}_url")
    node, name = NamedNode(EX + "a"), NamedNode(EX + "p")
    values: list[Any] = [
        BlankNode("b1"),
        Literal("a"),
        Literal("a", language="kk"),
        Literal('two\nlines, "quoted" \\ «кавычки» 𝔘\t'),
        Literal(""),
        Literal("x" * 100_000),
        *(
            Literal(text, datatype=NamedNode(XSD[kind]))
            for text, kind in [
                ("2019", "gYear"), ("2019-05", "gYearMonth"), ("2019-05-03", "date"),
                ("2019-05-03T10:00:00.5+05:00", "dateTime"), ("true", "boolean"), ("false", "boolean"),
                ("0.90", "decimal"), ("007", "integer"), ("12", "nonNegativeInteger"), ("0.1", "double"),
                ("http://example.org/x y", "anyURI"),
            ]
        ),
    ]  # fmt: skip
    with machine(url, tmp_path / "one") as one, machine(url, tmp_path / "two") as two:
        put(one, ONE, {Triple(node, name, value) for value in values} | {Triple(BlankNode("b1"), name, node)})
        assert len(in_graph(one, ONE)) == len(values) + 1
        assert quads(one) == quads(two)
        put(two, ONE, set())
        assert one.endpoint.count(ONE) == 0
        assert in_graph(one, ONE) == set()


def test_what_others_write_past_milcoop_is_found_by_inferring_anew(milcoop_url: str, tmp_path: Path) -> None:
    with machine(milcoop_url, tmp_path / "one") as one:
        put(one, ONE, ARSENAL)
        one.endpoint.add(ONE, turtle(":Depot :in :Arsenal ."))
        assert not turtle(":Depot :in :KAZ .") & merged(one)
        one.infer()
        assert turtle(":Depot :in :Arsenal . :Depot :in :KAZ .") <= merged(one)
        assert one.endpoint.triples(one.merged) == merged(one)
        put(one, ONE, ARSENAL)
        assert one.endpoint.triples(ONE) == in_graph(one, ONE) == ARSENAL


def test_what_is_not_milcoops_is_left_alone(milcoop_url: str, tmp_path: Path) -> None:
    foreign = EX + "foreign"
    endpoint = Endpoint(RemoteAccess.of(milcoop_url))
    endpoint.add(foreign, ARSENAL)
    with machine(milcoop_url, tmp_path / "one") as one:
        with one.snapshot() as snapshot:
            assert foreign not in snapshot.graphs()
        with one.transaction() as transaction:
            transaction.update("DROP ALL")
    assert endpoint.triples(foreign) == ARSENAL
    endpoint.close()


# Faults


class Dying(Sender):
    """Sends so many writes, and then nothing any more: as if the process had been killed."""

    def __init__(self, access: RemoteAccess, writes: int) -> None:
        super().__init__(access)
        self.left = writes

    def send(self, method: str, url: str, **request: Any) -> httpx.Response:
        if self.left <= 0:
            raise StoreError("this process is dead")
        signs_of_life = b"beat" in (request.get("content") or b"").partition(b"WHERE")[0]
        if request.get("form") is None and not signs_of_life:  # queries are sent as forms
            self.left -= 1
        return super().send(method, url, **request)


@pytest.mark.parametrize("writes", range(1, 5))
def test_a_writer_that_dies_leaves_the_state_before_or_the_state_after(
    milcoop_url: str, tmp_path: Path, writes: int
) -> None:
    with machine(milcoop_url, tmp_path / "healthy") as healthy:
        put(healthy, ONE, ARSENAL)
        before = quads(healthy)
        with machine(milcoop_url, tmp_path / "dying") as dying:
            dying.snapshot().close()
        sender = Dying(RemoteAccess.of(milcoop_url), writes)
        # The right to write, which graphs will change, their changes, the commit.
        with machine(milcoop_url, tmp_path / "dying", sender) as dying:
            done = True
            try:
                with dying.transaction() as transaction:
                    transaction.drop_graph(ONE)
                    transaction.put_graph(TWO, turtle(":Depot :in :Astana ."))
            except StoreError:
                done = False
        assert done == (writes == 4)

        with healthy.transaction() as transaction:
            assert (ONE in {name.value for name in transaction.rdf.named_graphs()}) == (not done)
        assert (quads(healthy) == before) == (not done)
        with machine(milcoop_url, tmp_path / "fresh") as fresh:
            assert quads(fresh) == quads(healthy)


def test_half_a_change_that_nobody_can_take_back_is_inferred_from(milcoop_url: str, tmp_path: Path) -> None:
    with machine(milcoop_url, tmp_path / "one") as one:
        put(one, ONE, ARSENAL)
    sender = Dying(RemoteAccess.of(milcoop_url), 3)
    with machine(milcoop_url, tmp_path / "one", sender) as dying, pytest.raises(StoreError):
        put(dying, TWO, turtle(":Depot :in :Astana ."))

    with machine(milcoop_url, tmp_path / "fresh") as fresh:
        with pytest.raises(StoreError, match="being written"):  # nobody reads half a change
            fresh.snapshot()
        fresh.infer()
        assert in_graph(fresh, TWO) == turtle(":Depot :in :Astana .")
        assert in_graph(fresh, GRAPH_INFERRED) == turtle(":Depot :in :KAZ . :Arsenal :in :KAZ .")
        with fresh.snapshot() as snapshot:
            assert fresh.endpoint.triples(fresh.merged) == merged(fresh)
            assert merged(fresh) == {triple for graph in snapshot.graphs() for triple in snapshot.triples(graph)}


def test_a_store_that_cannot_be_reached_is_told_in_a_sentence(tmp_path: Path, unhurried: None) -> None:
    with pytest.raises(StoreError, match="cannot be reached"):
        machine("http://127.0.0.1:1/sparql", tmp_path / "mirror")


def test_without_leave_to_make_one_there_must_be_a_store(milcoop_url: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no graph of milcoop"):
        machine(milcoop_url, tmp_path / "mirror", create=False)


def test_a_folder_that_is_a_store_is_never_taken_for_a_mirror(milcoop_url: str, tmp_path: Path) -> None:
    open_store(tmp_path / "own", bare=True).close()
    with pytest.raises(StoreError, match="no mirror"):
        machine(milcoop_url, tmp_path / "own")


def test_only_the_present_state_is_kept(milcoop_url: str, tmp_path: Path) -> None:
    with machine(milcoop_url, tmp_path / "one") as one:
        put(one, ONE, ARSENAL)
        [kept] = one.snapshots()
        assert kept.number == one.generation
        with pytest.raises(NotFound, match="only the present state"):
            one.snapshot_at(kept.number - 1)


# Credentials


def test_a_wrong_password_is_told_and_never_shown(virtuoso_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MILCOOP_STORE_PASSWORD", PASSWORD)
    access = RemoteAccess.of(virtuoso_url)
    assert PASSWORD not in repr(access)
    with pytest.raises(Refused, match="401") as told:
        open_store(virtuoso_url)
    assert PASSWORD not in str(told.value)


def test_an_address_with_a_password_is_refused_without_repeating_it() -> None:
    with pytest.raises(BadUsage) as told:
        open_store(f"http://dba:{PASSWORD.replace(' ', '-')}@localhost/sparql")
    assert PASSWORD.replace(" ", "-") not in str(told.value)


@pytest.mark.parametrize(
    ("challenge", "begins"), [('Digest realm="r", nonce="n", qop="auth"', "Digest "), ('Basic realm="r"', "Basic ")]
)
def test_the_password_is_given_in_the_way_that_is_asked_for(challenge: str, begins: str) -> None:
    seen: list[str | None] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers.get("authorization"))
        if seen[-1] is None:
            return httpx.Response(401, headers={"WWW-Authenticate": challenge})
        return httpx.Response(200)

    access = RemoteAccess("http://example.org/sparql", user="u", password="p")
    Sender(access, httpx.MockTransport(answer)).send("POST", access.query, content=b"x")
    assert seen[0] is None
    assert str(seen[1]).startswith(begins)


# Trying again


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Pauses are counted, not waited for."""
    pauses: list[float] = []
    monkeypatch.setattr("graph.store.remote.sending.time.sleep", pauses.append)
    return pauses


def sender_of(answers: list[httpx.Response | Exception]) -> tuple[Sender, Callable[[], int]]:
    """A sender to a store that gives these answers, the last one again and again; and how often it was asked."""
    asked = 0

    def answer(_: httpx.Request) -> httpx.Response:
        nonlocal asked
        given = answers[min(asked, len(answers) - 1)]
        asked += 1
        if isinstance(given, Exception):
            raise given
        return httpx.Response(given.status_code, headers=given.headers, text=given.text)

    return Sender(RemoteAccess("http://example.org/sparql"), httpx.MockTransport(answer)), lambda: asked


@pytest.mark.parametrize("passing", [429, 502, 503, 504, httpx.ConnectError("refused"), httpx.ReadError("reset")])
def test_what_may_pass_is_tried_again(passing: int | Exception, unhurried: list[float]) -> None:
    first = passing if isinstance(passing, Exception) else httpx.Response(passing)
    sender, asked = sender_of([first, first, httpx.Response(200, text="done")])
    assert sender.send("POST", "http://example.org/sparql").text == "done"
    assert asked() == 3
    assert 0 < unhurried[0] < unhurried[1] * 2


@pytest.mark.parametrize("status", [400, 401, 403, 404, 500])
def test_what_will_not_pass_is_told_at_once(status: int, unhurried: list[float]) -> None:
    sender, asked = sender_of([httpx.Response(status, text="line 1: no such thing")])
    with pytest.raises(Refused, match=f"{status}: line 1: no such thing") as told:
        sender.send("POST", "http://example.org/sparql")
    assert told.value.status == status
    assert (asked(), unhurried) == (1, [])


def test_a_store_is_waited_for_as_long_as_it_says(unhurried: list[float]) -> None:
    sender, _ = sender_of([httpx.Response(503, headers={"Retry-After": "7"}), httpx.Response(200)])
    sender.send("GET", "http://example.org/sparql")
    assert unhurried == [7.0]


@pytest.mark.parametrize("unknown", [502, 504, httpx.ReadTimeout("slow"), httpx.RemoteProtocolError("gone")])
def test_what_may_have_arrived_and_must_not_arrive_twice_is_not_sent_again(
    unknown: int | Exception, unhurried: list[float]
) -> None:
    sender, asked = sender_of([unknown if isinstance(unknown, Exception) else httpx.Response(unknown)])
    with pytest.raises(StoreError):
        sender.send("POST", "http://example.org/update", again=False)
    assert (asked(), unhurried) == (1, [])


def test_what_a_store_does_not_take_at_once_it_gets_in_parts() -> None:
    sizes: list[int] = []

    def answer(request: httpx.Request) -> httpx.Response:
        lines = request.content.decode().count(" .\n")
        if lines > 30:
            return httpx.Response(400, text="memory exhausted")
        sizes.append(lines)
        return httpx.Response(200, json={"head": {"vars": ["s"]}, "results": {"bindings": []}})

    access = RemoteAccess("http://example.org/sparql")
    endpoint = Endpoint(access, Sender(access, httpx.MockTransport(answer)))
    endpoint.add(ONE, [Triple(NamedNode(EX + "a"), NamedNode(EX + "p"), Literal(str(n))) for n in range(100)])
    assert sum(sizes) == 100


@pytest.mark.parametrize(
    ("address", "headers", "update", "graphs"),
    [
        ("http://h:8890/sparql-auth", {}, "http://h:8890/sparql-auth", "http://h:8890/sparql-graph-crud-auth"),
        ("http://h/sparql", {"server": "Virtuoso/07.20"}, "http://h/sparql", "http://h/sparql-graph-crud"),
        ("http://h/sparql", {"x-milcoop-snapshot": "3"}, "http://h/update", "http://h/graphs"),
        ("http://h/ds/sparql", {"fuseki-request-id": "1"}, "http://h/ds/update", "http://h/ds/data"),
        ("http://h/repositories/r", {}, "http://h/repositories/r/statements", "http://h/repositories/r/rdf-graphs/service"),
        ("http://h:5820/db/query", {}, "http://h:5820/db/update", "http://h:5820/db"),
        ("http://h/anything", {}, "http://h/anything", ""),
    ],
)  # fmt: skip
def test_where_a_product_takes_what_is_told_by_its_address_and_answers(
    address: str, headers: dict[str, str], update: str, graphs: str
) -> None:
    found = RemoteAccess(address).addresses(headers)
    assert (found.query, found.update, found.graphs) == (address, update, graphs)
