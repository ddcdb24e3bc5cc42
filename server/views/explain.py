"""`/explain`: why a triple holds: `?s=&p=&o=`. So far: who states it, in which words; proofs of what follows come."""

from flask import Blueprint, jsonify, request
from pyoxigraph import NamedNode, Triple
from werkzeug.wrappers import Response

from graph.errors import BadInput
from graph.explain import Explanation
from graph.explain import explain as explain_triple
from server.rendering import chosen_media_type, page
from server.resources import current_snapshot
from server.terms import parse_term

__all__ = ["explain"]

explain = Blueprint("explain", __name__)

_MEDIA_TYPES = {"json": "application/json", "html": "text/html"}


@explain.get("/explain")
def why() -> Response:
    """The explanation, as a page or as JSON; without parameters, the form that asks for them."""
    media_type = chosen_media_type(tuple(_MEDIA_TYPES.values()), _MEDIA_TYPES)
    given = {name: request.args.get(name, "") for name in ("s", "p", "o")}
    if media_type == "text/html" and not any(given.values()):
        return page("explain.html", given=given, explanation=None)
    explanation = _explained(given)
    if media_type == "text/html":
        return page("explain.html", given=given, explanation=explanation)
    return jsonify(
        triple=str(explanation.triple),
        holds=explanation.holds,
        inferred=explanation.inferred,
        rule="OWL 2 RL closure and the rules beside it" if explanation.inferred else None,
        stated_in=list(explanation.stated_in),
        passages=[
            {"iri": p.iri, "document": p.document, "begin": p.begin, "end": p.end, "text": p.text}
            for p in explanation.passages
        ],
    )


def _explained(given: dict[str, str]) -> Explanation:
    subject, predicate, value = (parse_term(given[name], name) for name in ("s", "p", "o"))
    if not isinstance(subject, NamedNode) or not isinstance(predicate, NamedNode):
        raise BadInput("The subject and the predicate must be IRIs")
    return explain_triple(current_snapshot().rdf, Triple(subject, predicate, value))
