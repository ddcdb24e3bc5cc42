"""Paragraphs: lines of a text, or the lines that a width of line has broken one into. Common to all languages."""

import re
from collections.abc import Iterator

LINE = re.compile(r"[^\n]+")
WIDTH = 55
"""A line shorter than this was not broken by its width."""
FULL = 0.7
"""A line that was broken fills, with the word that did not fit, so much of the longest line of its text."""


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Begin and end of each paragraph: a line, or the lines that a width of line has broken it into."""
    begin = end = -1
    widest = max((len(line.group().strip()) for line in LINE.finditer(text)), default=0)
    for line in LINE.finditer(text):
        if begin >= 0 and not _goes_on(text, begin, end, line.start(), widest):
            yield begin, end
            begin = -1
        if line.group().strip():
            begin = line.start() if begin < 0 else begin
            end = line.end()
    if begin >= 0:
        yield begin, end


def _goes_on(text: str, begin: int, end: int, following: int, widest: int) -> bool:
    """Whether the line that ends at `end` goes on in the next one."""
    line = text[max(begin, text.rfind("\n", begin, end) + 1) : end]
    if text[end:following] != "\n" or "|" in line or "\t" in line:
        return False
    last = line.rstrip()[-1:]
    word = text[following : following + 80].lstrip().partition(" ")[0]
    start = word[:1]
    broken = len(line) > WIDTH and len(line) + 1 + len(word) > FULL * widest  # the next word did not fit
    return last not in ".!?…:;»”" and (start.islower() or (broken and start not in "-–—•*·"))
