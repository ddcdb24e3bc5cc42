"""What the cases of reading share: one reader for all, and a line `text => what it says; …`."""

from functools import cache

from bench.reading.reference import reference_names
from loaders.reading.reader import Reader
from tests.reading.by_rule import by_rule


@cache
def reader() -> Reader:
    """The reader with the names of the shipped reference data."""
    return Reader(reference_names())


def lines_read(text: str, language: str) -> set[str]:
    """All that is read of a text, by whatever rule, as lines: see `by_rule`."""
    return set().union(*by_rule(reader().read(text, language)).values())


def split(case: str) -> tuple[str, set[str]]:
    """The text of a case, and what is expected of it."""
    text, _, expected = case.partition("=>")
    return text.strip(), {e.strip() for e in expected.split(";") if e.strip()}
