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

__all__ = ["dates_part", "languages", "lexical_forms", "ordering", "parts_of", "text_ranks"]

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9\-]+)|\^\^<(.*)>)?', re.DOTALL)


def ordering(codebook: Codebook, left: Codes, right: Codes) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """How terms are ordered (SPARQL 1.1 Query §17.3), pair by pair.

    Returns:
        Less than, equal to or more than 0; and where there is no such order.

    Raises:
        NotHere: of some it is not known here.
    """
    kinds, others = codebook.kinds(left), codebook.kinds(right)
    is_error = (left < 0) | (right < 0) | (kinds <= Kind.BLANK) | (others <= Kind.BLANK)
    if bool((((kinds == Kind.OTHER) | (others == Kind.OTHER)) & ~is_error).any()):
        raise NotHere
    is_error |= kinds != others
    signs = np.sign(codebook.values(left) - codebook.values(right))
    is_text = (kinds == Kind.STRING) & ~is_error
    if is_text.any():
        ranks = text_ranks(codebook, np.concatenate([left[is_text], right[is_text]]))
        middle = len(ranks) // 2
        signs[is_text] = np.sign(ranks[:middle] - ranks[middle:])
    return signs, is_error


def text_ranks(codebook: Codebook, codes: Codes) -> Numbers:
    """The places of IRIs, or of strings, in the order of their characters; that of equal ones is the same."""
    groups, firsts = grouped([codes], len(codes))
    texts = [parts_of(notation)[0] for notation in codebook.notations(codes[firsts])]
    order = sorted(range(len(texts)), key=texts.__getitem__)
    ranks = np.empty(len(texts), dtype=np.int64)
    ranks[order] = np.arange(len(texts))
    return ranks[groups]


def dates_part(codebook: Codebook, codes: Codes, name: str) -> Codes:
    """The year, month or day of dates, as literals.

    Raises:
        NotHere: some may be dates or times of other kinds.
    """
    kinds = codebook.kinds(codes)
    if bool(((kinds == Kind.OTHER) & (codes >= 0)).any()):
        raise NotHere
    is_date = kinds == Kind.DATE
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
    return _of_distinct(codebook, codes, _text)


def languages(codebook: Codebook, codes: Codes) -> Codes:
    """`LANG` of terms, as literals; of what is no literal an error."""
    return _of_distinct(codebook, codes, _language)


def _of_distinct(codebook: Codebook, codes: Codes, told: Callable[[str], str | None]) -> Codes:
    groups, firsts = grouped([codes], len(codes))
    distinct = codes[firsts]
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
