"""Who asks: what requests are counted under where clients share something, and how many of each are let in a second."""

import ipaddress
import math
from functools import lru_cache

from flask import Flask, request

from graph.errors import MilcoopError
from server.access import bearer, is_this_machine
from server.logs import given_id
from server.rate import Rate

__all__ = ["TooManyRequests", "client_of_request", "install_rate_limit", "may_pass", "network"]

_IPV6_NETWORK_BITS = 64
"""What one subscriber is given (RFC 6177): addresses within it are one client."""

_UNLIMITED = frozenset({"health.healthz", "health.readyz", "health.metrics"})


class TooManyRequests(MilcoopError):
    """The client sends more requests than it may."""

    http_status = 429
    title = "Too many requests"

    def __init__(self, message: str, *, hint: str | None = None, seconds: float = 1.0) -> None:
        super().__init__(message, hint=hint)
        self.retry_seconds = max(1, math.ceil(seconds))


def client_of_request() -> str:
    """Who makes the present request: the token's id, else the address that it comes from."""
    known = bearer()
    return f"token {known.id}" if known is not None else network(request.remote_addr or "")


@lru_cache(maxsize=1024)
def network(address: str) -> str:
    """What clients at an address are counted as: the address, of IPv6 its network."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 6 and parsed.ipv4_mapped is None:
        return str(ipaddress.ip_network((parsed, _IPV6_NETWORK_BITS), strict=False))
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)


def may_pass(rate: Rate | None, address: str, *, spare_this_machine: bool) -> bool:
    """Count a request without a token; whether it is within the rate.

    Arguments:
        rate: what a client may send; None for no limit.
        address: where the request comes from.
        spare_this_machine: whether clients on the machine itself have none.
    """
    if rate is None or (spare_this_machine and is_this_machine(address)):
        return True
    return rate.take(network(address)) <= 0


def install_rate_limit(app: Flask, rate: Rate | None, *, spare_this_machine: bool) -> None:
    """Refuse what a client sends beyond its rate.

    Arguments:
        app: the application.
        rate: what a client may send; None for no limit.
        spare_this_machine: whether clients on the machine itself have none.
    """
    if rate is None:
        return

    @app.before_request
    def limit() -> None:
        if given_id.get() is not None:  # it has been counted already
            return
        if request.endpoint in _UNLIMITED or (spare_this_machine and is_this_machine(request.remote_addr or "")):
            return
        if (seconds := rate.take(client_of_request())) > 0:
            raise TooManyRequests(
                "This client sends too many requests", hint=f"try again in {math.ceil(seconds)} s", seconds=seconds
            )
