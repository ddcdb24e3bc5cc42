"""What the engine does otherwise than the standard, put right in the text of a query before it is evaluated."""

from itertools import chain

from pyoxigraph import DefaultGraph, NamedNode, Store

from graph.query.corrections import corrected
from graph.query.graph_blocks import with_graphs_apart
from graph.query.request import QueryRequest
from graph.query.zero_length import with_zero_lengths

__all__ = ["exact"]


def exact(text: str, rdf: Store, request: QueryRequest) -> str:
    """The query so that the engine answers it as the standard says; the same text where nothing is to be done.

    Arguments:
        text: the query of the request, as it has become.
        rdf: the triples that it is asked of.
        request: what names its dataset and the prefixes that it need not declare.
    """
    has_dataset = request.default_graphs is not None or request.named_graphs is not None
    text = with_zero_lengths(text, request.prefixes, lambda iri: not has_dataset and _is_node(rdf, iri))
    text = with_graphs_apart(text, lambda: _named_graphs(rdf, request))
    return corrected(text)


def _is_node(rdf: Store, iri: str) -> bool:
    """Whether the default graph has it as subject or object."""
    try:
        node = NamedNode(iri)
    except ValueError:  # a relative IRI
        return False
    quads = chain(
        rdf.quads_for_pattern(node, None, None, DefaultGraph()),
        rdf.quads_for_pattern(None, None, node, DefaultGraph()),
    )
    return next(quads, None) is not None


def _named_graphs(rdf: Store, request: QueryRequest) -> list[str] | None:
    """The named graphs of the dataset as SPARQL writes them; None if some have no IRI."""
    if request.default_graphs is not None or request.named_graphs is not None:
        return [f"<{iri}>" for iri in request.named_graphs or ()]
    graphs = list(rdf.named_graphs())
    return [str(graph) for graph in graphs] if all(isinstance(graph, NamedNode) for graph in graphs) else None
