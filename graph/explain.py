"""Why a triple holds: the graphs that state it, the words that say it, or that it follows from what is stated."""

from dataclasses import dataclass
from functools import cached_property

import pyoxigraph
from pyoxigraph import NamedNode, Triple

from graph.claims import Claim, Passage, claim_at, claims_about, named_graphs_of
from ontology import GRAPH_INFERRED, GRAPH_ONTOLOGY, GRAPH_REFERENCE

__all__ = ["Explanation", "described", "explain"]


@dataclass(frozen=True)
class Explanation:
    """What is known of where a triple comes from.

    Arguments:
        triple: the triple.
        stated_in: IRIs of the graphs that state it, sorted.
        inferred: whether it only follows from what is stated.
        claims: the claims of these graphs that say it, each with its passages, rule and confidence.
    """

    triple: Triple
    stated_in: tuple[str, ...]
    inferred: bool
    claims: tuple[Claim, ...]

    @property
    def holds(self) -> bool:
        """Whether the triple is in the graph at all."""
        return bool(self.stated_in) or self.inferred

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The words that state it, each once."""
        return tuple(sorted({passage for claim in self.claims for passage in claim.passages}))


def explain(rdf: pyoxigraph.Store, triple: Triple) -> Explanation:
    """Say where a triple comes from.

    Arguments:
        rdf: the triples of a snapshot.
        triple: the triple; its terms are as in the store.
    """
    graphs = named_graphs_of(rdf, triple)
    stating = sorted((g for g in graphs if isinstance(g, NamedNode) and g.value != GRAPH_INFERRED), key=str)
    claims = dict.fromkeys(node for graph in stating for node in claims_about(rdf, triple, graph))
    return Explanation(
        triple,
        stated_in=tuple(graph.value for graph in stating),
        inferred=bool(graphs) and not stating,
        claims=tuple(sorted((claim_at(rdf, node) for node in claims), key=lambda claim: claim.passages)),
    )


def described(graph: str) -> str:
    """A word for where a triple is stated: the ontology, the reference data, or the document's IRI."""
    return {GRAPH_ONTOLOGY: "the ontology", GRAPH_REFERENCE: "the reference data"}.get(graph, graph)
