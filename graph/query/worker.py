"""A process that evaluates queries on the newest snapshot of a store, one after the other, and can be killed.

It is started by `graph.query.process`; how it talks with its parent, says `graph.query.channel`.
"""

import os
import threading
from contextlib import suppress
from typing import Any

from graph.errors import MilcoopError, QueryKilled
from graph.location import is_remote
from graph.query.allow_list import AllowList
from graph.query.channel import Channel, Received
from graph.query.memory_bound import MemoryBound
from graph.query.offline import stay_offline
from graph.query.request import Limits, QueryRequest

__all__ = ["serve"]


def serve(descriptor: int, location: str, memory_bytes: int | None, services: list[str]) -> None:
    """Answer requests until the other end of the connection is closed.

    Arguments:
        descriptor: the file descriptor of the connection.
        location: the folder or the address of the store.
        memory_bytes: how much memory a query may take, beyond what an idle worker has.
        services: what SERVICE may call, as entries of an `AllowList`.
    """
    channel = Channel(descriptor)  # before the imports: they take a while, the parent may be gone by then
    if not services and not is_remote(location):
        stay_offline()
    from graph.columns import columns_of_snapshot
    from graph.query.coding import coded
    from graph.query.evaluate import evaluate
    from graph.query.sizes import Sizes
    from graph.search.of_snapshot import search_of_snapshot
    from graph.store import open_store

    store: Any = None
    with suppress(MilcoopError):  # what is wrong is told with the first request
        store = open_store(location, create=False)
        store.snapshot().close()
    allowed = AllowList.parse(services)
    memory = MemoryBound(memory_bytes)
    sizes = Sizes()

    def answer_one(received: Received) -> None:
        nonlocal store
        channel.begin(received)
        message = received.message
        try:
            store = store or open_store(location, create=False)
            with store.snapshot() as snapshot:
                with memory.apart():
                    columns = columns_of_snapshot(snapshot)
                with memory:
                    sizes.move_to(snapshot.number)
                    request = QueryRequest(**message["request"])
                    limits, find = Limits(*message["limits"]), search_of_snapshot(snapshot)
                    answer = evaluate(
                        snapshot.rdf, request, message["wanted"], limits, allowed, find, closed=not store.bare,
                        sizes=sizes, columns=columns,
                    )  # fmt: skip
                    answer = coded(answer, message["codings"])
                number = snapshot.number
        except MemoryError:
            channel.refuse(QueryKilled("the query needs more memory than it may have", hint="ask for less at once"))
        except MilcoopError as error:
            channel.refuse(error)
        except Exception as error:
            channel.refuse(MilcoopError(f"the query failed: {error!r}"))
        else:
            fields = {name: getattr(answer, name) for name in ("media_type", "rows", "cut", "coding")}
            channel.answer({**fields, "snapshot": number}, answer.body)

    taken: list[Received] = []

    def answer_while_prompt() -> None:
        try:
            while not memory.worn:
                received = taken.pop() if taken else channel.receive()
                if _is_lowered():
                    taken.append(received)
                    break
                answer_one(received)
        except BaseException:  # a panic of the engine is no Exception: who waits for the answer learns of it at once
            os._exit(1)

    while not memory.worn:
        # Another thread after each query that turned out long: priorities are lowered, and cannot be raised again.
        answering = threading.Thread(target=answer_while_prompt)
        answering.start()
        answering.join()


def _is_lowered() -> bool:
    """Whether this thread lets go first those that the process began with."""
    mine, first = (os.getpriority(os.PRIO_PROCESS, one) for one in (threading.get_native_id(), os.getpid()))
    return mine > first
