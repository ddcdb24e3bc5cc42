"""Problem documents in the language of the client: the detail follows Accept-Language, all else stays as it is."""

import pytest

from .serving import Server

WRONG = {
    "/sparql?query=SELEC": "Not a SPARQL query",
    "/graphs?graph=http://x/none": "Not found",
    "/sparql?query=ASK%7B%7D&format=text/turtle": "Not acceptable",
    "/queries/memberships-of-a-state?state=Atlantis&format=json": "Unknown name",
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
        assert documents["en"]["detail"] in document["detail"], "what is particular stays readable"
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
