"""A process that evaluates queries, as the pool sees it."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from graph.query.process import GuardedProcess
from graph.query.request import Answer, Limits, QueryRequest

__all__ = ["WorkerProcess", "WorkerSettings"]


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """What the workers of a pool have in common.

    Arguments:
        location: the store's folder.
        memory_bytes: how much memory a query may take; None for no bound.
        services: the IRIs that SERVICE may call.
    """

    location: Path
    memory_bytes: int | None
    services: tuple[str, ...] = ()


class WorkerProcess(GuardedProcess):
    """A process that evaluates queries on a store's newest snapshot.

    Arguments:
        settings: the store, and the bounds.
    """

    def __init__(self, settings: WorkerSettings) -> None:
        arguments = [str(settings.location), settings.memory_bytes, list(settings.services)]
        super().__init__("graph.query.worker", arguments, what="query", hint="narrow it down, or add a LIMIT")

    @staticmethod
    def message(request: QueryRequest, wanted: str, limits: Limits, codings: tuple[str, ...]) -> dict[str, Any]:
        """What asks a worker.

        Arguments:
            request: the query.
            wanted: the name of a format, or the value of an Accept header.
            limits: after how many rows or bytes the result is cut.
            codings: content codings that are taken, the best first.
        """
        return {"request": asdict(request), "wanted": wanted, "limits": asdict(limits), "codings": list(codings)}

    def answer(self) -> Answer:
        """The answer that is there. After an error that derives from neither BadInput nor the store, end the worker.

        Raises:
            QueryKilled, MilcoopError: see `receive`.
        """
        answer, body = self.receive()
        return Answer(body=body, **answer)
