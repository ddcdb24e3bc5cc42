"""N-Triples as columns of codes, without a Python object for each term.

The lines are split at their spaces all at once, and Arrow's hash table gives each different term a number, millions a
second. That needs one spelling for each term, so what is not canonical N-Triples (W3C RDF 1.2 N-Triples, section 4)
is rewritten by a real parser first.
"""

from collections.abc import Iterable
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

__all__ = ["Table", "read_ntriples", "written"]

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
    letters = np.frombuffer(data, dtype=np.uint8)
    ends = np.flatnonzero(letters == _NEW_LINE)
    if not len(ends) or ends[-1] != len(data) - 1:
        return None
    spaces = np.flatnonzero(letters == _SPACE)
    starts = np.concatenate(([0], ends[:-1] + 1))
    first = np.searchsorted(spaces, starts)
    if first[-1] + 2 >= len(spaces) or (ends - starts < 6).any():
        return None
    # Each line is six strings side by side: subject, space, predicate, space, object, end of line.
    borders = np.empty((len(ends), 6), dtype=np.int64)
    borders[:, 0], borders[:, 1], borders[:, 3] = starts, spaces[first], spaces[first + 1]
    borders[:, 2], borders[:, 4], borders[:, 5] = borders[:, 1] + 1, borders[:, 3] + 1, ends - 2
    if (borders[:, 4] >= borders[:, 5]).any():
        return None
    offsets = np.append(borders.ravel(), len(data))
    strings = pa.LargeStringArray.from_buffers(len(offsets) - 1, pa.py_buffer(offsets), pa.py_buffer(data))
    coded = strings.dictionary_encode()
    terms = coded.dictionary
    texts = pc.match_substring_regex(terms, _CANONICAL)
    plain = pc.ends_with(terms, f"^^<{XSD['string']}>")
    if not pc.all(texts).as_py() or pc.any(plain).as_py():
        return None
    numbers = integers(coded.indices).reshape(-1, 6)
    subject, predicate, value, end = (numbers[:, place] for place in (0, 2, 4, 5))
    kinds = first_letters(terms)
    well_formed = (
        ~np.isin(kinds[subject], (_QUOTE, _SPACE)).any()
        and (kinds[predicate] == _OPENING).all()
        and (kinds[value] != _SPACE).all()
        and (end == end[0]).all()
        and terms[int(end[0])].as_py() == " .\n"
    )
    return Table(terms, subject, predicate, value) if well_formed else None
