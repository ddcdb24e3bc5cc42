"""What is measured of the state of the server rather than of requests: queues, processes, the store's newest state."""

from contextlib import suppress
from datetime import UTC, datetime

from flask import Flask, Response

from graph.errors import MilcoopError
from graph.location import local_folder
from graph.query.pool import QueryPool
from server.metrics import KILLED, RUNNING, SNAPSHOT_AGE, SNAPSHOT_NUMBER, STORE_BYTES, WAITING
from server.resources import current_snapshot, resources

__all__ = ["PoolGauges", "install_observation", "observe"]


class PoolGauges:
    """Tells how many queries run and wait in this web process, where that has changed."""

    def __init__(self) -> None:
        self._loads: dict[str, tuple[int, int]] = {}
        self._stopped = 0

    def tell(self, pool: QueryPool | None) -> None:
        """Tell it of the processes for queries, if there are any."""
        if pool is None:
            return
        loads = pool.loads()
        if loads != self._loads:
            self._loads = loads
            for lane, (running, waiting) in loads.items():
                RUNNING.labels(lane).set(running)
                WAITING.labels(lane).set(waiting)
        stopped = pool.stopped
        if stopped != self._stopped:
            KILLED.inc(max(0, stopped - self._stopped))
            self._stopped = stopped


def install_observation(app: Flask) -> PoolGauges:
    """Tell after each request how many queries run and wait in this web process."""
    gauges = PoolGauges()

    @app.after_request
    def tell(response: Response) -> Response:
        gauges.tell(resources().running_pool)
        return response

    return gauges


def observe() -> None:
    """Measure the newest state of the store; where it cannot be read, its figures stay what they were."""
    with suppress(MilcoopError, OSError):
        snapshot = current_snapshot()
        SNAPSHOT_NUMBER.set(snapshot.number)
        if committed := snapshot.record.committed:
            moment = datetime.fromisoformat(committed)
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            SNAPSHOT_AGE.set(max(0.0, (datetime.now(UTC) - moment).total_seconds()))
        folder = local_folder(resources().settings.store) / "snapshots" / str(snapshot.number)
        STORE_BYTES.set(sum(file.stat().st_size for file in folder.iterdir()))
