"""Tables in Spark: each round's results are checkpoints, so that plans do not grow with the rounds."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from graph.reasoner.owl2rl.tables import Three
from graph.reasoner.owl2rl.vectors import Codes

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["LITERALS_FROM", "SparkTables"]

LITERALS_FROM = 1 << 60
"""Codes of literals begin here: codes are of 64 bits, and not dense."""


class SparkTables:
    """The tables of one closure.

    Arguments:
        session: of Spark. With a checkpoint directory (`SparkContext.setCheckpointDir`) rounds survive the loss of a
            machine; without one they are kept by the executors.
    """

    def __init__(self, session: "SparkSession") -> None:
        self.literals_from = LITERALS_FROM
        self._session = session
        self._frames: dict[str, DataFrame] = {}

    def frame(self, name: str) -> "DataFrame":
        """A table as Spark has it."""
        return self._frames[name]

    def define(self, name: str, frame: "DataFrame") -> None:
        """Make a table of a data frame, in place of one of the name, which it may be made of."""
        self._name(name, self._checkpoint(frame))

    def _name(self, name: str, frame: "DataFrame") -> None:
        self._frames[name] = frame
        frame.createOrReplaceTempView(name)

    def put(self, name: str, columns: Mapping[str, Codes]) -> None:
        """Make a table of vectors, in place of one of the name."""
        table = pa.table({column: pa.array(codes, pa.int64()) for column, codes in columns.items()})
        # What comes from the driver stands in the plan, and needs no checkpoint.
        self._name(name, self._session.createDataFrame(table))

    def keep(self, name: str, query: str) -> None:
        """Make a table of what a query selects, in place of one of the name, which the query may read."""
        self.define(name, self._session.sql(query))

    def append(self, name: str, other: str) -> None:
        """Add the rows of a table (s, p, o) to another."""
        # Unions of checkpoints grow by a branch a round, which is little beside what a copy would cost.
        self._name(name, self._frames[name].unionByName(self._frames[other].select("s", "p", "o")))

    def drop(self, name: str) -> None:
        """Forget a table."""
        self._session.catalog.dropTempView(name)
        self._frames.pop(name)

    def lacking(self, name: str) -> str:
        """What follows a table (s, p, o) in FROM to leave out the triples of the table `name`."""
        return f"LEFT ANTI JOIN {name} USING (s, p, o)"

    def rows(self, query: str) -> list[tuple[int, ...]]:
        """The few rows that a query selects."""
        return [tuple(map(int, row)) for row in self._session.sql(query).collect()]

    def columns(self, query: str) -> dict[str, Codes]:
        """The rows that a query selects, as vectors by column."""
        table = self._session.sql(query).toArrow()
        return {
            name: np.asarray(table.column(name).to_numpy(zero_copy_only=False), dtype=np.int64)
            for name in table.column_names
        }

    def triples(self, query: str) -> Three:
        """The rows of a query that selects s, p and o."""
        found = self.columns(query)
        return found["s"], found["p"], found["o"]

    def _checkpoint(self, frame: "DataFrame") -> "DataFrame":
        if self._session.sparkContext.getCheckpointDir() is not None:
            return frame.checkpoint()
        return frame.localCheckpoint()
