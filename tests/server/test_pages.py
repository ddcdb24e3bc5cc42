"""Pages: the start, search, languages, the ontology, explanations, errors, and what protects them all."""

import re
import tomllib
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

import server as server_package
from ontology import LANGUAGES, MC

from .conftest import TOKEN
from .serving import Server

FOLDER = Path(server_package.__file__).parent
PAGES = [
    "/", "/search?q=kaz", "/documents", "/queries", "/queries/exercises-of-a-state", "/sparql", "/ontology", "/explain",
    "/page/state/KAZ", "/page/document/kalkan-2022", "/-/settings", "/page/state/NONE",
]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_every_page_speaks_every_language_and_links_keep_it(server: Server, path: str, language: str) -> None:
    joint = "&" if "?" in path else "?"
    page = server.page(f"{path}{joint}lang={language}").text
    assert f'<html lang="{language}">' in page
    page = re.sub(r'<div class="languages".*?</div>', "", page, flags=re.DOTALL)
    own = re.findall(r'<a (?:class="\w+" )?href="(/(?:page|queries|documents|ontology)[^"]*)"', page)
    pages = [link for link in own if "format=" not in link and not link.startswith("/ontology/")]
    assert pages
    assert all(f"lang={language}" in link for link in pages)


@pytest.mark.parametrize(
    ("header", "language"),
    [("ru-RU,ru;q=0.9,en;q=0.8", "ru"), ("kk", "kk"), ("fr, en;q=0.3, kk;q=0.5", "kk"), ("fr", "en"), ("", "en")],
)
def test_without_a_choice_the_browser_decides_the_language(server: Server, header: str, language: str) -> None:
    answer = server.page("/", Accept_Language=header)
    assert f'<html lang="{language}">' in answer.text
    assert "Accept-Language" in answer.headers["vary"]


def test_no_page_sets_a_cookie_or_loads_anything_from_elsewhere(server: Server) -> None:
    for path in PAGES:
        answer = server.page(path)
        assert "set-cookie" not in answer.headers
        loaded = re.findall(r'(?:src|<link[^>]*href)="([^"]*)"', answer.text)
        assert all(address.startswith("/") for address in loaded), loaded
        assert "style=" not in answer.text


@pytest.mark.parametrize("path", ["/", "/sparql?query=ASK%7B%7D", "/none", "/static/icon.svg", "/healthz"])
def test_every_answer_carries_the_security_headers(server: Server, path: str) -> None:
    headers = server.get(path).headers
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert re.fullmatch(r"[0-9a-f]{32}", headers["x-request-id"])


def test_a_request_keeps_the_id_it_came_with(server: Server) -> None:
    assert server.get("/healthz", X_Request_Id="trace-7").headers["x-request-id"] == "trace-7"
    assert server.get("/healthz", X_Request_Id="a b\tc").headers["x-request-id"] != "a b\tc"


def test_the_start_page_counts_and_leads_on(server: Server) -> None:
    page = server.page("/").text
    assert re.search(r'<dt>documents</dt><dd><a href="/documents">\d+</a></dd>', page)
    assert page.count('href="/queries/') >= 10
    assert 'href="/page/document/kalkan-2022"' in page


@pytest.mark.parametrize("wanted", ["казах", "Kazakhst", "ҚАЗАҚ", "KAZ"])
def test_search_finds_by_part_of_a_name_in_any_language(server: Server, wanted: str) -> None:
    assert 'href="/page/state/KAZ"' in server.page("/search?q=" + quote(wanted)).text


def test_search_says_when_there_is_nothing(server: Server) -> None:
    assert "Nothing in the graph" in server.page("/search?q=qqqq").text


def test_the_ontology_page_explains_every_term_in_three_languages(server: Server) -> None:
    page = server.page("/ontology").text
    classes = server.sparql("SELECT ?x WHERE { ?x a owl:Class FILTER(STRSTARTS(STR(?x), STR(mc:))) }").values("x")
    assert len(classes) > 40
    for iri in classes:
        assert f'id="{iri.removeprefix(MC)}"' in page
    for words in ("A state or territory", "Государство или территория", "мемлекет"):
        assert words in page


def test_the_ontology_is_rdf_for_programs(server: Server) -> None:
    answer = server.get("/ontology", "application/rdf+xml")
    triples = list(parse(answer.body, format=RdfFormat.RDF_XML))
    assert any(t.subject == NamedNode(MC["Exercise"]) for t in triples)
    assert server.get("/ontology/shapes.ttl").media_type == "text/turtle"
    assert server.get("/ontology/secret.ttl").status == 404


KALKAN = "SELECT ?x WHERE { ?x a mc:Exercise ; rdfs:label 'Калкан'@ru }"


def test_a_stated_triple_is_explained_by_document_and_words(server: Server) -> None:
    exercise = server.sparql(KALKAN).values("x")[0]
    told = server.get(f"/explain?s={quote(exercise)}&p=mc:hasParticipant&o=id:state/KAZ").json()
    assert (told["holds"], told["inferred"]) == (True, False)
    assert told["stated_in"] == ["https://w3id.org/milcoop/id/document/kalkan-2022"]
    assert told["passages"][0]["text"].startswith("В мае 2022 года")


def test_an_inferred_triple_says_that_it_is(server: Server) -> None:
    exercise = server.sparql(KALKAN).values("x")[0]
    told = server.get(f"/explain?s=id:state/KAZ&p=mc:participatesIn&o={quote(exercise)}").json()
    assert (told["holds"], told["inferred"], told["stated_in"]) == (True, True, [])


def test_what_does_not_hold_is_said_not_to(server: Server) -> None:
    assert server.get("/explain?s=id:state/KAZ&p=mc:iso3&o=%22RUS%22").json()["holds"] is False
    assert server.get("/explain?s=id:state/KAZ&p=mc:iso3&o=%22KAZ%22").json()["holds"] is True
    assert server.get("/explain?s=nonsense&p=mc:iso3&o=%22KAZ%22").status == 400


def test_an_error_is_a_problem_document_for_programs_and_a_page_for_people(server: Server) -> None:
    problem = server.get("/nowhere")
    assert (problem.status, problem.media_type) == (404, "application/problem+json")
    assert {"type", "title", "status", "detail", "instance"} <= set(problem.json())
    page = server.page("/nowhere")
    assert (page.status, page.media_type) == (404, "text/html")
    assert server.request("/documents", "DELETE").status == 405


PROBLEMS = [
    ("GET", "/nowhere", 404),
    ("DELETE", "/documents", 405),
    ("GET", "/sparql?query=nonsense&format=csv", 400),
    ("POST", "/documents?name=a.txt", 401),
    ("GET", "/ontology?format=gif", 406),
]


@pytest.mark.parametrize(("method", "path", "status"), PROBLEMS)
def test_the_page_of_an_error_speaks_the_language_of_the_reader(
    server: Server, method: str, path: str, status: int
) -> None:
    for language in LANGUAGES:
        words = tomllib.loads((FOLDER / "locale" / f"{language}.toml").read_text())["problem"]
        answer = server.request(path, method, Accept="text/html", Accept_Language=language)
        assert answer.status == status
        assert f"<h1>{words[f'title_{status}']}</h1>" in answer.text
        assert f"<p>{words[f'says_{status}']}</p>" in answer.text
        assert "The requested URL was not found" not in answer.text


def test_an_error_page_keeps_what_is_said_of_this_one_error(server: Server) -> None:
    assert "not-a-question" in server.page("/queries/not-a-question?lang=ru").text


def test_a_message_begins_with_a_capital_letter_unless_with_a_name(server: Server) -> None:
    assert server.get("/queries/not-a-question").json()["detail"].startswith("There is no query")
    refused = server.request(
        "/documents?name=broken.pdf", "POST", b"no document", Authorization=f"Bearer {TOKEN}", Accept="application/json"
    )
    assert (refused.status, refused.json()["detail"][:10]) == (422, "broken.pdf")


def test_the_server_says_how_it_is(server: Server) -> None:
    assert server.get("/healthz").json() == {"status": "ok"}
    assert server.get("/readyz").json()["status"] == "ready"


def test_metrics_count_requests_by_route_and_queries_by_outcome(server: Server) -> None:
    server.page("/page/state/KAZ")
    server.sparql("ASK {}")
    text = server.get("/metrics").text
    assert re.search(r'milcoop_http_requests_total\{.*route="/page/<path:steps>".*\} [1-9]', text)
    assert re.search(r'milcoop_queries_total\{outcome="answered"\} [1-9]', text)
    assert "milcoop_query_seconds_bucket" in text


def used_keys() -> set[str]:
    templates = [template.read_text() for template in (FOLDER / "templates").glob("*.html")]
    return {key for text in templates for key in re.findall(r'\bt\(["\']([a-z_]+\.[a-z_]+)["\']\s*[),]', text)}


def test_the_interface_has_the_same_words_in_every_language() -> None:
    tables = [tomllib.loads((FOLDER / "locale" / f"{code}.toml").read_text()) for code in LANGUAGES]
    keys = [{(table, key) for table in words for key in words[table]} for words in tables]
    assert keys[0] == keys[1] == keys[2]
    for table, key in keys[0]:
        fields = [sorted(re.findall(r"\{\w+\}", words[table][key])) for words in tables]
        assert fields[0] == fields[1] == fields[2], (table, key)


def test_every_word_that_a_template_asks_for_is_there() -> None:
    words = tomllib.loads((FOLDER / "locale" / "en.toml").read_text())
    assert {key for key in used_keys() if key.partition(".")[2] not in words[key.partition(".")[0]]} == set()


def test_the_ontology_page_draws_its_classes_and_leads_to_examples_and_questions(server: Server) -> None:
    page = server.page("/ontology").text
    drawing = page[page.index('<div class="classes"') :].partition("</div>")[0]
    assert re.findall(r'<a href="#Exercise"><text[^>]*>exercise</text>', drawing)
    assert re.search(r"<title>activity → actor: [^<]*has participant", drawing)
    exercise = page[page.index('id="Exercise"') :].partition("</section>")[0]
    assert re.search(r'href="/page/exercise/[^"]+"', exercise)
    assert 'href="/queries/' in exercise
    has_participant = page[page.index('id="hasParticipant"') :].partition("</section>")[0]
    assert re.search(r'<a href="/page/[^>]+>[^<]+</a> → <a href="/page/state/', has_participant)


def test_every_canned_query_can_be_reached_from_the_ontology(server: Server) -> None:
    page = server.page("/ontology").text
    names = {query["name"] for query in server.get("/queries", "application/json").json()}
    assert names <= set(re.findall(r'href="/queries/([\w-]+)"', page))


def test_what_language_models_are_told_leads_to_answers(server: Server) -> None:
    answer = server.page("/llms.txt")
    assert (answer.status, answer.media_type) == (200, "text/markdown")
    paths = re.findall(r"\]\(https?://[^/]+(/[^)]*)\)", answer.text)
    names = {query["name"] for query in server.get("/queries", "application/json").json()}
    assert {f"/queries/{name}" for name in names} <= set(paths)
    fixed = [path for path in paths if path.removeprefix("/queries/") not in names]
    assert len(fixed) > 8 and all(server.get(path).status == 200 for path in fixed)
    query = answer.text.partition("```sparql")[2].partition("```")[0]
    assert server.get("/sparql?" + urlencode({"query": query}), "text/csv").status == 200
