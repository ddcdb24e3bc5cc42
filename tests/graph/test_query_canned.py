"""Canned queries: what their heads may say, and how parameters are bound."""

from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from graph.errors import BadInput, NotFound
from graph.query.canned import CannedQuery, MalformedQueryFile, find, parse, read_folder
from ontology import ID, XSD, concept, entity

HEAD = """# title: Exercises of a state
# title@ru: Учения государства
# description: One row per exercise;
# description: the newest first.
# group: exercises
# param state: iri mc:State = id:state/KAZ
# param-label state: State
# param-label state@ru: Государство
# param from: date?
# example-rows: 2
"""


def echo(declaration: str) -> CannedQuery:
    """A query that gives back the values of its parameter `x`."""
    return parse("echo", f"# title: Echo\n# param x: {declaration}\nSELECT ?x WHERE {{ }}")


def bound(query: CannedQuery, **values: str) -> list[object]:
    solutions = Store().query(query.bind(values))
    assert isinstance(solutions, QuerySolutions)
    return [row["x"] for row in solutions]


def test_a_query_file_describes_itself() -> None:
    query = parse("exercises-of-state", HEAD + "SELECT * WHERE { }")

    assert query.title() == "Exercises of a state"
    assert query.title("ru") == "Учения государства"
    assert query.title("kk") == query.title(), "English where there is no text in the language"
    assert query.description("ru") == "One row per exercise; the newest first."
    assert (query.group, query.example_rows, query.form) == ("exercises", 2, "SELECT")
    state, since = query.parameters
    assert (state.name, state.type, state.classes, state.default) == ("state", "iri", ("mc:State",), "id:state/KAZ")
    assert (state.label(), state.label("ru"), since.label("ru")) == ("State", "Государство", "from")
    assert (state.optional, since.optional) == (False, True)


@pytest.mark.parametrize(
    ("declaration", "value", "terms"),
    [
        ("iri mc:State", "KAZ", [NamedNode(entity("state", "KAZ"))]),
        ("iri mc:State", "id:state/KAZ", [NamedNode(entity("state", "KAZ"))]),
        ("iri mc:State", f"<{ID}state/KAZ>", [NamedNode(entity("state", "KAZ"))]),
        ("iri", "http://example.org/x", [NamedNode("http://example.org/x")]),
        ("iri mc:Exercise", "Щит-2021", [NamedNode(entity("exercise", "Щит-2021"))]),
        (
            "iri mc:State mc:Organization",
            "SCO",
            [NamedNode(entity("state", "SCO")), NamedNode(entity("organization", "SCO"))],
        ),
        ("concept domain", "air defence", [NamedNode(concept("domain", "air defence"))]),
        ("concept role", "military attaché", [NamedNode(concept("role", "military attaché"))]),
        ("date", "2021-09-30", [Literal("2021-09-30", datatype=NamedNode(XSD["date"]))]),
        ("year", "2021", [Literal(2021)]),
        ("integer", "-3", [Literal(-3)]),
        ("string", "ru", [Literal("ru")]),
    ],
)
def test_a_value_becomes_a_term_of_its_type(declaration: str, value: str, terms: list[object]) -> None:
    assert bound(echo(declaration), x=value) == terms


@pytest.mark.parametrize(
    ("declaration", "value"),
    [
        ("date", "2021"), ("date", "2021-02-30"), ("date", "today"), ("year", "21"), ("year", "2021-01"),
        ("integer", "1.5"), ("integer", "٣"), ("iri", "KAZ"), ("iri", "<a b>"), ("iri", "id:a b"),
        ("iri mc:State", "<no scheme>"),
    ],
)  # fmt: skip
def test_a_value_of_another_type_is_refused_by_the_parameters_name(declaration: str, value: str) -> None:
    with pytest.raises(BadInput, match="'x'"):
        echo(declaration).bind({"x": value})


@given(st.text())
def test_whatever_a_string_holds_it_is_only_a_value(value: str) -> None:
    query = echo("string?")

    assert bound(query, x=value) == [Literal(value.strip()) if value.strip() else None]


@given(st.text(min_size=1))
def test_whatever_a_name_holds_it_is_only_an_iri_or_refused(value: str) -> None:
    try:
        terms = bound(echo("iri? mc:State"), x=value)
    except BadInput:
        return
    assert len(terms) == 1


def test_defaults_count_where_no_value_is_given() -> None:
    assert bound(echo("year = 2021")) == [Literal(2021)]
    assert bound(echo("year? = 2021"), x="") == [None], "an empty value takes an optional default away"


def test_unknown_and_missing_parameters_are_named() -> None:
    query = parse("exercises", HEAD.replace(" = id:state/KAZ", "") + "SELECT * WHERE { }")

    with pytest.raises(BadInput, match="needs a value for its parameter 'state'"):
        query.bind({})
    with pytest.raises(BadInput, match="no parameter 'form'; did you mean 'from'"):
        query.bind({"state": "KAZ", "form": "2020-01-01"})


def test_values_are_bound_in_the_outermost_where_and_where_the_text_asks_for_it() -> None:
    query = parse(
        "nested",
        """# title: Nested
# param x: integer
SELECT ?x ?y # WHERE {
WHERE {
  { SELECT ("WHERE {" AS ?w) (?x + 1 AS ?y) WHERE { # bind x
  } }
}""",
    )

    solutions = Store().query(query.bind({"x": "1"}))
    assert isinstance(solutions, QuerySolutions)
    assert [(row["x"], row["y"]) for row in solutions] == [(Literal(1), Literal(2))]
    assert query.bind({"x": "1"}).count("\n") == query.text.count("\n"), "lines keep their numbers"


COMPARED = """# title: Names
# param lang: string?
SELECT ?x ?name ?other ?lang WHERE {
  VALUES ?x { <e:a> <e:b> }
  OPTIONAL { # bind lang
    %s
  }
}"""


@pytest.mark.parametrize(
    ("block", "in_its_place"),
    [
        ("?x <e:name> ?name . FILTER(LANG(?name) = ?lang)", True),
        ("?x <e:of> ?y OPTIONAL { ?y <e:name> ?name FILTER(?lang = 'ru' || LANG(?name) = ?lang) }", False),
        ("?x <e:of> ?y OPTIONAL { ?y <e:name> ?name FILTER(LANG(?name) = ?lang) } BIND(STR(?name) AS ?other)", True),
        ("?x <e:name> ?name . FILTER(BOUND(?lang) && LANG(?name) = ?lang)", False),
        ("?x <e:language> ?lang", False),
        ("{ SELECT ?name ?lang { ?x <e:name> ?name FILTER(LANG(?name) = ?lang) } }", False),
    ],
)
def test_a_value_that_an_optional_only_compares_with_stands_in_its_place(block: str, in_its_place: bool) -> None:
    query = parse("names", COMPARED % block)
    store = Store()
    store.update(
        """INSERT DATA { <e:a> <e:name> "a"@en, "а"@ru ; <e:of> <e:b> ; <e:language> "ru" .
        <e:b> <e:name> "b"@en, "б"@ru ; <e:of> <e:a> ; <e:language> "en" }"""
    )

    assert query.bind({"lang": "ru"}).count("VALUES ?lang") == (1 if in_its_place else 2)
    for language in ("ru", "en", "kk", ""):
        # What it means: the value is there wherever the text asks for it.
        clause = f'VALUES ?lang {{ "{language}" }}' if language else ""
        meant = query.text.replace("WHERE {", "WHERE { " + clause, 1).replace("# bind lang", clause)
        answers = [store.query(text) for text in (query.bind({"lang": language}), meant)]
        found, expected = (sorted(str(row) for row in cast(QuerySolutions, answer)) for answer in answers)
        assert found == expected


def test_a_construct_is_bound_in_its_where_and_not_in_its_template() -> None:
    query = parse("c", "# title: C\n# param x: iri\nCONSTRUCT { ?x a ?x } WHERE { }")

    assert query.form == "CONSTRUCT"
    assert [t.subject for t in Store().query(query.bind({"x": "http://e.org/x"}))] == [  # type: ignore[union-attr]
        NamedNode("http://e.org/x")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * WHERE { }",
        "# title: T\nSELECT * { }",
        "# title: T\n# param x: colour\nSELECT * WHERE { }",
        "# title: T\n# param x: concept\nSELECT * WHERE { }",
        "# title: T\n# tilte@ru: Т\nSELECT * WHERE { }",
        "# title: T\n# example-rows: many\nSELECT * WHERE { }",
        "# title: T\n# param-label x: X\nSELECT * WHERE { }",
    ],
)
def test_a_malformed_head_is_told(text: str) -> None:
    with pytest.raises(MalformedQueryFile, match="'broken'"):
        parse("broken", text)


def test_a_default_of_another_type_is_told_when_the_file_is_read() -> None:
    with pytest.raises(BadInput, match="'x'"):
        echo("date = someday")


def test_a_folder_is_read_by_file_names_and_again_when_a_file_changes(tmp_path: Path) -> None:
    (tmp_path / "b.rq").write_text("# title: B\nSELECT * WHERE { }", encoding="utf-8")
    (tmp_path / "a.rq").write_text("# title: A\nSELECT * WHERE { }", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("no query", encoding="utf-8")
    assert list(read_folder(tmp_path)) == ["a", "b"]

    (tmp_path / "c.rq").write_text("# title: C\nSELECT * WHERE { }", encoding="utf-8")
    assert list(read_folder(tmp_path)) == ["a", "b", "c"]


def test_an_unknown_name_brings_the_nearest_one() -> None:
    query = parse("exercises-by-year", "# title: T\nSELECT * WHERE { }")

    assert find({query.name: query}, query.name) is query
    with pytest.raises(NotFound, match="did you mean 'exercises-by-year'"):
        find({query.name: query}, "exercise-by-year")
