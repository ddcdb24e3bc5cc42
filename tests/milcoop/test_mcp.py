"""`milcoop mcp`: the graph as tools for a language model, asked by a client that others wrote."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.types import CallToolResult, TextContent

from milcoop.mcp.protocol import VERSIONS, Session
from milcoop.mcp.tools import Tool, ToolAnswer, read_tools
from ontology import ID, entity

KAZ, CSTO = entity("state", "KAZ"), entity("organization", "CSTO")
SENTENCE = "Kazakhstan is a member of the CSTO and the SCO."
COMMAND = str(Path(sys.executable).with_name("milcoop"))


class Client:
    """Calls tools of one running server, each call from a test that knows nothing of asyncio."""

    def __init__(self, store: Path) -> None:
        self._store = store
        self._asked: asyncio.Queue[tuple[str, dict[str, Any], asyncio.Future[Any]] | None] = asyncio.Queue()
        self._loop = asyncio.new_event_loop()
        self._thread = ThreadPoolExecutor(1)
        self._running = self._thread.submit(self._loop.run_until_complete, self._serve())

    async def _serve(self) -> None:
        server = StdioServerParameters(command=COMMAND, args=["mcp", "--store", str(self._store)])
        async with stdio_client(server) as (read, write), ClientSession(read, write) as session:
            self.welcome = await session.initialize()
            while (asked := await self._asked.get()) is not None:
                name, arguments, answer = asked
                try:
                    answer.set_result(await (session.list_tools() if not name else session.call_tool(name, arguments)))
                except Exception as error:
                    answer.set_exception(error)

    def ask(self, name: str, /, **arguments: Any) -> Any:
        async def put() -> Any:
            answer: asyncio.Future[Any] = self._loop.create_future()
            await self._asked.put((name, arguments, answer))
            return await answer

        return asyncio.run_coroutine_threadsafe(put(), self._loop).result(60)

    def call(self, name: str, /, **arguments: Any) -> tuple[str, bool]:
        """The text that a tool answers, and whether it failed."""
        result = self.ask(name, **arguments)
        assert isinstance(result, CallToolResult)
        (content,) = result.content
        assert isinstance(content, TextContent)
        return content.text, bool(result.is_error)

    def data(self, name: str, /, **arguments: Any) -> Any:
        text, failed = self.call(name, **arguments)
        assert not failed, text
        return json.loads(text)

    def close(self) -> None:
        asyncio.run_coroutine_threadsafe(self._asked.put(None), self._loop).result(10)
        self._running.result(30)
        self._thread.shutdown()
        self._loop.close()


@pytest.fixture(scope="module")
def client(samples: Path) -> Iterator[Client]:
    running = Client(samples)
    yield running
    running.close()


def test_the_tools_are_listed_with_their_arguments(client: Client) -> None:
    tools = {tool.name: tool for tool in client.ask("").tools}
    assert set(tools) == {
        "search_names", "list_questions", "ask_question", "sparql", "get_entity", "explain", "list_documents",
        "get_document",
    }  # fmt: skip
    assert tools["explain"].input_schema["required"] == ["s", "p", "o"]
    assert all(tool.description and tool.annotations.read_only_hint for tool in tools.values())


def test_names_are_found_in_any_language(client: Client) -> None:
    for name in ("Kazakhstan", "Казахстана", "Қазақстан"):
        assert KAZ in {found["iri"] for found in client.data("search_names", q=name)["results"]}


def test_prepared_questions_are_listed_and_answered(client: Client) -> None:
    questions = {question["name"]: question for question in client.data("list_questions")}
    assert {"state", "minimum"} <= {parameter["name"] for parameter in questions["co-participation"]["parameters"]}
    table, failed = client.call("ask_question", name="co-participation", parameters={"state": "KAZ", "minimum": 3})
    assert not failed
    assert "Kyrgyzstan" in table.splitlines()[1]


def test_sparql_is_answered_as_a_table_or_in_turtle(client: Client) -> None:
    table, _ = client.call("sparql", query="SELECT ?o { state:KAZ mc:memberOf ?o } ORDER BY ?o")
    assert CSTO in table.splitlines()
    graph, _ = client.call("sparql", query="CONSTRUCT WHERE { state:KAZ mc:memberOf organization:CSTO }")
    assert "mc:memberOf" in graph


def test_the_graph_cannot_be_changed(client: Client) -> None:
    text, failed = client.call("sparql", query="INSERT DATA { <urn:a> <urn:b> <urn:c> }")
    assert failed and "SPARQL" in text


def test_a_thing_and_a_document_come_with_their_sentences(client: Client) -> None:
    facts = client.data("get_entity", iri=KAZ)["facts"]
    membership = next(group for group in facts if group["property"]["name"] == "member of")
    csto = next(fact for fact in membership["shown"] if fact["value"]["iri"] == CSTO)
    sentence = csto["sentences"][0]
    assert "CSTO" in sentence["text"] or "ОДКБ" in sentence["text"]

    document = client.data("get_document", iri=sentence["document"])
    assert document["text"][sentence["begin"] : sentence["end"]] == sentence["text"]
    assert any(sentence in claim["sentences"] for claim in document["claims"])
    assert document["iri"] in {listed["iri"] for listed in client.data("list_documents")}


def test_a_triple_is_explained(client: Client) -> None:
    told = client.data("explain", s="state:KAZ", p="mc:memberOf", o="organization:CSTO")
    assert told["holds"] and SENTENCE in {passage["text"] for passage in told["passages"]}


def test_of_long_lists_some_are_shown_and_all_are_counted(client: Client) -> None:
    facts = client.data("get_entity", iri=KAZ)["facts"]
    assert all(len(group["shown"]) == min(group["total"], 6) for group in facts)
    assert any(group["total"] > 6 for group in facts)


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("sparql", {"query": "SELEC"}, "line 1"),
        ("sparql", {}, "needs the argument 'query'"),
        ("sparql", {"query": "ASK {}", "timeout": "5"}, "no argument 'timeout'"),
        ("ask_question", {"name": "co-participation", "parameters": "KAZ"}, "must be of type object"),
        ("ask_question", {"name": "no-such-question"}, "no-such-question"),
        ("get_entity", {"iri": ID + "state/XXX"}, "says nothing of"),
        ("explain", {"s": "state:KAZ", "p": "no term", "o": "state:RUS"}, "'no term'"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(
    client: Client, tool: str, arguments: dict[str, Any], told: str
) -> None:
    text, failed = client.call(tool, **arguments)
    assert failed
    assert told in text


def test_without_a_store_nothing_is_served(tmp_path: Path) -> None:
    done = subprocess.run(
        [COMMAND, "mcp", "--store", str(tmp_path / "none")], input="", capture_output=True, text=True, timeout=300
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "none" in done.stderr and "Traceback" not in done.stderr


def answers(*messages: object) -> list[Any]:
    def call(_: Tool, arguments: Any) -> ToolAnswer:
        return ToolAnswer(str(arguments))

    lines = [message if isinstance(message, str) else json.dumps(message) for message in messages]
    return [json.loads(line) for line in Session(read_tools(), call, "1").answers(lines)]


def request(method: object, **parameters: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": 7, "method": method, "params": parameters}


@pytest.mark.parametrize("version", VERSIONS)
def test_each_version_of_the_protocol_is_spoken(version: str) -> None:
    (answer,) = answers(request("initialize", protocolVersion=version))
    assert answer["result"]["protocolVersion"] == version


def test_of_an_unknown_version_the_newest_is_offered() -> None:
    assert answers(request("initialize", protocolVersion="1999-01-01"))[0]["result"]["protocolVersion"] == VERSIONS[0]


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("{", -32700),
        ("[]", -32600),
        ('"ping"', -32600),
        ({"id": 7, "method": "ping"}, -32600),
        (request("tools/none"), -32601),
        (request(["ping"]), -32601),
        (request("tools/call", name="none"), -32602),
        (request("tools/call", name="sparql", arguments=[1]), -32602),
        ({"jsonrpc": "2.0", "id": 7, "method": "ping", "params": [1]}, -32602),
    ],
)
def test_a_message_that_is_no_request_gets_the_error_of_json_rpc(message: object, code: int) -> None:
    (answer,) = answers(message)
    assert answer["error"]["code"] == code


def test_notifications_and_blank_lines_get_no_answer_and_a_batch_one() -> None:
    notification = {"jsonrpc": "2.0", "method": "notifications/initialized"}
    assert answers(notification, "", [notification]) == []
    ((first, second),) = answers([request("ping"), notification, request("ping")])
    assert first == second == {"jsonrpc": "2.0", "id": 7, "result": {}}
