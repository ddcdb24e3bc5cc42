"""Inferences that follow a change of what is asserted, in time that depends on the change."""

from graph.reasoner.incremental.facts import NeedsFullClosure
from graph.reasoner.incremental.known import Known
from graph.reasoner.incremental.maintenance import MOST, maintain

__all__ = ["MOST", "Known", "NeedsFullClosure", "maintain"]
