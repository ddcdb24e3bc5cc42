"""What pages call things, and what they say a thing is, so that readers can tell them apart."""

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from ontology import DCTERMS, MC, RDFS

from .conftest import TOKEN
from .serving import Server, start_server

ID = "https://w3id.org/milcoop/id/"
GRAPH = f"""
@prefix mc: <{MC}> . @prefix id: <{ID}> . @prefix rdfs: <{RDFS}> . @prefix dcterms: <{DCTERMS}> .
<{ID}exercise-series/centre> a mc:ExerciseSeries ; rdfs:label "Centre"@en , "Центр"@ru .
<{ID}exercise/centre-2019> a mc:Exercise , mc:Activity ; rdfs:label "учение «Центр»"@ru ; mc:startDate "2019-09" ;
    mc:editionOf <{ID}exercise-series/centre> .
<{ID}exercise/wind-2019> a mc:Exercise , mc:Activity ; rdfs:label "Ветер"@ru ; mc:startDate "2019-05-02" .
<{ID}exercise/wind-2021> a mc:Exercise , mc:Activity ; rdfs:label "Ветер"@ru ; mc:startDate "2021-07" .
mc:Exercise rdfs:subClassOf mc:Activity ; rdfs:label "exercise"@en .
<{ID}document/untitled> a mc:Document ; mc:source "reports/2021/week 30.txt" .
mc:Document rdfs:label "document"@en .
"""


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A bare server with things that lack names of their own, or share them."""
    running = start_server("--store", str(tmp_path_factory.mktemp("named") / "store"), "--bare", MILCOOP_TOKEN=TOKEN)
    graph = f"/graphs?graph={ID}document/untitled"
    written = running.request(graph, "PUT", GRAPH.encode(), Authorization=f"Bearer {TOKEN}", Content_Type="text/turtle")
    assert written.status == 201
    yield running
    running.stop()


def heading(server: Server, path: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", server.page(path).text)
    assert found
    return found[1]


def plain(page: str) -> str:
    """The text of a page, as it reads without any styling."""
    return " ".join(re.sub(r"<[^>]*>", "", page).split())


def test_an_edition_has_the_name_of_its_series_where_it_has_none_in_the_language(named: Server) -> None:
    assert heading(named, "/page/exercise/centre-2019?lang=en") == "Centre 2019"
    assert heading(named, "/page/exercise/centre-2019?lang=ru") == "учение «Центр»"
    assert heading(named, "/page/exercise/centre-2019?lang=kk") == "учение «Центр»", "the series has none either"


def test_a_document_without_a_title_is_called_by_its_file(named: Server) -> None:
    assert heading(named, "/page/document/untitled") == "week 30.txt"
    assert ">week 30.txt</a>" in named.page("/documents").text
    assert named.get("/documents", "application/json").json()[0]["title"] == ""


def test_things_of_one_name_are_told_apart_by_kind_and_date(named: Server) -> None:
    text = plain(named.page("/search?q=" + quote("Ветер")).text)
    assert "Ветер 2019-05-02 exercise" in text
    assert "Ветер 2021-07 exercise" in text


def test_the_first_badge_says_what_a_thing_is_and_not_what_follows_of_it(server: Server) -> None:
    page = server.page("/page/state/KAZ").text
    first, *others = re.findall(r'<span class="badge[^"]*"><a [^>]*>([^<]*)</a>', page)
    assert first == "state"
    assert "member of the CSTO" in others
    assert re.search(r"Kazakhstan</a> <span class=\"badge\">state</span>", server.page("/search?q=Kazakhstan").text)


def test_words_of_a_page_stand_apart_without_its_styling(server: Server) -> None:
    page = server.page("/page/state/KAZ").text
    assert not re.search(r"</span><span", page)
    assert not re.search(r"\w<(span|small)\b", page)
