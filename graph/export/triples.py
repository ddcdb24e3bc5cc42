"""What an export of the graph holds, and its RDF syntaxes."""

from collections.abc import Iterator
from typing import BinaryIO, TypeVar

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple

from graph.export.context import prefixes
from graph.export.xml_text import without_controls
from graph.store import Snapshot
from ontology import GRAPH_ONTOLOGY

__all__ = ["facts", "write_graph", "write_graphs"]

Statement = TypeVar("Statement", Triple, Quad)


def facts(snapshot: Snapshot) -> Iterator[Triple]:
    """The triples of the merged graph that are not about the vocabulary: asserted, reference and inferred ones.

    That something belongs to a class without a name (an OWL restriction) is about the vocabulary too.
    The triples of one subject follow each other, and the same content always comes in the same order.
    """
    vocabulary = {triple.subject for triple in snapshot.triples(GRAPH_ONTOLOGY)}
    for triple in _ordered(snapshot, snapshot.triples()):
        anonymous_class = isinstance(triple.object, BlankNode) and triple.object in vocabulary
        if triple.subject not in vocabulary and not anonymous_class:
            yield triple


def _ordered(snapshot: Snapshot, statements: Iterator[Statement]) -> Iterator[Statement]:
    """In a fixed order. A store on disk has one by itself, that of its index; memory has that of insertion."""
    return iter(sorted(statements, key=str)) if snapshot.path is None else statements


def write_graph(snapshot: Snapshot, stream: BinaryIO, syntax: RdfFormat) -> None:
    """Write the facts as one graph.

    Arguments:
        snapshot: the state of the store.
        stream: where to write, as UTF-8.
        syntax: Turtle, N-Triples or RDF/XML. RDF/XML cannot hold control characters: they are left out.
    """
    triples = facts(snapshot)
    if syntax == RdfFormat.RDF_XML:
        triples = (_for_xml(triple) for triple in triples)
    pyoxigraph.serialize(triples, stream, syntax, prefixes=prefixes())


def write_graphs(snapshot: Snapshot, stream: BinaryIO, syntax: RdfFormat) -> None:
    """Write all named graphs: those of the documents, the ontology, the reference data and the inferences.

    A bare store has a default graph of its own, which is written too; elsewhere that is the merge of the others.

    Arguments:
        snapshot: the state of the store.
        stream: where to write, as UTF-8.
        syntax: TriG or N-Quads.
    """
    pyoxigraph.serialize(_quads(snapshot), stream, syntax, prefixes=prefixes())


def _quads(snapshot: Snapshot) -> Iterator[Quad]:
    graphs = sorted(snapshot.rdf.named_graphs(), key=str)
    for graph in graphs:
        yield from _ordered(snapshot, snapshot.rdf.quads_for_pattern(None, None, None, graph))
    if NamedNode(GRAPH_ONTOLOGY) not in graphs and snapshot.record.shipped is None:
        yield from _ordered(snapshot, snapshot.rdf.quads_for_pattern(None, None, None, DefaultGraph()))


def _for_xml(triple: Triple) -> Triple:
    value = triple.object
    if isinstance(value, Literal) and (kept := without_controls(value.value)) != value.value:
        if value.language:
            return Triple(triple.subject, triple.predicate, Literal(kept, language=value.language))
        return Triple(triple.subject, triple.predicate, Literal(kept, datatype=value.datatype))
    return triple
