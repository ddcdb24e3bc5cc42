"""Many sources, read here or in several processes; the outcomes come in the order of the sources."""

import gc
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from itertools import chain
from multiprocessing import forkserver
from multiprocessing.context import BaseContext
from threading import Thread

from graph.errors import MilcoopError
from loaders.drafting import Draft, drafted
from loaders.reading.gazetteer import KnownEntity
from loaders.reading_one import OneReader, Outcome, Seen, TextReader
from loaders.report import Failure
from loaders.sources import FetchLimits, Location
from loaders.to_rdf import Run

__all__ = ["SELDOM", "Instructions", "ReadingFailed", "prepare_processes", "read_all"]

# How many documents are under way at once, for each process, and how many bytes of them in all: while a batch is being
# written the processes go on reading what comes after it, yet what was read must be held in memory.
_AHEAD = 250
_BYTES_AHEAD = 50_000_000
# After a death, so few: those that were under way are read again.
_AHEAD_WITH_CARE = 2
_UNKNOWN_SIZE = 100_000
_MOST_DEATHS_IN_A_ROW = 3


SELDOM = (50_000, 10, 10)
"""Thresholds of the garbage collector (`gc.set_threshold`): reading makes many objects and few cycles."""

# What a process begins with: all that reading needs whatever the names are. It is loaded once, and forked.
_PRELOADED = "loaders.reading.preloaded"


class ReadingFailed(MilcoopError):
    """The processes that read documents die one after another."""

    title = "Reading failed"


@dataclass(frozen=True, slots=True)
class Instructions:
    """What a process must know to read.

    Arguments:
        names: the entities whose names are recognised.
        reader: what reads texts, where it is not milcoop's own reader. It must be picklable to go to other processes.
        seen: what need not be read again.
        limits: of fetching.
        confidence: facts and values that are trusted with less are left out, 0–1.
        run: the run of the software; where it is known, other processes draw up the graphs of texts.
    """

    names: tuple[KnownEntity, ...]
    reader: TextReader | None
    seen: Seen
    limits: FetchLimits
    confidence: float = 0.0
    run: Run | None = None

    def one_reader(self) -> OneReader:
        """What reads one location at a time, by these instructions."""
        return OneReader(partial(_reader, self), self.seen, self.limits, self.confidence)


def read_all(locations: Sequence[Location], instructions: Instructions, jobs: int = 1) -> Iterator[Outcome | Draft]:
    """Read every location.

    Arguments:
        locations: what to read.
        instructions: how.
        jobs: how many processes read; with 1 it happens in this one.

    Raises:
        ReadingFailed: the processes cannot work at all.
    """
    _keep_to_one_thread()
    if jobs <= 1 or len(locations) <= 1:
        one = instructions.one_reader()
        return map(one.read, locations)
    return _Processes(instructions, min(jobs, len(locations))).read(locations)


def prepare_processes() -> None:
    """Begin to load what further processes need for reading; what the caller does next happens beside it.

    `read_all` does the same when it comes to it. Where processes cannot be forked from one, nothing happens.
    """
    _keep_to_one_thread()
    if _context(preloaded=True).get_start_method() == "forkserver":
        forkserver.ensure_running()


def _keep_to_one_thread() -> None:
    # NumPy's own threads make the models of the readers four times slower. It reads this when it is first imported.
    os.environ.setdefault("OMP_NUM_THREADS", "1")


def _context(*, preloaded: bool) -> BaseContext:
    """How processes begin: as forks of a fresh one, not of this one, which has threads and files of its store."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([_PRELOADED] if preloaded else [])
    return context


def _reader(instructions: Instructions) -> TextReader:
    if instructions.reader is not None:
        return instructions.reader
    # Imported here because its models' libraries take their time, which RDF files need not wait for.
    from loaders.reading.reader import Reader

    return Reader(instructions.names)


class _Processes:
    """A pool of processes that is made anew when a document takes one of them down."""

    def __init__(self, instructions: Instructions, jobs: int) -> None:
        self._instructions = instructions
        self._jobs = jobs
        self._pool: ProcessPoolExecutor | None = None

    def read(self, locations: Iterable[Location]) -> Iterator[Outcome | Draft]:
        under_way: deque[tuple[Location, Future[Outcome | Draft]]] = deque()
        to_do = iter(locations)
        size, deaths, with_care = 0, 0, 0
        try:
            while True:
                most = self._jobs * (_AHEAD_WITH_CARE if with_care else _AHEAD)
                while len(under_way) < most and (size < _BYTES_AHEAD or len(under_way) < self._jobs):
                    location = next(to_do, None)
                    if location is None:
                        break
                    size += _size(location)
                    under_way.append((location, self._submit(location)))
                if not under_way:
                    return
                location, future = under_way.popleft()
                size -= _size(location)
                with_care = max(0, with_care - 1)
                try:
                    outcome = future.result()
                    deaths = 0
                except BrokenProcessPool:
                    # Which document did it is not known: this one is read again alone, the others after it. Those that
                    # were being read when it happened are the first that have no outcome.
                    to_do = chain([each for each, _ in under_way], to_do)
                    under_way.clear()
                    size, with_care = 0, self._jobs * _AHEAD_WITH_CARE * 2
                    outcome = self._read_alone(location)
                    deaths = deaths + 1 if isinstance(outcome, Failure) else 0
                    if deaths >= _MOST_DEATHS_IN_A_ROW:
                        raise ReadingFailed("the processes that read documents die", hint="try one job") from None
                yield outcome
        finally:
            self._stop()

    def _read_alone(self, location: Location) -> Outcome | Draft:
        self._stop()
        try:
            return self._submit(location).result()
        except BrokenProcessPool:
            self._stop()
            return Failure(location.source, f"{location.source}: the process that read it died")

    def _submit(self, location: Location) -> "Future[Outcome | Draft]":
        if self._pool is None:
            context = _context(preloaded=self._instructions.reader is None)
            self._pool = ProcessPoolExecutor(self._jobs, context, initializer=_start, initargs=(self._instructions,))
        try:
            return self._pool.submit(_read_here, location)
        except BrokenProcessPool as error:
            broken: Future[Outcome | Draft] = Future()
            broken.set_exception(error)
            return broken

    def _stop(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _size(location: Location) -> int:
    """How many bytes a location holds, as far as that is known before it is fetched."""
    if location.given is not None:
        return len(location.given.data)
    try:
        return _UNKNOWN_SIZE if location.path is None else location.path.stat().st_size
    except OSError:
        return 0


_read_here_with: Callable[[Location], Outcome | Draft] | None = None


def _start(instructions: Instructions) -> None:
    global _read_here_with
    gc.freeze()  # what was forked stays, and shared: no collection need look through it
    gc.set_threshold(*SELDOM)
    Thread(target=_end_with_parent, daemon=True).start()
    read = instructions.one_reader().read
    known = frozenset(name.iri for name in instructions.names)
    _read_here_with = read if instructions.run is None else drafted(read, known, instructions.run)


def _end_with_parent() -> None:
    """End this process when the one that it reads for has been killed: else it would wait for work for good."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _read_here(location: Location) -> Outcome | Draft:
    assert _read_here_with is not None, "the process was not started by _start"
    return _read_here_with(location)
