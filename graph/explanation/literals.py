"""What the values of literals tell (OWL 2 Profiles, Table 8), as premises of proofs."""

from decimal import Decimal
from fractions import Fraction

from pyoxigraph import Literal, NamedNode

from graph.explanation.proof import Term
from graph.reasoner.literals import IllTyped, Value, has_value_space, in_value_space, value_of
from ontology import RDF, XSD

__all__ = ["as_kept", "holds_of_values", "may_be_spelt_otherwise", "spellings"]

_STRINGS = tuple(XSD[n] for n in ("string", "normalizedString", "token", "language", "Name", "NCName", "NMTOKEN"))
_KEPT_AS_WRITTEN = {XSD["string"], RDF["langString"]}


def _value(term: Term) -> Value | None:
    try:
        return value_of(term) if isinstance(term, Literal) else None
    except IllTyped:
        return None


def holds_of_values(test: str, terms: tuple[Term, ...]) -> bool:
    """Whether a premise about values holds.

    Arguments:
        test: `same-value`, `different-value`, `value-in` or `value-not-in`, as `owl2rl.rules` names them.
        terms: two literals, or a literal and a datatype.
    """
    one, other = terms
    value = _value(one)
    if value is None:
        return False
    if test in ("value-in", "value-not-in"):
        if not isinstance(other, NamedNode) or not has_value_space(other.value):
            return False
        return in_value_space(value, other.value) == (test == "value-in")
    second = _value(other)
    return second is not None and (value == second) == (test == "same-value")


def may_be_spelt_otherwise(literal: Literal) -> bool:
    """Whether another literal may have the same value."""
    return not literal.language and literal.datatype.value != XSD["string"] and _value(literal) is not None


def spellings(literal: Literal) -> tuple[Literal, ...]:
    """Other literals of the same value in which a store may hold it."""
    value = _value(literal)
    if value is None:
        return ()
    found: list[Literal] = []
    if isinstance(value[1], Fraction) and value[0] == "decimal":
        number = value[1]
        if number.denominator == 1:
            found = [Literal(_written(number), datatype=NamedNode(XSD[name])) for name in ("integer", "decimal")]
    elif value[0] == "string":
        text, language = str(value[1]), str(value[2])
        found = [Literal(f"{text}@{language}", datatype=NamedNode(RDF["PlainLiteral"]))]
        if language:
            found.append(Literal(text, language=language))
        else:
            found += [Literal(text, datatype=NamedNode(name)) for name in _STRINGS if in_value_space(value, name)]
    return tuple(spelling for spelling in found if spelling != literal)


def as_kept(literal: Literal) -> Literal:
    """A whole number as Oxigraph keeps it: by its value, whatever type of whole numbers it is written with."""
    value = _value(literal)
    if literal.datatype.value in _KEPT_AS_WRITTEN or value is None or value[0] != "decimal":
        return literal
    if literal.datatype.value == XSD["decimal"] or not isinstance(value[1], Fraction):
        return literal
    return Literal(_written(value[1]), datatype=NamedNode(XSD["integer"]))


def _written(number: Fraction) -> str:
    """A whole number. (Python writes an int of many digits only if it is told to.)"""
    return f"{Decimal(number.numerator):f}"
