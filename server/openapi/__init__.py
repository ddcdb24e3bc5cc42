"""The description of the server in OpenAPI 3.1: of every path that the application has, by the program itself.

Summaries are the first sentences of the views; what a path takes and gives stands in `operations.toml`; the canned
queries describe themselves. So no path is missing, and none is described that is not there.
"""

import inspect
import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from graph.query.canned import CannedQuery
from graph.query.parameters import Parameter
from server.localization import translated
from server.tokens import SCOPES

__all__ = ["describe", "operations"]

_VARIABLE = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_PHRASES = {200: "Answered", 201: "Made", 204: "Done", 303: "See there", 304: "Not changed since"}
_SCHEMAS: dict[str, dict[str, Any]] = {
    "iri": {"type": "string"},
    "concept": {"type": "string"},
    "date": {"type": "string", "format": "date"},
    "year": {"type": "string", "pattern": "^[0-9]{4}$"},
    "integer": {"type": "integer"},
    "string": {"type": "string"},
}
_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
_SHARED_PROBLEMS = (429,)
_WORDS = frozenset({"summary", "description"})


@cache
def operations() -> Mapping[str, Any]:
    """The data file."""
    return tomllib.loads((Path(__file__).parent / "operations.toml").read_text(encoding="utf-8"))


def describe(app: Flask, canned: Iterable[CannedQuery], url: str, language: str = "en") -> dict[str, Any]:
    """The OpenAPI document.

    Arguments:
        app: the application, with all its paths.
        canned: the canned queries.
        url: the address under which the client reached the server, without a final slash.
        language: of its words: `en`, `ru` or `kk`.
    """
    paths: dict[str, dict[str, Any]] = {}
    for rule in sorted(app.url_map.iter_rules(), key=str):
        if rule.endpoint != "static":
            path = _VARIABLE.sub(r"{\1}", str(rule))
            for method in _METHODS:
                if method in (rule.methods or ()):
                    paths.setdefault(path, {})[method.lower()] = _operation(app, rule, method, path)
    for query in canned:
        paths[f"/queries/{query.name}"] = {"get": _canned(query, language)}
    described = {
        "openapi": "3.1.0",
        "info": {
            "title": "milcoop",
            "version": version("milcoop"),
            "summary": "A knowledge graph of military cooperation: SPARQL, linked data, canned queries, documents",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": url or "/"}],
        "tags": [{"name": name, "description": text} for name, text in operations()["groups"].items()],
        "paths": paths,
        "components": {"schemas": {"Problem": _problem_schema()}, "securitySchemes": {"token": _token_scheme()}},
    }
    return described if language == "en" else _in_language(described, language)


def _in_language(described: Any, language: str) -> Any:
    """The same with its summaries and descriptions in a language."""
    if isinstance(described, list):
        return [_in_language(part, language) for part in described]
    if not isinstance(described, dict):
        return described
    return {
        name: translated(part, language) if name in _WORDS and isinstance(part, str) else _in_language(part, language)
        for name, part in described.items()
    }


def _operation(app: Flask, rule: Rule, method: str, path: str) -> dict[str, Any]:
    told = operations().get(f"{method} {path}", {})
    view = app.view_functions[rule.endpoint]
    group = rule.endpoint.partition(".")[0]
    found: dict[str, Any] = {
        "operationId": f"{method.lower()} {path}".replace("{", "").replace("}", "").replace(" ", "_").replace("/", "_"),
        "summary": (inspect.getdoc(view) or "").partition("\n")[0].rstrip("."),
        "tags": [group],
        "parameters": [_path_parameter(name) for name in _VARIABLE.findall(str(rule))]
        + [_parameter(name) for name in told.get("takes", ())],
        "responses": _responses(told, has_path_variable="{" in path),
    }
    if body := _body(told):
        found["requestBody"] = {"required": True, "content": body}
    if scope := told.get("scope"):
        found["security"] = [{"token": [scope]}]
    return found


def _path_parameter(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}


def _parameter(name: str) -> dict[str, Any]:
    told = operations()["parameters"][name]
    found = {"name": name, "in": "query", "description": told["description"], "schema": told["schema"]}
    if told.get("allow_empty"):
        found["allowEmptyValue"] = True
    return found


def _body(told: Mapping[str, Any]) -> dict[str, Any]:
    text = {"schema": {"type": "string"}}
    if told.get("content") == "rdf":
        return dict.fromkeys(operations()["formats"]["rdf"], text)
    if told.get("document"):
        parts = {"file": {"type": "string", "format": "binary"}, "text": {"type": "string"}}
        form = {"type": "object", "properties": parts}
        return {"multipart/form-data": {"schema": form}, "text/plain": text, "application/pdf": text, "text/html": text}
    if told.get("json"):
        return {"application/json": {"schema": {"type": "object"}}}
    found = {}
    for media_type, name in told.get("body", {}).items():
        form = {"type": "object", "properties": {name: {"type": "string"}}, "required": [name]}
        found[media_type] = {"schema": form} if media_type.endswith("urlencoded") else text
    return found


def _responses(told: Mapping[str, Any], *, has_path_variable: bool) -> dict[str, Any]:
    formats = operations()["formats"]
    given = told.get("gives", () if told.get("gives_nothing") else ("any",))
    content: dict[str, Any] = {}
    for name in given:
        for media_type in formats.get(name, {"any": ["*/*"], "text": ["text/plain"]}.get(name, ())):
            content[media_type] = {}
    found: dict[str, Any] = {}
    if content:
        for status in (200, *told.get("also", ())):
            found[str(status)] = {"description": _PHRASES[status], "content": content}
    for status in told.get("gives_nothing", ()):
        found[str(status)] = {"description": _PHRASES[status]}
    if not told or has_path_variable:
        found["303"] = {"description": _PHRASES[303]}
    if content:
        found["304"] = {"description": _PHRASES[304]}
    refusals = {401, 403} if told.get("scope") else set()
    problems = sorted({*told.get("problems", ()), *refusals, *_SHARED_PROBLEMS})
    for status in problems:
        found[str(status)] = {"description": "A problem document (RFC 9457)", "content": _PROBLEM}
    if not told:
        found["default"] = {"description": "A problem document (RFC 9457)", "content": _PROBLEM}
    return found


def _canned(query: CannedQuery, language: str) -> dict[str, Any]:
    told = operations()["GET /queries/{name}"]
    return {
        "operationId": f"query_{query.name}",
        "summary": query.title(language),
        "description": query.description(language),
        "tags": ["queries"],
        "parameters": [
            *(_canned_parameter(parameter, language) for parameter in query.parameters),
            *(_parameter(name) for name in told["takes"]),
        ],
        "responses": _responses(told, has_path_variable=False),
    }


def _canned_parameter(parameter: Parameter, language: str) -> dict[str, Any]:
    schema = dict(_SCHEMAS[parameter.type])
    if parameter.default is not None:
        schema["default"] = parameter.default
    return {
        "name": parameter.name,
        "in": "query",
        "description": parameter.label(language),
        "required": not parameter.optional and parameter.default is None,
        "schema": schema,
    }


def _problem_schema() -> dict[str, Any]:
    return {
        "type": "object",
        "description": "A problem document (RFC 9457)",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "instance": {"type": "string"},
            "line": {"type": "integer"},
            "column": {"type": "integer"},
        },
    }


def _token_scheme() -> dict[str, Any]:
    scopes = "; ".join(f"{name}: {what}" for name, what in SCOPES.items())
    return {"type": "http", "scheme": "bearer", "description": f"Made by `milcoop token create`. Scopes: {scopes}"}
