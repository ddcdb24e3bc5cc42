"""Which conclusions are trivial: true of everything, or about the built-in vocabulary alone.

They follow from the rules of OWL 2 Profiles, Tables 4-9, and nobody asks for them, so they are left out unless the
closure is asked for in full:

- `x owl:sameAs x`, and a class or property under or equivalent to itself (eq-ref, scm-cls, scm-op, scm-dp);
- everything a thing: `x a owl:Thing`, `x a rdfs:Resource`, `C rdfs:subClassOf owl:Thing`, a domain or range of either;
- `owl:Nothing rdfs:subClassOf C` (scm-cls);
- statements whose subject and object are both of RDF, RDFS, OWL or XSD (axiomatic triples, datatype hierarchy).
"""

from pyoxigraph import Literal, NamedNode, Triple

from ontology import OWL, RDF, RDFS, XSD

__all__ = ["is_built_in", "is_trivial"]

_BUILT_IN = (RDF, RDFS, OWL, XSD)
_REFLEXIVE = {
    OWL["sameAs"], RDFS["subClassOf"], RDFS["subPropertyOf"], OWL["equivalentClass"], OWL["equivalentProperty"],
}  # fmt: skip
_PLACES_OF_CLASSES = {RDF["type"], RDFS["subClassOf"], RDFS["domain"], RDFS["range"]}
_EVERYTHING = {OWL["Thing"], RDFS["Resource"]}


def is_built_in(iri: str) -> bool:
    """Whether an IRI is of RDF, RDFS, OWL or XSD."""
    return iri.startswith(_BUILT_IN)


def is_trivial(triple: Triple) -> bool:
    """Whether a conclusion is trivial in the sense of this module."""
    subject, predicate, value = triple
    if subject == value and predicate.value in _REFLEXIVE:
        return True
    if isinstance(value, NamedNode) and value.value in _EVERYTHING and predicate.value in _PLACES_OF_CLASSES:
        return True
    if not isinstance(subject, NamedNode) or not is_built_in(subject.value):
        return False
    if subject.value == OWL["Nothing"] and predicate.value == RDFS["subClassOf"]:
        return True
    return isinstance(value, Literal) or (isinstance(value, NamedNode) and is_built_in(value.value))
