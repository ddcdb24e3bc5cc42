"""Inference: from what is asserted to what follows from it."""

from typing import TYPE_CHECKING

from graph.reasoner.interface import Closure, Inconsistency, Reasoner
from graph.reasoner.rules import close_with_rules
from graph.reasoner.when_needed import ReasonerWhenNeeded

if TYPE_CHECKING:
    from graph.reasoner.owl2rl import Owl2RlReasoner
    from graph.reasoner.owlrl_engine import OwlrlReasoner

__all__ = [
    "Closure",
    "Inconsistency",
    "Owl2RlReasoner",
    "OwlrlReasoner",
    "Reasoner",
    "close_with_rules",
    "default_reasoner",
]


def default_reasoner() -> Reasoner:
    """The engine that a store uses unless told otherwise."""
    return ReasonerWhenNeeded()


def __getattr__(name: str) -> object:
    """The engines that are imported when they are asked for: rdflib takes half of the time that a store takes."""
    if name == "OwlrlReasoner":
        from graph.reasoner.owlrl_engine import OwlrlReasoner

        return OwlrlReasoner
    if name == "Owl2RlReasoner":
        from graph.reasoner.owl2rl import Owl2RlReasoner

        return Owl2RlReasoner
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
