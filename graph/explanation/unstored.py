"""Statements that follow but are not stored: trivial ones, generalized triples, values in another spelling.

A proof may pass through them, so they are proved like others. `may_be_unstored` tells which a search must not give up
on although the store lacks them; `Unstored` names those that a pattern may stand for. Both may say too much: what
does not follow is found to have no proof.
"""

from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode

from graph.explanation.closed_graph import ClosedGraph
from graph.explanation.literals import may_be_spelt_otherwise, spellings
from graph.explanation.proof import Statement, Term
from graph.reasoner.trivial import is_built_in, is_trivial
from ontology import OWL, RDF, RDFS

__all__ = ["Unstored", "may_be_unstored", "openness"]

_TYPE, _SAME, _THING, _RESOURCE, _NOTHING = (
    NamedNode(iri)
    for iri in (RDF["type"], OWL["sameAs"], OWL["Thing"], RDFS["Resource"], OWL["Nothing"])
)  # fmt: skip
_EXTREMES = (_THING, _NOTHING)
_SUB_CLASS, _DOMAIN, _RANGE = (NamedNode(RDFS[name]) for name in ("subClassOf", "domain", "range"))
_SUB_PROPERTY, _INVERSE, _EQUIVALENT = (
    NamedNode(iri) for iri in (RDFS["subPropertyOf"], OWL["inverseOf"], OWL["equivalentProperty"])
)
_SYMMETRIC = NamedNode(OWL["SymmetricProperty"])
_REFLEXIVE = {_SAME, _SUB_CLASS, _SUB_PROPERTY, _EQUIVALENT, NamedNode(OWL["equivalentClass"])}
_PLACES_OF_CLASSES = {_TYPE, _SUB_CLASS, _DOMAIN, _RANGE}


def may_be_unstored(wanted: Statement) -> bool:
    """Whether the statement is of a kind that is not stored even if it follows."""
    triple = wanted.triple
    if triple is None or is_trivial(triple):
        return True
    return isinstance(triple.object, Literal) and may_be_spelt_otherwise(triple.object)


def openness(subject: Term | None, predicate: Term | None, value: Term | None) -> int:
    """How far a pattern has matches that are neither stored nor named by `Unstored`.

    Returns:
        0: hardly any; 1: literals may be among them (instances of a class); 2: there are such.
    """
    if predicate is None:
        return 2
    if predicate == _SAME and ((subject is None and value is None) or isinstance(subject or value, Literal)):
        return 2
    if value is None and predicate in _REFLEXIVE and isinstance(subject, NamedNode) and is_built_in(subject.value):
        return 2
    if subject is None and predicate in _PLACES_OF_CLASSES and value in (_THING, _RESOURCE):
        return 2
    return int(subject is None and predicate == _TYPE)


class Unstored:
    """The unstored statements of a graph.

    Arguments:
        graph: the graph.
    """

    def __init__(self, graph: ClosedGraph) -> None:
        self._graph = graph
        self._sources: dict[Term, tuple[tuple[Term, bool], ...]] = {}

    def candidates(self, subject: Term | None, predicate: Term | None, value: Term | None) -> Iterator[Statement]:
        """Statements of a pattern that may follow without being stored."""
        if predicate is not None:
            yield from _trivial(subject, predicate, value)
            yield from self._spelt_otherwise(subject, predicate, value)
            yield from self._implied(subject, predicate, value)

    def _spelt_otherwise(self, subject: Term | None, predicate: Term, value: Term | None) -> Iterator[Statement]:
        if isinstance(subject, Literal) and predicate == _SAME and value is None:
            for other in spellings(subject):
                yield Statement(subject, predicate, other)
        if isinstance(value, Literal) and subject is None:
            for other in spellings(value):
                if predicate == _SAME:
                    yield Statement(other, predicate, value)
                for found in self._graph.matches(None, predicate, other):
                    yield Statement(found.subject, predicate, value)

    def _implied(self, subject: Term | None, predicate: Term, value: Term | None) -> Iterator[Statement]:
        """What a narrower or an inverse property says, as far as it is not stored: with a literal as subject, all where
        the property is a blank node (an inverse that has no name), what is trivial of the narrower property."""
        if predicate == _TYPE:
            return
        sources = self.sources_of(predicate)
        trivial = any(source in _REFLEXIVE for source, _ in sources)
        if isinstance(predicate, NamedNode) and not trivial and isinstance(subject, NamedNode | BlankNode):
            return
        for source, turned in sources:
            one, other = (value, subject) if turned else (subject, value)
            for found in (*self._graph.matches(one, source, other), *_trivial(one, source, other)):
                first, last = (found.object, found.subject) if turned else (found.subject, found.object)
                told = Statement(first, predicate, last)
                if may_be_unstored(told):
                    yield told

    def sources_of(self, predicate: Term) -> tuple[tuple[Term, bool], ...]:
        """Properties that imply a property, and whether they do so with subject and object exchanged."""
        if predicate not in self._sources:
            found: dict[tuple[Term, bool], None] = {(predicate, False): None}
            waiting = [(predicate, False)]
            while waiting:
                at, turned = waiting.pop()
                for step in self._implying(at, turned):
                    if step not in found:
                        found[step] = None
                        waiting.append(step)
            del found[predicate, False]
            self._sources[predicate] = tuple(found)
        return self._sources[predicate]

    def _implying(self, at: Term, turned: bool) -> Iterator[tuple[Term, bool]]:
        graph = self._graph
        for one in (*graph.matches(None, _SUB_PROPERTY, at), *graph.matches(None, _EQUIVALENT, at)):
            yield one.subject, turned
        for one in graph.matches(at, _EQUIVALENT, None):
            yield one.object, turned
        for one in graph.matches(None, _INVERSE, at):
            yield one.subject, not turned
        for one in graph.matches(at, _INVERSE, None):
            yield one.object, not turned
        if at == _SAME or graph.holds(Statement(at, _TYPE, _SYMMETRIC)):
            yield at, not turned


def _trivial(subject: Term | None, predicate: Term, value: Term | None) -> Iterator[Statement]:
    """Trivial statements of a pattern that is not wholly open."""
    if predicate in _REFLEXIVE and (subject is None) != (value is None):
        known = subject if value is None else value
        assert known is not None
        yield Statement(known, predicate, known)
        if known in _EXTREMES:  # that two of these are one is about the built-in vocabulary alone
            for other in _EXTREMES:
                yield Statement(known, predicate, other) if value is None else Statement(other, predicate, known)
    if predicate in _PLACES_OF_CLASSES and subject is not None and value is None:
        yield Statement(subject, predicate, _THING)
        yield Statement(subject, predicate, _RESOURCE)
    if predicate == _SUB_CLASS and subject is None and value is not None:
        yield Statement(_NOTHING, predicate, value)
