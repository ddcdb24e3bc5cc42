"""A store with the activities of generated documents, and the same triples for other servers to load."""

import random
from pathlib import Path

import pyoxigraph
from pyoxigraph import DefaultGraph, RdfFormat, Triple

from bench.reasoning.generate import document_lines
from graph.store import open_store
from ontology import MC, entity

__all__ = ["made_store", "write_triples"]

_DOCUMENTS_OF_A_GRAPH = 200
_OF_CLAIMS = ("/claim/", "/passage/", MC["evidence"])


def made_store(folder: Path, activities: int) -> Path:
    """A store with about so many activities and all that follows from them; one that is there already is taken.

    Arguments:
        folder: where it is, or is to be made.
        activities: how many exercises; each comes with deployments, a transfer of arms and an agreement.
    """
    store_folder = folder / f"store-{activities}"
    if not (store_folder / "current").exists():
        chance = random.Random(activities)
        with open_store(store_folder) as store, store.transaction() as transaction:
            for part in range(0, activities, _DOCUMENTS_OF_A_GRAPH):
                numbers = range(part, min(part + _DOCUMENTS_OF_A_GRAPH, activities))
                triples = [t for number in numbers for t in _document(chance, number, activities)]
                transaction.put_graph(entity("document", f"d{part}"), triples)
    return store_folder


def write_triples(store_folder: Path) -> Path:
    """The file with all triples of the store's newest state, each once, as N-Triples."""
    file = store_folder.with_suffix(".nt")
    if not file.exists():
        partial = file.with_suffix(".partial")
        with open_store(store_folder, create=False) as store, store.snapshot() as snapshot:
            snapshot.rdf.dump(str(partial), RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
        partial.rename(file)
    return file


def _document(chance: random.Random, number: int, documents: int) -> list[Triple]:
    lines = (line for line in document_lines(chance, number, documents) if not any(c in line for c in _OF_CLAIMS))
    return [quad.triple for quad in pyoxigraph.parse("".join(lines), RdfFormat.N_TRIPLES)]
