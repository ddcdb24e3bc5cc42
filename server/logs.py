"""Logs: one JSON object a line on standard error, events rather than sentences, each with the id of its request."""

import logging
import re
import sys
import time
import uuid
from contextvars import ContextVar

from flask import Flask, Response, g, request
from pythonjsonlogger.json import JsonFormatter

__all__ = [
    "begin_request", "configure_logs", "given_id", "install_request_log", "log", "of_this_request", "request_id",
]  # fmt: skip

log = logging.getLogger("milcoop.server")
"""What belongs to an event goes into `extra`."""

_GIVEN_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
given_id: ContextVar[str | None] = ContextVar("given_id", default=None)
"""The id of a request that had one before it reached the application."""

_of_request: ContextVar[dict[str, str] | None] = ContextVar("of_request", default=None)


class _Lines(JsonFormatter):
    """An event as a line, with what all lines of its request have in common."""

    def process_log_record(self, log_data: dict[str, object]) -> dict[str, object]:
        """What the line holds."""
        return {**(_of_request.get() or {}), **log_data, "level": str(log_data["level"]).lower()}


def configure_logs() -> None:
    """Let our logger and those of others (gunicorn's, werkzeug's) write the same lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        _Lines(
            "%(message)s %(levelname)s",
            rename_fields={"message": "event", "levelname": "level", "exc_info": "exception"},
            timestamp=True,
            json_ensure_ascii=False,
        )
    )
    # What no line tells need not be found out for each.
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    root = logging.getLogger()
    root.handlers[:] = [handler]
    logging.getLogger("gunicorn.error").handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    log.setLevel(logging.INFO)


def of_this_request(**fields: str) -> None:
    """Let all further lines of the present request have these fields.

    Arguments:
        fields: by name.
    """
    _of_request.set({**(_of_request.get() or {}), **fields})


def begin_request(request_id: str) -> None:
    """Let all lines of this thread, from now on, be those of a request.

    Arguments:
        request_id: its id.
    """
    _of_request.set({"request_id": request_id})


def request_id() -> str:
    """The id of the present request, as the client or a proxy gave it, else a new one."""
    if "request_id" not in g:
        given = request.headers.get("X-Request-Id")
        g.request_id = given if given and _GIVEN_ID.fullmatch(given) else given_id.get() or uuid.uuid4().hex
    return str(g.request_id)


def install_request_log(app: Flask) -> None:
    """Log each request once it is answered; the answer tells its id."""

    @app.before_request
    def start() -> None:
        g.started = time.perf_counter()
        begin_request(request_id())

    @app.after_request
    def finish(response: Response) -> Response:
        response.headers["X-Request-Id"] = request_id()
        if request.endpoint not in {"health.healthz", "health.metrics", "static"}:
            log.info(
                "request.answered",
                extra={
                    "method": request.method,
                    "path": request.path,
                    "status": response.status_code,
                    "seconds": round(time.perf_counter() - g.get("started", time.perf_counter()), 4),
                },
            )
        return response
