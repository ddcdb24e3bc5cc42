"""Names in the parameters of canned queries: what the graph calls so, in any language."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.query.canned import parse
from graph.query.naming import NameResolver, UnknownName
from ontology import BASE, MC, RDF, RDFS, SKOS

QUERY = parse(
    "q",
    "# title: t\n# param state: iri mc:State = id:state/KAZ\n# param what: iri? mc:Exercise mc:Series\n"
    "# param any: iri?\n# param field: concept? domain\n# param year: year?\nSELECT * WHERE { ?s ?p ?o }",
)
KAZ, RUS, CSTO = (NamedNode(f"{BASE}id/{step}") for step in ("state/KAZ", "state/RUS", "organization/CSTO"))
SHIELD, SERIES = NamedNode(f"{BASE}id/exercise/shield-2021"), NamedNode(f"{BASE}id/series/shield")
AIR = NamedNode(f"{BASE}concept/domain/air-defence")


@pytest.fixture
def names() -> NameResolver:
    store = Store()

    def told(thing: NamedNode, kind: str, *further: tuple[str, Literal]) -> None:
        store.add(Quad(thing, NamedNode(RDF["type"]), NamedNode(kind)))
        for predicate, value in further:
            store.add(Quad(thing, NamedNode(predicate), value))

    told(KAZ, MC["State"], (RDFS["label"], Literal("Казахстан", language="ru")), (MC["iso3"], Literal("KAZ")),
         (RDFS["label"], Literal("Қазақстан", language="kk")), (RDFS["label"], Literal("Kazakhstan", language="en")),
         (SKOS["altLabel"], Literal("Республика Казахстан", language="ru")))  # fmt: skip
    told(RUS, MC["State"], (RDFS["label"], Literal("Россия", language="ru")), (MC["iso3"], Literal("RUS")))
    told(CSTO, MC["Organization"], (MC["abbreviation"], Literal("ОДКБ", language="ru")),
         (RDFS["label"], Literal("Россия", language="ru")))  # fmt: skip
    told(SHIELD, MC["Exercise"], (RDFS["label"], Literal("Щит Союза", language="ru")))
    told(SERIES, MC["Series"], (RDFS["label"], Literal("Щит Союза", language="ru")))
    told(AIR, SKOS["Concept"], (SKOS["prefLabel"], Literal("ПВО", language="ru")))
    return NameResolver(store)


@pytest.mark.parametrize(
    ("name", "value", "terms"),
    [
        ("state", "KAZ", [KAZ]),
        ("state", "kaz", [KAZ]),
        ("state", "id:state/KAZ", [KAZ]),
        ("state", f"<{KAZ.value}>", [KAZ]),
        ("state", "Казахстан", [KAZ]),
        ("state", "казахстан", [KAZ]),
        ("state", "КАЗАХСТАН", [KAZ]),
        ("state", "Қазақстан", [KAZ]),
        ("state", "kazakhstan", [KAZ]),
        ("state", "республика  казахстан", [KAZ]),
        ("state", "Россия", [RUS]),
        ("what", "Щит Союза", [SERIES, SHIELD]),
        ("what", "«щит союза»", [SERIES, SHIELD]),
        ("any", "ОДКБ", [CSTO]),
        ("any", "россия", [CSTO, RUS]),
        ("field", "air defence", [AIR]),
        ("field", "пво", [AIR]),
    ],
)
def test_a_thing_is_meant_by_any_of_its_names(
    names: NameResolver, name: str, value: str, terms: list[NamedNode]
) -> None:
    (parameter,) = [p for p in QUERY.parameters if p.name == name]
    found = names.terms(parameter, value)
    assert sorted(map(str, found)) == sorted(map(str, terms))


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("state", "Казахстн", "did you mean 'Казахстан' (state:KAZ)?"),
        ("state", "Atlantis", "the graph has no State 'Atlantis' for the parameter 'state'"),
        ("state", "id:state/XYZ", "'id:state/XYZ'"),
        ("state", "https://elsewhere.example/x", "'https://elsewhere.example/x'"),
        ("state", "ОДКБ", "no State 'ОДКБ'"),
        ("field", "sorcery", "no domain 'sorcery'"),
    ],
)
def test_what_the_graph_does_not_know_is_told_in_a_sentence(
    names: NameResolver, name: str, value: str, says: str
) -> None:
    with pytest.raises(UnknownName) as caught:
        QUERY.bind({name: value}, names)
    assert says in str(caught.value)
    assert (caught.value.http_status, "\n" in str(caught.value)) == (400, False)


def test_defaults_and_values_of_other_types_are_as_they_are_written(names: NameResolver) -> None:
    assert "2021" in QUERY.bind({"year": "2021"}, names)
    empty = NameResolver(Store())
    assert str(KAZ) in QUERY.bind({}, empty)
    assert str(KAZ) in QUERY.bind({"state": "id:state/KAZ"}, empty), "the default may be what the graph does not have"
