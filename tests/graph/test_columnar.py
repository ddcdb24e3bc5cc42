"""What is answered from columns is what the engine answers: the same solutions as often, spelled alike."""

import json
from collections import Counter, defaultdict
from pathlib import Path
from string import Template

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, QueryResultsFormat
from pyoxigraph import Store as Triples

from graph.columns import Columns
from graph.query import QueryRequest, evaluate
from graph.query.columnar import answered
from graph.query.columnar.reader import selection_of
from graph.query.request import NO_LIMITS
from ontology import MC, RDF, XSD
from tests.shared import shared
from tests.w3c.cases import cases
from tests.w3c.comparison import graph_of

EX = "http://example.org/"
PREFIXES = {"e": EX, "xsd": XSD[""]}
JSON = QueryResultsFormat.JSON
QUERIES = Path(__file__).resolve().parents[2] / "bench" / "endpoint" / "queries"


def iri(name: str) -> NamedNode:
    return NamedNode(EX + name)


def typed(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=NamedNode(XSD[datatype]))


THINGS = [iri(name) for name in "abcd"]
PROPERTIES = [iri(name) for name in "pqr"]
KNOWN = [
    *(typed(str(number), "integer") for number in (-3, 0, 1, 2, 10)),
    *(typed(date, "date") for date in ("2020-01-31", "2021-12-01", "0999-02-03")),
    *map(Literal, ("", "a", "b", "2020-01-31", "é\n\"\\\t", " x ")),
]  # fmt: skip
ODD = [
    Literal("a", language="en"), Literal("b", language="en-gb"), typed("1.5", "decimal"), typed("1", "double"),
    typed("2020-01-31Z", "date"), typed("2020-02-31", "date"), typed("05", "integer"), typed("2020", "gYear"),
    typed("true", "boolean"), typed("2020-01-31T00:00:00", "dateTime"), typed("1", "int"),
    typed("123456789012345678901234567890", "integer"), Literal("x", datatype=iri("odd")),
]  # fmt: skip
BLANKS = [BlankNode("one"), BlankNode("two")]


@st.composite
def graphs(draw: st.DrawFn) -> list[Quad]:
    objects = [*THINGS, *KNOWN]
    subjects: list[NamedNode | BlankNode] = [*THINGS]
    if draw(st.booleans()):
        objects += draw(st.lists(st.sampled_from(ODD), max_size=3))
        subjects += BLANKS
    triple = st.builds(
        Quad,
        st.sampled_from(subjects),
        st.sampled_from([*PROPERTIES, NamedNode(RDF["type"])]),
        st.sampled_from([*objects, *subjects]),
        st.sampled_from([DefaultGraph(), DefaultGraph(), DefaultGraph(), iri("a"), iri("g")]),
    )
    return draw(st.lists(triple, max_size=40))


VARIABLES = [f"?{name}" for name in "xyzvw"]
TERMS = [
    "e:a",
    "e:b",
    "<http://example.org/c>",
    "e:missing",
    "1",
    "-3",
    "1.50",
    '"a"',
    '"2020-01-31"^^xsd:date',
    "true",
]


def variables() -> st.SearchStrategy[str]:
    return st.sampled_from(VARIABLES)


@st.composite
def triples(draw: st.DrawFn) -> str:
    subject = draw(st.one_of(variables(), variables(), st.sampled_from(TERMS[:3])))
    verb = draw(
        st.sampled_from(["e:p", "e:q", "e:r", "a", "e:p", "e:q", "e:r", "e:none", "?v", "^e:p", "e:p/e:q", "e:p|e:q",
                         "e:p+", "e:q*", "e:r?", "e:p?", "^e:p+"])
    )  # fmt: skip
    goal = draw(st.one_of(variables(), variables(), st.sampled_from(TERMS)))
    more = draw(st.sampled_from(["", "", f", {draw(variables())}", f" ; e:q {draw(variables())}"]))
    return f"{subject} {verb} {goal}{more} ."


OPERANDS = st.one_of(variables(), variables(), st.sampled_from(TERMS))


def expressions() -> st.SearchStrategy[str]:
    values = st.one_of(
        OPERANDS,
        OPERANDS.map(lambda one: f"YEAR({one})"),
        st.builds("{}({})".format, st.sampled_from(["MONTH", "DAY", "STR", "LANG"]), variables()),
        st.builds("COALESCE({}, {})".format, OPERANDS, OPERANDS),
        st.builds("({} {} {})".format, OPERANDS, st.sampled_from("+-*/"), OPERANDS),
        st.builds("STRLEN(STR({}))".format, OPERANDS),
        st.builds('REPLACE(STR({}), "^.*/", "")'.format, OPERANDS),
        st.builds("CONCAT(STR({}), {})".format, OPERANDS, OPERANDS),
        st.builds("{}({}, {})".format, st.sampled_from(["CONTAINS", "STRSTARTS", "SUBSTR"]), OPERANDS, OPERANDS),
        st.builds("IF({} = {}, {}, {})".format, OPERANDS, OPERANDS, OPERANDS, OPERANDS),
    )
    simple = st.one_of(
        st.builds("({} {} {})".format, values, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), values),
        st.builds("({} IN ({}, {}))".format, values, OPERANDS, OPERANDS),
        st.builds("({} NOT IN ({}))".format, values, OPERANDS),
        variables().map(lambda one: f"BOUND({one})"),
        st.builds("{}({})".format, st.sampled_from(["isIRI", "isBlank", "isLiteral"]), values),
        st.builds("sameTerm({}, {})".format, values, values),
        values,
    )
    return st.one_of(
        simple,
        simple.map(lambda one: f"(!{one})"),
        st.builds("({} {} {})".format, simple, st.sampled_from(["&&", "||"]), simple),
    )


@st.composite
def groups(draw: st.DrawFn, depth: int = 2) -> str:
    parts = draw(st.lists(triples(), min_size=depth == 2, max_size=3))
    kinds = [
        "FILTER",
        "BIND",
        "VALUES",
        "OPTIONAL",
        "MINUS",
        "UNION",
        "EXISTS",
        "NOT EXISTS",
        "SELECT",
        "WIDE",
        "GRAPH",
    ]
    for kind in draw(st.lists(st.sampled_from(kinds), max_size=2 if depth else 1)):
        match kind:
            case "FILTER":
                parts.append(f"FILTER ({draw(expressions())})")
            case "BIND":
                parts.append(f"BIND ({draw(expressions())} AS ?n{len(parts)}{depth})")
            case "VALUES":
                parts.insert(draw(st.integers(0, len(parts))), f"VALUES {draw(variables())} {{ e:a 1 e:b e:a }}")
            case "WIDE":
                parts.insert(draw(st.integers(0, len(parts))), "VALUES (?x ?y) { (e:a e:b) (UNDEF 1) (e:b e:c) }")
            case "GRAPH":
                parts.append(f"GRAPH {draw(st.sampled_from(['?x', '?g', 'e:g', 'e:none']))} {{ {draw(triples())} }}")
            case _ if not depth:
                continue
            case "UNION":
                parts.append(f"{draw(groups(depth - 1))} UNION {draw(groups(depth - 1))}")
            case "SELECT":
                distinct = draw(st.sampled_from(["", "DISTINCT "]))
                parts.append(f"{{ SELECT {distinct}{draw(variables())} {draw(groups(depth - 1))} }}")
            case "EXISTS" | "NOT EXISTS":
                parts.append(f"FILTER {kind} {draw(groups(depth - 1))}")
            case _:
                parts.append(f"{kind} {draw(groups(depth - 1))}")
    return f"{{ {' '.join(parts)} }}"


@st.composite
def queries(draw: st.DrawFn) -> str:
    group = draw(groups())
    if draw(st.booleans()):
        shown = draw(st.sampled_from(["*", "?x", "?x ?y", "DISTINCT ?x", "DISTINCT ?x ?y", "?x ?nowhere"]))
        extra = draw(st.sampled_from(["", "", f" ({draw(expressions())} AS ?extra)"])) if shown[-1] != "*" else ""
        return f"SELECT {shown}{extra} WHERE {group}"
    keys = draw(st.sampled_from([[], ["?x"], ["?x", "?y"], ["?z"]]))
    function = st.sampled_from(["COUNT({})", "COUNT(DISTINCT {})", "SUM({})", "MIN({})", "MAX({})", "AVG({})"])
    aggregates = [
        draw(st.one_of(st.just("COUNT(*)"), st.builds(str.format, function, variables())))
        for _ in range(draw(st.integers(1, 2)))
    ]
    shown = " ".join([*keys, *(f"({one} AS ?n{n})" for n, one in enumerate(aggregates))])
    behind = f" GROUP BY {' '.join(keys)}" if keys else ""
    having = draw(st.sampled_from(["", "", " HAVING (COUNT(*) > 1)"]))
    return f"SELECT {shown} {group}{behind}{having}"


def rows(body: bytes) -> Counter[str]:
    return Counter(json.dumps(row, sort_keys=True) for row in json.loads(body)["results"]["bindings"])


def the_engines(rdf: Triples, text: str, format: str = "json") -> bytes:
    """What the engine says, with the corrections that its answers need."""
    return evaluate(rdf, QueryRequest(text, prefixes=PREFIXES), format).body


@settings(max_examples=300, deadline=None)
@given(graphs(), queries())
def test_the_solutions_are_those_of_the_engine(graph: list[Quad], text: str) -> None:
    rdf = Triples()
    rdf.extend(graph)
    found = answered(text, PREFIXES, Columns.of(rdf), JSON, NO_LIMITS, rdf)
    event("answered" if found else "left to the engine")
    if found is not None:
        body = found.body
        expected = the_engines(rdf, text)
        assert rows(body) == rows(expected)
        assert json.loads(body)["head"] == json.loads(expected)["head"]
        assert found.rows == len(json.loads(body)["results"]["bindings"])


@settings(max_examples=200, deadline=None)
@given(graphs(), st.lists(st.sampled_from(["?y", "DESC(?y)", "?x", "DESC(?x)", "(STR(?y))"]), min_size=1, max_size=2),
       st.sampled_from(["", " LIMIT 3", " OFFSET 2", " LIMIT 2 OFFSET 1"]))  # fmt: skip
def test_solutions_are_in_the_order_of_the_engine(graph: list[Quad], keys: list[str], part: str) -> None:
    rdf = Triples()
    rdf.extend(graph)
    text = f"SELECT ?x ?y {{ ?x e:p ?y }} ORDER BY {' '.join(keys)} ?x ?y{part}"
    found = answered(text, PREFIXES, Columns.of(rdf), JSON, NO_LIMITS)
    event("answered" if found else "left to the engine")
    assert found is None or found.body == the_engines(rdf, text)


@settings(max_examples=100, deadline=None)
@given(graphs(), st.sampled_from(["", "DISTINCT "]))
def test_texts_are_put_together_in_their_order(graph: list[Quad], distinct: str) -> None:
    rdf = Triples()
    rdf.extend(graph)
    text = f'SELECT ?x (GROUP_CONCAT({distinct}STR(?y); SEPARATOR="|") AS ?all) {{ ?x e:p ?y }} GROUP BY ?x'
    found = answered(text, PREFIXES, Columns.of(rdf), JSON, NO_LIMITS)
    assert found is None or texts_of(found.body) == {
        thing: sorted(texts) for thing, texts in texts_of(the_engines(rdf, text)).items()
    }


def texts_of(body: bytes) -> dict[str, list[str]]:
    """The texts that were put together, by the thing that they are of."""
    return {
        row["x"]["value"]: row["all"]["value"].split("|") if "all" in row else []
        for row in json.loads(body)["results"]["bindings"]
    }


@pytest.mark.parametrize("file", sorted(QUERIES.glob("*.rq")), ids=lambda file: file.stem)
def test_the_queries_of_the_benchmark_are_answered(file: Path) -> None:
    values = defaultdict(lambda: EX + "thing", year="2020", later="2022")
    text = Template(file.read_text("utf-8")).substitute(values)
    assert selection_of(text, {**PREFIXES, "mc": MC[""]}) is not None


def test_cases_of_the_w3c_have_the_results_of_the_engine() -> None:
    shared("w3c")
    found = 0
    for case in cases("QueryEvaluationTest"):
        rdf = Triples()
        for file in case.before.default:
            rdf.extend(Quad(one.subject, one.predicate, one.object, DefaultGraph()) for one in graph_of(file))
        text = case.text.read_text("utf-8")
        result = answered(text, {}, Columns.of(rdf), JSON, NO_LIMITS)
        if result is not None:
            found += 1
            assert rows(result.body) == rows(evaluate(rdf, QueryRequest(text), "json").body), case.id
    assert found > 50
