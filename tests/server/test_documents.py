"""Documents: the list, the page with the facts marked in the text, and loading with a token."""

import re
from html import unescape

import pytest

from .conftest import TOKEN
from .serving import Server
from .written import KALKAN

HELD = "В мае 2022 года Казахстан и Узбекистан провели учение «Калкан»."
DENIED = "Узбекистан в учении «Щит» не участвовал."
UPLOADED = "<https://w3id.org/milcoop/id/exercise/uploaded>"
MONGOLIA = "<https://w3id.org/milcoop/id/state/MNG>"
TURTLE = f"""@prefix mc: <https://w3id.org/milcoop/ontology#> .
{UPLOADED} a mc:Exercise ; mc:hasParticipant {MONGOLIA} .""".encode()
IS_LOADED = f"ASK {{ {MONGOLIA} mc:participatesIn {UPLOADED} }}"


def anchor(words: str) -> str:
    begin = KALKAN.index(words)
    return f"p-{begin}-{begin + len(words)}"


def strange_scripts(page: str) -> list[str]:
    """The script elements of a page that are not its own files."""
    own = r'<script type="module" src="/static/built/[\w-]+\.js"></script>'
    return re.findall(r"<script[^>]*>", re.sub(own, "", page))


def test_the_list_names_each_document(server: Server) -> None:
    rows = {row["iri"]: row for row in server.get("/documents").json()}
    row = rows["https://w3id.org/milcoop/id/document/kalkan-2022"]
    assert (row["title"], row["language"], row["issued"], row["source"]) == (
        "Итоги года", "ru", "2022-12-14", "kalkan-2022.txt",
    )  # fmt: skip
    assert row["claims"] > 3
    assert "Итоги года" in server.page("/documents").text


def test_a_document_has_a_short_address(server: Server) -> None:
    answer = server.page("/documents/kalkan-2022")
    assert (answer.status, answer.headers["location"]) == (303, "/page/document/kalkan-2022")


def test_the_passages_are_marked_in_the_text(server: Server) -> None:
    page = server.page("/page/document/kalkan-2022").text
    marks = dict(re.findall(r'<mark id="([^"]+)" class="[^"]*">(.*?)<sup>', page, re.DOTALL))
    marks = {passage: re.sub(r"<[^>]+>", "", words) for passage, words in marks.items()}
    assert unescape(marks[anchor(HELD)]) == HELD
    assert unescape(marks[anchor(DENIED)]) == DENIED


def test_the_text_is_whole_with_its_marks(server: Server) -> None:
    page = server.page("/page/document/kalkan-2022").text
    body = page[page.index('<div class="body"') : page.index("</div>", page.index('<div class="body"'))]
    shown = re.sub(r"<sup>.*?</sup>|<[^>]+>", "", body)
    assert unescape(shown) == KALKAN


def test_each_fact_stands_beside_with_rule_confidence_modality_and_its_place(server: Server) -> None:
    page = server.page("/page/document/kalkan-2022").text
    facts = re.findall(r'<li id="f-\d+" class="(\w+)".*?</li>', page, re.DOTALL)
    assert {"held", "unheld"} <= set(facts)
    listed = re.findall(r'<li id="f-\d+" class="held".*?</li>', page, re.DOTALL)
    participant = next(fact for fact in listed if "Kazakhstan" in fact)
    assert "ru/test-exercise" in participant
    assert "0.80" in participant
    assert f'href="#{anchor(HELD)}"' in participant


def test_what_is_denied_is_shown_as_such(server: Server) -> None:
    page = server.page("/page/document/kalkan-2022").text
    denied = re.findall(r'<li id="f-\d+" class="unheld".*?</li>', page, re.DOTALL)
    assert denied
    assert all("/page/concept/modality/denied" in fact for fact in denied)
    assert f'<mark id="{anchor(DENIED)}" class="unheld">' in page


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/documents",
        "/page/document/markup",
        "/page/state/KAZ",
        "/search?q=script",
        "/search?q=%3Cscript%3Ealert(1)",
    ],
)
def test_markup_in_a_document_stays_text(server: Server, path: str) -> None:
    page = server.page(path).text
    assert strange_scripts(page) == []
    assert "<img" not in page


def test_markup_in_an_address_stays_text(server: Server) -> None:
    for path in (
        "/page/state/%3Cscript%3Ealert(1)%3C/script%3E",
        "/sparql?query=%3C/textarea%3E%3Cscript%3Ealert(1)%3C/script%3E",
        "/queries/%3Cscript%3E",
        "/explain?s=%3Cscript%3E&p=b&o=c",
        "/?lang=%22%3E%3Cscript%3E",
    ):
        assert strange_scripts(server.page(path).text) == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"Authorization": "Bearer wrong"}, 401),
        ({"Authorization": f"Basic {TOKEN}"}, 401),
    ],
)
def test_nobody_loads_without_the_token(server: Server, headers: dict[str, str], status: int) -> None:
    answer = server.request("/documents?name=x.ttl", "POST", TURTLE, Content_Type="text/turtle", headers=headers)
    assert answer.status == status
    assert answer.headers["www-authenticate"].lower().startswith("bearer")
    assert server.sparql(IS_LOADED).json()["boolean"] is False


def test_with_the_token_a_document_is_loaded_and_asked_at_once(server: Server) -> None:
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    first = server.request("/documents?name=upload.ttl", "POST", TURTLE, Content_Type="text/turtle", headers=bearer)
    assert first.status == 201
    assert first.json()["documents"][0]["source"] == "upload.ttl"
    assert server.sparql(IS_LOADED).json()["boolean"] is True
    assert server.page(first.headers["location"]).status == 200
    again = server.request("/documents?name=upload.ttl", "POST", TURTLE, Content_Type="text/turtle", headers=bearer)
    assert (again.status, again.json()["documents"][0]["change"]) == (200, "unchanged")


def test_a_form_uploads_texts(server: Server) -> None:
    text = "МОСКВА, 3 марта 2024 года. Россия и Лаос провели учение «Ларос-2024»."
    body = (
        '--b\r\nContent-Disposition: form-data; name="file"; filename="laros.txt"\r\n'
        f"Content-Type: text/plain\r\n\r\n{text}\r\n--b--\r\n"
    ).encode()
    answer = server.request(
        "/documents", "POST", body,
        Content_Type="multipart/form-data; boundary=b", Authorization=f"Bearer {TOKEN}",
    )  # fmt: skip
    assert answer.status == 201
    assert text in unescape(re.sub(r"<sup>.*?</sup>|<[^>]+>", "", server.page(answer.headers["location"]).text))


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/documents", TURTLE, 400),
        ("/documents?name=a.txt", b"", 422),
        ("/documents?name=a.bin", b"\0\1\2\3" * 99, 422),
    ],
    ids=["no name", "empty", "binary"],
)
def test_what_cannot_be_loaded_is_refused_in_one_sentence(server: Server, path: str, body: bytes, status: int) -> None:
    answer = server.request(
        path, "POST", body, Content_Type="application/octet-stream", Authorization=f"Bearer {TOKEN}"
    )
    assert answer.status == status
    assert answer.json()["detail"].count("\n") == 0
