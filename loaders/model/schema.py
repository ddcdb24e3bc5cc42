"""The JSON Schema of an answer, made from the form and the concept schemes of the ontology.

It keeps to the subset that endpoints with structured output accept: every property required, none additional, absence
as null.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from loaders.model.form import Field, Kind, concepts, kinds

__all__ = ["answer_schema"]

_TEXT = {"type": "string"}
_MAYBE_TEXT = {"type": ["string", "null"]}


@cache
def answer_schema() -> Mapping[str, Any]:
    """The JSON Schema (draft 2020-12) of `{"facts": […]}`."""
    return _object(facts={"type": "array", "items": {"anyOf": [_fact(kind) for kind in kinds()]}}) | {
        "$defs": {
            "entity": _object(words=_TEXT, means=_MAYBE_TEXT),
            "date": _object(words=_TEXT, date={"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}),
            "number": _object(words=_TEXT, value={"type": "number"}, bound={"enum": _names("bound")}),
        }
    }


def _fact(kind: Kind) -> dict[str, Any]:
    return _object(
        kind={"const": kind.name},
        quotes={"type": "array", "items": _TEXT},
        modality={"enum": _names("modality")},
        speaker=_or_null({"$ref": "#/$defs/entity"}),
        **{field.name: _value(field) for field in kind.fields},
    )


def _value(field: Field) -> dict[str, Any]:
    match field.type:
        case "name":
            return _TEXT if field.required else _MAYBE_TEXT
        case "entity" | "date" | "number":
            value: dict[str, Any] = {"$ref": f"#/$defs/{field.type}"}
        case "entities":
            return {"type": "array", "items": {"$ref": "#/$defs/entity"}}
        case "concept":
            value = {"enum": _names(field.scheme)}
        case "concepts":
            return {"type": "array", "items": {"enum": _names(field.scheme)}}
        case _:
            raise ValueError(f"form.toml: {field.name} has the unknown type {field.type!r}")
    return value if field.required else _or_null(value)


def _names(scheme: str) -> list[str]:
    return [concept.name for concept in concepts(scheme)]


def _or_null(value: Mapping[str, Any]) -> dict[str, Any]:
    return {"anyOf": [value, {"type": "null"}]}


def _object(**properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
