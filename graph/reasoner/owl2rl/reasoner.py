"""The engine behind the reasoner's interface."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from graph.reasoner.errors import ReasonerError
from graph.reasoner.interface import Closure, Inconsistency
from graph.reasoner.messages import message_of
from graph.reasoner.owl2rl.clauses import code_of
from graph.reasoner.owl2rl.coding import Coding, Term, TooManyTerms
from graph.reasoner.owl2rl.conclusions import told
from graph.reasoner.owl2rl.fixpoint import Clash, Fixpoint, axiomatic
from graph.reasoner.owl2rl.literal_values import clashes_of_values, instances_of_datatypes
from graph.reasoner.owl2rl.vectors import Codes, Triples, distinct, pack, unpack
from ontology import OWL

__all__ = ["Owl2RlReasoner", "inconsistencies"]

_SAME = code_of(OWL["sameAs"])


@dataclass(slots=True)
class _State:
    """What a closure can be continued from."""

    full: bool
    coding: Coding
    fixpoint: Fixpoint
    given: set[Triple]
    premises: Codes
    told: Triples
    inferred: set[Triple]


class Owl2RlReasoner:
    """All rules of OWL 2 RL/RDF, compiled from their W3C form (`owl2rl.rules`)."""

    name = "owl2rl"

    def closure(self, triples: Iterable[Triple], *, full: bool = False, earlier: Closure | None = None) -> Closure:
        """What follows from `triples`.

        Arguments:
            triples: ontology and data together.
            full: keep the trivial conclusions too.
            earlier: the closure of a part of `triples`, to continue from.

        Raises:
            ReasonerError: the full closure is asked for of a graph with more than a million things or literals.
        """
        given = triples if isinstance(triples, set) else set(triples)
        try:
            state = _continued(given, full, earlier) or _begun(given, full)
        except TooManyTerms:
            if full:
                raise ReasonerError("the graph is too large for its full closure") from None
            return _closed_as_text(given)
        predicate, subject, value = unpack(state.premises)
        literal, type_, datatype = instances_of_datatypes(state.coding, subject, predicate, value)
        further = distinct([state.premises, axiomatic(), pack(type_, literal, datatype)])
        state.fixpoint.add(further, state.coding.equal)
        _tell(state)
        return Closure(set(state.inferred), inconsistencies(state.coding, state.fixpoint), state)


def _begun(given: set[Triple], full: bool) -> _State:
    coding = Coding()
    premises = coding.triples(given)
    return _State(full, coding, Fixpoint(full=full), given, premises, Triples(), set())


def _closed_as_text(given: set[Triple]) -> Closure:
    """The closure by the database, which is imported when it is needed."""
    from graph.reasoner.owl2rl.files import close_ntriples
    from graph.reasoner.owl2rl.ntriples import written

    closure = close_ntriples(written(given), engine="database")
    inferred = {quad.triple for quad in parse(closure.inferred, RdfFormat.N_TRIPLES)}
    return Closure(inferred, closure.inconsistencies)


def _continued(given: set[Triple], full: bool, earlier: Closure | None) -> _State | None:
    """The state of the earlier closure with the rest of the premises."""
    if earlier is None or not isinstance(earlier.state, _State):
        return None
    state = earlier.state
    if state.full != full or not state.given <= given:
        return None
    new = given - state.given
    state.premises = distinct([state.premises, state.coding.triples(new)])
    state.given = set(given)
    state.inferred -= new
    return state


def _tell(state: _State) -> None:
    """Put the conclusions that are not told yet among the inferred triples."""
    coding = state.coding
    derived = state.fixpoint.known.packed
    if state.full:
        derived = distinct([derived, _reflexive(derived)])
    derived = Triples(state.premises).lacking(derived)
    new = state.told.lacking(derived)
    predicate, subject, value = unpack(new)
    keep = told(subject, predicate, value, coding, full=state.full)
    inferred = coding.decoded(subject[keep], predicate[keep], value[keep])
    if state.full:
        inferred |= _respelt(inferred | state.given, coding) - state.given
    state.inferred |= inferred
    state.told = state.told.with_(new)


def _reflexive(packed: Codes) -> Codes:
    """eq-ref: each term is the same as itself."""
    terms = distinct([*unpack(packed), np.array([_SAME])])
    return pack(np.full(len(terms), _SAME, dtype=np.int64), terms, terms)


def _respelt(triples: set[Triple], coding: Coding) -> set[Triple]:
    """Triples with literals in all spellings that occur (dt-eq, eq-rep-o)."""
    written = {triple.object for triple in triples}
    spellings: dict[Term, list[Literal]] = {}
    for group in coding.spellings():
        occurring = [spelling for spelling in group if spelling in written]
        spellings.update(dict.fromkeys(occurring, occurring))
    return {
        Triple(triple.subject, triple.predicate, other)
        for triple in triples
        if triple.object in spellings
        for other in spellings[triple.object]
    }


class Closed(Protocol):
    """A closure, as far as its inconsistencies are looked for."""

    def clashes(self) -> Iterator[Clash]:
        """The inconsistencies that rules find."""
        ...

    def typed_literals(self) -> tuple[Codes, Codes]:
        """Literals, and classes that a rule gives them."""
        ...

    def same_literals(self) -> Iterator[tuple[int, int]]:
        """Literals that are said to be the same."""
        ...


def inconsistencies(coding: Coding, fixpoint: Closed) -> tuple[Inconsistency, ...]:
    """The contradictions in a closure, in a stable order."""
    values = clashes_of_values(coding, fixpoint.typed_literals(), fixpoint.same_literals())
    clashes = [*fixpoint.clashes(), *values]
    found: dict[tuple[str, frozenset[tuple[int, ...]]], Inconsistency] = {}
    for clash in clashes:  # the same premises in another order are the same inconsistency
        told = _inconsistency(clash, coding)
        key = (clash.rule, frozenset(clash.premises))
        found[key] = min(told, found.get(key, told), key=lambda one: one.message)
    return tuple(sorted(found.values(), key=lambda one: (one.rule, one.message)))


def _inconsistency(clash: Clash, coding: Coding) -> Inconsistency:
    premises = [tuple(coding.term(code) for code in premise) for premise in clash.premises]
    triples = tuple(
        Triple(subject, predicate, value)
        for subject, predicate, value in premises
        if isinstance(subject, NamedNode | BlankNode) and isinstance(predicate, NamedNode)
    )
    return Inconsistency(clash.rule, message_of(clash.rule, premises), triples)
