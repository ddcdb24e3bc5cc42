"""Names of things found in texts, in the forms in which they stand there."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from ontology import MC, RDFS
from server.mentions import mentions_of

NAMES = {
    "urn:kaz": ["Казахстан", "Kazakhstan", "казахстанский", "РК"],
    "urn:mod-kaz": ["Министерство обороны Казахстана"],
    "urn:csto": ["ОДКБ", "ҰҚШҰ"],
    "urn:mali": ["Мали"],
}


@pytest.fixture(scope="module")
def rdf() -> Store:
    store = Store()
    for iri, names in NAMES.items():
        for name in names:
            predicate = MC["adjective"] if name[0].islower() else RDFS["label"]
            store.add(Quad(NamedNode(iri), NamedNode(predicate), Literal(name), NamedNode("urn:g")))
    return store


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("в Казахстане", [("Казахстане", "urn:kaz")]),
        ("казахстанская армия", [("казахстанская", "urn:kaz")]),
        ("Министерством обороны Казахстана", [("Министерством обороны Казахстана", "urn:mod-kaz")]),
        ("ҰҚШҰ-ның мүшесі", [("ҰҚШҰ-ның", "urn:csto")]),
        ("ОДКБ и РК", [("ОДКБ", "urn:csto"), ("РК", "urn:kaz")]),
        ("Kazakhstan's army", [("Kazakhstan", "urn:kaz")]),
        ("маленький малиновый", []),
        ("РКП", []),
    ],
)
def test_names_are_found_in_their_forms(rdf: Store, text: str, found: list[tuple[str, str]]) -> None:
    assert [(text[m.begin : m.end], m.iri) for m in mentions_of(rdf, text, NAMES)] == found
