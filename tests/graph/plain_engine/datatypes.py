"""OWL 2 Profiles, Table 8: the semantics of datatypes.

dt-type1 is trivial. The rules are stated for all literals and all datatypes; here they are applied where something can
come of it: dt-type2 for datatypes that an axiom uses as a class, dt-eq for literals that are written differently,
dt-diff where two literals are said to be the same.
"""

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode

from graph.reasoner.literals import IllTyped, Value, has_value_space, in_value_space, value_of
from ontology import OWL, RDF, RDFS
from tests.graph.plain_engine.engine import Engine

__all__ = ["install"]


def install(engine: Engine) -> list[list[int]]:
    """Hang up dt-type2, dt-eq, dt-diff and dt-not-type; to be called when the premises are there.

    Returns:
        the literals that are written differently and have the same value, in groups.
    """
    values = dict(_values(engine))
    same = engine.iri(OWL["sameAs"])

    def equal(x: int, y: int) -> None:  # dt-diff
        if x in values and y in values and values[x] != values[y]:
            x, y = min(x, y), max(x, y)
            engine.clash("dt-diff", (x, same, y))

    engine.on(same, equal)
    groups = _same_values(values)
    for group in groups:  # dt-eq
        for literal in group[1:]:
            engine.add(group[0], same, literal)
    used = _used_as_class(engine)
    for datatype in _datatypes(engine):
        iri = _iri(engine, datatype)

        def check(x: int, datatype: int = datatype, iri: str = iri) -> None:  # dt-not-type
            if x in values and not in_value_space(values[x], iri):
                engine.clash("dt-not-type", (x, engine.type, datatype))

        engine.on_instance(datatype, check)
        if datatype in used:  # dt-type2
            for literal, value in values.items():
                if in_value_space(value, iri):
                    engine.add(literal, engine.type, datatype)
    return groups


def _same_values(values: dict[int, Value]) -> list[list[int]]:
    groups: dict[Value, list[int]] = {}
    for literal, value in values.items():
        groups.setdefault(value, []).append(literal)
    return [group for group in groups.values() if len(group) > 1]


def _values(engine: Engine) -> Iterable[tuple[int, Value]]:
    for number in engine.literals:
        literal = engine.terms[number]
        assert isinstance(literal, Literal)
        try:
            value = value_of(literal)
        except IllTyped:
            engine.clash("dt-not-type", (number, engine.type, engine.number(literal.datatype)))
            continue
        if value is not None:
            yield number, value


def _datatypes(engine: Engine) -> list[int]:
    """The datatypes that occur as terms and whose values are known."""
    return [
        number
        for number, term in enumerate(engine.terms)
        if isinstance(term, NamedNode) and has_value_space(term.value)
    ]


def _used_as_class(engine: Engine) -> set[int]:
    """The terms that stand where instances of a class are looked for: anywhere but as a range or in a declaration."""
    apart = {engine.type, engine.iri(RDFS["range"]), engine.iri(OWL["allValuesFrom"])}
    used: set[int] = set()
    for predicate in engine.predicates():
        if predicate in apart:
            continue
        term = engine.terms[predicate]
        if isinstance(term, NamedNode) and term.value.startswith((RDF, RDFS, OWL)):
            for subject, value in engine.pairs(predicate):
                used.update((subject, value))
    return used


def _iri(engine: Engine, number: int) -> str:
    term = engine.terms[number]
    assert isinstance(term, NamedNode)
    return term.value
