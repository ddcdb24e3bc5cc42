"""The text of an answer → proposals that fit the schema; what does not fit is dropped and counted."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from graph.errors import BadUsage
from loaders.model.errors import BadAnswer
from loaders.model.schema import answer_schema

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

__all__ = ["Proposals", "parse"]

_FENCED = re.compile(r"\A\s*```(?:json)?\s*\n(.*?)\n?\s*```\s*\Z", re.DOTALL)
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Proposals:
    """What a model proposes: facts as JSON objects of the schema, and how many were dropped as they did not fit it."""

    facts: tuple[dict[str, Any], ...]
    dropped: int


def parse(answer: str) -> Proposals:
    """The proposals of an answer.

    Arguments:
        answer: JSON, which may stand in a fenced block.

    Raises:
        BadAnswer: it is no JSON object with a list of facts.
        BadUsage: the package that checks facts against the schema is missing.
    """
    fenced = _FENCED.match(answer)
    try:
        content = json.loads(fenced.group(1) if fenced else answer)
    except (ValueError, RecursionError) as error:
        raise BadAnswer(f"the answer is no JSON: {_beginning(answer)}") from error
    if not isinstance(content, dict) or not isinstance(content.get("facts"), list):
        raise BadAnswer(f'the answer is no JSON object with a list "facts": {_beginning(answer)}')
    facts = tuple(_fitting(content["facts"]))
    return Proposals(facts, len(content["facts"]) - len(facts))


def _fitting(items: list[Any]) -> Iterator[dict[str, Any]]:
    for item in items:
        validator = _validators().get(str(item.get("kind"))) if isinstance(item, dict) else None
        if validator is not None and validator.is_valid(item):
            yield item


@cache
def _validators() -> dict[str, Draft202012Validator]:
    """A validator for each kind of fact: one fact that does not fit must not spoil the others."""
    try:
        from jsonschema import Draft202012Validator  # an extra: whoever asks no model needs none
    except ImportError as error:
        raise BadUsage("the reader needs the package jsonschema", hint="pip install 'milcoop[model]'") from error
    schema = answer_schema()
    return {
        kind["properties"]["kind"]["const"]: Draft202012Validator({**kind, "$defs": schema["$defs"]})
        for kind in schema["properties"]["facts"]["items"]["anyOf"]
    }


def _beginning(answer: str) -> str:
    line = " ".join(answer.split())
    return repr(line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…")
