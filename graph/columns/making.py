"""Columns made of a whole graph, which the engine writes as N-Triples: text is coded as fast as it comes."""

import io
from itertools import pairwise
from typing import IO, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from pyoxigraph import DefaultGraph, RdfFormat, Store

from graph.columns.arrays import Arrays, with_room
from graph.columns.kinds import Numbers, kinds_of
from graph.columns.relation import columns_of, pairs_of
from graph.columns.terms import SPARE, Codes, TooManyTerms
from graph.reasoner.owl2rl.arrow_vectors import integers
from graph.reasoner.owl2rl.ntriples import strings_of

__all__ = ["NotMade", "made_of"]

_PART = 1 << 25
"""Bytes that are coded at a time."""

_MOST_TERMS = (1 << 31) - 1 - SPARE
_STRINGS = 6
_SUBJECT, _PREDICATE, _OBJECT, _END = 0, 2, 4, 5
_SEPARATORS = 2
_OPENING, _CLOSING, _BLANK = b"<>_"


class NotMade(Exception):
    """The engine wrote something else than lines of triples."""


def made_of(rdf: Store) -> Arrays:
    """The default graph of a store as arrays.

    Arguments:
        rdf: the store.

    Raises:
        TooManyTerms: there are more than codes.
        NotMade: its terms cannot be told from one another in N-Triples.
    """
    coding = _Coding()
    rdf.dump(cast(IO[bytes], coding), RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
    return coding.finish()


class _Coding(io.RawIOBase):
    """Takes N-Triples, and codes it part by part."""

    def __init__(self) -> None:
        self._waiting = bytearray()
        self._terms: list[pa.LargeStringArray] = []
        self._places: list[tuple[Codes, Codes, Codes]] = []

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]
        """Take some bytes."""
        self._waiting += data
        if len(self._waiting) >= _PART:
            end = self._waiting.rfind(b"\n") + 1
            self._code(bytes(memoryview(self._waiting)[:end]))
            del self._waiting[:end]
        return len(data)

    def finish(self) -> Arrays:
        """The arrays of all that was written."""
        if self._waiting:
            self._code(bytes(self._waiting))
            self._waiting.clear()
        text, offsets, codes = self._sorted_terms()
        _check(text, offsets, codes, self._places)
        predicates, begins, relations = _relations(codes, self._places)
        return Arrays(text, offsets, *with_room(*kinds_of(text, offsets)), predicates, begins, *relations)

    def _code(self, part: bytes) -> None:
        coded = strings_of(memoryview(part))
        if coded is None:
            raise NotMade
        places = np.frombuffer(coded.indices.buffers()[1], dtype=np.int32)[: len(coded)].reshape(-1, _STRINGS)
        end = places[:, _END]
        if (end != end[0]).any() or coded.dictionary[int(end[0])].as_py() != " .\n":
            raise NotMade
        self._terms.append(coded.dictionary)
        self._places.append((places[:, _SUBJECT].copy(), places[:, _PREDICATE].copy(), places[:, _OBJECT].copy()))

    def _sorted_terms(self) -> tuple[npt.NDArray[np.uint8], Numbers, list[Codes]]:
        """The different terms of all parts, sorted, and the code of each term of each part."""
        if not self._terms:
            return np.empty(0, dtype=np.uint8), np.zeros(1, dtype=np.int64), []
        coded = pa.chunked_array(self._terms).dictionary_encode()
        self._terms.clear()
        order = pc.sort_indices(coded.chunk(0).dictionary)
        terms = coded.chunk(0).dictionary.take(order)
        separators = sum(term.as_py().startswith(" ") for term in terms[:_SEPARATORS])  # no term begins with a space
        if len(terms) > _MOST_TERMS:
            raise TooManyTerms
        ranks = np.empty(len(terms), dtype=np.int32)
        ranks[np.frombuffer(order.buffers()[1], dtype=np.uint64)[: len(order)]] = np.arange(len(terms), dtype=np.int32)
        ranks -= separators
        codes = [ranks[integers(chunk.indices)] for chunk in coded.chunks]
        _, offsets, text = terms.buffers()
        begins = np.frombuffer(offsets, dtype=np.int64)[separators : len(terms) + 1]
        letters = np.frombuffer(text, dtype=np.uint8)[begins[0] : begins[-1]]
        return letters, begins - begins[0], codes


def _check(
    text: npt.NDArray[np.uint8], offsets: Numbers, codes: list[Codes], places: list[tuple[Codes, Codes, Codes]]
) -> None:
    """See that subjects and predicates end where they seem to: no IRI of the store has a space in it."""
    first, last = text[offsets[:-1]], text[offsets[1:] - 1]
    whole = (first == _OPENING) & (last == _CLOSING)
    either = whole | (first == _BLANK)
    for of_part, (subjects, predicates, _) in zip(codes, places, strict=True):
        if not (either[of_part[subjects]].all() and whole[of_part[predicates]].all()):
            raise NotMade


def _relations(codes: list[Codes], places: list[tuple[Codes, Codes, Codes]]) -> tuple[Codes, Numbers, list[Codes]]:
    """Predicates, where the triples of each begin, and the columns."""
    if not codes:
        none = np.empty(0, dtype=np.int32)
        return none, np.zeros(1, dtype=np.int64), [none] * 4
    subjects, predicates, objects = (
        np.concatenate([of_part[part[place]] for of_part, part in zip(codes, places, strict=True)])
        for place in range(3)
    )
    places.clear()
    order = np.argsort(predicates, kind="stable")
    subjects, objects, predicates = subjects[order], objects[order], predicates[order]
    starts = np.flatnonzero(np.diff(predicates, prepend=-1))
    begins = np.append(starts, len(predicates)).astype(np.int64)
    columns = [np.empty(len(order), dtype=np.int32) for _ in range(4)]
    for begin, end in pairwise(begins.tolist()):
        part = slice(begin, end)
        columns[0][part], columns[1][part] = columns_of(np.sort(pairs_of(subjects[part], objects[part])))
        columns[2][part], columns[3][part] = columns_of(np.sort(pairs_of(objects[part], subjects[part])))
    return predicates[starts], begins, columns
