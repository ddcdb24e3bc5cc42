"""Inferences that follow a change of what is asserted, in time that depends on the change."""

from graph.reasoner.incremental.facts import NeedsFullClosure
from graph.reasoner.incremental.known import Known
from graph.reasoner.incremental.maintenance import maintain

__all__ = ["Known", "NeedsFullClosure", "maintain"]
