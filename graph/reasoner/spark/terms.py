"""Terms as numbers and back, worked out where the data is.

Constants of the rules have the codes that the clauses have; every other term gets a number of 64 bits that Spark makes
up. Only what the rules need to know of literals comes together at one place: those of the same value in different
spellings, those that are ill-typed, and the few of which a clash is told.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat

from graph.reasoner.literals import IllTyped, Value, has_value_space, in_value_space, value_of
from graph.reasoner.owl2rl.clauses import CONSTANTS, SCHEMA_PREDICATES, code_of
from graph.reasoner.owl2rl.coding import Term
from graph.reasoner.owl2rl.equal_literals import EqualLiterals
from graph.reasoner.owl2rl.sql_fixpoint import in_world
from graph.reasoner.owl2rl.vectors import Codes, distinct
from graph.reasoner.spark.tables import LITERALS_FROM, SparkTables
from ontology import OWL, RDF, RDFS

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["TERMS", "SparkTerms"]

TERMS = "terms"
"""The table of terms: `term` in N-Triples, `code`."""

_MADE_UP_FROM = 1 << 20
"""Numbers below are those of constants."""

_TYPE = code_of(RDF["type"])
_NO_USE_AS_CLASS = (code_of(RDFS["range"]), code_of(OWL["allValuesFrom"]))


class SparkTerms:
    """The codes of the terms of a graph.

    Arguments:
        session: of Spark.
        tables: where the table of terms is made.
        triples: a data frame of the triples' terms s, p, o in N-Triples.
    """

    def __init__(self, session: "SparkSession", tables: SparkTables, triples: "DataFrame") -> None:
        from pyspark.sql import functions as f

        self.literals_from = LITERALS_FROM
        self._session = session
        self._tables = tables
        self._cache: dict[int, Term] = {}
        constants = [(str(term), int(in_world(code, LITERALS_FROM))) for term, code in CONSTANTS.items()]
        known = session.createDataFrame(
            pa.table({"term": [term for term, _ in constants], "code": [code for _, code in constants]})
        )
        columns = [triples.select(f.col(name).alias("term")) for name in ("s", "p", "o")]
        others = columns[0].union(columns[1]).union(columns[2]).distinct().join(known, "term", "left_anti")
        number = f.monotonically_increasing_id() + f.lit(_MADE_UP_FROM)
        of_literal = number + f.lit(LITERALS_FROM)
        coded = others.select("term", f.when(f.col("term").startswith('"'), of_literal).otherwise(number).alias("code"))
        # Kept before anything joins it: the numbers that Spark makes up are others each time they are worked out.
        tables.define(TERMS, known.unionByName(coded))

    def coded(self, triples: "DataFrame") -> "DataFrame":
        """Triples of terms as triples of codes."""
        frame = triples
        for name in ("s", "p", "o"):
            terms = self._tables.frame(TERMS).withColumnsRenamed({"term": name, "code": f"{name}_code"})
            frame = frame.join(terms, name)
        return frame.selectExpr("s_code AS s", "p_code AS p", "o_code AS o")

    def decoded(self, query: str) -> str:
        """A query that selects codes s, p and o, as one that selects terms."""
        return (
            "SELECT a.term AS s, b.term AS p, c.term AS o FROM "  # noqa: S608  our own names
            f"({query}) x JOIN {TERMS} a ON x.s = a.code JOIN {TERMS} b ON x.p = b.code JOIN {TERMS} c ON x.o = c.code"
        )

    def look_at_literals(self) -> None:
        """Find the literals of the same value, and those that are ill-typed."""
        from pyspark.sql import functions as f

        literals = self._tables.frame(TERMS).where(f.col("code") >= f.lit(LITERALS_FROM))
        valued = literals.mapInArrow(_values, "code long, value string")
        self._tables.define("literal_values", valued)
        self.ill_typed = sorted(
            code for (code,) in self._tables.rows("SELECT code FROM literal_values WHERE value = ''")
        )
        groups = self._tables.rows(
            "SELECT code, dense_rank() OVER (ORDER BY value) FROM literal_values WHERE value IN "
            "(SELECT value FROM literal_values WHERE value <> '' GROUP BY value HAVING count(*) > 1)"
        )
        together: dict[int, list[int]] = {}
        for code, group in groups:
            together.setdefault(group, []).append(code)
        self.equal = EqualLiterals(together.values())

    def instances_of_datatypes(self) -> tuple[Codes, Codes, Codes]:
        """What dt-type2 says of datatypes that an axiom uses as a class, as `literal_values.instances_of_datatypes`."""
        axioms = ", ".join(map(str, sorted(SCHEMA_PREDICATES - set(_NO_USE_AS_CLASS))))
        codes = {
            code: term.value
            for term, code in CONSTANTS.items()
            if not isinstance(term, Literal) and has_value_space(term.value)
        }
        wanted = ", ".join(map(str, codes))
        used = self._tables.rows(
            f"SELECT DISTINCT t FROM (SELECT s AS t FROM given WHERE p IN ({axioms}) UNION "  # noqa: S608
            f"SELECT o AS t FROM given WHERE p IN ({axioms})) WHERE t IN ({wanted})"
        )
        found: list[tuple[int, int, int]] = []
        if used:
            rows = self._session.sql(f"SELECT term, code FROM {TERMS} WHERE code >= {LITERALS_FROM}").toArrow()  # noqa: S608
            texts, numbers = rows.column("term").to_pylist(), rows.column("code").to_pylist()
            for literal, code in zip(_parsed(texts), numbers, strict=True):
                value = _value(literal)
                if value is not None:
                    found += [
                        (code, _TYPE, used_code) for (used_code,) in used if in_value_space(value, codes[used_code])
                    ]
        subject, predicate, value_codes = np.array(found, dtype=np.int64).reshape(len(found), 3).T
        return subject, predicate, value_codes

    # What the inconsistencies are told with (graph.reasoner.owl2rl.coding.Coding)

    def code(self, term: Term) -> int:
        """The code of a term that is a constant or occurs."""
        if isinstance(term, NamedNode | Literal) and term in CONSTANTS:
            return int(in_world(CONSTANTS[term], LITERALS_FROM))
        text = str(term).replace("'", "''")
        rows = self._tables.rows(f"SELECT code FROM {TERMS} WHERE term = '{text}'")  # noqa: S608
        code = rows[0][0] if rows else -1 - len(self._cache)
        self._cache[code] = term
        return code

    def term(self, code: int) -> Term:
        """The term of a code."""
        if code not in self._cache:
            [row] = self._session.sql(f"SELECT term FROM {TERMS} WHERE code = {code}").collect()  # noqa: S608
            [self._cache[code]] = _parsed([row[0]])
        return self._cache[code]

    def value(self, code: int) -> Value | None:
        """The value of a literal, if its datatype is one of OWL 2 RL and it is well-formed."""
        return _value(self.term(code))

    def of_other_datatypes(self, literals: Codes, iri: str) -> Codes:
        """Those of the literals that are not written with a datatype."""
        wanted = distinct([literals]).tolist()
        self._fetch(wanted)
        others = [code for code in wanted if getattr(self.term(code), "datatype", None) != NamedNode(iri)]
        return np.array(others, dtype=np.int64)

    def _fetch(self, codes: Iterable[int]) -> None:
        missing = [code for code in codes if code not in self._cache]
        for start in range(0, len(missing), 10_000):
            part = ", ".join(map(str, missing[start : start + 10_000]))
            rows = self._session.sql(f"SELECT term, code FROM {TERMS} WHERE code IN ({part})").collect()  # noqa: S608
            self._cache.update(zip((row[1] for row in rows), _parsed([row[0] for row in rows]), strict=True))


def _values(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """For literals their values as text; `''` for ill-typed ones; those without a value to compare are left out."""
    for batch in batches:
        found: Mapping[str, list[object]] = {"code": [], "value": []}
        texts, codes = batch.column("term").to_pylist(), batch.column("code").to_pylist()
        for literal, code in zip(_parsed(texts), codes, strict=True):
            try:
                value = value_of(literal) if isinstance(literal, Literal) else None
                told = None if value is None else repr(value)
            except IllTyped:
                told = ""
            if told is not None:
                found["code"].append(code)
                found["value"].append(told)
        yield pa.RecordBatch.from_arrays(
            [pa.array(found["code"], pa.int64()), pa.array(found["value"], pa.string())], names=["code", "value"]
        )


def _value(term: Term) -> Value | None:
    try:
        return value_of(term) if isinstance(term, Literal) else None
    except IllTyped:
        return None


def _parsed(texts: Iterable[str]) -> Iterator[Term]:
    lines = "".join(f"<x:s> <x:p> {text} .\n" for text in texts)
    return (quad.object for quad in pyoxigraph.parse(lines, RdfFormat.N_TRIPLES))
