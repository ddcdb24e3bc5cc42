"""What the cases of reading share: one reader for all, and a line `text => what it says; …`."""

from functools import cache

from bench.reading.reference import reference_names
from loaders.reading.reader import Reader


@cache
def reader() -> Reader:
    """The reader with the names of the shipped reference data."""
    return Reader(reference_names())


def split(case: str) -> tuple[str, set[str]]:
    """The text of a case, and what is expected of it."""
    text, _, expected = case.partition("=>")
    return text.strip(), {e.strip() for e in expected.split(";") if e.strip()}
