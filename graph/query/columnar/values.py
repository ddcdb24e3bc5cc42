"""What is behind terms: their order, the parts of dates, the texts and languages of literals."""

import re
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from pyoxigraph import Literal

from graph.columns.kinds import Kind, Numbers
from graph.columns.terms import Codes
from graph.query.columnar.codes import UNBOUND, Codebook, NotHere
from graph.query.columnar.tables import grouped

__all__ = [
    "dates_part",
    "is_of_unknown_order",
    "languages",
    "lexical_forms",
    "ordering",
    "parts_of",
    "substrings",
    "term_ranks",
]

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_MOST_TEXTS = 20_000
_MOST_SORTED = 100_000
"""Of more different texts the engine is as quick."""

_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9\-]+)|\^\^<(.*)>)?', re.DOTALL)


def is_of_unknown_order(codebook: Codebook, left: Codes, right: Codes) -> npt.NDArray[np.bool_]:
    """Which pairs of terms may have an order that is not known here."""
    kinds, others = codebook.kinds(left), codebook.kinds(right)
    are_literals = (left >= 0) & (right >= 0) & (kinds > Kind.BLANK) & (others > Kind.BLANK)
    unknown: npt.NDArray[np.bool_] = are_literals & ((kinds == Kind.OTHER) | (others == Kind.OTHER))
    return unknown


def ordering(codebook: Codebook, left: Codes, right: Codes) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """How terms of known kinds are ordered (SPARQL 1.1 Query §17.3), pair by pair.

    Returns:
        Less than, equal to or more than 0; and where there is no such order.
    """
    kinds, others = codebook.kinds(left), codebook.kinds(right)
    # Of any term the engine says that it is neither before nor after itself, even if it has no order.
    is_error = (left != right) & ((kinds <= Kind.BLANK) | (others <= Kind.BLANK) | (kinds != others))
    is_error |= (left < 0) | (right < 0)
    signs = np.sign(codebook.values(left) - codebook.values(right))
    is_text = (kinds == Kind.STRING) & ~is_error
    if is_text.any():
        ranks = _text_ranks(codebook, np.concatenate([left[is_text], right[is_text]]))
        middle = len(ranks) // 2
        signs[is_text] = np.sign(ranks[:middle] - ranks[middle:])
    return signs, is_error


def term_ranks(codebook: Codebook, codes: Codes) -> Numbers:
    """Numbers that are ordered as terms are (§15.1): what is unbound, then IRIs, then literals.

    Raises:
        NotHere: there are terms whose order is not known here, or literals of several kinds.
    """
    kinds = codebook.kinds(codes)
    is_bound = codes >= 0
    met = set(np.unique(kinds[is_bound]).tolist())
    if met & {Kind.BLANK, Kind.OTHER} or len(met - {Kind.IRI}) > 1:
        raise NotHere
    ranks = np.zeros(len(codes), dtype=np.int64)
    is_iri = is_bound & (kinds == Kind.IRI)
    is_text = is_bound & (kinds == Kind.STRING)
    is_number = is_bound & ~is_iri & ~is_text
    ranks[is_iri] = _text_ranks(codebook, codes[is_iri]) + 1
    behind = int(ranks.max(initial=0)) + 1
    ranks[is_text] = _text_ranks(codebook, codes[is_text]) + behind
    values = codebook.values(codes[is_number])
    if len(values):
        ranks[is_number] = values - values.min() + behind
    return ranks


def _text_ranks(codebook: Codebook, codes: Codes) -> Numbers:
    """The places of IRIs, or of strings, in the order of their characters; that of equal ones is the same."""
    groups, firsts = grouped([codes], len(codes))
    if len(firsts) > _MOST_SORTED:
        raise NotHere
    texts = [parts_of(notation)[0] for notation in codebook.notations(codes[firsts])]
    order = sorted(range(len(texts)), key=texts.__getitem__)
    ranks = np.empty(len(texts), dtype=np.int64)
    ranks[order] = np.arange(len(texts))
    return ranks[groups]


def dates_part(codebook: Codebook, codes: Codes, name: str) -> Codes:
    """The year, month or day of dates, as literals; of other terms an error."""
    is_date = codebook.kinds(codes) == Kind.DATE
    days = codebook.values(codes[is_date]).astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    match name:
        case "YEAR":
            numbers = days.astype("datetime64[Y]").astype(np.int64) + 1970
        case "MONTH":
            numbers = months.astype(np.int64) % 12 + 1
        case _:
            numbers = (days - months.astype("datetime64[D]")).astype(np.int64) + 1
    found = np.full(len(codes), UNBOUND, dtype=np.int32)
    found[is_date] = codebook.of_integers(numbers)
    return found


def lexical_forms(codebook: Codebook, codes: Codes) -> Codes:
    """`STR` of terms, as literals; of blank nodes an error."""
    is_string = codebook.kinds(codes) == Kind.STRING
    found = codes.copy()  # strings are their own
    found[~is_string] = _of_distinct(codebook, codes[~is_string], _text)
    return found


def languages(codebook: Codebook, codes: Codes) -> Codes:
    """`LANG` of terms, as literals; of what is no literal an error."""
    kinds = codebook.kinds(codes)
    found = np.full(len(codes), UNBOUND, dtype=np.int32)
    found[(kinds > Kind.BLANK) & (kinds < Kind.OTHER)] = codebook.code('""')
    is_other = (kinds == Kind.OTHER) & (codes >= 0)
    found[is_other] = _of_distinct(codebook, codes[is_other], _language)
    return found


def substrings(codebook: Codebook, codes: Codes, begins: Codes, lengths: Codes) -> Codes | None:
    """`SUBSTR` of strings from a place on and of a length, as literals; None where something is anything else."""
    arguments = [codes, begins, lengths]
    groups, firsts = grouped(arguments, len(codes))
    texts, starts, sizes = (one[firsts] for one in arguments)
    is_bound = (texts >= 0) & (starts >= 0) & (sizes >= 0)
    texts, starts, sizes = texts[is_bound], starts[is_bound], sizes[is_bound]
    are_numbers = (codebook.kinds(starts) == Kind.INTEGER) & (codebook.kinds(sizes) == Kind.INTEGER)
    first, size = codebook.values(starts), codebook.values(sizes)
    if not bool(((codebook.kinds(texts) == Kind.STRING) & are_numbers & (first >= 1) & (size >= 0)).all()):
        return None
    found = np.full(len(firsts), UNBOUND, dtype=np.int32)
    cut = [
        str(Literal(parts_of(notation)[0][begin - 1 : begin - 1 + length]))
        for notation, begin, length in zip(codebook.notations(texts), first.tolist(), size.tolist(), strict=True)
    ]
    found[is_bound] = codebook.codes(cut)
    return found[groups]


def _of_distinct(codebook: Codebook, codes: Codes, told: Callable[[str], str | None]) -> Codes:
    groups, firsts = grouped([codes], len(codes))
    distinct = codes[firsts]
    if len(distinct) > _MOST_TEXTS:
        raise NotHere
    is_bound = distinct >= 0
    found = np.full(len(distinct), UNBOUND, dtype=np.int32)
    texts = [told(notation) for notation in codebook.notations(distinct[is_bound])]
    found[is_bound] = [UNBOUND if text is None else codebook.code(text) for text in texts]
    return found[groups]


def parts_of(notation: str) -> tuple[str, str, str]:
    """A term taken apart: its text, its language, and the IRI of its datatype; both empty where it has none.

    Arguments:
        notation: an IRI, a blank node or a literal, as the engine writes it in N-Triples.

    Raises:
        NotHere: it is a triple, or a literal of RDF 1.2 with a direction.
    """
    if notation.startswith("_:"):
        return notation[2:], "", ""
    if notation.startswith("<") and not notation.startswith("<<"):
        return notation[1:-1], "", ""
    found = _LITERAL.fullmatch(notation)
    if found is None or "--" in (found[2] or ""):
        raise NotHere
    text = found[1]
    return (_ESCAPE.sub(_character, text) if "\\" in text else text), found[2] or "", found[3] or ""


def _character(escape: re.Match[str]) -> str:
    if escape[3] is not None:
        return _ESCAPED.get(escape[3], escape[3])
    return chr(int(escape[1] or escape[2], 16))


def _text(notation: str) -> str | None:
    return None if notation.startswith("_:") else str(Literal(parts_of(notation)[0]))


def _language(notation: str) -> str | None:
    return str(Literal(parts_of(notation)[1])) if notation.startswith('"') else None
