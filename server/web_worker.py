"""A web process: gunicorn's threads, which do not wait for clients that send nothing, and tell errors as we do.

What is no HTTP never reaches the application. It is answered here: with a problem document, the security headers, and
nothing of what was sent.
"""

import errno
import selectors
import socket
import struct
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from gunicorn.http.body import LengthReader
from gunicorn.workers.gthread import TConn, ThreadWorker

from server.again import head_of_request
from server.alike import Alike
from server.host_field import BadHost, with_one_host
from server.logs import log
from server.problems_only import ProblemsOnly

__all__ = ["WebWorker"]

_SILENT_SECONDS = 15
"""How long a client may send nothing within a request, or take nothing of an answer."""

_FAST_SECONDS = 1
"""Who has sent a request within so many seconds is never let go of for the sake of others."""

_HEADER_SECONDS = 20
"""How long it may take over the head of a request, a byte now and then."""

_LINGER_SECONDS = 2
"""How long after the last answer a client has to close its connection."""

_HEAD_BYTES = 16_384
"""How much is read at once of what a client sends."""

_END_OF_HEAD = b"\r\n\r\n"
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


class _Connection(TConn):  # type: ignore[misc]
    """A connection, and the head of the request that came over it last, where nothing else came with it."""

    def __init__(self, cfg: Any, sock: Any, client: Any, server: Any, linger: Callable[[socket.socket], None]) -> None:
        super().__init__(cfg, sock, client, server)
        self.head: bytes | None = None
        self._linger = linger

    def close(self, graceful: bool = False) -> None:
        """Close it."""
        if graceful:
            self._linger(self.sock)
        else:
            super().close()


def _bound_silence(sock: socket.socket) -> None:
    """Let a thread wait only so long for bytes to come, or to be taken."""
    bound = struct.pack("ll", _SILENT_SECONDS, 0)
    with suppress(OSError):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, bound)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, bound)


class WebWorker(ThreadWorker):  # type: ignore[misc]
    """gunicorn's worker with threads, with bounds on how long a client may keep one of them waiting.

    A connection on which nothing has come has no thread. A request must have come as a whole within `request_seconds`
    of the settings; and while more than half of the threads wait for bytes of requests, those that have
    waited longest are let go of.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._receiving: dict[Any, _Receiving] = {}
        self._lingering: dict[socket.socket, float] = {}

    def accept(self, listener: Any) -> None:
        """Take a connection, and wait for its first bytes without a thread."""
        try:
            client, address = listener.accept()
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK):
                raise
            return
        self.nr_conns += 1
        conn = _Connection(self.cfg, client, address, listener.getsockname(), self.linger)
        conn.timeout = time.monotonic() + self.cfg.keepalive
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def enqueue_req(self, conn: Any) -> None:
        """Hand a connection to a thread."""
        _bound_silence(conn.sock)
        super().enqueue_req(conn)

    def on_client_socket_readable(self, conn: Any, client: Any) -> None:
        """Answer at once what is known already, or hand a connection that was kept to a thread."""
        if not self._answer_again(conn, self.keepalived_conns):
            super().on_client_socket_readable(conn, client)

    def on_pending_socket_readable(self, conn: Any, client: Any) -> None:
        """The same where something comes on a connection for the first time."""
        conn.init()
        conn.sock.setblocking(False)
        if not self._answer_again(conn, self.pending_conns):
            super().on_pending_socket_readable(conn, client)

    def _answer_again(self, conn: Any, waiting: Any) -> bool:
        """Whether the connection, one of those that wait, had a request that was answered before, and is again."""
        conn.head = None
        kept = len(self.keepalived_conns) - (waiting is self.keepalived_conns)
        if not self.alive or kept >= self.max_keepalived:  # what comes then is told that the connection ends
            return False
        try:
            head = conn.sock.recv(_HEAD_BYTES)
        except OSError:  # a thread finds out
            return False
        if not head:
            return False
        try:
            known = self.wsgi.extensions["milcoop.again"].answer(head, conn.client[0])
        except Exception:  # or all connections of this process would end with it
            log.exception("again.failed")
            known = None
        if known is None:
            conn.parser.unreader.unread(head)
            conn.head = head if head.partition(_END_OF_HEAD)[1:] == (_END_OF_HEAD, b"") else None
            return False
        wire, closes = known
        waiting.remove(conn)
        try:
            sent = conn.sock.sendmsg(wire)
        except BlockingIOError:
            sent = 0
        except OSError:  # nobody is there any more
            sent, closes = sum(map(len, wire)), True
        rest = b"".join(wire)[sent:] if sent < sum(map(len, wire)) else b""
        if rest:
            self.poller.unregister(conn.sock)
            sending = self.tpool.submit(self._send_rest, conn, rest, closes)
            sending.add_done_callback(lambda done: self.method_queue.defer(self.finish_request, conn, done))
        elif closes:
            self.poller.unregister(conn.sock)
            self.nr_conns -= 1
            conn.close(graceful=True)
        else:
            conn.set_timeout()
            self.keepalived_conns.append(conn)
            if waiting is self.pending_conns:
                ready = partial(self.on_client_socket_readable, conn)
                self.poller.modify(conn.sock, selectors.EVENT_READ, ready)
        return True

    @staticmethod
    def _send_rest(conn: Any, rest: bytes, closes: bool) -> bool:
        """Send what the client did not take at once; in a thread. Tells whether the connection is kept."""
        conn.sock.setblocking(True)
        _bound_silence(conn.sock)
        try:
            conn.sock.sendall(rest)
        except OSError:
            return False
        return not closes

    def linger(self, sock: socket.socket) -> None:
        """Close a connection once the client has, as it may still send (RFC 9112 §9.6); nobody waits for it."""
        try:
            sock.shutdown(socket.SHUT_WR)
        except OSError:
            sock.close()
            return
        if len(self._lingering) >= self.worker_connections // 4:
            sock.close()
            return
        sock.setblocking(False)
        self._lingering[sock] = time.monotonic() + _LINGER_SECONDS
        self.poller.register(sock, selectors.EVENT_READ, self._drain)

    def _drain(self, sock: socket.socket) -> None:
        try:
            if sock.recv(_HEAD_BYTES):
                return
        except BlockingIOError:
            return
        except OSError:  # nobody is there any more
            pass
        self._end_lingering(sock)

    def _end_lingering(self, sock: socket.socket) -> None:
        del self._lingering[sock]
        self.poller.unregister(sock)
        sock.close()

    def handle(self, conn: Any) -> Any:
        """Read a request and answer it; in a thread."""
        alike: Alike = self.wsgi.extensions["milcoop.alike"]
        try:
            if (is_kept := self._answer_alike(conn, alike)) is not None:
                return is_kept
            self._receiving[conn] = _Receiving(time.monotonic())
            return super().handle(conn)
        finally:
            self._receiving.pop(conn, None)
            alike.forget()

    def _answer_alike(self, conn: Any, alike: Alike) -> bool | None:
        """Whether a connection is kept whose request was answered for being like one before; None if it is not."""
        if conn.head is None or not self.alive or len(self.keepalived_conns) >= self.max_keepalived:
            return None
        try:
            told = alike.answer(conn.head, conn.client[0])
        except Exception:  # the application tells the client
            log.exception("alike.failed")
            return None
        if told is None:
            return None
        wire, finish = told
        conn.head = None
        conn.parser.unreader.take_buffered()
        conn.sock.setblocking(True)
        try:
            conn.sock.sendall(b"".join(wire))
        except OSError:  # nobody is there any more, or takes it
            return False
        finally:
            finish()
        return True

    def handle_request(self, req: Any, conn: Any) -> Any:
        """Answer a request whose head has been read."""
        req.headers = with_one_host(req.version, req.uri, req.headers)
        self._receiving[conn] = _Receiving(self._receiving[conn].since, req.body)
        known = head_of_request.set(conn.head)
        try:
            return super().handle_request(req, conn)
        finally:
            conn.head = None
            head_of_request.reset(known)

    def murder_pending(self) -> None:
        """Let go of connections that keep one waiting; called every second."""
        too_many = self.nr_conns - int(self.worker_connections * _MANY_OPEN)
        for conn in list(self.pending_conns)[: max(0, too_many)]:
            conn.timeout = 0.0
        super().murder_pending()
        if self.wsgi.extensions["milcoop"].store_was_replaced():
            log.warning("store.replaced")
            self.alive = False  # what it keeps is of the former store: another process takes its place
        now = time.monotonic()
        for sock in [sock for sock, until in self._lingering.items() if until < now]:
            self._end_lingering(sock)
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
        detail = exc.detail if isinstance(exc, BadHost) else None
        super().handle_error(req, ProblemsOnly(client, detail), addr, exc)
