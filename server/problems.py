"""Errors on the wire: problem documents (RFC 9457), or a page for a browser. No traceback reaches a client."""

import json
from http import HTTPStatus

from flask import Flask, Response, current_app, render_template, request
from gunicorn.http.errors import NoMoreData, ParseException
from werkzeug.exceptions import HTTPException

from graph.errors import MilcoopError
from server.access import Forbidden, Unauthorized
from server.localization import texts
from server.logs import log, request_id
from server.negotiation import names_media_type
from server.rendering import interface
from server.sentences import said_in

__all__ = ["PayloadRefused", "install_problems", "problem"]

_RETRY_SECONDS = 2
_FIRST_WORDS = frozenset({"a", "an", "another", "not", "the", "there"})
"""Words with which messages begin that are no names."""

PROBLEM_MEDIA_TYPE = "application/problem+json"


class PayloadRefused(MilcoopError):
    """The body of the request is of a kind that is not taken here."""

    http_status = 415
    title = "Unsupported media type"


def problem(status: int, title: str, detail: str, *, standard: bool = False, **further: object) -> Response:
    """The problem document, or the page that says the same to a browser, in its language as far as it has the words.

    Arguments:
        status: the HTTP status.
        title: what kind of problem it is, the same for each of the kind.
        detail: one sentence on this one.
        standard: whether the detail tells no more than the status does.
        further: members of the document besides those of RFC 9457.
    """
    language, detail_told = _told(title, detail)
    document = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail_told,
        "instance": f"urn:milcoop:request:{request_id()}",
        **further,
    }
    if names_media_type(request.headers.get("Accept"), "text/html"):
        try:
            response = current_app.make_response(
                render_template(
                    "problem.html", problem={**document, "detail": detail}, **_words(status, standard, detail)
                )
            )
        except Exception:  # the page needs the interface, which may be what failed
            log.exception("problem.page_failed")
            response = Response(f"{title}: {detail}\n", mimetype="text/plain")
    else:
        response = Response(json.dumps(document, ensure_ascii=False) + "\n", mimetype=PROBLEM_MEDIA_TYPE)
        response.headers["Content-Language"] = language
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    response.headers["Vary"] = "Accept, Accept-Language"
    return response


def _told(title: str, detail: str) -> tuple[str, str]:
    """The language of the present request, and the detail in it: what is the same for all of the kind, then the rest,
    in English where nobody has put it into the language.

    Only programs read the whole of a title, so it stays what it is in all languages.
    """
    language = interface().language
    if language == "en":
        return language, detail
    if said := said_in(language, detail):
        return language, said
    words = texts(language).get(f"details.{title.lower().replace(' ', '-')}")
    return (language, f"{words} ({detail})") if words else ("en", detail)


def _words(status: int, standard: bool, detail: str) -> dict[str, object]:
    """What the page says of the status in the reader's language, and whether the detail adds to it."""
    words = texts(interface().language)
    title = words.get(f"problem.title_{status}")
    return {
        "title": title,
        "says": words.get(f"problem.says_{status}"),
        "has_detail": title is None or not standard,
        "detail": said_in(interface().language, detail),
    }


def _sentence(text: str) -> str:
    """The message as a sentence. What may be the name of a file or a parameter keeps its first letter."""
    return text[:1].upper() + text[1:] if text.partition(" ")[0] in _FIRST_WORDS else text


def install_problems(app: Flask) -> None:
    """Turn each kind of error into its problem document."""

    @app.errorhandler(MilcoopError)
    def milcoop_error(error: MilcoopError) -> Response:
        if error.http_status >= 500:
            log.warning("request.failed", extra={"problem": error.title, "detail": str(error)})
        place = {name: value for name in ("line", "column") if (value := getattr(error, name, None)) is not None}
        response = problem(error.http_status, error.title, _sentence(str(error)), **place)
        if error.http_status in {HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS}:
            response.headers["Retry-After"] = str(getattr(error, "retry_seconds", _RETRY_SECONDS))
        if isinstance(error, Unauthorized | Forbidden) and error.challenge is not None:
            response.headers["WWW-Authenticate"] = error.challenge
        return response

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        status = error.code or 500
        detail = error.description or HTTPStatus(status).description
        response = problem(status, HTTPStatus(status).phrase, detail, standard=detail == type(error).description)
        for name, value in error.get_headers(request.environ):
            if name.lower() not in {"content-type", "content-length"}:
                response.headers[name] = value
        return response

    @app.errorhandler(BlockingIOError)
    def silent_client(_: BlockingIOError) -> Response:
        status = HTTPStatus.REQUEST_TIMEOUT
        return problem(status, status.phrase, "The rest of the request did not come in time")

    @app.errorhandler(ParseException)
    def unframed_body(_: ParseException) -> Response:
        return problem(HTTPStatus.BAD_REQUEST, "Bad input", "The chunks of the body are not as HTTP has them")

    @app.errorhandler(NoMoreData)
    def half_a_body(_: NoMoreData) -> Response:
        return problem(HTTPStatus.BAD_REQUEST, "Bad input", "The body ends too early")

    @app.errorhandler(Exception)
    def unforeseen(error: Exception) -> Response:
        log.error("request.crashed", extra={"path": request.path}, exc_info=error)
        detail = "The server failed on this request; the log has it under the request id"
        return problem(500, "Internal error", detail, standard=True)
