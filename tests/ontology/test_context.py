"""The JSON-LD context makes documents short, and takes nothing away: what it compacts expands to the same graph."""

import json
from typing import Any

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import RdfFormat
from rdflib import OWL, RDF, RDFS, XSD
from rdflib.compare import isomorphic
from rdflib.term import Node

import ontology
from ontology import MC

# rdflib's own JSON-LD code uses a class that rdflib deprecates.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

CONTEXT: dict[str, Any] = json.loads(ontology.path("context.jsonld").read_text("utf-8"))["@context"]

EXERCISE = """
@prefix mc: <https://w3id.org/milcoop/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix state: <https://w3id.org/milcoop/id/state/> .
@prefix org: <https://w3id.org/milcoop/id/organization/> .
<https://w3id.org/milcoop/id/exercise/shield-2020> a mc:Exercise ;
    rdfs:label "Щит"@ru , "Shield"@en ;
    skos:altLabel "Щит – 2020"@ru , "«Щит»"@ru ;
    mc:hasParticipant state:KAZ , state:RUS ;
    mc:conductedUnder org:CSTO ;
    mc:startDate "2020"^^xsd:gYear ;
    mc:earliestStart "2020-01-01"^^xsd:date ;
    mc:headcount "1200"^^xsd:decimal .
"""

COMPACT = {
    "id": "exercise:shield-2020",
    "type": "Exercise",
    "label": {"en": "Shield", "ru": "Щит"},
    "altLabel": {"ru": ["«Щит»", "Щит – 2020"]},
    "hasParticipant": ["state:KAZ", "state:RUS"],
    "conductedUnder": "org:CSTO",
    "startDate": {"type": "xsd:gYear", "@value": "2020"},
    "earliestStart": "2020-01-01",
    "headcount": "1200",
}


def test_an_exercise_reads_without_iris() -> None:
    graph = rdflib.Graph().parse(data=EXERCISE, format="turtle")

    written = json.loads(graph.serialize(format="json-ld", context=CONTEXT))
    del written["@context"]

    for value in (written["hasParticipant"], written["altLabel"]["ru"]):
        value.sort()
    assert written == COMPACT


def test_what_is_compacted_expands_to_the_same_graph() -> None:
    document = json.dumps({"@context": CONTEXT, **COMPACT})
    expected = rdflib.Graph().parse(data=EXERCISE, format="turtle")

    by_rdflib = rdflib.Graph().parse(data=document, format="json-ld")
    by_oxigraph = pyoxigraph.serialize(
        [quad.triple for quad in pyoxigraph.parse(document, RdfFormat.JSON_LD)], format=RdfFormat.N_TRIPLES
    )

    assert isomorphic(by_rdflib, expected)
    assert isomorphic(rdflib.Graph().parse(data=by_oxigraph, format="nt"), expected)


def test_every_property_has_a_term_of_its_kind() -> None:
    vocabulary = rdflib.Graph().parse(ontology.path("milcoop.ttl"))
    numbers: dict[Node | None, str] = {XSD.integer: "xsd:integer", XSD.decimal: "xsd:decimal"}

    for prop in vocabulary.subjects(RDF.type, OWL.ObjectProperty):
        name = str(prop).removeprefix(MC)
        assert CONTEXT[name] == {"@id": f"mc:{name}", "@type": "@id"}
    for prop in vocabulary.subjects(RDF.type, OWL.DatatypeProperty):
        name = str(prop).removeprefix(MC)
        assert CONTEXT[name]["@id"] == f"mc:{name}"
        if (expected := vocabulary.value(prop, RDFS.range)) in numbers:
            assert CONTEXT[name]["@type"] == numbers[expected]


def test_a_class_is_named_without_prefix() -> None:
    assert CONTEXT["@vocab"] == MC


def test_the_prefixes_are_those_of_queries_where_they_share_a_name() -> None:
    shared = {name: iri for name, iri in ontology.PREFIXES.items() if isinstance(CONTEXT.get(name), str)}
    keywords = {name for name, iri in CONTEXT.items() if isinstance(iri, str) and iri.startswith("@")}

    assert {name: CONTEXT[name] for name in shared if name not in keywords} == {
        name: str(iri) for name, iri in shared.items() if name not in keywords
    }
