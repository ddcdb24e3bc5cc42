"""From the schema in a store to the program that is followed: the rules tied to it by `owl2rl.grounding`."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import numpy as np
from pyoxigraph import BlankNode, NamedNode

from graph.reasoner.incremental.facts import Fact, NeedsFullClosure, Pattern, Term
from graph.reasoner.incremental.known import Known
from graph.reasoner.incremental.program import Implied, Program, TiedRule
from graph.reasoner.literals import has_value_space
from graph.reasoner.owl2rl.clauses import CONSTANTS, SCHEMA_CLASSES, SCHEMA_PREDICATES
from graph.reasoner.owl2rl.clauses import Pattern as CodedPattern
from graph.reasoner.owl2rl.coding import Coding
from graph.reasoner.owl2rl.fixpoint import axiomatic, pruned
from graph.reasoner.owl2rl.grounding import Grounded, Grounding, ground
from graph.reasoner.owl2rl.vectors import LITERALS, Codes, Slot, Triples, distinct, pack, unpack
from ontology import OWL, RDF, RDFS

__all__ = ["is_schema", "program_for"]

_TERM_OF = {code: term for term, code in CONSTANTS.items()}
_TYPE = NamedNode(RDF["type"])
_PREDICATES = frozenset(_TERM_OF[code] for code in SCHEMA_PREDICATES)
_CLASSES = frozenset(_TERM_OF[code] for code in SCHEMA_CLASSES)
_EVERYTHING = {NamedNode(OWL["Thing"]), NamedNode(RDFS["Resource"])}
_NO_USE_AS_CLASS = {NamedNode(RDFS["range"]), NamedNode(OWL["allValuesFrom"])}


def is_schema(fact: Fact) -> bool:
    """Whether the fact is part of the schema."""
    _, predicate, value = fact
    return predicate in _PREDICATES or (predicate == _TYPE and value in _CLASSES)


def program_for(known: Known, further: Sequence[TiedRule] = ()) -> Program:
    """The rules tied to the schema that the store holds.

    Arguments:
        known: the closed graph.
        further: rules beside those of OWL 2 RL.

    Raises:
        NeedsFullClosure: under this schema something matters that no store can hold.
    """
    schema = frozenset(_schema(known))
    given = schema - frozenset(_schema(known.inferred_alone()))
    return _tied(schema, given, tuple(further))


@lru_cache(maxsize=2)
def _tied(schema: frozenset[Fact], asserted: frozenset[Fact], further: tuple[TiedRule, ...]) -> Program:
    coding = Coding()
    codes = _packed(coding, schema)
    given = _packed(coding, asserted)
    grounding = ground(distinct([given, axiomatic()]), given, coding.equal)
    rests_on_data = bool(len(Triples(distinct([given, grounding.derived])).lacking(codes)))
    if rests_on_data:
        grounding = ground(distinct([codes, axiomatic()]), given, coding.equal)
    tied = [rule for one in (*grounding.joins, *grounding.checks) for rule in _rules(one, coding)]
    _refuse_what_is_hidden(schema, grounding, coding, [*tied, *further])
    implications = pruned(grounding)
    pairs = (
        Implied(zip(_terms(one, coding), _terms(other, coding), strict=True))
        for one, other in (
            implications.straight,
            implications.turned,
            implications.of_subject,
            implications.of_object,
            implications.above,
        )
    )
    predicate, subject, value = unpack(grounding.derived)
    straight, turned, of_subject, of_object, above = pairs
    return Program(
        straight=straight,
        turned=turned,
        of_subject=of_subject,
        of_object=of_object,
        above=above,
        rules=[*tied, *further],
        looked_for=_terms(grounding.looked_for, coding),
        schema_rests_on_data=rests_on_data,
        by_schema=zip(*(_terms(codes, coding) for codes in (subject, predicate, value)), strict=True),
    )


def _schema(known: Known) -> Iterator[Fact]:
    for predicate in sorted(_PREDICATES, key=str):
        yield from known.match(None, predicate, None)
    for kind in sorted(_CLASSES, key=str):
        yield from known.match(None, _TYPE, kind)


def _packed(coding: Coding, facts: Iterable[Fact]) -> Codes:
    rows = np.array([[coding.code(term) for term in fact] for fact in facts], dtype=np.int64).reshape(-1, 3)
    coding.look_at_values()
    return distinct([pack(rows[:, 1], rows[:, 0], rows[:, 2])])


def _terms(codes: Codes, coding: Coding) -> list[Term]:
    return [coding.term(code) for code in codes.tolist()]


def _rules(grounded: Grounded, coding: Coding) -> Iterator[TiedRule]:
    """The clause once for each row of the table of its schema part."""
    clause, columns = grounded.clause, grounded.columns
    vectors = {name: codes.tolist() for name, codes in columns.items()}
    size = len(next(iter(vectors.values()))) if vectors else 1
    for row in range(size):

        def slot(slot: Slot, row: int = row) -> Term | str:
            if isinstance(slot, str):
                return coding.term(vectors[slot][row]) if slot in vectors else slot
            return coding.term(slot) if slot < LITERALS else _TERM_OF[slot]

        def pattern(coded: CodedPattern) -> Pattern:
            subject, predicate, value = (slot(one) for one in coded)
            return subject, predicate, value

        schema: list[Fact] = []
        for coded in () if clause.head else clause.schema:
            subject, predicate, value = pattern(coded)
            if not isinstance(subject, str) and not isinstance(predicate, str) and not isinstance(value, str):
                schema.append((subject, predicate, value))
        yield TiedRule(
            clause.name,
            tuple(pattern(coded) for coded in clause.data),
            tuple(pattern(coded) for coded in clause.head),
            tuple(schema),
        )


def _refuse_what_is_hidden(
    schema: Iterable[Fact], grounding: Grounding, coding: Coding, rules: Iterable[TiedRule]
) -> None:
    if any(term in _EVERYTHING for term in _terms(grounding.looked_for, coding)):
        raise NeedsFullClosure("a rule asks for all things, which are not stored")
    used = {term for fact in schema if fact[1] not in _NO_USE_AS_CLASS for term in (fact[0], fact[2])}
    if any(isinstance(term, NamedNode) and has_value_space(term.value) for term in used):
        raise NeedsFullClosure("a datatype is used as a class, and its instances are not stored")
    for rule in rules:
        for pattern in rule.head:
            if isinstance(pattern[1], BlankNode):
                raise NeedsFullClosure(f"{rule.name} concludes with a nameless property, which is not stored")
