"""Requests that come again byte by byte: the same answers, told and limited like any others."""

import errno
import re
import selectors
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from werkzeug.wrappers import Response as Answer

from server.again import head_of_request
from server.application import create_app
from server.settings import read_settings
from server.tokens import TokenFile
from server.web_worker import WebWorker
from tests.waiting import until

from .serving import Server, start_server
from .test_observed import events, metric

TOKEN = "a token of this module"
WHAT = "SELECT ?o { <http://x/s> <http://x/p> ?o }"
PATH = "/sparql?query=" + quote(WHAT)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = start_server("--store", str(tmp_path_factory.mktemp("again") / "store"), "--bare", MILCOOP_TOKEN=TOKEN)
    write(running, 1)
    yield running
    running.stop()


def write(server: Server, value: int) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "text/turtle"}
    data = f"<http://x/s> <http://x/p> {value} .".encode()
    assert server.request("/graphs?default", "PUT", data, headers).status in {200, 201, 204}


def head(path: str = PATH, *lines: str) -> bytes:
    return "\r\n".join([f"GET {path} HTTP/1.1", "Host: there", *lines, "", ""]).encode()


class Client:
    """One connection, on which bytes are sent as they are given."""

    def __init__(self, server: Server, comes_from: str = "127.0.0.1") -> None:
        parts = urlsplit(server.url)
        self.socket = socket.create_connection((parts.hostname or "", parts.port or 0), 120, (comes_from, 0))
        self._left = b""

    def __del__(self) -> None:
        self.socket.close()

    def ask(self, *pieces: bytes) -> tuple[int, dict[str, str], bytes]:
        for piece in pieces:
            self.socket.sendall(piece)
            time.sleep(0.02 if len(pieces) > 1 else 0)
        return self.answer()

    def answer(self) -> tuple[int, dict[str, str], bytes]:
        while b"\r\n\r\n" not in self._left:
            self._receive()
        told, _, self._left = self._left.partition(b"\r\n\r\n")
        first, *lines = told.decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        length = int(headers.get("content-length", 0))
        while len(self._left) < length:
            self._receive()
        body, self._left = self._left[:length], self._left[length:]
        return int(first.split()[1]), headers, body

    def _receive(self) -> None:
        data = self.socket.recv(65_536)
        assert data, "the server has closed the connection"
        self._left += data


def test_the_same_bytes_have_the_same_answer_but_for_its_date_and_its_id(bare: Server) -> None:
    client = Client(bare)
    answers = [client.ask(head(PATH, "X-Any: one")) for _ in range(5)]
    assert {status for status, _, _ in answers} == {200}
    assert len({body for _, _, body in answers}) == 1
    ids = [headers.pop("x-request-id") for _, headers, _ in answers]
    assert len(set(ids)) == 5 and all(re.fullmatch("[0-9a-f]{32}", one) for one in ids)
    dates = [headers.pop("date") for _, headers, _ in answers]
    assert all(re.fullmatch(r"\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT", date) for date in dates)
    assert all(headers == answers[0][1] for _, headers, _ in answers)


def test_they_are_counted_and_logged_like_the_first(bare: Server) -> None:
    client, names = Client(bare), ("milcoop_query_rows_count", "milcoop_http_request_seconds_count")
    before = [metric(bare, name) for name in names]
    ids = [client.ask(head(PATH, "X-Any: two"))[1]["x-request-id"] for _ in range(5)]
    after = [metric(bare, name) for name in names]
    assert after[0] == before[0] + 5
    assert after[1] >= before[1] + 5
    for one in ids:
        until(lambda: events(bare, event="request.answered", request_id=one))  # noqa: B023
    first, *others = ([e for e in events(bare, request_id=one) if e["event"] != "query.evaluated"] for one in ids)
    assert [e["event"] for e in others[-1]] == ["query.cached", "request.answered"]
    assert first[-1].keys() <= others[-1][-1].keys()
    told = ("event", "method", "path", "status", "level", "query")
    assert {tuple(of[-1].get(name) for name in told) for of in others} == {tuple(first[-1].get(name) for name in told)}


def test_after_a_write_the_answer_is_another(bare: Server) -> None:
    client = Client(bare)
    for value in (7, 8, 9):
        write(bare, value)
        for _ in range(3):
            assert f'"{value}"'.encode() in client.ask(head())[2]


def test_who_has_the_answer_is_told_so_again_and_again_until_a_write(bare: Server) -> None:
    client = Client(bare)
    tag = client.ask(head())[1]["etag"]
    for _ in range(4):
        status, headers, body = client.ask(head(PATH, f"If-None-Match: {tag}"))
        assert (status, headers["etag"], body) == (304, tag, b"")
    write(bare, 17)
    status, headers, _ = client.ask(head(PATH, f"If-None-Match: {tag}"))
    assert status == 200 and headers["etag"] != tag


def test_heads_that_come_in_pieces_or_two_at_a_time_are_answered_each(bare: Server) -> None:
    client, asked = Client(bare), head(PATH, "X-Any: three")
    body = client.ask(asked)[2]
    assert client.ask(asked)[2] == body
    assert client.ask(asked[:30], asked[30:])[2] == body
    client.socket.sendall(asked + asked + asked)
    assert [client.answer()[2] for _ in range(3)] == [body] * 3
    assert client.ask(asked)[2] == body


def test_the_first_bytes_of_a_head_are_no_request_that_came_before(bare: Server) -> None:
    client = Client(bare)
    for length in range(1, 8):
        for value in (1, 2):
            text = quote(f"SELECT ({length * 10 + value} AS ?o) {{}}")
            asked = head(f"/sparql?query={text}")
            assert f'"{length * 10 + value}"'.encode() in client.ask(asked[:length], asked[length:])[2]


def test_a_body_is_never_taken_for_the_next_request(bare: Server) -> None:
    client, asked = Client(bare), head(PATH, "Content-Length: 4")
    for _ in range(3):
        assert client.ask(asked + b"none")[0] == 200
        assert client.ask(asked, b"none")[0] == 200


def test_what_else_counts_keeps_a_request_from_being_known(bare: Server) -> None:
    client = Client(bare)
    for line in ("X-Request-Id: mine", "Authorization: Bearer nobody", "Range: bytes=0-3"):
        ids = [client.ask(head(PATH, line))[1]["x-request-id"] for _ in range(3)]
        assert ids == ["mine"] * 3 or len(set(ids)) == 3
    now = "/sparql?query=" + quote("SELECT (STRUUID() AS ?u) {}")
    assert len({client.ask(head(now))[2] for _ in range(4)}) == 4


def test_who_wants_the_connection_closed_finds_it_closed(bare: Server) -> None:
    for _ in range(3):
        client = Client(bare)
        status, headers, _ = client.ask(head(PATH, "Connection: close"))
        assert (status, headers["connection"]) == (200, "close")
        assert client.socket.recv(1) == b""


def test_a_client_that_does_not_close_its_connection_keeps_nobody_waiting(bare: Server) -> None:
    held = [Client(bare) for _ in range(12)]  # one after the other, they could linger longer than a client waits
    for client in held:
        assert client.ask(head(PATH, "Connection: close"))[0] == 200
    assert Client(bare).ask(head())[0] == 200


def test_connections_that_are_kept_leave_room_for_others(tmp_path: Path) -> None:
    limits = ("--connections", "50", "--threads", "20")
    server = start_server("--store", str(tmp_path / "store"), "--bare", "--no-sample", *limits)
    try:
        clients = [Client(server) for _ in range(40)]
        told = [client.ask(head())[1]["connection"] for client in clients]
        assert 20 < told.count("keep-alive") <= 50 - 20
    finally:
        server.stop()


def test_a_large_answer_reaches_a_client_that_reads_late(bare: Server) -> None:
    many = "/sparql?query=" + quote("SELECT * { VALUES ?a {%s} VALUES ?b {%s} }" % (("1 2 3 4 5 6 7 8 9 " * 20,) * 2))
    client = Client(bare)
    body = client.ask(head(many))[2]
    assert len(body) > 1_000_000
    client.socket.sendall(head(many))
    time.sleep(0.3)
    assert client.answer()[2] == body
    assert client.ask(head())[0] == 200


def test_the_rate_of_a_client_holds_for_them_too(tmp_path: Path) -> None:
    server = start_server("--store", str(tmp_path / "store"), "--bare", "--client-rate", "2")
    try:
        client = Client(server)
        statuses = [client.ask(head())[0] for _ in range(60)]
        assert statuses[:5] == [200] * 5
        assert 429 in statuses
    finally:
        server.stop()


def test_what_a_proxy_says_counts_only_where_it_comes_from_that_proxy(bare: Server) -> None:
    asked = head(PATH, "X-Forwarded-Proto: https")
    proxy, other = Client(bare), Client(bare, "127.0.0.2")
    for client, is_secure in [(other, False), (other, False), (proxy, True), (proxy, True), (other, False)]:
        assert ("strict-transport-security" in client.ask(asked)[1]) is is_secure


def test_clients_that_come_past_the_proxy_are_limited_each_by_itself(tmp_path: Path) -> None:
    server = start_server("--store", str(tmp_path / "store"), "--bare", "--client-rate", "1", "--proxies", "1")
    try:
        one, other = Client(server, "127.0.0.2"), Client(server, "127.0.0.3")
        assert 429 in [one.ask(head())[0] for _ in range(30)]
        assert other.ask(head())[0] == 200
    finally:
        server.stop()


def test_pages_tell_at_once_that_there_is_a_token_now(tmp_path: Path) -> None:
    server = start_server("--store", str(tmp_path / "store"), "--bare", "--no-sample")
    try:
        client, asked = Client(server), head("/sparql", "Accept: text/html")
        answers = [client.ask(asked) for _ in range(3)]
        assert all(b"read-only" in body for _, _, body in answers)
        TokenFile(tmp_path / "store" / "tokens.json").create("first", ("load",))
        assert b"read-only" not in client.ask(asked)[2]
        again = head("/sparql", "Accept: text/html", f"If-None-Match: {answers[0][1]['etag']}")
        assert [client.ask(again)[0] for _ in range(2)] == [200, 200]
    finally:
        server.stop()


@pytest.mark.parametrize("fails", [False, True])
def test_an_answer_that_failed_in_the_end_is_not_kept(tmp_path: Path, fails: bool) -> None:
    app = create_app(read_settings({"store": str(tmp_path / "store"), "bare": True}))

    def last(answer: Answer) -> Answer:
        if fails and answer.status_code == 200:
            raise MemoryError
        return answer

    app.after_request_funcs[None].insert(0, last)  # those that were installed first come last
    known = head_of_request.set(head("/sparql"))
    try:
        answer = app.test_client().get("/sparql", headers={"Accept": "text/turtle"})
        assert answer.status_code == (500 if fails else 200)
        assert (app.extensions["milcoop.again"].answer(head("/sparql"), "127.0.0.1") is None) is fails
    finally:
        head_of_request.reset(known)
        app.extensions["milcoop"].close()


class _Unreachable(socket.socket):
    """A connection whose other end does not answer any more."""

    def recv(self, *_: object) -> bytes:
        raise TimeoutError(errno.ETIMEDOUT, "Connection timed out")


def test_a_closed_connection_that_times_out_ends_nothing_else() -> None:
    worker = object.__new__(WebWorker)
    worker.poller, worker.worker_connections, worker._lingering = selectors.DefaultSelector(), 100, {}
    ours, theirs = socket.socketpair()
    with theirs, worker.poller, _Unreachable(fileno=ours.detach()) as closing:
        worker.linger(closing)
        for key, _ in worker.poller.select(0) or [(worker.poller.get_key(closing), 0)]:
            key.data(key.fileobj)
        assert not worker.poller.get_map() and closing.fileno() == -1
