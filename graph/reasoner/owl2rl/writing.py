"""N-Triples that are coded while somebody writes them: the text as a whole is never there."""

import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import IO, TYPE_CHECKING, Self, cast

if TYPE_CHECKING:
    import pyarrow as pa

    from graph.reasoner.owl2rl.ntriples import Table

__all__ = ["Coded", "Sink", "Writer"]

_PART = 1 << 24
"""Bytes that are coded at a time."""


class Sink:
    """A file to write N-Triples to.

    Arguments:
        pool: what codes them.
        when_large: called when the first part is full.
    """

    def __init__(self, pool: ThreadPoolExecutor, when_large: Callable[[], None] | None = None) -> None:
        self._pool = pool
        self._when_large = when_large
        self._written: list[bytes] = []
        self._size = 0
        self._parts: list[Future[pa.DictionaryArray | None]] = []

    def write(self, text: bytes) -> int:
        """Take a piece of the text."""
        self._written.append(text)
        self._size += len(text)
        if self._size >= _PART and b"\n" in text:
            if not self._parts and self._when_large is not None:
                self._when_large()
            whole = b"".join(self._written)
            end = whole.rfind(b"\n") + 1
            self._code(whole[:end])
            self._written = [whole[end:]]
            self._size = len(whole) - end
        return len(text)

    def flush(self) -> None:
        """Nothing waits to be written elsewhere."""

    @property
    def text(self) -> bytes | None:
        """All that was written; None if it is large."""
        return None if self._parts else b"".join(self._written)

    def parts(self) -> "list[pa.DictionaryArray | None]":
        """The text, coded."""
        self._code(b"".join(self._written))
        self._written = []
        return [part.result() for part in self._parts]

    def _code(self, text: bytes) -> None:
        if text:
            from graph.reasoner.owl2rl.ntriples import strings_of  # Arrow only where a text is large

            self._parts.append(self._pool.submit(strings_of, memoryview(text)))


Writer = Callable[[IO[bytes]], None]
"""Writes N-Triples to a file."""


class Coded:
    """Two texts that are written at the same time, and coded with common terms; the second only if the first is large.

    Arguments:
        first, second: what writes them.
    """

    def __init__(self, first: Writer, second: Writer) -> None:
        self._coding = ThreadPoolExecutor(os.cpu_count())
        self._writing = ThreadPoolExecutor(1)
        self._second = Sink(self._coding)
        self._coming: Future[None] | None = None

        def begin() -> None:
            self._coming = self._writing.submit(second, cast(IO[bytes], self._second))

        self._first = Sink(self._coding, begin)
        try:
            first(cast(IO[bytes], self._first))
        except BaseException:
            self._end()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def _end(self) -> None:
        self._writing.shutdown()
        self._coding.shutdown()

    @property
    def text(self) -> bytes | None:
        """The first text, if it is not large."""
        return self._first.text

    def tables(self) -> "tuple[Table, Table] | None":
        """A table of each, if the first is large: the second has all terms, at first those of the first.

        Result: None if they are not canonical.
        """
        from graph.reasoner.owl2rl.ntriples import tables_of

        assert self._coming is not None
        self._coming.result()
        tables = tables_of([self._first.parts(), self._second.parts()])
        return None if tables is None else (tables[0], tables[1])
