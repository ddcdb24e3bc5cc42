"""Terms as numbers and back; literals of the same value are one number.

This is how dt-eq is applied: two literals with the same value are the same thing, so whatever is said of the one is
said of the other. What is inferred of them is told once, with the shortest of their spellings.
"""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graph.reasoner.forward_chaining.values import IllTyped, Value, value_of
from graph.reasoner.owl2rl.clauses import CONSTANTS
from graph.reasoner.owl2rl.vectors import LITERALS, Codes, distinct, pack
from graph.reasoner.trivial import is_built_in
from ontology import RDF, XSD

__all__ = ["Coding", "Term", "TooManyTerms"]

Term = NamedNode | BlankNode | Literal | Triple

_PLAIN = frozenset({XSD["string"], RDF["langString"]})
_STRINGS = frozenset(XSD[name] for name in ("normalizedString", "token", "language", "Name", "NCName", "NMTOKEN"))
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
        self._representatives: dict[int, int] = {}
        self._spellings: dict[int, list[Literal]] = {}
        self._values: dict[Value, int] = {}
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
        self._compare(range(self._compared, len(self.literals)))
        rows = np.array(flat, dtype=np.int64).reshape(-1, 3)
        return distinct([pack(rows[:, 0], rows[:, 1], self._by_value(rows[:, 2]))])

    def _by_value(self, codes: Codes) -> Codes:
        """Codes, those of equal literals made the same."""
        if not self._representatives:
            return codes
        others = np.array(sorted(self._representatives), dtype=np.int64)
        same = np.array([self._representatives[code] for code in others.tolist()], dtype=np.int64)
        places = np.minimum(np.searchsorted(others, codes), len(others) - 1)
        return np.where(others[places] == codes, same[places], codes)

    def spelt_otherwise(self, triples: Iterable[Triple]) -> bool:
        """Whether a literal in these triples is one of a known value in a new spelling."""
        for triple in triples:
            if isinstance(triple.object, Literal) and triple.object not in self.codes:
                code = self._new(triple.object)
                self._compare(range(self._compared, len(self.literals)))
                if code in self._representatives or self._strings_matter:
                    return True
        return False

    def decoded(self, subject: Codes, predicate: Codes, value: Codes) -> set[Triple]:
        """Triples of codes; literals of several spellings in the shortest."""
        names = np.array([*self.terms, *self.literals], dtype=object)
        for representative, spellings in self._spellings.items():
            names[representative - self.literals_from + len(self.terms)] = spellings[0]
        values = np.where(value >= self.literals_from, value - self.literals_from + len(self.terms), value)
        return set(map(Triple, names[subject].tolist(), names[predicate].tolist(), names[values].tolist()))

    def spellings(self) -> dict[Literal, list[Literal]]:
        """The shortest of several spellings of a value to all of them."""
        return {spellings[0]: spellings for spellings in self._spellings.values() if len(spellings) > 1}

    def code(self, term: Term) -> int:
        """The code of a term."""
        code = self.codes.get(term)
        return self._new(term) if code is None else code

    def term(self, code: int) -> Term:
        """The term of a code."""
        if code < self.literals_from:
            return self.terms[code]
        return self._spellings.get(code, [self.literals[code - self.literals_from]])[0]

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
        touched: set[int] = set()
        for place in places:
            datatype = self.literals[place].datatype.value
            if datatype in _PLAIN and not self._strings_matter:
                plain.append(place)
                continue
            if datatype in _STRINGS and not self._strings_matter:
                self._strings_matter = True
                plain = [p for p in range(place) if self.literals[p].datatype.value in _PLAIN]
            touched |= self._register(place)
        if self._strings_matter:
            for place in plain:
                touched |= self._register(place)
        self._sort_spellings(touched)

    def _sort_spellings(self, touched: Iterable[int]) -> None:
        for code in touched:
            self._spellings[code].sort(key=lambda literal: (len(str(literal)), str(literal)))

    def _register(self, place: int) -> set[int]:
        literal, code = self.literals[place], self.literals_from + place
        try:
            value = value_of(literal)
        except IllTyped:
            self.ill_typed.append(code)
            return set()
        if value is None:
            return set()
        representative = self._values.setdefault(value, code)
        if representative == code:
            return set()
        self._representatives[code] = representative
        constant = self.literals[representative - self.literals_from] in CONSTANTS
        first = [] if constant else [self.literals[representative - self.literals_from]]
        self._spellings.setdefault(representative, first).append(literal)
        return {representative}
