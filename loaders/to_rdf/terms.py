"""RDF terms of the values that facts are made of: dates with their bounds, numbers, names as steps of an IRI."""

import calendar
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from loaders.reading.facts import PartialDate
from ontology import MC, RDF, XSD

__all__ = [
    "BOUNDS_OF",
    "RDF_TYPE",
    "bounds",
    "date_literal",
    "day_literal",
    "decimal_literal",
    "integer_literal",
    "mc",
    "name_slug",
]

RDF_TYPE = NamedNode(RDF["type"])

BOUNDS_OF: Mapping[str, tuple[str, str]] = {
    "startDate": ("earliestStart", "latestStart"),
    "signedOn": ("earliestStart", "latestStart"),
    "endDate": ("earliestEnd", "latestEnd"),
}
"""The properties that hold a date as stated, and those of the bounds that stand beside it."""


def mc(name: str) -> NamedNode:
    """The term of the vocabulary: `mc("Exercise")`."""
    return NamedNode(MC[name])


def date_literal(value: PartialDate) -> Literal:
    """The date as stated: `xsd:gYear`, `xsd:gYearMonth` or `xsd:date`, as precise as the source."""
    datatype = "gYear" if value.month is None else "gYearMonth" if value.day is None else "date"
    return Literal(str(value), datatype=NamedNode(XSD[datatype]))


def bounds(value: PartialDate) -> tuple[date, date]:
    """The first and the last day that the date may mean.

    Raises:
        ValueError: there is no such day, month or year.
    """
    if value.day is not None and value.month is None:
        raise ValueError(f"a day without a month: {value!r}")
    first_month, last_month = (value.month, value.month) if value.month is not None else (1, 12)
    if not 1 <= last_month <= 12 or not 1 <= value.year <= 9999:
        raise ValueError(f"no such month: {value}")
    last_day = calendar.monthrange(value.year, last_month)[1]
    first_day, last_day = (value.day, value.day) if value.day is not None else (1, last_day)
    return date(value.year, first_month, first_day), date(value.year, last_month, last_day)


def day_literal(value: date) -> Literal:
    """An `xsd:date`."""
    return Literal(value.isoformat(), datatype=NamedNode(XSD["date"]))


def integer_literal(value: int) -> Literal:
    """An `xsd:integer`."""
    return Literal(str(value), datatype=NamedNode(XSD["integer"]))


def decimal_literal(value: Decimal) -> Literal:
    """An `xsd:decimal`, written without an exponent."""
    return Literal(f"{value:f}", datatype=NamedNode(XSD["decimal"]))


def name_slug(name: str) -> str:
    """A name as a step of an IRI, the same for spellings that differ in case, quotes, ё/е, dashes and blanks."""
    folded = name.casefold().replace("ё", "е")
    return re.sub(r"[\W_]+", "-", folded).strip("-") or "unnamed"
