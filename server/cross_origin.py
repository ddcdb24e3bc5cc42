"""Cross-origin requests: pages of other origins may read all that is public, and nobody's credentials come along.

The `Authorization` header is not among those that such a page may send: it cannot write.
"""

from flask import Flask, Response, request

from server.querying import CUT_HEADER, SNAPSHOT_HEADER

__all__ = ["install_cross_origin"]

_METHODS = "GET, HEAD, POST, OPTIONS"
_HEADERS = "Accept, Accept-Language, Content-Type, If-None-Match, X-Request-Id"
_EXPOSED = f"ETag, Location, Retry-After, {CUT_HEADER}, {SNAPSHOT_HEADER}, X-Request-Id"
_DAY_SECONDS = 86_400


def install_cross_origin(app: Flask) -> None:
    """Let pages of any origin read, and answer what their browsers ask beforehand."""

    @app.after_request
    def allow(response: Response) -> Response:
        response.headers["Access-Control-Allow-Origin"] = "*"
        if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            response.headers["Access-Control-Allow-Methods"] = _METHODS
            response.headers["Access-Control-Allow-Headers"] = _HEADERS
            response.headers["Access-Control-Max-Age"] = str(_DAY_SECONDS)
        else:
            response.headers["Access-Control-Expose-Headers"] = _EXPOSED
        return response
