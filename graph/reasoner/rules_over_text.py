"""The closure of a large graph under the axioms in it and the rules beside them, compared with what was told before.

What `graph.reasoner.rules.close_with_rules` does for triples, for graphs of which there are too many to be objects:
both texts are coded while they are written, and only what differs becomes text again. The rules beside the axioms are
evaluated over what their patterns can match, which is a small part of the whole.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Triple

import ontology
from graph.loading import load_ntriples
from graph.reasoner.errors import ReasonerError
from graph.reasoner.incremental.sparql_patterns import NotRead, read_patterns
from graph.reasoner.interface import Inconsistency
from graph.reasoner.owl2rl.clauses import code_of
from graph.reasoner.owl2rl.closings import Closing, closing
from graph.reasoner.owl2rl.reasoner import inconsistencies
from graph.reasoner.owl2rl.tables import Three
from graph.reasoner.owl2rl.text_coding import lines_of
from graph.reasoner.owl2rl.writing import Coded
from graph.reasoner.rules import MAX_ROUNDS, SparqlRule, constructed_by, read_rules
from ontology import RDF

__all__ = ["Difference", "difference_of_closure"]

_TYPE = NamedNode(RDF["type"])
_Wanted = Callable[[Three], npt.NDArray[np.bool_]]


@dataclass(frozen=True, slots=True)
class Difference:
    """How a closure differs from what was told before.

    Arguments:
        come, gone: conclusions, in N-Triples.
        inconsistencies: the contradictions found, in a stable order.
    """

    come: bytes
    gone: bytes
    inconsistencies: tuple[Inconsistency, ...]


def difference_of_closure(coded: Coded, rules: Sequence[SparqlRule] | None = None) -> Difference | None:
    """What follows from a large graph under the axioms in it and the rules, beside what is told.

    Arguments:
        coded: everything asserted, ontology included (a triple may stand there more than once), and the conclusions
            that are told.
        rules: those of the ontology package unless given.

    Returns:
        the difference; None if it must be found with objects: there are triple terms, or a rule makes literals.

    Raises:
        ReasonerError: a rule is not a valid CONSTRUCT, or the rules feed themselves.
    """
    rules = read_rules(ontology.rule_files()) if rules is None else rules
    tables = coded.tables()
    if tables is None:
        return None
    asserted, told = tables
    with closing(asserted) as closed:
        for needs_all in (False, True):
            stratum = [rule for rule in rules if rule.needs_all == needs_all]
            if stratum and not _to_the_end(stratum, closed):
                return None
        come, going = closed.difference(told)
        gone = lines_of(told.terms, told.subject[going], told.predicate[going], told.object[going])
        return Difference(closed.coding.lines(*come), gone, inconsistencies(closed.coding, closed.closed))


def _to_the_end(rules: Sequence[SparqlRule], closed: Closing) -> bool:
    """Draw the conclusions of rules until there are no more; False if one cannot be coded."""
    for _ in range(MAX_ROUNDS):
        known = pyoxigraph.Store()
        load_ntriples(known, closed.text(_read_by(rules, closed)), DefaultGraph())
        found: list[Triple] = [triple for rule in rules for triple in constructed_by(rule, known)]
        codes = closed.coding.of_triples(found)
        if codes is None:
            return False
        if not closed.add(codes):
            return True
    raise ReasonerError(f"the rules beside the axioms still find new triples after {MAX_ROUNDS} rounds")


def _read_by(rules: Sequence[SparqlRule], closed: Closing) -> _Wanted:
    """Which triples some pattern of the rules may match."""
    predicates: set[NamedNode] = set()
    classes: set[NamedNode] = set()
    try:
        for rule in rules:
            patterns = read_patterns(rule.construct)
            for _, predicate, value in (one for group in (*patterns.positive, *patterns.conditional) for one in group):
                if not isinstance(predicate, NamedNode):
                    return _all
                if predicate == _TYPE and isinstance(value, NamedNode):
                    classes.add(value)
                else:
                    predicates.add(predicate)
    except NotRead:
        return _all
    of_predicates = _sorted_codes(predicates, closed)
    of_classes = _sorted_codes(classes, closed)
    type_ = code_of(_TYPE.value)

    def wanted(triples: Three) -> npt.NDArray[np.bool_]:
        _, predicate, value = triples
        chosen: npt.NDArray[np.bool_] = np.isin(predicate, of_predicates)
        chosen |= (predicate == type_) & np.isin(value, of_classes)
        return chosen

    return wanted


def _all(triples: Three) -> npt.NDArray[np.bool_]:
    return np.ones(len(triples[0]), dtype=np.bool_)


def _sorted_codes(terms: set[NamedNode], closed: Closing) -> npt.NDArray[np.int64]:
    return np.array(sorted(closed.coding.code(term) for term in terms), dtype=np.int64)
