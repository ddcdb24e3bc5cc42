"""Functions that read documents, run in forks of a process that has loaded the language models.

Loading them takes longer than reading a document. So the first document is read by a process of its own, as ever, and
beside it another one begins: it loads the models, opens no store and starts no thread, which a fork would lose, and
then forks a process for each document, until none has come for some minutes. There is one for all web processes of a
server; it ends with the web process that began it. What it forks is like any other process apart: it does one thing,
is killed when it takes too long, and ends with whoever waits for its result.
"""

import fcntl
import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from server.apart import ApartFailed, result_in, run_apart, tell

__all__ = ["Ready", "serve"]

_SOCKET, _TURN = "ready.socket", "ready.turn"
_BOOT = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from server.ready import serve; serve(*sys.argv[2:])"
_LOOKS_SECONDS = 1.0
_FORKS_SECONDS = 5.0
"""It forks within a millisecond, or something is wrong with it."""

_CHUNK = 1 << 16
READING = ("loaders.reading.preloaded", "loaders.load", "loaders.preview", "graph.store", "graph.reasoner.incremental",
           "graph.reasoner.owl2rl", "server.loading")  # fmt: skip
"""Modules that reading and writing documents need, the models among them."""


class _NotBegun(Exception):
    """There is no process yet, or none any more."""


class Ready:
    """Runs functions in processes that need not load the language models. Safe to use from many threads.

    Arguments:
        folder: one that all web processes of a server have, and nobody else can write; None for processes that load
            everything each time.
        seconds: how long after the last function the process is kept that has loaded them; 0 for none at all.
        modules: what it loads; none of them may start a thread.
    """

    def __init__(self, folder: Path | None, seconds: float, modules: Sequence[str] = READING) -> None:
        self._folder = folder if seconds > 0 else None
        self._seconds = seconds
        self._modules = modules
        self._begun: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def run(self, task: str, argument: dict[str, Any], *, seconds: float) -> Any:
        """The result of a function of one argument: see `server.apart.run_apart`.

        Raises:
            Refused: the function raised an error of milcoop's.
            ApartFailed: it took too long, or its process died.
        """
        deadline = time.monotonic() + seconds
        try:
            with self._connected() as connection:
                return _run(connection, task, argument, seconds, deadline)
        except _NotBegun:
            self._begin()
            return run_apart(task, argument, seconds=seconds)

    def _connected(self) -> socket.socket:
        if self._folder is None:
            raise _NotBegun
        connection = socket.socket(socket.AF_UNIX)
        try:
            with _place(self._folder) as place:
                connection.connect(place)
        except OSError as error:
            connection.close()
            raise _NotBegun from error
        return connection

    def _begin(self) -> None:
        """Have the models loaded beside what is done now, unless some process of this server does so already."""
        if self._folder is None:
            return
        with self._lock, suppress(OSError):
            if self._begun is not None and self._begun.poll() is None:
                return  # it has the turn, or is about to take it
            with (self._folder / _TURN).open("a") as turn:
                fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._begun = subprocess.Popen(  # noqa: S603 — this interpreter, with our own program
                [
                    sys.executable,
                    "-c",
                    _BOOT,
                    json.dumps(sys.path),
                    str(self._folder),
                    str(self._seconds),
                    *self._modules,
                ],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},  # threads are lost in a fork
            )


def _run(connection: socket.socket, task: str, argument: dict[str, Any], seconds: float, deadline: float) -> Any:
    process = _process_behind(connection)
    try:
        connection.settimeout(max(0.001, deadline - time.monotonic()))
        connection.sendall(json.dumps({"task": task, "argument": argument}).encode())
        connection.shutdown(socket.SHUT_WR)
        told = bytearray()
        while chunk := _received(connection, deadline):
            told += chunk
        return result_in(bytes(told))
    except TimeoutError as error:
        raise ApartFailed(f"It took more than {seconds:g} seconds and was stopped") from error
    except (OSError, ValueError) as error:  # it has told nothing, or half
        raise ApartFailed("The process ended before it was done") from error
    finally:
        with suppress(OSError):  # it has ended by itself, or does so
            signal.pidfd_send_signal(process, signal.SIGKILL)
        os.close(process)


def _received(connection: socket.socket, deadline: float) -> bytes:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    connection.settimeout(left)
    return connection.recv(_CHUNK)


def _process_behind(connection: socket.socket) -> int:
    """A descriptor of the process that has been forked for a connection (pidfd_open(2))."""
    connection.settimeout(_FORKS_SECONDS)
    try:
        _, descriptors, _, _ = socket.recv_fds(connection, 1, 1)
    except OSError as error:
        raise _NotBegun from error
    if not descriptors:
        raise _NotBegun
    return descriptors[0]


def serve(folder: str, seconds: str, *modules: str) -> None:
    """In the process: load the models, then fork a process for each connection, until none comes for so long.

    Arguments:
        folder: where web processes find it.
        seconds: how long it waits for the next one.
        modules: what to load.
    """
    parent = os.getppid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the web processes, with which this ends
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel reaps
    os.dup2(2, 1)  # what libraries print goes where messages go
    os.environ.pop("PROMETHEUS_MULTIPROC_DIR", None)  # this process counts nothing
    with (Path(folder) / _TURN).open("a") as turn:
        try:
            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)  # let go of even if it dies
        except BlockingIOError:
            return
        for module in modules:
            import_module(module)
        gc.collect()
        gc.freeze()
        (Path(folder) / _SOCKET).unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX) as listener:
            with _place(Path(folder)) as place:
                listener.bind(place)
            listener.listen()
            try:
                _fork_for_each(listener, turn.fileno(), float(seconds), parent)
            finally:
                (Path(folder) / _SOCKET).unlink(missing_ok=True)


@contextmanager
def _place(folder: Path) -> Iterator[str]:
    """A short path to the socket, however long the folder's is: one of a socket has 107 bytes at most (unix(7))."""
    held = os.open(folder, os.O_PATH | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{held}/{_SOCKET}"
    finally:
        os.close(held)


def _fork_for_each(listener: socket.socket, turn: int, seconds: float, parent: int) -> None:
    listener.settimeout(_LOOKS_SECONDS)
    until = time.monotonic() + seconds
    while time.monotonic() < until and os.getppid() == parent:
        try:
            connection, _ = listener.accept()
        except TimeoutError:
            continue
        with connection:
            pid = os.fork()
            if pid == 0:
                os.close(turn)
                _answer(listener, connection)
            with suppress(OSError):
                held = os.pidfd_open(pid)
                socket.send_fds(connection, [b"\0"], [held])
                os.close(held)
        until = time.monotonic() + seconds


def _answer(listener: socket.socket, connection: socket.socket) -> None:
    """In a fork: call the function that the connection tells of, tell its result, and end."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        listener.close()
        connection.setblocking(True)
        wanted = bytearray()
        while chunk := connection.recv(_CHUNK):
            wanted += chunk
        if not wanted:  # nobody waits for it any more
            return
        threading.Thread(target=_end_with, args=(connection.fileno(),), daemon=True).start()
        called = json.loads(wanted)
        connection.sendall(json.dumps(tell(called["task"], called["argument"])).encode())
    except Exception:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(0)


def _end_with(descriptor: int) -> None:
    """End the process when nobody is left to read its result."""
    waiting = select.poll()
    waiting.register(descriptor, 0)  # that the other end is closed is told unasked; that it sends no more is not
    waiting.poll()
    os._exit(1)
