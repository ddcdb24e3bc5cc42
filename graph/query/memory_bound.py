"""A bound on the memory that a query may take, kept by the kernel: past it the engine aborts and its process ends."""

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

__all__ = ["MemoryBound"]

_PAGES = Path("/proc/self/statm")


class MemoryBound:
    """Within a `with`, the process cannot grow by more than `extra_bytes` beyond what it had at the first time.

    Outside of it there is no bound: opening the next snapshot is not the query's doing. Where the system does not
    tell the size of a process (no /proc) nothing is bounded.

    Arguments:
        extra_bytes: by how much the process may grow; None for no bound.
    """

    def __init__(self, extra_bytes: int | None) -> None:
        self._extra = extra_bytes if _PAGES.exists() else None
        self._base = 0

    @property
    def worn(self) -> bool:
        """Whether freed memory that the process did not return takes up half of what a query may have."""
        return self._extra is not None and self._base > 0 and _size() > self._base + self._extra // 2

    @contextmanager
    def apart(self) -> Iterator[None]:
        """By what the process grows or shrinks in here, as by files that are mapped, is no query's doing."""
        before = _size() if self._base else 0
        yield
        if self._base:
            self._base += _size() - before

    def __enter__(self) -> None:
        if self._extra is not None:
            self._base = self._base or _size()
            _limit(self._base + self._extra)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._extra is not None:
            _limit(resource.RLIM_INFINITY)


def _size() -> int:
    """The address space of this process, in bytes."""
    descriptor = os.open(_PAGES, os.O_RDONLY | os.O_CLOEXEC)
    try:
        return int(os.read(descriptor, 128).split()[0]) * resource.getpagesize()
    finally:
        os.close(descriptor)


def _limit(soft: int) -> None:
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    if hard != resource.RLIM_INFINITY:
        soft = hard if soft == resource.RLIM_INFINITY else min(soft, hard)
    with suppress(OSError, ValueError):  # systems that know the limit and do not let it be set
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
