"""A server that speaks the protocol of chat completions and says what a test wants it to say."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Endpoint:
    """The server's address, what it answers in turn, and what it was asked.

    An answer is a text, an HTTP status, or a pair of text and finish reason; the last one is repeated.
    """

    address: str
    answers: list[Any]
    asked: list[dict[str, Any]] = field(default_factory=list)
    pause: float = 0.0
    knows_schemas: bool = True


@contextmanager
def endpoint(*answers: Any, pause: float = 0.0, knows_schemas: bool = True) -> Iterator[Endpoint]:
    """A running server."""
    state = Endpoint("", list(answers), pause=pause, knows_schemas=knows_schemas)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            state.asked.append(body)
            time.sleep(state.pause)
            if not state.knows_schemas and "response_format" in body:
                self._send(400, {"error": {"message": "response_format is not supported"}})
                return
            answer = state.answers.pop(0) if len(state.answers) > 1 else state.answers[0]
            if isinstance(answer, int):
                self._send(answer, {"error": {"message": "no"}})
                return
            text, reason = answer if isinstance(answer, tuple) else (answer, "stop")
            choice = {"index": 0, "finish_reason": reason, "message": {"role": "assistant", "content": text}}
            usage = {"prompt_tokens": 900, "completion_tokens": 100, "total_tokens": 1000}
            self._send(200, {
                "id": "1", "object": "chat.completion", "created": 0, "model": body["model"], "choices": [choice],
                "usage": usage,
            })  # fmt: skip

        def _send(self, status: int, content: dict[str, Any]) -> None:
            data = json.dumps(content).encode()
            try:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)
            except BrokenPipeError:
                pass  # The client did not wait.

        def log_message(self, format: str, *args: Any) -> None:
            del format, args

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.address = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
