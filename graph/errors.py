"""What can go wrong, as a tree of classes; each knows its status on the wire and its exit status.

    MilcoopError
    ├── BadInput             the caller gave something that cannot be used   (400, exit 1)
    │   └── BadUsage         an option or argument has no such value         (400, exit 2)
    ├── NotFound             there is no such thing                          (404, exit 1)
    ├── StoreError           the store cannot be opened, read or written     (503, exit 1)
    ├── QueryTimeout         a query ran past its deadline                   (504, exit 1)
    └── QueryKilled          a query ran out of memory or its worker died    (507, exit 1)

A message is one sentence: what was wrong, where, and what to do. Further classes derive from these in the package
that raises them.
"""


class MilcoopError(Exception):
    """An error to be told to the user in one sentence.

    Arguments:
        message: what was wrong, and where.
        hint: what to do about it; appended to the message after a semicolon.
    """

    http_status = 500
    exit_status = 1
    title = "Error"

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(f"{message}; {hint}" if hint else message)
        self.hint = hint


class BadInput(MilcoopError):
    """The caller gave something that cannot be used."""

    http_status = 400
    title = "Bad input"


class BadUsage(BadInput):
    """An option, argument, setting or parameter has a value that it cannot have."""

    exit_status = 2


class NotFound(MilcoopError):
    """There is no such thing."""

    http_status = 404
    title = "Not found"


class StoreError(MilcoopError):
    """The store cannot be opened, read or written."""

    http_status = 503
    title = "Store unavailable"


class QueryTimeout(MilcoopError):
    """A query ran past its deadline and was stopped."""

    http_status = 504
    title = "Query timeout"


class QueryKilled(MilcoopError):
    """A query ran past its memory bound, or its worker process died."""

    http_status = 507
    title = "Query stopped"
