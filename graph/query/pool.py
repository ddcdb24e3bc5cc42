"""Queries in worker processes: whatever a query does, nothing else notices.

The engine cannot be asked to stop. So each query is evaluated in a process of its own pool that is killed at the
deadline, and replaced; a bound on its memory ends it likewise. Worker processes read snapshots, which nobody
changes, so that killing one at any point harms nothing.

Two lanes keep short queries short while others run for ever (multilevel feedback, Corbató et al., AFIPS 1962). Every
query begins in the prompt lane. One that has not ended after `patience` seconds moves on to the long lane, process and
all: it lets all others go first from then on, and another process takes its place in the prompt lane. Where the
long lane is full it is stopped, and begun anew when its turn there comes. A query that turned out long goes straight
to the long lane the next time. In front of each lane waits a queue that is fair to clients: `graph.query.fair_queue`.
A process that has answered is as good as any for the next query of either lane.
"""

import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from graph.errors import BadInput, MilcoopError, NotFound, QueryKilled, StoreError
from graph.location import absolute
from graph.query.evaluate import EvaluationFailed
from graph.query.fair_queue import FairQueue, QueueFull, Ticket, Usage
from graph.query.formats import NotAcceptable
from graph.query.lane import Lane, LongQueries
from graph.query.nursery import Nursery, WorkerSettings
from graph.query.process import NotBegun
from graph.query.request import NO_LIMITS, Answer, Limits, QueryRequest
from graph.query.worker_process import WorkerProcess
from graph.query.workers import NoProcess, Workers

__all__ = ["PoolBusy", "PoolSizes", "QueryPool"]

_HARMLESS = (BadInput, NotAcceptable, NotFound, StoreError, EvaluationFailed)
"""Errors after which a worker is as good as before."""

_TRIES = 5
_SOON = 0.001
"""Patience that ends within so many seconds has ended."""

_PATIENCE_AT_MOST = 10
"""How many times the patience a query may wait for a processor, or the disk, before it counts as long all the same."""


class PoolBusy(MilcoopError):
    """All workers are busy with other queries, and none became free in time."""

    http_status = 503
    title = "Too many queries"


@dataclass(frozen=True, slots=True)
class PoolSizes:
    """How many queries run, and how many wait.

    Arguments:
        prompt: worker processes for queries that have just begun.
        long: worker processes for queries that take longer.
        waiting: how many may wait for a worker, in each of the two lanes.
        patience: after how many seconds a query is one that takes longer.
    """

    prompt: int = 2
    long: int = 2
    waiting: int = 32
    patience: float = 0.1


class QueryPool:
    """A few worker processes that evaluate queries on the newest state of a store. Safe to use from many threads.

    Arguments:
        location: the store's folder or address. A store in memory cannot be seen by another process.
        sizes: how many queries run, and how many wait.
        memory_bytes: how much memory one query may take; None for no bound.
        queue_seconds: how long a query waits for a free worker.
        services: what SERVICE may call, as entries of an `AllowList`; nothing by default.
        forked: whether the processes may be forks of this one: see `Nursery`.

    Raises:
        StoreError: the store is in memory.
    """

    def __init__(
        self,
        location: str | Path,
        sizes: PoolSizes = PoolSizes(),
        memory_bytes: int | None = 1 << 30,
        *,
        queue_seconds: float = 30.0,
        services: tuple[str, ...] = (),
        forked: bool = False,
    ) -> None:
        if str(location) == "memory:":
            raise StoreError("a store in memory cannot be asked from another process", hint="use graph.query.evaluate")
        settings = WorkerSettings(absolute(location), memory_bytes, services)
        self._workers = Workers(Nursery(settings, forked=forked))
        self._patience = sizes.patience
        self._queue_seconds = queue_seconds
        self._changed = threading.Condition()
        self._closed = False
        self._usage = Usage()
        self._known_long = LongQueries()
        self._prompt = Lane(sizes.prompt, FairQueue(self._usage, sizes.waiting))
        self._long = Lane(sizes.long, FairQueue(self._usage, sizes.waiting))
        self.stopped = 0
        with self._changed:
            try:
                self._workers.fill(sizes.prompt)
            except NoProcess as error:
                raise PoolBusy(str(error)) from error

    def run(
        self,
        request: QueryRequest,
        wanted: str = "",
        timeout_seconds: float = 30.0,
        limits: Limits = NO_LIMITS,
        *,
        client: str = "",
        codings: tuple[str, ...] = (),
    ) -> Answer:
        """The result of a query on the newest state of the store.

        Arguments:
            request: the query and its dataset.
            wanted: the name of a format, or the value of an Accept header; empty for no preference.
            timeout_seconds: how long it may take until the answer, with all waiting.
            limits: after how many rows or bytes the result is cut.
            client: who asks; clients share the workers fairly.
            codings: content codings that the client takes, the best first.

        Raises:
            PoolBusy: no worker became free in time, or too many queries wait already.
            QueryTimeout: the query took too long.
            QueryKilled: it needed too much memory, or its worker died.
            BadInput, NotAcceptable, EvaluationFailed, StoreError: see `graph.query.evaluate.evaluate`.
        """
        arrived = time.monotonic()
        deadline = arrived + timeout_seconds
        message = WorkerProcess.message(request, wanted, limits, codings)
        long = self._known_long.contains(request)
        tries = 0
        while tries < _TRIES:
            lane = self._long if long else self._prompt
            worker = self._take(lane, client, deadline)
            begun = time.monotonic()
            keep = False
            try:
                left = deadline - begun
                worker.begin(message, seconds=left, start_seconds=max(left, 1.0))
                if lane is self._long:
                    worker.lower()
                elif self._outgrows(worker, deadline):
                    long = True
                    self._known_long.add(request)
                    if not self._promoted(worker):
                        continue
                    lane = self._long
                if not worker.has_answered(deadline - time.monotonic()):
                    raise worker.timeout(timeout_seconds, waited=begun - arrived)
                answer = worker.answer()
                keep = True
                if long and time.monotonic() - begun < self._patience:
                    self._known_long.remove(request)
                return answer
            except NotBegun:
                tries += 1  # it died while it was idle: the query has not been tried yet
                if time.monotonic() >= deadline:
                    raise worker.timeout(timeout_seconds) from None
            except _HARMLESS:
                keep = True
                raise
            finally:
                self._give_back(lane, worker, client, time.monotonic() - begun, keep=keep)
        raise QueryKilled("no worker process could be started to evaluate the query")

    def pids(self) -> list[int]:
        """The process ids of the workers, sorted."""
        with self._changed:
            workers = [*self._workers.idle, *self._prompt.busy, *self._long.busy]
        return sorted(worker.pid for worker in workers if worker.alive())

    def loads(self) -> dict[str, tuple[int, int]]:
        """How many queries run and wait, by lane."""
        with self._changed:
            lanes = {"prompt": self._prompt, "long": self._long}
            return {name: (len(lane.busy), len(lane.queue)) for name, lane in lanes.items()}

    def close(self) -> None:
        """End all workers; queries that still run end with QueryKilled."""
        with self._changed:
            self._closed = True
            for worker in (*self._prompt.busy, *self._long.busy):
                worker.kill()
            self._changed.notify_all()
        self._workers.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _take(self, lane: Lane, client: str, deadline: float) -> WorkerProcess:
        """A worker of the lane, when it is the client's turn."""
        until = min(deadline, time.monotonic() + self._queue_seconds)
        with self._changed:
            ticket: Ticket | None = None
            try:
                while not self._closed:
                    is_next = not lane.queue if ticket is None else lane.queue.is_next(ticket)
                    if is_next and not lane.is_full:
                        worker = self._workers.take()
                        lane.busy.add(worker)
                        self._usage.begin(client)
                        self._refill()
                        return worker
                    if ticket is None:
                        ticket = lane.queue.join(client)
                        continue
                    if ticket.dropped:
                        raise QueueFull
                    left = until - time.monotonic()
                    if left <= 0:
                        raise PoolBusy(
                            f"all {lane.places} query processes are busy, and none became free in time",
                            hint="try again in a few seconds",
                        )
                    self._changed.wait(left)
            except QueueFull:
                raise PoolBusy("too many queries wait already", hint="try again in a few seconds") from None
            except NoProcess as error:
                raise PoolBusy(str(error)) from error
            finally:
                if ticket is not None:
                    lane.queue.leave(ticket)
                    self._changed.notify_all()
        raise PoolBusy("the pool of query processes is closed")

    def _outgrows(self, worker: WorkerProcess, deadline: float) -> bool:
        """Whether the query takes more than the prompt lane has patience for: of processor time, not of waiting."""
        begun = time.monotonic()
        left = self._patience
        while left > _SOON:
            if worker.has_answered(min(left, deadline - time.monotonic())):
                return False
            now, used = time.monotonic(), worker.cpu_seconds()
            if now >= deadline or now - begun >= _PATIENCE_AT_MOST * self._patience:
                return True
            left = self._patience - (now - begun if used is None else used)
        return True

    def _promoted(self, worker: WorkerProcess) -> bool:
        """Move a busy worker from the prompt lane to the long one; False where that is full."""
        with self._changed:
            if self._closed or self._long.is_full or self._long.queue:
                return False
            self._prompt.busy.discard(worker)
            self._long.busy.add(worker)
            worker.lower()
            self._refill()
            self._changed.notify_all()
        return True

    def _refill(self) -> None:
        """Have a worker for each query that may begin."""
        with suppress(NoProcess):  # no more processes just now: the next query tries again
            self._workers.fill(self._prompt.places - len(self._prompt.busy))

    def _give_back(self, lane: Lane, worker: WorkerProcess, client: str, seconds: float, *, keep: bool) -> None:
        with self._changed:
            self._usage.end(client, seconds)
            lane.busy.discard(worker)
            if self._closed:
                worker.end()
            elif keep:
                self._workers.give(worker)
            else:
                self._workers.end_behind(worker)
                self.stopped += 1
                self._refill()
            self._changed.notify_all()
