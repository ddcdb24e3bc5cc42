"""Requests to a remote store, sent again when what failed may pass."""

import email.utils
import random
import time
from collections.abc import Mapping
from typing import Any

import httpx

from graph.errors import BadUsage, StoreError
from graph.store.remote.access import RemoteAccess
from graph.store.remote.authentication import authentication

__all__ = ["Refused", "Sender"]

_PASSING = frozenset({408, 425, 429, 502, 503, 504})
_TRIES = 6
_FIRST_PAUSE = 0.25
_LONGEST_PAUSE = 30.0
_TOLD = 300


class Refused(StoreError):
    """The store has answered, and will answer the same again.

    Attributes:
        status: the status of the answer.
    """

    status = 0


class Sender:
    """Sends requests. Safe to use from many threads.

    Arguments:
        access: where the store is, and who we are.
        transport: what carries the requests; that of httpx unless given.
    """

    def __init__(self, access: RemoteAccess, transport: httpx.BaseTransport | None = None) -> None:
        self._shown = access.query
        self._client = httpx.Client(
            auth=authentication(access),
            timeout=httpx.Timeout(access.seconds, connect=10.0),
            transport=transport,
            headers={"User-Agent": "milcoop"},
        )

    def send(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        content: bytes | None = None,
        form: Mapping[str, str | list[str]] | None = None,
        headers: Mapping[str, str] | None = None,
        again: bool = True,
        accepted: tuple[int, ...] = (),
    ) -> httpx.Response:
        """The answer to a request.

        Arguments:
            method, url, params, content, form, headers: the request.
            again: whether it may be sent twice: what has the same effect twice as once (RFC 9110 §9.2.2). Else it is
                sent again only where it cannot have arrived.
            accepted: statuses beyond 2xx that are answers too.

        Raises:
            Refused: the store does not take it.
            StoreError: it cannot be reached, or did not answer in time.
        """
        for tries in range(1, _TRIES + 1):
            try:
                response = self._client.request(method, url, params=params, content=content, data=form, headers=headers)
            except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
                raise BadUsage(f"the address of the store is no URL: {error}") from error
            except httpx.TransportError as error:
                arrived = not isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)
                if tries == _TRIES or (arrived and not again):
                    raise StoreError(f"the store at {self._shown} cannot be reached: {_reason(error)}") from error
                time.sleep(_pause(tries, None))
                continue
            if response.is_success or response.status_code in accepted:
                return response
            # 429 and 503 say that nothing was done (RFC 9110 §15.6.4, RFC 6585 §4); of a gateway's answers nobody knows
            harmless = again or response.status_code in (429, 503)
            if response.status_code not in _PASSING or not harmless or tries == _TRIES:
                raise _refused(self._shown, response)
            time.sleep(_pause(tries, response.headers.get("retry-after")))
        raise AssertionError("the last try returns or raises")

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


def _pause(tries: int, retry_after: str | None) -> float:
    """Seconds to wait before the next try: as the store says, else doubling, with jitter (Metcalfe and Boggs, 1976)."""
    if retry_after is not None:
        if retry_after.strip().isdecimal():
            return min(float(retry_after), _LONGEST_PAUSE)
        try:
            until = email.utils.parsedate_to_datetime(retry_after).timestamp()
            return min(max(until - time.time(), 0.0), _LONGEST_PAUSE)
        except ValueError:
            pass
    return float(min(_FIRST_PAUSE * 2 ** (tries - 1), _LONGEST_PAUSE) * random.uniform(0.5, 1.0))  # noqa: S311


def _reason(error: httpx.TransportError) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "it did not answer in time"
    return str(error).strip() or type(error).__name__


def _refused(shown: str, response: httpx.Response) -> Refused:
    hint = None
    if response.status_code in (401, 403):
        hint = "give MILCOOP_STORE_USER and MILCOOP_STORE_PASSWORD, or MILCOOP_STORE_TOKEN, of who may do this"
    error = Refused(f"the store at {shown} answers {response.status_code}{_told(response)}", hint=hint)
    error.status = response.status_code
    return error


def _told(response: httpx.Response) -> str:
    """The first lines of what the store says about it."""
    kind = response.headers.get("content-type", "")
    if "json" in kind:
        try:
            told: Any = response.json()
            text = str(told.get("detail") or told.get("message") or told.get("title") or "")
        except (ValueError, AttributeError):
            text = ""
    else:
        text = "" if "html" in kind else response.text
    line = " ".join(text.split())[:_TOLD]
    return f": {line}" if line else f" {response.reason_phrase}".rstrip()
