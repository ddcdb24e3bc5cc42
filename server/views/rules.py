"""`/rule/owl2rl/…` and `/rule/ontology/…`: the rules of inference, to which proofs in RDF point."""

from flask import Blueprint
from werkzeug.wrappers import Response

from graph.errors import NotFound
from graph.explanation import RuleText, rule_in_rdf, rule_text
from server.rdf_answers import RDF_FORMATS, RDF_MEDIA_TYPES, rdf_answer
from server.rendering import chosen_media_type, interface, page

__all__ = ["rules"]

rules = Blueprint("rules", __name__)


@rules.get("/rule/owl2rl/<name>", defaults={"kind": "owl2rl"})
@rules.get("/rule/ontology/<name>", defaults={"kind": "ontology"})
@rules.get("/page/rule/owl2rl/<name>", defaults={"kind": "owl2rl"}, endpoint="page_of_owl2rl")
@rules.get("/page/rule/ontology/<name>", defaults={"kind": "ontology"}, endpoint="page_beside")
def rule(kind: str, name: str) -> Response:
    """A rule as a page or as RDF: its name, its text, what it is about, where it is defined."""
    found = _rule(kind, name)
    media_type = chosen_media_type((*RDF_MEDIA_TYPES, "text/html"), {"html": "text/html", **RDF_FORMATS})
    if media_type != "text/html":
        return rdf_answer(rule_in_rdf(found), media_type)
    about = next((found.titles[code] for code in (*interface().preference, "en") if code in found.titles), "")
    return page("rule.html", rule=found, about=about)


@rules.get("/data/rule/owl2rl/<name>", defaults={"kind": "owl2rl"})
@rules.get("/data/rule/ontology/<name>", defaults={"kind": "ontology"})
def data(kind: str, name: str) -> Response:
    """A rule as RDF."""
    return rdf_answer(rule_in_rdf(_rule(kind, name)), chosen_media_type(RDF_MEDIA_TYPES, RDF_FORMATS))


def _rule(kind: str, name: str) -> RuleText:
    try:
        found = rule_text(name)
    except KeyError:
        found = None
    if found is None or (found.table is None) != (kind == "ontology"):
        raise NotFound(f"There is no rule {name!r}", hint="/explain names the rules that a proof applies")
    return found
