"""Which year the digits at the end of an exercise's name are: «Центр-19» is of 2019, «Ханджар-12» the twelfth."""

import re

from loaders.reading.context import Context
from loaders.reading.mentions import EntityMention

FOUR_DIGITS = re.compile(r"(?:19|20)\d\d")
WITHIN = 5
"""Years between a text and the editions that it is likely to speak of."""
LOWEST_ALONE = 16
"""Where nothing else tells years, two digits below this one count editions."""


def edition_year(context: Context, mention: EntityMention) -> int | None:
    """The year in a name; of two digits only where the text's own date, or another of its dates, is near it.

    Arguments:
        context: the text.
        mention: the name of the exercise.
    """
    year = mention.entity.year
    if year is None or FOUR_DIGITS.search(mention.span.of(context.text.text)):
        return year
    told = {context.issued.year} if context.issued is not None else set()
    told |= {d.start.year for d in context.dates if d.start is not None}
    if told:
        return year if min(abs(year - other) for other in told) <= WITHIN else None
    return year if year % 100 >= LOWEST_ALONE else None
