"""What the graph of a document says: facts, claims with evidence, identities, dates with their bounds."""

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple

from loaders.documents import DocumentRecord
from loaders.reading.facts import (
    Agreement,
    Cooperation,
    Deployment,
    Entity,
    Exercise,
    Fact,
    Meeting,
    Membership,
    Mission,
    Modality,
    PartialDate,
    Position,
    Quantity,
    Reading,
    Span,
    Stated,
    Supply,
)
from loaders.to_rdf import DocumentGraph, Run, document_graph
from ontology import DC, DCTERMS, ID, MC, PREFIXES, PROV, RDF, concept, entity
from tests.loaders.making import state

TEXT = "Казахстан и Россия провели учение «Щит-2021». Италия в нём не участвовала. Всё."
FIRST, SECOND = Span(0, 45), Span(46, 74)
DOCUMENT = DocumentRecord(entity("document", "a"), "a.txt", "ab" * 32, "Щит", "ru", PartialDate(2021, 5), text=TEXT)
KAZ, RUS, ITA = state("Казахстан"), state("Россия"), state("Италия")
CSTO = Entity("organization", "ОДКБ", iri=entity("organization", "CSTO"))


def said(value: object, span: Span = FIRST) -> Stated[object]:
    return Stated(value, (span,), "test/value")


class Graph:
    """A document's graph, asked in short names: `graph.says("id:state/KAZ", "mc:memberOf", "id:organization/CSTO")`."""

    def __init__(self, *facts: Fact, text: str = TEXT, known: set[str] | None = None, run: Run | None = None) -> None:
        record = replace(DOCUMENT, text=text)
        self.made: DocumentGraph = document_graph(Reading("ru", facts=facts), text, record, known=known, run=run)
        self.objects: dict[tuple[str, str], list[str]] = defaultdict(list)
        for triple in self.made.triples:
            assert isinstance(triple.subject, NamedNode)
            self.objects[short(triple.subject), short(triple.predicate)].append(short(triple.object))

    def get(self, subject: str, predicate: str) -> list[str]:
        return sorted(self.objects[subject, predicate])

    def says(self, subject: str, predicate: str, value: str) -> bool:
        return value in self.objects[subject, predicate]

    def instances(self, kind: str) -> list[str]:
        return sorted(s for (s, p), values in self.objects.items() if p == "rdf:type" and kind in values)

    def claims(self, subject: str, predicate: str, value: str) -> list[str]:
        return [
            claim
            for claim in self.instances("rdf:Statement")
            if self.says(claim, "rdf:subject", subject)
            and self.says(claim, "rdf:predicate", predicate)
            and self.says(claim, "rdf:object", value)
        ]


def short(term: object) -> str:
    if isinstance(term, Literal):
        return term.value
    assert isinstance(term, NamedNode)
    for prefix, start in sorted(PREFIXES.items(), key=lambda item: len(item[1])):
        if term.value.startswith(start):
            return f"{prefix}:{term.value[len(start) :]}"
    return term.value


def shield(**changes: object) -> Exercise:
    values: dict[str, object] = {
        "name": "Щит", "start": said(PartialDate(2021)), "participants": (said(KAZ), said(RUS)),
        "evidence": (FIRST,), "rule": "ru/exercise",
    }  # fmt: skip
    return Exercise(**{**values, **changes})  # type: ignore[arg-type]


# The document


def test_a_document_has_its_record() -> None:
    graph = Graph()
    document = "id:document/a"
    assert graph.get(document, "mc:source") == ["a.txt"]
    assert graph.get(document, "mc:sha256") == ["ab" * 32]
    assert graph.get(document, "mc:text") == [TEXT]
    assert graph.get(document, "dc:language") == ["ru"]
    dated = {t.predicate.value: t.object for t in graph.made.triples}
    assert dated[DCTERMS["title"]] == Literal("Щит", language="ru")
    assert dated[DCTERMS["issued"]] == Literal(
        "2021-05", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#gYearMonth")
    )
    assert DC["language"] in dated


def test_the_run_is_recorded_in_prov() -> None:
    graph = Graph(run=Run(datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), "1.2"))
    (run,) = graph.get("id:document/a", "prov:wasGeneratedBy")
    assert graph.says(run, "prov:used", "id:document/a")
    assert graph.says(run, "prov:wasAssociatedWith", "id:software/milcoop-1.2")
    assert graph.says(run, "prov:startedAtTime", "2026-01-02T03:04:05+00:00")
    assert PROV in PREFIXES.values()


# Facts and claims


def test_each_plain_fact_stands_as_a_triple_with_a_claim_that_quotes_the_text() -> None:
    graph = Graph(shield())
    assert graph.says("id:exercise/щит-2021", "mc:hasParticipant", "id:state/KAZ")
    (claim,) = graph.claims("id:exercise/щит-2021", "mc:hasParticipant", "id:state/KAZ")
    assert graph.get(claim, "rdf:type") == ["mc:Claim", "rdf:Statement"]
    assert graph.get(claim, "mc:modality") == [short(NamedNode(concept("modality", "held")))]
    assert graph.get(claim, "mc:origin") == ["https://w3id.org/milcoop/rule/test/value"]
    assert graph.get(claim, "mc:confidence") == ["0.9"]
    (passage,) = graph.get(claim, "mc:evidence")
    assert passage == "id:document/a/passage/0-45"
    assert graph.get(passage, "mc:exactText") == [TEXT[:45]]
    assert (graph.get(passage, "mc:begin"), graph.get(passage, "mc:end")) == (["0"], ["45"])
    assert graph.get(passage, "mc:inDocument") == ["id:document/a"]


@pytest.mark.parametrize("modality", ["held", "planned", "recalled"])
def test_what_is_or_will_be_so_is_a_fact(modality: Modality) -> None:
    graph = Graph(Membership(member=KAZ, organization=CSTO, evidence=(FIRST,), rule="r", modality=modality))
    assert graph.says("id:state/KAZ", "mc:memberOf", "id:organization/CSTO")
    assert graph.claims("id:state/KAZ", "mc:memberOf", "id:organization/CSTO")


@pytest.mark.parametrize("modality", ["denied", "cancelled", "proposed"])
@pytest.mark.parametrize(
    ("fact", "triple"),
    [
        (
            Membership(member=KAZ, organization=CSTO, evidence=(FIRST,), rule="r"),
            ("id:state/KAZ", "mc:memberOf", "id:organization/CSTO"),
        ),
        (shield(), ("id:exercise/щит-2021", "rdf:type", "mc:Exercise")),
        (shield(), ("id:exercise/щит-2021", "mc:hasParticipant", "id:state/KAZ")),
        (shield(), ("id:exercise/щит-2021", "mc:startDate", "2021")),
        (
            Supply(supplier=RUS, recipient=KAZ, evidence=(FIRST,), rule="r"),
            ("id:state/RUS", "mc:suppliesTo", "id:state/KAZ"),
        ),
        (
            Cooperation(actors=(KAZ, RUS), evidence=(FIRST,), rule="r"),
            ("id:state/KAZ", "mc:cooperatesWith", "id:state/RUS"),
        ),
        (
            Agreement(type="treaty", title="Договор", parties=(said(KAZ),), evidence=(FIRST,), rule="r"),  # type: ignore[arg-type]
            ("id:document/a/agreement/1", "rdf:type", "mc:Treaty"),
        ),
        (Meeting(kind="visit", evidence=(FIRST,), rule="r"), ("id:document/a/meeting/1", "rdf:type", "mc:Meeting")),
        (
            Position(person=Entity("person", "Иванов"), role="minister", of=KAZ, evidence=(FIRST,), rule="r"),
            ("id:document/a/tenure/1", "mc:holder", "id:document/a/person/1"),
        ),
        (
            Quantity(of=KAZ, measure="tanks", value=Decimal(5), evidence=(FIRST,), rule="r"),
            ("id:document/a/indicator/1", "mc:value", "5"),
        ),
        (
            Mission(
                entity=Entity("mission", "UNIFIL", iri=entity("mission", "UNIFIL")),
                deployments=(Deployment(actor=KAZ, evidence=(FIRST,), rule="r"),),
                evidence=(FIRST,),
                rule="r",
            ),
            ("id:state/KAZ", "mc:contributesTo", "id:mission/UNIFIL"),
        ),
    ],
)
def test_what_is_denied_cancelled_or_proposed_is_a_claim_and_no_more(
    fact: Fact, triple: tuple[str, str, str], modality: Modality
) -> None:
    graph = Graph(replace(fact, modality=modality))
    (claim,) = graph.claims(*triple)
    assert graph.get(claim, "mc:modality") == [f"concept:modality/{modality}"]
    assert not graph.says(*triple)
    relations = ("mc:Exercise", "mc:Deployment", "mc:ArmsTransfer", "mc:Cooperation", "mc:Tenure", "mc:Indicator",
                 "mc:Treaty", "mc:Meeting", "mc:Mission")  # fmt: skip
    assert not [kind for kind in relations if graph.instances(kind)]


def test_that_somebody_stays_away_does_not_deny_the_exercise() -> None:
    absent = shield(start=None, participants=(said(ITA, SECOND),), evidence=(SECOND,), modality="denied")
    graph = Graph(shield(), absent)
    assert graph.says("id:exercise/щит-2021", "rdf:type", "mc:Exercise")
    assert len(graph.claims("id:exercise/щит-2021", "rdf:type", "mc:Exercise")) == 1
    assert not graph.says("id:exercise/щит-2021", "mc:hasParticipant", "id:state/ITA")
    (claim,) = graph.claims("id:exercise/щит-2021", "mc:hasParticipant", "id:state/ITA")
    assert graph.get(claim, "mc:modality") == ["concept:modality/denied"]


def test_a_claim_found_twice_is_one_claim_with_both_passages_and_both_rules() -> None:
    one = Membership(member=KAZ, organization=CSTO, evidence=(FIRST,), rule="one", confidence=0.7)
    other = replace(one, evidence=(SECOND,), rule="other", confidence=0.8)
    graph = Graph(one, other)
    (claim,) = graph.claims("id:state/KAZ", "mc:memberOf", "id:organization/CSTO")
    assert len(graph.get(claim, "mc:evidence")) == len(graph.get(claim, "mc:origin")) == 2
    assert graph.get(claim, "mc:confidence") == ["0.8"]


def test_a_claim_names_its_speaker() -> None:
    graph = Graph(Membership(member=KAZ, organization=CSTO, evidence=(FIRST,), rule="r", stated_by=RUS))
    (claim,) = graph.claims("id:state/KAZ", "mc:memberOf", "id:organization/CSTO")
    assert graph.get(claim, "mc:statedBy") == ["id:state/RUS"]


# Relations with attributes


def test_a_deployment_carries_its_attributes_and_its_evidence() -> None:
    deployment = Deployment(
        actor=KAZ,
        since=Stated(PartialDate(2018, 10), (SECOND,), "r"),
        personnel="staff officers",
        headcount=120,
        evidence=(FIRST,),
        rule="ru/deployment",
    )
    unifil = Entity("mission", "UNIFIL", iri=entity("mission", "UNIFIL"))
    graph = Graph(Mission(entity=unifil, deployments=(deployment,), evidence=(FIRST,), rule="ru/mission"))
    (node,) = graph.instances("mc:Deployment")
    for actor in ("mc:actor", "mc:contributor"):
        assert graph.get(node, actor) == ["id:state/KAZ"]
    for activity in ("mc:activity", "mc:deployedTo"):
        assert graph.get(node, activity) == ["id:mission/UNIFIL"]
    assert graph.get(node, "mc:startDate") == ["2018-10"]
    assert (graph.get(node, "mc:earliestStart"), graph.get(node, "mc:latestStart")) == (["2018-10-01"], ["2018-10-31"])
    assert graph.get(node, "mc:personnel") == ["concept:personnel/staff-officers"]
    assert graph.get(node, "mc:headcount") == ["120"]
    assert graph.get(node, "mc:evidence") == ["id:document/a/passage/0-45", "id:document/a/passage/46-74"]
    assert graph.get(node, "rdf:type") == ["mc:Claim", "mc:Deployment"]


def test_a_supply_points_to_the_agreement_that_it_is_made_under() -> None:
    treaty = Agreement(
        type="treaty", title="Договор о дружбе", parties=(said(KAZ), said(RUS)),  # type: ignore[arg-type]
        signed=said(PartialDate(1992, 5, 15)), evidence=(FIRST,), rule="r",  # type: ignore[arg-type]
    )  # fmt: skip
    graph = Graph(
        Supply(supplier=RUS, recipient=KAZ, item="вертолёты", under="договор о дружбе", evidence=(FIRST,), rule="r"),
        treaty,
    )
    (node,) = graph.instances("mc:ArmsTransfer")
    assert graph.get(node, "mc:under") == ["id:agreement/treaty-KAZ-RUS-1992-05-15"]
    assert graph.get(node, "mc:item") == ["вертолёты"]


# Dates


@pytest.mark.parametrize(
    ("value", "datatype", "first", "last"),
    [
        (PartialDate(2024), "gYear", "2024-01-01", "2024-12-31"),
        (PartialDate(2024, 2), "gYearMonth", "2024-02-01", "2024-02-29"),
        (PartialDate(2024, 2, 3), "date", "2024-02-03", "2024-02-03"),
    ],
)
def test_a_date_is_as_precise_as_stated_with_its_bounds_beside_it(
    value: PartialDate, datatype: str, first: str, last: str
) -> None:
    graph = Graph(shield(start=None, end=said(value)))
    (stated,) = [t.object for t in graph.made.triples if t.predicate.value == MC["endDate"]]
    assert stated == Literal(str(value), datatype=NamedNode(f"http://www.w3.org/2001/XMLSchema#{datatype}"))
    exercise = "id:exercise/щит-2024"
    assert (graph.get(exercise, "mc:earliestEnd"), graph.get(exercise, "mc:latestEnd")) == ([first], [last])


# Identity


def test_editions_of_a_name_are_told_apart_by_their_year() -> None:
    graph = Graph(shield(), shield(start=said(PartialDate(2022, 3))))
    assert graph.instances("mc:Exercise") == ["id:exercise/щит-2021", "id:exercise/щит-2022"]


def test_an_undated_mention_means_the_only_edition_there_is() -> None:
    graph = Graph(shield(start=None, headcount=said(300)), shield())
    assert graph.get("id:exercise/щит-2021", "mc:headcount") == ["300"]


def test_an_exercise_without_a_year_is_the_documents_own() -> None:
    assert Graph(shield(start=None)).instances("mc:Exercise") == ["id:document/a/exercise/1"]


def test_unnamed_exercises_are_each_one_of_their_own() -> None:
    unnamed = shield(name=None)
    assert len(Graph(unnamed, replace(unnamed, evidence=(SECOND,))).instances("mc:Exercise")) == 2


def test_an_exercise_of_a_known_series_is_named_after_it_in_every_language() -> None:
    series = Entity("series", "Нерушимое братство", iri=ID + "series/Unbreakable-Brotherhood")
    graph = Graph(shield(name="Нерушимое братство", series=series))
    assert graph.instances("mc:Exercise") == ["id:exercise/unbreakable-brotherhood-2021"]
    assert graph.get("id:exercise/unbreakable-brotherhood-2021", "mc:editionOf") == [
        "id:series/Unbreakable-Brotherhood"
    ]


def test_two_agreements_of_one_day_are_told_apart_by_their_titles() -> None:
    def plan(title: str) -> Agreement:
        signed = said(PartialDate(2021, 5, 6))
        return Agreement(
            type="plan", title=title, parties=(said(RUS), said(KAZ)), signed=signed, evidence=(FIRST,), rule="r"  # type: ignore[arg-type]
        )  # fmt: skip

    assert Graph(plan("План А")).instances("mc:CooperationPlan") == ["id:agreement/plan-KAZ-RUS-2021-05-06"]
    assert len(Graph(plan("План А"), plan("План Б")).instances("mc:CooperationPlan")) == 2


def test_a_person_is_identified_by_the_full_name_and_found_again_by_the_surname() -> None:
    mod = Entity("body", "", iri=entity("organization", "KAZ-MoD"), state="KAZ", body="MoD")
    person = Entity("person", "Косанов")
    graph = Graph(
        Position(person=person, role="minister", of=mod, full_name="Даурен Косанов", evidence=(FIRST,), rule="r"),
        Meeting(kind="talks", persons=(said(person),), evidence=(FIRST,), rule="r"),  # type: ignore[arg-type]
    )
    assert graph.instances("mc:Person") == ["id:person/косанов-даурен"]
    assert graph.get("id:person/косанов-даурен", "mc:familyName") == ["Косанов"]
    assert graph.get("id:person/косанов-даурен", "rdfs:label") == ["Даурен Косанов"]
    assert graph.says("id:document/a/meeting/1", "mc:hasParticipant", "id:person/косанов-даурен")


def test_a_surname_that_two_people_share_stays_unidentified() -> None:
    def minister(full_name: str) -> Position:
        person = Entity("person", "Иванов")
        return Position(person=person, role="minister", of=RUS, full_name=full_name, evidence=(FIRST,), rule="r")

    alone = Meeting(kind="talks", persons=(said(Entity("person", "Иванов")),), evidence=(FIRST,), rule="r")  # type: ignore[arg-type]
    graph = Graph(minister("Пётр Иванов"), minister("Олег Иванов"), alone)
    assert graph.get("id:document/a/meeting/1", "mc:hasParticipant") == ["id:document/a/person/1"]


# Names


def test_what_the_reference_graph_knows_gets_no_second_label() -> None:
    fact = Membership(member=KAZ, organization=CSTO, evidence=(FIRST,), rule="r")
    assert not Graph(fact).get("id:state/KAZ", "rdfs:label")
    assert Graph(fact, known=set()).get("id:state/KAZ", "rdfs:label") == ["Казахстан"]


def test_a_place_is_also_called_as_the_text_calls_it() -> None:
    astana = Entity("place", "Нур-Султан", iri=ID + "place/Astana")
    graph = Graph(shield(locations=(said(astana),)))
    assert graph.get("id:place/Astana", "skos:altLabel") == ["Нур-Султан"]
    assert not graph.get("id:place/Astana", "rdfs:label")


def test_a_body_is_typed_and_belongs_to_its_state() -> None:
    border = Entity("body", "Пограничная служба", state="KAZ", body="SEC")
    graph = Graph(shield(participants=(said(border),)))
    assert graph.get("id:organization/KAZ-SEC", "rdf:type") == ["mc:SecurityService"]
    assert graph.get("id:organization/KAZ-SEC", "mc:ofState") == ["id:state/KAZ"]
    assert graph.get("id:organization/KAZ-SEC", "rdfs:label") == ["Пограничная служба"]


def test_units_are_told_apart_by_name() -> None:
    units = [Entity("body", name, state="RUS", body="UNIT") for name in ("201-я база", "4-я бригада")]
    graph = Graph(shield(participants=tuple(map(said, units))))
    assert len(graph.instances("mc:MilitaryUnit")) == 2


# What is refused


def test_a_fact_whose_words_are_not_in_the_text_is_dropped_and_counted() -> None:
    beyond = Span(10, len(TEXT) + 1)
    facts = [
        Membership(member=KAZ, organization=CSTO, evidence=(span,), rule="r")
        for span in (beyond, Span(-1, 5), Span(7, 7), Span(9, 8), Span(45, 46))
    ]
    graph = Graph(*facts, Membership(member=KAZ, organization=CSTO, evidence=(), rule="r"))
    assert graph.made.refused == 6
    assert sum(graph.made.facts.values()) == 0
    assert not graph.instances("mc:Claim")


def test_a_value_whose_words_are_not_in_the_text_or_whose_date_is_none_is_dropped_alone() -> None:
    graph = Graph(shield(participants=(said(KAZ), said(RUS, Span(0, 999))), end=said(PartialDate(2021, 2, 30))))
    assert graph.made.refused == 2
    assert graph.get("id:exercise/щит-2021", "mc:hasParticipant") == ["id:state/KAZ"]
    assert not graph.get("id:exercise/щит-2021", "mc:endDate")


@given(st.text(max_size=60), st.integers(-5, 70), st.integers(-5, 70))
def test_every_passage_is_the_text_at_its_offsets(text: str, begin: int, end: int) -> None:
    graph = Graph(
        Membership(member=KAZ, organization=CSTO, evidence=(Span(begin, end),), rule="r"),
        shield(evidence=(Span(0, 1),), participants=(said(KAZ, Span(begin, end)),), start=None),
        text=text,
    )
    for passage in graph.instances("mc:Passage"):
        (quoted,), (first,), (last,) = (graph.get(passage, f"mc:{name}") for name in ("exactText", "begin", "end"))
        assert quoted == text[int(first) : int(last)]
    assert all(graph.get(claim, "mc:evidence") for claim in graph.instances("mc:Claim"))


def test_the_same_reading_gives_the_same_triples() -> None:
    facts = (shield(), Membership(member=KAZ, organization=CSTO, evidence=(FIRST,), rule="r"))
    assert Graph(*facts).made.triples == Graph(*facts).made.triples
    assert len(set(Graph(*facts).made.triples)) == len(Graph(*facts).made.triples)
    assert all(isinstance(triple, Triple) for triple in Graph(*facts).made.triples)
    assert RDF["type"] in {triple.predicate.value for triple in Graph(*facts).made.triples}
