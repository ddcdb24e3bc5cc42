"""`milcoop explain`: a triple as people type it, explained."""

from graph.explain import Explanation, explain
from graph.store import open_store
from milcoop.terms import triple

__all__ = ["explain_triple"]


def explain_triple(store: str, subject: str, predicate: str, object_: str) -> Explanation:
    """Where the triple of three typed terms comes from.

    Raises:
        BadUsage: one of them is no term.
        StoreError: there is no store.
    """
    wanted = triple(subject, predicate, object_)
    with open_store(store, create=False) as opened, opened.snapshot() as snapshot:
        return explain(snapshot.rdf, wanted)
