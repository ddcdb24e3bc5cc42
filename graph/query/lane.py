"""A lane of the query pool: what runs in it, and what waits; and which queries have turned out long."""

import hashlib
import threading
from collections import OrderedDict

from graph.query.fair_queue import FairQueue
from graph.query.request import QueryRequest
from graph.query.worker_process import WorkerProcess

__all__ = ["Lane", "LongQueries"]

_REMEMBERED = 4096


class Lane:
    """Some queries that run, and those that wait. Whoever calls holds the lock of the pool.

    Arguments:
        places: how many queries run in it at once.
        queue: those that wait.
    """

    def __init__(self, places: int, queue: FairQueue) -> None:
        self.places = places
        self.queue = queue
        self.busy: set[WorkerProcess] = set()

    @property
    def is_full(self) -> bool:
        """Whether as many queries run as may."""
        return len(self.busy) >= self.places


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
