"""Reading a document over HTTP without saving it."""

import pytest

from server.document_page import FACTS_LISTED

from .conftest import TOKEN
from .serving import Response, Server

TEXT = "В мае 2022 года Казахстан и Италия провели учение «Ветер-2022»."


def read(
    server: Server, address: str, text: str = TEXT, token: str = TOKEN, accept: str = "application/json"
) -> Response:
    return server.request(
        address, "POST", text.encode(), Authorization=f"Bearer {token}", Content_Type="text/plain", Accept=accept
    )


def test_the_claims_are_told_with_their_places_and_nothing_is_there_afterwards(server: Server) -> None:
    before = server.get("/documents").json()
    told = read(server, "/reading?name=wind.txt&title=Wind&issued=2022-06&language=ru").json()
    assert (told["title"], told["issued"], told["language"], told["change"]) == ("Wind", "2022-06", "ru", "added")
    assert told["counts"] == {"exercises": 1}
    participants = {claim["object"] for claim in told["claims"] if claim["kind"] == "mc:hasParticipant"}
    assert {iri.rpartition("/")[2] for iri in participants} == {"KAZ", "ITA"}
    assert all(TEXT[p["begin"] : p["end"]] == p["text"] for claim in told["claims"] for p in claim["passages"])
    assert server.get("/documents").json() == before
    assert server.get(told["iri"].replace("https://w3id.org/milcoop/id", "/data")).status == 404


def test_the_graph_that_it_would_bring_is_had_as_triples(server: Server) -> None:
    answer = read(server, "/reading?name=wind.txt&format=ntriples")
    assert answer.media_type == "application/n-triples"
    assert "<https://w3id.org/milcoop/id/state/ITA>" in answer.text


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/reading", 400, "no name"),
        ("/reading?name=a.txt&issued=2022-13", 400, "no date"),
        ("/reading?name=a.txt&issued=yesterday", 400, "no date"),
        ("/reading?name=a.txt&language=de", 400, "no language"),
        ("/documents?name=a.txt&language=de", 400, "no language"),
        ("/reading?name=a.pdf", 422, "a.pdf"),
    ],
)
def test_what_cannot_be_read_is_a_problem(server: Server, address: str, status: int, words: str) -> None:
    answer = read(server, address)
    assert (answer.status, answer.media_type) == (status, "application/problem+json")
    assert words in answer.json()["detail"]


def test_reading_needs_a_token(server: Server) -> None:
    assert read(server, "/reading?name=a.txt", token="wrong").status == 401


def test_a_preview_of_many_facts_says_how_many_more_there_are_and_leads_nowhere_else(server: Server) -> None:
    winds = range(101, 241)
    text = " ".join(f"В мае 2022 года Казахстан и Италия провели учение «Ветер {number}»." for number in winds)
    page = read(server, "/reading?name=winds.txt", text, accept="text/html").text
    claims = len(read(server, "/reading?name=winds.txt", text).json()["claims"])
    assert claims > FACTS_LISTED
    assert page.count('<li id="f-') == FACTS_LISTED
    assert f"1–{FACTS_LISTED} of {claims:,}" in page
    assert "?facts=" not in page
