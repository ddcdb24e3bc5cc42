"""SERVICE on the way out: the engine calls us, and we call what it means, kept to the allow-list.

The engine makes its own HTTP requests: it looks names up, follows redirects and waits as it likes. So it is given
addresses of this relay in the place of the services', and the relay makes the calls (`graph.query.outbound`).
"""

import http.server
import secrets
import threading
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from graph.errors import MilcoopError
from graph.query.outbound import CallFailed, Outbound
from graph.query.tokens import tokens

__all__ = ["ServiceRelay"]

_PASSED_ON = ("Accept", "Content-Type")
_MAX_QUERY_BYTES = 1 << 24


class ServiceRelay:
    """Listens on this machine while a query is evaluated; nobody else knows the address.

    Arguments:
        outbound: the way out.
    """

    def __init__(self, outbound: Outbound) -> None:
        self._outbound = outbound
        self._targets: dict[str, str] = {}
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self.was_called = False
        self.failures: list[MilcoopError] = []

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def rewritten(self, query: str) -> str:
        """The query, which calls the relay where it called services by their IRIs."""
        parts, end, called = [], 0, False
        for token in tokens(query):
            if token.kind == "comment":
                continue
            if called and token.kind == "iri":
                parts += [query[end : token.begin], f"<{self._address(token.text[1:-1])}>"]
                end = token.begin + len(token.text)
            called = token.is_word("SERVICE") or (called and token.is_word("SILENT"))
        return "".join([*parts, query[end:]])

    def _address(self, target: str) -> str:
        path = "/" + secrets.token_urlsafe(24)
        self._targets[path] = target
        return f"http://127.0.0.1:{self._server.server_address[1]}{path}"

    def _answer(self, path: str, method: str, headers: dict[str, str], body: bytes) -> tuple[int, str, bytes]:
        parts = urlsplit(path)
        target = self._targets.get(parts.path)
        if target is None:
            return 404, "text/plain", b""
        self.was_called = True
        try:
            query = f"{'&' if '?' in target else '?'}{parts.query}" if parts.query else ""
            received = self._outbound.call(target + query, method, headers, body or None)
        except MilcoopError as error:
            self.failures.append(error)
            return 502, "text/plain", str(error).encode()
        if received.status >= 300:
            self.failures.append(CallFailed(f"{target} answers with status {received.status}"))
        return received.status, received.content_type or "application/octet-stream", received.body

    def _handler(self) -> type[http.server.BaseHTTPRequestHandler]:
        relay = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._relayed("GET")

            def do_POST(self) -> None:
                self._relayed("POST")

            def _relayed(self, method: str) -> None:
                length = min(int(self.headers.get("Content-Length", 0)), _MAX_QUERY_BYTES)
                headers = {name: self.headers[name] for name in _PASSED_ON if name in self.headers}
                status, content_type, body = relay._answer(self.path, method, headers, self.rfile.read(length))
                self.send_response(status)
                self.send_header("Content-Type", content_type)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Nothing: the process has nowhere to say it."""

        return Handler
