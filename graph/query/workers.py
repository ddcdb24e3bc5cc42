"""The worker processes of a pool: those that wait for a query, how new ones come and old ones go."""

import threading

from graph.errors import MilcoopError
from graph.query.nursery import Nursery
from graph.query.worker_process import WorkerProcess

__all__ = ["NoProcess", "Workers"]

_ENDING_SECONDS = 5.0


class NoProcess(MilcoopError):
    """No process can be started for a query just now."""

    http_status = 503
    title = "Too many queries"


class Workers:
    """The workers that are idle, and those that are about to end. Whoever calls holds the lock of the pool.

    Arguments:
        nursery: where they come from.
    """

    def __init__(self, nursery: Nursery) -> None:
        self._nursery = nursery
        self._ending: list[threading.Thread] = []
        self.idle: list[WorkerProcess] = []

    def take(self) -> WorkerProcess:
        """A worker: the one that has answered last, which has the store's pages at hand.

        Raises:
            NoProcess: none is idle, and none can be started.
        """
        while self.idle:
            worker = self.idle.pop()
            if worker.alive():
                return worker
            worker.end()
        return self._start()

    def give(self, worker: WorkerProcess) -> None:
        """Let a worker wait for the next query."""
        self.idle.append(worker)

    def fill(self, number: int) -> None:
        """Have so many idle ones at least. New ones come after those that run already: these need not start first.

        Raises:
            NoProcess: not so many can be started.
        """
        while len(self.idle) < number:
            self.idle.insert(0, self._start())

    def end_behind(self, worker: WorkerProcess) -> None:
        """Kill a worker and do not wait: it takes a while to give back gigabytes, and lets all others go first."""
        worker.lower(for_good=True)
        worker.kill()
        ending = threading.Thread(target=worker.end, daemon=True)
        ending.start()
        self._ending = [thread for thread in self._ending if thread.is_alive()]
        self._ending.append(ending)

    def close(self) -> None:
        """End all of them, and have no more."""
        idle, self.idle = self.idle, []
        for worker in idle:
            worker.end()
        self._nursery.close()
        for thread in self._ending:
            thread.join(_ENDING_SECONDS)

    def _start(self) -> WorkerProcess:
        try:
            return self._nursery.worker()
        except OSError as error:
            raise NoProcess(f"no process can be started for a query: {error.strerror or error}") from error
