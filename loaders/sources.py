"""Where documents come from: files, folders, globs and URLs, resolved to single locations and fetched as bytes."""

import glob
import http.client
import re
import ssl
import time
import urllib.error
import urllib.request
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from loaders.documents import file_location, is_url
from loaders.errors import SourceNotFound, TooLarge, Unreachable, UnusableSource
from loaders.formats.registry import KNOWN_ENDINGS
from loaders.reading.facts import PartialDate

__all__ = ["FetchLimits", "Fetched", "Given", "Location", "Particulars", "Source", "expand", "fetch"]

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a person says of a document; it counts more than what the document says of itself.

    Arguments:
        title: its title.
        language: `ru`, `en` or `kk`.
        issued: the day, month or year of its publication.
    """

    title: str | None = None
    language: str | None = None
    issued: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """A document whose bytes are at hand (an upload).

    Arguments:
        name: what it is called; its source.
        data: its bytes.
        media_type: as the sender says, if he does.
        stated: what he says of it besides.
    """

    name: str
    data: bytes
    media_type: str | None = None
    stated: Particulars = Particulars()


Source = str | Path | Given
"""A file, a folder, a glob, an `http(s)` URL, or bytes at hand."""


@dataclass(frozen=True, slots=True)
class Location:
    """One place where one document lies: a file, a URL, or bytes at hand."""

    source: str
    path: Path | None = None
    given: Given | None = None

    @property
    def lies_at(self) -> str:
        """Of a file the name of where it lies; else empty."""
        return "" if self.path is None else file_location(self.path)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document's bytes, and the media type that came with them (HTTP's `Content-Type`, parameters included)."""

    source: str
    data: bytes
    media_type: str | None = None


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """How much and how long to fetch.

    Arguments:
        size_bytes: the most that one document may have.
        timeout_seconds: how long one URL may take in all.
    """

    size_bytes: int = 100_000_000
    timeout_seconds: float = 30.0


def expand(source: Source) -> Iterator[Location]:
    """The locations that a source means: itself, or the documents in a folder or glob, in the order of their paths.

    In a folder, at any depth, only files of known endings count, and hidden ones do not.

    Raises:
        UnusableSource: there is nothing there, or the URL is of a kind that is not fetched.
    """
    if isinstance(source, Given):
        yield Location(source.name, given=source)
        return
    name = str(source)
    scheme = _SCHEME.match(name) if isinstance(source, str) else None
    if is_url(name) and scheme:
        yield Location(name)
    elif scheme:
        raise UnusableSource(name, f"{scheme[1].lower()}: is not fetched", hint="give a path or an http(s) URL")
    else:
        yield from _expand_path(name, Path(name))


def _expand_path(name: str, path: Path) -> Iterator[Location]:
    try:
        if path.is_dir():
            yield from _documents_in(name, path)
            return
        if path.is_file():
            yield Location(name, path)
            return
        exists = path.exists()
    except (OSError, ValueError) as error:  # a name too long for the system, or with a NUL in it
        raise SourceNotFound(name[:200], f"cannot be a path: {_reason(error)}") from None
    if exists:
        raise UnusableSource(name, "is neither a file nor a folder")
    if not glob.has_magic(name):
        raise SourceNotFound(name, "there is no such file or folder")
    # `Path.glob` would not take an absolute pattern.
    found = sorted(p for p in map(Path, glob.iglob(name, recursive=True)) if p.is_file())  # noqa: PTH207
    if not found:
        raise SourceNotFound(name, "matches no file")
    yield from (Location(str(p), p) for p in found)


def _documents_in(name: str, folder: Path) -> Iterator[Location]:
    found = sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in KNOWN_ENDINGS
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and path.is_file()
    )
    if not found:
        raise SourceNotFound(name, "holds no document of a known format")
    yield from (Location(str(path), path) for path in found)


def fetch(location: Location, limits: FetchLimits | None = None) -> Fetched:
    """The bytes at a location.

    Raises:
        SourceNotFound: there is nothing there.
        Unreachable: a URL could not be fetched.
        TooLarge: there is more than the limit allows.
        UnusableSource: a file cannot be read.
    """
    limits = limits or FetchLimits()
    if location.given is not None:
        given = location.given
        if len(given.data) > limits.size_bytes:
            raise _too_large(given.name, limits)
        return Fetched(given.name, given.data, given.media_type)
    if location.path is not None:
        return _read_file(location.source, location.path, limits)
    return _fetch_url(location.source, limits)


def _read_file(name: str, path: Path, limits: FetchLimits) -> Fetched:
    try:
        with path.open("rb") as file:
            data = file.read(limits.size_bytes + 1)
    except FileNotFoundError:
        raise SourceNotFound(name, "there is no such file") from None
    except OSError as error:
        raise UnusableSource(name, f"cannot be read: {_reason(error)}") from None
    if len(data) > limits.size_bytes:
        raise _too_large(name, limits)
    return Fetched(name, data)


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects to http and https only, and only so many.

    (`OpenerDirector` is put together by hand because the usual opener also opens `file:` and `ftp:`.)
    """

    max_redirections = 5
    max_repeats = 2

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        if urlsplit(newurl).scheme.lower() not in ("http", "https"):
            fp.close()
            raise urllib.error.URLError("it points to something that is not fetched")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _fetch_url(url: str, limits: FetchLimits) -> Fetched:
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _Redirects(),
    ):
        opener.add_handler(handler)
    deadline = time.monotonic() + limits.timeout_seconds
    try:
        request = urllib.request.Request(url, headers={"User-Agent": "milcoop", "Accept-Encoding": "identity"})  # noqa: S310
        with opener.open(request, timeout=limits.timeout_seconds) as answer:
            data = _read_answer(url, answer, deadline, limits)
            if answer.headers.get("Content-Encoding", "").lower() in ("gzip", "x-gzip"):
                data = _unzip(url, data, limits)
            return Fetched(url, data, answer.headers.get("Content-Type"))
    except urllib.error.HTTPError as error:
        with error:
            kind = SourceNotFound if error.code in (404, 410) else Unreachable
            raise kind(url, f"the server answered {error.code} {error.reason}".rstrip()) from None
    except urllib.error.URLError as error:
        raise Unreachable(url, f"cannot be fetched: {_reason(error.reason)}") from None
    except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
        raise Unreachable(url, f"cannot be fetched: {_reason(error)}") from None


def _read_answer(url: str, answer: IO[bytes], deadline: float, limits: FetchLimits) -> bytes:
    parts, size = [], 0
    while part := answer.read(1 << 16):
        size += len(part)
        if size > limits.size_bytes:
            raise _too_large(url, limits)
        if time.monotonic() > deadline:
            raise Unreachable(url, f"took longer than {limits.timeout_seconds:g} seconds")
        parts.append(part)
    return b"".join(parts)


def _unzip(url: str, data: bytes, limits: FetchLimits) -> bytes:
    """What a server sent compressed although it was asked not to, never more of it than the limit."""
    unzip = zlib.decompressobj(wbits=31)
    plain = unzip.decompress(data, limits.size_bytes + 1)
    if len(plain) > limits.size_bytes:
        raise _too_large(url, limits)
    return plain


def _too_large(name: str, limits: FetchLimits) -> TooLarge:
    return TooLarge(name, f"is larger than {limits.size_bytes / 1e6:g} MB")


def _reason(error: object) -> str:
    """What went wrong, in the system's few words."""
    if isinstance(error, TimeoutError):
        return "it took too long"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted ({error.verify_message})"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__
