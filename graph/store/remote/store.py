"""A store behind an address that speaks SPARQL 1.1: it keeps the graph, and a mirror on this machine reads it.

A write is worked out in the mirror (its steps, what follows from them, the merge), then the difference is sent, graph
by graph, and the ledger is moved on: `graph.store.remote.ledger`. Only then is it a state of the mirror. A read looks
at the ledger, at most every `refresh_seconds`, and fetches the graphs that others have changed since.
"""

import base64
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Triple

from graph.errors import NotFound, StoreError
from graph.reasoner import Reasoner
from graph.store.inference import Inference
from graph.store.interface import Snapshot, SnapshotInfo, Store
from graph.store.record import SnapshotRecord
from graph.store.remote.endpoint import Endpoint
from graph.store.remote.ledger import GRAPH_MERGED, Ledger, LedgerState, Pen
from graph.store.remote.mirror import Mirror, open_mirror
from graph.store.remote.skolem import skolemized_graph, unskolemized_graph
from graph.store.remote.writing import GraphWriter, by_graph
from graph.store.shipped import ShippedGraphs
from graph.store.transaction import Transaction
from ontology import GRAPH

__all__ = ["GRAPH_SOURCES", "RemoteStore"]

GRAPH_SOURCES = GRAPH["sources"]
"""The graph in which the documents' bytes are kept, in Base64, in numbered parts."""

_PART = GRAPH_SOURCES + "#part"
_PART_BYTES = 24_000
_READS = 5
"""How often a read is begun anew because somebody wrote meanwhile."""


@dataclass(frozen=True, slots=True)
class _Sending:
    """The course of a transaction of a remote store: what follows is inferred here, then all of it is sent."""

    inference: Inference
    store: "RemoteStore"
    pen: Pen

    def begin(self, transaction: Transaction, record: SnapshotRecord) -> SnapshotRecord:
        return self.inference.begin(transaction, record)

    def finish(self, transaction: Transaction, record: SnapshotRecord) -> SnapshotRecord:
        return self.store.send(transaction, self.inference.finish(transaction, record), self.pen)


class RemoteStore(Store):
    """A store behind an address.

    Arguments:
        location: the address of its queries.
        endpoint: what stands behind it.
        mirror: the folder of this machine's mirror.
        bare, create, reasoner, shipped: see `graph.store.open_store`.
        lock_seconds: how long a writer waits for another one, and after which one without a sign of life is dead.
        refresh_seconds: how old the knowledge may be that nobody else has written.

    Raises:
        StoreError: it cannot be reached, or there is nothing and nothing may be made.
    """

    def __init__(
        self,
        location: str,
        endpoint: Endpoint,
        mirror: Path,
        *,
        bare: bool,
        create: bool,
        reasoner: Reasoner,
        shipped: ShippedGraphs | None,
        lock_seconds: float,
        refresh_seconds: float = 1.0,
    ) -> None:
        self.location = location
        self.endpoint = endpoint
        self._ledger = Ledger(endpoint, lock_seconds)
        self._refresh_seconds = refresh_seconds
        self._seen = float("-inf")
        try:
            self._open(mirror, bare=bare, create=create, reasoner=reasoner, shipped=shipped, lock_seconds=lock_seconds)
        except BaseException:
            endpoint.close()
            raise

    def _open(
        self,
        mirror: Path,
        *,
        bare: bool,
        create: bool,
        reasoner: Reasoner,
        shipped: ShippedGraphs | None,
        lock_seconds: float,
    ) -> None:
        state = self._ledger.state()
        if state is None:
            if not create:
                raise StoreError(
                    f"there is no graph of milcoop at {self.location}",
                    hint="make one by loading documents: milcoop load",
                )
            state = self._ledger.begin(bare=bare)
        self.bare = state.bare
        self.merged = state.merged
        self._writer = GraphWriter(self.endpoint, state.merged)
        self._mirror: Mirror = open_mirror(
            mirror, bare=state.bare, reasoner=reasoner, shipped=shipped, lock_seconds=lock_seconds
        )
        if state.version == 0 and not state.bare:
            with self._change(force=True):
                pass

    @property
    def generation(self) -> int:
        """The number of the newest committed state, as this machine counts them."""
        self._catch_up()
        return self._mirror.generation

    # Reading

    def snapshot(self) -> Snapshot:
        """The newest committed state."""
        self._catch_up()
        return self._mirror.snapshot()

    def snapshots(self) -> tuple[SnapshotInfo, ...]:
        """The one state that is kept."""
        with self.snapshot() as snapshot:
            return (SnapshotInfo(snapshot.number, snapshot.record.committed),)

    def snapshot_at(self, number: int) -> Snapshot:
        """The current state; a remote store keeps no other."""
        snapshot = self.snapshot()
        if snapshot.number == number:
            return snapshot
        snapshot.close()
        raise NotFound(
            f"a remote store keeps no snapshot {number}, only the present state",
            hint="its own backups keep others; `milcoop export nquads` writes the present one",
        )

    def source(self, sha256: str) -> bytes:
        """The bytes of a document."""
        node = _source(sha256)
        parts = self.endpoint.rows(f"SELECT ?o WHERE {{ GRAPH <{GRAPH_SOURCES}> {{ {node} <{_PART}> ?o }} }} LIMIT 1")
        if not parts:
            raise NotFound(f"no document with the SHA-256 {sha256!r} is kept")
        if not self._mirror.has_source(sha256):
            self._mirror.take_source(sha256, self._fetched_source(node))
        return self._mirror.source(sha256)

    def _fetched_source(self, node: NamedNode) -> bytes:
        pattern = f"GRAPH <{GRAPH_SOURCES}> {{ {node} <{_PART}> ?o }}"
        [row] = self.endpoint.rows(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}")
        parts: set[str] = set()
        for _ in range(int(row["n"])):
            if len(parts) == int(row["n"]):
                break
            page = f"SELECT ?o WHERE {{ {pattern} }} LIMIT 200 OFFSET {len(parts)}"
            parts.update(found["o"] for found in self.endpoint.rows(page))
        return b"".join(base64.b64decode(part.partition(":")[2]) for part in sorted(parts))

    def _catch_up(self, *, at_once: bool = False) -> None:
        """Make the mirror what the remote store is."""
        if not at_once and time.monotonic() - self._seen < self._refresh_seconds:
            return
        for _ in range(_READS):
            state = self._ledger.state()
            if state is None:
                raise StoreError(f"there is no graph of milcoop at {self.location} any more")
            origin = self._mirror.origin
            if origin != state.origin:
                if self._mirror.is_being_written:
                    return  # it is the state from just before; whoever writes need not be waited for
                if state.writing:
                    state = self._ledger.settled() or state
                self._copy(state, origin)
                after = self._ledger.state()
                if after is None or after.version != state.version or after.writing:
                    continue  # what was fetched may be of two states
            self._seen = time.monotonic()
            return
        raise StoreError(f"the store at {self.location} is written so often that it cannot be read", hint="try later")

    def _copy(self, state: LedgerState, origin: str, *, whole: bool = False) -> None:
        """Fetch what has changed after the mirror's state."""
        identity, _, number = origin.partition(":")
        since = -1 if whole or identity != state.id else int(number)
        graphs: dict[str | None, set[Triple]] = {}
        entries = self._ledger.entries()
        for graph, entry in entries.items():
            if entry.changed > since and (graph != GRAPH_MERGED or self.bare):
                triples = self.endpoint.triples(self._writer.place(graph))
                graphs[None if graph == GRAPH_MERGED else graph] = triples
        if self.bare and GRAPH_MERGED not in entries:
            graphs[None] = set()
        here = {skolemized_graph(name): name for name in self._mirror.graph_names()}
        gone = [name.value for iri, name in here.items() if iri not in entries and isinstance(name, NamedNode)]
        record = SnapshotRecord.from_json(state.record) if state.record else SnapshotRecord("")
        self._mirror.copy(graphs, gone, replace(record, origin=state.origin))

    # Writing

    def transaction(self) -> AbstractContextManager[Transaction]:
        """A change of any number of steps, of which all happen or none."""
        return self._change(force=False)

    def infer(self) -> None:
        """Read all that is there, whoever has written it, and infer anew."""
        with self._change(force=True, reread=True):
            pass

    @contextmanager
    def _change(self, *, force: bool, reread: bool = False) -> Iterator[Transaction]:
        with self._ledger.pen() as pen:
            reread = not self._put_right(pen) or reread
            origin = self._mirror.origin
            if reread or origin != pen.state.origin:
                self._copy(pen.state, origin, whole=reread)
            if reread:
                self._take_stock(pen)
            course = _Sending(self._mirror.inference(force=force or reread), self, pen)
            with self._mirror.change(course) as transaction:
                yield transaction
            self._seen = time.monotonic()

    def _put_right(self, pen: Pen) -> bool:
        """Bring back the graphs that a writer who died had touched; whether this machine had their state."""
        if not pen.left:
            return True
        pen.torn = True
        restored = self._mirror.origin == pen.state.origin
        sizes: dict[str, int | None] = {}
        with self._mirror.snapshot() as snapshot:
            for graph in pen.left:
                name = DefaultGraph() if graph == GRAPH_MERGED else unskolemized_graph(graph)
                if restored:
                    held = {quad.triple for quad in snapshot.rdf.quads_for_pattern(None, None, None, name)}
                    self._writer.replace(graph, held)
                    is_there = isinstance(name, DefaultGraph) or snapshot.rdf.contains_named_graph(name)
                    sizes[graph] = len(held) if is_there else None
                else:  # nobody here knows how it was: what is there is what counts, and is inferred from
                    sizes[graph] = self._writer.count(graph) or None
        pen.commit(sizes, pen.state.record, last=False)
        return restored

    def _take_stock(self, pen: Pen) -> None:
        """After all has been read: let the ledger's sizes and the merged graph be those of what was read."""
        with self._mirror.snapshot() as snapshot:
            for name in (DefaultGraph(), *snapshot.rdf.named_graphs()):
                held = {quad.triple for quad in snapshot.rdf.quads_for_pattern(None, None, None, name)}
                graph = skolemized_graph(name) or GRAPH_MERGED
                pen.sizes[graph] = len(held)
                if graph == GRAPH_MERGED and not self.bare:
                    there = self.endpoint.triples(self.merged)
                    self.endpoint.remove(self.merged, there - held)
                    self.endpoint.add(self.merged, held - there)

    def send(self, transaction: Transaction, record: SnapshotRecord, pen: Pen) -> SnapshotRecord:
        """Make the remote store what the transaction has made the mirror; for the course of a transaction alone."""
        sources = transaction.sources
        for digest in sources.staged:
            self.endpoint.add(GRAPH_SOURCES, _parts(digest, sources.read(digest)))
        try:
            if transaction.changed:
                changes = by_graph(transaction.net_change)
                sizes = self._writer.write(changes, pen, transaction.rdf)
                record = replace(record, origin=pen.commit(sizes, replace(record, origin=None).to_json()).origin)
        except BaseException:
            with suppress(StoreError):
                self._drop_sources(sources.staged)
            raise
        self._drop_sources(sources.dropped)
        return record

    def _drop_sources(self, digests: frozenset[str]) -> None:
        for digest in digests:
            pattern = f"GRAPH <{GRAPH_SOURCES}> {{ {_source(digest)} ?p ?o }}"
            self.endpoint.update(f"DELETE {{ {pattern} }} WHERE {{ {pattern} }}")

    def close(self) -> None:
        """Close files and connections; open snapshots stay readable."""
        self._mirror.close()
        self.endpoint.close()


def _source(sha256: str) -> NamedNode:
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise NotFound(f"{sha256!r} is not a SHA-256 in lower-case hexadecimal digits")
    return NamedNode(f"urn:sha256:{sha256}")


def _parts(sha256: str, data: bytes) -> list[Triple]:
    places = range(0, max(len(data), 1), _PART_BYTES)
    return [
        Triple(
            _source(sha256),
            NamedNode(_PART),
            Literal(f"{place:08}:{base64.b64encode(data[begin : begin + _PART_BYTES]).decode()}"),
        )
        for place, begin in enumerate(places)
    ]
