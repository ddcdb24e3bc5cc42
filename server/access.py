"""Who may do what: the bearer tokens of requests (RFC 6750, in the header alone)."""

import hmac
import ipaddress
from collections.abc import Mapping
from functools import lru_cache

from flask import g, request

from graph.errors import MilcoopError
from server.resources import resources
from server.tokens import ALL_SCOPES

__all__ = ["Bearer", "Forbidden", "Unauthorized", "bearer", "is_this_machine", "require_operator", "require_scope"]

_REALM = "milcoop"
_OF_PROXIES = ("Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via")


def _challenge(told: Mapping[str, str]) -> str:
    """The value of WWW-Authenticate; its values are quoted (RFC 9110 §11.5 for the realm, RFC 6750 §3)."""
    return "Bearer " + ", ".join(f'{name}="{value}"' for name, value in told.items())


class Unauthorized(MilcoopError):
    """The request has no token, or one that is not good."""

    http_status = 401
    title = "Token needed"

    def __init__(self, message: str, *, hint: str | None = None, given: bool = False) -> None:
        super().__init__(message, hint=hint)
        told = {"realm": _REALM}
        if given:
            told["error"] = "invalid_token"
        self.challenge: str | None = _challenge(told)


class Forbidden(MilcoopError):
    """Nobody may do this here, or the bearer of this token may not."""

    http_status = 403
    title = "Read-only"

    def __init__(self, message: str, *, hint: str | None = None, scope: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.challenge: str | None = None
        if scope is not None:
            self.title = "Scope needed"
            told = {"realm": _REALM, "error": "insufficient_scope", "scope": scope}
            self.challenge = _challenge(told)


class Bearer:
    """Who makes the present request: the id of the token, and what it is good for.

    Arguments:
        id: the public part of the token, or `setting` for that of the settings.
        scopes: what it is good for.
    """

    def __init__(self, id: str, scopes: frozenset[str]) -> None:
        self.id = id
        self.scopes = scopes


def bearer() -> Bearer | None:
    """Who makes the present request; None where it bears no token, or one that is not good."""
    if "bearer" not in g:
        g.bearer = _identified(_given())
    found: Bearer | None = g.bearer
    return found


def require_operator() -> None:
    """Let the present request pass only if it comes from the machine itself, or bears a token with the scope admin.

    A proxy on the machine is not the machine: what names another client has come through one.

    Raises:
        Forbidden, Unauthorized: as `require_scope`.
    """
    if not is_this_machine(request.remote_addr or "") or any(name in request.headers for name in _OF_PROXIES):
        require_scope("admin", "What the operator sees needs a token from elsewhere")


@lru_cache(maxsize=1024)
def is_this_machine(address: str) -> bool:
    """Whether requests from there come from the machine that the server runs on."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def require_scope(scope: str, why: str = "Writing needs a token") -> None:
    """Let the present request pass only if it bears a token for this.

    Arguments:
        scope: one of `server.tokens.SCOPES`.
        why: what is told to who bears none.

    Raises:
        Forbidden: there are no tokens, so nobody may; or the token is not good for this.
        Unauthorized: the request bears none, or none of ours.
    """
    held = resources()
    if not held.settings.token and not held.tokens.records():
        raise Forbidden(
            "This server is read-only", hint="make a token with `milcoop token create`, or start with MILCOOP_TOKEN set"
        )
    if not _given():
        raise Unauthorized(why, hint="send it as “Authorization: Bearer …”")
    found = bearer()
    if found is None:
        raise Unauthorized("The token is not one that may write here", given=True)
    if scope not in found.scopes:
        raise Forbidden(f"The token is not good for this: it lacks the scope “{scope}”", scope=scope)


def _given() -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _identified(token: str) -> Bearer | None:
    if not token:
        return None
    held = resources()
    configured = held.settings.token
    if configured and hmac.compare_digest(token.encode("utf-8", "surrogateescape"), configured.encode()):
        return Bearer("setting", ALL_SCOPES)
    record = held.tokens.find(token)
    if record is None:
        return None
    return Bearer(record.id, ALL_SCOPES if "admin" in record.scopes else frozenset(record.scopes))
