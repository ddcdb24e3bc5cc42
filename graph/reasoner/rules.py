"""The rules beside the axioms: SPARQL CONSTRUCT queries that run after the closure, until nothing new follows.

They state what OWL cannot say without nonsense: pairs that differ, counting, absence. A rule reads what is asserted and
what was inferred so far, as one graph; what it constructs is inferred, and the axioms apply to it again. A rule that
counts or asks for absence would be wrong about a graph that is still growing, so such rules run when the others have
come to their end (stratified negation; Apt, Blair and Walker, "Towards a theory of declarative knowledge", 1988).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph
from pyoxigraph import Quad, Triple

import ontology
from graph.reasoner.errors import ReasonerError
from graph.reasoner.interface import Closure, Reasoner
from graph.reasoner.trivial import is_trivial

__all__ = ["MAX_ROUNDS", "SparqlRule", "close_with_rules", "constructed_by", "read_rules"]

MAX_ROUNDS = 8
"""A rule set that still finds new triples after this many rounds feeds itself."""

_NOT_MONOTONE = re.compile(
    r"\b(?:NOT\s+EXISTS|MINUS|OPTIONAL|GROUP\s+BY|COUNT|SUM|AVG|MIN|MAX|SAMPLE|GROUP_CONCAT)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class SparqlRule:
    """A named rule.

    Arguments:
        name: the name of its file without the ending.
        construct: a SPARQL CONSTRUCT query.
    """

    name: str
    construct: str

    @property
    def needs_all(self) -> bool:
        """Whether the rule counts or asks for absence, so that a further triple may make its result wrong."""
        code = "\n".join(line for line in self.construct.splitlines() if not line.lstrip().startswith("#"))
        return _NOT_MONOTONE.search(code) is not None


def read_rules(files: Iterable[Path]) -> tuple[SparqlRule, ...]:
    """The rules in `files`, in their order."""
    return tuple(SparqlRule(file.stem, file.read_text("utf-8")) for file in files)


def close_with_rules(
    triples: Iterable[Triple], reasoner: Reasoner, rules: Sequence[SparqlRule] | None = None
) -> Closure:
    """The closure of `triples` under the axioms in them and the rules.

    Arguments:
        triples: everything asserted, ontology included.
        reasoner: the engine for the axioms.
        rules: those of the ontology package unless given.

    Raises:
        ReasonerError: the engine failed, or a rule is not a valid CONSTRUCT, or the rules feed themselves.
    """
    asserted = set(triples)
    rules = read_rules(ontology.rule_files()) if rules is None else rules
    closure = reasoner.closure(asserted)
    known = pyoxigraph.Store()
    known.extend(_quads(asserted))
    constructed: set[Triple] = set()
    for stratum in (
        [rule for rule in rules if not rule.needs_all],
        [rule for rule in rules if rule.needs_all],
    ):
        for _ in range(MAX_ROUNDS):
            known.extend(_quads(closure.inferred))
            found = {triple for rule in stratum for triple in constructed_by(rule, known) if not is_trivial(triple)}
            new = {triple for triple, quad in zip(found, _quads(found), strict=True) if quad not in known}
            if not new:
                break
            constructed |= new
            known.extend(_quads(new))
            closure = reasoner.closure(asserted | constructed, earlier=closure)
        else:
            raise ReasonerError(f"the rules beside the axioms still find new triples after {MAX_ROUNDS} rounds")
    return Closure(closure.inferred | constructed, closure.inconsistencies)


def _quads(triples: Iterable[Triple]) -> Iterator[Quad]:
    return (Quad(triple.subject, triple.predicate, triple.object) for triple in triples)


def constructed_by(rule: SparqlRule, known: pyoxigraph.Store) -> list[Triple]:
    """What the rule constructs from the default graph of a store.

    Raises:
        ReasonerError: it is not a valid CONSTRUCT query.
    """
    try:
        result = known.query(rule.construct)
    except SyntaxError as error:
        raise ReasonerError(f"the rule {rule.name} is not valid SPARQL: {error}") from error
    if not isinstance(result, pyoxigraph.QueryTriples):
        raise ReasonerError(f"the rule {rule.name} is not a CONSTRUCT query")
    return list(result)
