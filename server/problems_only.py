"""What is no HTTP is answered with a problem document and the security headers, and nothing of what was sent."""

import json
import socket
from http import HTTPStatus
from typing import Any

from server.security import SECURITY_HEADERS

__all__ = ["ProblemsOnly"]


class ProblemsOnly:
    """A socket that sends a problem document in the place of gunicorn's page, which repeats what was sent.

    Arguments:
        client: the socket.
        detail: what is wrong, in one sentence; None where nothing is known but that it is no HTTP.
    """

    def __init__(self, client: socket.socket, detail: str | None = None) -> None:
        self._client = client
        self._detail = detail or "This is no HTTP request"

    def gettimeout(self) -> float:
        """It waits for nothing."""
        return 0.0

    def sendall(self, page: bytes) -> None:
        """Send the problem that a page tells of."""
        status = HTTPStatus(int(page.split(b" ", 2)[1]))
        document = {
            "type": "about:blank",
            "title": status.phrase,
            "status": status,
            "detail": self._detail,
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
