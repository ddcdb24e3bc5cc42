"""`/queries`: the canned queries as pages for people and as results for programs."""

import csv
import io
import re

import pytest
from pyoxigraph import QuerySolutions, Store

from graph.query.canned import read_folder
from ontology import LANGUAGES
from server.localization import texts
from server.resources import QUERIES

from .serving import Server

NAMES = sorted(read_folder(QUERIES))


def test_the_list_tells_programs_what_they_can_ask(server: Server) -> None:
    listed = {query["name"]: query for query in server.get("/queries").json()}
    assert sorted(listed) == NAMES
    query = listed["exercises-of-a-state"]
    assert set(query["title"]) == {"en", "ru", "kk"}
    state = next(parameter for parameter in query["parameters"] if parameter["name"] == "state")
    assert (state["type"], state["default"], state["optional"]) == ("iri", "id:state/KAZ", False)


def test_the_page_lists_every_question_in_the_readers_language(server: Server) -> None:
    page = server.page("/queries?lang=ru").text
    assert all(f'href="/queries/{name}?lang=ru"' in page for name in NAMES)
    assert "В каких учениях участвовало государство?" in page


@pytest.mark.parametrize("name", NAMES)
def test_every_question_can_be_asked_as_it_stands(server: Server, name: str) -> None:
    page = server.page(f"/queries/{name}")
    assert page.status == 200
    assert 'role="alert"' not in page.text


def test_the_answer_names_things_and_leads_to_them(server: Server) -> None:
    page = server.page("/queries/exercises-of-a-state?lang=ru").text
    table = page[page.index("<table") : page.index("</table>")]
    assert re.search(r'<a href="/page/exercise/[^"]+"[^>]*>Калкан</a>', table)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_has_a_heading_in_every_language(language: str) -> None:
    results = [Store().query(query.bind({})) for query in read_folder(QUERIES).values()]
    variables = {v.value for result in results if isinstance(result, QuerySolutions) for v in result.variables}
    named = {name for name in variables if name.endswith("Name") and name.removesuffix("Name") in variables}
    words = texts(language)
    assert len(variables) > 50
    assert {name for name in variables - named if not words.get(f"columns.{name}")} == set()


def test_headings_and_plain_words_of_an_answer_are_in_the_readers_language(server: Server) -> None:
    for language, heading, word in (("en", "told as", "denied"), ("ru", "сказано как", "отрицается")):
        page = server.page(f"/queries/denied-proposed-cancelled?lang={language}").text
        assert f'<th scope="col" class="">{heading}</th>' in page
        assert f'<td class="" data-label="{heading}"><span>{word}</span></td>' in page
    assert "denied" in server.get("/queries/denied-proposed-cancelled?lang=ru").values("modality")


def test_parameters_stand_in_the_address_and_in_the_form(server: Server) -> None:
    page = server.page("/queries/exercises-of-a-state?state=UZB&from=2022-01-01").text
    assert '<option value="state:UZB" selected>Uzbekistan</option>' in page
    assert 'name="from" value="2022-01-01" type="date"' in page
    assert '<option value="state:KAZ">Kazakhstan</option>' in page
    assert 'role="alert"' not in server.page("/queries/exercises-of-a-state?state=state:KAZ").text


@pytest.mark.parametrize(
    ("accept", "suffix", "media_type"),
    [
        (None, "", "application/sparql-results+json"),
        ("text/csv", "", "text/csv"),
        ("text/html", "&format=csv", "text/csv"),
        ("application/json", "", "application/json"),
    ],
)
def test_programs_get_the_answer_as_data(server: Server, accept: str | None, suffix: str, media_type: str) -> None:
    answer = server.get(f"/queries/exercises-of-a-state?state=KAZ{suffix}", accept)
    assert answer.media_type == media_type


def test_the_answer_depends_on_the_parameters(server: Server) -> None:
    def exercises(state: str) -> list[dict[str, str]]:
        return list(
            csv.DictReader(io.StringIO(server.get(f"/queries/exercises-of-a-state?state={state}&format=csv").text))
        )

    assert any("Калкан" in row["name"] for row in exercises("UZB"))
    assert exercises("FRA") == []


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("/queries/exercises-of-a-state?state=", "state"),
        ("/queries/exercises-of-a-state?from=yesterday", "from"),
        ("/queries/exercises-of-a-state?stat=KAZ", "did you mean 'state'"),
        ("/queries/exercises-of-a-state?state=%3Ca%20b%3E", "state"),
    ],
)
def test_a_parameter_that_cannot_be_is_named(server: Server, path: str, part: str) -> None:
    problem = server.get(path)
    assert problem.status == 400
    assert part in problem.json()["detail"]
    page = server.page(path)
    assert (page.status, 'role="alert"' in page.text) == (400, True)


@pytest.mark.parametrize("value", ["%3E%20%7D%20UNION%20%7B%20?s%20?p%20?o%20%7D%20%23", "%22%20%7D%20%23", "x%0A%7D"])
def test_a_value_is_never_a_part_of_the_query(server: Server, value: str) -> None:
    answer = server.get(f"/queries/exercises-of-a-state?state={value}")
    assert answer.status == 400 or answer.json()["results"]["bindings"] == []


def test_an_unknown_question_is_404_and_suggests_one(server: Server) -> None:
    problem = server.get("/queries/exercise-of-a-state")
    assert problem.status == 404
    assert "exercises-of-a-state" in problem.json()["detail"]
