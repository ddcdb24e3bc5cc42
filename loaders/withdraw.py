"""Take a document out of a store again, with all that rested on it alone."""

from dataclasses import dataclass

from pyoxigraph import NamedNode, Triple

from graph.store import Snapshot, Store
from loaders.documents import Library
from loaders.writing import DocumentWriter
from ontology import GRAPH_INFERRED, MC

__all__ = ["Withdrawal", "withdraw"]


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What fell when a document was taken out.

    Arguments:
        document: its IRI.
        source: where it had come from.
        fallen: the triples that hold no longer, asserted and inferred, because nothing else supports them.
    """

    document: str
    source: str
    fallen: frozenset[Triple]

    @property
    def facts(self) -> frozenset[Triple]:
        """Of the fallen triples, those that say something about the world.

        The document's record, its claims and passages, the nodes of its relations, types and names are left out.
        """
        own = self.document + "/"
        return frozenset(
            t
            for t in self.fallen
            if t.predicate.value.startswith(MC)
            and isinstance(t.subject, NamedNode)
            and t.subject.value != self.document
            and not t.subject.value.startswith(own)
            and not (isinstance(t.object, NamedNode) and t.object.value.startswith(own))
        )


def withdraw(store: Store, document: str) -> Withdrawal:
    """Take a document out of a store.

    Arguments:
        store: the store.
        document: its IRI, its source as it was given, the last step of its IRI, or its file's name.

    Raises:
        NotFound: there is no such document.
        BadInput: several documents may be meant.
        StoreError: the store cannot be read or written.
    """
    with store.snapshot() as before:
        found = Library(before.rdf).find(document)
    with store.transaction() as transaction:
        writer = DocumentWriter(transaction, store.source)
        # Another writer may have been faster: what counts is the state of this transaction.
        found = writer.library.find(found.iri)
        touched = {found.iri, *writer.graphs_of(found), GRAPH_INFERRED}
        writer.remove(found)
        writer.finish()
    # What the transaction took away: much less than all that was inferred before.
    gone = {q.triple for q in transaction.net_change.removed if getattr(q.graph_name, "value", None) in touched}
    with store.snapshot() as after:
        fallen = frozenset(triple for triple in gone if not _is_held(after, triple))
    return Withdrawal(found.iri, found.source, fallen)


def _is_held(state: Snapshot, triple: Triple) -> bool:
    found = state.rdf.quads_for_pattern(triple.subject, triple.predicate, triple.object)
    return next(found, None) is not None
