"""The vocabulary is complete: what the contract names is there, in three languages, without the usual pitfalls.

The pitfalls have the numbers of the OOPS! catalogue (OntOlogy Pitfall Scanner).
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import get_args

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Literal, URIRef
from rdflib.term import Node

import ontology
from loaders.reading import facts
from ontology import LANGUAGES, MC

CONTRACT = Path(__file__).resolve().parents[3] / "shared" / "contract.md"
ONTOLOGY = URIRef(MC.removesuffix("#"))
QUERY_PREFIXES = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in ontology.PREFIXES.items())

VOCABULARY = rdflib.Graph().parse(ontology.path("milcoop.ttl"))
CONCEPTS = rdflib.Graph().parse(ontology.path("reference/concepts.ttl"))

SCHEMES = {
    "domain": facts.Domain,
    "role": facts.Role,
    "personnel": facts.Personnel,
    "bound": facts.Bound,
    "status": facts.AgreementStatus,
    "modality": facts.Modality,
    "meeting-kind": facts.MeetingKind,
    "agreement-type": facts.AgreementType,
}


def terms(*kinds: URIRef) -> list[URIRef]:
    """The vocabulary's own terms of the given kinds."""
    found = {term for kind in kinds for term in VOCABULARY.subjects(RDF.type, kind)}
    return sorted(term for term in found if isinstance(term, URIRef) and term.startswith(MC))


CLASSES = terms(OWL.Class)
OBJECT_PROPERTIES = terms(OWL.ObjectProperty)
PROPERTIES = terms(OWL.ObjectProperty, OWL.DatatypeProperty)
IN_QUERIES = terms(OWL.AnnotationProperty)
"""What is asked with, and never stated."""


def ask(query: str) -> list[str]:
    """The first variable of each row, as the local name of a term."""
    rows = VOCABULARY.query(QUERY_PREFIXES + query)
    return sorted(str(row[0]).removeprefix(MC) for row in rows if isinstance(row, rdflib.query.ResultRow))


def languages(graph: rdflib.Graph, subject: Node, predicate: URIRef) -> list[str]:
    values = graph.objects(subject, predicate)
    return sorted(value.language or "" for value in values if isinstance(value, Literal) and value.strip())


def names(iris: Iterable[Node]) -> list[str]:
    return [str(iri).removeprefix(MC) for iri in iris]


def test_every_term_of_the_contract_is_in_the_vocabulary() -> None:
    if not CONTRACT.exists():
        pytest.skip("the contract is not beside the repository")
    named = set(re.findall(r"`mc:(\w+)`", CONTRACT.read_text("utf-8")))

    assert len(named) > 80
    assert named - set(names([*CLASSES, *PROPERTIES])) == set()


@pytest.mark.parametrize("term", [*CLASSES, *PROPERTIES, *IN_QUERIES], ids=names([*CLASSES, *PROPERTIES, *IN_QUERIES]))
def test_a_term_has_one_label_and_one_definition_in_each_language(term: URIRef) -> None:
    assert languages(VOCABULARY, term, RDFS.label) == sorted(LANGUAGES)
    assert languages(VOCABULARY, term, SKOS.definition) == sorted(LANGUAGES)
    assert (term, RDFS.isDefinedBy, ONTOLOGY) in VOCABULARY


def test_the_ontology_says_what_it_is() -> None:
    said = set(VOCABULARY.predicates(ONTOLOGY))
    dcterms, vann = rdflib.Namespace("http://purl.org/dc/terms/"), rdflib.Namespace("http://purl.org/vocab/vann/")

    assert said >= {OWL.versionIRI, OWL.versionInfo, vann.preferredNamespacePrefix, vann.preferredNamespaceUri}
    assert said >= {dcterms[name] for name in ("title", "description", "creator", "license", "created", "modified")}
    version = VOCABULARY.value(ONTOLOGY, OWL.versionInfo)
    assert VOCABULARY.value(ONTOLOGY, OWL.versionIRI) == URIRef(f"{ONTOLOGY}/{version}")


def test_it_holds_its_own_terms_only() -> None:
    foreign = {
        term
        for term in VOCABULARY.subjects()
        if isinstance(term, URIRef) and not str(term).startswith((MC, str(ONTOLOGY)))
    }
    declared = set(VOCABULARY.subjects(RDF.type, OWL.AnnotationProperty)) | {SKOS.Concept}

    assert foreign - declared == {URIRef(ontology.entity("organization", "CSTO"))}
    assert list(VOCABULARY.objects(predicate=OWL.imports)) == []


# Pitfalls


def test_p04_no_class_stands_alone() -> None:
    alone = ask(
        "SELECT ?c { ?c a owl:Class FILTER(STRSTARTS(STR(?c), STR(mc:)))"
        " FILTER NOT EXISTS { ?c rdfs:subClassOf|^rdfs:subClassOf|^rdfs:domain|^rdfs:range ?x } }"
    )
    assert alone == []


def test_p04_no_property_stands_alone() -> None:
    alone = [
        prop
        for prop in PROPERTIES
        if not list(VOCABULARY.objects(prop, RDFS.domain | RDFS.range))
        and (prop, SKOS.scopeNote, None) not in VOCABULARY
    ]
    assert names(alone) == []


def test_p05_inverses_point_back_at_each_other() -> None:
    crossed = ask("SELECT ?p { ?p owl:inverseOf ?q . ?p rdfs:domain ?d . ?q rdfs:range ?r FILTER(?d != ?r) }") + ask(
        "SELECT ?p { ?p owl:inverseOf ?q . ?p rdfs:range ?d . ?q rdfs:domain ?r FILTER(?d != ?r) }"
    )
    assert crossed == []


def test_p06_no_class_is_under_itself() -> None:
    assert ask("SELECT ?c { ?c rdfs:subClassOf+ ?c }") == []


@pytest.mark.parametrize("prop", PROPERTIES, ids=names(PROPERTIES))
def test_p11_a_property_has_domain_and_range_or_says_why_not(prop: URIRef) -> None:
    note = " ".join(str(value) for value in VOCABULARY.objects(prop, SKOS.scopeNote))

    assert (prop, RDFS.domain, None) in VOCABULARY or "No domain" in note
    assert (prop, RDFS.range, None) in VOCABULARY or re.search("[Nn]o range", note)


@pytest.mark.parametrize("prop", OBJECT_PROPERTIES, ids=names(OBJECT_PROPERTIES))
def test_p13_a_property_has_an_inverse_or_says_why_not(prop: URIRef) -> None:
    """A property of a relation, a claim or a passage is a part of it, read backwards with a path: it needs none."""
    part_of = {*VOCABULARY.transitive_subjects(RDFS.subClassOf, URIRef(MC["Claim"])), URIRef(MC["Passage"])}
    note = " ".join(str(value) for value in VOCABULARY.objects(prop, SKOS.scopeNote))

    assert (
        list(VOCABULARY.objects(prop, OWL.inverseOf | ~OWL.inverseOf))
        or (prop, RDF.type, OWL.SymmetricProperty) in VOCABULARY
        or VOCABULARY.value(prop, RDFS.domain) in part_of
        or re.search("No (named )?inverse", note)
    )


def test_p19_no_property_has_two_domains_or_two_ranges() -> None:
    several = ask("SELECT DISTINCT ?p { ?p rdfs:domain ?a , ?b FILTER(?a != ?b) }") + ask(
        "SELECT DISTINCT ?p { ?p rdfs:range ?a , ?b FILTER(?a != ?b) }"
    )
    assert several == []


def test_p22_classes_begin_with_a_capital_and_properties_do_not() -> None:
    assert [name for name in names(CLASSES) if not re.fullmatch(r"[A-Z][A-Za-z]+", name)] == []
    assert [name for name in names(PROPERTIES) if not re.fullmatch(r"[a-z][A-Za-z0-9]+", name)] == []


def test_p29_what_is_transitive_or_symmetric_goes_from_a_class_to_itself() -> None:
    odd = ask("SELECT ?p { ?p a owl:SymmetricProperty ; rdfs:domain ?d ; rdfs:range ?r FILTER(?d != ?r) }")
    assert odd == []
    assert ask("SELECT ?p { ?p a owl:TransitiveProperty }") == ["locatedIn"]


def test_p34_every_term_that_is_used_is_declared() -> None:
    used = {
        term
        for triple in VOCABULARY
        for term in triple
        if isinstance(term, URIRef) and term.startswith(MC) and not isinstance(term, BNode)
    }
    assert names(used - {*CLASSES, *PROPERTIES, *IN_QUERIES}) == []
    assert names(IN_QUERIES) == ["matches"]


def test_no_label_means_two_terms_of_one_kind() -> None:
    for kind in (CLASSES, PROPERTIES):
        labels = [label for term in kind for label in VOCABULARY.objects(term, RDFS.label)]
        assert [label for label in labels if labels.count(label) > 1] == []


# Concepts


@pytest.mark.parametrize(("scheme", "values"), SCHEMES.items(), ids=SCHEMES)
def test_a_scheme_has_the_concepts_that_facts_are_made_of(scheme: str, values: object) -> None:
    found = set(CONCEPTS.subjects(SKOS.inScheme, URIRef(ontology.CONCEPT + scheme)))

    assert found == {URIRef(ontology.concept(scheme, value)) for value in get_args(values)}


def test_concepts_and_schemes_are_named_and_defined_in_each_language() -> None:
    subjects = set(CONCEPTS.subjects())

    assert len(subjects) > 70
    for subject in subjects:
        assert languages(CONCEPTS, subject, SKOS.prefLabel) == sorted(LANGUAGES), subject
        assert languages(CONCEPTS, subject, SKOS.definition) == sorted(LANGUAGES), subject
        assert CONCEPTS.value(subject, RDF.type) in (SKOS.Concept, SKOS.ConceptScheme)


def test_the_alignments_speak_of_terms_that_exist() -> None:
    alignments = rdflib.Graph().parse(ontology.path("alignments.ttl"))
    own = {term for triple in alignments for term in triple if str(term).startswith(MC)}

    assert len(own) > 30
    assert names(own - set(CLASSES) - set(PROPERTIES)) == []
