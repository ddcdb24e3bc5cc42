"""The bytes of the documents, under their SHA-256: in a folder, or in memory."""

import hashlib
import os
from abc import ABC, abstractmethod
from pathlib import Path

from graph.errors import BadInput, NotFound, StoreError

__all__ = ["FolderSources", "MemorySources", "Sources"]


class Sources(ABC):
    """Documents' bytes. What a transaction stages is there at once; what it drops goes when it succeeds."""

    def __init__(self) -> None:
        self._staged: set[str] = set()
        self._dropped: set[str] = set()

    def stage(self, sha256: str, data: bytes) -> None:
        """Keep `data`; `rollback` forgets it again.

        Raises:
            BadInput: the digest is not that of the bytes.
            StoreError: they cannot be written.
        """
        if hashlib.sha256(data).hexdigest() != sha256:
            raise BadInput(f"{sha256!r} is not the SHA-256 of the bytes to be kept")
        self._dropped.discard(sha256)
        if not self._has(sha256):
            self._write(sha256, data)
            self._staged.add(sha256)

    def drop_later(self, sha256: str) -> None:
        """Forget the bytes at `commit`."""
        self._dropped.add(sha256)

    @property
    def staged(self) -> frozenset[str]:
        """The digests of what is kept anew."""
        return frozenset(self._staged)

    @property
    def dropped(self) -> frozenset[str]:
        """The digests of what goes at `commit`."""
        return frozenset(self._dropped)

    def commit(self) -> None:
        """Do what was put off."""
        for digest in self._dropped:
            if self._has(digest):
                self._remove(digest)
        self._staged.clear()
        self._dropped.clear()

    def rollback(self) -> None:
        """Forget what was staged."""
        for digest in self._staged:
            self._remove(digest)
        self._staged.clear()
        self._dropped.clear()

    def read(self, sha256: str) -> bytes:
        """The bytes.

        Raises:
            NotFound: there are none.
        """
        if not self._has(sha256):
            raise NotFound(f"no document with the SHA-256 {sha256!r} is kept")
        return self._read(sha256)

    @abstractmethod
    def _has(self, sha256: str) -> bool: ...

    @abstractmethod
    def _read(self, sha256: str) -> bytes: ...

    @abstractmethod
    def _write(self, sha256: str, data: bytes) -> None: ...

    @abstractmethod
    def _remove(self, sha256: str) -> None: ...


class MemorySources(Sources):
    """Documents' bytes in memory."""

    def __init__(self) -> None:
        super().__init__()
        self._bytes: dict[str, bytes] = {}

    def _has(self, sha256: str) -> bool:
        return sha256 in self._bytes

    def _read(self, sha256: str) -> bytes:
        return self._bytes[sha256]

    def _write(self, sha256: str, data: bytes) -> None:
        self._bytes[sha256] = data

    def _remove(self, sha256: str) -> None:
        del self._bytes[sha256]


class FolderSources(Sources):
    """Documents' bytes as files of a folder.

    Arguments:
        folder: made when the first document is kept.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def _path(self, sha256: str) -> Path:
        # A digest from outside must not become a path.
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise NotFound(f"{sha256!r} is not a SHA-256 in lower-case hexadecimal digits")
        return self._folder / sha256

    def _has(self, sha256: str) -> bool:
        return self._path(sha256).is_file()

    def _read(self, sha256: str) -> bytes:
        try:
            return self._path(sha256).read_bytes()
        except OSError as error:
            raise StoreError(f"the document {sha256} cannot be read: {error.strerror}") from error

    def _write(self, sha256: str, data: bytes) -> None:
        target = self._path(sha256)
        partial = target.with_name(f"{sha256}.partial")
        try:
            self._folder.mkdir(exist_ok=True)
            with partial.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(target)
        except OSError as error:
            partial.unlink(missing_ok=True)
            raise StoreError(f"the document {sha256} cannot be kept: {error.strerror}") from error

    def _remove(self, sha256: str) -> None:
        self._path(sha256).unlink(missing_ok=True)
