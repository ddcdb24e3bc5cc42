"""`/decisions`: people's decisions about claims."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, jsonify, make_response, request
from werkzeug.wrappers import Response

from graph.errors import BadInput
from server.access import require_scope
from server.amending import parts_of
from server.apart import run_apart
from server.rendering import interface, names
from server.resources import current_snapshot, resources
from server.terms import parse_term

__all__ = ["decisions"]

decisions = Blueprint("decisions", __name__, url_prefix="/decisions")

_VERDICTS = ("confirmed", "rejected", "amended")
_OF_TWO = ("same", "different")


@decisions.get("")
def amendable() -> Response:
    """The parts of `?claim=` that can be amended, with what there is to choose from, in the reader's language."""
    claim = _iri(request.args, "claim")
    parts = parts_of(current_snapshot(), claim, interface(), names())
    response = jsonify({"claim": claim, "parts": [asdict(part) for part in parts]})
    response.headers["Vary"] = "Accept-Language"
    return response


@decisions.post("")
def decide() -> Response:
    """Confirm, reject or amend a claim; or say of two things of different documents that they are one, or two.

    The body is JSON: `claim`, its IRI; `verdict`; `author`; `note`; and for an amendment `values`, the new value in
    Turtle's notation by the property's IRI or prefixed name. Of two things: `thing` and `other`, their IRIs, and as
    verdict `same` or `different`; the answer names the claim, by which it is taken back.
    """
    require_scope("load")
    given = _body()
    if "thing" in given or "other" in given:
        return _judge(given)
    verdict = given.get("verdict")
    if verdict not in _VERDICTS:
        raise BadInput(f"The verdict is {verdict!r}", hint=f"it is one of {', '.join(_VERDICTS)}")
    values = {_property(name): str(parse_term(str(value), name)) for name, value in (given.get("values") or {}).items()}
    return _made("decide_given", given, claim=_iri(given, "claim"), verdict=verdict, values=values)


@decisions.delete("")
def revoke() -> Response:
    """Take the decisions about `?claim=` back."""
    require_scope("load")
    return _written("revoke_given", claim=_iri(request.args, "claim"))


def _judge(given: dict[str, Any]) -> Response:
    verdict = given.get("verdict")
    if verdict not in _OF_TWO:
        raise BadInput(f"The verdict is {verdict!r}", hint=f"of two things it is one of {', '.join(_OF_TWO)}")
    thing, other = _iri(given, "thing"), _iri(given, "other")
    return _made("judge_given", given, thing=thing, other=other, same=verdict == "same")


def _made(task: str, given: dict[str, Any], **argument: Any) -> Response:
    """The answer to a decision that is written now, by whom and why as the body says."""
    told = _written(task, author=_text(given, "author"), note=_text(given, "note"), **argument)
    return make_response(told, 201)


def _written(task: str, **argument: Any) -> Response:
    settings = resources().settings
    argument["store"] = settings.store
    return jsonify(run_apart(f"server.deciding:{task}", argument, seconds=settings.update_seconds))


def _body() -> dict[str, Any]:
    given = request.get_json(silent=True)
    if not isinstance(given, dict) or not isinstance(given.get("values") or {}, dict):
        raise BadInput("The body is no JSON object", hint='send {"claim": …, "verdict": …, "author": …}')
    return given


def _text(given: Any, name: str) -> str:
    value = given.get(name) or ""
    if not isinstance(value, str):
        raise BadInput(f"The field {name!r} is no text")
    return value


def _iri(given: Any, name: str) -> str:
    return _property(_text(given, name) or "", name)


def _property(text: str, name: str = "values") -> str:
    term = parse_term(text, name)
    if not hasattr(term, "value") or str(term)[:1] != "<":
        raise BadInput(f"{text!r} is no IRI", hint="write an IRI or a prefixed name such as mc:domain")
    return term.value
