"""Load documents into a store: read them, here or in several processes, and write what they say."""

import gc
import logging
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Protocol

from graph.errors import MilcoopError
from graph.store import Store
from loaders.documents import Library, place
from loaders.drafting import Draft
from loaders.identity import Remembered
from loaders.reading.gazetteer import known_entities
from loaders.reading_many import SELDOM, Instructions, ReadingFailed, read_all
from loaders.reading_one import Outcome, ReadRdf, ReadText, Seen, TextReader
from loaders.report import Change, Failure, LoadedDocument, LoadReport
from loaders.sources import FetchLimits, Given, Location, Source, expand
from loaders.to_rdf import Run
from loaders.to_rdf.provenance import software_version
from loaders.writing import DocumentWriter, Prepared

__all__ = [
    "Change",
    "Failure",
    "FetchLimits",
    "Given",
    "LoadReport",
    "LoadedDocument",
    "Progress",
    "ReadingFailed",
    "Source",
    "TextReader",
    "load",
]

log = logging.getLogger(__name__)

# A batch is written when so many documents are read, or so many bytes of them, or so many seconds have gone since the
# first of them was: what is read waits in memory, and the store is held only while it is written. What a batch costs
# beside its documents (a snapshot; the engine's merging of what several batches wrote) is little for so many. While the
# last batch is written nobody reads any more: towards the end batches become smaller.
_DOCUMENTS_AT_ONCE = 300
_LAST_AT_ONCE = 40
_BYTES_AT_ONCE = 20_000_000
_SECONDS_AT_ONCE = 15.0


class Progress(Protocol):
    """Is told how far a load is, after each document."""

    def __call__(self, done: int, total: int, source: str) -> None:
        """`done` of `total` sources are read, the last of them `source`."""


def load(
    store: Store,
    sources: Iterable[Source],
    *,
    jobs: int = 1,
    progress: Progress | None = None,
    reader: TextReader | None = None,
    limits: FetchLimits | None = None,
    confidence: float = 0.0,
) -> LoadReport:
    """Read documents and RDF files into a store.

    The same bytes are read once; new bytes at a known source replace what the old ones said. A source that cannot be
    loaded is a failure in the report, and the others are loaded all the same. Documents are written up to three hundred
    at a time, each batch wholly or not at all; readers see a batch when it is complete.

    Arguments:
        store: where to.
        sources: files, folders, globs, `http(s)` URLs, or bytes at hand (`Given`).
        jobs: how many processes read.
        progress: is told after each document.
        reader: what reads texts; milcoop's own reader, with the names of the store's reference graph, unless given.
        limits: of fetching.
        confidence: facts and values that are trusted with less are left out, 0–1.

    Returns:
        what was added, replaced, left as it was, and what failed and why.

    Raises:
        StoreError: the store cannot be read or written; batches that were complete stay.
        ReadingFailed: the reading processes cannot work.
    """
    thresholds = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        return _load(store, sources, jobs, progress, reader, limits or FetchLimits(), confidence)
    finally:
        gc.set_threshold(*thresholds)


def _load(
    store: Store,
    sources: Iterable[Source],
    jobs: int,
    progress: Progress | None,
    reader: TextReader | None,
    limits: FetchLimits,
    confidence: float,
) -> LoadReport:
    begun, run = time.monotonic(), Run(datetime.now(UTC), software_version())
    failures: list[Failure] = []
    locations = list(_locations(sources, failures))
    with store.snapshot() as snapshot:
        names = known_entities(snapshot)
        library = Library(snapshot.rdf)
    places = {location.source: location.lies_at for location in locations if location.path is not None}
    seen = Seen({d.location or place(d.source): d.sha256 for d in library}, frozenset(d.sha256 for d in library))
    outcomes = read_all(locations, Instructions(names, reader, seen, limits, confidence, run), jobs)
    outcomes = _told(outcomes, len(locations), progress)
    documents: list[LoadedDocument] = []
    known = frozenset(name.iri for name in names)
    left, writing = len(locations), _Writing(store, known, run, places)
    for batch in _batches(outcomes, left):
        left -= len(batch)
        for result in writing.write(batch, more_to_come=left > 0):
            (failures if isinstance(result, Failure) else documents).append(result)  # type: ignore[arg-type]
    return LoadReport(tuple(documents), tuple(failures), time.monotonic() - begun)


def _locations(sources: Iterable[Source], failures: list[Failure]) -> Iterator[Location]:
    for source in sources:
        try:
            yield from expand(source)
        except MilcoopError as error:
            failures.append(Failure(source.name if isinstance(source, Given) else str(source), str(error)))


def _told(outcomes: Iterator[Outcome | Draft], total: int, progress: Progress | None) -> Iterator[Outcome | Draft]:
    for done, outcome in enumerate(outcomes, start=1):
        if progress is not None:
            progress(done, total, outcome.source)
        yield outcome


def _batches(outcomes: Iterator[Outcome | Draft], left: int) -> Iterator[list[Outcome | Draft]]:
    """The outcomes, of which there are so many, by what is written at once."""
    batch: list[Outcome | Draft] = []
    size, begun = 0, 0.0
    for outcome in outcomes:
        if not batch:
            size, begun = 0, time.monotonic()
            most = min(_DOCUMENTS_AT_ONCE, max(_LAST_AT_ONCE, left // 3))
        batch.append(outcome)
        size += len(outcome.data) if isinstance(outcome, ReadText | Draft | ReadRdf) else 0
        late = time.monotonic() - begun >= _SECONDS_AT_ONCE
        if late or len(batch) >= most or size >= _BYTES_AT_ONCE:
            left -= len(batch)
            yield batch
            batch = []
    if batch:
        yield batch


class _Writing:
    """Writes batch after batch into a store; what one found of the store the next need not look up."""

    def __init__(self, store: Store, known: frozenset[str], run: Run, places: Mapping[str, str]) -> None:
        self._store = store
        self._known = known
        self._run = run
        self._places = places
        self._remembered = Remembered()
        self._library: Library | None = None

    def write(self, batch: Sequence[Outcome | Draft], *, more_to_come: bool) -> list[LoadedDocument | Failure]:
        """Write a batch in one transaction."""
        if all(isinstance(outcome, Failure) for outcome in batch):
            return [outcome for outcome in batch if isinstance(outcome, Failure)]
        results: list[LoadedDocument | Failure] = []
        remembered = self._remembered
        with self._store.transaction() as transaction:
            transaction.more_to_come = more_to_come
            library = self._library if remembered.begin(transaction.begins_on) else None
            stored = self._store.source
            writer = DocumentWriter(transaction, stored, self._known, self._run, self._places, remembered, library)
            for outcome in batch:
                prepared = _prepared(writer, outcome)
                results.append(writer.put(prepared) if isinstance(prepared, Prepared) else prepared)
            writer.finish()
            remembered.end(transaction.begins_on, changed=transaction.changed)
        self._library = writer.library
        return results


def _prepared(writer: DocumentWriter, outcome: Outcome | Draft) -> Prepared | LoadedDocument | Failure:
    if isinstance(outcome, Failure):
        return outcome
    try:
        return writer.prepare(outcome)
    except MilcoopError as error:
        return Failure(outcome.source, str(error))
    except Exception as error:
        # A reading that cannot be written (a name that makes no IRI) must not keep the others from being loaded.
        log.debug("document.failed", exc_info=True, extra={"source": outcome.source})
        return Failure(outcome.source, f"{outcome.source}: what was read cannot be written ({error})")
