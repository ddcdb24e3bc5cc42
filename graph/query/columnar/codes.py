"""The terms of a query as numbers: those of the columns, and those that the query brings or computes."""

from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from pyoxigraph import QuerySolutions, Store

from graph.columns.columns import Columns
from graph.columns.kinds import Kind, Kinds, Numbers, kind_of
from graph.columns.terms import Codes
from ontology import XSD

__all__ = ["UNBOUND", "Codebook", "NotHere", "Truths"]

UNBOUND = -1
"""The code where a variable has no value, and where an expression is an error."""

Truths = npt.NDArray[np.int8]
"""Values of conditions: 1 for true, 0 for false, -1 for an error."""

_Number = TypeVar("_Number", bound=np.generic)


class NotHere(Exception):
    """The values that were met, or their number, are none that are known exactly here: the engine is to answer."""


class Codebook:
    """Codes of terms while one query is answered.

    Arguments:
        columns: what is asked. Their codes are below their count; those of other terms follow.
        rdf: the state that they are of, for what is not in them; None where nothing but they may be asked.
    """

    def __init__(self, columns: Columns, rdf: Store | None = None) -> None:
        self.columns = columns
        self.rdf = rdf
        self._kinds, self._values = columns.kinds, columns.values
        self._count = columns.count
        self._others: list[str] = []
        self._known: dict[str, int] = {}
        self._other_kinds: list[int] = []
        self._other_values: list[int] = []

    @property
    def count(self) -> int:
        """How many codes there are."""
        return self._count + len(self._others)

    def code(self, notation: str) -> int:
        """The code of a term, which it gets if it had none."""
        code = self._known.get(notation)
        if code is not None:
            return code
        code = self.columns.code(notation)
        if code is None:
            kind, value = kind_of(notation)
            code = self.count
            self._others.append(notation)
            self._other_kinds.append(kind)
            self._other_values.append(value)
        self._known[notation] = code
        return code

    @cached_property
    def now(self) -> int:
        """The moment of the query, which is one throughout (SPARQL 1.1 Query §17.4.5.1)."""
        told = Store().query("SELECT (NOW() AS ?now) {}")
        assert isinstance(told, QuerySolutions)
        return self.code(str(next(told)[0]))

    def codes(self, notations: list[str]) -> Codes:
        """The codes of terms."""
        return np.array([self.code(notation) for notation in notations], dtype=np.int32)

    def of_integers(self, numbers: Numbers) -> Codes:
        """The codes of integers as literals."""
        distinct, places = np.unique(numbers, return_inverse=True)
        codes = self.codes([f'"{number}"^^<{XSD["integer"]}>' for number in distinct.tolist()])
        return codes[places]

    def of_truths(self, truths: Truths) -> Codes:
        """The codes of truth values as literals; errors have none."""
        false, true = self.codes([f'"{word}"^^<{XSD["boolean"]}>' for word in ("false", "true")])
        return np.array([false, true, UNBOUND], dtype=np.int32)[truths]

    def kinds(self, codes: Codes) -> Kinds:
        """The `Kind` of each term; that of no term is `Kind.OTHER`."""
        return self._looked_up(self._kinds, np.array([*self._other_kinds, Kind.OTHER], dtype=np.uint8), codes)

    def values(self, codes: Codes) -> Numbers:
        """The integer, or the days of a date, of each term."""
        return self._looked_up(self._values, np.array([*self._other_values, 0], dtype=np.int64), codes)

    def notations(self, codes: Codes) -> list[str]:
        """The terms of codes, of which none is unbound."""
        if not self._others or not len(codes) or codes.max() < self._count:
            return self.columns.notations(codes)
        is_own = codes < self._count
        own = iter(self.columns.notations(codes[is_own]))
        return [
            next(own) if here else self._others[code - self._count]
            for here, code in zip(is_own.tolist(), codes.tolist(), strict=True)
        ]

    def _looked_up(self, own: npt.NDArray[_Number], others: npt.NDArray[_Number], codes: Codes) -> npt.NDArray[_Number]:
        if not len(codes):
            return own[:0]
        if codes.min() >= 0 and codes.max() < self._count:
            return own[codes]
        found = others[np.where(codes < 0, len(others) - 1, np.maximum(codes - self._count, 0))]
        is_own = (codes >= 0) & (codes < self._count)
        found[is_own] = own[codes[is_own]]
        return found
