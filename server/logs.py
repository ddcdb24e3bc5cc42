"""Logs: one JSON object a line on standard error, events rather than sentences, each with the id of its request."""

import logging
import re
import sys
import time
import uuid

import structlog
from flask import Flask, Response, g, request

__all__ = ["configure_logs", "install_request_log", "log", "request_id"]

log: structlog.stdlib.BoundLogger = structlog.get_logger("milcoop.server")

_PROCESSORS: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]
_GIVEN_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


def configure_logs() -> None:
    """Let structlog and the standard library's loggers (gunicorn's, werkzeug's) write the same lines."""
    renderer = structlog.processors.JSONRenderer(ensure_ascii=False)
    structlog.configure(
        processors=[*_PROCESSORS, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_PROCESSORS,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    logging.getLogger("gunicorn.error").handlers[:] = [handler]
    root.setLevel(logging.WARNING)


def request_id() -> str:
    """The id of the present request, as the client or a proxy gave it, else a new one."""
    if "request_id" not in g:
        given = request.headers.get("X-Request-Id", "")
        g.request_id = given if _GIVEN_ID.fullmatch(given) else uuid.uuid4().hex
    return str(g.request_id)


def install_request_log(app: Flask) -> None:
    """Log each request once it is answered; the answer tells its id."""

    @app.before_request
    def start() -> None:
        g.started = time.perf_counter()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id())

    @app.after_request
    def finish(response: Response) -> Response:
        response.headers["X-Request-Id"] = request_id()
        if request.endpoint not in {"health.healthz", "health.metrics", "static"}:
            log.info(
                "request.answered",
                method=request.method,
                path=request.path,
                status=response.status_code,
                seconds=round(time.perf_counter() - g.get("started", time.perf_counter()), 4),
            )
        return response
