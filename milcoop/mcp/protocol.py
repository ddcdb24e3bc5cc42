"""The Model Context Protocol as far as a server of tools needs it: JSON-RPC 2.0, one message a line.

The methods are those of the specification's lifecycle, `ping`, and `tools/list` and `tools/call`
(https://modelcontextprotocol.io/specification/2025-06-18). The `mcp` package would bring a second web stack along.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from milcoop.mcp.tools import Tool, ToolAnswer

__all__ = ["VERSIONS", "Session"]

VERSIONS = ("2025-06-18", "2025-03-26", "2024-11-05")
"""Versions of the protocol that are spoken, the newest first."""

_PARSE_ERROR, _INVALID_REQUEST, _METHOD_NOT_FOUND, _INVALID_PARAMS = -32700, -32600, -32601, -32602


class _Fault(Exception):
    """A request that cannot be carried out: the code of JSON-RPC and a sentence."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


class Session:
    """Answers a client's messages.

    Arguments:
        tools: the tools on offer, by name.
        call: calls one with its arguments.
        version: of the software, which clients show.
    """

    def __init__(
        self,
        tools: Mapping[str, Tool],
        call: Callable[[Tool, Mapping[str, object]], ToolAnswer],
        version: str,
    ) -> None:
        self._tools = tools
        self._call = call
        self._version = version
        self._methods: dict[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
            "initialize": self._initialize,
            "ping": lambda _: {},
            "tools/list": lambda _: {"tools": [tool.listed for tool in self._tools.values()]},
            "tools/call": self._call_tool,
        }

    def answers(self, lines: Iterable[str]) -> Iterator[str]:
        """An answer, as a line, for each line that asks for one.

        Arguments:
            lines: the client's messages.
        """
        for line in lines:
            if line.strip() and (answer := self._answer_to_line(line)) is not None:
                yield json.dumps(answer, ensure_ascii=False, separators=(",", ":")) + "\n"

    def _answer_to_line(self, line: str) -> object:
        try:
            message = json.loads(line)
        except (ValueError, RecursionError):
            return _failure(None, _PARSE_ERROR, "This is no JSON")
        if not isinstance(message, list):
            return self._answer(message)
        # Batches are of version 2025-03-26
        if not message:
            return _failure(None, _INVALID_REQUEST, "The batch is empty")
        return [answer for one in message if (answer := self._answer(one)) is not None] or None

    def _answer(self, message: object) -> dict[str, Any] | None:
        if not isinstance(message, dict) or message.get("jsonrpc") != "2.0":
            return _failure(None, _INVALID_REQUEST, "This is no request of JSON-RPC 2.0")
        number, method = message.get("id"), message.get("method")
        if number is None or method is None:  # a notification, or an answer to what was never asked
            return None
        try:
            parameters = message.get("params", {})
            if not isinstance(parameters, dict):
                raise _Fault(_INVALID_PARAMS, "params must be an object")
            if not isinstance(method, str) or method not in self._methods:
                raise _Fault(_METHOD_NOT_FOUND, f"There is no method {method!r}")
            return {"jsonrpc": "2.0", "id": number, "result": self._methods[method](parameters)}
        except _Fault as fault:
            return _failure(number, fault.code, str(fault))

    def _initialize(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        wanted = parameters.get("protocolVersion")
        return {
            "protocolVersion": wanted if wanted in VERSIONS else VERSIONS[0],
            "capabilities": {"tools": {"listChanged": False}},
            "serverInfo": {
                "name": "milcoop",
                "title": "Knowledge graph of military cooperation",
                "version": self._version,
            },
            "instructions": (
                "Facts of military cooperation (exercises, missions, agreements, arms, meetings, offices) read from"
                " documents. Find IRIs with search_names; prefer ask_question to sparql; quote the sentence and its"
                " document with every fact that you report, and say what is only planned, proposed or denied."
            ),
        }

    def _call_tool(self, parameters: Mapping[str, Any]) -> dict[str, Any]:
        tool = self._tools.get(str(parameters.get("name")))
        if tool is None:
            raise _Fault(_INVALID_PARAMS, f"There is no tool {parameters.get('name')!r}")
        arguments = parameters.get("arguments") or {}
        if not isinstance(arguments, dict):
            raise _Fault(_INVALID_PARAMS, "arguments must be an object")
        answer = self._call(tool, arguments)
        return {"content": [{"type": "text", "text": answer.text}], "isError": answer.failed}


def _failure(number: object, code: int, message: str) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": number, "error": {"code": code, "message": message}}
