"""A model behind a chat endpoint, asked from the command line: good, slow, malformed and dear."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from loaders.model.endpoint import Budget, ChatEndpoint, Message
from loaders.model.errors import ModelFailed, ModelUnavailable
from milcoop.cli import main
from tests.loaders.model.answers import TEXT, answer, exercise, position, supply
from tests.loaders.model.endpoint import Endpoint, endpoint
from tests.stores import new_store

SLOW = 1.5


@pytest.fixture
def document(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    new_store(tmp_path_factory, tmp_path / "store")
    file = tmp_path / "note.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def load(document: Path, server: Endpoint | None, *options: str) -> Result:
    folder = document.parent
    reached = ["--model-url", server.address, "--model-name", "small/one"] if server else []
    kept = ["--model-answers", str(folder / "answers")]
    arguments = ["load", str(document), "--store", str(folder / "store"), *reached, *kept, *options]
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def ask(server: Endpoint, seconds: float = 20) -> str:
    model = ChatEndpoint(server.address, "small", seconds=seconds, budget=Budget(0), retries=1)
    return model.complete([Message("user", "?")], {"type": "object"})


def asked(document: Path, query: str) -> list[list[str]]:
    file = document.parent / "query.rq"
    file.write_text(query, encoding="utf-8")
    arguments = ["query", str(file), "--format", "csv", "--store", str(document.parent / "store")]
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return [line.split(",") for line in result.stdout.splitlines()[1:]]


def test_facts_of_a_model_are_in_the_graph_with_their_sentence_and_their_reader(document: Path) -> None:
    with endpoint(answer(exercise(), supply())) as server:
        result = load(document, server, "--reader", "model")
    assert result.exit_code == 0, result.output
    rows = asked(
        document,
        "SELECT ?rule ?text { ?claim rdf:subject ?x ; rdf:predicate mc:hasParticipant ; rdf:object state:UZB ; "
        "mc:origin ?rule ; mc:evidence/mc:exactText ?text }",
    )
    assert {row[0].rsplit("/rule/")[1] for row in rows} == {"model/small-one"}
    assert any("Узбекистана" in row[1] for row in rows)


def test_what_is_denied_is_no_fact(document: Path) -> None:
    with endpoint(answer(supply())) as server:
        load(document, server, "--reader", "model")
    assert asked(document, "SELECT * { ?a mc:suppliesTo ?b }") == []
    assert asked(document, "SELECT ?m { [] rdf:predicate mc:suppliesTo ; mc:modality ?m }") != []


def test_what_both_readers_find_has_the_names_of_both(document: Path) -> None:
    with endpoint(answer(exercise(), position())) as server:
        result = load(document, server, "--reader", "both")
    assert result.exit_code == 0, result.output
    rows = asked(
        document,
        "SELECT (COUNT(?r) AS ?n) { ?claim rdf:predicate mc:hasParticipant ; rdf:object state:UZB ; mc:origin ?r }",
    )
    assert rows == [["2"]]


def test_the_same_question_is_asked_once(document: Path) -> None:
    with endpoint(answer(position())) as server:
        load(document, server, "--reader", "model")
        document.rename(document.with_name("elsewhere.txt"))
        other = document.parent / "second"
        other.mkdir()
        again = other / "note.txt"
        again.write_text(TEXT, encoding="utf-8")
        arguments = ["--reader", "model", "--model-answers", str(document.parent / "answers")]
        result = load(again, server, *arguments)
        assert result.exit_code == 0, result.output
        assert len(server.asked) == 1


def test_a_server_that_knows_no_schemas_is_asked_without_one() -> None:
    with endpoint("{}", knows_schemas=False) as server:
        assert ask(server) == "{}"
    assert ["response_format" in request for request in server.asked] == [True, False]


def test_a_failing_server_is_asked_again() -> None:
    with endpoint(503, "{}") as server:
        assert ask(server) == "{}"
        assert len(server.asked) == 2


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (401, "the model's endpoint answered 401"),
        (('{"facts": [', "length"), "the model's answer was cut off"),
        ("", "the model's answer is empty"),
    ],
)
def test_what_is_no_answer_is_told_in_one_sentence(said: object, message: str) -> None:
    with endpoint(said) as server, pytest.raises(ModelFailed, match=message):
        ask(server)


def test_a_slow_model_is_not_waited_for() -> None:
    with endpoint("{}", pause=SLOW) as server, pytest.raises(ModelUnavailable, match="did not answer in time"):
        ask(server, seconds=0.3)


def test_a_server_that_is_not_there_is_told_in_one_sentence() -> None:
    with endpoint("{}") as server:
        pass
    with pytest.raises(ModelUnavailable, match="the model's endpoint cannot be used"):
        ask(server)


def test_an_unusable_answer_is_told_in_one_line_and_nothing_is_written(document: Path) -> None:
    with endpoint("no facts today") as server:
        result = load(document, server, "--reader", "model")
    assert result.exit_code == 1
    assert f"{document}: the answer is no JSON" in result.stderr
    assert asked(document, "SELECT * { ?d a mc:Document }") == []


def test_a_budget_that_is_spent_stops_the_asking(document: Path) -> None:
    second = document.with_name("other.txt")
    second.write_text(TEXT.replace("Турции", "Индии"), encoding="utf-8")
    with endpoint(answer()) as server:
        result = load(document, server, str(second), "--reader", "model", "--model-tokens", "500")
        assert len(server.asked) == 1
    assert result.exit_code == 1
    assert f"{second}: the model's budget of 500 tokens is spent" in result.stderr


@pytest.mark.parametrize("options", [["--reader", "model"], ["--reader", "model", "--model-url", "http://127.0.0.1:1"]])
def test_a_model_without_address_or_name_is_bad_usage(document: Path, options: list[str]) -> None:
    result = load(document, None, *options)
    assert result.exit_code == 2
    assert "the model has no address or no name" in result.stderr


def test_a_model_reads_in_one_process(document: Path) -> None:
    result = load(document, None, "--reader", "model", "--jobs", "2")
    assert result.exit_code == 2
    assert "one document at a time" in result.stderr


def test_the_prompt_can_be_printed_and_an_answer_from_elsewhere_read(document: Path) -> None:
    printed = CliRunner().invoke(main, ["prompt", str(document)]).stdout
    assert TEXT.strip() in printed
    assert '"modality"' in printed
    given = document.with_name("answer.json")
    given.write_text(answer(exercise(), {"kind": "nonsense"}), encoding="utf-8")
    result = load(document, None, "--answer", str(given))
    assert result.exit_code == 0, result.output
    assert "refused:   1" in result.stderr
    assert asked(document, "SELECT ?e { ?e mc:hasParticipant state:UZB }") != []


def test_an_answer_for_what_is_loaded_already_is_said_to_change_nothing(document: Path) -> None:
    assert "withdraw" not in load(document, None).stderr
    given = document.with_name("answer.json")
    given.write_text(answer(exercise()), encoding="utf-8")
    result = load(document, None, "--answer", str(given))
    assert "1 unchanged" in result.stderr and "withdraw a document first" in result.stderr


def test_an_answer_belongs_to_one_document(document: Path) -> None:
    result = load(document, None, str(document), "--answer", str(document))
    assert result.exit_code == 2
    assert "an answer belongs to one document" in result.stderr


def test_kept_answers_can_be_read_by_people(document: Path) -> None:
    with endpoint(answer(position())) as server:
        load(document, server, "--reader", "model")
    (file,) = (document.parent / "answers").glob("*.json")
    assert json.loads(file.read_text(encoding="utf-8"))["model"] == "small/one"
