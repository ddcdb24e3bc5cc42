"""The closure of a graph of any size, by SQL over tables that a database keeps (`graph.reasoner.owl2rl.tables`).

The same rounds as in `fixpoint`, over the same clauses; the schema alone is worked out by vectors, as there.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

import numpy as np

from graph.reasoner.owl2rl.clauses import CONSTANTS, SCHEMA_CLASSES, SCHEMA_PREDICATES, code_of
from graph.reasoner.owl2rl.cliques import BY_CLIQUES, REPLACING, cliques
from graph.reasoner.owl2rl.equal_literals import EqualLiterals
from graph.reasoner.owl2rl.fixpoint import MOST_CLASHES, Clash, pruned
from graph.reasoner.owl2rl.grounding import Grounded, Grounding, ground
from graph.reasoner.owl2rl.sql import insert_rows, select
from graph.reasoner.owl2rl.tables import Tables, Three
from graph.reasoner.owl2rl.vectors import LITERALS, Codes, Slot, distinct, pack, unpack
from ontology import OWL, RDF

__all__ = ["SqlFixpoint", "in_world"]

_TYPE, _SAME = code_of(RDF["type"]), code_of(OWL["sameAs"])
_IS_SCHEMA = (
    f"(p IN ({', '.join(map(str, sorted(SCHEMA_PREDICATES)))}) "
    f"OR p = {_TYPE} AND o IN ({', '.join(map(str, sorted(SCHEMA_CLASSES)))}))"
)
_NONE = "SELECT s, p, o FROM (SELECT 0 AS s, 0 AS p, 0 AS o) AS nothing WHERE s = 1"
"""No triples."""


class SqlFixpoint:
    """A closure over tables.

    Arguments:
        tables: where the triples are; codes of literals are `tables.literals_from` and above.
    """

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._literals_from = tables.literals_from
        self._telling = (
            f"NOT (p = {_SAME} AND (s = o OR (s >= {self._literals_from} "  # noqa: S608
            "AND (s, o) IN (SELECT one, other FROM spelt))))"
        )
        for table in ("premises", "known", "new", "inferred"):
            tables.keep(table, _NONE)
        self._grounding: Grounding | None = None
        self._predicates: set[int] = set()
        self._schema = self._known_schema = 0

    def close(self, premises: Three, further: Three, equal: EqualLiterals) -> None:
        """Draw all conclusions.

        Arguments:
            premises: subjects, predicates, objects; the closure is told without them.
            further: what holds beside them.
            equal: the literals of the same value.
        """
        self._fill("given", premises)
        self._fill("further", further)
        self.close_tables("given", "further", equal)
        self._tables.drop("given")
        self._tables.drop("further")

    def close_tables(self, premises: str, further: str, equal: EqualLiterals) -> None:
        """The same for triples that are in tables (s, p, o) already."""
        self._equal = equal
        self._tables.put("spelt", dict(zip(("one", "other"), equal.pairs, strict=True)))
        self._tables.keep("premises", f"SELECT DISTINCT s, p, o FROM {premises}")  # noqa: S608
        self._add_inferred("premises", f"SELECT s, p, o FROM {further}")  # noqa: S608
        self._tables.keep("new", "SELECT s, p, o FROM premises UNION ALL SELECT s, p, o FROM inferred")
        self._to_the_end()

    def add(self, further: Three) -> None:
        """Draw all conclusions from further triples, which are told among them."""
        self._fill("further", further)
        self._add_inferred("known", "SELECT s, p, o FROM further")
        self._tables.keep("new", "SELECT s, p, o FROM found")
        self._tables.drop("further")
        self._to_the_end()

    def _to_the_end(self) -> None:
        while self._count("new"):
            if self._grounding is None or self._count(f"new WHERE {_IS_SCHEMA}"):
                self._tie_anew()
            first = not self._count("known")
            self._imply()
            if self._equate():
                continue
            schema = self._count(f"delta WHERE {_IS_SCHEMA}")
            if self._known_schema + schema > self._schema:
                self._tables.keep("new", "SELECT s, p, o FROM delta")
                continue
            self._known_schema += schema
            self._tables.append("known", "delta")
            self._predicates.update(p for (p,) in self._tables.rows("SELECT DISTINCT p FROM delta"))
            self._join(first=first)

    def derived(self) -> Three:
        """Subjects, predicates and objects of what is known and no premise."""
        return self._tables.triples(self.derived_query())

    def derived_query(self) -> str:
        """The same as a query."""
        return "SELECT s, p, o FROM inferred"

    def clashes(self) -> Iterator[Clash]:
        """The inconsistencies."""
        assert self._grounding is not None
        for place, grounded in enumerate(self._grounding.checks):
            clause = grounded.clause
            wanted = [self._in_world(slot) for pattern in clause.premises for slot in pattern]
            tied = self._tied(f"check{place}", grounded)
            query = self._select(tied, grounded, ["known"] * len(clause.data), wanted)
            query = f"SELECT DISTINCT * FROM ({query}) LIMIT {MOST_CLASHES}"  # noqa: S608
            for row in self._tables.rows(query):
                premises = (self._as_known(row[at], row[at + 1], row[at + 2]) for at in range(0, len(row), 3))
                for spelt in product(*premises):
                    yield Clash(clause.name, spelt)

    def _as_known(self, subject: int, predicate: int, value: int) -> list[tuple[int, int, int]]:
        """The triple in the spellings in which it is known."""
        if value < self._literals_from or not self._equal:
            return [(subject, predicate, value)]
        spelt = self._tables.rows(
            f"SELECT o FROM known WHERE s = {subject} AND p = {predicate} AND (o = {value} "  # noqa: S608
            f"OR o IN (SELECT other FROM spelt WHERE one = {value}))"
        )
        return [(subject, predicate, o) for (o,) in spelt] or [(subject, predicate, value)]

    def typed_literals(self) -> tuple[Codes, Codes]:
        """Each literal with each class that a rule gives it."""
        found = self._tables.columns(
            f"SELECT DISTINCT o, c FROM known JOIN of_object USING (p) WHERE o >= {self._literals_from} "  # noqa: S608
            f"UNION SELECT s AS o, o AS c FROM known WHERE p = {_TYPE} AND s >= {self._literals_from}"
        )
        return found["o"], found["c"]

    def same_literals(self) -> Iterator[tuple[int, int]]:
        """The literals that are said to be the same."""
        least = self._literals_from
        rows = self._tables.rows(
            f"SELECT s, o FROM known WHERE p = {_SAME} AND s >= {least} AND o >= {least}"  # noqa: S608
        )
        return ((one, other) for one, other in rows)

    # Rounds

    def _tie_anew(self) -> None:
        """Tie the clauses to the schema as it has become; all triples are new to them."""
        schema = self._tables.triples(
            f"SELECT s, p, o FROM known WHERE {_IS_SCHEMA} UNION SELECT s, p, o FROM new WHERE {_IS_SCHEMA}"  # noqa: S608
        )
        self._codes = _Local(distinct(schema), self._literals_from)
        given = self._tables.triples(f"SELECT s, p, o FROM premises WHERE {_IS_SCHEMA}")  # noqa: S608
        self._grounding = ground(self._packed(schema), self._packed(given), self._codes.equal(self._equal))
        predicate, subject, value = (self._codes.world(codes) for codes in unpack(self._grounding.derived))
        self._fill("derived", (subject, predicate, value))
        if self._count("known"):
            self._tables.append("new", "known")
        self._add_inferred("new", "SELECT s, p, o FROM derived")
        self._tables.append("new", "found")
        self._tables.drop("derived")
        self._tables.keep("known", _NONE)
        self._schema, self._known_schema = self._count(f"new WHERE {_IS_SCHEMA}"), 0
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
            self._tables.put(name, columns)
        self._joins = [
            (grounded, self._tied(f"join{place}", grounded)) for place, grounded in enumerate(self._grounding.joins)
        ]

    def _imply(self) -> None:
        """`delta`: what is new, with what it implies."""
        implied = [
            "SELECT s, q AS p, o FROM new JOIN straight USING (p)",
            "SELECT o AS s, q AS p, s AS o FROM new JOIN turned USING (p)",
            f"SELECT s, {_TYPE} AS p, c AS o FROM (SELECT DISTINCT s, p FROM new) JOIN of_subject USING (p)",  # noqa: S608
            f"SELECT o AS s, {_TYPE} AS p, c AS o FROM (SELECT DISTINCT o, p FROM new) x JOIN of_object USING (p) "  # noqa: S608
            f"WHERE x.o < {self._literals_from} OR sought = 1",
            f"SELECT s, {_TYPE} AS p, d AS o FROM new JOIN above ON p = {_TYPE} AND o = c",  # noqa: S608
        ]
        found = f"SELECT s, p, o FROM ({' UNION ALL '.join(implied)}) AS implied WHERE {self._telling}"  # noqa: S608
        if self._count("known"):
            found = f"SELECT s, p, o FROM ({found}) AS told {self._tables.lacking('known')}"  # noqa: S608
        self._add_inferred("new", found)
        self._tables.keep("delta", "SELECT s, p, o FROM new UNION ALL SELECT s, p, o FROM found")

    def _equate(self) -> bool:
        """`new`: the delta with what eq-sym and eq-trans conclude, if it says that things are the same; else untouched.

        Only what is the same is read here; its pairs, n² of n things, are made by the tables.
        """
        if not self._count(f"delta WHERE p = {_SAME}"):
            return False
        pairs = " UNION ALL ".join(f"SELECT s, o FROM {table} WHERE p = {_SAME}" for table in ("known", "delta"))  # noqa: S608
        found = self._tables.columns(f"SELECT DISTINCT least(s, o) AS s, greatest(s, o) AS o FROM ({pairs})")  # noqa: S608
        one, other = found["s"], found["o"]
        things, number = cliques(one, other, self._equal.representatives(one), self._equal.representatives(other))
        self._tables.put("cliques", {"thing": things, "number": number})
        self._tables.keep(
            "equalities",
            "SELECT s, p, o FROM (SELECT a.thing AS s, "  # noqa: S608
            f"{_SAME} AS p, b.thing AS o FROM cliques AS a JOIN cliques AS b USING (number)) AS pairs "
            f"{self._tables.lacking('known')} {self._tables.lacking('delta')} WHERE {self._telling}",
        )
        lacking = self._count("equalities") > 0
        if lacking:
            self._tables.append("inferred", "equalities")
            self._tables.keep("new", "SELECT s, p, o FROM delta UNION ALL SELECT s, p, o FROM equalities")
        self._tables.drop("equalities")
        return lacking

    def _join(self, *, first: bool) -> None:
        """`new`: what follows from the delta by clauses with several premises."""
        queries: list[str] = []
        for grounded, tied in self._joins:
            data = grounded.clause.data
            if grounded.clause.name in BY_CLIQUES:
                continue
            if any(isinstance(p, int) and p not in self._predicates for _, p, _ in data):
                continue
            for place in range(1 if first else len(data)):
                tables = ["delta" if rank == place else "known" for rank in range(len(data))]
                if grounded.clause.name in REPLACING:
                    tables[1] = f"(SELECT s, p, o FROM {tables[1]} WHERE p <> {_SAME})"  # noqa: S608
                queries.extend(self._select(tied, grounded, tables, head) for head in grounded.clause.head)
        found = (
            f"SELECT DISTINCT s, p, o FROM (SELECT s, p, o FROM ({insert_rows(queries)}) WHERE {self._telling}) "  # noqa: S608
            f"{self._tables.lacking('known')}"
        )
        self._tables.keep("new", found if queries else _NONE)
        self._tables.append("inferred", "new")

    # Tables

    def _add_inferred(self, table: str, query: str) -> None:
        """`found`, and more that is `inferred`: the triples of a query that are not in a table.

        Only these are looked at for duplicates: the table, whose triples are distinct, may have many times as many.
        """
        self._tables.keep(
            "found",
            f"SELECT DISTINCT s, p, o FROM ({query}) AS further {self._tables.lacking(table)}",  # noqa: S608
        )
        self._tables.append("inferred", "found")

    def _select(self, tied: str | None, grounded: Grounded, tables: Sequence[str], wanted: Iterable[Slot]) -> str:
        spelt = "spelt" if self._equal else None
        return select(tied, grounded.columns, grounded.clause.data, tables, wanted, spelt=spelt)

    def _tied(self, name: str, grounded: Grounded) -> str | None:
        if not grounded.columns:
            return None
        self._tables.put(name, {column: self._codes.world(codes) for column, codes in grounded.columns.items()})
        return name

    def _fill(self, name: str, triples: Three) -> None:
        self._tables.put(name, dict(zip("spo", triples, strict=True)))

    def _packed(self, triples: Three) -> Codes:
        """Triples of the schema, as vectors have them."""
        subject, predicate, value = (self._codes.local(codes) for codes in triples)
        return distinct([pack(predicate, subject, value)])

    def _count(self, table: str) -> int:
        [(count,)] = self._tables.rows(f"SELECT count(*) FROM {table}")  # noqa: S608
        return count

    def _in_world(self, slot: Slot) -> Slot:
        return in_world(slot, self._literals_from)


class _Local:
    """The terms of the schema by codes small enough for vectors; constants keep theirs."""

    def __init__(self, codes: Codes, literals_from: int) -> None:
        constants = np.array([in_world(code, literals_from) for code in CONSTANTS.values()], dtype=np.int64)
        self._codes = distinct([codes, constants])
        self._others = int(np.searchsorted(self._codes, literals_from))

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


def in_world(slot: Slot, literals_from: int) -> Slot:
    """A constant of a clause, or a variable, in the codes of the tables."""
    return slot - LITERALS + literals_from if isinstance(slot, int) and slot >= LITERALS else slot
