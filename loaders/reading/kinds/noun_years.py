"""Years that belong to the name of something: "the 2024 cooperation plan", "a 2019 treaty"."""

from loaders.reading.context import Context
from loaders.reading.dates import DateMention


def names_noun(context: Context, date: DateMention) -> bool:
    """Whether a bare year stands before a noun that it tells apart, and does not say when something was done."""
    tokens = context.tokens_of(date.span)
    if len(tokens) != 1 or date.start is None or date.start.month is not None:
        return False
    year = context.text.tokens[tokens[0]]
    return year.rel == "nummod" and year.head is not None and year.head > year.index
