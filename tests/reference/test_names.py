"""Names and terms of all the reference data: unambiguous, in the vocabulary, and leading somewhere."""

from collections import defaultdict

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Store

import ontology
from ontology import MC, RDF, RDFS, SKOS
from tests.reference.conftest import Reference

LABELLED = (
    "State", "Place", "Region", "Settlement", "TrainingGround", "InternationalOrganization", "MilitaryAlliance",
    "DefenceMinistry", "ForeignMinistry", "InteriorMinistry", "ArmedForces", "GeneralStaff", "Parliament",
    "Government", "SecurityService", "Mission", "PeacekeepingMission", "ObserverMission", "HumanitarianMission",
    "ExerciseSeries", "CompetitionSeries",
)  # fmt: skip

FOREIGN = (RDF, RDFS, SKOS, "http://www.w3.org/2003/01/geo/wgs84_pos#")


def _kind(iri: str) -> str:
    return iri.removeprefix(ontology.ID).partition("/")[0]


def test_everything_has_one_label_in_english_and_in_russian_and_at_most_one_in_kazakh(reference: Reference) -> None:
    entities = reference.instances(*LABELLED)

    assert len(entities) > 1800
    for iri in entities:
        languages = sorted(language for language, _ in reference.names(iri, RDFS["label"]))
        assert languages in (["en", "kk", "ru"], ["en", "ru"]), iri


def test_no_two_entities_of_a_kind_share_a_name(reference: Reference) -> None:
    meant: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row in reference.rows(
        "?x rdfs:label|skos:altLabel|mc:officialName|mc:abbreviation ?n"
        " FILTER(STRSTARTS(STR(?x), STR(id:))) BIND(LANG(?n) AS ?l)"
    ):
        folded = row["n"].casefold().replace("ё", "е")
        meant[_kind(row["x"]), row["l"], folded].add(row["x"])

    assert {name: entities for name, entities in meant.items() if len(entities) > 1} == {}


def test_names_have_a_known_language_and_no_stray_blanks(reference: Reference) -> None:
    for row in reference.rows(
        "?x rdfs:label|skos:altLabel|mc:officialName|mc:abbreviation|mc:adjective|mc:demonym ?n"
        " FILTER(STRSTARTS(STR(?x), STR(id:))) BIND(LANG(?n) AS ?l)"
    ):
        assert row["l"] in ontology.LANGUAGES, row
        assert row["n"] == " ".join(row["n"].split()) != "", row


def test_a_name_is_written_in_the_letters_of_its_language(reference: Reference) -> None:
    latin_in_russian = {
        row["n"]
        for row in reference.rows("?x mc:adjective|mc:demonym|mc:officialName ?n FILTER(LANG(?n) IN ('ru', 'kk'))")
        if any("a" <= c <= "z" for c in row["n"].lower())
    }
    cyrillic_in_english = {
        row["n"]
        for row in reference.rows(
            "?x rdfs:label|skos:altLabel|mc:adjective|mc:demonym|mc:officialName|mc:abbreviation ?n"
            " FILTER(LANG(?n) = 'en')"
        )
        if any("а" <= c <= "я" for c in row["n"].lower())
    }

    assert latin_in_russian == set()
    assert cyrillic_in_english == set()


def test_no_entity_has_two_acronyms_by_which_facts_are_keyed(reference: Reference) -> None:
    keys = defaultdict(set)
    for row in reference.rows("?x mc:abbreviation ?a FILTER(LANG(?a) IN ('', 'en'))"):
        keys[row["x"]].add(row["a"])
    acronyms = [acronym for found in keys.values() for acronym in found]

    assert all(len(found) == 1 for found in keys.values())
    assert len(acronyms) == len(set(acronyms))
    assert {_kind(iri) for iri in keys} == {"organization", "mission"}


def test_what_is_pointed_to_is_there(reference: Reference) -> None:
    pointing = "mc:locatedIn|mc:capital|mc:conductedUnder|mc:inOrganization|mc:member|mc:membershipKind|mc:ofState"

    assert reference.rows(f"?x {pointing} ?y FILTER NOT EXISTS {{ ?y a ?type }}") == []
    assert reference.rows("?x mc:locatedIn ?y FILTER NOT EXISTS { ?y a ?t ; rdfs:label ?n }") == []


def test_only_terms_of_the_vocabulary_are_used() -> None:
    vocabulary = Store()
    vocabulary.load(path=str(ontology.path("milcoop.ttl")), format=RdfFormat.TURTLE)
    declared = {quad.subject.value for quad in vocabulary if isinstance(quad.subject, NamedNode)}
    for file in ontology.reference_files():
        facts = Store()
        facts.load(path=str(file), format=RdfFormat.TURTLE)
        used = {quad.predicate.value for quad in facts} | {
            quad.object.value
            for quad in facts.quads_for_pattern(None, NamedNode(RDF["type"]), None)
            if isinstance(quad.object, NamedNode)
        }
        assert {term for term in used if term.startswith(MC)} <= declared, file.name
        if file.name != "concepts.ttl":
            assert {term for term in used if not term.startswith((MC, *FOREIGN))} == set(), file.name


def test_there_are_no_blank_nodes(reference: Reference) -> None:
    assert not any(isinstance(t, BlankNode) for quad in reference.rdf for t in (quad.subject, quad.object))
