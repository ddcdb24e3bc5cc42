"""Explanation: where a triple comes from, and by which rules it follows from what is stated."""

from graph.explanation.as_json import as_json, proof_as_json
from graph.explanation.as_prov import as_prov, rule_in_rdf
from graph.explanation.explain import MOST_PROOFS, Explainer, Explanation, explain
from graph.explanation.folding import Premise, folded
from graph.explanation.missing import Missing
from graph.explanation.proof import Proof, Statement
from graph.explanation.provenance import Provenance, provenance
from graph.explanation.rule_text import RuleText, rule_text

__all__ = [
    "MOST_PROOFS", "Explainer", "Explanation", "Missing", "Premise", "Proof", "Provenance", "RuleText", "Statement",
    "as_json", "as_prov", "explain", "folded", "proof_as_json", "provenance", "rule_in_rdf", "rule_text",
]  # fmt: skip
