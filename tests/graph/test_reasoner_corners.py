"""Corners of the rules: keys, lists, equality, values; what must follow, what must not, and what clashes."""

import pytest
from pyoxigraph import Triple

from graph.reasoner import Owl2RlReasoner
from ontology import RDF
from tests.graph import test_reasoner

Corner = tuple[str, str, str, str, str]
"""What it is about, the premises, what must follow, what must not, and the rule that finds a contradiction."""

CORNERS: list[Corner] = [
    (
        "key two values",
        ":C owl:hasKey (:p :q) . :x a :C ; :p 1,2 ; :q 'a' . :y a :C ; :p 2,3 ; :q 'b','a' .",
        ":x owl:sameAs :y .",
        "",
        "",
    ),
    ("key by value", ":C owl:hasKey (:p) . :x a :C ; :p 1 . :y a :C ; :p 1.0 .", ":x owl:sameAs :y .", "", ""),
    (
        "key lacking one",
        ":C owl:hasKey (:p :q) . :x a :C ; :p 1 . :y a :C ; :p 1 ; :q 2 .",
        "",
        ":x owl:sameAs :y .",
        "",
    ),
    ("key empty list", ":C owl:hasKey () . :x a :C . :y a :C .", "", ":x owl:sameAs :y .", ""),
    (
        "key of subclass",
        ":D rdfs:subClassOf :C . :C owl:hasKey (:p) . :x a :D ; :p :o . :y a :C ; :p :o .",
        ":x owl:sameAs :y .",
        "",
        "",
    ),
    (
        "key different",
        ":C owl:hasKey (:p) . :x a :C ; :p :o . :y a :C ; :p :o . :x owl:differentFrom :y .",
        ":x owl:sameAs :y .",
        "",
        "eq-diff1",
    ),
    (
        "key same property twice",
        ":C owl:hasKey (:p :p) . :x a :C ; :p :o . :y a :C ; :p :o .",
        ":x owl:sameAs :y .",
        "",
        "",
    ),
    ("intersection empty", ":C owl:intersectionOf () . :x a :D .", "", ":x a :C .", ""),
    ("union empty", ":C owl:unionOf () . :x a :C .", "", "", ""),
    ("oneOf empty", ":C owl:oneOf () . :x a :C .", "", "", ""),
    ("intersection one", ":C owl:intersectionOf (:D) . :x a :D . :y a :C .", ":x a :C . :y a :D .", "", ""),
    ("intersection repeated", ":C owl:intersectionOf (:D :D :E) . :x a :D , :E .", ":x a :C .", "", ""),
    ("chain one", ":p owl:propertyChainAxiom (:q) . :x :q :y .", ":x :p :y .", "", ""),
    ("chain same", ":p owl:propertyChainAxiom (:p :p) . :x :p :y . :y :p :z . :z :p :w .", ":x :p :w .", "", ""),
    (
        "chain four to literal",
        ":p owl:propertyChainAxiom (:a :b :c :d) . :1 :a :2 . :2 :b :3 . :3 :c :4 . :4 :d 5 .",
        ":1 :p 5 .",
        "",
        "",
    ),
    (
        "chain through inverse bnode",
        ":p owl:propertyChainAxiom ([owl:inverseOf :q] :r) . :x :q :y . :x :r :z .",
        ":y :p :z .",
        "",
        "",
    ),
    ("hasSelf-less", ":p a owl:ReflexiveProperty . :x :q :y .", "", ":x :p :x .", ""),
    (
        "npa value by value",
        "[] a owl:NegativePropertyAssertion ; owl:sourceIndividual :x ; owl:assertionProperty :p ; "
        "owl:targetValue 1 . :x :p 1.0 .",
        "",
        "",
        "prp-npa2",
    ),
    (
        "npa untyped",
        "[] owl:sourceIndividual :x ; owl:assertionProperty :p ; owl:targetIndividual :y . :x :p :y .",
        "",
        "",
        "prp-npa1",
    ),
    (
        "npa via sub and same",
        "[] owl:sourceIndividual :x ; owl:assertionProperty :p ; "
        "owl:targetIndividual :y . :q rdfs:subPropertyOf :p . :z :q :y . :z owl:sameAs :x .",
        ":x :p :y .",
        "",
        "prp-npa1",
    ),
    ("functional literals same value", ":p a owl:FunctionalProperty . :x :p 1, 1.0, '1'^^xsd:byte .", "", "", ""),
    ("functional literals differ", ":p a owl:FunctionalProperty . :x :p 1, 2 .", "", "", "dt-diff"),
    ("functional lang", ":p a owl:FunctionalProperty . :x :p 'a'@en, 'a'@EN .", "", "", ""),
    ("functional lang differ", ":p a owl:FunctionalProperty . :x :p 'a'@en, 'a'@ru .", "", "", "dt-diff"),
    (
        "functional unknown datatype",
        ":p a owl:FunctionalProperty . :x :p '2021'^^xsd:gYear, '2022'^^xsd:gYear .",
        "",
        "",
        "",
    ),
    ("ifp literal", ":p a owl:InverseFunctionalProperty . :x :p 1 . :y :p 1.0 .", ":x owl:sameAs :y .", "", ""),
    (
        "maxcard int spelt",
        ":R owl:maxCardinality 1 ; owl:onProperty :p . :x a :R ; :p :a, :b .",
        ":a owl:sameAs :b .",
        "",
        "",
    ),
    (
        "maxcard zero",
        ":R owl:maxCardinality '0'^^xsd:nonNegativeInteger ; owl:onProperty :p . :x a :R ; :p 5 .",
        "",
        "",
        "cls-maxc1",
    ),
    (
        "maxqc data range",
        ":R owl:maxQualifiedCardinality '1'^^xsd:nonNegativeInteger ; owl:onProperty :p ; "
        "owl:onClass :C . :x a :R ; :p :a, :b, :c . :a a :C . :b a :C .",
        ":a owl:sameAs :b .",
        ":a owl:sameAs :c .",
        "",
    ),
    ("hasValue literal by value", ":R owl:hasValue 5 ; owl:onProperty :p . :x :p 5.0 .", ":x a :R .", "", ""),
    (
        "hasValue concl",
        ":R owl:hasValue '05'^^xsd:integer ; owl:onProperty :p . :x a :R .",
        ":x :p '05'^^xsd:integer .",
        "",
        "",
    ),
    (
        "avf datatype clash",
        ":R owl:allValuesFrom xsd:byte ; owl:onProperty :p . :x a :R ; :p 300 .",
        "",
        "",
        "dt-not-type",
    ),
    ("range datatype ok", ":p rdfs:range xsd:decimal . :x :p 3 .", "", "", ""),
    ("range string lang", ":p rdfs:range xsd:string . :x :p 'a'@en .", "", "", "dt-not-type"),
    ("range PlainLiteral", ":p rdfs:range rdf:PlainLiteral . :x :p 'a'@en, 'b' .", "", "", ""),
    (
        "range dateTimeStamp",
        ":p rdfs:range xsd:dateTimeStamp . :x :p '2021-01-01T00:00:00'^^xsd:dateTime .",
        "",
        "",
        "dt-not-type",
    ),
    ("range stamp ok", ":p rdfs:range xsd:dateTimeStamp . :x :p '2021-01-01T00:00:00Z'^^xsd:dateTime .", "", "", ""),
    ("ill typed", ":x :p 'abc'^^xsd:integer .", "", "", "dt-not-type"),
    ("ill typed XML", ":x :p '<a'^^rdf:XMLLiteral .", "", "", "dt-not-type"),
    ("two ranges disjoint values", ":p rdfs:range xsd:integer, xsd:string . :x :p 3 .", "", "", "dt-not-type"),
    (
        "svf datatype",
        ":R owl:someValuesFrom xsd:integer ; owl:onProperty :p . :x :p 5 . :y :p 'a' .",
        ":x a :R .",
        ":y a :R .",
        "",
    ),
    ("svf rdfs:Literal", ":R owl:someValuesFrom rdfs:Literal ; owl:onProperty :p . :x :p 5 .", ":x a :R .", "", ""),
    ("svf thing literal", ":R owl:someValuesFrom owl:Thing ; owl:onProperty :p . :x :p 5 .", ":x a :R .", "", ""),
    (
        "oneOf literals",
        ":D owl:oneOf (1 2) . :p rdfs:range :D . :R owl:someValuesFrom :D ; owl:onProperty :p . :x :p 1.0 .",
        ":x a :R .",
        "",
        "",
    ),
    ("disjoint data props by value", ":p owl:propertyDisjointWith :q . :x :p 1 ; :q 1.0 .", "", "", "prp-pdw"),
    (
        "AllDisjointProperties three",
        "[] a owl:AllDisjointProperties ; owl:members (:p :q :r) . :x :q :y ; :r :y .",
        "",
        "",
        "prp-adp",
    ),
    (
        "AllDisjointClasses members twice",
        "[] a owl:AllDisjointClasses ; owl:members (:C :C) . :x a :C .",
        "",
        "",
        "cax-adc",
    ),
    (
        "AllDifferent last pair",
        "[] a owl:AllDifferent ; owl:members (:a :b :c) . :b owl:sameAs :c .",
        "",
        "",
        "eq-diff2",
    ),
    (
        "AllDifferent distinctMembers",
        "[] a owl:AllDifferent ; owl:distinctMembers (:a :b) . :b owl:sameAs :a .",
        "",
        "",
        "eq-diff3",
    ),
    ("AllDifferent repeated", "[] a owl:AllDifferent ; owl:members (:a :a) .", "", "", "eq-diff2"),
    ("self different", ":a owl:differentFrom :a .", "", "", "eq-diff1"),
    (
        "same classes",
        ":C owl:sameAs :D . :x a :C . :E rdfs:subClassOf :C .",
        ":x a :D . :E rdfs:subClassOf :D .",
        "",
        "",
    ),
    ("same properties", ":p owl:sameAs :q . :x :p 1 .", ":x :q 1 .", "", ""),
    (
        "same list cell",
        ":C owl:unionOf :l . :l rdf:first :D ; rdf:rest () . :l2 owl:sameAs :l . :E owl:unionOf :l2 . :x a :D .",
        ":x a :C , :E .",
        "",
        "",
    ),
    ("list without rest", ":C owl:unionOf [ rdf:first :D ] . :x a :D .", "", "", ""),
    ("list loop", ":C owl:intersectionOf :l . :l rdf:first :D ; rdf:rest :l . :x a :D .", "", "", ""),
    ("irreflexive same", ":p a owl:IrreflexiveProperty . :x :p :y . :x owl:sameAs :y .", "", "", "prp-irp"),
    ("asymmetric same", ":p a owl:AsymmetricProperty . :x :p :x .", "", "", "prp-asyp"),
    ("complement", ":C owl:complementOf :D . :x a :C , :D .", "", "", "cls-com"),
    ("nothing", ":x a owl:Nothing .", "", "", "cls-nothing2"),
    ("bottom property", ":x owl:bottomObjectProperty :y .", "", "", ""),
    (
        "scm-hv spelt",
        ":A owl:hasValue 5 ; owl:onProperty :p . :B owl:hasValue 5.0 ; owl:onProperty :q . :p rdfs:subPropertyOf :q .",
        ":A rdfs:subClassOf :B .",
        "",
        "",
    ),
    ("scm-eqc2", ":A rdfs:subClassOf :B . :B rdfs:subClassOf :A .", ":A owl:equivalentClass :B .", "", ""),
    ("inverse of itself", ":p owl:inverseOf :p . :x :p :y .", ":y :p :x .", "", ""),
    ("literal same by inverse functional", ":p a owl:FunctionalProperty . :x :p 'a' , 'a'^^xsd:token .", "", "", ""),
    ("domain of type", "rdf:type rdfs:domain :X . :x a :Y .", ":x a :X .", "", ""),
    (
        "subproperty of sameAs",
        ":p rdfs:subPropertyOf owl:sameAs . :x :p :y . :x :q :z .",
        ":y :q :z . :y owl:sameAs :x .",
        "",
        "",
    ),
    (
        "subproperty of subClassOf",
        ":isa rdfs:subPropertyOf rdfs:subClassOf . :A :isa :B . :x a :A .",
        ":x a :B .",
        "",
        "",
    ),
    (
        "equivalent to type",
        ":kind owl:equivalentProperty rdf:type . :x :kind :A . :A rdfs:subClassOf :B .",
        ":x a :B . :x :kind :B .",
        "",
        "",
    ),
    (
        "chain concluding type",
        "rdf:type owl:propertyChainAxiom (:p :q) . :x :p :y . :y :q :C . :C rdfs:subClassOf :D .",
        ":x a :D .",
        "",
        "",
    ),
    (
        "symmetric subClassOf",
        "rdfs:subClassOf a owl:SymmetricProperty . :A rdfs:subClassOf :B . :x a :B .",
        ":x a :A .",
        "",
        "",
    ),
    (
        "PlainLiteral key",
        ":C owl:hasKey (:p) . :x a :C ; :p 'a'@en . :y a :C ; :p 'a@en'^^rdf:PlainLiteral .",
        ":x owl:sameAs :y .",
        "",
        "",
    ),
    ("float single", ":p a owl:FunctionalProperty . :x :p '0.1'^^xsd:float , '0.10000000149'^^xsd:float .", "", "", ""),
    ("zeros differ", ":p a owl:FunctionalProperty . :x :p '0'^^xsd:float , '-0'^^xsd:float .", "", "", "dt-diff"),
    (
        "XML equal",
        ":p a owl:FunctionalProperty . :x :p '<br/>'^^rdf:XMLLiteral , '<br></br>'^^rdf:XMLLiteral .",
        "",
        "",
        "",
    ),
]


def _turtle(text: str) -> set[Triple]:
    return test_reasoner.turtle(f"@prefix rdf: <{RDF}> . {text}")


@pytest.mark.parametrize("corner", CORNERS, ids=lambda corner: corner[0])
def test_a_corner_of_the_rules(corner: Corner) -> None:
    _, premises, following, not_following, clash = corner
    given = _turtle(premises)
    closure = Owl2RlReasoner().closure(given)
    known = closure.inferred | given
    assert _turtle(following) <= known
    assert not _turtle(not_following) & known
    assert {found.rule for found in closure.inconsistencies} == ({clash} if clash else set())
