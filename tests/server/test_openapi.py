"""The description of the server in OpenAPI: of all that there is, and of nothing else."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis

from server import create_app, read_settings
from server.openapi import operations

from .serving import Server


@pytest.fixture(scope="module")
def document(server: Server) -> Any:
    return server.get("/openapi.json").json()


def test_every_path_is_described_and_nothing_else(document: Any) -> None:
    rules = {
        (re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", str(rule)), method.lower())
        for rule in create_app(read_settings(environ={})).url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.endpoint != "static"
    }
    described = {(path, method) for path, methods in document["paths"].items() for method in methods}
    assert rules <= described
    assert all(path.startswith("/queries/") for path, _ in described - rules)


def test_what_the_data_file_tells_of_is_there(document: Any) -> None:
    for key in operations():
        if " " in key:
            method, path = key.split(" ")
            assert method.lower() in document["paths"][path], key


def test_the_canned_queries_describe_themselves(document: Any, server: Server) -> None:
    for query in server.get("/queries?format=json").json():
        described = document["paths"][f"/queries/{query['name']}"]["get"]
        assert described["summary"] == query["title"]["en"]
        assert {parameter["name"] for parameter in query["parameters"]} < {p["name"] for p in described["parameters"]}


def test_it_is_openapi(document: Any) -> None:
    assert document["openapi"] == "3.1.0"
    schema = schemathesis.openapi.from_dict(document)
    schema.validate()
    identifiers = [operation["operationId"] for methods in document["paths"].values() for operation in methods.values()]
    assert len(identifiers) == len(set(identifiers))


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_people_can_read_it(server: Server, language: str) -> None:
    page = server.page(f"/openapi?lang={language}")
    assert (page.status, page.media_type) == (200, "text/html")
    assert "/sparql" in page.text and "/queries/memberships-of-a-state" in page.text


def test_a_program_that_asks_the_page_for_json_gets_the_description(server: Server, document: Any) -> None:
    assert server.get("/openapi", "application/json").json()["paths"] == document["paths"]


def words(part: Any) -> Iterator[str]:
    """All summaries and descriptions."""
    if isinstance(part, list):
        for one in part:
            yield from words(one)
    elif isinstance(part, dict):
        for name, one in part.items():
            if name in {"summary", "description"} and isinstance(one, str):
                yield one
            else:
                yield from words(one)


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_it_is_told_in_the_reader_s_language(server: Server, document: Any, language: str) -> None:
    told = server.get(f"/openapi.json?lang={language}").json()
    assert told["paths"].keys() == document["paths"].keys()
    left = {text for text in words(told) if not re.search("[а-яёәғқңөұүһі]", text, re.IGNORECASE)}
    assert {text for text in left if not text.startswith("Made by `milcoop token")} == set()
    assert server.get("/openapi.json", Accept_Language=language).json() == document, "programs get it in English"


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_each_sentence_of_the_settings_is_there_in_the_reader_s_language(server: Server, language: str) -> None:
    for row in server.get(f"/-/settings?format=json&lang={language}").json():
        assert re.search("[а-яёәғқңөұүһі]", row["sentence"], re.IGNORECASE), row["name"]
