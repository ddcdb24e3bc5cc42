"""What protects readers and the server: headers on every answer, nothing sent back, no thread kept waiting."""

import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from .serving import Server, start_server

EVERYWHERE = [
    "/", "/sparql", "/sparql?query=ASK%7B%7D", "/sparql?query=SELEC", "/none", "/graphs?default", "/healthz",
    "/metrics", "/export/turtle", "/id/state/KAZ", "/static/icon.svg", "/-/settings", "/documents",
]  # fmt: skip
SENT_TO = [
    "/sparql?query=%s", "/sparql?query=ASK%7B%7D&format=%s", "/%s", "/id/%s", "/page?iri=%s", "/queries/%s",
    "/search?q=%s", "/explain?s=%s&p=%s&o=%s", "/graphs?graph=%s", "/export/%s", "/?lang=%s", "/sparql?edit=%s",
    "/queries/memberships-of-a-state?state=%s", "/documents/%s", "/data/%s", "/ontology?format=%s",
]  # fmt: skip
SCRIPT = "<script>alert('reflected')</script>"


@pytest.mark.parametrize("path", EVERYWHERE)
@pytest.mark.parametrize("accept", ["text/html", "*/*"])
def test_every_answer_has_the_headers(server: Server, path: str, accept: str) -> None:
    headers = server.get(path, accept).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "python" not in headers.get("server", "").lower()


@pytest.mark.parametrize("path", SENT_TO)
def test_nothing_comes_back_as_it_was_sent(server: Server, path: str) -> None:
    for text in (SCRIPT, f"\"'>{SCRIPT}", f"http://x/{SCRIPT}"):
        for accept in ("text/html", "*/*"):
            answer = server.get(path.replace("%s", quote(text, safe="")), accept)
            assert answer.status < 500
            if answer.media_type == "text/html":
                assert SCRIPT not in answer.text
            else:
                assert answer.headers["x-content-type-options"] == "nosniff"
                assert answer.media_type not in {"text/plain", "image/svg+xml", "application/xhtml+xml"}
            assert all(SCRIPT not in value for value in answer.headers.values())


def test_headers_that_clients_send_do_not_come_back(server: Server) -> None:
    answer = server.get("/healthz", X_Request_Id=SCRIPT, Origin="http://evil.example")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    assert len(answer.headers["x-request-id"]) == 32


def raw(server: Server, data: bytes, seconds: float = 30) -> bytes:
    parts = urlsplit(server.url)
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=seconds) as connection:
        connection.sendall(data)
        received = b""
        while chunk := connection.recv(65536):
            received += chunk
    return received


@pytest.mark.parametrize(
    "data",
    [
        f"GET {SCRIPT}\r\n\r\n".encode(),
        f"{SCRIPT} / HTTP/1.1\r\n\r\n".encode(),
        f"GET / HTTP/1.1\r\n{SCRIPT}\r\n\r\n".encode(),
        f"GET / {SCRIPT}\r\n\r\n".encode(),
        b"GET /" + b"x" * 20_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nTransfer-Encoding: chunked\r\n"
        b"\r\n3\r\nASKZZ\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    ],
    ids=range(9),
)
def test_what_is_no_http_is_answered_with_a_problem_document(server: Server, data: bytes) -> None:
    head, _, body = raw(server, data).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 4")
    assert b"application/problem+json" in head
    assert b"Content-Security-Policy" in head
    assert SCRIPT.encode() not in head + body
    assert server.get("/healthz").status == 200


@pytest.mark.parametrize(
    "fields",
    [
        b"",
        b"Host: x\r\nHost: x\r\n",
        b"Host: x, y\r\n",
        b"Host: x/y\r\n",
        b"Host: <script>\r\n",
        b"Host: user@x\r\n",
        b"Host: x:port\r\n",
        b"Host: x:65536\r\n",
        b"Host: x:" + b"1" * 5000 + b"\r\n",
        b"Host: [::1\r\n",
        b"Host: [1::2::3]\r\n",
        b"Host: %zz\r\n",
        b"Host: \xd0\xb6\r\n",
    ],
    ids=range(13),
)
@pytest.mark.parametrize("path", [b"/healthz", b"/sparql?query=ASK%7B%7D"], ids=["path", "query"])
def test_a_request_without_one_valid_host_is_refused(server: Server, path: bytes, fields: bytes) -> None:
    good = b"GET %b HTTP/1.1\r\nHost: x\r\nAccept: application/sparql-results+json\r\nConnection: close\r\n\r\n" % path
    bad = good.replace(b"Host: x\r\n", fields)
    for _ in range(2):  # the second time after others that were answered, and may be answered again
        assert raw(server, good).startswith(b"HTTP/1.1 200")
        head, _, body = raw(server, bad).partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 400 Bad Request\r\n")
        assert b"application/problem+json" in head
        assert b'"status": 400' in body and b"script" not in body
    kept = good.replace(b"close", b"keep-alive")
    assert b" 400 " in raw(server, kept + bad), "on a connection that has brought good ones"


@pytest.mark.parametrize(
    "data",
    [
        b"GET /healthz HTTP/1.0\r\n\r\n",  # which knew no such field
        *(
            b"GET /healthz HTTP/1.1\r\nHost:%b\r\nConnection: close\r\n\r\n" % host
            for host in (
                b"",
                b" x",
                b" x:",
                b" x:8080",
                b" 127.0.0.1:1",
                b" [::1]",
                b" [::ffff:1.2.3.4]:80",
                b" a_b.c-d",
            )
        ),
    ],
    ids=range(9),
)
def test_any_valid_host_is_taken(server: Server, data: bytes) -> None:
    assert b" 200 OK\r\n" in raw(server, data)


def test_the_host_of_a_whole_address_counts_more_than_the_field(server: Server) -> None:
    query = b"GET http://there:81/sparql?query=SELECT(%3Cx%3E%20AS%20%3Fx)%7B%7D HTTP/1.1\r\nHost: here\r\n"
    answer = raw(server, query + b"Connection: close\r\n\r\n")
    assert b"http://there:81/x" in answer and b"http://here" not in answer
    assert raw(server, query.replace(b"there:81", b"") + b"\r\n").startswith(b"HTTP/1.1 400")


HALF_A_HEAD = b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "
HALF_A_BODY = (
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 90000\r\n\r\nASK"
)
HALF_A_CHUNK = (
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    b"Transfer-Encoding: chunked\r\n\r\nffff\r\nASK"
)


@pytest.fixture
def strict(tmp_path: Path) -> Iterator[Server]:
    """A server that wants requests within three seconds, and holds few connections."""
    running = start_server(
        "--store", str(tmp_path / "store"), "--bare", "--workers", "1", "--threads", "8", "--request-seconds", "3",
        "--connections", "100",
    )  # fmt: skip
    yield running
    running.stop()


def opened(server: Server, data: bytes, number: int) -> list[socket.socket]:
    parts = urlsplit(server.url)
    found = [socket.create_connection((parts.hostname or "", parts.port or 0)) for _ in range(number)]
    for connection in found:
        connection.sendall(data)
    return found


@pytest.mark.parametrize("data", [HALF_A_HEAD, HALF_A_BODY, HALF_A_CHUNK], ids=["head", "body", "chunk"])
def test_clients_that_send_half_a_request_keep_nobody_waiting(server: Server, data: bytes) -> None:
    slow = opened(server, data, 120)  # more than there are threads
    try:
        assert server.get("/healthz").status == 200  # or it waits until the client of this test gives up
        slow[0].settimeout(40)
        assert slow[0].recv(1) in {b"", b"H"}, "the server has let go of it, with or without a word"
    finally:
        for connection in slow:
            connection.close()


def test_a_body_that_comes_byte_by_byte_has_an_end(strict: Server) -> None:
    (slow,) = opened(strict, HALF_A_BODY, 1)
    with slow:
        slow.settimeout(0.2)
        answer = b""
        deadline = time.monotonic() + 40
        while not answer and time.monotonic() < deadline:
            try:
                slow.sendall(b" ")
                answer = slow.recv(65536)
            except TimeoutError:
                continue
            except OSError:
                break
        assert time.monotonic() < deadline
        assert b" 200 " not in answer
    assert strict.get("/healthz").status == 200


def test_connections_that_say_nothing_keep_nobody_waiting(strict: Server) -> None:
    silent = opened(strict, b"", 300)  # more than may be open
    try:
        assert strict.get("/healthz").status == 200
        assert [strict.sparql("ASK {}").status for _ in range(5)] == [200] * 5
    finally:
        for connection in silent:
            connection.close()


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"GET /healthz?" + b"x" * 9000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", (b"400", b"414")),
        (b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: " + b"x" * 9000 + b"\r\n\r\n", (b"400", b"431")),
        (b"GET /healthz HTTP/1.1\r\nHost: x\r\n" + b"X-Many: x\r\n" * 200 + b"\r\n", (b"400", b"431")),
    ],
    ids=["line", "header", "headers"],
)
def test_what_is_too_long_before_the_body_is_refused(server: Server, data: bytes, status: tuple[bytes, ...]) -> None:
    answer = raw(server, data)
    assert answer.split(b" ", 2)[1] in status
    assert b"application/problem+json" in answer
