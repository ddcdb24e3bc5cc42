"""Who asks: what requests are counted under where clients share something, and how many of each are let in a second."""

import ipaddress
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from flask import Flask, request

from graph.errors import MilcoopError
from server.access import bearer

__all__ = ["Rate", "TooManyRequests", "client_of_request", "install_rate_limit"]

_IPV6_NETWORK_BITS = 64
"""What one subscriber is given (RFC 6177): addresses within it are one client."""

_CLIENTS = 10_000
_UNLIMITED = frozenset({"health.healthz", "health.readyz", "health.metrics"})


class TooManyRequests(MilcoopError):
    """The client sends more requests than it may."""

    http_status = 429
    title = "Too many requests"

    def __init__(self, message: str, *, hint: str | None = None, seconds: float = 1.0) -> None:
        super().__init__(message, hint=hint)
        self.retry_seconds = max(1, math.ceil(seconds))


class Rate:
    """A token bucket for each client: so many requests a second, after a burst of as many seconds' worth.

    Arguments:
        per_second: how many requests a second a client may send in the long run.
        burst_seconds: how many seconds' worth it may send at once.
        clock: tells the time in seconds.
    """

    def __init__(
        self, per_second: float, burst_seconds: float = 5.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._per_second = per_second
        self._most = max(1.0, per_second * burst_seconds)
        self._clock = clock
        self._lock = threading.Lock()
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str) -> float:
        """Count a request; 0 if it may pass, else the seconds after which one may."""
        with self._lock:
            now = self._clock()
            left, when = self._left.get(client, (self._most, now))
            left = min(self._most, left + (now - when) * self._per_second)
            passes = left >= 1.0
            self._left[client] = (left - 1.0 if passes else left, now)
            self._left.move_to_end(client)
            if len(self._left) > _CLIENTS:
                self._left.popitem(last=False)
            return 0.0 if passes else (1.0 - left) / self._per_second


def client_of_request() -> str:
    """Who makes the present request: the token's id, else the address that it comes from."""
    known = bearer()
    return f"token {known.id}" if known is not None else _network(request.remote_addr or "")


def _network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 6 and parsed.ipv4_mapped is None:
        return str(ipaddress.ip_network((parsed, _IPV6_NETWORK_BITS), strict=False))
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)


def install_rate_limit(app: Flask, per_second: float) -> None:
    """Refuse what a client sends beyond its rate.

    Arguments:
        app: the application.
        per_second: requests a second; 0 for no limit.
    """
    if per_second <= 0:
        return
    rate = Rate(per_second)

    @app.before_request
    def limit() -> None:
        if request.endpoint not in _UNLIMITED and (seconds := rate.take(client_of_request())) > 0:
            raise TooManyRequests(
                "This client sends too many requests", hint=f"try again in {math.ceil(seconds)} s", seconds=seconds
            )
