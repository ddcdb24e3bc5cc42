"""What a term is, and the number behind it, by its notation in N-Triples."""

import datetime
import re
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from ontology import XSD

__all__ = ["Kind", "Kinds", "Numbers", "kind_of", "kinds_of"]

Kinds = npt.NDArray[np.uint8]
"""A `Kind` for each term."""

Numbers = npt.NDArray[np.int64]
"""A number for each term."""

_EPOCH = datetime.date(1970, 1, 1).toordinal()
_EXACT = 1 << 53
_INTEGER = re.compile(rf'"(0|-?[1-9][0-9]{{0,15}})"\^\^<{re.escape(XSD["integer"])}>')
_DATE = re.compile(rf'"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})"\^\^<{re.escape(XSD["date"])}>')
_OPENING, _BLANK, _QUOTE, _CLOSING = b'<_">'


class Kind(IntEnum):
    """What is known of a term without looking at its notation.

    INTEGER is `xsd:integer` in canonical form, of less than 2⁵³ in size; DATE is a valid `xsd:date` of the years 1 to
    9999 without a time zone; STRING is `xsd:string`. OTHER is all else: other literals, with or without a language,
    and triple terms.
    """

    IRI = 0
    BLANK = 1
    INTEGER = 2
    DATE = 3
    STRING = 4
    OTHER = 5


def kind_of(notation: str) -> tuple[Kind, int]:
    """The kind of a term, and the integer or the days since 1970-01-01; 0 where it is neither.

    Arguments:
        notation: the term in N-Triples.
    """
    match notation[0]:
        case "_":
            return Kind.BLANK, 0
        case "<":
            return (Kind.OTHER if notation.startswith("<<") else Kind.IRI), 0
    if notation.endswith('"'):
        return Kind.STRING, 0
    if (integer := _INTEGER.fullmatch(notation)) and abs(number := int(integer[1])) < _EXACT:
        return Kind.INTEGER, number
    if date := _DATE.fullmatch(notation):
        try:
            return Kind.DATE, datetime.date.fromisoformat(date[1]).toordinal() - _EPOCH
        except ValueError:
            return Kind.OTHER, 0
    return Kind.OTHER, 0


def kinds_of(text: npt.NDArray[np.uint8], offsets: Numbers) -> tuple[Kinds, Numbers]:
    """The kinds and numbers of many terms.

    Arguments:
        text: their notations one after the other, in UTF-8.
        offsets: where each begins, and where the last ends.
    """
    count = len(offsets) - 1
    kinds, numbers = np.full(count, Kind.OTHER, dtype=np.uint8), np.zeros(count, dtype=np.int64)
    if not count:
        return kinds, numbers
    first, last = text[offsets[:-1]], text[offsets[1:] - 1]
    kinds[(first == _OPENING) & (text[offsets[:-1] + 1] != _OPENING)] = Kind.IRI
    kinds[first == _BLANK] = Kind.BLANK
    kinds[(first == _QUOTE) & (last == _QUOTE)] = Kind.STRING
    typed = np.flatnonzero((first == _QUOTE) & (last == _CLOSING))
    bytes_ = memoryview(text.data)
    for place, begin, end in zip(typed.tolist(), offsets[typed].tolist(), offsets[typed + 1].tolist(), strict=True):
        kinds[place], numbers[place] = kind_of(str(bytes_[begin:end], "utf-8"))
    return kinds, numbers
