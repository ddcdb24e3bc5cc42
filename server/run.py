"""Serving: gunicorn with several web processes, each with threads for requests and processes for queries."""

import gc
import os
import shutil
import socket
import sys
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from graph.errors import BadInput, MilcoopError, StoreError
from graph.query.allow_list import AllowList
from server.apart import Refused, run_apart
from server.logs import log
from server.rate import Rate
from server.settings import Settings

__all__ = ["serve"]

_THINGS_TO_TRY = (
    "  a page to click through    {origin}/\n"
    "  a question                 {origin}/queries\n"
    "  SPARQL                     curl '{origin}/sparql' --data-urlencode "
    "'query=SELECT ?actor {{ ?actor mc:contributesTo ?mission }} LIMIT 5'\n"
)

_SWITCH_SECONDS = 0.001
"""A thread that computes lets others of its process go on after so long: requests wait for it several times each."""


class _Server(BaseApplication):  # type: ignore[misc]
    """gunicorn, told all it must know in Python."""

    def __init__(self, make: Callable[[], Flask], options: dict[str, Any]) -> None:
        self._make = make
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self._make()


def serve(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT. An empty store gets the sample documents first, unless told otherwise.

    Arguments:
        settings: the settings in force.

    Raises:
        BadUsage: an allow-list cannot be read.
        BadInput: the address cannot be listened on, or the store is one that processes cannot share.
        StoreError: the store cannot be opened.
        SystemExit: always, at the end; with 0 after a signal that asks to end.
    """
    os.environ.update(settings.for_processes)
    if settings.store == "memory:":
        raise BadInput("A store in memory cannot be served by several processes", hint="name a folder")
    for entries in (settings.services, settings.loads):
        AllowList.parse(entries)  # what is wrong is told at once
    listener = _listen(settings.host, settings.port)
    metrics = tempfile.mkdtemp(prefix="milcoop-metrics-")
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = metrics
    master = os.getpid()
    try:
        with ThreadPoolExecutor(1) as beside:  # its thread has ended when processes are forked
            prepared = beside.submit(_prepare, settings)
            _import_application()
            outdated = prepared.result()
        rate = Rate(settings.client_rate) if settings.client_rate else None  # before the processes that share it
        _Server(lambda: _application(settings, rate), _options(settings, listener, outdated)).run()
    finally:
        if os.getpid() == master:  # web processes are forked below here, and end through here too
            shutil.rmtree(metrics, ignore_errors=True)


def _import_application() -> None:
    """Import all that web processes need, once for all of them.

    Here and not above: the metrics decide at import, by a variable of the environment, whether processes share them.
    """
    import_module("server.application")
    import_module("server.warming")
    import_module("server.columns")
    gc.freeze()  # or the first collection in each web process would copy what they share
    gc.enable()


def _warm(application: Flask) -> None:
    from server.columns import keep_columns
    from server.keeping import keep_apart
    from server.warming import warm

    # The metrics' folder is one that all web processes have, and no other server.
    made = Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]) / "made"
    made.mkdir(exist_ok=True)
    application.extensions["milcoop"].share_reading(made.parent)
    keep_apart(application, made)
    warm(application)
    keep_columns(application)


def _application(settings: Settings, rate: Rate | None) -> Flask:
    from server.application import create_app

    return create_app(settings, rate)


def _options(settings: Settings, listener: socket.socket, outdated: bool) -> dict[str, Any]:
    origin = _origin(settings.host, listener)

    def post_worker_init(worker: Any) -> None:
        sys.setswitchinterval(_SWITCH_SECONDS)
        application = getattr(worker, "wsgi", None)
        if isinstance(application, Flask):
            with suppress(MilcoopError):  # then the first query says what is wrong
                application.extensions["milcoop"].begin(forked=True)
            _warm(application)
        if worker.age > 1:  # the first web process speaks for all
            return
        if outdated:
            threading.Thread(target=_bring_up_to_date, args=(settings,), daemon=True).start()
        sys.stderr.write(f"milcoop listens on {origin}  (Ctrl-C ends it)\n" + _THINGS_TO_TRY.format(origin=origin))
        sys.stderr.flush()

    def worker_exit(_: object, worker: Any) -> None:
        application = getattr(worker, "wsgi", None)
        if isinstance(application, Flask):
            application.extensions["milcoop"].close()

    return {
        "bind": f"fd://{listener.fileno()}",
        "workers": settings.workers,
        "worker_class": "server.web_worker.WebWorker",
        "threads": settings.threads,
        "timeout": 60,
        "worker_connections": max(settings.connections, settings.threads + 1),
        "graceful_timeout": 10,
        "keepalive": 5,
        "limit_request_line": 8190,
        "loglevel": "warning",
        "proc_name": "milcoop",
        "control_socket_disable": True,
        "post_worker_init": post_worker_init,
        "worker_exit": worker_exit,
    }


def _origin(host: str, listener: socket.socket) -> str:
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{listener.getsockname()[1]}"


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket; taken here, so that a port in use is told at once and `port=0` can be told at all."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except (OSError, OverflowError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise BadInput(f"Cannot listen on {host}:{port}: {reason}", hint="choose another with --port") from error


def _bring_up_to_date(settings: Settings) -> None:
    """Beside the requests: nobody's write waits for it, and is stopped because it takes too long."""
    log.info("store.outdated", extra={"store": settings.store})
    try:
        run_apart("server.first_content:bring_up_to_date", {"store": settings.store})
    except MilcoopError as error:  # the next write says what is wrong
        log.warning("store.outdated", extra={"error": str(error)})


def _prepare(settings: Settings) -> bool:
    """Make the store if it is new, and load the samples if it is empty; tells whether its ontology is an older one."""
    wanted = {"store": settings.store, "bare": settings.bare, "sample": not settings.no_sample}
    try:
        return bool(run_apart("server.first_content:prepare_store", wanted))
    except Refused as error:
        raise StoreError(str(error)) from error
