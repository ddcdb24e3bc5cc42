"""Who states a triple: graphs, claims, and the words of documents."""

from dataclasses import dataclass
from functools import cached_property

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Triple

from graph.claims import PLANNED, Claim, Passage, claim_at, claims_about
from ontology import GRAPH_INFERRED, MC

__all__ = ["GRAPH_MERGED", "Provenance", "provenance"]

GRAPH_MERGED = "urn:x-arq:DefaultGraph"
"""What to call the unnamed graph of a store that keeps triples in it (the name that Apache Jena uses)."""

_EVIDENCE = NamedNode(MC["evidence"])


@dataclass(frozen=True)
class Provenance:
    """What is known of where a triple comes from.

    Arguments:
        triple: the triple.
        stated_in: IRIs of the graphs that state it, sorted.
        inferred: whether it only follows from what is stated.
        claims: the claims of these graphs that say it, each with its passages, rule and confidence.
        planned: whether each of these graphs speaks of it only as planned.
    """

    triple: Triple
    stated_in: tuple[str, ...]
    inferred: bool
    claims: tuple[Claim, ...]
    planned: bool = False

    @property
    def holds(self) -> bool:
        """Whether the triple is in the graph at all."""
        return bool(self.stated_in) or self.inferred

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The words that state it, each once."""
        return tuple(sorted({passage for claim in self.claims for passage in claim.passages}))


def provenance(rdf: pyoxigraph.Store, triple: Triple) -> Provenance:
    """Say where a triple comes from.

    Arguments:
        rdf: the triples of a snapshot.
        triple: the triple; its terms are as in the store.
    """
    quads = rdf.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
    graphs = {quad.graph_name for quad in quads}
    inferred = NamedNode(GRAPH_INFERRED) in graphs
    named = sorted((g for g in graphs if isinstance(g, NamedNode) and g.value != GRAPH_INFERRED), key=str)
    stated_in = tuple(graph.value for graph in named)
    if not named and not inferred and DefaultGraph() in graphs:
        stated_in = (GRAPH_MERGED,)
    nodes = [_claims(rdf, triple, graph) for graph in named]
    claims = [claim_at(rdf, node) for node in dict.fromkeys(node for of_graph in nodes for node in of_graph)]
    return Provenance(
        triple,
        stated_in=stated_in,
        inferred=inferred and not stated_in,
        claims=tuple(sorted(claims, key=lambda claim: claim.passages)),
        planned=bool(nodes) and all(nodes) and all(claim.modality == PLANNED for claim in claims),
    )


def _claims(rdf: pyoxigraph.Store, triple: Triple, graph: NamedNode) -> list[NamedNode | BlankNode]:
    """The claims of a graph that say the triple: statements about it, or else the relation whose attribute it is."""
    about = list(claims_about(rdf, triple, graph))
    subject = triple.subject
    if about or not isinstance(subject, NamedNode | BlankNode) or triple.predicate == _EVIDENCE:
        return about
    relation: Quad | None = next(iter(rdf.quads_for_pattern(subject, _EVIDENCE, None, graph)), None)
    return [] if relation is None else [subject]
