"""A process that evaluates queries on the newest snapshot of a store, one after the other, and can be killed.

It is started by `graph.query.process` and talks over one connection: a request is a JSON message; the answer is a
JSON message, followed by the bytes of the result where there is one. It ends when its parent does.
"""

import json
import os
import queue
import resource
import signal
import threading
from dataclasses import asdict
from multiprocessing.connection import Connection
from typing import Any

from graph.errors import MilcoopError, QueryKilled
from graph.query.evaluate import evaluate
from graph.query.memory_bound import MemoryBound
from graph.query.request import Answer, QueryRequest

__all__ = ["serve"]

_GRACE_SECONDS = 5.0
"""How long past the deadline a worker lives whose parent does not end it."""


def serve(descriptor: int, location: str, memory_bytes: int | None, services: list[str]) -> None:
    """Answer requests until the other end of the connection is closed.

    Arguments:
        descriptor: the file descriptor of the connection.
        location: the folder of the store.
        memory_bytes: how much memory a query may take, beyond what an idle worker has.
        services: the IRIs that SERVICE may call.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then closes the connection
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    connection = Connection(descriptor)
    requests: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(connection, requests), daemon=True).start()
    from graph.store import open_store  # after the thread: importing takes a while, the parent may be gone by then

    store = None
    memory = MemoryBound(memory_bytes)
    while not memory.worn:
        message = requests.get()
        _tell(connection, {"begun": True})
        signal.setitimer(signal.ITIMER_REAL, message["seconds"] + _GRACE_SECONDS)
        try:
            store = store or open_store(location, create=False)
            with store.snapshot() as snapshot, memory:
                request = QueryRequest(**message["request"])
                answer = evaluate(snapshot.rdf, request, message["wanted"], message["max_rows"], services)
                number = snapshot.number
        except MemoryError:
            error = QueryKilled("the query needs more memory than it may have", hint="ask for less at once")
            _tell(connection, _as_message(error))
        except MilcoopError as error:
            _tell(connection, _as_message(error))
        except Exception as error:
            _tell(connection, {"error": "MilcoopError", "message": f"the query failed: {error!r}", "also": {}})
        else:
            _tell(connection, _answered(answer, number), answer.body)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)


def _listen(connection: Connection, requests: queue.SimpleQueue[dict[str, Any]]) -> None:
    """Take requests, and end the process with its parent: even in the midst of a query, which nothing interrupts."""
    try:
        while True:
            requests.put(json.loads(connection.recv_bytes()))
    except (EOFError, OSError):
        os._exit(0)


def _tell(connection: Connection, message: dict[str, Any], body: bytes | None = None) -> None:
    connection.send_bytes(json.dumps(message).encode())
    if body is not None:
        connection.send_bytes(body)


def _answered(answer: Answer, number: int) -> dict[str, Any]:
    fields = {name: value for name, value in asdict(answer).items() if name != "body"}
    return {"answer": {**fields, "snapshot": number}}


def _as_message(error: MilcoopError) -> dict[str, Any]:
    return {"error": type(error).__name__, "message": str(error), "also": vars(error)}
