"""Why a triple holds: who states it, or the proofs by which it follows; and if it does not hold, what is missing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice

import pyoxigraph
from pyoxigraph import NamedNode, Triple

import ontology
from graph.claims import Claim, claims_of_no_fact
from graph.explanation.backward import RulesBackward
from graph.explanation.chains import Chains
from graph.explanation.closed_graph import ClosedGraph
from graph.explanation.construct import ConstructBackward
from graph.explanation.missing import Missing, missing_premises
from graph.explanation.proof import Proof, Statement, Step, statement
from graph.explanation.provenance import Provenance, provenance
from graph.explanation.search import Search
from graph.explanation.unstored import may_be_unstored
from graph.reasoner.rules import SparqlRule, read_rules

__all__ = ["MOST_PROOFS", "Explainer", "Explanation", "explain"]

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
        denied: if it does not hold, the claims that deny, propose or cancel it.
        unknown: if it does not hold, its terms of which nothing at all is said.
    """

    triple: Triple
    provenance: Provenance
    proofs: tuple[Proof, ...]
    sources: Mapping[Statement, Provenance] = field(default_factory=dict)
    missing: tuple[Missing, ...] = ()
    denied: tuple[Claim, ...] = ()
    unknown: tuple[NamedNode, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the triple is stated, or follows."""
        return self.provenance.holds or bool(self.proofs)

    @property
    def inferred(self) -> bool:
        """Whether it only follows."""
        return self.holds and not self.provenance.stated_in


class Explainer:
    """Explains triples of one state; what it learns of one serves the others.

    Arguments:
        rdf: the triples of a snapshot.
        rules: the rules beside the axioms; those of the ontology package unless given.
    """

    def __init__(self, rdf: pyoxigraph.Store, rules: Sequence[SparqlRule] | None = None) -> None:
        self._rdf = rdf
        self._beside = ConstructBackward(rdf, _shipped() if rules is None else rules)
        self._graph = ClosedGraph(rdf, _FEW_ROWS)
        self._quick = _search(self._graph, self._beside, thorough=False)
        self._thorough: Search | None = None

    def explain(self, triple: Triple, *, limit: int = 1) -> Explanation:
        """Say why a triple holds.

        Arguments:
            triple: the triple; its terms are as in the store.
            limit: how many proofs are wanted, at most `MOST_PROOFS`.
        """
        told = provenance(self._rdf, triple)
        goal = statement(triple)
        wanted = min(limit, MOST_PROOFS)
        proofs: tuple[Proof, ...] = ()
        if told.stated_in:
            proofs = (Proof(goal),)
        if not told.stated_in or wanted > 1:
            proofs += tuple(islice(self._proofs(goal, sure=told.inferred), wanted - len(proofs)))
        if told.holds or proofs:
            return Explanation(triple, told, proofs, _sources(self._rdf, proofs))
        rules = RulesBackward(self._graph)
        missing = missing_premises(goal, self._graph, rules, self._beside, _MOST_MISSING)
        return Explanation(
            triple, told, (), {}, missing, claims_of_no_fact(self._rdf, triple), _unknown(self._rdf, triple)
        )

    def _proofs(self, goal: Statement, *, sure: bool) -> Iterator[Proof]:
        """The proofs of the goal; `sure` tells that it follows."""
        if not self._graph.holds(goal) and not may_be_unstored(goal):
            return
        search = self._quick
        if sure and search.shortest(goal) is None:
            self._thorough = self._thorough or _search(ClosedGraph(self._rdf, _MANY_ROWS), self._beside, thorough=True)
            search = self._thorough
        yield from search.proofs(goal, far=sure)


def explain(
    rdf: pyoxigraph.Store, triple: Triple, *, limit: int = 1, rules: Sequence[SparqlRule] | None = None
) -> Explanation:
    """Say why a triple holds, as `Explainer.explain` does."""
    return Explainer(rdf, rules).explain(triple, limit=limit)


def _unknown(rdf: pyoxigraph.Store, triple: Triple) -> tuple[NamedNode, ...]:
    """The IRIs of a triple of which the graph says nothing, neither as subjects nor as objects nor as properties."""
    named = dict.fromkeys(
        term for term in (triple.subject, triple.predicate, triple.object) if isinstance(term, NamedNode)
    )
    return tuple(name for name in named if not _is_known(rdf, name))


def _is_known(rdf: pyoxigraph.Store, name: NamedNode) -> bool:
    patterns = ((name, None, None, None), (None, None, name, None), (None, name, None, None))
    return any(next(rdf.quads_for_pattern(*pattern), None) is not None for pattern in patterns)


@cache
def _shipped() -> tuple[SparqlRule, ...]:
    return read_rules(ontology.rule_files())


def _search(graph: ClosedGraph, beside: ConstructBackward, *, thorough: bool) -> Search:
    rules = RulesBackward(graph)

    def steps(goal: Statement) -> Iterator[Step]:
        yield from rules.steps(goal)
        yield from beside.steps(goal)

    return Search(graph.is_asserted, graph.holds, steps, Chains(graph, rules).find, thorough=thorough)


def _sources(rdf: pyoxigraph.Store, proofs: Sequence[Proof]) -> dict[Statement, Provenance]:
    found: dict[Statement, Provenance] = {}
    for proof in proofs:
        for part in proof.parts():
            triple = part.conclusion.triple
            if part.rule is None and triple is not None and part.conclusion not in found:
                found[part.conclusion] = provenance(rdf, triple)
    return found
