"""Errors on the wire: problem documents (RFC 9457), or a page for a browser. No traceback reaches a client."""

import json
from http import HTTPStatus

from flask import Flask, Response, current_app, render_template, request
from werkzeug.exceptions import HTTPException

from graph.errors import MilcoopError
from server.logs import log, request_id
from server.negotiation import names_media_type
from server.security import Unauthorized

__all__ = ["PayloadRefused", "install_problems", "problem"]

_RETRY_SECONDS = 2
PROBLEM_MEDIA_TYPE = "application/problem+json"


class PayloadRefused(MilcoopError):
    """The body of the request is of a kind that is not taken here."""

    http_status = 415
    title = "Unsupported media type"


def problem(status: int, title: str, detail: str, **further: object) -> Response:
    """The problem document, or the page that says the same to a browser.

    Arguments:
        status: the HTTP status.
        title: what kind of problem it is, the same for each of the kind.
        detail: one sentence on this one.
        further: members of the document besides those of RFC 9457.
    """
    document = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": f"urn:milcoop:request:{request_id()}",
        **further,
    }
    if names_media_type(request.headers.get("Accept"), "text/html"):
        try:
            response = current_app.make_response(render_template("problem.html", problem=document))
        except Exception:  # the page needs the interface, which may be what failed
            log.exception("problem.page_failed")
            response = Response(f"{title}: {detail}\n", mimetype="text/plain")
    else:
        response = Response(json.dumps(document, ensure_ascii=False) + "\n", mimetype=PROBLEM_MEDIA_TYPE)
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    response.headers["Vary"] = "Accept, Accept-Language"
    return response


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def install_problems(app: Flask) -> None:
    """Turn each kind of error into its problem document."""

    @app.errorhandler(MilcoopError)
    def milcoop_error(error: MilcoopError) -> Response:
        if error.http_status >= 500:
            log.warning("request.failed", problem=error.title, detail=str(error))
        place = {name: value for name in ("line", "column") if (value := getattr(error, name, None)) is not None}
        response = problem(error.http_status, error.title, _sentence(str(error)), **place)
        if error.http_status == HTTPStatus.SERVICE_UNAVAILABLE:
            response.headers["Retry-After"] = str(_RETRY_SECONDS)
        if isinstance(error, Unauthorized):
            response.headers["WWW-Authenticate"] = str(error.challenge)
        return response

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        status = error.code or 500
        response = problem(status, HTTPStatus(status).phrase, error.description or HTTPStatus(status).description)
        for name, value in error.get_headers(request.environ):
            if name.lower() not in {"content-type", "content-length"}:
                response.headers[name] = value
        return response

    @app.errorhandler(Exception)
    def unforeseen(error: Exception) -> Response:
        log.error("request.crashed", path=request.path, exc_info=error)
        return problem(500, "Internal error", "The server failed on this request; the log has it under the request id")
