"""A web process: gunicorn's threads, which do not wait for clients that send nothing, and tell errors as we do.

What is no HTTP never reaches the application. It is answered here: with a problem document, the security headers, and
nothing of what was sent.
"""

import errno
import json
import selectors
import socket
import struct
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Any

from gunicorn.http.body import LengthReader
from gunicorn.workers.gthread import TConn, ThreadWorker

from server.security import SECURITY_HEADERS

__all__ = ["WebWorker"]

_SILENT_SECONDS = 15
"""How long a client may send nothing within a request, or take nothing of an answer."""

_FAST_SECONDS = 1
"""Who has sent a request within so many seconds is never let go of for the sake of others."""

_HEADER_SECONDS = 20
"""How long it may take over the head of a request, a byte now and then."""

_MANY_OPEN = 0.9
"""From this part of the connections on that may be open, those that wait for nothing are closed, the oldest first."""


@dataclass(slots=True)
class _Receiving:
    """A request that is being received: since when, and its body once the head is there."""

    since: float
    body: Any = None

    @property
    def is_received(self) -> bool:
        """Whether all of it is there."""
        if self.body is None:
            return False
        reader = self.body.reader
        return not (reader.length if isinstance(reader, LengthReader) else getattr(reader, "parser", None))


class WebWorker(ThreadWorker):  # type: ignore[misc]
    """gunicorn's worker with threads, with bounds on how long a client may keep one of them waiting.

    A connection on which nothing has come has no thread. A request must have come as a whole within `request_seconds`
    of the settings; and while more than half of the threads wait for bytes of requests, those that have
    waited longest are let go of.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._receiving: dict[Any, _Receiving] = {}

    def accept(self, listener: Any) -> None:
        """Take a connection, and wait for its first bytes without a thread."""
        try:
            client, address = listener.accept()
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK):
                raise
            return
        self.nr_conns += 1
        conn = TConn(self.cfg, client, address, listener.getsockname())
        conn.timeout = time.monotonic() + self.cfg.keepalive
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def enqueue_req(self, conn: Any) -> None:
        """Hand a connection to a thread."""
        with suppress(OSError):
            bound = struct.pack("ll", _SILENT_SECONDS, 0)
            conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, bound)
            conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, bound)
        super().enqueue_req(conn)

    def handle(self, conn: Any) -> Any:
        """Read a request and answer it; in a thread."""
        self._receiving[conn] = _Receiving(time.monotonic())
        try:
            return super().handle(conn)
        finally:
            self._receiving.pop(conn, None)

    def handle_request(self, req: Any, conn: Any) -> Any:
        """Answer a request whose head has been read."""
        self._receiving[conn] = _Receiving(self._receiving[conn].since, req.body)
        return super().handle_request(req, conn)

    def murder_pending(self) -> None:
        """Let go of connections that keep one waiting; called every second."""
        too_many = self.nr_conns - int(self.worker_connections * _MANY_OPEN)
        for conn in list(self.pending_conns)[: max(0, too_many)]:
            conn.timeout = 0.0
        super().murder_pending()
        now = time.monotonic()
        slow = sorted(
            ((one.since, conn, one) for conn, one in list(self._receiving.items()) if not one.is_received),
            key=lambda entry: entry[0],
        )
        too_many = len(slow) - self.cfg.threads // 2
        whole = self.wsgi.extensions["milcoop"].settings.request_seconds
        for place, (since, conn, one) in enumerate(slow):
            bound = _FAST_SECONDS if place < too_many else _HEADER_SECONDS if one.body is None else whole
            if now - since > bound:
                with suppress(OSError):
                    conn.sock.shutdown(socket.SHUT_RD)  # who reads from it learns that there is no more

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Any) -> None:
        """Answer what is no request."""
        super().handle_error(req, _Problems(client), addr, exc)


class _Problems:
    """A socket that sends a problem document in the place of gunicorn's page, which repeats what was sent."""

    def __init__(self, client: socket.socket) -> None:
        self._client = client

    def gettimeout(self) -> float:
        return 0.0

    def sendall(self, page: bytes) -> None:
        status = HTTPStatus(int(page.split(b" ", 2)[1]))
        document = {
            "type": "about:blank",
            "title": status.phrase,
            "status": status,
            "detail": "This is no HTTP request",
        }
        if status >= 500:
            document["detail"] = "The server failed on this request"
        body = json.dumps(document).encode() + b"\n"
        head = {
            "Connection": "close", "Content-Type": "application/problem+json", "Content-Length": str(len(body)),
            "Cache-Control": "no-store", **SECURITY_HEADERS,
        }  # fmt: skip
        lines = [f"HTTP/1.1 {status.value} {status.phrase}", *(f"{name}: {value}" for name, value in head.items())]
        self._client.sendall("\r\n".join([*lines, "", ""]).encode("latin-1") + body)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)
