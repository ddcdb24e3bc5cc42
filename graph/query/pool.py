"""Queries in worker processes: whatever a query does, nothing else notices.

The engine cannot be asked to stop. So each query is evaluated in a process of its own pool that is killed at the
deadline, and replaced; a bound on its memory ends it likewise. Worker processes read snapshots, which nobody
changes, so that killing one at any point harms nothing.
"""

import threading
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from graph.errors import BadInput, MilcoopError, NotFound, QueryKilled, StoreError
from graph.query.evaluate import EvaluationFailed
from graph.query.formats import NotAcceptable
from graph.query.process import NotBegun, WorkerProcess
from graph.query.request import Answer, QueryRequest

__all__ = ["PoolBusy", "QueryPool"]

_HARMLESS = (BadInput, NotAcceptable, NotFound, StoreError, EvaluationFailed)
"""Errors after which a worker is as good as before."""

_TRIES = 5


class PoolBusy(MilcoopError):
    """All workers are busy with other queries, and none became free in time."""

    http_status = 503
    title = "Too many queries"


class QueryPool:
    """A few worker processes that evaluate queries on the newest state of a store. Safe to use from many threads.

    Arguments:
        location: the store's folder. A store in memory cannot be seen by another process.
        workers: how many queries run at once.
        memory_bytes: how much memory one query may take; None for no bound.
        queue_seconds: how long a query waits for a free worker.
        services: the IRIs that SERVICE may call; none by default.

    Raises:
        StoreError: the store is in memory.
    """

    def __init__(
        self,
        location: str | Path,
        workers: int = 2,
        memory_bytes: int | None = 1 << 30,
        *,
        queue_seconds: float = 30.0,
        services: tuple[str, ...] = (),
    ) -> None:
        if str(location) == "memory:":
            raise StoreError("a store in memory cannot be asked from another process", hint="use graph.query.evaluate")
        self._location = Path(location).expanduser().absolute()
        self._memory_bytes = memory_bytes
        self._queue_seconds = queue_seconds
        self._services = services
        self._changed = threading.Condition()
        self._closed = False
        self._places = workers
        # Last in, first out: a worker that has just answered has the store's pages at hand.
        self._idle: list[WorkerProcess] = [self._start() for _ in range(workers)]
        self._busy: set[WorkerProcess] = set()

    def run(
        self, request: QueryRequest, wanted: str = "", timeout_seconds: float = 30.0, max_rows: int | None = None
    ) -> Answer:
        """The result of a query on the newest state of the store.

        Arguments:
            request: the query and its dataset.
            wanted: the name of a format, or the value of an Accept header; empty for no preference.
            timeout_seconds: how long the evaluation may take; waiting for a worker does not count.
            max_rows: after how many rows the result is cut.

        Raises:
            PoolBusy: no worker became free in time.
            QueryTimeout: the query took too long.
            QueryKilled: it needed too much memory, or its worker died.
            BadInput, NotAcceptable, EvaluationFailed, StoreError: see `graph.query.evaluate.evaluate`.
        """
        for _ in range(_TRIES):
            worker = self._take()
            keep = False
            try:
                answer = worker.ask(request, wanted, max_rows, timeout_seconds)
                keep = True
                return answer
            except NotBegun:
                continue  # it died while it was idle: the query has not been tried yet
            except _HARMLESS:
                keep = True
                raise
            finally:
                self._give_back(worker, keep=keep)
        raise QueryKilled("no worker process could be started to evaluate the query")

    def pids(self) -> list[int]:
        """The process ids of the workers, sorted."""
        with self._changed:
            return sorted(worker.pid for worker in (*self._idle, *self._busy))

    def close(self) -> None:
        """End all workers; queries that still run end with QueryKilled."""
        with self._changed:
            self._closed = True
            idle, self._idle = self._idle, []
            for worker in self._busy:
                worker.kill()
            self._changed.notify_all()
        for worker in idle:
            worker.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _start(self) -> WorkerProcess:
        try:
            return WorkerProcess(self._location, self._memory_bytes, self._services)
        except OSError as error:
            raise PoolBusy(f"no process can be started for a query: {error.strerror}") from error

    def _take(self) -> WorkerProcess:
        deadline = time.monotonic() + self._queue_seconds
        with self._changed:
            while not self._closed:
                if self._idle:
                    worker = self._idle.pop()
                    if not worker.alive():
                        worker.end()
                        worker = self._start()
                    self._busy.add(worker)
                    return worker
                if len(self._busy) < self._places:  # one could not be replaced when it ended
                    self._idle.append(self._start())
                    continue
                if not self._changed.wait(deadline - time.monotonic()) and time.monotonic() >= deadline:
                    raise PoolBusy(f"all {self._places} query processes are busy", hint="try again in a few seconds")
        raise PoolBusy("the pool of query processes is closed")

    def _give_back(self, worker: WorkerProcess, *, keep: bool) -> None:
        if not keep:
            worker.end()
        with self._changed:
            self._busy.discard(worker)
            if self._closed:
                worker.end()
            elif keep:
                self._idle.append(worker)
            else:
                with suppress(PoolBusy):  # no more processes just now: the next query tries again
                    self._idle.append(self._start())
            self._changed.notify()
