"""The coding of a graph in N-Triples: terms stay text, and become objects only where one is looked at."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyoxigraph
from pyoxigraph import RdfFormat, Triple

from graph.reasoner.literals import has_value_space
from graph.reasoner.owl2rl.arrow_vectors import first_letters, flags, integers, places, strings
from graph.reasoner.owl2rl.clauses import CONSTANTS
from graph.reasoner.owl2rl.coding import Coding, Term, TooManyTerms
from graph.reasoner.owl2rl.ntriples import Table
from graph.reasoner.owl2rl.vectors import LITERALS, Codes
from ontology import OWL, RDF, RDFS, XSD

__all__ = ["NOTHING", "TextCoding", "lines_of"]

NOTHING = -1
"""In place of a code where there is none."""

_ROWS = 1 << 19
"""Triples that are written at a time."""

_QUOTE, _SPACE = b'" '
_OPENING = b"<"[0]
_STRINGS = ("string", "normalizedString", "token", "language", "Name", "NCName", "NMTOKEN")


class TextCoding(Coding):
    """The codes of the terms of a table."""

    def __init__(self, table: Table, literals_from: int = LITERALS) -> None:
        """Raises `TooManyTerms` if there are more than vectors can hold."""
        constants = strings([str(constant) for constant in CONSTANTS])
        self._texts = pa.concat_arrays([table.terms, constants])
        letters = first_letters(self._texts)
        known = pc.index_in(constants, table.terms)
        further = len(table.terms) + np.arange(len(constants))
        of_constants = np.where(flags(pc.is_valid(known)), integers(known), further)
        taken = np.zeros(len(self._texts), dtype=np.bool_)
        taken[of_constants] = taken[len(table.terms) :] = True
        literal = letters == _QUOTE
        others = np.flatnonzero(~taken & ~literal & (letters != _SPACE))
        literals = np.flatnonzero(~taken & literal)
        constant_literals = np.array([code >= LITERALS for code in CONSTANTS.values()])
        self._places = np.concatenate((of_constants[~constant_literals], others))
        self._literal_places = np.concatenate((of_constants[constant_literals], literals))
        if max(len(self._places), len(self._literal_places)) >= literals_from:
            raise TooManyTerms
        super().__init__(literals_from)
        self.terms = _Parsed(self._texts, self._places)  # type: ignore[assignment]
        self.literals = _Parsed(self._texts, self._literal_places)  # type: ignore[assignment]
        self._compare_texts()
        codes = np.full(len(self._texts), NOTHING, dtype=np.int64)
        codes[self._places] = np.arange(len(self._places))
        codes[self._literal_places] = literals_from + np.arange(len(self._literal_places))
        self.premises = codes[table.subject], codes[table.predicate], codes[table.object]
        self._of_terms = codes[: len(table.terms)]

    def code(self, term: Term) -> int:
        """The code of a term; a new one if the table has it not."""
        where = pc.index(self._texts, strings([str(term)])[0]).as_py()
        found = np.flatnonzero(self._places == where)
        return int(found[0]) if len(found) else self._further(term)

    def of_table(self, table: Table) -> tuple[Codes, Codes, Codes]:
        """The triples of another table, whose terms begin with those of the first; `NOTHING` for what has no code."""
        codes = np.full(len(table.terms), NOTHING, dtype=np.int64)
        codes[: len(self._of_terms)] = self._of_terms
        others = table.terms[len(self._of_terms) :]
        known = pc.index_in(others, strings([str(constant) for constant in CONSTANTS]))
        rows = np.flatnonzero(flags(pc.is_valid(known)))
        of_constants = [self.codes[constant] for constant in CONSTANTS]
        codes[len(self._of_terms) + rows] = np.array(of_constants, dtype=np.int64)[integers(known)[rows]]
        return codes[table.subject], codes[table.predicate], codes[table.object]

    def of_triples(self, triples: Sequence[Triple]) -> tuple[Codes, Codes, Codes] | None:
        """Triples; what is no literal gets a code if it has none. None if there is a literal without a code."""
        texts = [str(term) for triple in triples for term in (triple.subject, triple.predicate, triple.object)]
        different = list(dict.fromkeys(texts))
        places = pc.index_in(strings(different), self._texts)
        by_place = np.full(len(self._texts), NOTHING, dtype=np.int64)
        by_place[self._places] = np.arange(len(self._places))
        by_place[self._literal_places] = self.literals_from + np.arange(len(self._literal_places))
        found = dict(zip(different, by_place[integers(places)].tolist(), strict=True))
        for place in np.flatnonzero(flags(pc.is_null(places))).tolist():
            if different[place].startswith('"'):
                return None
            [term] = _parsed(strings([different[place]]))
            found[different[place]] = self._further(term)
        rows = np.array([found[text] for text in texts], dtype=np.int64).reshape(-1, 3)
        return rows[:, 0], rows[:, 1], rows[:, 2]

    def lines(self, subject: Codes, predicate: Codes, value: Codes) -> bytes:
        """Triples in N-Triples."""
        everything = np.concatenate((self._places, self._literal_places))
        values = np.where(value >= self.literals_from, value - self.literals_from + len(self._places), value)
        return lines_of(self._texts, *(everything[codes] for codes in (subject, predicate, values)))

    def of_other_datatypes(self, literals: Codes, iri: str) -> Codes:
        """Those of the literals that are not written with a datatype."""
        texts = self._texts.take(places(self._literal_places[literals - self.literals_from]))
        if iri == RDF["langString"]:
            alike = pc.match_substring_regex(texts, '"@[a-z0-9-]+$')
        else:
            alike = pc.ends_with(texts, '"' if iri == XSD["string"] else f'"^^<{iri}>')
        others: Codes = literals[~flags(alike)]
        return others

    def built_in(self) -> npt.NDArray[np.bool_]:
        """By code, whether an IRI is of RDF, RDFS, OWL or XSD."""
        texts = self._texts.take(places(self._places))
        found = np.zeros(len(texts), dtype=np.bool_)
        for namespace in (RDF, RDFS, OWL, XSD):
            found |= flags(pc.starts_with(texts, f"<{namespace}"))
        return found

    def iris(self) -> npt.NDArray[np.bool_]:
        """By code, whether a term is an IRI."""
        found: npt.NDArray[np.bool_] = first_letters(self._texts)[self._places] == _OPENING
        return found

    def nodes(self) -> npt.NDArray[np.bool_]:
        """By code, whether a term can be a subject: triples are not coded as text."""
        return np.ones(len(self._places), dtype=np.bool_)

    def _further(self, term: Term) -> int:
        self._texts = pa.concat_arrays([self._texts, strings([str(term)])])
        self._places = np.append(self._places, len(self._texts) - 1)
        self.terms = _Parsed(self._texts, self._places)  # type: ignore[assignment]
        return len(self._places) - 1

    def _compare_texts(self) -> None:
        """Look at the values of the literals; strings have values of their own if there are no others like them."""
        texts = self._texts.take(places(self._literal_places))
        datatypes = pc.struct_field(pc.extract_regex(texts, r"\^\^<(?P<datatype>[^<>\"]*)>$"), "datatype")
        found = {datatype for datatype in pc.unique(datatypes).to_pylist() if datatype and has_value_space(datatype)}
        look = pc.is_in(datatypes, strings(sorted(found)))
        if found & {RDF["PlainLiteral"], *(XSD[name] for name in _STRINGS)}:
            look = pc.or_(look, pc.is_null(datatypes))
        looked_at = np.flatnonzero(flags(look))
        self._values.clear()
        self._several.clear()
        self._equal = None
        for place, literal in zip(looked_at.tolist(), _parsed(texts.take(places(looked_at))), strict=True):
            self.literals[place] = literal  # type: ignore[assignment]
            self._register(place)


def lines_of(texts: "pa.LargeStringArray", subject: Codes, predicate: Codes, value: Codes) -> bytes:
    """Triples in N-Triples; each term by its place among the texts."""
    stop, space = strings([".\n", " "])

    def part(begin: int) -> memoryview:
        rows = slice(begin, begin + _ROWS)
        columns = [texts.take(places(terms[rows])) for terms in (subject, predicate, value)]
        joined = pc.binary_join_element_wise(*columns, stop, space)
        _, offsets, text = joined.buffers()
        return memoryview(text)[: int(np.frombuffer(offsets, dtype=np.int64)[len(joined)])]

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return b"".join(pool.map(part, range(0, len(subject), _ROWS)))


class _Parsed(Sequence[Term]):
    """Terms by code, read from their text when they are looked at."""

    def __init__(self, texts: "pa.LargeStringArray", places: Codes) -> None:
        self._texts, self._places = texts, places
        self._seen: dict[int, Term] = {}

    def __len__(self) -> int:
        return len(self._places)

    def __getitem__(self, place: int) -> Term:  # type: ignore[override]
        if place not in self._seen:
            [self._seen[place]] = _parsed(self._texts.take(places(self._places[place : place + 1])))
        return self._seen[place]

    def __setitem__(self, place: int, term: Term) -> None:
        self._seen[place] = term


def _parsed(texts: "pa.LargeStringArray") -> Iterator[Term]:
    lines = "".join(f"<x:s> <x:p> {text} .\n" for text in texts.to_pylist())
    return (quad.object for quad in pyoxigraph.parse(lines, RdfFormat.N_TRIPLES))
