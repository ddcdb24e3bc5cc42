"""The owlrl library behind the reasoner's interface: nearly complete, and slow (a thousand triples a second).

The only module that knows rdflib's terms and owlrl's habits: generalised triples (literals as subjects), conclusions
about the built-in vocabulary, and inconsistencies as messages.
"""

import re
from collections.abc import Iterable

import rdflib
from owlrl import OWLRL_Semantics
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graph.reasoner.errors import ReasonerError
from graph.reasoner.interface import Closure, Inconsistency
from graph.reasoner.trivial import is_built_in, is_trivial
from ontology import OWL, RDF, XSD

__all__ = ["OwlrlReasoner"]

_Term = NamedNode | BlankNode | Literal

_MERGING = {
    OWL["sameAs"], OWL["FunctionalProperty"], OWL["InverseFunctionalProperty"], OWL["hasKey"],
    OWL["maxCardinality"], OWL["maxQualifiedCardinality"],
}  # fmt: skip
"""Where one of these is said, individuals may turn out equal, and then any triple of the one is one of the other."""

_INERT_DATATYPES = {XSD["string"], RDF["langString"]}

_RULE_OF_MESSAGE = (
    ("Lexical value of the literal", "dt-not-type"),
    ("'sameAs' and 'differentFrom'", "eq-diff1"),
    ("'sameAs' and 'AllDifferent'", "eq-diff2"),
    ("Irreflexive property", "prp-irp"),
    ("Erroneous usage of asymmetric", "prp-asyp"),
    ("Disjoint properties in an 'AllDisjointProperties'", "prp-adp"),
    ("Erroneous usage of disjoint properties", "prp-pdw"),
    ("Negative (object)", "prp-npa1"),
    ("Negative (datatype)", "prp-npa2"),
    ("Violation of complementarity", "cls-com"),
    ("Violation of type restriction", "cls-avf"),
    ("Erroneous usage of maximum cardinality", "cls-maxc1"),
    ("Erroneous usage of maximum qualified", "cls-maxqc1"),
    ("Disjoint classes", "cax-dw"),
)
_NOTHING = re.compile(r"is defined of type 'Nothing'$")


class OwlrlReasoner:
    """OWL 2 RL by owlrl. Its known faults: `hasKey` is unsound, list rules skip the last pair, no dt-eq and dt-diff."""

    name = "owlrl"

    def closure(self, triples: Iterable[Triple], *, full: bool = False, earlier: Closure | None = None) -> Closure:  # noqa: ARG002
        """What follows from `triples`.

        Arguments:
            triples: ontology and data together.
            full: keep the trivial conclusions too.
            earlier: not used, owlrl starts from the beginning.

        Raises:
            ReasonerError: owlrl failed on them.
        """
        asserted = set(triples)
        graph = rdflib.Graph()
        for triple in asserted if full else _relevant(asserted):
            graph.add((_to_rdflib(triple.subject), _to_rdflib(triple.predicate), _to_rdflib(triple.object)))
        semantics = OWLRL_Semantics(graph, axioms=full, daxioms=full, rdfs=False)
        messages: list[str] = []
        semantics.add_error = lambda message: None if message in messages else messages.append(message)
        try:
            semantics.closure()
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            raise ReasonerError(f"owlrl failed: {error}") from error
        inferred = set()
        for subject, predicate, value in graph:
            start, verb = _from_rdflib(subject), _from_rdflib(predicate)
            if isinstance(start, Literal) or not isinstance(verb, NamedNode):
                continue
            triple = Triple(start, verb, _from_rdflib(value))
            if triple not in asserted and (full or not is_trivial(triple)):
                inferred.add(triple)
        return Closure(inferred, tuple(Inconsistency(_rule_of(message), message) for message in sorted(messages)))


def _relevant(triples: set[Triple]) -> Iterable[Triple]:
    """The triples that a rule can use: all but plain strings under properties that no axiom speaks of."""
    speaking: set[str] = set()
    for subject, predicate, value in triples:
        if predicate.value in _MERGING or (isinstance(value, NamedNode) and value.value in _MERGING):
            return triples
        if isinstance(subject, NamedNode) and not isinstance(value, Literal) and not _is_declaration(predicate, value):
            speaking.add(subject.value)
        if isinstance(value, NamedNode):
            speaking.add(value.value)
    return (
        triple
        for triple in triples
        if not isinstance(triple.object, Literal)
        or triple.object.datatype.value not in _INERT_DATATYPES
        or triple.predicate.value in speaking
        or is_built_in(triple.predicate.value)
    )


def _is_declaration(predicate: NamedNode, value: object) -> bool:
    return predicate.value == RDF["type"] and isinstance(value, NamedNode) and is_built_in(value.value)


def _to_rdflib(term: object) -> rdflib.term.Node:
    match term:
        case NamedNode():
            return rdflib.URIRef(term.value)
        case BlankNode():
            return rdflib.BNode(term.value)
        case Literal() if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        case Literal():
            return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)
    raise ReasonerError("owlrl cannot read triple terms (RDF 1.2)")


def _from_rdflib(term: rdflib.term.Node) -> NamedNode | BlankNode | Literal:
    if isinstance(term, rdflib.URIRef):
        return NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return BlankNode(str(term))
    assert isinstance(term, rdflib.Literal)
    if term.language:
        return Literal(str(term), language=term.language)
    return Literal(str(term), datatype=NamedNode(str(term.datatype)) if term.datatype else None)


def _rule_of(message: str) -> str:
    if _NOTHING.search(message):
        return "cls-nothing2"
    return next((rule for start, rule in _RULE_OF_MESSAGE if message.startswith(start)), "owlrl")
