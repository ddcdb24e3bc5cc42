"""A guarded process as its parent sees it: started, asked with a deadline, ended."""

import importlib
import json
import os
import select
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Any, Protocol

from graph.errors import MilcoopError, QueryKilled, QueryTimeout

__all__ = ["GuardedProcess", "NotBegun", "Running", "started"]

_START_SECONDS = 60.0
"""How long a worker may take to begin: it may have to start, on a busy machine."""

_LOWERED = 15
"""The nice value of what lets others go first: a thirtieth of a normal one's share."""

_BOOT = """
import json, sys
descriptor, path, task, arguments = json.loads(sys.argv[1])
sys.path[:] = path
import importlib
importlib.import_module(task).serve(descriptor, *arguments)
"""
# Not multiprocessing: its spawning runs the caller's main module again, which a script without the
# `if __name__ == "__main__"` guard answers by starting all over.


class NotBegun(Exception):
    """The process was gone before it took up the request: another one can take it."""


class Running(Protocol):
    """What is asked of a process that was started, however it was (`subprocess.Popen` is one)."""

    @property
    def pid(self) -> int:
        """Its id."""

    def poll(self) -> int | None:
        """None while it runs."""

    def kill(self) -> None:
        """Kill it."""

    def wait(self) -> int:
        """Return when it has ended."""


def started(task: str, arguments: list[Any]) -> tuple[Connection, Running]:
    """A new process, and the connection to it.

    Arguments:
        task: the module whose `serve(descriptor, *arguments)` it runs.
        arguments: what JSON can hold.
    """
    ours, theirs = Pipe(duplex=True)
    process = subprocess.Popen(  # noqa: S603 - this interpreter, with our own program
        [sys.executable, "-c", _BOOT, json.dumps([theirs.fileno(), sys.path, task, arguments])],
        pass_fds=[theirs.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,  # where the engine writes when memory runs out
        env={**os.environ, "RUST_BACKTRACE": "0", "OPENBLAS_NUM_THREADS": "1"},
    )
    theirs.close()
    return ours, process


class GuardedProcess:
    """A process that works off requests one after the other, and may be killed over any of them.

    Arguments:
        connection: to it.
        process: the process itself.
        what: what a request is called in messages (`query`).
        hint: what to do about one that was stopped.
    """

    def __init__(self, connection: Connection, process: Running, *, what: str, hint: str) -> None:
        self._connection = connection
        self._process = process
        self._what = what
        self._hint = hint
        self._thread: int | None = None
        self._used_before = 0.0
        self._arriving = select.poll()
        self._arriving.register(connection.fileno(), select.POLLIN)

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def exchange(
        self, message: dict[str, Any], parts: Sequence[bytes] = (), *, seconds: float
    ) -> tuple[dict[str, Any], bytes]:
        """The answer to a request.

        Arguments:
            message: the request.
            parts: bytes that belong to it.
            seconds: how long the work may take.

        Raises:
            NotBegun: the process was not there any more.
            QueryTimeout: the time is over; the process still works.
            QueryKilled: the process died over the request.
            MilcoopError: what it reports.
        """
        self.begin(message, parts, seconds=seconds)
        if not self.has_answered(seconds):
            raise self.timeout(seconds)
        return self.receive()

    def begin(
        self,
        message: dict[str, Any],
        parts: Sequence[bytes] = (),
        *,
        seconds: float,
        start_seconds: float = _START_SECONDS,
    ) -> None:
        """Hand over a request; where it is not known which thread works on it, see that it is taken up.

        Arguments:
            message: the request.
            parts: bytes that belong to it.
            seconds: how long the work may take.
            start_seconds: how long the process may take to begin: it may still have to start.

        Raises:
            NotBegun: the process was not there any more, or did not begin in time.
        """
        is_known = self._thread is not None
        head = {**message, "parts": len(parts), "seconds": seconds, "announced": is_known}
        try:
            self._connection.send_bytes(json.dumps(head).encode())
            for part in parts:
                self._connection.send_bytes(part)
            if is_known:  # to be told of each would be one more time to wake up
                return
            if not self._arrives(start_seconds):
                raise NotBegun
            told = json.loads(self._connection.recv_bytes())
            self._thread, self._used_before = told["begun"], told["used"] / 1e9
        except (EOFError, OSError) as error:
            raise NotBegun from error

    def has_answered(self, seconds: float) -> bool:
        """Whether there is an answer, or the end of the process, within so many seconds."""
        return self._arrives(seconds)  # where the process has ended, to receive the answer tells what has happened

    def _arrives(self, seconds: float) -> bool:
        return bool(self._arriving.poll(1000 * max(0.0, seconds)))

    def receive(self) -> tuple[dict[str, Any], bytes]:
        """The answer that is there.

        Raises:
            NotBegun: the process was gone before it took up the request.
            QueryKilled: the process died over the request.
            MilcoopError: what it reports.
        """
        try:
            message, _, body = self._connection.recv_bytes().partition(b"\n")
            told = json.loads(message)
            self._used_before = told["used"] / 1e9
            if "answer" in told:
                return told["answer"], self._connection.recv_bytes() if "apart" in told else body
        except ConnectionResetError as error:  # unix(7): it has closed its end and not read all that was sent
            raise NotBegun from error
        except (EOFError, OSError) as error:
            raise QueryKilled(
                f"the {self._what} was stopped: it needed more memory than it may have, or its process was ended",
                hint=self._hint,
            ) from error
        raise _reported(told)

    def timeout(self, seconds: float, waited: float = 0.0) -> QueryTimeout:
        """The error for a request that took too long.

        Arguments:
            seconds: how long it might have taken.
            waited: how many of these it waited for its turn.
        """
        of_which = f" ({waited:.1f} s of which it waited for its turn)" if waited >= 0.1 else ""
        return QueryTimeout(
            f"the {self._what} took longer than {seconds:g} s{of_which} and was stopped", hint=self._hint
        )

    def lower(self, *, for_good: bool = False) -> None:
        """Let all others go first while it works on what it has begun. Linux alone: there threads have priorities.

        Arguments:
            for_good: with all that it does from now on. This cannot be taken back without privileges.
        """
        lowered = self._process.pid if for_good else self._thread
        if sys.platform == "linux" and lowered is not None:
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, lowered, _LOWERED)
            self._thread = None  # another one takes what comes next

    def cpu_seconds(self) -> float | None:
        """The processor time that this request has used; None where the system does not tell."""
        if self._thread is None:
            return None
        try:  # in nanoseconds
            text = Path(f"/proc/{self._process.pid}/task/{self._thread}/schedstat").read_text(encoding="ascii")
            return int(text.split()[0]) / 1e9 - self._used_before
        except (OSError, ValueError, IndexError):
            return None

    def kill(self) -> None:
        """Kill the process, whatever it does; who waits for its answer learns of it."""
        self._process.kill()

    def end(self) -> None:
        """Kill the process and let go of it; nobody may be waiting for its answer."""
        self._process.kill()
        self._process.wait()
        self._connection.close()


def _reported(told: dict[str, Any]) -> MilcoopError:
    """The error that a process reports, of the class it had there: nobody need have imported that here."""
    kind = getattr(importlib.import_module(told["module"]), told["error"], MilcoopError)
    error: MilcoopError = kind.__new__(kind)
    Exception.__init__(error, told["message"])
    vars(error).update(told["also"])
    return error
