"""What follows only from plans is told as planned on the page of a thing."""

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from graph.store import open_store
from ontology import MC, entity
from server.description import describe
from server.ends import ends_of
from server.facts import Fact
from server.schema import read_schema

SUPPLY = """
@prefix mc: <https://w3id.org/milcoop/ontology#> .
@prefix modality: <https://w3id.org/milcoop/concept/modality/> .
@prefix state: <https://w3id.org/milcoop/id/state/> .
@prefix : <https://example.org/{name}/> .
:transfer a mc:ArmsTransfer, mc:Claim ; mc:supplier state:RUS ; mc:recipient state:SRB ;
    mc:modality modality:{modality} ; mc:confidence 0.9 ; mc:evidence :words .
:words a mc:Passage ; mc:inDocument : ; mc:begin 0 ; mc:end 4 ; mc:exactText "…" .
: a mc:Document .
"""


@pytest.mark.parametrize(
    ("modalities", "planned"), [(["planned"], True), (["held"], False), (["planned", "held"], False)]
)
def test_who_only_will_supply_is_told_as_planned(modalities: list[str], planned: bool) -> None:
    with open_store("memory:") as store:
        with store.transaction() as changes:
            for modality in modalities:
                told = parse(SUPPLY.format(name=modality, modality=modality), RdfFormat.TURTLE)
                changes.put_graph(f"https://example.org/{modality}/", [quad.triple for quad in told])
        with store.snapshot() as snapshot:
            schema, iri = read_schema(snapshot), entity("state", "SRB")
            description = describe(snapshot, iri, schema, ends_of(snapshot, NamedNode(iri), schema))
    supplies = [fact for group in description.groups for fact in group.facts if is_supply(fact)]
    assert [(fact.inferred, fact.planned) for fact in supplies] == [(True, planned)]


def is_supply(fact: Fact) -> bool:
    return fact.triple.predicate.value == MC["suppliesTo"]
