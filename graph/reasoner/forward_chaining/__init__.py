"""Forward chaining in plain Python: all rules of OWL 2 RL/RDF (W3C OWL 2 Profiles, section 4.3, Tables 4-9).

One module a table. Made to be quick on the graph of a few hundred documents; retraction is inference from scratch.
"""

from collections.abc import Iterable

from pyoxigraph import BlankNode, NamedNode, Triple

from graph.reasoner.forward_chaining import classes, datatypes, equality, properties, schema
from graph.reasoner.forward_chaining.axiomatic import axiomatic_triples
from graph.reasoner.forward_chaining.engine import Coded, Engine, Term
from graph.reasoner.interface import Closure, Inconsistency
from graph.reasoner.messages import message_of
from graph.reasoner.trivial import is_built_in, is_trivial
from ontology import OWL

__all__ = ["ForwardChainingReasoner"]


class ForwardChainingReasoner:
    """OWL 2 RL by forward chaining."""

    name = "forward-chaining"

    def closure(self, triples: Iterable[Triple], *, full: bool = False) -> Closure:
        """What follows from `triples`.

        Arguments:
            triples: ontology and data together.
            full: keep the trivial conclusions too.
        """
        asserted = set(triples)
        engine = Engine()
        premises = _load(engine, asserted)
        for table in (equality, properties, classes, schema):
            table.install(engine)
        engine.run()
        for premise in premises:
            engine.add(*premise)
        # Literals are known now; the rules about them come before the data is looked at.
        datatypes.install(engine)
        engine.run()
        if full:
            _complete(engine)
        inferred = {triple for triple in _decode(engine) if triple not in asserted}
        if not full:
            inferred = {triple for triple in inferred if not is_trivial(triple)}
            inferred -= _rewritten_values(engine, inferred, asserted)
        return Closure(inferred, _inconsistencies(engine))


def _load(engine: Engine, triples: set[Triple]) -> list[Coded]:
    """Add the triples of the built-in vocabulary and return the others.

    The axioms are looked at first, so that the data meets all hooks once. Instances of user classes wait too.
    """
    number, later = engine.number, []
    for triple in triples:
        coded = (number(triple.subject), number(triple.predicate), number(triple.object))
        about_schema = is_built_in(triple.predicate.value)
        if about_schema and coded[1] == engine.type:
            about_schema = isinstance(triple.object, NamedNode) and is_built_in(triple.object.value)
        if about_schema:
            engine.add(*coded)
        else:
            later.append(coded)
    return later


def _complete(engine: Engine) -> None:
    """Add the conclusions that hold without data: axiomatic triples, and eq-ref for every term."""
    for subject, predicate, value in axiomatic_triples():
        engine.add(engine.iri(subject), engine.iri(predicate), engine.iri(value))
    engine.run()
    same = engine.iri(OWL["sameAs"])
    for number in {term for triple in engine.triples() for term in triple}:
        engine.add(number, same, number)
    engine.run()


def _decode(engine: Engine) -> Iterable[Triple]:
    """The triples that are RDF: no literal as subject, only IRIs as predicates."""
    terms = engine.terms
    for subject, predicate, value in engine.triples():
        start, verb = terms[subject], terms[predicate]
        if isinstance(start, NamedNode | BlankNode | Triple) and isinstance(verb, NamedNode):
            yield Triple(start, verb, terms[value])


def _rewritten_values(engine: Engine, inferred: set[Triple], asserted: set[Triple]) -> set[Triple]:
    """Conclusions that repeat a triple with its value written otherwise (`"5"` as integer and as decimal).

    The asserted one stays; where none is asserted, the shortest.
    """
    written: dict[Term, list[Term]] = {}
    for group in datatypes.same_values(engine):
        literals = sorted((engine.terms[number] for number in group), key=lambda term: (len(str(term)), str(term)))
        written.update(dict.fromkeys(literals, literals))
    superfluous: set[Triple] = set()
    for triple in inferred:
        if triple.object in written:
            alike = [Triple(triple.subject, triple.predicate, value) for value in written[triple.object]]
            if triple != alike[0] or any(other in asserted for other in alike):
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
