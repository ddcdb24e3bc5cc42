"""What protects the server and its readers: the headers of every answer, and the token that may write."""

import hmac

from flask import Flask, Response, request
from werkzeug.datastructures import WWWAuthenticate

from graph.errors import MilcoopError

__all__ = ["Forbidden", "Unauthorized", "install_security_headers", "require_token"]

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Unauthorized(MilcoopError):
    """The request has no token, or a wrong one."""

    http_status = 401
    title = "Token needed"
    challenge = WWWAuthenticate("bearer", {"realm": "milcoop"})


class Forbidden(MilcoopError):
    """Nobody may do this here."""

    http_status = 403
    title = "Read-only"


def install_security_headers(app: Flask) -> None:
    """Give every answer the headers; pages hold nothing that the policy would forbid."""

    @app.after_request
    def protect(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        return response


def require_token(token: str) -> None:
    """Let the present request pass only if it bears the token (RFC 6750, in the header alone).

    Arguments:
        token: the token that may write; blank where none is configured.

    Raises:
        Forbidden: no token is configured, so nobody may write.
        Unauthorized: the request bears none, or another.
    """
    if not token:
        raise Forbidden("This server is read-only", hint="start it with MILCOOP_TOKEN set to allow writing")
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not given.strip():
        raise Unauthorized("Writing needs a token", hint="send it as “Authorization: Bearer …”")
    if not hmac.compare_digest(given.strip().encode(), token.encode()):
        raise Unauthorized("The token is not the one that may write here")
