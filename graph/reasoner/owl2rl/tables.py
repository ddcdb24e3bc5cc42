"""What `SqlFixpoint` asks of a database: tables of integers, and queries over them."""

from collections.abc import Mapping
from typing import Protocol

from graph.reasoner.owl2rl.vectors import Codes

__all__ = ["Tables", "Three"]

Three = tuple[Codes, Codes, Codes]
"""Subjects, predicates and objects."""


class Tables(Protocol):
    """Tables of integers by name.

    Attributes:
        literals_from: the first code of a literal; what is below codes other terms.
    """

    literals_from: int

    def put(self, name: str, columns: Mapping[str, Codes]) -> None:
        """Make a table of vectors, in place of one of the name."""
        ...

    def keep(self, name: str, query: str) -> None:
        """Make a table of what a query selects, in place of one of the name, which the query may read."""
        ...

    def append(self, name: str, other: str) -> None:
        """Add the rows of a table (s, p, o) to another."""
        ...

    def drop(self, name: str) -> None:
        """Forget a table."""
        ...

    def lacking(self, name: str) -> str:
        """What follows a table (s, p, o) in FROM to leave out the triples of the table `name`."""
        ...

    def rows(self, query: str) -> list[tuple[int, ...]]:
        """The few rows that a query selects."""
        ...

    def columns(self, query: str) -> dict[str, Codes]:
        """The rows that a query selects, as vectors by column."""
        ...

    def triples(self, query: str) -> Three:
        """The rows of a query that selects s, p and o."""
        ...
