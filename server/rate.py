"""How many requests of each client are let in a second, counted together by all web processes."""

import fcntl
import hashlib
import mmap
import os
import struct
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from weakref import finalize

__all__ = ["Rate"]

_KEY_BYTES = 16
_BUCKET = struct.Struct(f"<{_KEY_BYTES}sdd")
"""Whose it is, how many requests are left in it, and when that was so."""

_BUCKETS = 1 << 15
_NEIGHBOURS = 16
"""In how many places the bucket of a client may be."""


class Rate:
    """A token bucket for each client: so many requests a second, after a burst of as many seconds' worth.

    The buckets are in memory that is shared with the processes forked after this is made, so that a client has one
    bucket, whichever process answers. Where there are more clients than places, who has been away longest is forgotten.

    Arguments:
        per_second: how many requests a second a client may send in the long run.
        burst_seconds: how many seconds' worth it may send at once.
        clock: tells the time in seconds, the same in all processes.
    """

    def __init__(
        self, per_second: float, burst_seconds: float = 5.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._per_second = per_second
        self._most = max(1.0, per_second * burst_seconds)
        self._clock = clock
        self._threads = threading.Lock()
        self._buckets = mmap.mmap(-1, _BUCKETS * _BUCKET.size)
        self._file, path = tempfile.mkstemp(prefix="milcoop-rate-")  # to be locked by processes
        Path(path).unlink()
        finalize(self, os.close, self._file)

    def take(self, client: str) -> float:
        """Count a request; 0 if it may pass, else the seconds after which one may."""
        key = hashlib.blake2b(client.encode("utf-8", "replace"), digest_size=_KEY_BYTES).digest()
        with self._locked():
            now = self._clock()
            place, left, when = self._find(key, now)
            left = min(self._most, left + (now - when) * self._per_second)
            passes = left >= 1.0
            _BUCKET.pack_into(self._buckets, place, key, left - 1.0 if passes else left, now)
            return 0.0 if passes else (1.0 - left) / self._per_second

    def _find(self, key: bytes, now: float) -> tuple[int, float, float]:
        """The place of a client's bucket, what is left in it, and since when; of a new client a full one."""
        first = int.from_bytes(key[:4], "big") % (_BUCKETS - _NEIGHBOURS)
        oldest, at = now, first * _BUCKET.size
        for number in range(first, first + _NEIGHBOURS):
            place = number * _BUCKET.size
            held, left, when = _BUCKET.unpack_from(self._buckets, place)
            if held == key:
                return place, left, when
            if when < oldest:
                oldest, at = when, place
        return at, self._most, now

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Alone among the threads and processes; who is killed within lets go."""
        with self._threads:
            fcntl.lockf(self._file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN)
