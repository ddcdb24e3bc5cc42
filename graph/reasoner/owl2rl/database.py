"""The closure of a graph of any size, by SQL in DuckDB, which spills to disk what does not fit into memory.

The same rounds as in `fixpoint`, over the same clauses; the schema alone is worked out by vectors, as there.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb
import numpy as np
import numpy.typing as npt

from graph.reasoner.owl2rl.clauses import CONSTANTS, SCHEMA_CLASSES, SCHEMA_PREDICATES, code_of
from graph.reasoner.owl2rl.equal_literals import EqualLiterals
from graph.reasoner.owl2rl.fixpoint import MOST_CLASHES, Clash, pruned
from graph.reasoner.owl2rl.grounding import Grounded, Grounding, ground
from graph.reasoner.owl2rl.sql import insert_rows, select
from graph.reasoner.owl2rl.vectors import LITERALS, Codes, Slot, distinct, pack, unpack
from ontology import OWL, RDF

__all__ = ["LITERALS_FROM", "DatabaseFixpoint"]

LITERALS_FROM = 1 << 30
"""Codes of literals begin here."""

_TYPE, _SAME = code_of(RDF["type"]), code_of(OWL["sameAs"])
_IS_SCHEMA = (
    f"(p IN ({', '.join(map(str, sorted(SCHEMA_PREDICATES)))}) "
    f"OR p = {_TYPE} AND o IN ({', '.join(map(str, sorted(SCHEMA_CLASSES)))}))"
)
_TELLING = f"NOT (p = {_SAME} AND (s = o OR (s >= {LITERALS_FROM} AND (s, o) IN (SELECT one, other FROM spelt))))"  # noqa: S608
_Three = tuple[Codes, Codes, Codes]


class DatabaseFixpoint:
    """A closure in a database of its own, which is gone with the `with`."""

    def __init__(self, spill: Path, *, memory: str = "70%", threads: int | None = None) -> None:
        """
        Arguments:
            spill: a folder for what does not fit into memory.
            memory: how much the database may use, as DuckDB says it (`4GB`, `70%`).
            threads: how many it may use; as many as there are unless given.
        """
        self._base = duckdb.connect(":memory:")
        self._base.execute(f"SET temp_directory = '{spill.as_posix()}'; SET memory_limit = '{memory}'")
        self._base.execute("SET preserve_insertion_order = false; SET enable_progress_bar = false")
        if threads:
            self._base.execute(f"SET threads = {threads}")
        for table in ("premises", "known", "new"):
            self._base.execute(f"CREATE TABLE {table} (s INTEGER, p INTEGER, o INTEGER)")
        self._grounding: Grounding | None = None
        self._predicates: set[int] = set()
        self._schema = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._base.close()

    def close(self, premises: _Three, further: _Three, equal: EqualLiterals) -> None:
        """Draw all conclusions.

        Arguments:
            premises: subjects, predicates, objects; the closure is told without them.
            further: what holds beside them.
            equal: the literals of the same value.
        """
        self._equal = equal
        self._table("spelt", dict(zip(("one", "other"), equal.pairs, strict=True)))
        self._fill("given", premises)
        self._fill("further", further)
        self._run("INSERT INTO premises SELECT DISTINCT s, p, o FROM given")
        self._run("INSERT INTO new SELECT s, p, o FROM premises UNION SELECT s, p, o FROM further")
        self._run("DROP TABLE given; DROP TABLE further")
        while self._count("new"):
            if self._grounding is None or self._count(f"new WHERE {_IS_SCHEMA}"):
                self._tie_anew()
            first = not self._count("known")
            self._imply()
            if self._count(f"delta WHERE {_IS_SCHEMA}") + self._count(f"known WHERE {_IS_SCHEMA}") > self._schema:
                self._run("CREATE OR REPLACE TABLE new AS FROM delta")
                continue
            self._run("INSERT INTO known FROM delta")
            self._predicates.update(int(p) for (p,) in self._base.execute("SELECT DISTINCT p FROM delta").fetchall())
            self._join(first=first)

    def derived(self) -> _Three:
        """Subjects, predicates and objects of what is known and no premise."""
        return self._triples("FROM known ANTI JOIN premises USING (s, p, o)")

    def clashes(self) -> Iterator[Clash]:
        """The inconsistencies."""
        assert self._grounding is not None
        for place, grounded in enumerate(self._grounding.checks):
            clause = grounded.clause
            wanted = [_in_world(slot) for pattern in clause.premises for slot in pattern]
            tied = self._tied(f"check{place}", grounded)
            query = self._select(tied, grounded, ["known"] * len(clause.data), wanted)
            query = f"SELECT DISTINCT * FROM ({query}) LIMIT {MOST_CLASHES}"  # noqa: S608
            for row in self._base.execute(query).fetchall():
                yield Clash(
                    clause.name, tuple(self._as_known(row[start : start + 3]) for start in range(0, len(row), 3))
                )

    def _as_known(self, triple: tuple[int, int, int]) -> tuple[int, int, int]:
        """The triple in a spelling in which it is known."""
        subject, predicate, value = triple
        if value < LITERALS_FROM or not self._equal:
            return triple
        spelt = self._base.execute(
            f"SELECT min(o) FROM known WHERE s = {subject} AND p = {predicate} AND (o = {value} "  # noqa: S608
            f"OR o IN (SELECT other FROM spelt WHERE one = {value}))"
        ).fetchall()
        return (subject, predicate, value) if spelt[0][0] is None else (subject, predicate, int(spelt[0][0]))

    def typed_literals(self) -> tuple[Codes, Codes]:
        """Each literal with each class that a rule gives it."""
        found = self._base.execute(
            f"SELECT DISTINCT o, c FROM known JOIN of_object USING (p) WHERE o >= {LITERALS_FROM} "  # noqa: S608
            f"UNION SELECT s, o FROM known WHERE p = {_TYPE} AND s >= {LITERALS_FROM}"
        ).fetchnumpy()
        return _wide(found["o"]), _wide(found["c"])

    def same_literals(self) -> Iterator[tuple[int, int]]:
        """The literals that are said to be the same."""
        rows = self._base.execute(
            f"SELECT s, o FROM known WHERE p = {_SAME} AND s >= {LITERALS_FROM} AND o >= {LITERALS_FROM}"  # noqa: S608
        )
        return iter(rows.fetchall())

    # Rounds

    def _tie_anew(self) -> None:
        """Tie the clauses to the schema as it has become; all triples are new to them."""
        schema = self._triples(
            f"SELECT s, p, o FROM known WHERE {_IS_SCHEMA} UNION SELECT s, p, o FROM new WHERE {_IS_SCHEMA}"  # noqa: S608
        )
        self._codes = _Local(distinct(schema))
        given = self._triples(f"FROM premises WHERE {_IS_SCHEMA}")
        self._grounding = ground(self._packed(schema), self._packed(given), self._codes.equal(self._equal))
        predicate, subject, value = (self._codes.world(codes) for codes in unpack(self._grounding.derived))
        self._fill("derived", (subject, predicate, value))
        self._run("CREATE OR REPLACE TABLE new AS FROM known UNION FROM new UNION SELECT s, p, o FROM derived")
        self._run("DROP TABLE derived; DELETE FROM known")
        self._schema = self._count(f"new WHERE {_IS_SCHEMA}")
        implications = pruned(self._grounding)
        looked_for = self._codes.world(self._grounding.looked_for)
        for name, target, (one, other) in (
            ("straight", "q", implications.straight),
            ("turned", "q", implications.turned),
            ("of_subject", "c", implications.of_subject),
            ("of_object", "c", implications.of_object),
            ("above", "d", implications.above),
        ):
            source = "c" if name == "above" else "p"
            columns = {source: self._codes.world(one), target: self._codes.world(other)}
            columns["sought"] = np.isin(columns[target], looked_for).astype(np.int64)
            self._table(name, columns)
        self._joins = [
            (grounded, self._tied(f"join{place}", grounded)) for place, grounded in enumerate(self._grounding.joins)
        ]

    def _imply(self) -> None:
        """`delta`: what is new, with what it implies."""
        implied = (
            "SELECT s, q AS p, o FROM new JOIN straight USING (p)",
            "SELECT o AS s, q AS p, s AS o FROM new JOIN turned USING (p)",
            f"SELECT s, {_TYPE} AS p, c AS o FROM (SELECT DISTINCT s, p FROM new) JOIN of_subject USING (p)",  # noqa: S608
            f"SELECT o AS s, {_TYPE} AS p, c AS o FROM (SELECT DISTINCT o, p FROM new) x JOIN of_object USING (p) "  # noqa: S608
            f"WHERE x.o < {LITERALS_FROM} OR sought = 1",
            f"SELECT s, {_TYPE} AS p, d AS o FROM new JOIN above ON p = {_TYPE} AND o = c",  # noqa: S608
        )
        known = "ANTI JOIN known USING (s, p, o)" if self._count("known") else ""
        self._run(
            f"CREATE OR REPLACE TABLE delta AS SELECT DISTINCT s, p, o FROM (SELECT s, p, o FROM new "  # noqa: S608
            f"UNION ALL SELECT s, p, o FROM ({' UNION ALL '.join(implied)}) WHERE {_TELLING}) {known}"
        )

    def _join(self, *, first: bool) -> None:
        """`new`: what follows from the delta by clauses with several premises."""
        queries: list[str] = []
        for grounded, tied in self._joins:
            data = grounded.clause.data
            if any(isinstance(p, int) and p not in self._predicates for _, p, _ in data):
                continue
            for place in range(1 if first else len(data)):
                tables = ["delta" if rank == place else "known" for rank in range(len(data))]
                queries.extend(self._select(tied, grounded, tables, head) for head in grounded.clause.head)
        self._run("CREATE OR REPLACE TABLE new (s INTEGER, p INTEGER, o INTEGER)")
        if queries:
            self._run(
                f"INSERT INTO new SELECT DISTINCT s, p, o FROM ({insert_rows(queries)}) "  # noqa: S608
                f"ANTI JOIN known USING (s, p, o) WHERE {_TELLING}"
            )

    # Tables

    def _select(self, tied: str | None, grounded: Grounded, tables: Sequence[str], wanted: Iterable[Slot]) -> str:
        spelt = "spelt" if self._equal else None
        return select(tied, grounded.columns, grounded.clause.data, tables, wanted, spelt=spelt)

    def _tied(self, name: str, grounded: Grounded) -> str | None:
        if not grounded.columns:
            return None
        self._table(name, {column: self._codes.world(codes) for column, codes in grounded.columns.items()})
        return name

    def _fill(self, name: str, triples: _Three) -> None:
        self._table(name, dict(zip("spo", triples, strict=True)))

    def _table(self, name: str, columns: Mapping[str, Codes]) -> None:
        self._base.register("vectors", {column: codes.astype(np.int32) for column, codes in columns.items()})
        self._run(f"CREATE OR REPLACE TABLE {name} AS FROM vectors")
        self._base.unregister("vectors")

    def _triples(self, query: str) -> _Three:
        found = self._base.execute(query).fetchnumpy()
        return _wide(found["s"]), _wide(found["p"]), _wide(found["o"])

    def _packed(self, triples: _Three) -> Codes:
        """Triples of the schema, as vectors have them."""
        subject, predicate, value = (self._codes.local(codes) for codes in triples)
        return distinct([pack(predicate, subject, value)])

    def _count(self, table: str) -> int:
        [(count,)] = self._base.execute(f"SELECT count(*) FROM {table}").fetchall()  # noqa: S608
        return int(count)

    def _run(self, sql: str) -> None:
        self._base.execute(sql).fetchall()


class _Local:
    """The terms of the schema by codes small enough for vectors; constants keep theirs."""

    def __init__(self, codes: Codes) -> None:
        constants = np.array([_in_world(code) for code in CONSTANTS.values()], dtype=np.int64)
        self._codes = distinct([codes, constants])
        self._others = int(np.searchsorted(self._codes, LITERALS_FROM))

    def local(self, codes: Codes) -> Codes:
        """World to local."""
        places: Codes = np.searchsorted(self._codes, codes)
        return np.where(places >= self._others, places - self._others + LITERALS, places)

    def equal(self, equal: EqualLiterals) -> EqualLiterals:
        """The literals of the same value, as far as they are in the schema."""
        world = self._codes[self._others :]
        return equal.translated(dict(zip(world.tolist(), self.local(world).tolist(), strict=True)))

    def world(self, codes: Codes) -> Codes:
        """Local to world."""
        found: Codes = self._codes[np.where(codes >= LITERALS, codes - LITERALS + self._others, codes)]
        return found


def _in_world(slot: Slot) -> Slot:
    """A constant of a clause, or a variable, in the codes of the database."""
    return slot - LITERALS + LITERALS_FROM if isinstance(slot, int) and slot >= LITERALS else slot


def _wide(codes: npt.NDArray[np.int32]) -> Codes:
    return np.asarray(codes, dtype=np.int64)
