"""The names of the reference data, read from its Turtle files without a store of milcoop."""

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph

from loaders.reading.gazetteer import KnownEntity, known_entities
from ontology import GRAPH_REFERENCE, reference_files


@dataclass(frozen=True)
class Triples:
    """What `known_entities` reads: a store with the reference graph."""

    rdf: pyoxigraph.Store


def reference_names(*more: Path) -> tuple[KnownEntity, ...]:
    """The known entities of the shipped reference data, and of further Turtle files."""
    store = pyoxigraph.Store()
    for file in (*reference_files(), *more):
        store.load(path=str(file), format=pyoxigraph.RdfFormat.TURTLE, to_graph=pyoxigraph.NamedNode(GRAPH_REFERENCE))
    return known_entities(Triples(store))
