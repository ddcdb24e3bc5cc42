"""The values of literals and the value spaces of datatypes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from graph.reasoner.literals import IllTyped, has_value_space, in_value_space, value_of
from ontology import RDF, RDFS, XSD


def plain(text: str) -> Literal:
    return Literal(text, datatype=NamedNode(RDF["PlainLiteral"]))


def xml(text: str) -> Literal:
    return Literal(text, datatype=NamedNode(RDF["XMLLiteral"]))


def typed(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=NamedNode(XSD[datatype]))


SAME = [
    (typed("5", "integer"), typed("+05.0", "decimal")),
    (typed("5", "byte"), typed(" 5 ", "unsignedLong")),
    (typed("1", "boolean"), typed("true", "boolean")),
    (typed("1e1", "double"), typed("10", "double")),
    (typed("a", "token"), typed(" a ", "token")),
    (Literal("a"), typed("a", "NCName")),
    (Literal("Щит", language="ru"), Literal("Щит", language="RU")),
    (typed("0a", "hexBinary"), typed("0A", "hexBinary")),
    (typed("2021-05-15T12:00:00Z", "dateTime"), typed("2021-05-15T18:00:00+06:00", "dateTimeStamp")),
    (typed("2021-05-14T24:00:00Z", "dateTime"), typed("2021-05-15T00:00:00Z", "dateTime")),
    (typed("0001-01-01T00:00:00+05:00", "dateTime"), typed("0000-12-31T19:00:00Z", "dateTime")),
    (typed("12024-02-29T12:00:00-12:00", "dateTime"), typed("12024-03-01T00:00:00.0Z", "dateTime")),
    (typed("0.1", "float"), typed("0.10000000149", "float")),
    (typed("1" * 6000, "integer"), typed("1" * 6000 + ".0", "decimal")),
    (plain("Щит@ru"), Literal("Щит", language="ru")),
    (plain("a@"), Literal("a")),
    (xml("<a b='1' c='2'/>"), xml('<a c="2" b="1"></a>')),
]

DIFFERENT = [
    (typed("5", "integer"), typed("5", "double")),
    (typed("5", "float"), typed("5", "double")),
    (typed("5", "integer"), Literal("5")),
    (Literal("a"), Literal("a", language="en")),
    (typed("0", "double"), typed("-0", "double")),
    (typed("2021-05-15T12:00:00Z", "dateTime"), typed("2021-05-15T12:00:00", "dateTime")),
    (typed("a", "anyURI"), Literal("a")),
    (typed("0.1", "double"), typed("0.10000000149", "double")),
    (xml("<a> </a>"), xml("<a/>")),
]


@pytest.mark.parametrize(("one", "other"), SAME, ids=lambda one: str(one)[:60])
def test_equal_values_written_differently(one: Literal, other: Literal) -> None:
    assert value_of(one) == value_of(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT, ids=str)
def test_different_values(one: Literal, other: Literal) -> None:
    assert value_of(one) != value_of(other)


@pytest.mark.parametrize(
    "literal",
    [
        typed("five", "integer"), typed("5.0", "integer"), typed("128", "byte"), typed("-1", "nonNegativeInteger"),
        typed("0", "positiveInteger"), typed("1e5", "decimal"), typed("inf", "double"), typed("yes", "boolean"),
        typed("2021-02-30T00:00:00Z", "dateTime"), typed("2021-05-15T12:00:00", "dateTimeStamp"),
        typed("a b", "NCName"), typed("0g", "hexBinary"), typed("?", "base64Binary"),
        typed("kazakhstani-kk", "language"), typed("٣", "integer"), plain("no language"), plain("a@not a tag"),
        xml("<a>"), xml("</a><a>"), typed("2021-05-15T12:00:00+25:00", "dateTime"),
        typed("2021-05-15T24:00:00.5", "dateTime"), typed("012021-05-15T12:00:00", "dateTime"),
        typed("12021-02-29T12:00:00", "dateTime"),
    ],
    ids=str,
)  # fmt: skip
def test_a_text_outside_of_its_lexical_space(literal: Literal) -> None:
    with pytest.raises(IllTyped):
        value_of(literal)


def test_other_datatypes_have_no_known_value() -> None:
    assert value_of(typed("2021", "gYear")) is None
    assert value_of(typed("2021-05-15", "date")) is None
    assert not has_value_space(XSD["date"])


MEMBERS = [
    ("integer", typed("5.0", "decimal"), True),
    ("integer", typed("5.5", "decimal"), False),
    ("byte", typed("127", "integer"), True),
    ("byte", typed("128", "integer"), False),
    ("decimal", typed("5", "integer"), True),
    ("double", typed("5", "integer"), False),
    ("string", Literal("Щит", language="ru"), False),
    ("language", Literal("ru"), True),
    ("dateTimeStamp", typed("2021-05-15T12:00:00Z", "dateTime"), True),
    ("dateTimeStamp", typed("2021-05-15T12:00:00", "dateTime"), False),
]


@pytest.mark.parametrize(("datatype", "literal", "belongs"), MEMBERS, ids=str)
def test_which_values_belong_to_a_datatype(datatype: str, literal: Literal, belongs: bool) -> None:
    value = value_of(literal)
    assert value is not None
    assert in_value_space(value, XSD[datatype]) == belongs


@given(st.text(max_size=20), st.sampled_from(["string", "integer", "double", "dateTime", "token", "base64Binary"]))
def test_a_value_belongs_to_its_own_datatype_and_to_the_literals(text: str, datatype: str) -> None:
    try:
        value = value_of(typed(text, datatype))
    except IllTyped:
        return
    assert value is not None
    assert in_value_space(value, XSD[datatype])
    assert in_value_space(value, RDFS["Literal"])
    assert in_value_space(value, RDF["PlainLiteral"]) == (datatype in ("string", "token"))
