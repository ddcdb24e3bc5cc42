"""The small graph of `graph.trig` as a state of a store: with ontology, inferences and the merge of all graphs."""

from functools import cache
from pathlib import Path

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store

import ontology
from graph.reasoner import close_with_rules, default_reasoner
from graph.store import Snapshot, SnapshotRecord
from ontology import GRAPH_INFERRED, GRAPH_ONTOLOGY

__all__ = ["example_snapshot"]


@cache
def example_snapshot() -> Snapshot:
    """The graph, made once."""
    rdf = Store()
    rdf.load(path=Path(__file__).with_name("graph.trig"), format=RdfFormat.TRIG)
    rdf.load(path=ontology.path("milcoop.ttl"), format=RdfFormat.TURTLE, to_graph=NamedNode(GRAPH_ONTOLOGY))
    asserted = {quad.triple for quad in rdf}
    inferred = close_with_rules(asserted, default_reasoner()).inferred - asserted
    rdf.extend(Quad(t.subject, t.predicate, t.object, NamedNode(GRAPH_INFERRED)) for t in inferred)
    rdf.extend([Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in asserted | inferred])
    return Snapshot(1, rdf, SnapshotRecord(""), None, lambda: None)


def reread(data: bytes, syntax: RdfFormat) -> set[pyoxigraph.Triple]:
    """The triples that a file in that syntax holds."""
    return {quad.triple for quad in pyoxigraph.parse(data, syntax)}
