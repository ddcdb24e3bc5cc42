"""`/explain`: why a triple holds: `?s=&p=&o=`, `&limit=` proofs of it; as a page, as JSON, and in RDF (PROV)."""

from flask import Blueprint, jsonify, request
from pyoxigraph import DefaultGraph, NamedNode, Triple
from werkzeug.wrappers import Response

from graph.errors import BadInput
from graph.explanation import Explanation, RuleText, as_json, as_prov, folded, rule_text
from graph.explanation import explain as explain_triple
from graph.store import GRAPH_UNNAMED
from ontology import GRAPH_ONTOLOGY, GRAPH_REFERENCE, MC
from server.rdf_answers import RDF_FORMATS, rdf_answer
from server.rendering import chosen_media_type, interface, page
from server.resources import current_snapshot
from server.terms import parse_term

__all__ = ["explain"]

explain = Blueprint("explain", __name__)

MOST_PROOFS = 100
"""A request gets no more proofs than these."""

_MORE_PROOFS = 10
"""How many proofs the page offers to show beside the shortest."""

_MEDIA_TYPES = {"json": "application/json", "html": "text/html", **RDF_FORMATS}
_ASKED_ABOUT = tuple(
    NamedNode(MC[name]) for name in ("cooperatesWith", "participatesIn", "partyTo", "contributesTo", "memberOf")
)
_GRAPHS = {
    GRAPH_ONTOLOGY: "explain.graph_ontology",
    GRAPH_REFERENCE: "explain.graph_reference",
    GRAPH_UNNAMED: "explain.graph_unnamed",
}
"""Graphs that are no documents, with the words that name them."""


@explain.get("/explain")
def why() -> Response:
    """The explanation; without parameters, the form that asks for them."""
    media_type = chosen_media_type(tuple(_MEDIA_TYPES.values()), _MEDIA_TYPES)
    given = {name: request.args.get(name, "") for name in ("s", "p", "o")}
    if media_type == "text/html" and not any(given.values()):
        return page("explain.html", given=given, explanation=None, examples=_examples())
    limit = _limit(request.args.get("limit", "1"))
    explanation = _explained(given, limit)
    if media_type == "text/html":
        more = None if limit > 1 else _MORE_PROOFS
        return page(
            "explain.html", given=given, explanation=explanation, more=more,
            folded=folded, rule_of=rule_text, title_of=_title, own_graphs=_GRAPHS,
        )  # fmt: skip
    if media_type == "application/json":
        response: Response = jsonify(as_json(explanation))
        response.headers["Vary"] = "Accept"
        return response
    return rdf_answer(as_prov(explanation), media_type)


def _examples() -> list[Triple]:
    """A triple of each property that readers ask about most, out of the graph."""
    rdf = current_snapshot().rdf
    found = (next(rdf.quads_for_pattern(None, name, None, DefaultGraph()), None) for name in _ASKED_ABOUT)
    return [quad.triple for quad in found if quad is not None]


def _explained(given: dict[str, str], limit: int) -> Explanation:
    subject, predicate, value = (parse_term(given[name], name) for name in ("s", "p", "o"))
    if not isinstance(subject, NamedNode) or not isinstance(predicate, NamedNode):
        raise BadInput("The subject and the predicate must be IRIs")
    return explain_triple(current_snapshot().rdf, Triple(subject, predicate, value), limit=limit)


def _limit(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= MOST_PROOFS:
        raise BadInput(f"The limit is {text!r}", hint=f"write a number from 1 to {MOST_PROOFS}")
    return int(text)


def _title(rule: RuleText) -> str | None:
    """What a rule beside the axioms is about, in the reader's language."""
    if rule.table is not None:
        return None
    return next((rule.titles[code] for code in interface().preference if code in rule.titles), None)
