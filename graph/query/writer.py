"""Writes on their way to the process that does them, as the parent sees it."""

import threading
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from graph.errors import MilcoopError, NotFound, QueryKilled, StoreError
from graph.location import absolute
from graph.query.pool import PoolBusy
from graph.query.process import GuardedProcess, NotBegun, started
from graph.query.request import GraphChange, UpdateRequest, Written

__all__ = ["Writer"]

_TRIES = 5


class Writer:
    """A process that writes to a store, started with the first write. Safe to use from many threads.

    Arguments:
        location: the store's folder or address. A store in memory cannot be seen by another process.
        queue_seconds: how long a write waits for those before it.
        loads: what LOAD may fetch, as entries of an `AllowList`; nothing by default.
        max_load_bytes: how large that may be.

    Raises:
        StoreError: the store is in memory.
    """

    def __init__(
        self,
        location: str | Path,
        *,
        queue_seconds: float = 30.0,
        loads: tuple[str, ...] = (),
        max_load_bytes: int = 32 << 20,
    ) -> None:
        if str(location) == "memory:":
            raise StoreError("a store in memory cannot be written by another process")
        self._location = absolute(location)
        self._queue_seconds = queue_seconds
        self._loading = [list(loads), max_load_bytes]
        self._writing = threading.Lock()
        self._process: GuardedProcess | None = None
        self._closed = False

    def update(self, request: UpdateRequest, seconds: float) -> Written:
        """Execute a SPARQL 1.1 update.

        Arguments:
            request: the update and its dataset.
            seconds: how long it may take; waiting for other writers counts only where they are of other processes.

        Raises:
            PoolBusy: other writes did not come to an end in time.
            QueryTimeout, QueryKilled: it took too long, or its process died; it has happened as a whole or not at all.
            MilcoopError: see `graph.query.writing.execute_update`.
        """
        return self._write({"update": asdict(request)}, (), seconds)

    def change(self, change: GraphChange, seconds: float) -> Written:
        """Change one graph.

        Arguments:
            change: what to change.
            seconds: as above.

        Raises:
            PoolBusy, QueryTimeout, QueryKilled: as above.
            MilcoopError: see `graph.query.writing.change_graph`.
        """
        told = {"kind": change.kind, "graph": change.graph, "base_iri": change.base_iri,
                "state": change.state, "exists": change.exists}  # fmt: skip
        media_types = [part.media_type for part in change.content]
        return self._write(
            {"change": told, "media_types": media_types}, [part.data for part in change.content], seconds
        )

    def pids(self) -> list[int]:
        """The id of the process, if there is one."""
        process = self._process
        return [] if process is None else [process.pid]

    def close(self) -> None:
        """End the process; a write that it is at fails."""
        self._closed = True
        process = self._process
        if process is not None:
            process.kill()
        with self._writing:
            if self._process is not None:
                self._process.end()
                self._process = None

    def _write(self, message: dict[str, Any], parts: Sequence[bytes], seconds: float) -> Written:
        if not self._writing.acquire(timeout=self._queue_seconds):
            raise PoolBusy("other writes are under way", hint="try again in a few seconds")
        try:
            for _ in range(_TRIES):
                try:
                    return self._written(message, parts, seconds)
                except NotBegun:
                    self._let_go()
            raise QueryKilled("no process could be started to write")
        finally:
            self._writing.release()

    def _written(self, message: dict[str, Any], parts: Sequence[bytes], seconds: float) -> Written:
        if self._closed:
            raise PoolBusy("the server is ending")
        process = self._process = self._process or self._start()
        try:
            answer, _ = process.exchange(message, parts, seconds=seconds)
        except (NotBegun, NotFound):
            raise
        except MilcoopError as error:
            if error.http_status >= 500:  # it may be at work still, or worse for wear
                self._let_go()
            raise
        return Written(**answer)

    def _start(self) -> GuardedProcess:
        try:
            connection, process = started("graph.query.writing", [self._location, *self._loading])
            return GuardedProcess(connection, process, what="update", hint="write less at a time")
        except OSError as error:
            raise PoolBusy(f"no process can be started to write: {error.strerror}") from error

    def _let_go(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.end()
