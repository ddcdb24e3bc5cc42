"""N-Triples as columns of codes, without a Python object for each term.

The lines are split at their spaces all at once, and Arrow's hash table gives each different term a number, millions a
second. It does so part by part, on all processors, because a hash table that outgrows the processor's caches is several
times slower. That needs one spelling for each term, so what is not canonical N-Triples (W3C RDF 1.2 N-Triples,
section 4) is rewritten by a real parser first.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyoxigraph
from pyoxigraph import RdfFormat, Triple

from graph.reasoner.errors import TripleTermsFound
from graph.reasoner.owl2rl.arrow_vectors import first_letters, integers, strings
from graph.reasoner.owl2rl.vectors import Codes
from ontology import XSD

__all__ = ["Table", "read_ntriples", "strings_of", "tables_of", "written"]

_PART = 1 << 25
"""Bytes that are coded at a time."""

_STRINGS = 6
_NEW_LINE, _SPACE, _QUOTE, _OPENING = b'\n "<'
_IRI = r"<[a-zA-Z][a-zA-Z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*>"
_CANONICAL = (
    rf'^({_IRI}|_:[A-Za-z0-9]+|"([^"\\\x00-\x1f\x7f]|\\[tnrbf"\\])*"(@[a-z]+(-[a-z0-9]+)*|\^\^{_IRI})?|| \.\n)$'
).replace("||", "| |")


@dataclass(frozen=True, slots=True)
class Table:
    """Triples as numbers of terms.

    Arguments:
        terms: the different terms, in N-Triples.
        subject, predicate, object: places in `terms`.
    """

    terms: "pa.LargeStringArray"
    subject: Codes
    predicate: Codes
    object: Codes


def read_ntriples(data: bytes) -> Table:
    """The triples of a document in N-Triples.

    Raises:
        SyntaxError: it is not N-Triples.
        TripleTermsFound: a triple has a triple as object (RDF 1.2).
    """
    table = _split(data)
    if table is None:
        canonical = _rewritten(data)
        table = _split(canonical) if canonical else _empty()
    if table is None:
        raise TripleTermsFound("triple terms (RDF 1.2) cannot be coded as text")
    return table


def written(triples: Iterable[Triple]) -> bytes:
    """Canonical N-Triples."""
    return "".join(f"{triple} .\n" for triple in triples).encode()


def _rewritten(data: bytes) -> bytes:
    return written(quad.triple for quad in pyoxigraph.parse(data, RdfFormat.N_TRIPLES))


def _empty() -> Table:
    none = np.empty(0, dtype=np.int64)
    return Table(strings([]), none, none, none)


def _split(data: bytes) -> Table | None:
    """The table; None if there is no triple or not all is canonical."""
    parts = list(_parts(data))
    if len(parts) == 1:
        lists = [strings_of(parts[0])]
    else:
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            lists = list(pool.map(strings_of, parts))
    tables = tables_of([lists])
    return tables[0] if tables else None


def tables_of(texts: Sequence[Sequence["pa.DictionaryArray | None"]]) -> list[Table] | None:
    """A table of each text; the terms of the first are there in all, at the same places.

    Arguments:
        texts: the parts of each, as `strings_of` codes them; of the first one at least.

    Result: the tables, those after the first with all terms; None if not all is canonical.
    """
    parts = [part for text in texts for part in text]
    if not texts[0] or any(part is None for part in parts):
        return None
    coded = pa.chunked_array(parts).unify_dictionaries()
    terms = coded.chunk(0).dictionary
    well_formed = pc.match_substring_regex(terms, _CANONICAL)
    plain = pc.ends_with(terms, f"^^<{XSD['string']}>")
    if not pc.all(well_formed).as_py() or pc.any(plain).as_py():
        return None
    kinds = first_letters(terms)
    tables: list[Table] = []
    chunks = iter(coded.chunks)
    for text in texts:
        columns = [integers(next(chunks).indices).reshape(-1, _STRINGS) for _ in text]
        if not columns:
            none = np.empty(0, dtype=np.int64)
            tables.append(Table(terms, none, none, none))
            continue
        subject, predicate, value, end = (
            np.concatenate([part[:, place] for part in columns]) for place in (0, 2, 4, 5)
        )
        if not (
            ~np.isin(kinds[subject], (_QUOTE, _SPACE)).any()
            and (kinds[predicate] == _OPENING).all()
            and (kinds[value] != _SPACE).all()
            and (end == end[0]).all()
            and terms[int(end[0])].as_py() == " .\n"
        ):
            return None
        # Terms are numbered in the order in which they occur first.
        used = terms if tables else terms[: int(max(part.max() for part in columns)) + 1]
        tables.append(Table(used, subject, predicate, value))
    return tables


def _parts(data: bytes) -> Iterator[memoryview]:
    """The document in parts that end where a line ends."""
    start = 0
    while start < len(data):
        end = data.find(b"\n", start + _PART) + 1 or len(data)
        yield memoryview(data)[start:end]
        start = end


def strings_of(part: memoryview) -> "pa.DictionaryArray | None":
    """The strings of the lines, coded; None if there is something else than lines of at least three terms.

    Each line is six strings side by side: subject, space, predicate, space, object, end of line.
    """
    letters = np.frombuffer(part, dtype=np.uint8)
    ends = np.flatnonzero(letters == _NEW_LINE)
    if not len(ends) or ends[-1] != len(part) - 1:
        return None
    spaces = np.flatnonzero(letters == _SPACE)
    starts = np.concatenate(([0], ends[:-1] + 1))
    first = np.searchsorted(spaces, starts)
    if first[-1] + 2 >= len(spaces) or (ends - starts < _STRINGS).any():
        return None
    borders = np.empty((len(ends), _STRINGS), dtype=np.int64)
    borders[:, 0], borders[:, 1], borders[:, 3] = starts, spaces[first], spaces[first + 1]
    borders[:, 2], borders[:, 4], borders[:, 5] = borders[:, 1] + 1, borders[:, 3] + 1, ends - 2
    if (borders[:, 4] >= borders[:, 5]).any():
        return None
    offsets = np.append(borders.ravel(), len(part))
    array = pa.LargeStringArray.from_buffers(len(offsets) - 1, pa.py_buffer(offsets), pa.py_buffer(part))
    return array.dictionary_encode()
