"""razdel's tokens, kept by the piece between two blanks: most pieces of a text stood in texts before.

razdel never joins what a blank divides; its rules see one sign across a blank, and only where the piece begins or ends
with a sign («2021, 5 мая»: the comma stands between two numbers). Source: razdel/segmenters/tokenize.py (MIT).
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from razdel import tokenize

PIECE = re.compile(r"\S+")
KEPT = 50_000
"""Pieces whose tokens are kept."""
LONGEST_KEPT = 40
"""Characters of a piece that is kept: longer ones hardly come twice."""

DESIGNATION = re.compile(r"[^\W\d_]+-\d{1,4}(?:[A-ZА-ЯЁ]{1,4}\d{0,2}(?:-\d{1,3})?)+(?![^\W_])")
"""«Су-30СМ», «Ми-8МТВ-5»: what arms are called, of which razdel makes several words."""

NEAR = 100
"""Characters in which the sign before and after a piece is looked for."""

Placed = tuple[int, int, str]


def tokens(text: str) -> Iterator[Placed]:
    """Begin, end and text of each token.

    Arguments:
        text: a sentence.
    """
    for found in PIECE.finditer(text):
        begin, end, piece = found.start(), found.end(), found[0]
        before = "" if piece[0].isalnum() else text[max(0, begin - NEAR) : begin].rstrip()[-1:]
        after = "" if piece[-1].isalnum() else text[end : end + NEAR].lstrip()[:1]
        cut = _kept if len(piece) <= LONGEST_KEPT else _cut
        for first, last, word in cut(before, piece, after):
            yield begin + first, begin + last, word


def _cut(before: str, piece: str, after: str) -> tuple[Placed, ...]:
    """The tokens of a piece between the last sign of what stands before it and the first sign of what follows."""
    offset = len(before) + 1
    found = ((t.start - offset, t.stop - offset, t.text) for t in tokenize(f"{before} {piece} {after}"))
    inside = [each for each in found if 0 <= each[0] < len(piece)]
    for name in DESIGNATION.finditer(piece):
        parts = [each for each in inside if name.start() <= each[0] and each[1] <= name.end()]
        if len(parts) > 1 and (parts[0][0], parts[-1][1]) == name.span():
            at = inside.index(parts[0])
            inside[at : at + len(parts)] = [(*name.span(), name[0])]
    return tuple(inside)


_kept = lru_cache(maxsize=KEPT)(_cut)
