"""A bound on how much that is not a query is read out of the whole graph at a time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from graph.query.pool import PoolBusy

__all__ = ["Gate"]


class Gate:
    """Lets a few in at a time; whoever waits too long is told to come again.

    Arguments:
        places: how many are let in.
        seconds: how long one waits.
    """

    def __init__(self, places: int, seconds: float) -> None:
        self._places = threading.BoundedSemaphore(places)
        self._seconds = seconds

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Be one of those.

        Raises:
            PoolBusy: there was no place in time.
        """
        if not self._places.acquire(timeout=self._seconds):
            raise PoolBusy("others are reading the whole graph already", hint="try again in a few seconds")
        try:
            yield
        finally:
            self._places.release()
