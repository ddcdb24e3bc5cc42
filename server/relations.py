"""Relations with attributes in which a thing takes part: deployments, supplies of arms, offices."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Triple

from graph.claims import Claim, claim_at, is_statement_term
from ontology import GRAPH_INFERRED, MC, OWL, RDF, RDFS, SKOS
from server.schema import Schema

__all__ = ["GROUP_SIZE", "NAMES", "NOT_SHOWN", "Node", "Relation", "Term", "attributes_of", "relations_among"]

GROUP_SIZE = 60
"""Facts of one group that a page shows; the group tells how many there are."""

Node = NamedNode | BlankNode
Term = NamedNode | BlankNode | Literal | Triple

NAMES = frozenset({RDFS["label"], SKOS["prefLabel"], SKOS["altLabel"], MC["officialName"], MC["familyName"]})
_TYPE = NamedNode(RDF["type"])
_INFERRED = NamedNode(GRAPH_INFERRED)
_CLAIM_TERMS = frozenset(MC[name] for name in ("evidence", "origin", "confidence", "modality", "statedBy"))
_BOUNDS = frozenset(MC[name] for name in ("earliestStart", "latestStart", "earliestEnd", "latestEnd"))
NOT_SHOWN = frozenset({RDF["type"], MC["text"], MC["identityKey"], OWL["sameAs"], *NAMES, *_CLAIM_TERMS, *_BOUNDS})
"""Properties whose values a page tells otherwise, or not at all."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation with attributes in which the thing takes part: a deployment, a supply, an office."""

    claim: Claim
    kind: str
    attributes: tuple[tuple[str, tuple[Term, ...]], ...]


def relations_among(
    rdf: pyoxigraph.Store, incoming: Iterable[Triple], schema: Schema
) -> tuple[tuple[tuple[str, tuple[Relation, ...], int], ...], set[Term]]:
    """The relations that the thing takes part in, by class, and the nodes that stand for them."""
    by_class: dict[str, list[NamedNode | BlankNode]] = defaultdict(list)
    nodes: set[Term] = set()
    for subject in dict.fromkeys(t.subject for t in incoming):
        if not isinstance(subject, (NamedNode, BlankNode)):
            continue
        types = {
            q.object.value for q in rdf.quads_for_pattern(subject, _TYPE, None, None) if isinstance(q.object, NamedNode)
        }
        if schema.is_relation(types):
            nodes.add(subject)
            by_class[schema.most_specific(t for t in types if schema.is_relation([t]))[0]].append(subject)
    return (
        tuple(
            (kind, tuple(_relation(rdf, kind, n, schema) for n in sorted(members, key=str)[:GROUP_SIZE]), len(members))
            for kind, members in sorted(by_class.items())
        ),
        nodes,
    )


def _relation(rdf: pyoxigraph.Store, kind: str, node: Node, schema: Schema) -> Relation:
    return Relation(claim_at(rdf, node), kind, attributes_of(rdf, node, schema))


def attributes_of(rdf: pyoxigraph.Store, node: Node, schema: Schema) -> tuple[tuple[str, tuple[Term, ...]], ...]:
    """The stated attributes of a relation: property and values.

    Left out are those of the claim that it is as well, and what a more specific attribute says too.
    """
    values: dict[str, set[Term]] = defaultdict(set)
    for quad in rdf.quads_for_pattern(node, None, None, None):
        predicate = quad.predicate.value
        if (
            quad.graph_name not in (DefaultGraph(), _INFERRED)
            and predicate not in NOT_SHOWN
            and not is_statement_term(quad.predicate)
        ):
            values[predicate].add(quad.object)
    weaker = {
        upper for p in values for upper in schema.superproperties.get(p, ()) if values.get(upper, set()) <= values[p]
    }
    return tuple((p, tuple(sorted(v, key=str))) for p, v in sorted(values.items()) if p not in weaker)
