"""Requests that come again byte by byte, answered where they arrive: no thread, no parsing, no view.

An answer with an entity tag is determined by the state of the store, by the request, and by whether anybody may write
(`server.conditional`). So the very same bytes have the same answer as long as these are the same, and what went over
the wire the first time can go again, but for its date and its request id. Counted, logged and limited it is like any
other request. What a proxy says of a request counts only where it comes from that proxy.
"""

import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from email.utils import formatdate
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from graph.errors import MilcoopError
from graph.location import is_remote
from server.answer_cache import Asked
from server.clients import may_pass, network
from server.logs import log
from server.metrics import count_query, count_request
from server.rate import Rate
from server.resources import Resources

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

__all__ = ["DETERMINED", "Again", "Asking", "Determined", "Form", "date", "first_of_head", "head_of_request"]

DETERMINED = "milcoop.determined"
"""Where the environment of a request says that the answer is determined by it and by the state of the store."""

_LARGEST_SHARE = 16
"""An answer that would take more than this part of the room is not kept."""

_OVERHEAD_BYTES = 1024
_END = b"\r\n\r\n"
_OTHERWISE = ("HTTP_AUTHORIZATION", "HTTP_X_REQUEST_ID", "HTTP_TRANSFER_ENCODING", "HTTP_EXPECT", "HTTP_UPGRADE",
              "HTTP_RANGE", "CONTENT_LENGTH")  # fmt: skip
"""Requests with one of these are never answered again: more than their head and the state counts."""

head_of_request: ContextVar[bytes | None] = ContextVar("head_of_request", default=None)
"""The bytes of the request that is being answered, where they are known to be its head and nothing else."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What of a request determines its answer, besides its path and parameters.

    Arguments:
        scheme, host, root: where it was sent to; the root is the part of the path before the application.
        choosing: the values of the headers that choose among representations.
    """

    scheme: str
    host: str
    root: str
    choosing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A query and the request that asked it."""

    asked: Asked
    asking: Asking


@dataclass(frozen=True, slots=True)
class Determined:
    """What is told of an answer that the request and the state of the store determine, whenever it is given.

    Arguments:
        state: the number of the state.
        takes_writes: whether anybody might write then; None where the answer does not depend on it.
        route: of the view that made it.
        query: the hash of the query that was evaluated; None where there was none.
        rows: of its answer; None for the yes or no of an ASK.
        form: how that query was asked.
    """

    state: int
    takes_writes: bool | None
    route: str
    query: str | None = None
    rows: int | None = None
    form: Form | None = None


@dataclass(frozen=True, slots=True)
class _Answer:
    """An answer as it went over the wire: its head up to the date, the rest of its head, and its body.

    Where its request tells what only a proxy can know, `peer` is where it came from, and `address` who the proxy says
    has sent it.
    """

    told: Determined
    path: str
    status: int
    first: bytes
    rest: bytes
    body: bytes
    closes: bool
    peer: str | None
    address: str | None

    @property
    def size(self) -> int:
        return len(self.first) + len(self.rest) + len(self.body) + _OVERHEAD_BYTES


class Again:
    """A layer around an application that keeps answers by the bytes of their requests. Safe to use from many threads.

    Arguments:
        application: what answers for the first time.
        held: what it works on.
        rate: what clients may send; None for no limit.
        spare_this_machine: whether clients on the machine itself have none.
        max_bytes: how much the answers and requests may take together; 0 keeps none.
    """

    def __init__(
        self, application: "WSGIApplication", held: Resources, rate: Rate | None, *, spare_this_machine: bool,
        max_bytes: int,
    ) -> None:  # fmt: skip
        self._application = application
        self._held = held
        self._rate = rate
        self._spare = spare_this_machine
        self._max_bytes = 0 if is_remote(held.settings.store) else max_bytes
        self._behind_proxies = bool(held.settings.proxies)
        self.learn: Callable[[bytes, Determined, list[tuple[str, str]]], None] | None = None
        self._lock = threading.Lock()
        self._answers: OrderedDict[bytes, _Answer] = OrderedDict()
        self._bytes = 0

    def answer(self, head: bytes, address: str) -> tuple[list[bytes], bool] | None:
        """What to send to a client whose request is known, and whether its connection ends then; None for any other.

        Arguments:
            head: what has been received.
            address: where it comes from.
        """
        answer = self._answers.get(head)
        if answer is None or answer.peer not in (None, address):
            return None
        begun = time.perf_counter()
        try:
            told = answer.told
            if self._held.store.generation != told.state:
                return None
            if told.takes_writes is not None and told.takes_writes != self._held.takes_writes:
                return None
        except MilcoopError:  # the application says what is wrong
            return None
        address = answer.address or address
        if not may_pass(self._rate, address, spare_this_machine=self._spare):
            return None
        with self._lock:
            if head in self._answers:
                self._answers.move_to_end(head)
        request_id = os.urandom(16).hex()
        wire = [answer.first + date(int(time.time())) + answer.rest + request_id.encode() + _END, answer.body]
        self._tell(answer, request_id, network(address), begun)
        return wire, answer.closes

    @staticmethod
    def _tell(answer: _Answer, request_id: str, client: str, begun: float) -> None:
        told = answer.told
        common = {"request_id": request_id}
        if told.query is not None:
            count_query("cached", told.rows)
            common["query"] = told.query
            log.info("query.cached", extra={**common, "client": client})
        seconds = time.perf_counter() - begun
        count_request("GET", told.route, answer.status, seconds)
        about = {"method": "GET", "path": answer.path, "status": answer.status, "seconds": round(seconds, 4)}
        log.info("request.answered", extra={**common, **about})

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request by the application, and keep the answer if it can be given again (WSGI, PEP 3333)."""
        head = head_of_request.get()
        if head is None or not self._max_bytes or not _is_determined_by_head(environ):
            return self._application(environ, start_response)
        started: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], error: Any = None) -> Callable[[bytes], object]:
            started[:] = status, headers
            return start_response(status, headers, error)

        peer = environ["REMOTE_ADDR"]
        body = self._application(environ, start)
        told = environ.get(DETERMINED)
        if told is None or not started:
            return body
        status, headers = started
        if not status.startswith(("200", "304")):  # what failed after it was determined
            return body
        length = next((int(value) for name, value in headers if name.lower() == "content-length"), None)
        if length is None and not status.startswith("304"):
            return body  # one that is made while it is sent
        if (length or 0) + len(head) > self._max_bytes // _LARGEST_SHARE:
            return body
        try:
            whole = b"".join(body)
        finally:
            if (close := getattr(body, "close", None)) is not None:
                close()
        self._keep(head, peer, environ, told, status, headers, whole)
        return [whole]

    def _keep(
        self, head: bytes, peer: str, environ: "WSGIEnvironment", told: Determined, status: str,
        headers: list[tuple[str, str]], body: bytes,
    ) -> None:  # fmt: skip
        by_proxy = self._behind_proxies or any(name.startswith("HTTP_X_FORWARDED_") for name in environ)
        closes = environ.get("HTTP_CONNECTION", "").lower() == "close"
        if self.learn is not None and status.startswith("200") and not by_proxy and not closes:
            self.learn(head, told, headers)
        lines = [f"Connection: {'close' if closes else 'keep-alive'}"]
        lines += [f"{name}: {value}" for name, value in headers if name.lower() not in {"x-request-id", "date"}]
        answer = _Answer(
            told,
            environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace"),
            int(status.split()[0]),
            first_of_head(status),
            ("\r\n" + "\r\n".join(lines) + "\r\nX-Request-Id: ").encode("latin-1"),
            body,
            closes,
            peer if by_proxy else None,
            environ["REMOTE_ADDR"] if by_proxy else None,
        )
        self._hold(head, answer)

    def keep(self, head: bytes, told: Determined, path: str, rest: bytes, body: bytes) -> None:
        """Keep an answer that the application has not made, to a request that leaves its connection open.

        Arguments:
            head: the request.
            told: what is told of the answer.
            path: that was asked.
            rest: the head of the answer behind its date, up to the value of its last header, the request id.
            body: of the answer.
        """
        if len(body) + len(head) <= self._max_bytes // _LARGEST_SHARE:
            self._hold(head, _Answer(told, path, 200, first_of_head("200 OK"), rest, body, False, None, None))

    def _hold(self, head: bytes, answer: _Answer) -> None:
        with self._lock:
            for known in [head, *self._answers] if self._is_of_another_state(answer.told) else [head]:
                if (former := self._answers.pop(known, None)) is not None:
                    self._bytes -= former.size + len(known)
            self._answers[head] = answer
            self._bytes += answer.size + len(head)
            while self._bytes > self._max_bytes:
                oldest, former = self._answers.popitem(last=False)
                self._bytes -= former.size + len(oldest)

    def _is_of_another_state(self, told: Determined) -> bool:
        return bool(self._answers) and next(reversed(self._answers.values())).told.state < told.state


def _is_determined_by_head(environ: "WSGIEnvironment") -> bool:
    return (
        environ["REQUEST_METHOD"] == "GET"
        and environ.get("SERVER_PROTOCOL") == "HTTP/1.1"
        and environ.get("HTTP_CONNECTION", "keep-alive").lower() in {"keep-alive", "close"}
        and not any(name in environ for name in _OTHERWISE)
    )


@lru_cache(maxsize=2)
def date(second: int) -> bytes:
    """The value of `Date` at a second."""
    return formatdate(second, usegmt=True).encode()


@lru_cache(maxsize=8)
def first_of_head(status: str) -> bytes:
    """The head of an answer up to its date."""
    from gunicorn import SERVER

    return f"HTTP/1.1 {status}\r\nServer: {SERVER}\r\nDate: ".encode("latin-1")
