"""How a guarded process talks with its parent: requests and answers as JSON messages, bytes beside them.

The parent sends a message and as many byte strings as it announces under `parts`. Where it does not know it yet
(`announced`), the process says which of its threads has begun, and how many nanoseconds of processor time that one has
used before. Then it answers with a message, which tells how many it has used by now. Where this has an `answer`, bytes
follow: on the next line, or by themselves where it says that they come `apart`. The process ends when its parent does.
"""

import json
import os
import resource
import select
import signal
import threading
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from graph.errors import MilcoopError

__all__ = ["Channel", "Received"]

_GRACE_SECONDS = 5.0
"""How long past the deadline a process lives whose parent does not end it."""


_SMALL_BYTES = 1 << 16
"""Bytes of an answer that come with its message."""


@dataclass(frozen=True, slots=True)
class Received:
    """A request: its message, and the byte strings that came with it."""

    message: dict[str, Any]
    parts: tuple[bytes, ...]


class Channel:
    """The connection to the parent, watched from the beginning.

    Arguments:
        descriptor: the file descriptor of the connection.
    """

    def __init__(self, descriptor: int) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then closes the connection
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        self._connection = Connection(descriptor)
        threading.Thread(target=_end_with_parent, args=(self._connection.fileno(),), daemon=True).start()

    def next(self) -> Received:
        """The next request, taken up: see `receive` and `begin`."""
        received = self.receive()
        self.begin(received)
        return received

    def has_arrived(self, seconds: float | None) -> bool:
        """Whether a request comes within so many seconds (None: whenever that is), or the end of the connection."""
        try:
            return self._connection.poll(seconds)
        except OSError:
            return True

    def receive(self) -> Received:
        """The next request."""
        try:
            message = json.loads(self._connection.recv_bytes())
            return Received(message, tuple(self._connection.recv_bytes() for _ in range(message.get("parts", 0))))
        except (EOFError, OSError):
            os._exit(0)

    def begin(self, received: Received) -> None:
        """Take a request up: from now on its time runs, and this thread works on it."""
        if not received.message.get("announced"):
            self._tell({"begun": threading.get_native_id(), "used": time.thread_time_ns()})
        signal.setitimer(signal.ITIMER_REAL, received.message["seconds"] + _GRACE_SECONDS)

    def answer(self, answer: dict[str, Any], body: bytes = b"") -> None:
        """Answer the request."""
        told = {"answer": answer, "used": time.thread_time_ns()}
        if len(body) <= _SMALL_BYTES:
            self._connection.send_bytes(b"%b\n%b" % (json.dumps(told).encode(), body))
        else:
            self._tell({**told, "apart": True})
            self._connection.send_bytes(body)
        signal.setitimer(signal.ITIMER_REAL, 0)

    def refuse(self, error: MilcoopError) -> None:
        """Tell why there is no answer."""
        kind = type(error)
        told = {"error": kind.__name__, "module": kind.__module__, "message": str(error), "also": vars(error)}
        self._tell({**told, "used": time.thread_time_ns()})
        signal.setitimer(signal.ITIMER_REAL, 0)

    def _tell(self, message: dict[str, Any]) -> None:
        self._connection.send_bytes(json.dumps(message).encode())


def _end_with_parent(descriptor: int) -> None:
    """End the process when the other end is closed: even in the midst of a request, which nothing interrupts."""
    waiting = select.poll()
    waiting.register(descriptor, select.POLLRDHUP)  # and not what comes: who is asked reads that without a detour
    waiting.poll()
    os._exit(0)
