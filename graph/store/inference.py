"""Inference at the end of a transaction: from everything asserted to the inferred graph."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

import ontology
from graph.reasoner import Closure, Inconsistency, Reasoner, close_with_rules
from graph.reasoner.rules import read_rules
from graph.store.record import SnapshotRecord
from graph.store.shipped import ShippedGraphs, shipped_digest, shipped_graphs
from graph.store.transaction import Transaction
from ontology import GRAPH_INFERRED

if TYPE_CHECKING:
    from graph.reasoner.owl2rl.writing import Coded
    from graph.reasoner.rules_over_text import Difference

__all__ = ["Course", "Inference", "finish", "refresh_shipped"]

_LOOKUPS = 300_000
"""A change that needs more lookups than this is not followed: closing a million triples anew takes no longer."""

_MUCH, _TIMES = 150_000, 3
"""So much is followed only where the store holds so many times as much: closing a triple anew takes a part of it."""

_FEW = 10_000
"""For each so many triples that come, so many lookups."""

_first: dict[tuple[str, str], tuple[set[Triple], Closure]] = {}
"""By engine and digest, the first state that this process closed: mostly what each new store begins with."""


def refresh_shipped(transaction: Transaction, record: SnapshotRecord, shipped: ShippedGraphs | None) -> SnapshotRecord:
    """Bring the ontology graph and the reference graph to what is shipped, if that is not what the store holds.

    Arguments:
        shipped: the graphs; those of the ontology package, read only if needed, unless given.

    Returns:
        what is known about the state, with the digest of the graphs that it holds now.
    """
    if record.shipped == (shipped.digest if shipped else shipped_digest()):
        return record
    shipped = shipped or shipped_graphs()
    for graph, triples in shipped.graphs:
        transaction.put_graph(graph, triples)
    return replace(record, shipped=shipped.digest)


def finish(
    transaction: Transaction, record: SnapshotRecord, reasoner: Reasoner, *, bare: bool, force: bool
) -> SnapshotRecord:
    """Infer, if what is asserted has changed or `force` is set, and the store is not bare.

    The inferences follow the change where they can; if not, or if `force` is set, all is inferred anew.

    Returns:
        what is to be written beside the new snapshot.

    Raises:
        ReasonerError: the engine failed.
    """
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    if bare or not (force or transaction.asserted_changed):
        return replace(record, committed=now)
    inconsistencies = None if force or reasoner.name != "owl2rl" else _followed(transaction, record)
    if inconsistencies is None:
        inconsistencies = _closed_anew(transaction, reasoner, record.shipped or "")
    return replace(record, committed=now, inconsistencies=inconsistencies)


class Course(Protocol):
    """What a store does of its own with a transaction, before and after the steps of its caller."""

    def begin(self, transaction: Transaction, record: SnapshotRecord) -> SnapshotRecord:
        """What comes before the first step; returns what is known about the state then."""

    def finish(self, transaction: Transaction, record: SnapshotRecord) -> SnapshotRecord:
        """What comes after the last step; returns what is to be written beside the new state."""


@dataclass(frozen=True, slots=True)
class Inference:
    """The ordinary course: what is shipped is brought up to date, and what follows is inferred.

    Arguments:
        reasoner: the engine.
        shipped: the ontology and reference graphs; those of the ontology package unless given.
        bare: a bare store has neither.
        force: infer even if nothing has changed, and all anew.
    """

    reasoner: Reasoner
    shipped: ShippedGraphs | None
    bare: bool
    force: bool = False

    def begin(self, transaction: Transaction, record: SnapshotRecord) -> SnapshotRecord:
        """Bring the ontology graph and the reference graph up to date."""
        return record if self.bare else refresh_shipped(transaction, record, self.shipped)

    def finish(self, transaction: Transaction, record: SnapshotRecord) -> SnapshotRecord:
        """Infer."""
        return finish(transaction, record, self.reasoner, bare=self.bare, force=self.force and not self.bare)


def _followed(transaction: Transaction, record: SnapshotRecord) -> tuple[Inconsistency, ...] | None:
    """Let the inferred graph follow the change; None if all must be inferred anew."""
    from graph.reasoner.incremental import MOST, Known, NeedsFullClosure, maintain  # NumPy only where one writes

    if transaction.changes_more_than(MOST) or transaction.inferred_changed:
        return None
    change = transaction.assertions()
    if not change.added and not change.removed:
        return record.inconsistencies
    if len(change.added) > _MUCH and not transaction.holds_more_than(_TIMES * len(change.added)):
        return None
    lookups = _LOOKUPS * max(1, len(change.added) // _FEW)
    known = Known(transaction.rdf, inferred=NamedNode(GRAPH_INFERRED), lookups=lookups)
    try:
        return maintain(change, known, transaction, read_rules(ontology.rule_files()), record.inconsistencies)
    except NeedsFullClosure:
        transaction.forget(change.removed)
        return None


def _closed_anew(transaction: Transaction, reasoner: Reasoner, digest: str) -> tuple[Inconsistency, ...]:
    """Make the inferred graph what follows from all that is asserted; returns the inconsistencies."""
    asserted: set[Triple] | None = None
    if reasoner.name == "owl2rl":
        from graph.reasoner.owl2rl.writing import Coded  # and NumPy, which only writers need

        with Coded(transaction.write_asserted, transaction.write_inferred) as coded:
            if coded.text is not None:
                asserted = {quad.triple for quad in parse(coded.text, RdfFormat.N_TRIPLES)}
            elif (difference := _difference(coded)) is not None:
                transaction.change_inferred(difference.come, difference.gone)
                return difference.inconsistencies
    closure = _closure(transaction.asserted() if asserted is None else asserted, reasoner, digest)
    transaction.put_inferred(closure.inferred)
    return closure.inconsistencies


def _difference(coded: "Coded") -> "Difference | None":
    from graph.reasoner.rules_over_text import difference_of_closure  # Arrow and DuckDB only where they are needed

    return difference_of_closure(coded)


def _closure(asserted: set[Triple], reasoner: Reasoner, digest: str) -> Closure:
    """The closure; that of a new store's first state is worked out once in a process."""
    first = _first.get((reasoner.name, digest))
    if first is not None and first[0] == asserted:
        return first[1]
    closure = close_with_rules(asserted, reasoner)
    if first is None:
        _first.clear()
        _first[reasoner.name, digest] = (asserted, closure)
    return closure
