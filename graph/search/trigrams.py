"""Runs of three letters, as numbers, by which names that look alike are found.

A text is folded (case, ё and е, accents of Latin letters) and cut into words; each word gets two blanks before it and
one after, as PostgreSQL's pg_trgm does it, so that the beginning of a word weighs more than its end.
"""

import numpy as np
from numpy.typing import NDArray

from graph.search.folding import words_of

__all__ = ["runs"]

_BITS = 21
"""A code point has so many; three of them fit into 64 bits."""


def runs(folded: list[str], *, open_ended: bool = False) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """The runs of three of many folded texts.

    Arguments:
        folded: the texts.
        open_ended: whether the last word may go on, so that no blank is put after it.

    Returns:
        The runs as numbers, and for each the place of its text; a run that a text has twice stands there twice.
    """
    padded = ["".join(f"  {word} " for word in words_of(text)) for text in folded]
    if open_ended:
        padded = [text[:-1] for text in padded]
    lengths = np.fromiter((len(text) for text in padded), dtype=np.int64, count=len(padded))
    letters = np.frombuffer("".join(padded).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    owners = np.repeat(np.arange(len(padded), dtype=np.int32), lengths)
    if len(letters) < 3:
        return np.empty(0, np.uint64), np.empty(0, np.int32)
    codes = (letters[:-2] << np.uint64(2 * _BITS)) | (letters[1:-1] << np.uint64(_BITS)) | letters[2:]
    blank = np.uint64(ord(" "))
    inside = owners[:-2] == owners[2:]
    # The run that joins two words ("a  ", and " " with the blanks of the next) says nothing of either.
    inside &= ~((letters[1:-1] == blank) & (letters[2:] == blank))
    return codes[inside], owners[:-2][inside]
