"""Inconsistencies with what clashes in them, and the documents that it was read from."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import Triple

from graph.explanation import Explainer, Explanation, proof_as_json, rule_text
from graph.reasoner.interface import Inconsistency
from graph.store import GRAPH_UNNAMED, Snapshot
from ontology import GRAPH_ONTOLOGY, GRAPH_REFERENCE

__all__ = ["Clash", "ClashingTriple", "as_json", "clashes"]

_NO_DOCUMENTS = {GRAPH_ONTOLOGY, GRAPH_REFERENCE, GRAPH_UNNAMED}


@dataclass(frozen=True)
class ClashingTriple:
    """A premise of an inconsistency.

    Arguments:
        triple: the triple.
        explanation: why it holds; the first of its proofs is the shortest.
    """

    triple: Triple
    explanation: Explanation

    @property
    def inferred(self) -> bool:
        """Whether it only follows from what is stated."""
        return self.explanation.inferred

    @cached_property
    def rests_on(self) -> tuple[str, ...]:
        """The graphs that state it, or that state what it follows from by its shortest proof; sorted."""
        stated = set(self.explanation.provenance.stated_in)
        if not stated and self.explanation.proofs:
            for part in self.explanation.proofs[0].parts():
                if part.rule is None and part.conclusion in self.explanation.sources:
                    stated.update(self.explanation.sources[part.conclusion].stated_in)
        return tuple(sorted(stated))


@dataclass(frozen=True)
class Clash:
    """An inconsistency.

    Arguments:
        inconsistency: what the reasoner found.
        premises: the triples that clash, those of the ontology among them.
    """

    inconsistency: Inconsistency
    premises: tuple[ClashingTriple, ...]

    @cached_property
    def documents(self) -> tuple[str, ...]:
        """The documents that the clashing triples rest on."""
        return tuple(sorted({graph for premise in self.premises for graph in premise.rests_on} - _NO_DOCUMENTS))


def clashes(snapshot: Snapshot, *, limit: int = 100) -> Iterator[Clash]:
    """The inconsistencies of a state, in the order in which the reasoner told them.

    Arguments:
        snapshot: the state.
        limit: how many at most.
    """
    explainer = Explainer(snapshot.rdf)
    for found in snapshot.inconsistencies[:limit]:
        yield Clash(found, tuple(ClashingTriple(triple, explainer.explain(triple)) for triple in found.triples))


def as_json(clash: Clash) -> dict[str, object]:
    """The clash as a JSON object: the rule, and what clashes with a proof of each, down to claims and documents."""
    rule = rule_text(clash.inconsistency.rule)
    return {
        "rule": clash.inconsistency.rule,
        "iri": rule.iri,
        "text": rule.text,
        "see": rule.see,
        "message": clash.inconsistency.message,
        "documents": list(clash.documents),
        "triples": [
            {
                "subject": str(premise.triple.subject),
                "predicate": str(premise.triple.predicate),
                "object": str(premise.triple.object),
                "inferred": premise.inferred,
                "rests_on": list(premise.rests_on),
                "proof": _proof(premise.explanation),
            }
            for premise in clash.premises
        ],
    }


def _proof(explanation: Explanation) -> dict[str, object] | None:
    return proof_as_json(explanation.proofs[0], explanation) if explanation.proofs else None
