"""Blank nodes as IRIs where they leave this machine (RDF 1.1 Concepts §3.5), and back.

A blank node has no name that another request could use, so that nobody could take a triple with one out again.
"""

from collections.abc import Iterable, Iterator
from urllib.parse import quote, unquote

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Triple

from ontology import BASE

__all__ = ["skolemized", "skolemized_graph", "unskolemized", "unskolemized_graph"]

_GENID = BASE + ".well-known/genid/"

_Term = NamedNode | BlankNode | Literal | Triple


def skolemized(triples: Iterable[Triple]) -> Iterator[Triple]:
    """The triples with IRIs for their blank nodes."""
    for triple in triples:
        yield _named(triple)


def unskolemized(triples: Iterable[Triple]) -> Iterator[Triple]:
    """The triples with blank nodes for such IRIs."""
    for triple in triples:
        yield _blank(triple)


def skolemized_graph(name: NamedNode | BlankNode | DefaultGraph) -> str | None:
    """The IRI of a graph elsewhere; None for the default graph."""
    if isinstance(name, DefaultGraph):
        return None
    return name.value if isinstance(name, NamedNode) else _iri(name).value


def unskolemized_graph(iri: str) -> NamedNode | BlankNode:
    """The name of a graph here."""
    node = _node(NamedNode(iri))
    assert isinstance(node, NamedNode | BlankNode)
    return node


def _iri(node: BlankNode) -> NamedNode:
    return NamedNode(_GENID + quote(node.value, safe=""))


def _node(term: _Term) -> _Term:
    if isinstance(term, NamedNode) and term.value.startswith(_GENID):
        return BlankNode(unquote(term.value.removeprefix(_GENID)))
    return term


def _named(triple: Triple) -> Triple:
    if not any(isinstance(term, BlankNode | Triple) for term in triple):
        return triple
    subject = _iri(triple.subject) if isinstance(triple.subject, BlankNode) else triple.subject
    value: _Term = triple.object
    if isinstance(value, BlankNode):
        value = _iri(value)
    elif isinstance(value, Triple):
        value = _named(value)
    return Triple(subject, triple.predicate, value)


def _blank(triple: Triple) -> Triple:
    subject, value = _node(triple.subject), _node(triple.object)
    if isinstance(value, Triple):
        value = _blank(value)
    if subject is triple.subject and value is triple.object:
        return triple
    assert isinstance(subject, NamedNode | BlankNode)
    return Triple(subject, triple.predicate, value)
