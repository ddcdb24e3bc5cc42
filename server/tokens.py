"""Bearer tokens: several, each with scopes, kept as hashes in a file that only its owner reads.

A token is `milcoop_<id>_<secret>`. The id finds its line in the file; of the secret, 256 random bits, the file has the
SHA-256 alone. (A salted, slow hash protects words that people choose; random bits cannot be guessed. OWASP Session
Management asks for 64.) The server looks at the file again when it has changed: a revoked token is refused at once.
"""

import fcntl
import hashlib
import hmac
import json
import os
import re
import secrets
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from graph.errors import BadUsage, NotFound, StoreError

__all__ = ["ALL_SCOPES", "SCOPES", "TokenFile", "TokenRecord"]

SCOPES: dict[str, str] = {
    "update": "SPARQL updates and the Graph Store Protocol",
    "load": "loading documents",
    "admin": "everything, and what only the operator may see",
}
"""What a token may be good for; `admin` includes the others."""

ALL_SCOPES = frozenset(SCOPES)

_TOKEN = re.compile(r"milcoop_([a-z0-9]{8})_([A-Za-z0-9_-]{43})")
_NAME = re.compile(r"[^\x00-\x1f\x7f]{1,100}")


@dataclass(frozen=True, slots=True)
class TokenRecord:
    """What is kept of a token.

    Arguments:
        id: its public part.
        name: what its owner calls it.
        scopes: what it is good for.
        sha256: the hash of its secret part, in hexadecimal digits.
        created: when it was made, as ISO 8601 has it.
        expires: until when it is good; None for ever.
    """

    id: str
    name: str
    scopes: tuple[str, ...]
    sha256: str
    created: str
    expires: str | None = None

    def allows(self, scope: str) -> bool:
        """Whether it is good for `scope`."""
        return scope in self.scopes or "admin" in self.scopes

    def expired(self, now: datetime | None = None) -> bool:
        """Whether its time is over."""
        return self.expires is not None and datetime.fromisoformat(self.expires) <= (now or datetime.now(UTC))


class TokenFile:
    """The tokens of a server. Safe to use from many threads and processes.

    Arguments:
        path: the file; it need not exist.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._seen: tuple[int, int, int] | None = None
        self._records: dict[str, TokenRecord] = {}

    def records(self) -> tuple[TokenRecord, ...]:
        """All tokens, the oldest first.

        Raises:
            StoreError: the file cannot be read.
        """
        with self._lock:
            try:
                found = self.path.stat()
                seen = (found.st_mtime_ns, found.st_size, found.st_ino)
                if seen != self._seen:
                    self._records = {record.id: record for record in self._read()}
                    self._seen = seen
            except FileNotFoundError:
                self._seen, self._records = None, {}
            except OSError as error:
                raise StoreError(f"the tokens in {self.path} cannot be read: {error.strerror}") from error
            return tuple(self._records.values())

    def find(self, token: str) -> TokenRecord | None:
        """The record of a token that somebody bears; None where it is none of ours, or its time is over."""
        given = _TOKEN.fullmatch(token)
        if given is None:
            return None
        record = next((record for record in self.records() if record.id == given[1]), None)
        # Compared even where there is no such id: how long it takes tells nothing.
        same = hmac.compare_digest(_digest(given[2]), record.sha256 if record else _digest(""))
        return record if record and same and not record.expired() else None

    def create(self, name: str, scopes: tuple[str, ...], days: float | None = None) -> tuple[TokenRecord, str]:
        """A new token, which is told this once.

        Arguments:
            name: what to call it.
            scopes: what it is good for, of `SCOPES`.
            days: for how long it is good; None for ever.

        Raises:
            BadUsage: there is no such scope, or the name is empty or too long.
            StoreError: the file cannot be written.
        """
        if not _NAME.fullmatch(name.strip()):
            raise BadUsage(f"a token cannot be called {name!r}", hint="give it a name of at most 100 characters")
        if unknown := [scope for scope in scopes if scope not in SCOPES]:
            raise BadUsage(f"there is no scope {unknown[0]!r}", hint=f"there are {', '.join(SCOPES)}")
        if not scopes:
            raise BadUsage("a token needs a scope", hint=f"there are {', '.join(SCOPES)}")
        if days is not None and not 0 < days <= 36_500:
            raise BadUsage(f"a token cannot be good for {days:g} days")
        now = datetime.now(UTC).replace(microsecond=0)
        secret = secrets.token_urlsafe(32)
        record = TokenRecord(
            id=secrets.token_hex(4),
            name=name.strip(),
            scopes=tuple(scope for scope in SCOPES if scope in scopes),
            sha256=_digest(secret),
            created=now.isoformat(),
            expires=None if days is None else (now + timedelta(days=days)).isoformat(),
        )
        self._change(lambda records: [*records, record])
        return record, f"milcoop_{record.id}_{secret}"

    def revoke(self, which: str) -> TokenRecord:
        """Make a token good for nothing.

        Arguments:
            which: its id, its name, or the token itself.

        Raises:
            NotFound: there is none.
            BadUsage: there are several of that name.
            StoreError: the file cannot be written.
        """
        given = _TOKEN.fullmatch(which)
        wanted = given[1] if given else which
        records = self.records()
        found = [r for r in records if r.id == wanted] or [r for r in records if r.name == wanted]
        if not found:
            raise NotFound("there is no such token", hint="`milcoop token list` shows all")
        if len(found) > 1:
            raise BadUsage(f"{len(found)} tokens are called {wanted!r}", hint="give the id of the one that you mean")
        self._change(lambda records: [record for record in records if record.id != found[0].id])
        return found[0]

    def _read(self) -> list[TokenRecord]:
        try:
            rows = json.loads(self.path.read_text(encoding="utf-8"))["tokens"]
            return [TokenRecord(**{**row, "scopes": tuple(row["scopes"])}) for row in rows]
        except (ValueError, KeyError, TypeError) as error:
            raise StoreError(f"the tokens in {self.path} cannot be read: {error}", hint="mend or remove it") from error

    def _change(self, change: Callable[[list[TokenRecord]], list[TokenRecord]]) -> None:
        try:
            with _alone(self.path):
                records = change(self._read() if self.path.exists() else [])
                text = json.dumps({"tokens": [asdict(record) for record in records]}, ensure_ascii=False, indent=2)
                _replace(self.path, text + "\n")
        except OSError as error:
            raise StoreError(f"the tokens in {self.path} cannot be written: {error.strerror}") from error


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the lock of those who change the file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path.with_name(f".{path.name}.lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _replace(path: Path, text: str) -> None:
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 0600
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
