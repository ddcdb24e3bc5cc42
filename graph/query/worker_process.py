"""A process that evaluates queries, as the pool sees it."""

from multiprocessing.connection import Connection
from typing import Any

from graph.query.process import GuardedProcess, Running
from graph.query.request import Answer, Limits, QueryRequest

__all__ = ["WorkerProcess"]


class WorkerProcess(GuardedProcess):
    """A process that evaluates queries on a store's newest snapshot.

    Arguments:
        connection: to it.
        process: the process itself.
    """

    def __init__(self, connection: Connection, process: Running) -> None:
        super().__init__(connection, process, what="query", hint="narrow it down, or add a LIMIT")

    @staticmethod
    def message(request: QueryRequest, wanted: str, limits: Limits, codings: tuple[str, ...]) -> dict[str, Any]:
        """What asks a worker.

        Arguments:
            request: the query.
            wanted: the name of a format, or the value of an Accept header.
            limits: after how many rows or bytes the result is cut.
            codings: content codings that are taken, the best first.
        """
        return {
            "request": {
                "text": request.text,
                "base_iri": request.base_iri,
                "default_graphs": request.default_graphs,
                "named_graphs": request.named_graphs,
                "prefixes": dict(request.prefixes),
            },
            "wanted": wanted,
            "limits": [limits.rows, limits.bytes],
            "codings": codings,
        }

    def answer(self) -> Answer:
        """The answer that is there. After an error that derives from neither BadInput nor the store, end the worker.

        Raises:
            QueryKilled, MilcoopError: see `receive`.
        """
        answer, body = self.receive()
        return Answer(body=body, **answer)
