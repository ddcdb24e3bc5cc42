"""What a web process holds while it runs: the store, the processes that evaluate queries, the canned queries.

Opened on first use, so that nothing is open when gunicorn forks. `current_snapshot()` is the newest committed state,
the same throughout one request.
"""

import threading
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TypeVar, cast

from flask import Flask, current_app, g

import queries
from graph.errors import StoreError
from graph.query.canned import CannedQuery, read_folder
from graph.query.pool import PoolSizes, QueryPool
from graph.query.writer import Writer
from graph.store import Snapshot, Store, open_store
from server.answer_cache import AnswerCache
from server.gate import Gate
from server.ready import Ready
from server.settings import Settings
from server.tokens import TokenFile

__all__ = ["QUERIES", "Resources", "current_snapshot", "install_resources", "resources"]

Derived = TypeVar("Derived")
_EXTENSION = "milcoop"

_WHOLE_GRAPH_PLACES = 2
_READINGS = 2
"""Documents that are read at a time without being loaded; each takes a process of some hundred megabytes."""

QUERIES = Path(queries.__file__).parent
"""The folder of the canned queries."""


class Resources:
    """What one web process holds open.

    Arguments:
        settings: the settings in force.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.tokens = TokenFile(settings.tokens_path)
        self.reading = Ready(None, settings.reading_ready_seconds)
        self.readings = Gate(_READINGS, settings.upload_seconds)
        self.answers = AnswerCache(settings.answers_mb << 20)
        self.whole_graph = Gate(_WHOLE_GRAPH_PLACES, settings.query_seconds)
        self._lock = threading.RLock()
        self._derived: dict[str, tuple[int, object]] = {}
        self._store: Store | None = None
        self._pool: QueryPool | None = None
        self._writer: Writer | None = None

    def share_reading(self, folder: Path) -> None:
        """From now on, have documents read by processes that need not load the language models each time.

        Arguments:
            folder: one that all web processes of this server have, and nobody else can write.
        """
        self.reading = Ready(folder, self.settings.reading_ready_seconds)

    @property
    def store(self) -> Store:
        """The store; reading needs no lock of a writer.

        Raises:
            StoreError: it cannot be opened.
        """
        with self._lock:
            if self._store is None:
                self._store = open_store(self.settings.store, bare=self.settings.bare)
            return self._store

    def store_was_replaced(self) -> bool:
        """Whether another store has come to the place of the one that was opened, so that nothing kept holds."""
        store = self._store
        return store is not None and store.replaced

    @property
    def takes_writes(self) -> bool:
        """Whether somebody may write here: there is a token. Where that cannot be told, who tries is told why."""
        try:
            return bool(self.settings.token or self.tokens.records())
        except StoreError:
            return True

    @property
    def running_pool(self) -> QueryPool | None:
        """The same, where there has been a query."""
        return self._pool

    @property
    def pool(self) -> QueryPool:
        """The guarded processes in which every query of a client is evaluated."""
        return self.begin()

    def begin(self, *, forked: bool = False) -> QueryPool:
        """Start the processes for queries, if they have not been started.

        Arguments:
            forked: whether they may be forks of this process, which must have no other thread.
        """
        with self._lock:
            if self._pool is None:
                self._pool = QueryPool(
                    self.settings.store,
                    PoolSizes(
                        self.settings.query_workers,
                        self.settings.long_query_workers,
                        self.settings.queries_waiting,
                        self.settings.query_patience,
                    ),
                    self.settings.query_memory_mb << 20,
                    services=self.settings.services,
                    forked=forked,
                )
            return self._pool

    @property
    def writer(self) -> Writer:
        """The process that writes what clients send."""
        with self._lock:
            if self._writer is None:
                self._writer = Writer(
                    self.settings.store,
                    queue_seconds=self.settings.update_seconds,
                    loads=self.settings.loads,
                    max_load_bytes=self.settings.upload_mb << 20,
                )
            return self._writer

    @cached_property
    def canned(self) -> Mapping[str, CannedQuery]:
        """The canned queries by name."""
        return read_folder(QUERIES)

    def derived(self, name: str, snapshot: Snapshot, make: Callable[[Snapshot], Derived]) -> Derived:
        """What is computed from a snapshot and kept until the store moves on.

        Arguments:
            name: what it is (`schema`).
            snapshot: the state that it must be of.
            make: computes it.
        """
        with self._lock:
            number, value = self._derived.get(name, (None, None))
        if number != snapshot.number:  # made without the lock: nobody waits for a computation that is not his
            value = make(snapshot)
            with self._lock:
                self._derived[name] = (snapshot.number, value)
        return cast(Derived, value)

    def close(self) -> None:
        """End the query processes and let go of the store."""
        with self._lock:
            if self._pool is not None:
                self._pool.close()
                self._pool = None
            if self._writer is not None:
                self._writer.close()
                self._writer = None
            if self._store is not None:
                self._store.close()
                self._store = None


def install_resources(app: Flask, held: Resources) -> None:
    """Give the application what it works on; a snapshot is let go of when its request ends."""
    app.extensions[_EXTENSION] = held

    @app.teardown_appcontext
    def let_go(_: BaseException | None) -> None:
        snapshot: Snapshot | None = g.pop("snapshot", None)
        if snapshot is not None:
            snapshot.close()


def resources() -> Resources:
    """What the present application works on."""
    return cast(Resources, current_app.extensions[_EXTENSION])


def current_snapshot() -> Snapshot:
    """The newest committed state, the same throughout one request.

    Raises:
        StoreError: it cannot be read.
    """
    if "snapshot" not in g:
        g.snapshot = resources().store.snapshot()
    return cast(Snapshot, g.snapshot)
