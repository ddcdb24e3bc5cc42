"""Explanation: where a triple comes from, and by which rules it follows from what is stated."""

from graph.explanation.explain import MOST_PROOFS, Explanation, explain
from graph.explanation.missing import Missing
from graph.explanation.proof import Proof, Statement
from graph.explanation.provenance import Provenance, provenance

__all__ = ["MOST_PROOFS", "Explanation", "Missing", "Proof", "Provenance", "Statement", "explain", "provenance"]
