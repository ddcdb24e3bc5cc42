"""Inference: from what is asserted to what follows from it."""

from graph.reasoner.forward_chaining import ForwardChainingReasoner
from graph.reasoner.interface import Closure, Inconsistency, Reasoner
from graph.reasoner.owlrl_engine import OwlrlReasoner
from graph.reasoner.rules import close_with_rules

__all__ = [
    "Closure",
    "ForwardChainingReasoner",
    "Inconsistency",
    "OwlrlReasoner",
    "Reasoner",
    "close_with_rules",
    "default_reasoner",
]


def default_reasoner() -> Reasoner:
    """The engine that a store uses unless told otherwise."""
    return ForwardChainingReasoner()
