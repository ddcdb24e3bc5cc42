"""Columns are the triples of the default graph, told by codes."""

from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse, serialize

from graph.columns import Columns, Kind, Relation, relation
from graph.columns.relation import Pairs, columns_of, packed
from ontology import XSD

EX = "https://example.org/"
WORDS = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=4)
IRIS = st.sampled_from("abcdef").map(lambda name: NamedNode(EX + name))
LITERALS = st.one_of(
    WORDS.map(Literal),
    st.sampled_from(["x", ""]).map(lambda text: Literal(text, language="kk")),
    st.integers(-(2**70), 2**70).map(lambda number: Literal(str(number), datatype=NamedNode(XSD["integer"]))),
    st.sampled_from(["01", "x", "-0", "+5", " 7"]).map(lambda t: Literal(t, datatype=NamedNode(XSD["integer"]))),
    st.dates().map(lambda day: Literal(str(day), datatype=NamedNode(XSD["date"]))),
    st.sampled_from(["2021-02-30", "2021-02-03Z", "0000-01-01", "-0044-03-15", "12021-01-01", "x"]).map(
        lambda text: Literal(text, datatype=NamedNode(XSD["date"]))
    ),
    st.sampled_from(["1.5", "1.50"]).map(lambda text: Literal(text, datatype=NamedNode(XSD["decimal"]))),
)
PLAIN = st.one_of(IRIS, st.sampled_from("xy").map(BlankNode), LITERALS)
TRIPLES = st.builds(
    Triple,
    st.one_of(IRIS, st.sampled_from("xy").map(BlankNode)),
    IRIS,
    st.one_of(PLAIN, st.builds(Triple, IRIS, IRIS, PLAIN)),
)


def told(columns: Columns) -> set[Triple]:
    """All triples, by the columns sorted by subject."""
    lines = []
    for predicate in columns.predicates.tolist():
        relation = columns.relation(predicate)
        assert relation is not None
        name = columns.notations(np.array([predicate], dtype=np.int32))[0]
        for s, o in zip(*map(columns.notations, relation.by_subject), strict=True):
            lines.append(f"{s} {name} {o} .\n")
    return {quad.triple for quad in parse("".join(lines), RdfFormat.N_TRIPLES)}


def store_of(triples: Iterable[Triple]) -> Store:
    rdf = Store()
    rdf.extend(Quad(triple.subject, triple.predicate, triple.object, DefaultGraph()) for triple in triples)
    rdf.add(Quad(NamedNode(EX + "a"), NamedNode(EX + "elsewhere"), Literal("x"), NamedNode(EX + "graph")))
    return rdf


def notation(term: NamedNode | BlankNode | Literal | Triple) -> str:
    line = serialize([Triple(NamedNode(EX), NamedNode(EX), term)], format=RdfFormat.N_TRIPLES) or b""
    return line.decode().removeprefix(f"<{EX}> <{EX}> ").removesuffix(" .\n")


def held(rdf: Store) -> set[Triple]:
    return {quad.triple for quad in rdf.quads_for_pattern(None, None, None, DefaultGraph())}


@settings(deadline=None, max_examples=50)
@given(st.lists(TRIPLES, max_size=12))
def test_columns_hold_the_triples_of_the_default_graph(triples: list[Triple]) -> None:
    rdf = store_of(triples)
    assert told(Columns.of(rdf)) == held(rdf)


@settings(deadline=None, max_examples=50)
@given(st.lists(TRIPLES, max_size=12))
def test_both_orders_are_sorted_and_hold_the_same(triples: list[Triple]) -> None:
    columns = Columns.of(store_of(triples))
    for predicate in columns.predicates.tolist():
        relation = columns.relation(predicate)
        assert relation is not None
        by_subject, by_object = (list(zip(*map(np.ndarray.tolist, o), strict=True))
                                 for o in (relation.by_subject, relation.by_object))  # fmt: skip
        assert by_subject == sorted(set(by_subject)) and by_object == sorted(set(by_object))
        assert {(s, o) for o, s in by_object} == set(by_subject)
        assert len(relation) == len(by_subject)


@settings(deadline=None, max_examples=50)
@given(st.lists(TRIPLES, max_size=12))
def test_a_term_is_found_by_the_notation_that_the_engine_writes(triples: list[Triple]) -> None:
    rdf = store_of(triples)
    columns = Columns.of(rdf)
    terms = {notation(term) for triple in held(rdf) for term in triple}
    codes = {term: columns.code(term) for term in terms}
    assert set(codes.values()) == set(range(columns.count))
    assert columns.notations(np.arange(columns.count, dtype=np.int32)) == sorted(codes, key=lambda t: codes[t] or 0)
    assert columns.code(f"<{EX}nowhere>") is None
    assert columns.code('"\ud800"') is None


@pytest.mark.parametrize(
    ("notation", "kind", "value"),
    [
        (f"<{EX}a>", Kind.IRI, 0),
        ("_:x", Kind.BLANK, 0),
        ('"x"', Kind.STRING, 0),
        ('"\\"^^<x>"', Kind.STRING, 0),
        ('"x"@kk', Kind.OTHER, 0),
        (f'"-17"^^<{XSD["integer"]}>', Kind.INTEGER, -17),
        (f'"{2**53 - 1}"^^<{XSD["integer"]}>', Kind.INTEGER, 2**53 - 1),
        (f'"{2**53}"^^<{XSD["integer"]}>', Kind.OTHER, 0),
        (f'"1970-01-02"^^<{XSD["date"]}>', Kind.DATE, 1),
        (f'"0001-01-01"^^<{XSD["date"]}>', Kind.DATE, -719162),
        (f'"2021-02-29"^^<{XSD["date"]}>', Kind.OTHER, 0),
        (f'"2021-02-03Z"^^<{XSD["date"]}>', Kind.OTHER, 0),
        (f'"0000-01-01"^^<{XSD["date"]}>', Kind.OTHER, 0),
        (f"<<( <{EX}a> <{EX}b> <{EX}c> )>>", Kind.OTHER, 0),
    ],
)
def test_kinds_of_terms(notation: str, kind: Kind, value: int) -> None:
    rdf = Store()
    rdf.load(f"<{EX}s> <{EX}p> {notation} .".encode(), RdfFormat.N_TRIPLES)
    columns = Columns.of(rdf)
    [predicate] = columns.predicates.tolist()
    relation = columns.relation(predicate)
    assert relation is not None
    code = relation.by_subject[1][0]
    assert (columns.kinds[code], columns.values[code]) == (kind, value)


def test_arrays_cannot_be_written_to() -> None:
    columns = Columns.of(store_of([Triple(NamedNode(EX + "a"), NamedNode(EX + "b"), Literal("c"))]))
    relation = columns.relation(int(columns.predicates[0]))
    assert relation is not None
    for array in (columns.kinds, columns.values, *relation.by_subject, *relation.by_object):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_an_empty_graph_has_no_relations() -> None:
    columns = Columns.of(Store())
    assert columns.count == len(columns.predicates) == 0
    assert columns.code('"x"') is None and columns.relation(0) is None


PAIRS = st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=12)


def packed_pairs(pairs: set[tuple[int, int]]) -> Pairs:
    return np.array(sorted(packed(*pair) for pair in pairs), dtype=np.int64)


@settings(deadline=None)
@pytest.mark.parametrize("many", [0, 1_000])
@given(began=PAIRS, steps=st.lists(st.tuples(PAIRS, PAIRS), max_size=3))
def test_a_relation_that_followed_changes_is_what_they_make_of_it(
    many: int, began: set[tuple[int, int]], steps: list[tuple[set[tuple[int, int]], set[tuple[int, int]]]]
) -> None:
    turned = {(second, first) for first, second in began}
    changed = Relation(columns_of(packed_pairs(began)), columns_of(packed_pairs(turned)))
    for come, gone in steps:
        changed = changed.followed(packed_pairs(come), packed_pairs(gone))
        began = (began - gone) | come
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(relation, "_MANY", many)
        assert bool(changed) is bool(began)
        assert len(changed) == len(began)
        assert list(zip(*map(np.ndarray.tolist, changed.by_subject), strict=True)) == sorted(began)
        assert list(zip(*map(np.ndarray.tolist, changed.by_object), strict=True)) == sorted((o, s) for s, o in began)
    assert {column.dtype for column in (*changed.by_subject, *changed.by_object)} == {np.dtype(np.int32)}
