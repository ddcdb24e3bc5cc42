"""The closure of a large graph under the axioms in it and the rules beside them, text from end to end.

What `graph.reasoner.rules.close_with_rules` does for triples, for graphs of which there are too many to be objects.
"""

from collections.abc import Iterator, Sequence

import pyoxigraph
from pyoxigraph import Quad, RdfFormat, Triple

import ontology
from graph.reasoner.errors import ReasonerError
from graph.reasoner.interface import Closure
from graph.reasoner.owl2rl.files import close_ntriples
from graph.reasoner.owl2rl.ntriples import written
from graph.reasoner.rules import MAX_ROUNDS, SparqlRule, constructed_by, read_rules

__all__ = ["close_text_with_rules"]


def close_text_with_rules(asserted: bytes, rules: Sequence[SparqlRule] | None = None) -> Closure:
    """The closure of a graph in N-Triples under the axioms in it and the rules.

    Arguments:
        asserted: everything asserted, ontology included; a triple may stand there more than once.
        rules: those of the ontology package unless given.

    Raises:
        ReasonerError: a rule is not a valid CONSTRUCT, or the rules feed themselves, or there are triple terms.
    """
    rules = read_rules(ontology.rule_files()) if rules is None else rules
    closure = close_ntriples(asserted)
    known = pyoxigraph.Store()
    known.bulk_load(asserted, RdfFormat.N_TRIPLES)
    constructed: set[Triple] = set()
    for needs_all in (False, True):
        for _ in range(MAX_ROUNDS):
            known.bulk_load(closure.inferred, RdfFormat.N_TRIPLES)
            new = set(_new(rules, known, needs_all=needs_all))
            if not new:
                break
            constructed |= new
            known.extend(Quad(triple.subject, triple.predicate, triple.object) for triple in new)
            closure = close_ntriples(b"".join((asserted, _end_of_line(asserted), written(constructed))))
        else:
            raise ReasonerError(f"the rules beside the axioms still find new triples after {MAX_ROUNDS} rounds")
    inferred = {quad.triple for quad in pyoxigraph.parse(closure.inferred, RdfFormat.N_TRIPLES)}
    return Closure(inferred | constructed, closure.inconsistencies)


def _new(rules: Sequence[SparqlRule], known: pyoxigraph.Store, *, needs_all: bool) -> Iterator[Triple]:
    for rule in rules:
        if rule.needs_all == needs_all:
            for triple in constructed_by(rule, known):
                if Quad(triple.subject, triple.predicate, triple.object) not in known:
                    yield triple


def _end_of_line(text: bytes) -> bytes:
    return b"" if not text or text.endswith(b"\n") else b"\n"
