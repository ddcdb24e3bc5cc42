"""A process from which workers are forked: it has imported all that they need, so that a new one is there at once.

It opens no store and starts no thread, which a fork would lose. Its children are known to the pool by descriptors
(pidfd_open(2)), as they are none of its own; the kernel reaps them.
"""

import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Pipe

from graph.query.worker_process import WorkerProcess

__all__ = ["Nursery", "WorkerSettings", "serve"]

_START_SECONDS = 60.0
_TRIES = 2
_BOOT = """
import json, sys
descriptor, path, arguments = json.loads(sys.argv[1])
sys.path[:] = path
from graph.query.nursery import serve
serve(descriptor, *arguments)
"""


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """What the workers of a pool have in common.

    Arguments:
        location: the store's folder or address.
        memory_bytes: how much memory a query may take; None for no bound.
        services: what SERVICE may call, as entries of an `AllowList`.
    """

    location: str
    memory_bytes: int | None
    services: tuple[str, ...] = ()


class _Forked:
    """A process that another one has forked."""

    def __init__(self, pid: int, descriptor: int) -> None:
        self.pid = pid
        self._descriptor = descriptor

    def poll(self) -> int | None:
        return 0 if self._has_ended(0) else None

    def kill(self) -> None:
        with suppress(OSError):
            signal.pidfd_send_signal(self._descriptor, signal.SIGKILL)

    def wait(self) -> int:
        self._has_ended(None)
        return 0

    def _has_ended(self, milliseconds: int | None) -> bool:
        waiting = select.poll()
        waiting.register(self._descriptor, select.POLLIN)
        return bool(waiting.poll(milliseconds))

    def __del__(self) -> None:
        os.close(self._descriptor)


class _Child:
    """A process that this one has forked."""

    def __init__(self, pid: int) -> None:
        self._pid = pid

    def kill(self) -> None:
        os.kill(self._pid, signal.SIGKILL)

    def wait(self) -> None:
        os.waitpid(self._pid, 0)


class Nursery:
    """Makes workers. Safe to use from many threads.

    Arguments:
        settings: what they have in common.
        forked: whether it begins as a fork of this process, which then has imported what queries need and must have
            no thread but the present one; it saves the time of starting an interpreter. One that takes its place
            later is started anew.
    """

    def __init__(self, settings: WorkerSettings, *, forked: bool = False) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._closed = False
        self._process: subprocess.Popen[bytes] | _Child | None = None
        self._socket: socket.socket | None = None
        if forked:
            self._fork()

    def worker(self) -> WorkerProcess:
        """A new worker.

        Raises:
            OSError: none can be started.
        """
        with self._lock:
            for _ in range(0 if self._closed else _TRIES):
                with suppress(EOFError, ConnectionError, TimeoutError):
                    return self._forked()
                self._end()  # it has died: a new one takes its place
        raise OSError("the process that starts them does not answer")

    def close(self) -> None:
        """End the process; the workers go on, and there are no more."""
        with self._lock:
            self._closed = True
            self._end()

    def _forked(self) -> WorkerProcess:
        asking = self._socket or self._start()
        ours, theirs = Pipe(duplex=True)
        try:
            socket.send_fds(asking, [b"\0"], [theirs.fileno()])
            told, descriptors, _, _ = socket.recv_fds(asking, 64, 1)
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()
        if not descriptors:
            ours.close()
            if not told:
                raise EOFError
            raise OSError(told.decode())
        return WorkerProcess(ours, _Forked(int(told), descriptors[0]))

    def _fork(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        pid = os.fork()
        if pid == 0:
            try:
                _forget_parent(theirs.fileno())
                serve(theirs.fileno(), *self._arguments())
            finally:
                os._exit(1)
        theirs.close()
        ours.settimeout(_START_SECONDS)
        self._process, self._socket = _Child(pid), ours

    def _arguments(self) -> tuple[str, int | None, list[str]]:
        return self._settings.location, self._settings.memory_bytes, list(self._settings.services)

    def _start(self) -> socket.socket:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        arguments = self._arguments()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - this interpreter, with our own program
                [sys.executable, "-c", _BOOT, json.dumps([theirs.fileno(), sys.path, arguments])],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # where the engine writes when memory runs out
                env={**os.environ, "RUST_BACKTRACE": "0", "OPENBLAS_NUM_THREADS": "1"},
            )
        ours.settimeout(_START_SECONDS)
        self._socket = ours
        return ours

    def _end(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


def _forget_parent(descriptor: int) -> None:
    """In a fork: keep nothing open but a descriptor, and take signals as a new process does."""
    gc.freeze()  # no object that owned a descriptor may close it once more, when its number is another one's
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGTERM, signal.SIGQUIT, signal.SIGABRT, signal.SIGUSR1, signal.SIGWINCH):
        signal.signal(number, signal.SIG_DFL)
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):  # the engine writes to standard error when memory runs out
        os.dup2(nothing, standard)
    os.closerange(3, descriptor)
    os.closerange(descriptor + 1, os.sysconf("SC_OPEN_MAX"))
    os.environ["RUST_BACKTRACE"] = "0"
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # threads would be lost in the workers, which are forks


def serve(descriptor: int, location: str, memory_bytes: int | None, services: list[str]) -> None:
    """Fork a worker for each connection that comes, until the other end is closed.

    Arguments:
        descriptor: the file descriptor of a socket over which connections come.
        location: the folder of the store.
        memory_bytes: how much memory a query may take, beyond what an idle worker has.
        services: what SERVICE may call, as entries of an `AllowList`.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then closes the socket
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel reaps
    import graph.query.coding
    import graph.query.columnar
    import graph.query.evaluate
    import graph.query.worker
    import graph.search.of_snapshot
    import graph.store

    asking = socket.socket(fileno=descriptor)
    while True:
        _, descriptors, _, _ = socket.recv_fds(asking, 1, 1)
        if not descriptors:
            os._exit(0)
        try:
            pid = os.fork()
        except OSError as error:
            asking.send(str(error.strerror).encode())
        else:
            if pid == 0:
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                asking.close()
                try:
                    graph.query.worker.serve(descriptors[0], location, memory_bytes, services)
                finally:
                    os._exit(0)
            _tell(asking, pid)
        os.close(descriptors[0])


def _tell(asking: socket.socket, pid: int) -> None:
    try:
        held = os.pidfd_open(pid)
    except OSError as error:  # it has ended already, or there are too many open files
        asking.send(str(error.strerror).encode())
        return
    socket.send_fds(asking, [str(pid).encode()], [held])
    os.close(held)
