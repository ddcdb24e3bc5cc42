"""What belongs to a claim in a document's graph, and the graph without it."""

from collections.abc import Collection, Iterable

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from loaders.to_rdf.terms import BOUNDS_OF, RDF_TYPE
from ontology import MC, RDF, RDFS

__all__ = ["Content", "without"]

Node = NamedNode | BlankNode
Term = Node | Literal | Triple

_SUBJECT, _PREDICATE, _OBJECT = (NamedNode(RDF[name]) for name in ("subject", "predicate", "object"))
_EVIDENCE = NamedNode(MC["evidence"])
_DESCRIBES = frozenset({RDF_TYPE, NamedNode(RDFS["label"]), NamedNode(MC["familyName"]), NamedNode(MC["ofState"])})
_BOUNDS = {NamedNode(MC[date]): tuple(NamedNode(MC[name]) for name in pair) for date, pair in BOUNDS_OF.items()}


class Content:
    """A document's graph, asked claim by claim.

    Arguments:
        triples: of the graph.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._by_subject: dict[Term, list[Triple]] = {}
        for triple in triples:
            self._by_subject.setdefault(triple.subject, []).append(triple)

    def about(self, node: Term) -> list[Triple]:
        """The triples whose subject is the node."""
        return self._by_subject.get(node, [])

    def statement(self, claim: Node) -> Triple | None:
        """The triple that a claim is about; None for a relation, which is its own claim."""
        parts = {t.predicate: t.object for t in self.about(claim)}
        if not parts.keys() >= {_SUBJECT, _PREDICATE, _OBJECT}:
            return None
        subject, predicate = parts[_SUBJECT], parts[_PREDICATE]
        if not isinstance(subject, NamedNode | BlankNode) or not isinstance(predicate, NamedNode):
            return None
        return Triple(subject, predicate, parts[_OBJECT])

    def of_claim(self, claim: Node) -> set[Triple]:
        """What is said by a claim and of it: its own triples, and the plain triple with its date's bounds."""
        found = set(self.about(claim))
        statement = self.statement(claim)
        if statement is not None and statement in self.about(statement.subject):
            found.add(statement)
            bounds = _BOUNDS.get(statement.predicate, ())
            found |= {t for t in self.about(statement.subject) if t.predicate in bounds}
        return found

    def with_claim(self, claim: Node) -> set[Triple]:
        """The same with all it needs to be understood alone: passages, and types and names of what it speaks of."""
        found = self.of_claim(claim)
        spoken_of = {term for t in found for term in (t.subject, t.object)} - {claim}
        for term in spoken_of:
            passage = Triple(claim, _EVIDENCE, term) in found if isinstance(term, NamedNode | BlankNode) else False
            found |= {t for t in self.about(term) if passage or t.predicate in _DESCRIBES}
        return found

    def dependent(self, claim: Node) -> set[Node]:
        """The claims that fall with a claim: with that something is an exercise at all, whatever is said of it."""
        statement = self.statement(claim)
        if statement is None or statement.predicate != RDF_TYPE:
            return {claim}
        return {
            node
            for node, triples in self._by_subject.items()
            if isinstance(node, NamedNode | BlankNode)
            and any(t.predicate == _SUBJECT and t.object == statement.subject for t in triples)
        }


def without(triples: Collection[Triple], claims: Collection[str]) -> set[Triple]:
    """A document's graph without some claims, those that hang on them, and what they state.

    Arguments:
        triples: of the graph.
        claims: IRIs of claims; they need not be in it.
    """
    if not claims:
        return set(triples)
    content = Content(triples)
    gone = {node for iri in claims if content.about(NamedNode(iri)) for node in content.dependent(NamedNode(iri))}
    removed = {triple for node in gone for triple in content.of_claim(node)}
    # What another claim states as well stays stated.
    kept = {
        triple
        for node in _claims(triples) - gone
        for triple in content.of_claim(node)
    }  # fmt: skip
    return set(triples) - (removed - kept)


def _claims(triples: Iterable[Triple]) -> set[Node]:
    return {t.subject for t in triples if t.predicate == _EVIDENCE and isinstance(t.subject, NamedNode | BlankNode)}
