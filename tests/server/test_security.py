"""What protects readers and the server: headers on every answer, nothing sent back, no thread kept waiting."""

import socket
import time
from urllib.parse import quote, urlsplit

import pytest

from .serving import Server

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
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    ],
    ids=range(8),
)
def test_what_is_no_http_is_answered_with_a_problem_document(server: Server, data: bytes) -> None:
    head, _, body = raw(server, data).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 4")
    assert b"application/problem+json" in head
    assert b"Content-Security-Policy" in head
    assert SCRIPT.encode() not in head + body
    assert server.get("/healthz").status == 200


def test_clients_that_send_half_a_request_keep_nobody_waiting(server: Server) -> None:
    parts = urlsplit(server.url)
    slow = [socket.create_connection((parts.hostname or "", parts.port or 0)) for _ in range(40)]
    try:
        for connection in slow:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        begun = time.monotonic()
        assert server.get("/healthz").status == 200
        assert time.monotonic() - begun < 45
        slow[0].settimeout(40)
        assert slow[0].recv(1) == b"", "the server has let go of it"
    finally:
        for connection in slow:
            connection.close()
