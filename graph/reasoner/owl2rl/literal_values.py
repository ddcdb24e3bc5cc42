"""OWL 2 Profiles, Table 8: what follows from the values of literals.

The rules are stated for all literals and all datatypes; they are applied where something can come of it. dt-eq is
applied by `coding`; dt-type2 to datatypes that an axiom uses as a class; dt-diff to literals that are said to be the
same, together with eq-diff1; dt-not-type to literals that a rule gives a type, and to those with an impossible text.
"""

from collections.abc import Iterable, Iterator

import numpy as np
from pyoxigraph import Literal, NamedNode

from graph.reasoner.literals import has_value_space, in_value_space
from graph.reasoner.owl2rl.clauses import CONSTANTS, SCHEMA_PREDICATES, code_of
from graph.reasoner.owl2rl.coding import Coding
from graph.reasoner.owl2rl.fixpoint import Clash
from graph.reasoner.owl2rl.vectors import Codes, distinct
from ontology import OWL, RDF, RDFS

__all__ = ["clashes_of_values", "instances_of_datatypes"]

_TYPE, _SAME = code_of(RDF["type"]), code_of(OWL["sameAs"])
_DATATYPES = {
    code: term.value for term, code in CONSTANTS.items() if isinstance(term, NamedNode) and has_value_space(term.value)
}
"""The datatypes of which it is known which values belong to them; each is a constant of the rules."""

_NO_USE_AS_CLASS = (code_of(RDFS["range"]), code_of(OWL["allValuesFrom"]))
_USE_AS_CLASS = np.array(sorted(SCHEMA_PREDICATES - set(_NO_USE_AS_CLASS)), dtype=np.int64)


def instances_of_datatypes(coding: Coding, subject: Codes, predicate: Codes, value: Codes) -> tuple[Codes, ...]:
    """What dt-type2 says of datatypes that an axiom uses as a class: a literal belongs to them.

    Arguments:
        subject, predicate, value: all premises.

    Returns:
        subjects, predicates and objects.
    """
    rows = np.isin(predicate, _USE_AS_CLASS)
    used = distinct([subject[rows], value[rows]])
    found: list[tuple[int, int, int]] = []
    for datatype, iri in _DATATYPES.items():
        if datatype not in used:
            continue
        for literal in range(coding.literals_from, coding.literals_from + len(coding.literals)):
            known = coding.value(literal)
            if known is not None and in_value_space(known, iri):
                found.append((literal, _TYPE, datatype))
    return tuple(np.array(found, dtype=np.int64).reshape(len(found), 3).T)


def clashes_of_values(coding: Coding, typed: tuple[Codes, Codes], same: Iterable[tuple[int, int]]) -> Iterator[Clash]:
    """What dt-not-type and dt-diff find.

    Arguments:
        typed: literals with classes that a rule gives them.
        same: literals that are said to be the same.
    """
    for literal in coding.ill_typed:
        written = coding.term(literal)
        assert isinstance(written, Literal)
        datatype = coding.code(written.datatype)
        yield Clash("dt-not-type", ((literal, _TYPE, datatype),))
    for datatype in distinct([typed[1]]).tolist():
        iri = _DATATYPES.get(datatype)
        if iri is None or iri == RDFS["Literal"]:  # to which all values belong
            continue
        for literal in coding.of_other_datatypes(typed[0][typed[1] == datatype], iri).tolist():
            value = coding.value(literal)
            if value is not None and not in_value_space(value, iri):
                yield Clash("dt-not-type", ((literal, _TYPE, datatype),))
    for one, other in same:
        if str(coding.term(one)) < str(coding.term(other)) and None not in (coding.value(one), coding.value(other)):
            yield Clash("dt-diff", ((one, _SAME, other),))
