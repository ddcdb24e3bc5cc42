"""The rules of OWL 2 RL/RDF (W3C OWL 2 Profiles, section 4.3) as data, and the engine that they are compiled for."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.reasoner.owl2rl.reasoner import Owl2RlReasoner

__all__ = ["Owl2RlReasoner"]


def __getattr__(name: str) -> object:
    """The engine, imported when it is asked for: who reads the rules needs no numpy."""
    if name == "Owl2RlReasoner":
        from graph.reasoner.owl2rl.reasoner import Owl2RlReasoner

        return Owl2RlReasoner
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
