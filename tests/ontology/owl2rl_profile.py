"""Is an ontology in the OWL 2 RL profile? A check of the syntax after W3C OWL 2 Profiles, section 4.2.

It reads the RDF mapping of an ontology and names whatever the grammar of the profile does not allow. Checked are the
entities (declared, one kind of property each), the data types, and the class expressions and data ranges in each place
where the grammar has one; not checked are the global restrictions of OWL 2 DL on property hierarchies.
"""

from collections.abc import Iterator
from typing import Literal as OneOf

import rdflib
from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

__all__ = ["violations"]

Place = OneOf["subclass", "superclass", "equivalent class"]

# Section 4.2.1: the data types; owl:real and owl:rational are left out of the profile, xsd:date is not in OWL 2 at all.
DATATYPES = {RDF.PlainLiteral, RDF.XMLLiteral, RDFS.Literal} | {
    XSD[name]
    for name in (
        "decimal", "integer", "nonNegativeInteger", "nonPositiveInteger", "positiveInteger", "negativeInteger", "long",
        "int", "short", "byte", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte", "float", "double",
        "string", "normalizedString", "token", "language", "Name", "NCName", "NMTOKEN", "boolean", "hexBinary",
        "base64Binary", "anyURI", "dateTime", "dateTimeStamp",
    )
}  # fmt: skip

# Section 4.2.3: the class expressions that may stand in each place.
ALLOWED: dict[Place, set[str]] = {
    "subclass": {"class", "intersectionOf", "unionOf", "oneOf", "someValuesFrom", "hasValue"},
    "superclass": {"class", "intersectionOf", "complementOf", "allValuesFrom", "hasValue", "maxCardinality"},
    "equivalent class": {"class", "intersectionOf", "hasValue"},
}

_PROPERTY_KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
_BOOLEAN = {OWL.intersectionOf, OWL.unionOf, OWL.complementOf, OWL.oneOf}
_FILLERS = {OWL.someValuesFrom, OWL.allValuesFrom}
_BETWEEN_PROPERTIES = (RDFS.subPropertyOf, OWL.equivalentProperty, OWL.propertyDisjointWith, OWL.inverseOf)
_OF_RDF = (str(RDF), str(RDFS), str(OWL), str(XSD))


def violations(ontology: Graph) -> list[str]:
    """What in the ontology is outside OWL 2 RL, one sentence each, in a stable order; empty if it is in the profile."""
    return sorted(set(_Checker(ontology).all()))


class _Checker:
    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def all(self) -> Iterator[str]:
        yield from self.entities()
        yield from self.literals()
        yield from self.class_axioms()
        yield from self.property_axioms()
        yield from self.assertions()

    # Entities and literals

    def entities(self) -> Iterator[str]:
        for kind in _PROPERTY_KINDS:
            for declared in self.graph.subjects(RDF.type, kind):
                if sum((declared, RDF.type, other) in self.graph for other in _PROPERTY_KINDS) > 1:
                    yield f"{_name(declared)} is declared as more than one kind of property"
        for predicate in set(self.graph.predicates()):
            if not str(predicate).startswith(_OF_RDF) and not self.is_property(predicate):
                yield f"the property {_name(predicate)} is not declared"

    def literals(self) -> Iterator[str]:
        for literal in self.graph.objects():
            if isinstance(literal, Literal) and literal.datatype is not None and literal.datatype not in DATATYPES:
                yield f"the data type {_name(literal.datatype)} of a literal is not in OWL 2 RL"

    def is_property(self, node: Node) -> bool:
        if isinstance(node, BNode):
            return self.graph.value(node, OWL.inverseOf) is not None
        built_in = str(node).startswith(_OF_RDF)
        return built_in or any((node, RDF.type, kind) in self.graph for kind in _PROPERTY_KINDS)

    # Axioms about classes

    def class_axioms(self) -> Iterator[str]:
        for lower, upper in self.graph.subject_objects(RDFS.subClassOf):
            yield from self.expression(lower, "subclass")
            yield from self.expression(upper, "superclass")
        for pair in self.graph.subject_objects(OWL.equivalentClass):
            for node in pair:
                if (pair[0], RDF.type, RDFS.Datatype) in self.graph:
                    yield from self.data_range(node)
                else:
                    yield from self.expression(node, "equivalent class")
        for pair in self.graph.subject_objects(OWL.disjointWith):
            for node in pair:
                yield from self.expression(node, "subclass")
        for axiom in self.graph.subjects(RDF.type, OWL.AllDisjointClasses):
            for node in self.members(self.graph.value(axiom, OWL.members)):
                yield from self.expression(node, "subclass")
        for union in self.graph.subjects(OWL.disjointUnionOf):
            yield f"{_name(union)} is a DisjointUnion"
        for node in self.graph.subjects(OWL.hasKey):
            yield from self.expression(node, "subclass")
        # A named class that is said to be a boolean combination is equivalent to it.
        for predicate in _BOOLEAN:
            for node in self.graph.subjects(predicate):
                if isinstance(node, URIRef) and predicate != OWL.intersectionOf:
                    yield f"{_name(node)}: {_local(predicate)} does not stand as equivalent class in OWL 2 RL"

    def expression(self, node: Node, place: Place) -> Iterator[str]:
        """What is wrong with a class expression in its place."""
        kind, arguments = self.parts(node)
        if kind not in ALLOWED[place]:
            yield f"{_name(node)}: {kind} does not stand as {place} in OWL 2 RL"
            return
        if kind == "class":
            if node == OWL.Thing:
                yield f"owl:Thing does not stand as {place} in OWL 2 RL"
            elif not str(node).startswith(_OF_RDF) and (node, RDF.type, OWL.Class) not in self.graph:
                yield f"the class {_name(node)} is not declared"
            elif str(node).startswith(_OF_RDF) and node != OWL.Nothing:
                yield f"{_name(node)} is reserved vocabulary and no class of OWL 2"
        elif kind in ("intersectionOf", "unionOf"):
            for argument in arguments:
                yield from self.expression(argument, place)
        elif kind == "complementOf":
            yield from self.expression(arguments[0], "subclass")
        elif kind in ("someValuesFrom", "allValuesFrom", "maxCardinality"):
            yield from self.restriction(node, kind, arguments)

    def restriction(self, node: Node, kind: str, arguments: list[Node]) -> Iterator[str]:
        about = self.graph.value(node, OWL.onProperty)
        if about is None or not self.is_property(about):
            yield f"a restriction is on {_name(about)}, which is no declared property"
        if kind == "maxCardinality":
            number, *arguments = arguments
            if not isinstance(number, Literal) or number.toPython() not in (0, 1):
                yield f"a maximum cardinality of {number} is neither 0 nor 1"
        for filler in arguments:
            if (about, RDF.type, OWL.DatatypeProperty) in self.graph:
                yield from self.data_range(filler)
            elif filler != OWL.Thing or kind == "allValuesFrom":
                yield from self.expression(filler, "superclass" if kind == "allValuesFrom" else "subclass")

    def parts(self, node: Node) -> tuple[str, list[Node]]:
        """The kind of a class expression, and what it is made of."""
        if isinstance(node, URIRef):
            return "class", []
        for predicate, value in self.graph.predicate_objects(node):
            if predicate in (OWL.intersectionOf, OWL.unionOf, OWL.oneOf):
                return _local(predicate), self.members(value)
            if predicate in _FILLERS or predicate in (OWL.complementOf, OWL.hasValue):
                return _local(predicate), [value]
            if predicate in (OWL.maxCardinality, OWL.maxQualifiedCardinality):
                fillers = [*self.graph.objects(node, OWL.onClass), *self.graph.objects(node, OWL.onDataRange)]
                return "maxCardinality", [value, *fillers]
            if predicate in (OWL.hasSelf, OWL.minCardinality, OWL.cardinality, OWL.datatypeComplementOf) or (
                predicate in (OWL.minQualifiedCardinality, OWL.qualifiedCardinality)
            ):
                return _local(predicate), []
        return "an unknown expression", []

    def data_range(self, node: Node) -> Iterator[str]:
        if isinstance(node, BNode):
            parts = self.graph.value(node, OWL.intersectionOf)
            if parts is None:
                yield "a data range is neither a data type nor an intersection"
            for part in self.members(parts):
                yield from self.data_range(part)
        elif node not in DATATYPES and (node, RDF.type, RDFS.Datatype) not in self.graph:
            yield f"the data type {_name(node)} is not in OWL 2 RL"

    # Axioms about properties, and assertions

    def property_axioms(self) -> Iterator[str]:
        for node in self.graph.subjects(RDF.type, OWL.ReflexiveProperty):
            yield f"{_name(node)} is a ReflexiveProperty"
        for predicate in _BETWEEN_PROPERTIES:
            for pair in self.graph.subject_objects(predicate):
                for node in pair:
                    if isinstance(node, URIRef) and not self.is_property(node):
                        yield f"the property {_name(node)} is not declared"
        for chain in self.graph.objects(predicate=OWL.propertyChainAxiom):
            for node in self.members(chain):
                if not self.is_property(node) or (node, RDF.type, OWL.DatatypeProperty) in self.graph:
                    yield f"{_name(node)} stands in a chain and is no declared object property"
        for about, node in self.graph.subject_objects(RDFS.domain):
            if (about, RDF.type, OWL.AnnotationProperty) not in self.graph:
                yield from self.expression(node, "superclass")
        for about, node in self.graph.subject_objects(RDFS.range):
            if (about, RDF.type, OWL.DatatypeProperty) in self.graph:
                yield from self.data_range(node)
            elif (about, RDF.type, OWL.AnnotationProperty) not in self.graph:
                yield from self.expression(node, "superclass")

    def assertions(self) -> Iterator[str]:
        for individual, node in self.graph.subject_objects(RDF.type):
            if isinstance(node, BNode) or not str(node).startswith(_OF_RDF):
                yield from self.expression(node, "superclass")
            elif (individual, node) == (OWL.Thing, OWL.Class):
                yield "owl:Thing is declared anew"

    def members(self, head: Node | None) -> list[Node]:
        return [] if head is None else list(Collection(self.graph, head))


def _local(iri: Node) -> str:
    return rdflib.namespace.split_uri(str(iri))[1]


def _name(node: Node | None) -> str:
    return node.n3() if isinstance(node, URIRef) else "an anonymous expression" if node is not None else "nothing"
