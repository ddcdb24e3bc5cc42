"""A lane of the query pool: its workers, and what waits for them; and which queries have turned out long."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable

from graph.query.fair_queue import FairQueue
from graph.query.request import QueryRequest
from graph.query.worker_process import WorkerProcess

__all__ = ["Lane", "LongQueries"]

_REMEMBERED = 4096


class Lane:
    """Some workers, idle or busy. Whoever calls holds the lock of the pool.

    Arguments:
        places: how many queries run in it at once.
        queue: those that wait.
        start: makes a worker.
    """

    def __init__(self, places: int, queue: FairQueue, start: Callable[[], WorkerProcess]) -> None:
        self.places = places
        self.queue = queue
        self._start = start
        self.idle: list[WorkerProcess] = []
        self.busy: set[WorkerProcess] = set()

    @property
    def is_full(self) -> bool:
        """Whether as many queries run as may."""
        return len(self.busy) >= self.places

    def workers(self) -> list[WorkerProcess]:
        """All of them."""
        return [*self.idle, *self.busy]

    def fill(self) -> None:
        """Start the workers that are missing. They come after those that run already: these need not start first."""
        while len(self.idle) + len(self.busy) < self.places:
            self.idle.insert(0, self._start())

    def take(self) -> WorkerProcess | None:
        """A worker, which is busy from now on; None if there is no place."""
        if self.is_full:
            return None
        # Last in, first out: a worker that has just answered has the store's pages at hand.
        worker = self.idle.pop() if self.idle else self._start()
        if not worker.alive():
            worker.end()
            worker = self._start()
        self.busy.add(worker)
        return worker

    def surplus(self) -> list[WorkerProcess]:
        """Idle workers beyond the places, taken out of the lane."""
        extra = max(0, len(self.idle) + len(self.busy) - self.places)
        taken, self.idle = self.idle[:extra], self.idle[extra:]
        return taken


class LongQueries:
    """Queries that have turned out long, the latest few thousand of them. Safe to use from many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._digests: OrderedDict[bytes, None] = OrderedDict()

    def contains(self, request: QueryRequest) -> bool:
        """Whether the query has turned out long."""
        with self._lock:
            return _digest(request) in self._digests

    def add(self, request: QueryRequest) -> None:
        """It has."""
        with self._lock:
            digest = _digest(request)
            self._digests[digest] = None
            self._digests.move_to_end(digest)
            if len(self._digests) > _REMEMBERED:
                self._digests.popitem(last=False)

    def remove(self, request: QueryRequest) -> None:
        """It is not long any more."""
        with self._lock:
            self._digests.pop(_digest(request), None)


def _digest(request: QueryRequest) -> bytes:
    parts = (request.text, *(request.default_graphs or ()), "", *(request.named_graphs or ()))
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()
