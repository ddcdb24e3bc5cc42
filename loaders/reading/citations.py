"""Sources in brackets: in "(Kazinform, September 5)" the date says when something was printed, and not when it was."""

import re
from collections.abc import Iterable, Iterator

from loaders.reading.date_mention import DateMention

LONGEST = 80
"""Characters of one source in brackets, up to its date."""
SOURCE = re.compile(r"[(;]\s*[^\W\d_a-z][^()\d;]*,\s*$")
AFTER = re.compile(r"\s*(?:[;)])")


def without_citations(text: str, dates: Iterable[DateMention]) -> Iterator[DateMention]:
    """The dates of a text but for those that only date a source in brackets.

    Arguments:
        text: the whole text.
        dates: its dates.
    """
    for date in dates:
        before = text[max(0, date.span.begin - LONGEST) : date.span.begin]
        said_year = date.basis == "stated"  # "(Baku, April 2024)" is a place and when
        if said_year or not (SOURCE.search(before) and AFTER.match(text, date.span.end)):
            yield date
