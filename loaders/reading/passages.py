"""Passages: paragraphs as their writers mean them, in texts that give every sentence a line of its own.

News for the web puts nearly every sentence into its own paragraph. What goes on in such a text («В нём приняли
участие …») goes on over these breaks, so that several of its lines count as one paragraph. Common to all languages.
"""

from collections import Counter
from collections.abc import Sequence

Piece = tuple[int, int, int]
"""Begin and end of a sentence, and the number of its paragraph."""

ENDS = '.!?…»”"'
SIGNS = "-–—•*·▪●○□■→|#>"
FEWEST = 4
SINGLE = 0.5
"""The share of paragraphs of one sentence with which a text is in single lines."""
LONGEST = 5
"""Sentences of a passage."""


def passages(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    """The sentences with the numbers of their passages; with those of their paragraphs where these are longer.

    Arguments:
        text: the text.
        pieces: its sentences in their order, numbered by paragraphs.
    """
    prose = [piece for piece in pieces if piece[2] > 0 and _is_prose(text, piece)]
    sizes = Counter(paragraph for _, _, paragraph in prose)
    if len(sizes) < FEWEST or sum(size == 1 for size in sizes.values()) < SINGLE * len(sizes):
        return list(pieces)
    told = {(begin, end) for begin, end, _ in prose}
    found: list[Piece] = []
    number, length, goes_on, before = -1, 0, False, -1
    for begin, end, paragraph in pieces:
        is_prose = (begin, end) in told
        if paragraph != before and not (goes_on and is_prose and length < LONGEST):
            number, length = number + 1, 0
        found.append((begin, end, number))
        length, goes_on, before = length + 1, is_prose, paragraph
    return found


def _is_prose(text: str, piece: Piece) -> bool:
    """Whether a sentence is one of running text: no heading, no item of a list, no row of a table or turn of speech."""
    words = text[piece[0] : piece[1]].strip()
    return words[-1:] in ENDS and words[:1] not in SIGNS and "\t" not in words and "|" not in words
