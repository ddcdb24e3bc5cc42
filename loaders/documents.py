"""What is known of a document as a whole, and which documents a store holds: their identity is decided here.

A document is known by its bytes (SHA-256) and by its source (path or URL). The same bytes are read once, wherever they
come from; new bytes at a known source replace what the old ones said. The source is kept as it was given; a file that
was given by a relative path is also known by where it lies, so that every way to write its path means it. Of where it
lies only a digest is kept: an export tells nobody how somebody's folders are named.
"""

import base64
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import pyoxigraph
from pyoxigraph import Literal, NamedNode

from graph.errors import BadInput, NotFound
from loaders.reading.facts import PartialDate
from ontology import ID, MC, PREFIXES, PROV, entity

__all__ = [
    "DocumentRecord",
    "KnownDocument",
    "Library",
    "digest",
    "file_location",
    "is_url",
    "path_of",
    "place",
    "stem",
]

_DOCUMENT_PREFIX = ID + "document/"


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document as a whole.

    Arguments:
        iri: its IRI, which is also that of its graph.
        source: path or URL, as given.
        sha256: digest of its bytes, hexadecimal.
        title: its title, if it has one.
        language: `ru`, `en` or `kk`; None where there is no text (an RDF file).
        issued: the day, month or year of its publication, if known.
        media_type: as recognised (`text/plain`, `application/pdf`, …).
        text: the normalised text in which offsets count; None for an RDF file.
    """

    iri: str
    source: str
    sha256: str
    title: str | None = None
    language: str | None = None
    issued: PartialDate | None = None
    media_type: str = "text/plain"
    text: str | None = None


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A document that a store holds.

    Arguments:
        iri: its IRI.
        source: path or URL, as given.
        sha256: digest of its bytes, hexadecimal.
        location: of a file the name of where it lies (see `file_location`); empty where that is unknown.
    """

    iri: str
    source: str
    sha256: str
    location: str = ""


def digest(data: bytes) -> str:
    """The SHA-256 of the bytes, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def stem(source: str) -> str:
    """The base name of a path or URL without its ending: `https://a.b/news/7.html?x=1` gives `7`."""
    return PurePosixPath(path_of(source)).stem or host_of(source) or "document"


def place(source: str) -> str:
    """A source as it is compared: `news/./a.txt` and `news/a.txt` are one file, however it was given."""
    return source if is_url(source) else os.path.normpath(source)


def file_location(path: str | Path) -> str:
    """The name of where a file lies: the digest of its path from the root, without symbolic links (RFC 6920)."""
    digest = hashlib.sha256(os.fsencode(os.path.realpath(path))).digest()
    return f"ni:///sha-256;{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"


def path_of(source: str) -> str:
    """The path of a URL, decoded, or the path that a source is, with `/` between its steps."""
    if not is_url(source):
        return source.replace("\\", "/")
    try:
        return unquote(urlsplit(source).path)
    except ValueError:  # `http://[`
        return ""


def host_of(source: str) -> str | None:
    """The host of a URL; None for a path."""
    try:
        return urlsplit(source).hostname if is_url(source) else None
    except ValueError:
        return None


def is_url(source: str) -> bool:
    """Whether a source is fetched from the network."""
    return source.lower().startswith(("http://", "https://"))


class Library:
    """The documents of a store, as they are found in its triples, and those that are being added.

    Arguments:
        rdf: a state of the store.
    """

    def __init__(self, rdf: pyoxigraph.Store) -> None:
        self._by_iri: dict[str, KnownDocument] = {}
        self._by_source: dict[str, KnownDocument] = {}
        self._by_location: dict[str, KnownDocument] = {}
        self._by_digest: dict[str, dict[str, KnownDocument]] = {}
        for document in _documents(rdf):
            self.add(document)

    def __iter__(self) -> Iterator[KnownDocument]:
        return iter(sorted(self._by_iri.values(), key=lambda d: d.iri))

    def __len__(self) -> int:
        return len(self._by_iri)

    def add(self, document: KnownDocument) -> None:
        """Take up a document; one with the same IRI gives way to it."""
        self.remove(document.iri)
        self._by_iri[document.iri] = document
        self._by_source[place(document.source)] = document
        if document.location:
            self._by_location[document.location] = document
        self._by_digest.setdefault(document.sha256, {})[document.iri] = document

    def remove(self, iri: str) -> None:
        """Forget a document; there need not be one."""
        if old := self._by_iri.pop(iri, None):
            for known, name in ((self._by_source, place(old.source)), (self._by_location, old.location)):
                if known.get(name) == old:
                    del known[name]
            same = self._by_digest[old.sha256]
            del same[iri]
            if not same:
                del self._by_digest[old.sha256]

    def at(self, source: str, location: str = "") -> KnownDocument | None:
        """The document that came from a source; of a file, from `location`, however its path was written."""
        found = self._by_source.get(place(source))
        if not location:
            return found
        return self._by_location.get(location) or (found if found and not found.location else None)

    def same(self, source: str, sha256: str, location: str = "") -> KnownDocument | None:
        """The document that makes it needless to read these bytes from this source, if there is one.

        It is the source's own document if its bytes are these; for an unknown source, any with these bytes.
        """
        if known := self.at(source, location):
            return known if known.sha256 == sha256 else None
        found = self._by_digest.get(sha256, {})
        return min(found.values(), key=lambda d: d.iri, default=None)

    def shared(self, sha256: str) -> bool:
        """Whether any document has these bytes."""
        return sha256 in self._by_digest

    def allocate(self, source: str, sha256: str, location: str = "") -> str:
        """The IRI for a source: its own if it is known, else a new one made from its name.

        Where another source has the name, six hexadecimal digits of the bytes' digest are appended, and more if need
        be.
        """
        if known := self.at(source, location):
            return known.iri
        wanted = entity("document", stem(source))
        candidates = [wanted, *(f"{wanted}-{sha256[:length]}" for length in range(6, len(sha256) + 1, 6))]
        for iri in candidates:
            if iri not in self._by_iri:
                return iri
        raise BadInput(f"{source}: no name is left for it; the same bytes are there under the same name")

    def find(self, name: str) -> KnownDocument:
        """The document that a person means by an IRI (also prefixed), a source, an IRI's last step or a file name.

        Raises:
            NotFound: there is none.
            BadInput: several have that base name.
        """
        prefix, _, local = name.partition(":")
        full = PREFIXES.get(prefix, f"{prefix}:") + local
        for candidate in (name, full, _DOCUMENT_PREFIX + name, entity("document", name)):
            if candidate in self._by_iri:
                return self._by_iri[candidate]
        if not is_url(name) and (known := self.at(name, file_location(name))):
            return known
        if known := self.at(name):
            return known
        named = [d for d in self if stem(d.source) == name or PurePosixPath(d.source).name == name]
        if not named:
            raise NotFound(f"there is no document {name!r}", hint="give its IRI, its source or its file name")
        if len(named) > 1:
            choices = ", ".join(d.iri.removeprefix(_DOCUMENT_PREFIX) for d in named)
            raise BadInput(f"{name!r} may be any of: {choices}", hint="give one of these")
        return named[0]


def _documents(rdf: pyoxigraph.Store) -> Iterator[KnownDocument]:
    """The documents' records, each read from the document's own graph."""
    told: dict[str, tuple[set[str], set[str], set[str]]] = {}
    solutions = rdf.query(_RECORDS)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    for document, source, sha256, location in solutions:
        if isinstance(document, NamedNode) and isinstance(source, Literal):
            sources, digests, locations = told.setdefault(document.value, (set(), set(), set()))
            sources.add(source.value)
            if isinstance(sha256, Literal):
                digests.add(sha256.value)
            if isinstance(location, NamedNode) and location.value.startswith("ni:"):
                locations.add(location.value)
    for iri, (sources, digests, locations) in told.items():
        source = min(sources)
        location = file_location(source) if Path(source).is_absolute() else ""  # where nothing else was recorded
        yield KnownDocument(iri, source, min(digests, default=""), min(locations, default=location))


_RECORDS = f"""
SELECT ?document ?source ?sha256 ?location WHERE {{
  GRAPH ?document {{
    ?document a <{MC["Document"]}> ; <{MC["source"]}> ?source .
    OPTIONAL {{ ?document <{MC["sha256"]}> ?sha256 }}
    OPTIONAL {{ ?document <{PROV["atLocation"]}> ?location }}
  }}
}}
"""
