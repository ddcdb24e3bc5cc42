"""The names that readers recognise are those of the reference graph."""

from collections.abc import Iterator
from typing import Any, cast

import pyoxigraph
import pytest
from pyoxigraph import NamedNode, RdfFormat

from loaders.reading.gazetteer import KnownEntity, Name, known_entities
from ontology import GRAPH_REFERENCE, RDF, entity, reference_files

TURTLE = """
@prefix mc: <https://w3id.org/milcoop/ontology#> .
@prefix id: <https://w3id.org/milcoop/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://w3id.org/milcoop/id/state/KAZ> a mc:State ; mc:iso3 "KAZ" ; rdfs:label "Казахстан"@ru ;
    skos:altLabel "РК"@ru ; mc:adjective "казахстанский"@ru ; mc:capital <https://w3id.org/milcoop/id/place/Astana> .
<https://w3id.org/milcoop/id/place/Astana> a mc:Settlement ; rdfs:label "Астана"@ru .
<https://w3id.org/milcoop/id/place/Almaty-Region> a mc:Region ; mc:locatedIn <https://w3id.org/milcoop/id/state/KAZ> .
<https://w3id.org/milcoop/id/place/Ili> a mc:TrainingGround ;
    mc:locatedIn <https://w3id.org/milcoop/id/place/Almaty-Region> .
<https://w3id.org/milcoop/id/organization/UN> a mc:InternationalOrganization ; mc:abbreviation "UN"@en, "ООН"@ru .
<https://w3id.org/milcoop/id/organization/KAZ-MoD> a mc:DefenceMinistry ;
    mc:ofState <https://w3id.org/milcoop/id/state/KAZ> .
<https://w3id.org/milcoop/id/mission/UNIFIL> a mc:PeacekeepingMission ; mc:abbreviation "UNIFIL"@en ;
    mc:conductedUnder <https://w3id.org/milcoop/id/organization/UN> ;
    mc:locatedIn <https://w3id.org/milcoop/id/state/LBN> .
[] a mc:Membership .
"""


class State:
    def __init__(self, graph: str | None) -> None:
        self.rdf = pyoxigraph.Store()
        target = NamedNode(graph) if graph else None
        self.rdf.load(TURTLE.encode(), format=RdfFormat.TURTLE, to_graph=target)


@pytest.fixture(params=[GRAPH_REFERENCE, None], ids=["reference graph", "default graph"])
def known(request: pytest.FixtureRequest) -> dict[str, KnownEntity]:
    return {each.iri.rsplit("/", 1)[-1]: each for each in known_entities(State(request.param))}


def test_a_state_has_its_names_by_sort_and_its_code(known: dict[str, KnownEntity]) -> None:
    assert known["KAZ"].names == (
        Name("Казахстан", "ru", "label"),
        Name("РК", "ru", "alternative"),
        Name("казахстанский", "ru", "adjective"),
    )
    assert (known["KAZ"].kind, known["KAZ"].code, known["KAZ"].state) == ("state", "KAZ", "KAZ")


def test_a_place_knows_its_state_through_regions_and_as_its_capital(known: dict[str, KnownEntity]) -> None:
    assert (known["Ili"].kind, known["Ili"].state) == ("place", "KAZ")
    assert (known["Astana"].state, known["Astana"].capital_of) == ("KAZ", "KAZ")


def test_an_organization_is_known_by_its_english_acronym(known: dict[str, KnownEntity]) -> None:
    assert (known["UN"].kind, known["UN"].code, known["UN"].state) == ("organization", "UN", None)


def test_a_body_belongs_to_its_state(known: dict[str, KnownEntity]) -> None:
    ministry = known["KAZ-MoD"]
    assert (ministry.kind, ministry.state, ministry.body) == ("body", "KAZ", "MoD")


def test_a_mission_has_its_framework_and_its_place(known: dict[str, KnownEntity]) -> None:
    unifil = known["UNIFIL"]
    assert (unifil.kind, unifil.code) == ("mission", "UNIFIL")
    assert unifil.frameworks == (entity("organization", "UN"),)
    assert unifil.locations == (entity("state", "LBN"),)


def test_relations_are_no_entities(known: dict[str, KnownEntity]) -> None:
    assert len(known) == 7


def test_the_shipped_reference_data_has_names_for_all_that_readers_look_for() -> None:
    state = State(None)
    state.rdf.clear()
    for file in reference_files():
        state.rdf.load(path=str(file), format=RdfFormat.TURTLE)
    known = known_entities(state)
    assert {each.kind for each in known} >= {"state", "organization", "mission", "series"}
    assert not [each.iri for each in known if not each.names]


class Counted:
    """Triples, and how many of them were read."""

    def __init__(self, rdf: pyoxigraph.Store) -> None:
        self._rdf = rdf
        self.read = 0

    def contains_named_graph(self, graph: NamedNode) -> bool:
        return self._rdf.contains_named_graph(graph)

    def quads_for_pattern(self, *pattern: Any) -> Iterator[pyoxigraph.Quad]:
        for quad in self._rdf.quads_for_pattern(*pattern):
            self.read += 1
            yield quad


def test_of_a_large_default_graph_only_what_names_things_is_read() -> None:
    state = State(None)
    few = known_entities(state)
    claim, subject = NamedNode("urn:claim"), NamedNode(RDF["subject"])
    state.rdf.extend(pyoxigraph.Quad(NamedNode(f"urn:{n}"), subject, claim) for n in range(1000))
    counted = Counted(state.rdf)
    state.rdf = cast(pyoxigraph.Store, counted)
    assert known_entities(state) == few
    assert counted.read < 100
