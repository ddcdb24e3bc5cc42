"""The words on which it rests that a document speaks of a thing."""

from collections.abc import Iterable

import pyoxigraph
from pyoxigraph import BlankNode, NamedNode

from ontology import MC, RDF

__all__ = ["passage_about", "told_in"]

_EVIDENCE = NamedNode(MC["evidence"])
_ABOUT = tuple(NamedNode(iri) for iri in (RDF["subject"], MC["holder"], RDF["object"]))


def passage_about(rdf: pyoxigraph.Store, thing: str, documents: Iterable[str]) -> str | None:
    """The IRI of a passage in which the first document that has one speaks of a thing.

    Arguments:
        rdf: the triples.
        thing: the name that it has in the documents' graphs.
        documents: IRIs, the preferred first.
    """
    for document in documents:
        graph = NamedNode(document)
        for predicate in _ABOUT:
            claims = (quad.subject for quad in rdf.quads_for_pattern(None, predicate, NamedNode(thing), graph))
            passages = [
                quad.object.value
                for claim in claims
                if isinstance(claim, NamedNode | BlankNode)
                for quad in rdf.quads_for_pattern(claim, _EVIDENCE, None, graph)
                if isinstance(quad.object, NamedNode)
            ]
            if passages:
                return min(passages)
    return None


def told_in(rdf: pyoxigraph.Store, thing: str, documents: Iterable[str]) -> str | None:
    """The first document in which a passage speaks of a thing; arguments as `passage_about` has them."""
    return next((document for document in documents if passage_about(rdf, thing, (document,))), None)
