"""Problem documents in the language of the client: the detail follows Accept-Language, all else stays as it is."""

import re
from urllib.parse import urlencode

import pytest

from server.sentences import said_in

from .serving import Server

WRONG = {
    "/sparql?query=SELEC": "Not a SPARQL query",
    "/graphs?graph=http://x/none": "Not found",
    "/sparql?query=ASK%7B%7D&format=text/turtle": "Not acceptable",
    "/queries/memberships-of-a-state?state=Atlantis&format=json": "Unknown name",
    "/dossier?state=KAZ": "Bad input",
    "/network?kind=nosuch": "Bad input",
    "/sparql?query=ASK%7BSERVICE%20%3Chttp://x/%3E%7B%7D%7D": "SERVICE refused",
}
LETTERS = {"ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя", "kk": "әғқңөұүһі"}


@pytest.mark.parametrize(("path", "title"), WRONG.items())
def test_the_detail_follows_the_language_and_the_rest_does_not(server: Server, path: str, title: str) -> None:
    said = {language: server.get(path, "application/json", Accept_Language=language) for language in ("en", "ru", "kk")}
    documents = {language: answer.json() for language, answer in said.items()}
    for language, document in documents.items():
        assert (document["title"], document["status"]) == (title, said["en"].status)
        assert said[language].headers["content-language"] == language
        assert set(document) == set(documents["en"])
        assert set(re.findall(r"https?://[^\s)]+|'\w+'", documents["en"]["detail"])) <= set(
            re.findall(r"https?://[^\s)]+|'\w+'", document["detail"])
        ), "what is particular stays"
    for language, letters in LETTERS.items():
        assert set(documents[language]["detail"].lower()) & set(letters)
    assert documents["ru"]["detail"] != documents["kk"]["detail"]
    assert documents["en"]["detail"].isascii()


def test_a_language_that_we_do_not_speak_is_english(server: Server) -> None:
    answer = server.get("/sparql?query=SELEC", "application/json", Accept_Language="fr, de;q=0.5")
    assert answer.headers["content-language"] == "en"
    assert (
        server.get("/sparql?query=SELEC", "application/json", Accept_Language="fr, kk;q=0.5").headers[
            "content-language"
        ]
        == "kk"
    )


WRONG_QUERIES = [
    "SELEC * { ?s ?p ?o }",
    "SELECT * { ?s ?p ?o",
    "SELECT * { ?s (?p ?o }",
    "SELECT * { ?s ?p ?o } }",
    "SELECT * { ?s nope:p ?o }",
    "SELECT * { ?s ?p rubezh }",
    "SELECT * { ?s ?p }",
    "SELECT",
]


@pytest.mark.parametrize("language", LETTERS)
@pytest.mark.parametrize("query", WRONG_QUERIES)
def test_what_is_wrong_with_a_query_is_told_in_no_english_words(server: Server, query: str, language: str) -> None:
    answer = server.get("/sparql?" + urlencode({"query": query}), "application/json", Accept_Language=language).json()
    quoted = r"'[^']*'|\b[A-Z]{2,}\b|" + "|".join(map(re.escape, [":rubezh", "URI"]))
    assert not re.search("[a-z]{3,}", re.sub(quoted, "", answer["detail"])), answer["detail"]
    assert str(answer["line"]) in answer["detail"]


@pytest.mark.parametrize("language", LETTERS)
def test_the_page_of_what_is_not_there_says_so_in_the_reader_s_language(server: Server, language: str) -> None:
    page = server.page(f"/page/state/NONE?lang={language}").text
    told = said_in(language, "The graph says nothing of https://w3id.org/milcoop/id/state/NONE")
    assert told and told in page
    assert "says nothing" not in page


def test_what_clients_make_long_is_not_searched_for_sentences() -> None:
    assert said_in("ru", f"The graph says nothing of {'x' * 500}") is not None
    assert said_in("ru", f"The graph says nothing of {'x' * 5000}") is None
