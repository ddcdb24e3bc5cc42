"""Terms as numbers and back, and which literals have the same value."""

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graph.reasoner.literals import IllTyped, Value, value_of
from graph.reasoner.owl2rl.clauses import CONSTANTS
from graph.reasoner.owl2rl.equal_literals import EqualLiterals
from graph.reasoner.owl2rl.vectors import LITERALS, Codes, distinct, pack
from graph.reasoner.trivial import is_built_in
from ontology import RDF, XSD

__all__ = ["Coding", "Term", "TooManyTerms"]

Term = NamedNode | BlankNode | Literal | Triple

_PLAIN = frozenset({XSD["string"], RDF["langString"]})
_STRINGS = frozenset(XSD[name] for name in ("normalizedString", "token", "language", "Name", "NCName", "NMTOKEN"))
_STRINGS |= {RDF["PlainLiteral"]}
"""Datatypes whose values plain strings may equal. Without them each plain string has a value of its own."""


class TooManyTerms(Exception):
    """There are more terms than codes."""


class Coding:
    """The codes of the terms of a graph."""

    def __init__(self, literals_from: int = LITERALS) -> None:
        """`literals_from`: the first code of a literal."""
        self.literals_from = literals_from
        self.codes: dict[Term, int] = {}
        for term, code in CONSTANTS.items():
            self.codes[term] = code if code < LITERALS else code - LITERALS + literals_from
        self.terms: list[Term] = [term for term, code in CONSTANTS.items() if code < LITERALS]
        self.literals: list[Literal] = [term for term in CONSTANTS if isinstance(term, Literal)]
        self.ill_typed: list[int] = []
        self._values: dict[Value, list[int]] = {}
        self._several: set[Value] = set()
        self._equal: EqualLiterals | None = None
        self._compared = 0
        self._strings_matter = False
        self._compare(range(len(self.literals)))

    def triples(self, triples: Iterable[Triple]) -> Codes:
        """Triples, packed, distinct and sorted; terms that are new get codes.

        Raises:
            TooManyTerms: there are more than vectors can hold.
        """
        codes, new = self.codes, self._new
        flat: list[int] = []
        append = flat.append
        for subject, predicate, value in triples:
            code = codes.get(predicate)
            append(new(predicate) if code is None else code)
            code = codes.get(subject)
            append(new(subject) if code is None else code)
            code = codes.get(value)
            append(new(value) if code is None else code)
        self.look_at_values()
        rows = np.array(flat, dtype=np.int64).reshape(-1, 3)
        return distinct([pack(rows[:, 0], rows[:, 1], rows[:, 2])])

    @property
    def equal(self) -> EqualLiterals:
        """The literals of the same value."""
        if self._equal is None:
            self._equal = EqualLiterals(self._values[value] for value in self._several)
        return self._equal

    def decoded(self, subject: Codes, predicate: Codes, value: Codes) -> set[Triple]:
        """Triples of codes."""
        names = np.array([*self.terms, *self.literals], dtype=object)
        values = np.where(value >= self.literals_from, value - self.literals_from + len(self.terms), value)
        return set(map(Triple, names[subject].tolist(), names[predicate].tolist(), names[values].tolist()))

    def spellings(self) -> Iterator[list[Literal]]:
        """Literals of one value, where there are several."""
        for value in self._several:
            yield [self.literals[code - self.literals_from] for code in self._values[value]]

    def code(self, term: Term) -> int:
        """The code of a term."""
        code = self.codes.get(term)
        return self._new(term) if code is None else code

    def term(self, code: int) -> Term:
        """The term of a code."""
        if code < self.literals_from:
            return self.terms[code]
        return self.literals[code - self.literals_from]

    def value(self, code: int) -> Value | None:
        """The value of a literal, if its datatype is one of OWL 2 RL and it is well-formed."""
        try:
            return value_of(self.literals[code - self.literals_from])
        except IllTyped:
            return None

    def of_other_datatypes(self, literals: Codes, iri: str) -> Codes:
        """Those of the literals that are not written with a datatype."""
        others = [code for code in literals.tolist() if self.literals[code - self.literals_from].datatype.value != iri]
        return np.array(others, dtype=np.int64)

    def built_in(self) -> npt.NDArray[np.bool_]:
        """By code, whether an IRI is of RDF, RDFS, OWL or XSD."""
        return np.array([isinstance(term, NamedNode) and is_built_in(term.value) for term in self.terms])

    def iris(self) -> npt.NDArray[np.bool_]:
        """By code, whether a term is an IRI."""
        return np.array([isinstance(term, NamedNode) for term in self.terms])

    def nodes(self) -> npt.NDArray[np.bool_]:
        """By code, whether a term can be a subject: it is no triple (RDF 1.2)."""
        return np.array([not isinstance(term, Triple) for term in self.terms])

    def look_at_values(self) -> None:
        """Compare the literals that are new with those that are known."""
        self._compare(range(self._compared, len(self.literals)))

    def _new(self, term: Term) -> int:
        if isinstance(term, Literal):
            code = self.literals_from + len(self.literals)
            self.literals.append(term)
            full = len(self.literals) > self.literals_from
        else:
            code = len(self.terms)
            self.terms.append(term)
            full = code >= self.literals_from
        if full:
            raise TooManyTerms
        self.codes[term] = code
        return code

    def _compare(self, places: range) -> None:
        """Look at the values of literals that are new."""
        self._compared = places.stop
        plain: list[int] = []
        for place in places:
            datatype = self.literals[place].datatype.value
            if datatype in _PLAIN and not self._strings_matter:
                plain.append(place)
                continue
            if datatype in _STRINGS and not self._strings_matter:
                self._strings_matter = True
                plain = [p for p in range(place) if self.literals[p].datatype.value in _PLAIN]
            self._register(place)
        if self._strings_matter:
            for place in plain:
                self._register(place)

    def _register(self, place: int) -> None:
        literal, code = self.literals[place], self.literals_from + place
        try:
            value = value_of(literal)
        except IllTyped:
            self.ill_typed.append(code)
            return
        if value is None:
            return
        group = self._values.setdefault(value, [])
        group.append(code)
        if len(group) > 1:
            self._several.add(value)
            self._equal = None
