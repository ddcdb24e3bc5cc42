"""The tools of `milcoop mcp`: read from `tools.toml`, called over the HTTP interface within this process."""

import json
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from flask import Flask

from graph.errors import BadInput

__all__ = ["MOST_CHARACTERS", "Tool", "ToolAnswer", "call_tool", "read_tools"]

MOST_CHARACTERS = 100_000
"""A longer answer is cut, and says so: a model reads all that it is given, and pays for it."""

_TYPES: Mapping[str, Callable[[object], bool]] = {
    "string": lambda value: isinstance(value, str | int | float) and not isinstance(value, bool),
    "object": lambda value: isinstance(value, dict),
}


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool.

    Arguments:
        name, title, description: as clients list it.
        path: of the HTTP interface; `{argument}` takes the place of an argument.
        accept: what it asks for.
        arguments: their JSON Schemas by name.
        required: the arguments that must be given.
        spread: the argument whose members become parameters of the request.
        without: members that are left out of a JSON answer, at any depth.
        at_most: how many items of members that are lists are kept, at any depth.
    """

    name: str
    title: str
    description: str
    path: str
    accept: str
    arguments: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    spread: str | None = None
    without: tuple[str, ...] = ()
    at_most: Mapping[str, int] = field(default_factory=dict)

    @property
    def listed(self) -> dict[str, Any]:
        """The tool as `tools/list` gives it (MCP, Server Features, Tools)."""
        return {
            "name": self.name,
            "title": self.title,
            "description": self.description,
            "inputSchema": {
                "type": "object",
                "properties": self.arguments,
                "required": list(self.required),
                "additionalProperties": False,
            },
            "annotations": {"readOnlyHint": True, "openWorldHint": False},
        }

    def address(self, arguments: Mapping[str, object]) -> str:
        """The path and query of the request.

        Arguments:
            arguments: the values by name.

        Raises:
            BadInput: one is missing, unknown, or of another type than its schema has.
        """
        for name in self.required:
            if name not in arguments:
                raise BadInput(f"{self.name} needs the argument {name!r}")
        for name, value in arguments.items():
            if name not in self.arguments:
                known = ", ".join(self.arguments) or "none"
                raise BadInput(f"{self.name} has no argument {name!r}", hint=f"there are: {known}")
            if not _TYPES[self.arguments[name]["type"]](value):
                raise BadInput(f"The argument {name!r} of {self.name} must be of type {self.arguments[name]['type']}")
        values = dict(arguments)
        spread = values.pop(self.spread, {}) if self.spread else {}
        in_path = {name: value for name, value in values.items() if f"{{{name}}}" in self.path}
        path = self.path.format_map({name: quote(str(value), safe="") for name, value in in_path.items()})
        parameters = {name: value for name, value in values.items() if name not in in_path}
        if isinstance(spread, dict):
            parameters |= spread
        return f"{path}?{urlencode(parameters)}" if parameters else path


@dataclass(frozen=True, slots=True)
class ToolAnswer:
    """What a tool answers: text for the model, and whether it tells of a failure."""

    text: str
    failed: bool = False


def read_tools() -> Mapping[str, Tool]:
    """The tools by name, in the order of the file."""
    rows = tomllib.loads((Path(__file__).parent / "tools.toml").read_text("utf-8"))
    return {
        name: Tool(
            name=name,
            title=row["title"],
            description=row["description"],
            path=row["path"],
            accept=row["accept"],
            arguments=row.get("arguments", {}),
            required=tuple(row.get("required", ())),
            spread=row.get("spread"),
            without=tuple(row.get("without", ())),
            at_most=row.get("at_most", {}),
        )
        for name, row in rows.items()
    }


def call_tool(app: Flask, tool: Tool, arguments: Mapping[str, object]) -> ToolAnswer:
    """Call a tool.

    Arguments:
        app: the application whose interface answers.
        tool: which.
        arguments: the values by name.
    """
    try:
        address = tool.address(arguments)
    except BadInput as error:
        return ToolAnswer(str(error), failed=True)
    with app.test_client() as client:
        response = client.get(address, headers={"Accept": tool.accept})
        text = response.get_data(as_text=True)
    if response.status_code >= 400:
        return ToolAnswer(_problem(text), failed=True)
    if response.mimetype == "application/json":
        text = json.dumps(_pruned(json.loads(text), tool), ensure_ascii=False, separators=(",", ":"))
    return ToolAnswer(_cut(text))


def _problem(text: str) -> str:
    """The sentence of a problem document (RFC 9457)."""
    try:
        problem = json.loads(text)
    except ValueError:
        return text
    return str(problem.get("detail") or problem.get("title") or text) if isinstance(problem, dict) else text


def _pruned(value: object, tool: Tool) -> object:
    """A JSON value as the tool is to give it: a page shows more than a model should have to read."""
    if isinstance(value, list):
        return [_pruned(member, tool) for member in value]
    if not isinstance(value, dict):
        return value
    kept = {name: member for name, member in value.items() if name not in tool.without}
    return {
        name: _pruned(member[: tool.at_most.get(name)] if isinstance(member, list) else member, tool)
        for name, member in kept.items()
    }


def _cut(text: str) -> str:
    if len(text) <= MOST_CHARACTERS:
        return text
    return f"{text[:MOST_CHARACTERS]}\n[cut after {MOST_CHARACTERS} of {len(text)} characters: ask for less]"
