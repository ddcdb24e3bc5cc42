"""What a commit did to the merged graph, in a small file beside the columns: columns of the state before follow it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, Triple

from graph.columns.state import State

__all__ = ["Change", "ChangeHead", "NoChange", "lines_of", "read_change", "read_head", "write_change"]

_FORMAT = 1
_LONGEST_HEAD = 1_000


class NoChange(Exception):
    """There is no such change, or it is not as it was written."""


@dataclass(frozen=True, slots=True)
class ChangeHead:
    """What stands at the beginning of a change.

    Arguments:
        before, after: the states that it lies between.
        bytes: of this change, and of those before that it continues.
    """

    before: State
    after: State
    bytes: int


@dataclass(frozen=True, slots=True)
class Change:
    """What a commit did.

    Arguments:
        head: which commit.
        removed, added: lines of canonical N-Triples, without their ends.
    """

    head: ChangeHead
    removed: list[str]
    added: list[str]


def write_change(file: Path, head: ChangeHead, removed: bytes, added: bytes) -> None:
    """Write a change. It is there whole or not at all; where the machine stops short, one that is torn is found out.

    Arguments:
        file: where to.
        head: which commit.
        removed, added: triples as `lines_of` writes them.

    Raises:
        OSError: it cannot be written.
    """
    told = {
        "format": _FORMAT,
        "before": head.before,
        "after": head.after,
        "bytes": head.bytes,
        "removed": removed.count(b"\n"),
        "digest": _digest(removed + added),
    }
    partial = file.with_name(".partial")  # there is one writer
    partial.write_bytes(json.dumps(told).encode() + b"\n" + removed + added)
    partial.replace(file)


def lines_of(triples: Iterable[Triple]) -> bytes:
    """Triples in N-Triples as the engine writes them when it has kept them: `01` has become `1`."""
    kept = Store()
    kept.extend(Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    return kept.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph()) or b""


def read_head(file: Path) -> ChangeHead:
    """The beginning of a change.

    Raises:
        NoChange: it is not there, or damaged.
    """
    try:
        with file.open("rb") as stream:
            return _head(stream.readline(_LONGEST_HEAD))[0]
    except OSError as error:
        raise NoChange from error


def read_change(file: Path) -> Change:
    """A change.

    Raises:
        NoChange: it is not there, or damaged.
    """
    try:
        first, _, body = file.read_bytes().partition(b"\n")
    except OSError as error:
        raise NoChange from error
    head, removed, digest = _head(first)
    if _digest(body) != digest:
        raise NoChange
    lines = body.decode().split("\n")[:-1]
    return Change(head, lines[:removed], lines[removed:])


def _head(line: bytes) -> tuple[ChangeHead, int, str]:
    try:
        told = json.loads(line)
        if told["format"] != _FORMAT:
            raise NoChange
        before, after = ((int(number), str(committed)) for number, committed in (told["before"], told["after"]))
        return ChangeHead(before, after, int(told["bytes"])), int(told["removed"]), str(told["digest"])
    except (ValueError, KeyError, TypeError) as error:
        raise NoChange from error


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()
