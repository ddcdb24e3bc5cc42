"""The store as its users see it: snapshots to read, transactions to write, whatever holds the triples."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from types import TracebackType
from typing import Self

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Triple

from graph.errors import BadUsage, NotFound
from graph.reasoner.interface import Inconsistency
from graph.store.record import SnapshotRecord
from graph.store.transaction import Transaction
from ontology import PREFIXES

__all__ = ["Snapshot", "SnapshotInfo", "Store", "Term"]

Term = NamedNode | BlankNode | Literal | Triple


class Snapshot:
    """A committed state of the store. It never changes, and nobody who reads it waits for a writer.

    Use it in a `with`, or call `close()`: while it is open its files are kept.

    Attributes:
        number: the generation; each commit makes the next one.
        path: the folder to open with `pyoxigraph.Store.read_only`; None for a store in memory.
        rdf: the triples, for reading only. The default graph is the merge of all graphs (unless the store is bare).
        record: when it was made, and what the reasoner found.
    """

    def __init__(
        self,
        number: int,
        rdf: pyoxigraph.Store,
        record: SnapshotRecord,
        path: Path | None,
        release: Callable[[], None],
    ) -> None:
        self.number = number
        self.path = path
        self.rdf = rdf
        self.record = record
        self._release: Callable[[], None] | None = release

    @property
    def inconsistencies(self) -> tuple[Inconsistency, ...]:
        """The contradictions that the reasoner found in this state."""
        return self.record.inconsistencies

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""
        return sorted(g.value for g in self.rdf.named_graphs() if isinstance(g, NamedNode))

    def triples(self, graph: str | None = None) -> Iterator[Triple]:
        """The triples of the named graph, or without one those of the default graph: the merge of all."""
        name = DefaultGraph() if graph is None else NamedNode(graph)
        for quad in self.rdf.quads_for_pattern(None, None, None, name):
            yield quad.triple

    def select(self, sparql: str) -> list[dict[str, Term]]:
        """The solutions of a SELECT query of our own (never of a stranger: there is no deadline), by variable name.

        Variables without a value are left out of a solution; the prefixes of `ontology.PREFIXES` need no declaration.
        """
        solutions = self.rdf.query(sparql, prefixes=PREFIXES)
        if not isinstance(solutions, pyoxigraph.QuerySolutions):
            raise TypeError("select() takes a SELECT query")
        names = [variable.value for variable in solutions.variables]
        return [{name: value for name in names if (value := row[name]) is not None} for row in solutions]

    def close(self) -> None:
        """Let go of the state; calling it again does nothing."""
        release, self._release = self._release, None
        if release is not None:
            release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class SnapshotInfo:
    """A state that a store keeps: its number, and when it was committed (ISO 8601 in UTC)."""

    number: int
    committed: str


class Store(ABC):
    """One writer, many snapshots. Get one from `open_store`.

    Attributes:
        location: as it was given: a folder, or `memory:`.
        bare: a plain SPARQL store, without ontology, reference data, inference and merged graph.
    """

    location: str
    bare: bool

    @property
    @abstractmethod
    def generation(self) -> int:
        """The number of the newest committed state."""

    @property
    def identity(self) -> str:
        """Tells it from another store at the same place, as long as it is open; a name that a file may have."""
        return "only"

    @property
    def replaced(self) -> bool:
        """Whether another store has come to its place: numbers of states are not those of before."""
        return False

    @abstractmethod
    def snapshot(self) -> Snapshot:
        """The newest committed state.

        Raises:
            StoreError: it cannot be read.
        """

    @abstractmethod
    def snapshots(self) -> tuple[SnapshotInfo, ...]:
        """The states that are kept, the newest first."""

    @abstractmethod
    def snapshot_at(self, number: int) -> Snapshot:
        """A state that is kept.

        Raises:
            NotFound: it is not, or not any more.
        """

    def snapshot_as_of(self, when: str | None) -> Snapshot:
        """The state with a number, or the newest that was committed at or before a moment.

        Arguments:
            when: a number, or a date or moment in ISO 8601 (`2026-11-20`, `2026-11-20T15:00:00+05:00`); a date means
                its end, and without a time zone UTC is meant. None is now.

        Raises:
            BadUsage: it is neither.
            NotFound: no such state is kept.
        """
        if when is None:
            return self.snapshot()
        if when.isdecimal():
            return self.snapshot_at(int(when))
        moment = _moment(when)
        for info in self.snapshots():
            if datetime.fromisoformat(info.committed) <= moment:
                return self.snapshot_at(info.number)
        raise NotFound(
            f"the store keeps no state from {when} or before", hint="`milcoop snapshots` lists those it keeps"
        )

    @abstractmethod
    def transaction(self) -> AbstractContextManager[Transaction]:
        """A change of any number of steps, of which all happen or none.

        When the `with` is left, what follows is inferred and the new state is there for every reader; after an
        exception nothing has happened. If nothing was changed, no new state is made.

        Raises:
            StoreError: another writer holds the store for too long, or it cannot be written.
        """

    @abstractmethod
    def source(self, sha256: str) -> bytes:
        """The bytes of a document that was kept under its SHA-256 (hexadecimal).

        Raises:
            NotFound: there are none.
        """

    @abstractmethod
    def infer(self) -> None:
        """Infer anew from all that is asserted. A bare store infers nothing."""

    @abstractmethod
    def close(self) -> None:
        """Let go of files and memory; open snapshots stay readable."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def _moment(when: str) -> datetime:
    try:
        moment = datetime.fromisoformat(when)
        if len(when) == len("2026-11-20"):
            moment = datetime.combine(moment.date(), time.max)
    except ValueError as error:
        raise BadUsage(
            f"{when!r} is neither the number of a snapshot nor a date", hint="write 12, 2026-11-20 or 2026-11-20T15:00Z"
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
