"""Who we are to a remote store: a bearer token, or Basic or Digest, whichever it asks for (RFC 6750, 7617, 7616)."""

from collections.abc import Generator
from contextlib import suppress

import httpx

from graph.store.remote.access import RemoteAccess

__all__ = ["authentication"]


class _Bearer(httpx.Auth):
    def __init__(self, token: str) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request


class _AsAsked(httpx.Auth):
    """Says nothing until it is asked: a password goes out in clear text only where the store wants it so."""

    requires_request_body = True  # it may have to be sent twice

    def __init__(self, user: str, password: str) -> None:
        self._basic = httpx.BasicAuth(user, password)
        self._digest = httpx.DigestAuth(user, password)
        self._chosen: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._chosen is not None:
            yield from self._chosen.auth_flow(request)
            return
        response = yield request
        if response.status_code != 401:
            return
        asks_for_digest = "digest" in response.headers.get("www-authenticate", "").lower()
        self._chosen = self._digest if asks_for_digest else self._basic
        flow = self._chosen.auth_flow(request)
        signed = next(flow)
        if asks_for_digest:
            signed = flow.send(response)  # it has asked already
        with suppress(StopIteration):
            while True:
                response = yield signed
                signed = flow.send(response)


def authentication(access: RemoteAccess) -> httpx.Auth | None:
    """What signs the requests to a store; None for a store that wants nothing."""
    if access.token:
        return _Bearer(access.token)
    return _AsAsked(access.user, access.password) if access.user else None
