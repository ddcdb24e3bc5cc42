"""What claims say of a thing: whether documents speak of it as held, or only announce it."""

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse

from graph.claims import only_planned

THING = NamedNode("https://example.org/exercise")
PREFIXES = """
@prefix mc: <https://w3id.org/milcoop/ontology#> .
@prefix modality: <https://w3id.org/milcoop/concept/modality/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://example.org/> .
:exercise mc:earliestStart "2026-09-01"^^xsd:date .
"""


def claim(modality: str, issued: str, number: int = 1) -> str:
    """A document's claim that there is such an exercise."""
    date = f":document-{number} dcterms:issued {issued} ." if issued else ""
    return f"""
        :claim-{number} rdf:subject :exercise ; rdf:predicate rdf:type ; rdf:object mc:Exercise ;
            mc:modality modality:{modality} ; mc:evidence :passage-{number} .
        :passage-{number} mc:inDocument :document-{number} . {date}
    """


BEFORE = '"2026-02-13"^^xsd:date'
AFTER = '"2026-10-02"^^xsd:date'


@pytest.mark.parametrize(
    ("told", "planned"),
    [
        pytest.param(claim("planned", BEFORE), True, id="announced"),
        pytest.param(claim("planned", ""), True, id="announced in a document without a date"),
        pytest.param(claim("held", BEFORE), True, id="told as a fact by a document that is older than it"),
        pytest.param(claim("held", AFTER), False, id="reported"),
        pytest.param(claim("held", ""), False, id="told by a document without a date"),
        pytest.param(claim("held", '"2026"^^xsd:gYear'), False, id="told by a document of the same year"),
        pytest.param(claim("planned", BEFORE) + claim("held", AFTER, 2), False, id="announced and reported"),
        pytest.param(claim("planned", BEFORE) + claim("denied", AFTER, 2), True, id="announced, and denied by another"),
        pytest.param(claim("denied", BEFORE), False, id="only denied"),
        pytest.param("", False, id="told by no document"),
    ],
)
def test_what_documents_only_announce_is_planned(told: str, planned: bool) -> None:
    store = Store()
    for quad in parse((PREFIXES + told).encode(), RdfFormat.TURTLE):
        store.add(Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()))
    assert only_planned(store, THING) is planned
