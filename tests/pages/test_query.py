"""The query page: the editor with its completion, errors at their place, answers by shape, addresses to share."""

from urllib.parse import quote

import pytest

from .conftest import Visit, Visiting

pytest.importorskip("playwright.sync_api", reason="pip install playwright")
from playwright.sync_api import expect

STATES = """SELECT ?state ?stateName (COUNT(?x) AS ?n) WHERE {
  ?x mc:hasParticipant ?state . ?state a mc:State ; rdfs:label ?stateName FILTER (lang(?stateName) = "en")
} GROUP BY ?state ?stateName ORDER BY DESC(?n) ?state"""
MANY = "SELECT ?s ?o ?x WHERE { ?s rdfs:label ?o . ?x a mc:State } LIMIT 100000"
EDITOR = ".code .cm-content"


def write(visit: Visit, text: str) -> None:
    page = visit.page
    page.locator(EDITOR).click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(text)


def test_a_query_is_run_in_place_and_its_address_can_be_shared(visiting: Visiting) -> None:
    visit = visiting("/sparql?lang=ru")
    write(visit, STATES)
    visit.page.keyboard.press("Control+Enter")
    rows = visit.page.locator('.virtual [role="row"].row')
    expect(rows.first).to_contain_text("state:KAZ")
    address = visit.path()
    assert address.startswith("/sparql?lang=ru&query=SELECT")
    other = visiting(address)
    expect(other.page.locator(".virtual .row")).to_have_count(rows.count())


def test_on_a_phone_the_columns_of_an_answer_stand_below_each_other(visiting: Visiting) -> None:
    visit = visiting("/sparql?query=" + quote(STATES), phone=True)
    rows = visit.page.locator(".virtual .row")
    rows.first.wait_for()
    places = rows.evaluate_all("rows => rows.map(row => [...row.children].map(cell => Math.round(cell.offsetLeft)))")
    assert len(places) > 10
    assert len({tuple(row) for row in places}) == 1


def test_triples_are_text_rows_and_a_graph(visiting: Visiting) -> None:
    query = "CONSTRUCT { ?a mc:cooperatesWith ?b . ?a rdfs:label ?n } WHERE { ?a mc:cooperatesWith ?b ; rdfs:label ?n }"
    visit = visiting("/sparql?query=" + quote(query))
    visit.page.locator("pre.turtle").wait_for()
    visit.page.click('[data-view="table"]')
    visit.page.locator(".virtual .row").first.wait_for()
    expect(visit.page.locator(".virtual")).to_contain_text("mc:cooperatesWith")
    expect(visit.page.locator(".virtual")).to_contain_text("Казахстан")
    visit.page.click('[data-view="graph"]')
    visit.page.locator("svg.graph circle").first.wait_for()
    expect(visit.page.locator("svg.graph line").nth(2)).to_be_attached()
    titles = visit.page.locator("svg.graph title").all_text_contents()
    assert "Kazakhstan" in titles, "things have the names that the triples give them"
    assert not any("state:" in title for title in titles)


def test_back_brings_the_query_before(visiting: Visiting) -> None:
    visit = visiting("/sparql?query=" + quote("ASK { }"))
    visit.page.locator(".boolean").wait_for()
    write(visit, "SELECT ?x WHERE { ?x a mc:State } LIMIT 3")
    visit.page.click(".tools button")
    visit.page.locator(".virtual .row").first.wait_for()
    visit.page.go_back()
    visit.page.locator(".boolean").wait_for()
    expect(visit.page.locator(EDITOR)).to_contain_text("ASK")


def test_an_error_is_marked_at_its_place(visiting: Visiting) -> None:
    visit = visiting("/sparql")
    write(visit, "SELECT ?x WHERE {\n  ?x a mc:State .\n  ?x foo ?y\n}")
    visit.page.keyboard.press("Control+Enter")
    expect(visit.page.locator(".error")).to_contain_text("line 3")
    expect(visit.page.locator(".code .cm-lint-marker-error")).to_have_count(1)
    visit.faults.clear()  # the browser tells of the 400 itself


@pytest.mark.parametrize(
    ("typed", "offered", "written"),
    [
        ("SELECT * WHERE { ?x a Exerc", "mc:Exercise", "mc:Exercise"),
        ("SELECT * WHERE { ?x mc:hasPart", "mc:hasParticipant", "mc:hasParticipant"),
        ("SELECT * WHERE { ?x mc:hasParticipant Kazakhst", "Kazakhstan", "<https://w3id.org/milcoop/id/state/KAZ>"),
        ("SELECT ?activity WHERE { ?act", "?activity", "?activity"),
    ],
)
def test_words_are_completed_from_the_graph(visiting: Visiting, typed: str, offered: str, written: str) -> None:
    visit = visiting("/sparql")
    write(visit, typed[:-1])
    visit.page.keyboard.type(typed[-1])
    option = visit.page.locator(".cm-tooltip-autocomplete li", has_text=offered).first
    option.wait_for()
    option.click()
    expect(visit.page.locator(EDITOR)).to_contain_text(written)


def test_a_hundred_thousand_rows_are_held_and_few_are_in_the_document(visiting: Visiting) -> None:
    visit = visiting("/sparql")
    write(visit, MANY)
    visit.page.keyboard.press("Control+Enter")
    table = visit.page.locator('.virtual[aria-rowcount="100001"]')
    table.wait_for()
    table.evaluate("box => { box.scrollTop = box.scrollHeight }")
    visit.page.locator('.virtual .row[aria-rowindex="100001"]').wait_for()
    assert visit.page.locator(".virtual .row").count() < 100


def test_a_heading_sorts(visiting: Visiting) -> None:
    visit = visiting("/sparql?query=" + quote(STATES))
    visit.page.locator(".virtual .row").first.wait_for()
    visit.page.locator(".virtual .head button", has_text="stateName").click()
    visit.page.locator('.virtual [role="columnheader"][aria-sort="ascending"]').wait_for()
    names = visit.page.locator('.virtual .row [role="cell"]:nth-child(2)').all_inner_texts()
    assert names == sorted(names)


@pytest.mark.parametrize(
    ("query", "view", "drawn"),
    [
        (STATES, "bars", "svg.bars rect"),
        (STATES, "map", "svg path.land[class*=share-]"),
        ("SELECT ?x ?date WHERE { ?x mc:earliestStart ?date }", "timeline", "ol.timeline li li"),
        ("SELECT ?a ?s WHERE { ?a mc:hasParticipant ?s }", "graph", "svg.graph line"),
        ("SELECT ?place ?lat ?long WHERE { ?place geo:lat ?lat ; geo:long ?long } LIMIT 50", "map", "svg circle.spot"),
    ],
)
def test_the_shape_of_an_answer_gives_its_views(visiting: Visiting, query: str, view: str, drawn: str) -> None:
    geo = "PREFIX geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> "
    visit = visiting("/sparql?query=" + quote(geo + query if "geo:" in query else query))
    visit.page.click(f'.tabs [data-view="{view}"]')
    expect(visit.page.locator(f".canvas {drawn}").nth(1)).to_be_attached()
    assert not visit.overflows()


_COVERING = """() => {
  const all = [...document.querySelectorAll(".graph text")];
  const seen = all.filter(one => getComputedStyle(one).visibility === "visible");
  const boxes = seen.map(one => one.getBoundingClientRect());
  return boxes.flatMap((a, i) => boxes.slice(i + 1).filter(b =>
    a.left < b.right - 2 && b.left < a.right - 2 && a.top < b.bottom - 6 && b.top < a.bottom - 6)).length;
}"""


@pytest.mark.parametrize("phone", [False, True])
def test_names_in_a_graph_do_not_cover_each_other(visiting: Visiting, phone: bool) -> None:
    pairs = "CONSTRUCT { ?a mc:cooperatesWith ?b } WHERE { ?a mc:cooperatesWith ?b . ?a a mc:State . ?b a mc:State }"
    visit = visiting("/sparql?query=" + quote(pairs), phone=phone)
    visit.page.click('.tabs [data-view="graph"]')
    visit.page.locator(".graph text:visible").nth(5).wait_for()
    assert visit.page.evaluate(_COVERING) == 0


def test_on_a_timeline_what_has_no_name_is_told_by_its_address(visiting: Visiting) -> None:
    name = "OPTIONAL { ?e rdfs:label ?name FILTER(lang(?name) = 'en') }"
    query = f"SELECT ?e ?name ?date {{ ?e mc:earliestStart ?date {name} }}"
    visit = visiting("/sparql?query=" + quote(query))
    visit.page.click('.tabs [data-view="timeline"]')
    visit.page.locator("ol.timeline .what").first.wait_for()
    told = visit.page.locator("ol.timeline .what").all_inner_texts()
    assert told and all(told)


def test_an_answer_that_was_cut_says_so(visiting: Visiting) -> None:
    visit = visiting("/sparql?query=" + quote("SELECT * WHERE { ?a rdfs:label ?b . ?c rdfs:label ?d }"))
    expect(visit.page.locator(".notice")).to_contain_text("cut")


def test_the_canned_queries_and_the_history_are_at_hand(visiting: Visiting) -> None:
    visit = visiting("/sparql")
    canned, past = visit.page.locator(".tools select").all()
    canned.focus()
    canned.locator("option").nth(20).wait_for(state="attached")
    canned.select_option(index=3)
    expect(visit.page.locator(EDITOR)).to_contain_text("SELECT")
    write(visit, "ASK { ?remembered ?p ?o }")
    visit.page.keyboard.press("Control+Enter")
    visit.page.locator(".boolean").wait_for()
    past.focus()
    past.locator("option").nth(1).wait_for(state="attached")
    expect(past).to_contain_text("remembered")


def test_results_are_text_and_never_markup(visiting: Visiting) -> None:
    visit = visiting("/sparql?query=" + quote('SELECT ("<img src=x onerror=alert(1)>" AS ?x) WHERE {}'))
    expect(visit.page.locator(".virtual .row").first).to_contain_text("<img")
    assert visit.page.locator(".answer img").count() == 0
