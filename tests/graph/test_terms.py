"""Terms as people write them, on the command line and in addresses alike."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from graph.errors import BadUsage
from graph.terms import node, term, triple
from ontology import ID, MC, RDF, XSD


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("https://example.org/a", NamedNode("https://example.org/a")),
        ("<https://example.org/a>", NamedNode("https://example.org/a")),
        (" urn:isbn:1 ", NamedNode("urn:isbn:1")),
        ("mailto:a@b.kz", NamedNode("mailto:a@b.kz")),
        ("mc:memberOf", NamedNode(MC["memberOf"])),
        ("id:state/KAZ", NamedNode(ID + "state/KAZ")),
        ("a", NamedNode(RDF["type"])),
        ('"2021"^^xsd:gYear', Literal("2021", datatype=NamedNode(XSD + "gYear"))),
        ('"Щит"@ru', Literal("Щит", language="ru")),
        ("'a b'", Literal("a b")),
        ("25", Literal(25)),
        ("-1.5", Literal("-1.5", datatype=NamedNode(XSD + "decimal"))),
        ("true", Literal(value=True)),
    ],
)
def test_what_people_write_is_a_term(text: str, meant: NamedNode | Literal) -> None:
    assert term(text) == meant
    if isinstance(meant, NamedNode):
        assert node(text) == meant


@pytest.mark.parametrize(
    "text",
    ["", "KAZ", "foo:bar", "<a b>", '"open', '"a" . <urn:x> <urn:y> "b"', "1 2", "_:b", "<>", "https://a b", ":"],
)
def test_what_is_none_is_refused(text: str) -> None:
    with pytest.raises(BadUsage):
        term(text)


def test_a_word_without_a_prefix_is_told_how_it_may_be_written() -> None:
    with pytest.raises(BadUsage, match="'KAZ' has no prefix") as wrong:
        term("KAZ")
    assert "state:KAZ" in str(wrong.value)
    with pytest.raises(BadUsage, match="unknown prefix 'foo'"):
        term("foo:KAZ")


@given(st.text(max_size=40))
def test_any_text_is_a_term_or_refused(text: str) -> None:
    with suppress(BadUsage):
        assert isinstance(term(text), NamedNode | Literal)


def test_a_triple_has_three() -> None:
    assert str(triple("id:state/KAZ", "a", "mc:State")).count("<") == 3
    with pytest.raises(BadUsage):
        triple('"a"', "a", "mc:State")
