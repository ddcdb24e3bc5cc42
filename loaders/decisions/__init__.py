"""What people decide about claims: confirmed, rejected, amended.

A decision is RDF with author and time in a graph of its own beside the document's (`<document>/decisions`), so that
it survives the next reading of the document. What is confirmed or amended is stated there, whatever later rules find;
what is rejected is taken out of the document's graph now and at every later reading. It falls with the document.
"""

from loaders.decisions.anchoring import anchored
from loaders.decisions.content import without
from loaders.decisions.deciding import decide, revoke
from loaders.decisions.record import Decision, Verdict, decisions_graph, decisions_of, rejected_claims

__all__ = [
    "Decision", "Verdict", "anchored", "decide", "decisions_graph", "decisions_of", "rejected_claims", "revoke",
    "without",
]  # fmt: skip
