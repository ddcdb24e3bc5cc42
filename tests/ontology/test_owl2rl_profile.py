"""The vocabulary is in OWL 2 RL, and the check that says so tells what is from what is not."""

import pytest
import rdflib

import ontology
from tests.ontology.owl2rl_profile import violations

HEAD = """
@prefix : <http://example.org/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:A a owl:Class . :B a owl:Class . :C a owl:Class .
:p a owl:ObjectProperty . :q a owl:ObjectProperty . :r a owl:ObjectProperty .
:d a owl:DatatypeProperty . :n a owl:AnnotationProperty .
"""

IN_THE_PROFILE = {
    "subclass": ":A rdfs:subClassOf :B .",
    "union on the left": "[] a owl:Class ; owl:unionOf ( :A :B ) ; rdfs:subClassOf :C .",
    "intersection on both sides": "[] owl:intersectionOf ( :A :B ) ; "
    "rdfs:subClassOf [ owl:intersectionOf ( :A :C ) ] .",
    "some values on the left": "[] owl:onProperty :p ; owl:someValuesFrom :A ; rdfs:subClassOf :B .",
    "some thing on the left": "[] owl:onProperty :p ; owl:someValuesFrom owl:Thing ; rdfs:subClassOf :B .",
    "one of on the left": "[] owl:oneOf ( :x :y ) ; rdfs:subClassOf :B .",
    "all values on the right": ":A rdfs:subClassOf [ owl:onProperty :p ; owl:allValuesFrom :B ] .",
    "has value as equivalent": ":A owl:equivalentClass [ owl:onProperty :p ; owl:hasValue :x ] .",
    "complement on the right": ":A rdfs:subClassOf [ owl:complementOf :B ] .",
    "at most one": ':A rdfs:subClassOf [ owl:onProperty :p ; owl:maxCardinality "1"^^xsd:nonNegativeInteger ] .',
    "at most none of a class": ":A rdfs:subClassOf [ owl:onProperty :p ; owl:onClass :B ; "
    'owl:maxQualifiedCardinality "0"^^xsd:nonNegativeInteger ] .',
    "chain": ":p owl:propertyChainAxiom ( :q :r ) .",
    "chain through an inverse": ":p owl:propertyChainAxiom ( [ owl:inverseOf :q ] :r ) .",
    "irreflexive and asymmetric": ":p a owl:IrreflexiveProperty , owl:AsymmetricProperty .",
    "key": ":A owl:hasKey ( :p :d ) .",
    "disjoint classes": "[] a owl:AllDisjointClasses ; owl:members ( :A :B :C ) .",
    "domain and range": ":p rdfs:domain :A ; rdfs:range [ owl:intersectionOf ( :A :B ) ] . :d rdfs:range xsd:decimal .",
    "data all values": ":A rdfs:subClassOf [ owl:onProperty :d ; owl:allValuesFrom xsd:string ] .",
    "assertion": ":x a :A ; :p :y ; :d 1 .",
}

OUTSIDE_THE_PROFILE = {
    "union on the right": (":A rdfs:subClassOf [ owl:unionOf ( :B :C ) ] .", "unionOf does not stand as superclass"),
    "union as equivalent": (":A owl:equivalentClass [ owl:unionOf ( :B :C ) ] .", "unionOf"),
    "union of a named class": (":A owl:unionOf ( :B :C ) .", "unionOf"),
    "disjoint union": (":A owl:disjointUnionOf ( :B :C ) .", "DisjointUnion"),
    "some values on the right": (
        ":A rdfs:subClassOf [ owl:onProperty :p ; owl:someValuesFrom :B ] .",
        "someValuesFrom",
    ),
    "some values deep on the right": (
        ":A rdfs:subClassOf [ owl:intersectionOf ( :B [ owl:onProperty :p ; owl:someValuesFrom :C ] ) ] .",
        "someValuesFrom",
    ),
    "all values on the left": ("[] owl:onProperty :p ; owl:allValuesFrom :A ; rdfs:subClassOf :B .", "allValuesFrom"),
    "one of on the right": (":A rdfs:subClassOf [ owl:oneOf ( :x :y ) ] .", "oneOf"),
    "complement on the left": ("[] owl:complementOf :A ; rdfs:subClassOf :B .", "complementOf"),
    "at least one": (
        ':A rdfs:subClassOf [ owl:onProperty :p ; owl:minCardinality "1"^^xsd:nonNegativeInteger ] .',
        "minCardinality",
    ),
    "at most two": (
        ':A rdfs:subClassOf [ owl:onProperty :p ; owl:maxCardinality "2"^^xsd:nonNegativeInteger ] .',
        "neither 0 nor 1",
    ),
    "has self": (":A rdfs:subClassOf [ owl:onProperty :p ; owl:hasSelf true ] .", "hasSelf"),
    "reflexive": (":p a owl:ReflexiveProperty .", "ReflexiveProperty"),
    "union as domain": (":p rdfs:domain [ owl:unionOf ( :A :B ) ] .", "unionOf"),
    "everything as superclass": (":A rdfs:subClassOf owl:Thing .", "owl:Thing"),
    "union of data ranges": (
        ":d rdfs:range [ a rdfs:Datatype ; owl:unionOf ( xsd:string xsd:decimal ) ] .",
        "neither a data type nor an intersection",
    ),
    "restricted data type": (
        ":d rdfs:range [ a rdfs:Datatype ; owl:onDatatype xsd:integer ; "
        "owl:withRestrictions ( [ xsd:minInclusive 0 ] ) ] .",
        "neither a data type nor an intersection",
    ),
    "date": (":d rdfs:range xsd:date .", "#date> is not in OWL 2 RL"),
    "real": (":d rdfs:range owl:real .", "real> is not in OWL 2 RL"),
    "date in a literal": (':x :d "2020-01-01"^^xsd:date .', "of a literal"),
    "undeclared class": (":A rdfs:subClassOf :Unknown .", "Unknown> is not declared"),
    "undeclared property": (":A :unknown :B .", "unknown> is not declared"),
    "undeclared property in a chain": (":p owl:propertyChainAxiom ( :q :unknown ) .", "unknown>"),
    "data property in a chain": (":p owl:propertyChainAxiom ( :q :d ) .", "no declared object property"),
    "property of two kinds": (":p a owl:DatatypeProperty .", "more than one kind"),
    "reserved vocabulary as class": (":A rdfs:subClassOf rdf:Statement .", "reserved vocabulary"),
    "union as type": (":x a [ owl:unionOf ( :A :B ) ] .", "unionOf"),
}


@pytest.mark.parametrize("axioms", IN_THE_PROFILE.values(), ids=IN_THE_PROFILE.keys())
def test_what_the_profile_allows_is_accepted(axioms: str) -> None:
    assert violations(rdflib.Graph().parse(data=HEAD + axioms, format="turtle")) == []


@pytest.mark.parametrize(("axioms", "why"), OUTSIDE_THE_PROFILE.values(), ids=OUTSIDE_THE_PROFILE.keys())
def test_what_the_profile_does_not_allow_is_named(axioms: str, why: str) -> None:
    found = violations(rdflib.Graph().parse(data=HEAD + axioms, format="turtle"))

    assert any(why in sentence for sentence in found), found


def test_the_vocabulary_is_in_the_profile() -> None:
    assert violations(rdflib.Graph().parse(ontology.path("milcoop.ttl"))) == []
