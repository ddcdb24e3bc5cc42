"""Forward chaining in plain Python: all rules of OWL 2 RL/RDF (W3C OWL 2 Profiles, section 4.3, Tables 4-9).

One module a table. Made to be quick on the graph of a few hundred documents; retraction is inference from scratch.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graph.reasoner.interface import Closure, Inconsistency
from graph.reasoner.messages import message_of
from graph.reasoner.trivial import is_built_in, is_trivial
from ontology import OWL, RDF
from tests.graph.plain_engine import classes, datatypes, equality, properties, schema
from tests.graph.plain_engine.axiomatic import axiomatic_triples
from tests.graph.plain_engine.engine import Coded, Engine, Term

__all__ = ["ForwardChainingReasoner"]


class ForwardChainingReasoner:
    """OWL 2 RL by forward chaining."""

    name = "forward-chaining"

    def closure(self, triples: Iterable[Triple], *, full: bool = False, earlier: Closure | None = None) -> Closure:
        """What follows from `triples`.

        Arguments:
            triples: ontology and data together.
            full: keep the trivial conclusions too.
            earlier: the closure of a part of `triples`, to continue from.
        """
        premises = set(triples)
        state = _continued(premises, earlier) or _begun(premises)
        if full:
            _complete(state.engine)
        inferred = set(_conclusions(state.engine))
        if not full:
            inferred = {triple for triple in inferred if not is_trivial(triple)}
            inferred -= _rewritten_values(inferred, state)
        return Closure(inferred, _inconsistencies(state.engine), state)


@dataclass(frozen=True, slots=True)
class _State:
    """What a closure can be continued from: `spellings` has for each literal all those of the same value."""

    engine: Engine
    premises: set[Triple]
    spellings: dict[Term, list[Term]]


def _begun(premises: set[Triple]) -> _State:
    engine = Engine()
    data = _load(engine, premises)
    for table in (equality, properties, classes, schema):
        table.install(engine)
    engine.run()
    for triple in data:
        engine.assert_(*triple)
    # Literals are known now; the rules about them come before the data is looked at.
    groups = datatypes.install(engine)
    engine.run()
    spellings: dict[Term, list[Term]] = {}
    for group in groups:
        literals = sorted((engine.terms[number] for number in group), key=lambda term: (len(str(term)), str(term)))
        spellings.update(dict.fromkeys(literals, literals))
    return _State(engine, premises, spellings)


def _continued(premises: set[Triple], earlier: Closure | None) -> _State | None:
    """The engine of the earlier closure with the rest of the premises, if those are data without new literals.

    Axioms and literals are looked at together in the beginning: lists must be complete, values compared.
    """
    if earlier is None or not isinstance(earlier.state, _State) or not earlier.state.premises <= premises:
        return None
    engine = earlier.state.engine
    new = premises - earlier.state.premises
    if any(_is_axiom(triple) or isinstance(triple.object, Literal) for triple in new):
        return None
    for triple in new:
        engine.assert_(engine.number(triple.subject), engine.number(triple.predicate), engine.number(triple.object))
    engine.run()
    return _State(engine, premises, earlier.state.spellings)


def _is_axiom(triple: Triple) -> bool:
    """Whether the triple is of the built-in vocabulary, and not merely a user's class of an individual."""
    if triple.predicate.value == RDF["type"]:
        return isinstance(triple.object, NamedNode) and is_built_in(triple.object.value)
    return is_built_in(triple.predicate.value)


def _load(engine: Engine, premises: set[Triple]) -> list[Coded]:
    """Add the axioms and return the data, which is to wait until all rules are hung up: then it meets each once."""
    number, data = engine.number, []
    for triple in premises:
        coded = (number(triple.subject), number(triple.predicate), number(triple.object))
        if _is_axiom(triple):
            engine.assert_(*coded)
        else:
            data.append(coded)
    return data


def _complete(engine: Engine) -> None:
    """Add the conclusions that hold without data: axiomatic triples, and eq-ref for every term."""
    for subject, predicate, value in axiomatic_triples():
        engine.add(engine.iri(subject), engine.iri(predicate), engine.iri(value))
    engine.run()
    same = engine.iri(OWL["sameAs"])
    for number in {term for triple in engine.triples() for term in triple}:
        engine.add(number, same, number)
    engine.run()


def _conclusions(engine: Engine) -> Iterable[Triple]:
    """What was added to the premises and is RDF: no literal as subject, only IRIs as predicates."""
    terms = engine.terms
    for subject, predicate, value in engine.conclusions():
        start, verb = terms[subject], terms[predicate]
        if isinstance(start, NamedNode | BlankNode | Triple) and isinstance(verb, NamedNode):
            yield Triple(start, verb, terms[value])


def _rewritten_values(inferred: set[Triple], state: _State) -> set[Triple]:
    """Conclusions that repeat a triple with its value written otherwise (`"5"` as integer and as decimal).

    The premise stays; where none of them is a premise, the shortest.
    """
    superfluous: set[Triple] = set()
    for triple in inferred:
        if triple.object in state.spellings:
            alike = [Triple(triple.subject, triple.predicate, value) for value in state.spellings[triple.object]]
            if triple != alike[0] or any(other in state.premises for other in alike):
                superfluous.add(triple)
    return superfluous


def _inconsistencies(engine: Engine) -> tuple[Inconsistency, ...]:
    found = []
    for rule, premises in engine.clashes.values():
        terms = [tuple(engine.terms[number] for number in premise) for premise in premises]
        triples = tuple(
            Triple(subject, predicate, value)
            for subject, predicate, value in terms
            if isinstance(subject, NamedNode | BlankNode | Triple) and isinstance(predicate, NamedNode)
        )
        found.append(Inconsistency(rule, message_of(rule, terms), triples))
    return tuple(sorted(found, key=lambda clash: (clash.rule, clash.message)))
