"""The shapes find each fault on a graph that has it, and none on a graph that has none, by both SHACL engines."""

import re
from collections.abc import Callable, Iterable

import pyoxigraph
import pyshacl
import pytest
import rdflib
import shacl
from pyoxigraph import RdfFormat
from rdflib import SH, BNode, Graph, Literal, URIRef
from rdflib.term import Node

import ontology

SHAPES = Graph().parse(ontology.path("shapes.ttl"))
SHAPE = "https://w3id.org/milcoop/shapes#"
EXAMPLE = "http://example.org/"

PREFIXES = """
@prefix mc: <https://w3id.org/milcoop/ontology#> .
@prefix c: <https://w3id.org/milcoop/concept/> .
@prefix state: <https://w3id.org/milcoop/id/state/> .
@prefix document: <https://w3id.org/milcoop/id/document/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dc: <http://purl.org/dc/elements/1.1/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix : <http://example.org/> .
"""

# A small sound graph: reference data without evidence, and what one document says of it, with evidence.
SOUND = """
state:KAZ a mc:State ; mc:iso3 "KAZ" ; rdfs:label "Kazakhstan"@en , "Казахстан"@ru ;
    skos:exactMatch <http://www.wikidata.org/entity/Q232> .
state:RUS a mc:State ; mc:iso3 "RUS" ; rdfs:label "Russia"@en , "Россия"@ru .
:KazakhMinistry a mc:DefenceMinistry ; mc:ofState state:KAZ ; rdfs:label "Министерство обороны"@ru .
:CSTO a mc:MilitaryAlliance ; rdfs:label "ОДКБ"@ru ; mc:startDate "1992"^^xsd:gYear ;
    mc:earliestStart "1992-01-01"^^xsd:date ; mc:latestStart "1992-12-31"^^xsd:date .
:membership a mc:Membership ; mc:member state:KAZ ; mc:inOrganization :CSTO ;
    mc:membershipKind <https://w3id.org/milcoop/concept/membership-kind/member> .
:UNIFIL a mc:PeacekeepingMission ; rdfs:label "ВСООНЛ"@ru .
:ended a mc:PeacekeepingMission ; mc:endDate "2019"^^xsd:gYear ;
    mc:earliestEnd "2019-01-01"^^xsd:date ; mc:latestEnd "2019-12-31"^^xsd:date .
:series a mc:ExerciseSeries , mc:Series ; rdfs:label "Нерушимое братство"@ru ; mc:conductedUnder :CSTO .

document:briefing a mc:Document ; mc:source "briefing.txt" ; dc:language "ru" ; dcterms:title "Брифинг"@ru ;
    mc:sha256 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" ;
    dcterms:issued "2020-11-01"^^xsd:date .
:words a mc:Passage ; mc:inDocument document:briefing ; mc:exactText "Степной орёл" ; mc:begin 10 ; mc:end 22 .
:said a mc:Claim , rdf:Statement ; rdf:subject :exercise ; rdf:predicate rdf:type ; rdf:object mc:Exercise ;
    mc:evidence :words ; mc:origin <https://w3id.org/milcoop/rule/ru/x> ; mc:confidence 0.9 ;
    mc:modality <https://w3id.org/milcoop/concept/modality/held> ; mc:statedBy :speaker .
:exercise a mc:Exercise ; mc:editionOf :series ; mc:locatedIn state:KAZ ; mc:headcount 1000 , 1100 ;
    mc:startDate "2020-10-12"^^xsd:date , "2020-10"^^xsd:gYearMonth ; mc:endDate "2020-10-16"^^xsd:date ;
    mc:earliestStart "2020-10-12"^^xsd:date , "2020-10-01"^^xsd:date ;
    mc:latestStart "2020-10-12"^^xsd:date , "2020-10-31"^^xsd:date ;
    mc:earliestEnd "2020-10-16"^^xsd:date ; mc:latestEnd "2020-10-16"^^xsd:date .
:earlier a mc:Exercise ; mc:editionOf :series ; mc:evidence :words ;
    mc:earliestStart "2019-01-01"^^xsd:date ; mc:latestStart "2019-12-31"^^xsd:date .
:speaker a mc:Person ; mc:familyName "Дандыбаев"@ru ; rdfs:label "Тимур Дандыбаев"@ru .
:tenure a mc:Tenure ; mc:evidence :words ; mc:holder :speaker ; mc:organization :KazakhMinistry ;
    mc:position <https://w3id.org/milcoop/concept/role/deputy-minister> .
:deployment a mc:Deployment ; mc:evidence :words ; mc:actor state:KAZ ; mc:activity :UNIFIL ; mc:headcount 120.0 ;
    mc:modality <https://w3id.org/milcoop/concept/modality/held> ;
    mc:personnel <https://w3id.org/milcoop/concept/personnel/contingent> .
:pastDeployment a mc:Deployment ; mc:evidence :words ; mc:actor state:KAZ ; mc:activity :ended ;
    mc:modality <https://w3id.org/milcoop/concept/modality/recalled> .
document:rescue a mc:Mission .
:rescueSaid a mc:Claim , rdf:Statement ; rdf:subject document:rescue ; rdf:predicate rdf:type ; rdf:object mc:Mission ;
    mc:evidence :words .
:talks a mc:Meeting ; mc:evidence :words ; mc:meetingKind <https://w3id.org/milcoop/concept/meeting-kind/talks> .
:plan a mc:CooperationPlan ; mc:hasParty state:KAZ , state:RUS ; mc:evidence :words ;
    mc:status <https://w3id.org/milcoop/concept/status/signed> ; mc:signedOn "2020-10-31"^^xsd:date ;
    mc:earliestStart "2020-10-31"^^xsd:date ; mc:latestStart "2020-10-31"^^xsd:date .
:planSaid a mc:Claim , rdf:Statement ; rdf:subject :plan ; rdf:predicate mc:signedOn ;
    rdf:object "2020-10-31"^^xsd:date ; mc:evidence :words .
:draft a mc:Agreement ; mc:hasParty state:KAZ ; mc:evidence :words ;
    mc:agreementType <https://w3id.org/milcoop/concept/agreement-type/other> ;
    mc:status <https://w3id.org/milcoop/concept/status/planned> .
:delivery a mc:ArmsTransfer ; mc:evidence :words ; mc:supplier state:RUS ; mc:recipient state:KAZ .
:together a mc:Cooperation ; mc:evidence :words ; mc:partner state:KAZ , state:RUS ;
    mc:domain <https://w3id.org/milcoop/concept/domain/air-defence> .
:attaches a mc:Indicator ; mc:evidence :words ; mc:subject state:KAZ ; mc:measure "military attachés"@en ; mc:value 25 ;
    mc:bound <https://w3id.org/milcoop/concept/bound/exact> .
"""

# For each fault: the shape, the node that has it, and the triples that make it.
VIOLATIONS = {
    "transfer without evidence": ("ClaimEvidence", "t1", ":t1 a mc:ArmsTransfer ; mc:recipient state:KAZ ."),
    "statement without evidence": (
        "ClaimEvidence",
        "s1",
        ":s1 a mc:Claim , rdf:Statement ; rdf:subject :a ; rdf:predicate :b ; rdf:object :c .",
    ),
    "read membership without evidence": (
        "ClaimEvidence",
        "m1",
        ":m1 a mc:Membership ; mc:origin :rule ; mc:member state:KAZ ; mc:inOrganization :CSTO ; "
        "mc:membershipKind <https://w3id.org/milcoop/concept/membership-kind/member> .",
    ),
    "exercise without evidence": ("EventEvidence", "x1", ":x1 a mc:Exercise ; mc:locatedIn state:KAZ ."),
    "agreement without evidence": ("EventEvidence", "x2", ":x2 a mc:Treaty ; mc:hasParty state:KAZ , state:RUS ."),
    "mission of a document without evidence": (
        "MissionEvidence",
        "https://w3id.org/milcoop/id/document/x/mission/1",
        "<https://w3id.org/milcoop/id/document/x/mission/1> a mc:Mission .",
    ),
    "evidence that is no passage": ("Claim", "c1", ":c1 a mc:Claim ; mc:evidence :CSTO ."),
    "confidence above one": ("Claim", "c2", ":c2 a mc:Claim ; mc:evidence :words ; mc:confidence 1.5 ."),
    "modality of another scheme": (
        "Claim",
        "c3",
        ":c3 a mc:Claim ; mc:evidence :words ; mc:modality <https://w3id.org/milcoop/concept/status/signed> .",
    ),
    "speaker that is no actor": ("Claim", "c4", ":c4 a mc:Claim ; mc:evidence :words ; mc:statedBy :words ."),
    "origin that is a string": ("Claim", "c5", ':c5 a mc:Claim ; mc:evidence :words ; mc:origin "rule" .'),
    "statement without object": (
        "Statement",
        "s2",
        ":s2 a mc:Claim , rdf:Statement ; mc:evidence :words ; rdf:subject :a ; rdf:predicate :b .",
    ),
    "passage without document": ("Passage", "p1", ':p1 a mc:Passage ; mc:exactText "я" ; mc:begin 0 ; mc:end 1 .'),
    "passage that ends before it begins": (
        "Passage",
        "p2",
        ':p2 a mc:Passage ; mc:inDocument document:briefing ; mc:exactText "ab" ; mc:begin 7 ; mc:end 5 .',
    ),
    "passage before the text": (
        "Passage",
        "p3",
        ':p3 a mc:Passage ; mc:inDocument document:briefing ; mc:exactText "ab" ; mc:begin -1 ; mc:end 1 .',
    ),
    "passage with a text of another length": (
        "Passage",
        "p4",
        ':p4 a mc:Passage ; mc:inDocument document:briefing ; mc:exactText "орёл" ; mc:begin 0 ; mc:end 5 .',
    ),
    "document without digest": (
        "Document",
        "https://w3id.org/milcoop/id/document/d1",
        'document:d1 a mc:Document ; mc:source "d1" ; dc:language "ru" ; dcterms:title "d1" .',
    ),
    "document without language": (
        "DocumentLanguage",
        "https://w3id.org/milcoop/id/document/d3",
        'document:d3 a mc:Document ; mc:source "d3" ; dcterms:title "d3" ; dcterms:format "text/plain" ; '
        'mc:sha256 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" .',
    ),
    "document in another language": (
        "Document",
        "https://w3id.org/milcoop/id/document/d2",
        'document:d2 a mc:Document ; mc:source "d2" ; dc:language "de" ; dcterms:title "d2" ; '
        'mc:sha256 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" .',
    ),
    "start without bounds": ("StartDate", "w1", ':w1 mc:startDate "2020"^^xsd:gYear .'),
    "start that is a string": (
        "StartDate",
        "w2",
        ':w2 mc:startDate "2020" ; mc:earliestStart "2020-01-01"^^xsd:date ; mc:latestStart "2020-12-31"^^xsd:date .',
    ),
    "signing with a time": (
        "SignedOn",
        "w3",
        ':w3 mc:signedOn "2020-01-01T00:00:00Z"^^xsd:dateTime ; '
        'mc:earliestStart "2020-01-01"^^xsd:date ; mc:latestStart "2020-01-01"^^xsd:date .',
    ),
    "end without bounds": ("EndDate", "w4", ':w4 mc:endDate "2020-05"^^xsd:gYearMonth .'),
    "bound that is a year": (
        "Bounds",
        "w5",
        ':w5 mc:earliestStart "2020"^^xsd:gYear ; mc:latestStart "2020-12-31"^^xsd:date .',
    ),
    "bounds in the wrong order": (
        "Bounds",
        "w6",
        ':w6 mc:earliestEnd "2021-01-01"^^xsd:date ; mc:latestEnd "2020-12-31"^^xsd:date .',
    ),
    "state that nobody knows": (
        "State",
        "https://w3id.org/milcoop/id/state/XXX",
        'state:XXX a mc:State ; rdfs:label "Утопия"@ru .',
    ),
    "state with a wrong code": (
        "State",
        "https://w3id.org/milcoop/id/state/KZK",
        'state:KZK a mc:State ; mc:iso3 "kz" ; rdfs:label "Казахстан"@ru .',
    ),
    "body of no state": ("StateBody", "b1", ":b1 a mc:GeneralStaff ."),
    "body of two states": ("StateBody", "b2", ":b2 a mc:MilitaryUnit ; mc:ofState state:KAZ , state:RUS ."),
    "match outside Wikidata": ("WikidataMatch", "k1", ":k1 skos:exactMatch <http://dbpedia.org/resource/Kazakhstan> ."),
    "label in another language": ("Label", "l1", ':l1 a mc:Company ; rdfs:label "Firma"@de .'),
    "two labels in a language": (
        "SingleLabel",
        "l2",
        ':l2 a mc:InternationalOrganization ; rdfs:label "ООН"@ru , "Организация Объединённых Наций"@ru .',
    ),
    "state at the wrong address": (
        "StateAddress",
        "https://w3id.org/milcoop/id/state/kaz",
        'state:kaz a mc:State ; mc:iso3 "KAZ" ; rdfs:label "Казахстан"@ru .',
    ),
    "organization at the wrong address": (
        "OrganizationAddress",
        "https://w3id.org/milcoop/id/person/X",
        "<https://w3id.org/milcoop/id/person/X> a mc:Company .",
    ),
    "person at the wrong address": (
        "PersonAddress",
        "https://w3id.org/milcoop/id/organization/X",
        "<https://w3id.org/milcoop/id/organization/X> a mc:Person .",
    ),
    "place at the wrong address": (
        "PlaceAddress",
        "https://w3id.org/milcoop/id/mission/P",
        "<https://w3id.org/milcoop/id/mission/P> a mc:Settlement .",
    ),
    "exercise at the wrong address": (
        "ExerciseAddress",
        "https://w3id.org/milcoop/id/mission/E",
        "<https://w3id.org/milcoop/id/mission/E> a mc:Exercise ; mc:evidence :words ; mc:locatedIn state:KAZ .",
    ),
    "mission at the wrong address": (
        "MissionAddress",
        "https://w3id.org/milcoop/id/exercise/M",
        "<https://w3id.org/milcoop/id/exercise/M> a mc:Mission .",
    ),
    "series at the wrong address": (
        "SeriesAddress",
        "https://w3id.org/milcoop/id/exercise/S",
        '<https://w3id.org/milcoop/id/exercise/S> a mc:Series ; rdfs:label "Щит"@ru .',
    ),
    "agreement at the wrong address": (
        "AgreementAddress",
        "https://w3id.org/milcoop/id/exercise/A",
        "<https://w3id.org/milcoop/id/exercise/A> a mc:Treaty ; mc:evidence :words ; "
        "mc:hasParty state:KAZ , state:RUS .",
    ),
    "document at the wrong address": (
        "DocumentAddress",
        "https://w3id.org/milcoop/id/exercise/D",
        '<https://w3id.org/milcoop/id/exercise/D> a mc:Document ; mc:source "D" ; dc:language "ru" ; '
        'dcterms:title "D" ; mc:sha256 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" .',
    ),
    "meeting of a kind of another scheme": (
        "Meeting",
        "g1",
        ":g1 a mc:Meeting ; mc:evidence :words ; mc:meetingKind <https://w3id.org/milcoop/concept/role/minister> .",
    ),
    "half a person": (
        "HeadCount",
        "h1",
        ":h1 a mc:Competition ; mc:evidence :words ; mc:headcount 2.5 .",
    ),
    "status that is no concept": (
        "Agreement",
        "a1",
        ':a1 a mc:Treaty ; mc:evidence :words ; mc:hasParty state:KAZ , state:RUS ; mc:status "signed" .',
    ),
    "agreement with one party": (
        "AgreementParties",
        "a2",
        ":a2 a mc:Treaty ; mc:evidence :words ; mc:hasParty state:KAZ .",
    ),
    "planned agreement without party": (
        "AgreementParties",
        "a3",
        ":a3 a mc:Treaty ; mc:evidence :words ; mc:status <https://w3id.org/milcoop/concept/status/planned> .",
    ),
    "participation of two": (
        "Participation",
        "q1",
        ":q1 a mc:Participation ; mc:evidence :words ; mc:actor state:KAZ , state:RUS ; mc:activity :exercise .",
    ),
    "participation in nothing": ("Participation", "q2", ":q2 a mc:Hosting ; mc:evidence :words ; mc:actor state:KAZ ."),
    "deployment to an exercise": (
        "Deployment",
        "q3",
        ":q3 a mc:Deployment ; mc:evidence :words ; mc:actor state:KAZ ; mc:activity :exercise .",
    ),
    "transfer to nobody": (
        "ArmsTransfer",
        "r1",
        ":r1 a mc:ArmsTransfer ; mc:evidence :words ; mc:supplier state:RUS .",
    ),
    "transfer to oneself": (
        "ArmsTransfer",
        "r2",
        ":r2 a mc:ArmsTransfer ; mc:evidence :words ; mc:supplier state:RUS ; mc:recipient state:RUS .",
    ),
    "cooperation of one": ("Cooperation", "r3", ":r3 a mc:Cooperation ; mc:evidence :words ; mc:partner state:KAZ ."),
    "tenure without holder": (
        "Tenure",
        "r4",
        ":r4 a mc:Tenure ; mc:evidence :words ; mc:organization :KazakhMinistry ; "
        "mc:position <https://w3id.org/milcoop/concept/role/minister> .",
    ),
    "negative number": (
        "Indicator",
        "r5",
        ':r5 a mc:Indicator ; mc:evidence :words ; mc:subject state:KAZ ; mc:measure "x" ; mc:value -1 .',
    ),
    "number of nothing": ("Indicator", "r6", ':r6 a mc:Indicator ; mc:evidence :words ; mc:measure "x" ; mc:value 1 .'),
    "membership in a state": (
        "Membership",
        "r7",
        ":r7 a mc:Membership ; mc:member state:KAZ ; mc:inOrganization state:RUS ; "
        "mc:membershipKind <https://w3id.org/milcoop/concept/membership-kind/member> .",
    ),
}

WARNINGS = {
    "start after end": (
        "StartAfterEnd",
        "n1",
        ':n1 mc:earliestStart "2021-05-01"^^xsd:date ; mc:latestStart "2021-05-01"^^xsd:date ; '
        'mc:earliestEnd "2021-04-01"^^xsd:date ; mc:latestEnd "2021-04-30"^^xsd:date .',
    ),
    "signed after the report": (
        "SignedAfterReport",
        "n2",
        ':n2 a mc:Treaty ; mc:hasParty state:KAZ , state:RUS ; mc:signedOn "2021"^^xsd:gYear ; '
        'mc:earliestStart "2021-01-01"^^xsd:date ; mc:latestStart "2021-12-31"^^xsd:date . '
        ":n2said a mc:Claim , rdf:Statement ; rdf:subject :n2 ; rdf:predicate mc:signedOn ; "
        'rdf:object "2021"^^xsd:gYear ; mc:evidence :words .',
    ),
    "exercise nowhere": ("ExerciseSomewhere", "n3", ":n3 a mc:Exercise ; mc:evidence :words ."),
    "deployment to a mission that is over": (
        "DeploymentToEndedMission",
        "n4",
        ":n4 a mc:Deployment ; mc:evidence :words ; mc:actor state:KAZ ; mc:activity :ended ; "
        "mc:modality <https://w3id.org/milcoop/concept/modality/held> .",
    ),
    "head counts that differ": (
        "HeadCountsDiffer",
        "n5",
        ":n5 a mc:Exercise ; mc:evidence :words ; mc:locatedIn state:KAZ ; mc:headcount 1000 , 1300 .",
    ),
    "two offices at once": (
        "TwoOfficesAtOnce",
        "n6",
        ":n6 a mc:Person . "
        ":n6one a mc:Tenure ; mc:evidence :words ; mc:holder :n6 ; mc:organization :KazakhMinistry ; "
        "mc:position <https://w3id.org/milcoop/concept/role/minister> ; "
        'mc:earliestStart "2019-01-01"^^xsd:date ; mc:latestStart "2019-12-31"^^xsd:date . '
        ":n6two a mc:Tenure ; mc:evidence :words ; mc:holder :n6 ; mc:organization :CSTO ; "
        "mc:position <https://w3id.org/milcoop/concept/role/secretary-general> ; "
        'mc:earliestStart "2020-01-01"^^xsd:date ; mc:latestStart "2020-01-01"^^xsd:date .',
    ),
    "series named alike": ("NamedAlike", "n7", ':n7 a mc:Series ; rdfs:label "«НЕРУШИМОЕ БРАТСТВО»"@ru .'),
    "and the one that it is named after": ("NamedAlike", "series", ""),
    "series without a Russian name": ("RussianLabel", "n8", ':n8 a mc:Series ; rdfs:label "Steppe Eagle"@en .'),
    "document without title": (
        "DocumentTitle",
        "https://w3id.org/milcoop/id/document/n9",
        'document:n9 a mc:Document ; mc:source "n9" ; dc:language "ru" ; '
        'mc:sha256 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" .',
    ),
    "two editions in a year": (
        "EditionTwice",
        "n10",
        ':n10 a mc:Series ; rdfs:label "Поиск"@ru . '
        ":n10one a mc:Exercise ; mc:editionOf :n10 ; mc:evidence :words ; mc:conductedUnder :CSTO ; "
        'mc:earliestStart "2019-01-01"^^xsd:date ; mc:latestStart "2019-12-31"^^xsd:date . '
        ":n10two a mc:Exercise ; mc:editionOf :n10 ; mc:evidence :words ; mc:conductedUnder :CSTO ; "
        'mc:earliestStart "2019-06-01"^^xsd:date ; mc:latestStart "2019-06-01"^^xsd:date .',
    ),
}

# Further results of the same graphs, which a fault cannot help causing.
BESIDES = {
    ("Passage", "p2"): "the text is not as long as negative offsets say",
    ("Passage", "p3"): "its text is longer than what is before zero",
}

Found = set[tuple[str, str]]


def data(turtle: str) -> str:
    """The turtle with the vocabulary and the concepts, as N-Triples."""
    graph = Graph().parse(data=PREFIXES + turtle, format="turtle")
    graph.parse(ontology.path("milcoop.ttl"))
    graph.parse(ontology.path("reference/concepts.ttl"))
    return graph.serialize(format="nt")


def shape_of(messages: Iterable[str]) -> str:
    """The local name of the shape that has these messages."""
    english = (Literal(message, lang="en") for message in messages)
    (node,) = {shape for message in english for shape in SHAPES.subjects(SH.message, message)}
    while isinstance(node, BNode):
        (node,) = [*SHAPES.subjects(SH.property, node), *SHAPES.subjects(SH.sparql, node)]
    return str(node).removeprefix(SHAPE)


def by_shacl(ntriples: str) -> tuple[Found, Found]:
    report = shacl.Shapes.from_text(SHAPES.serialize(format="turtle")).validate_text(ntriples, format="ntriples")
    found: dict[str, Found] = {"Violation": set(), "Warning": set()}
    for result in report.results:
        focus = result.focus_node.strip("<>").removeprefix(EXAMPLE)
        found[result.severity].add((shape_of(result.messages), focus))
    return found["Violation"], found["Warning"]


def by_pyshacl(ntriples: str) -> tuple[Found, Found]:
    graph = Graph().parse(data=ntriples, format="nt")
    _, report, _ = pyshacl.validate(graph, shacl_graph=SHAPES, inference="none", do_owl_imports=False)
    assert isinstance(report, rdflib.Graph)
    found: dict[Node | None, Found] = {SH.Violation: set(), SH.Warning: set()}
    for result in report.objects(predicate=SH.result):
        messages = map(str, report.objects(result, SH.resultMessage))
        focus = str(report.value(result, SH.focusNode)).removeprefix(EXAMPLE)
        found[report.value(result, SH.resultSeverity)].add((shape_of(messages), focus))
    return found[SH.Violation], found[SH.Warning]


ENGINES = {"shacl": by_shacl, "pyshacl": by_pyshacl}


@pytest.mark.parametrize("engine", ENGINES.values(), ids=ENGINES)
def test_a_sound_graph_conforms(engine: Callable[[str], tuple[Found, Found]]) -> None:
    assert engine(data(SOUND)) == (set(), set())


@pytest.mark.parametrize("engine", ENGINES.values(), ids=ENGINES)
def test_each_fault_is_found_and_nothing_else(engine: Callable[[str], tuple[Found, Found]]) -> None:
    faults = [*VIOLATIONS.values(), *WARNINGS.values()]

    violations, warnings = engine(data(SOUND + "\n".join(turtle for _, _, turtle in faults)))

    assert violations == {(shape, focus) for shape, focus, _ in VIOLATIONS.values()} | set(BESIDES)
    assert warnings == {(shape, focus) for shape, focus, _ in WARNINGS.values()}


def test_each_shape_has_a_fault_that_shows_it() -> None:
    shapes = {
        str(shape).removeprefix(SHAPE)
        for shape in SHAPES.subjects(rdflib.RDF.type, SH.NodeShape)
        if list(SHAPES.objects(shape, SH.targetClass | SH.targetSubjectsOf))
    }
    assert shapes == {shape for shape, _, _ in [*VIOLATIONS.values(), *WARNINGS.values()]}


def test_each_message_is_in_english_and_russian() -> None:
    for subject in set(SHAPES.subjects(SH.message)):
        found = sorted(str(message.language) for message in SHAPES.objects(subject, SH.message))  # type: ignore[attr-defined]
        assert found == ["en", "ru"]


def test_the_reference_data_conforms() -> None:
    files = [ontology.path("milcoop.ttl"), *ontology.reference_files()]
    quads = [q for f in files for q in pyoxigraph.parse(path=f, format=RdfFormat.TURTLE, rename_blank_nodes=True)]
    ntriples = pyoxigraph.serialize([quad.triple for quad in quads], format=RdfFormat.N_TRIPLES)
    assert ntriples is not None

    violations, _ = by_shacl(ntriples.decode())

    assert violations == set()


def test_every_term_in_the_shapes_is_in_the_vocabulary() -> None:
    text = ontology.path("shapes.ttl").read_text("utf-8")
    vocabulary = Graph().parse(ontology.path("milcoop.ttl"))
    used = {URIRef(ontology.MC[name]) for name in re.findall(r"\bmc:(\w+)", text)}

    assert used - set(vocabulary.subjects()) == set()
