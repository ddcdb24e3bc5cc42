"""The rules of OWL 2 RL/RDF (W3C OWL 2 Profiles, section 4.3) as data, and the engine that they are compiled for."""

from graph.reasoner.owl2rl.reasoner import Owl2RlReasoner

__all__ = ["Owl2RlReasoner"]
