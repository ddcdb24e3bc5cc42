"""A client's writes on the wire: acknowledged with the state that holds them, counted by what became of them."""

from collections.abc import Iterator
from contextlib import contextmanager

from werkzeug.wrappers import Response

from graph.errors import MilcoopError
from graph.query.request import Written
from server.metrics import WRITES
from server.querying import SNAPSHOT_HEADER

__all__ = ["acknowledged", "measured"]


def acknowledged(written: Written, status: int) -> Response:
    """The answer to a write that has happened."""
    response = Response(status=status)
    del response.headers["Content-Type"]  # there is no content
    response.headers[SNAPSHOT_HEADER] = str(written.snapshot)
    return response


@contextmanager
def measured(operation: str) -> Iterator[None]:
    """Count a write.

    Arguments:
        operation: its name in the metrics.
    """
    try:
        yield
    except MilcoopError as error:
        WRITES.labels(operation, "failed" if error.http_status >= 500 else "refused").inc()
        raise
    WRITES.labels(operation, "written").inc()
