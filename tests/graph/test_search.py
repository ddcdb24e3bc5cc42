"""Search by name: prefixes, other forms, misspellings, three languages, many names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.search.folding import fold
from graph.search.index import NameIndex
from graph.search.names import Named, names_of
from ontology import RDFS, SKOS

THINGS = {
    "KAZ": {"en": "Kazakhstan", "ru": "Казахстан", "kk": "Қазақстан"},
    "KGZ": {"en": "Kyrgyzstan", "ru": "Кыргызстан", "kk": "Қырғызстан"},
    "RUS": {"en": "Russia", "ru": "Россия", "kk": "Ресей"},
    "CSTO": {"en": "Collective Security Treaty Organization", "ru": "ОДКБ", "kk": "ҰҚШҰ"},
    "steppe-eagle": {"en": "Steppe Eagle", "ru": "Степной орёл", "kk": "Дала қыраны"},
    "brotherhood": {"ru": "Нерушимое братство", "en": "Indestructible Brotherhood"},
    "minister": {"ru": "Ермекбаев Нурлан Байузакович"},
    "KAZ-NG": {"en": "National Guard of Kazakhstan", "ru": "Национальная гвардия", "kk": "Қазақстан Ұлттық ұланы"},
    "AFG": {"en": "Afghanistan", "ru": "Афганистан", "kk": "Ауғанстан"},
    "IRQ": {"en": "Iraq", "ru": "Ирак", "kk": "Ирак"},
    "UZB": {"en": "Uzbekistan", "ru": "Узбекистан", "kk": "Өзбекстан"},
    "turkiye": {"en": "Türkiye", "ru": "Турция", "kk": "Түркия"},
}


@pytest.fixture(scope="module")
def index() -> NameIndex:
    return NameIndex(Named(iri, text, lang) for iri, names in THINGS.items() for lang, text in names.items())


@pytest.mark.parametrize(
    ("typed", "thing"),
    [
        ("kaz", "KAZ"),
        ("ка", "KAZ"),
        ("қаз", "KAZ"),
        ("Казахстана", "KAZ"),
        ("Казахстаном", "KAZ"),
        ("Қазақстанның", "KAZ"),
        ("Казхстан", "KAZ"),
        ("kazahkstan", "KAZ"),
        ("kazakstan", "KAZ"),
        ("kazah", "KAZ"),
        ("kazahs", "KAZ"),
        ("kazak", "KAZ"),
        ("казакстан", "KAZ"),
        ("улттык улан", "KAZ-NG"),
        ("afgan", "AFG"),
        ("афгон", "AFG"),
        ("irak", "IRQ"),
        ("озбекстан", "UZB"),
        ("узбеки", "UZB"),
        ("uzbeck", "UZB"),
        ("өзбекстандағы", "UZB"),
        ("киргизстан", "KGZ"),
        ("России", "RUS"),
        ("ресеймен", "RUS"),
        ("security treaty", "CSTO"),
        ("treaty collectiv", "CSTO"),
        ("одкб", "CSTO"),
        ("степного орла", "steppe-eagle"),
        ("степной орел", "steppe-eagle"),
        ("Eagle Steppe", "steppe-eagle"),
        ("нерушимого братства", "brotherhood"),
        ("нурлан ермекбаев", "minister"),
        ("Turkiye", "turkiye"),
    ],
)
def test_a_thing_is_found_by_what_people_type(index: NameIndex, typed: str, thing: str) -> None:
    assert index.search(typed)[0].iri == thing


@pytest.mark.parametrize(
    ("typed", "thing"),
    [
        ("kazah", "KAZ"), ("kazakh", "KAZ"), ("казах", "KAZ"), ("қазақ", "KAZ"),
        ("kazan", "Kazan"), ("казани", "Kazan"), ("казань", "Kazan"), ("қазан", "Kazan"),
    ],
)  # fmt: skip
def test_another_spelling_comes_before_another_word(typed: str, thing: str) -> None:
    names = {"KAZ": THINGS["KAZ"], "Kazan": {"en": "Kazan", "ru": "Казань", "kk": "Қазан"}}
    index = NameIndex(Named(iri, text, lang) for iri, of in names.items() for lang, text in of.items())
    assert index.search(typed)[0].iri == thing


@pytest.mark.parametrize("typed", ["", "  ", "«»", "zzzz", "Казахстан Steppe qqq"])
def test_what_fits_nothing_finds_nothing(index: NameIndex, typed: str) -> None:
    assert index.search(typed) == []


def test_the_name_that_fits_is_told_with_its_language(index: NameIndex) -> None:
    hit = index.search("Дала")[0]
    assert (hit.text, hit.language) == ("Дала қыраны", "kk")


def test_a_thing_is_found_once_however_many_of_its_names_fit(index: NameIndex) -> None:
    found = [hit.iri for hit in index.search("ка", limit=50)]
    assert len(found) == len(set(found))


def test_of_names_that_fit_alike_the_weightier_thing_comes_first() -> None:
    index = NameIndex(Named(iri, "Щит", "ru") for iri in ("a", "b", "c"))
    assert [hit.iri for hit in index.search("щит", weight=lambda iri: float(iri == "b"))] == ["b", "a", "c"]


@given(st.lists(st.text(max_size=30), max_size=20), st.data())
def test_every_name_finds_its_thing_and_so_does_each_beginning_of_it(names: list[str], data: st.DataObject) -> None:
    things = [name for name in dict.fromkeys(names) if fold(name)]
    index = NameIndex(Named(name, name, "") for name in things)
    for name in things:
        assert name in {hit.iri for hit in index.search(name, limit=100)} or len(name) > 100
        first = fold(name).split()[0]
        begun = first[: data.draw(st.integers(1, len(first)))]
        assert name in {hit.iri for hit in index.search(begun, limit=100)}


def test_names_are_read_from_all_graphs_each_once() -> None:
    store, thing = Store(), NamedNode("https://w3id.org/milcoop/id/state/KAZ")
    for graph in ("urn:a", "urn:b"):
        store.add(Quad(thing, NamedNode(RDFS["label"]), Literal("Казахстан", language="ru"), NamedNode(graph)))
    store.add(Quad(thing, NamedNode(SKOS["altLabel"]), Literal("РК", language="ru"), NamedNode("urn:a")))
    store.add(Quad(NamedNode("urn:x"), NamedNode(RDFS["label"]), Literal("x"), NamedNode("urn:a")))
    assert sorted(names_of(store, within="/id/")) == [
        Named(thing.value, "Казахстан", "ru"),
        Named(thing.value, "РК", "ru"),
    ]
