"""A thing under another name in the graph of a document, and its labels where another document has named it already."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from graph.store import Transaction
from ontology import MC, RDFS, SKOS

__all__ = ["Labels", "rename", "renaming"]

_LABEL, _FURTHER = NamedNode(RDFS["label"]), NamedNode(SKOS["altLabel"])
_REMOVED = NamedNode(MC["removedStatements"])

Term = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Labels:
    """Whether the names that a document gives to things are their labels (`rdfs:label`) or further names of theirs.

    A thing has one label for each language; documents have many.

    Arguments:
        kept: the things whose names are labels.
        further: those whose names are further names (`skos:altLabel`).
    """

    kept: frozenset[str] = frozenset()
    further: frozenset[str] = frozenset()

    def with_name(self, name: str, keeps: bool) -> "Labels":
        """The same with what is wanted of one more thing."""
        if keeps:
            return replace(self, kept=self.kept | {name})
        return replace(self, further=self.further | {name})

    @staticmethod
    def languages(rdf: pyoxigraph.Store, named: Mapping[str, str]) -> set[str]:
        """The languages in which documents name a thing, by its name in each document's graph."""
        return {
            quad.object.language or ""
            for graph, iri in named.items()
            for predicate in (_LABEL, _FURTHER)
            for quad in rdf.quads_for_pattern(NamedNode(iri), predicate, None, NamedNode(graph))
            if isinstance(quad.object, Literal)
        }

    def to_change(self, rdf: pyoxigraph.Store, graph: str) -> bool:
        """Whether a graph has names that are not what they should be."""
        node = NamedNode(graph)
        return any(
            next(rdf.quads_for_pattern(NamedNode(iri), predicate, None, node), None) is not None
            for things, predicate in ((self.kept, _FURTHER), (self.further, _LABEL))
            for iri in things
        )

    def predicate(self, subject: Term, predicate: NamedNode) -> NamedNode:
        """The property by which a graph is to give a name."""
        if predicate in (_LABEL, _FURTHER) and isinstance(subject, NamedNode):
            if subject.value in self.further:
                return _FURTHER
            if subject.value in self.kept:
                return _LABEL
        return predicate


def rename(transaction: Transaction, graph: str, names: Mapping[str, str], labels: Labels) -> None:
    """Give things another name in a graph, all at once.

    Arguments:
        transaction: of the store.
        graph: the graph's IRI; there need not be one.
        names: the new IRIs by the old ones.
        labels: which of their names are labels, by the new IRIs.
    """
    removed, added = renaming(transaction.rdf, graph, names, labels)
    if removed or added:
        transaction.amend_graph(graph, removed, added)


def renaming(
    rdf: pyoxigraph.Store, graph: str, names: Mapping[str, str], labels: Labels
) -> tuple[set[Triple], set[Triple]]:
    """What is to be removed from a graph and what added to it, so that things have another name there.

    Arguments:
        rdf: the state of a store.
        graph: the graph's IRI; there need not be one.
        names: the new IRIs by the old ones.
        labels: which of their names are labels, by the new IRIs.
    """
    if not names and not labels.to_change(rdf, graph):
        return set(), set()
    before = set(_concerned(rdf, NamedNode(graph), names, labels))
    after = {_renamed(triple, names, labels) for triple in before}
    return before - after, after - before


def _concerned(rdf: pyoxigraph.Store, graph: NamedNode, names: Mapping[str, str], labels: Labels) -> Iterator[Triple]:
    """The triples of a graph that a change of names may concern: of most graphs few, so that they are looked up."""
    nodes = [NamedNode(name) for name in names]
    patterns: list[tuple[NamedNode | None, NamedNode | None, NamedNode | None]] = [(None, _REMOVED, None)]
    patterns += [(node, None, None) for node in nodes]
    patterns += [(None, None, node) for node in nodes]
    patterns += [(NamedNode(thing), _FURTHER, None) for thing in labels.kept]
    patterns += [(NamedNode(thing), _LABEL, None) for thing in labels.further]
    for pattern in patterns:
        for quad in rdf.quads_for_pattern(*pattern, graph):
            yield quad.triple


def _renamed(triple: Triple, names: Mapping[str, str], labels: Labels) -> Triple:
    if triple.predicate == _REMOVED and isinstance(triple.object, Literal):
        return Triple(triple.subject, _REMOVED, Literal(_in_text(triple.object.value, names, labels)))
    subject = _name(triple.subject, names)
    assert isinstance(subject, NamedNode | BlankNode)
    return Triple(subject, labels.predicate(subject, triple.predicate), _name(triple.object, names))


def _name(term: Term, names: Mapping[str, str]) -> Term:
    return NamedNode(names[term.value]) if isinstance(term, NamedNode) and term.value in names else term


def _in_text(statements: str, names: Mapping[str, str], labels: Labels) -> str:
    """What a decision keeps of a document's graph, in N-Triples."""
    triples = (quad.triple for quad in parse(statements, RdfFormat.N_TRIPLES))
    return "\n".join(sorted(f"{_renamed(triple, names, labels)} ." for triple in triples))
