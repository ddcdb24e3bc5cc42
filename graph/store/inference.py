"""Inference at the end of a transaction: from everything asserted to the inferred graph."""

from dataclasses import replace
from datetime import UTC, datetime

from pyoxigraph import Triple

from graph.reasoner import Closure, Reasoner, close_with_rules
from graph.store.record import SnapshotRecord
from graph.store.shipped import shipped_digest, shipped_graphs
from graph.store.transaction import Transaction

__all__ = ["finish", "refresh_shipped"]

_first: dict[tuple[str, str], Closure] = {}
"""The closure of what a new store begins with, by engine and digest: each new store of this process has the same."""


def refresh_shipped(transaction: Transaction, record: SnapshotRecord) -> SnapshotRecord:
    """Bring the ontology graph and the reference graph to the shipped files, if those are not what the store holds.

    Returns:
        what is known about the state, with the digest of the files that it holds now.
    """
    if record.shipped == shipped_digest():
        return record
    shipped = shipped_graphs()
    for graph, triples in shipped.graphs:
        transaction.put_graph(graph, triples)
    return replace(record, shipped=shipped.digest)


def finish(
    transaction: Transaction, record: SnapshotRecord, reasoner: Reasoner, *, bare: bool, force: bool
) -> SnapshotRecord:
    """Infer, if what is asserted has changed or `force` is set, and the store is not bare.

    Returns:
        what is to be written beside the new snapshot.

    Raises:
        ReasonerError: the engine failed.
    """
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    if bare or not (force or transaction.asserted_changed):
        return replace(record, committed=now)
    closure = _closure(transaction.asserted(), reasoner)
    transaction.put_inferred(closure.inferred)
    return replace(record, committed=now, inconsistencies=closure.inconsistencies)


def _closure(asserted: set[Triple], reasoner: Reasoner) -> Closure:
    """The closure; that of a new store's first state is worked out once in a process."""
    shipped = shipped_graphs()
    is_first = asserted == set().union(*(triples for _, triples in shipped.graphs))
    key = (reasoner.name, shipped.digest)
    if is_first and key in _first:
        return _first[key]
    closure = close_with_rules(asserted, reasoner)
    if is_first:
        _first.clear()
        _first[key] = closure
    return closure
