"""One source from its location to what it says: fetched, turned into text, read. It knows nothing of any store."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from graph.errors import MilcoopError
from loaders.documents import digest, place
from loaders.formats import RdfContent, TextContent, extract, legible
from loaders.reading.confidence import above
from loaders.reading.facts import Reading
from loaders.report import Failure
from loaders.sources import FetchLimits, Location, Particulars, fetch

__all__ = ["AlreadyThere", "OneReader", "Outcome", "ReadRdf", "ReadText", "Seen", "TextReader"]

log = logging.getLogger(__name__)


class TextReader(Protocol):
    """What reads a text: `loaders.reading.reader.Reader`, or another in its place."""

    def read(self, text: str, language: str | None = None) -> Reading:
        """What the text says; offsets are those of `text`."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a store has seen: the digest of each source's document, and all digests.

    A document's source is where its file lies, or what `place` gives where that is unknown.

    It saves reading what is there already; whether it really is there is decided when the store is written.
    """

    sources: Mapping[str, str]
    digests: frozenset[str]

    def has(self, source: str, sha256: str, location: str = "") -> bool:
        """Whether these bytes need not be read: they are the source's, or a new source's and known from elsewhere."""
        known = self.sources.get(location) or self.sources.get(place(source))
        return known == sha256 if known is not None else sha256 in self.digests


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text with what was read in it."""

    source: str
    data: bytes
    sha256: str
    content: TextContent
    reading: Reading


@dataclass(frozen=True, slots=True)
class ReadRdf:
    """The statements of an RDF file."""

    source: str
    data: bytes
    sha256: str
    content: RdfContent


@dataclass(frozen=True, slots=True)
class AlreadyThere:
    """Bytes that were seen before."""

    source: str
    sha256: str


Outcome = ReadText | ReadRdf | AlreadyThere | Failure


class OneReader:
    """Reads one location at a time.

    Arguments:
        reader: makes the reader of texts when the first text is there: its models take a second to load.
        seen: what need not be read again.
        limits: of fetching.
        confidence: facts and values that are trusted with less are left out, 0–1.
    """

    def __init__(
        self, reader: Callable[[], TextReader], seen: Seen, limits: FetchLimits, confidence: float = 0.0
    ) -> None:
        self._make_reader = reader
        self._reader: TextReader | None = None
        self._seen = seen
        self._limits = limits
        self._confidence = confidence

    def read(self, location: Location) -> Outcome:
        """What a location holds; whatever goes wrong with it is a failure, never an exception."""
        try:
            return self._read(location)
        except MilcoopError as error:
            message = str(error)
            # A reader of texts does not know where its text comes from.
            return Failure(location.source, message if location.source in message else f"{location.source}: {message}")
        except Exception as error:
            # A fault of a library or of ours in one document must not keep the others from being loaded.
            log.debug("document.failed", exc_info=True, extra={"source": location.source})
            reason = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
            return Failure(location.source, f"{location.source}: cannot be read ({' '.join(reason.split())})")

    def _read(self, location: Location) -> Outcome:
        fetched = fetch(location, self._limits)
        sha256 = digest(fetched.data)
        if self._seen.has(fetched.source, sha256, location.lies_at):
            return AlreadyThere(fetched.source, sha256)
        content = extract(fetched.data, fetched.source, fetched.media_type)
        if isinstance(content, RdfContent):
            return ReadRdf(fetched.source, fetched.data, sha256, content)
        if self._reader is None:
            self._reader = self._make_reader()
        stated = Particulars() if location.given is None else location.given.stated
        # Of the same length, so that what is found lies at the same place in the text that is kept.
        reading = above(self._reader.read(legible(content.text), stated.language), self._confidence)
        reading = replace(reading, issued=stated.issued or reading.issued)
        content = replace(content, title=stated.title or content.title)
        return ReadText(fetched.source, fetched.data, sha256, content, reading)
