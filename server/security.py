"""The headers of every answer that protect its readers."""

from flask import Flask, Response, request

__all__ = ["SECURITY_HEADERS", "install_security_headers"]

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""By name. What the server answers is public, and may be read from other origins; none may frame it."""

_YEAR_SECONDS = 31_536_000


def install_security_headers(app: Flask) -> None:
    """Give every answer the headers; pages hold nothing that the policy would forbid."""

    @app.after_request
    def protect(response: Response) -> Response:
        # At once: one by one, each would be looked for among all the others.
        given = {name.lower() for name, _ in response.headers}
        response.headers.extend(
            [(name, value) for name, value in SECURITY_HEADERS.items() if name.lower() not in given]
        )
        if request.is_secure:
            response.headers.setdefault("Strict-Transport-Security", f"max-age={_YEAR_SECONDS}")
        return response
