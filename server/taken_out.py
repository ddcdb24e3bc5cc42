"""What people have taken out of a document: its rejected claims, as they were."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from graph.claims import Claim, claim_at
from server.relations import Term, attributes_of
from server.rendering import schema

__all__ = ["TakenOut", "taken_out"]

if TYPE_CHECKING:
    from loaders.decisions import Decision


@dataclass(frozen=True, slots=True)
class TakenOut:
    """A claim that a person rejected.

    Arguments:
        claim: the claim as the document's graph had it.
        attributes: of a relation: its properties and their values.
        decision: who took it out, when and why.
    """

    claim: Claim
    attributes: tuple[tuple[str, tuple[Term, ...]], ...]
    decision: "Decision"


def taken_out(rdf: pyoxigraph.Store, document: str, decisions: "tuple[Decision, ...]") -> tuple[TakenOut, ...]:
    """The claims of a document that the last decision about each rejects, in the order of the decisions.

    Arguments:
        rdf: where the document's graph is; the passages are still in it.
        document: its IRI.
        decisions: about its claims, the oldest first.
    """
    last = {decision.claim: decision for decision in decisions}
    return tuple(_as_it_was(rdf, document, decision) for decision in last.values() if decision.verdict == "rejected")


def _as_it_was(rdf: pyoxigraph.Store, document: str, decision: "Decision") -> TakenOut:
    graph = NamedNode(document)
    removed = pyoxigraph.Store()
    removed.extend(
        Quad(quad.subject, quad.predicate, quad.object, graph) for quad in parse(decision.removed, RdfFormat.N_TRIPLES)
    )
    for passage in decision.passages:
        removed.extend(rdf.quads_for_pattern(NamedNode(passage), None, None, graph))
    claim = claim_at(removed, NamedNode(decision.claim))
    return TakenOut(claim, () if claim.statement else attributes_of(removed, claim.node, schema()), decision)
