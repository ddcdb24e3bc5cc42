"""HTTP requests to elsewhere, kept to an allow-list.

A host is looked up once, all its addresses are checked, and the connection goes to one of those: a name that leads
elsewhere the next time it is looked up (DNS rebinding) gains nothing. Redirects are followed one by one, each to where
the list allows.
"""

import http.client
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from graph.errors import BadInput, MilcoopError
from graph.query.allow_list import AllowList

__all__ = ["CallFailed", "CallRefused", "Outbound", "Received"]

_REDIRECTS = 5
_CHUNK = 1 << 16


class CallRefused(BadInput):
    """The URL, or what it leads to, is not on the allow-list."""

    http_status = 403
    title = "Not on the allow-list"


class CallFailed(MilcoopError):
    """What is called does not answer as it should."""

    http_status = 502
    title = "No answer from elsewhere"


@dataclass(frozen=True, slots=True)
class Received:
    """An answer from elsewhere: where it came from in the end, its status, its type as told, its content."""

    url: str
    status: int
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Outbound:
    """A way out that is kept to a list.

    Arguments:
        allowed: what may be called.
        seconds: how long a call may take in all.
        max_bytes: how large an answer may be.
    """

    allowed: AllowList = field(default_factory=AllowList)
    seconds: float = 30.0
    max_bytes: int = 64 << 20

    def call(
        self, url: str, method: str = "GET", headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> Received:
        """Make a request, and follow where it is redirected.

        Arguments:
            url: what to call.
            method: GET or POST. What is redirected by 307 or 308 is sent there again, else it is asked for by GET.
            headers: what to send besides the host.
            body: the content of a POST.

        Raises:
            CallRefused: the URL, a redirect or an address is not on the list.
            CallFailed: there is no answer in time, or it is too large.
        """
        deadline = time.monotonic() + self.seconds
        sent = {"User-Agent": "milcoop", "Accept-Encoding": "identity", **(headers or {})}
        for _ in range(_REDIRECTS + 1):
            if not self.allowed.allows(url):
                raise CallRefused(f"{url} is not on the allow-list")
            location, received = self._once(url, method, sent, body, deadline)
            if location is None:
                return received
            if received.status not in {307, 308}:
                method, body = "GET", None
                sent = {name: value for name, value in sent.items() if name.lower() != "content-type"}
            url = urljoin(url, location)
        raise CallFailed(f"{url} redirects more than {_REDIRECTS} times")

    def _once(
        self, url: str, method: str, headers: Mapping[str, str], body: bytes | None, deadline: float
    ) -> tuple[str | None, Received]:
        parts = urlsplit(url)
        connection = self._connection(url, deadline)
        try:
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request(method, path, body, dict(headers))
            answer = connection.getresponse()
            content_type = answer.headers.get("Content-Type", "")
            if answer.status in {301, 302, 303, 307, 308} and (location := answer.headers.get("Location")):
                return location, Received(url, answer.status, content_type, b"")
            return None, Received(url, answer.status, content_type, self._content(url, connection, answer, deadline))
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise CallFailed(f"{url} does not answer: {error}") from error
        finally:
            connection.close()

    def _content(
        self, url: str, connection: http.client.HTTPConnection, answer: http.client.HTTPResponse, deadline: float
    ) -> bytes:
        content = bytearray()
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                raise CallFailed(f"{url} does not answer within {self.seconds:g} s")
            if connection.sock is not None:
                connection.sock.settimeout(left)
            chunk = answer.read1(_CHUNK)
            if not chunk:
                return bytes(content)
            content += chunk
            if len(content) > self.max_bytes:
                raise CallFailed(f"{url} answers with more than {self.max_bytes:,} bytes")

    def _connection(self, url: str, deadline: float) -> http.client.HTTPConnection:
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        left = deadline - time.monotonic()
        if left <= 0:
            raise CallFailed(f"{url} does not answer within {self.seconds:g} s")
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise CallFailed(f"the host {host} cannot be found") from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        if refused := [address for address in addresses if not self.allowed.allows_address(address)]:
            raise CallRefused(
                f"the host {host} has the address {refused[0]}, which is not public", hint="allow the address too"
            )
        kind = _PinnedHttps if parts.scheme == "https" else _PinnedHttp
        return kind(host, port, addresses, left)


class _PinnedHttp(http.client.HTTPConnection):
    """A connection to one of the addresses that were looked up, whatever the name leads to by now."""

    def __init__(self, host: str, port: int, addresses: list[str], seconds: float) -> None:
        super().__init__(host, port, timeout=seconds)
        self._addresses = addresses

    def connect(self) -> None:
        self.sock = _connected(self._addresses, self.port, self.timeout)


class _PinnedHttps(http.client.HTTPSConnection):
    """The same, encrypted; the certificate must be that of the name."""

    def __init__(self, host: str, port: int, addresses: list[str], seconds: float) -> None:
        self._secure = ssl.create_default_context()
        super().__init__(host, port, timeout=seconds, context=self._secure)
        self._addresses = addresses

    def connect(self) -> None:
        plain = _connected(self._addresses, self.port, self.timeout)
        self.sock = self._secure.wrap_socket(plain, server_hostname=self.host)


def _connected(addresses: list[str], port: int, seconds: float | None) -> socket.socket:
    failed: OSError | None = None
    for address in addresses:
        try:
            return socket.create_connection((address, port), seconds)
        except OSError as error:
            failed = error
    raise failed or OSError("it has no address")
