"""A web process: gunicorn's threads, which do not wait for clients that send nothing, and tell errors as we do.

What is no HTTP never reaches the application. It is answered here: with a problem document, the security headers, and
nothing of what was sent.
"""

import json
import socket
import struct
import time
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from server.security import SECURITY_HEADERS

__all__ = ["WebWorker"]

_SILENT_SECONDS = 15
"""How long a client may send nothing within a request, or take nothing of an answer."""

_HEADER_SECONDS = 20
"""How long it may take over the head of a request, a byte now and then."""


class WebWorker(ThreadWorker):  # type: ignore[misc]
    """gunicorn's worker with threads, with bounds on how long a client may keep one of them waiting."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._reading: dict[Any, float] = {}

    def enqueue_req(self, conn: Any) -> None:
        """Hand a connection to a thread."""
        with suppress(OSError):
            bound = struct.pack("ll", _SILENT_SECONDS, 0)
            conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, bound)
            conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, bound)
        super().enqueue_req(conn)

    def handle(self, conn: Any) -> Any:
        """Read a request and answer it; in a thread."""
        self._reading[conn] = time.monotonic()
        try:
            return super().handle(conn)
        finally:
            self._reading.pop(conn, None)

    def handle_request(self, req: Any, conn: Any) -> Any:
        """Answer a request whose head has been read."""
        self._reading.pop(conn, None)
        return super().handle_request(req, conn)

    def murder_pending(self) -> None:
        """Let go of connections that keep one waiting; called every second."""
        super().murder_pending()
        late = time.monotonic() - _HEADER_SECONDS
        for conn, since in list(self._reading.items()):
            if since < late:
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
