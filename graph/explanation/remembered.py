"""Iterators whose results are kept, so that several readers can go through them, each as far as it needs."""

from collections.abc import Iterator
from typing import Generic, TypeVar

__all__ = ["Remembered"]

Item = TypeVar("Item")


class Remembered(Generic[Item]):
    """What an iterator gives.

    Arguments:
        source: the iterator; it is asked for nothing that no reader has come to.
    """

    def __init__(self, source: Iterator[Item]) -> None:
        self._source = source
        self._known: list[Item] = []

    def __iter__(self) -> Iterator[Item]:
        place = 0
        while place < len(self._known) or self._more():
            yield self._known[place]
            place += 1

    def at_most(self, number: int) -> int:
        """How many there are, counted up to a number."""
        while len(self._known) < number and self._more():
            pass
        return min(len(self._known), number)

    def _more(self) -> bool:
        for item in self._source:
            self._known.append(item)
            return True
        return False
