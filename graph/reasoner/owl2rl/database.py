"""Tables in DuckDB, which spills to disk what does not fit into memory."""

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb
import numpy as np

from graph.reasoner.owl2rl.tables import Three
from graph.reasoner.owl2rl.vectors import Codes

__all__ = ["LITERALS_FROM", "DuckDbTables"]

LITERALS_FROM = 1 << 30
"""Codes of literals begin here: codes are of 32 bits."""


class DuckDbTables:
    """The tables of one closure, gone with the `with`.

    Arguments:
        spill: a folder for what does not fit into memory.
        memory: how much the database may use, as DuckDB says it (`4GB`, `70%`).
        threads: how many it may use; as many as there are unless given.
    """

    def __init__(self, spill: Path, *, memory: str = "70%", threads: int | None = None) -> None:
        self.literals_from = LITERALS_FROM
        self._base = duckdb.connect(":memory:")
        self._base.execute(f"SET temp_directory = '{spill.as_posix()}'; SET memory_limit = '{memory}'")
        self._base.execute("SET preserve_insertion_order = false; SET enable_progress_bar = false")
        if threads:
            self._base.execute(f"SET threads = {threads}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._base.close()

    def put(self, name: str, columns: Mapping[str, Codes]) -> None:
        """Make a table of vectors, in place of one of the name."""
        self._base.register("vectors", {column: codes.astype(np.int32) for column, codes in columns.items()})
        self._run(f"CREATE OR REPLACE TABLE {name} AS FROM vectors")
        self._base.unregister("vectors")

    def keep(self, name: str, query: str) -> None:
        """Make a table of what a query selects, in place of one of the name, which the query may read."""
        self._run(f"CREATE OR REPLACE TABLE {name} AS {query}")

    def append(self, name: str, other: str) -> None:
        """Add the rows of a table (s, p, o) to another."""
        self._run(f"INSERT INTO {name} SELECT s, p, o FROM {other}")  # noqa: S608  our own names

    def drop(self, name: str) -> None:
        """Forget a table."""
        self._run(f"DROP TABLE {name}")

    def lacking(self, name: str) -> str:
        """What follows a table (s, p, o) in FROM to leave out the triples of the table `name`."""
        return f"ANTI JOIN {name} USING (s, p, o)"

    def rows(self, query: str) -> list[tuple[int, ...]]:
        """The few rows that a query selects."""
        return self._base.execute(query).fetchall()

    def columns(self, query: str) -> dict[str, Codes]:
        """The rows that a query selects, as vectors by column."""
        found = self._base.execute(query).fetchnumpy()
        return {name: np.asarray(codes, dtype=np.int64) for name, codes in found.items()}

    def triples(self, query: str) -> Three:
        """The rows of a query that selects s, p and o."""
        found = self.columns(query)
        return found["s"], found["p"], found["o"]

    def _run(self, sql: str) -> None:
        self._base.execute(sql).fetchall()
