"""The parameters of canned queries: their types, and how a value given as text becomes an RDF term."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal as OneOf
from typing import get_args

import pyoxigraph
from pyoxigraph import NamedNode

from graph.errors import BadInput
from ontology import PREFIXES, XSD, concept, entity

__all__ = ["Parameter", "ParameterType", "Term", "full_iri"]

ParameterType = OneOf["iri", "concept", "date", "year", "integer", "string"]
TYPES: tuple[str, ...] = get_args(ParameterType)
Term = NamedNode | pyoxigraph.Literal

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S+|urn:\S+")
_INTEGER = re.compile(r"[+-]?\d{1,18}")
_YEAR = re.compile(r"\d{4}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a canned query: a variable that is bound before the query is evaluated.

    Arguments:
        name: the variable, without the question mark.
        type: what its values are.
        optional: whether the variable may stay unbound.
        classes: of an `iri`, the classes of what it names (`mc:State`); a bare name like `KAZ` belongs to one of them.
        scheme: of a `concept`, the name of its scheme.
        default: the value if none is given, as a user would write it.
        labels: what to call it, by language.
    """

    name: str
    type: ParameterType
    optional: bool = False
    classes: tuple[str, ...] = ()
    scheme: str | None = None
    default: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)

    def label(self, language: str = "en") -> str:
        """What to call it in `language`, else in English."""
        return self.labels.get(language) or self.labels.get("en") or self.name

    def terms(self, value: str) -> tuple[Term, ...]:
        """The RDF terms that a value means: one, or for a bare name one in each of the classes.

        Of the latter all but one mean nothing that is there, and match nothing. A query that asks for what is absent
        must first ask for the thing itself.

        Arguments:
            value: `KAZ`, `id:state/KAZ`, `https://…` or `<https://…>` for an IRI; `air defence` for a concept;
                `2021-09-30` for a date; digits for a year or an integer; any text for a string.

        Raises:
            BadInput: it is no value of the type; the message names the parameter.
        """
        value = value.strip()
        match self.type:
            case "iri":
                return tuple(self._node(iri) for iri in self._iris(value))
            case "concept":
                return (self._node(full_iri(value) or concept(self.scheme or "", value)),)
            case "date":
                return (self._date(value),)
            case "year":
                return (self._number(value, _YEAR, "a year, like 2021"),)
            case "integer":
                return (self._number(value, _INTEGER, "a whole number"),)
            case "string":
                return (pyoxigraph.Literal(value),)

    def _iris(self, value: str) -> list[str]:
        if (iri := full_iri(value)) is not None:
            return [iri]
        # The first step of an entity's IRI is its class in lower case: id/state/KAZ, id/organization/CSTO.
        kinds = [name.rpartition(":")[2].lower() for name in self.classes]
        if not kinds or not value:
            raise self._refused(value, "an IRI")
        steps = [step for step in value.split("/") if step]
        return [entity(kind, *steps) for kind in kinds]

    def _node(self, iri: str) -> NamedNode:
        try:
            return NamedNode(iri)
        except ValueError as error:
            raise self._refused(iri, "an IRI") from error

    def _date(self, value: str) -> pyoxigraph.Literal:
        try:
            if not _DATE.fullmatch(value):
                raise ValueError(value)
            date.fromisoformat(value)
        except ValueError as error:
            raise self._refused(value, "a date, like 2021-09-30") from error
        return pyoxigraph.Literal(value, datatype=NamedNode(XSD["date"]))

    def _number(self, value: str, pattern: re.Pattern[str], expected: str) -> pyoxigraph.Literal:
        if not (pattern.fullmatch(value) and value.isascii()):
            raise self._refused(value, expected)
        return pyoxigraph.Literal(int(value))

    def _refused(self, value: str, expected: str) -> BadInput:
        return BadInput(f"the parameter {self.name!r} takes {expected}, not {value!r}")


def full_iri(value: str) -> str | None:
    """The IRI that is written in full, in angle brackets or with one of our prefixes; None if it is a bare name."""
    if value.startswith("<") and value.endswith(">"):
        return value[1:-1]
    if _ABSOLUTE.fullmatch(value):
        return value
    prefix, colon, local = value.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else None
