"""Which of the facts that only follow rest on plans alone: on relations that documents only announce."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

import pyoxigraph

from graph.explanation import explain
from server.facts import Fact, FactGroup
from server.relations import Relation

__all__ = ["with_plans_told"]

_LOOKED_AT = 4
"""Facts of one page whose proofs are looked at."""

_PROOFS = 4


def with_plans_told(
    rdf: pyoxigraph.Store, groups: Iterable[FactGroup], relations: Iterable[Relation]
) -> list[FactGroup]:
    """The groups, in which what follows only from plans is called planned.

    Arguments:
        rdf: the triples of a snapshot.
        groups: facts about a thing.
        relations: those in which the thing takes part.
    """
    told = list(groups)
    ends = {end for one in relations if one.claim.is_planned for _, values in one.attributes for end in values}
    facts = (fact for group in told for fact in group.facts if fact.inferred and fact.other in ends)
    planned = {fact.triple for fact in islice(facts, _LOOKED_AT) if _rests_on_plans(rdf, fact)}
    return [_told(group, planned) for group in told] if planned else told


def _told(group: FactGroup, planned: set[pyoxigraph.Triple]) -> FactGroup:
    return replace(group, facts=tuple(replace(f, planned=f.planned or f.triple in planned) for f in group.facts))


def _rests_on_plans(rdf: pyoxigraph.Store, fact: Fact) -> bool:
    """Whether each of its proofs, as far as they are looked at, needs something that is only planned."""
    explanation = explain(rdf, fact.triple, limit=_PROOFS)
    plans = {statement for statement, source in explanation.sources.items() if source.planned}
    return bool(explanation.proofs) and all(
        any(part.conclusion in plans for part in proof.parts()) for proof in explanation.proofs
    )
