"""A web server on this machine that remembers what it was asked."""

import http.server
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

__all__ = ["Listener", "Reply", "listening"]


@dataclass(frozen=True)
class Reply:
    """What it answers."""

    body: bytes = b""
    content_type: str = "text/plain"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Listener:
    """Where it listens, and what it was asked: method and path of each request."""

    url: str
    asked: list[str] = field(default_factory=list)


@contextmanager
def listening(answer: Callable[[str, bytes], Reply] = lambda path, body: Reply()) -> Iterator[Listener]:
    """A server that answers a path and a body by a function."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            listener.asked.append(f"{self.command} {self.path}")
            reply = answer(self.path, self.rfile.read(int(self.headers.get("Content-Length", 0))))
            self.send_response(reply.status)
            for name, value in {"Content-Type": reply.content_type, **reply.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

        do_POST = do_HEAD = do_GET  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        listener = Listener(f"http://127.0.0.1:{server.server_address[1]}")
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield listener
        finally:
            server.shutdown()
            thread.join()
