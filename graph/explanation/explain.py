"""Why a triple holds: who states it, or the proofs by which it follows; and if it does not hold, what is missing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice

import pyoxigraph
from pyoxigraph import Triple

import ontology
from graph.explanation.backward import RulesBackward
from graph.explanation.closed_graph import ClosedGraph
from graph.explanation.construct import ConstructBackward
from graph.explanation.missing import Missing, missing_premises
from graph.explanation.proof import Proof, Statement, Step, statement
from graph.explanation.provenance import Provenance, provenance
from graph.explanation.search import Search
from graph.explanation.unstored import may_be_unstored
from graph.reasoner.rules import SparqlRule, read_rules

__all__ = ["MOST_PROOFS", "Explanation", "explain"]

MOST_PROOFS = 1_000
"""More proofs than these are not looked for."""

_FEW_ROWS = 5_000
_MANY_ROWS = 100_000
"""Of a premise that more triples match, so many are looked at: few at first, many where that finds no proof."""

_MOST_MISSING = 10


@dataclass(frozen=True)
class Explanation:
    """Why a triple holds, or why it does not.

    Arguments:
        triple: the triple.
        provenance: the graphs and claims that state it.
        proofs: its proofs, the shortest first; of what is stated the first is the statement itself.
        sources: the graphs and claims behind each asserted statement of the proofs.
        missing: if it does not hold, the premises for want of which no rule concludes it, the nearest first.
    """

    triple: Triple
    provenance: Provenance
    proofs: tuple[Proof, ...]
    sources: Mapping[Statement, Provenance] = field(default_factory=dict)
    missing: tuple[Missing, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the triple is stated, or follows."""
        return self.provenance.holds or bool(self.proofs)

    @property
    def inferred(self) -> bool:
        """Whether it only follows."""
        return self.holds and not self.provenance.stated_in


def explain(
    rdf: pyoxigraph.Store, triple: Triple, *, limit: int = 1, rules: Sequence[SparqlRule] | None = None
) -> Explanation:
    """Say why a triple holds.

    Arguments:
        rdf: the triples of a snapshot.
        triple: the triple; its terms are as in the store.
        limit: how many proofs are wanted, at most `MOST_PROOFS`.
        rules: the rules beside the axioms; those of the ontology package unless given.
    """
    told = provenance(rdf, triple)
    goal = statement(triple)
    beside = ConstructBackward(rdf, _shipped() if rules is None else rules)
    wanted = min(limit, MOST_PROOFS)
    proofs: tuple[Proof, ...] = ()
    if told.stated_in:
        proofs = (Proof(goal),)
    if not told.stated_in or wanted > 1:
        proofs += tuple(_proofs(rdf, goal, beside, wanted - len(proofs), sure=told.inferred))
    if told.holds or proofs:
        return Explanation(triple, told, proofs, _sources(rdf, proofs))
    graph = ClosedGraph(rdf, _FEW_ROWS)
    missing = missing_premises(goal, graph, RulesBackward(graph), beside, _MOST_MISSING)
    return Explanation(triple, told, (), {}, missing)


@cache
def _shipped() -> tuple[SparqlRule, ...]:
    return read_rules(ontology.rule_files())


def _proofs(
    rdf: pyoxigraph.Store, goal: Statement, beside: ConstructBackward, wanted: int, *, sure: bool
) -> Iterator[Proof]:
    """The proofs of the goal; `sure` tells that it follows."""
    graph = ClosedGraph(rdf, _FEW_ROWS)
    if not (graph.holds(goal) or may_be_unstored(goal)):
        return
    search = _search(graph, beside, thorough=False)
    if sure and search.shortest(goal) is None:
        search = _search(ClosedGraph(rdf, _MANY_ROWS), beside, thorough=True)
    yield from islice(search.proofs(goal), wanted)


def _search(graph: ClosedGraph, beside: ConstructBackward, *, thorough: bool) -> Search:
    rules = RulesBackward(graph)

    def steps(goal: Statement) -> Iterator[Step]:
        yield from rules.steps(goal)
        yield from beside.steps(goal)

    return Search(graph.is_asserted, steps, thorough=thorough)


def _sources(rdf: pyoxigraph.Store, proofs: Sequence[Proof]) -> dict[Statement, Provenance]:
    found: dict[Statement, Provenance] = {}
    for proof in proofs:
        for part in proof.parts():
            triple = part.conclusion.triple
            if part.rule is None and triple is not None and part.conclusion not in found:
                found[part.conclusion] = provenance(rdf, triple)
    return found
