"""The graph in other formats: RDF syntaxes, and networks for graph tools."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, BinaryIO, cast

from pyoxigraph import RdfFormat

from graph.errors import NotFound
from graph.export.cytoscape import write_cytoscape
from graph.export.dot import write_dot
from graph.export.gexf import write_gexf
from graph.export.graphml import write_graphml
from graph.export.jsonld import write_jsonld
from graph.export.network import Edge, Kind, Network, Node, Relation, network
from graph.export.triples import write_graph, write_graphs
from graph.store import Snapshot

__all__ = ["FORMATS", "Edge", "ExportFormat", "Kind", "Network", "Node", "Relation", "export", "network"]

_Writer = Callable[[Snapshot, BinaryIO], None]


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format that the graph can be written in.

    Arguments:
        name: its name in commands and paths.
        media_type: as HTTP names it.
        extension: of files, without the dot.
        write: writes a state of the store to a stream.
    """

    name: str
    media_type: str
    extension: str
    write: _Writer


def _of_graph(syntax: RdfFormat) -> _Writer:
    return lambda snapshot, stream: write_graph(snapshot, stream, syntax)


def _of_graphs(syntax: RdfFormat) -> _Writer:
    return lambda snapshot, stream: write_graphs(snapshot, stream, syntax)


def _of_network(write: Callable[[Network, BinaryIO], None]) -> _Writer:
    return lambda snapshot, stream: write(network(snapshot), stream)


FORMATS: dict[str, ExportFormat] = {
    known.name: known
    for known in (
        ExportFormat("turtle", "text/turtle", "ttl", _of_graph(RdfFormat.TURTLE)),
        ExportFormat("trig", "application/trig", "trig", _of_graphs(RdfFormat.TRIG)),
        ExportFormat("ntriples", "application/n-triples", "nt", _of_graph(RdfFormat.N_TRIPLES)),
        ExportFormat("nquads", "application/n-quads", "nq", _of_graphs(RdfFormat.N_QUADS)),
        ExportFormat("rdfxml", "application/rdf+xml", "rdf", _of_graph(RdfFormat.RDF_XML)),
        ExportFormat("jsonld", "application/ld+json", "jsonld", write_jsonld),
        ExportFormat("graphml", "application/graphml+xml", "graphml", _of_network(write_graphml)),
        ExportFormat("gexf", "application/gexf+xml", "gexf", _of_network(write_gexf)),
        ExportFormat("cytoscape", "application/json", "cyjs", _of_network(write_cytoscape)),
        ExportFormat("dot", "text/vnd.graphviz", "dot", _of_network(write_dot)),
    )
}
"""The formats by name. Turtle, N-Triples, RDF/XML and JSON-LD hold the facts, asserted and inferred, as one graph
without the vocabulary; TriG and N-Quads hold each graph by itself; the others the network of actors and activities."""


def export(snapshot: Snapshot, name: str, stream: IO[bytes]) -> None:
    """Write a state of the store in a format.

    Arguments:
        snapshot: the state.
        name: the name of the format.
        stream: where to write; it is written to as the store is read.

    Raises:
        NotFound: no format has the name.
    """
    known = FORMATS.get(name)
    if known is None:
        raise NotFound(f"there is no export format {name!r}", hint=f"there are {', '.join(FORMATS)}")
    known.write(snapshot, cast(BinaryIO, stream))
