"""Running one function in a process of its own, and getting its result or its error back.

A web server must not read documents in its own processes: that takes hundreds of megabytes and seconds. Nor may the
process that forks the web processes open the store: RocksDB starts threads, which a fork loses. Not by
multiprocessing, whose spawning runs the caller's main module once more.
"""

import importlib
import json
import os
import select
import subprocess
import sys
import threading
from typing import Any

from graph.errors import MilcoopError

__all__ = ["ApartFailed", "Refused", "answer", "result_in", "run_apart", "tell"]

_BOOT = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from server.apart import answer; answer(sys.argv[2])"


class ApartFailed(MilcoopError):
    """The process took too long, or died; `status` is what to answer with."""

    http_status = 504
    title = "Loading failed"


class Refused(MilcoopError):
    """The function ended with an error of milcoop's, told by its sentence, status and title."""

    def __init__(self, message: str, *, status: int, title: str) -> None:
        super().__init__(message)
        self.http_status = status
        self.title = title


def run_apart(task: str, argument: dict[str, Any], *, seconds: float | None = None, folder: str | None = None) -> Any:
    """The result of a function of one argument, called in a new process.

    Arguments:
        task: the function, as `module:name`.
        argument: what it is called with, as JSON has it.
        seconds: how long it may take; None for as long as it takes.
        folder: the working directory of the process.

    Raises:
        Refused: the function raised an error of milcoop's.
        ApartFailed: it took too long, or the process died.
    """
    try:
        finished = subprocess.run(  # noqa: S603 — this interpreter, with our own program
            [sys.executable, "-c", _BOOT, json.dumps(sys.path), task],
            input=json.dumps(argument).encode(),
            stdout=subprocess.PIPE,
            timeout=seconds,
            cwd=folder,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ApartFailed(f"It took more than {seconds:g} seconds and was stopped") from error
    if finished.returncode != 0:
        raise ApartFailed(f"The process ended with status {finished.returncode}")
    return result_in(finished.stdout)


def tell(task: str, argument: dict[str, Any]) -> dict[str, Any]:
    """Call a function, here, and tell what came of it, as JSON has it: see `result_in`.

    Arguments:
        task: the function, as `module:name`.
        argument: what it is called with.
    """
    module, _, name = task.partition(":")
    try:
        return {"result": getattr(importlib.import_module(module), name)(argument)}
    except MilcoopError as error:
        return {"error": str(error), "status": error.http_status, "title": error.title}


def result_in(text: bytes) -> Any:
    """The result that another process told of.

    Arguments:
        text: what `tell` gave there, in JSON.

    Raises:
        Refused: the function raised an error of milcoop's.
        ValueError: it is no JSON.
    """
    told = json.loads(text)
    if "error" in told:
        raise Refused(told["error"], status=told["status"], title=told["title"])
    return told["result"]


def answer(task: str) -> None:
    """In the new process: call the function with what stands on standard input, tell the result on standard output."""
    # What libraries print must not mix with the result: it goes where messages go.
    told = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    threading.Thread(target=_end_with_parent, args=(told.fileno(),), daemon=True).start()
    argument = json.loads(sys.stdin.buffer.read())
    message = tell(task, argument)
    with told:
        json.dump(message, told)


def _end_with_parent(descriptor: int) -> None:
    """End the process when nobody is left to read its result: it may be at work for minutes, with gigabytes."""
    waiting = select.poll()
    waiting.register(descriptor, 0)  # errors are told unasked
    waiting.poll()
    os._exit(1)
