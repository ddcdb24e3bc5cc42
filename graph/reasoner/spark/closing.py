"""Files in, files out: the closure of a graph by Spark."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Literal

import pyarrow as pa
import pyoxigraph
from pyoxigraph import RdfFormat

from graph.errors import BadInput
from graph.reasoner.interface import Inconsistency
from graph.reasoner.owl2rl.fixpoint import axiomatic
from graph.reasoner.owl2rl.reasoner import inconsistencies
from graph.reasoner.owl2rl.sql_fixpoint import SqlFixpoint
from graph.reasoner.owl2rl.vectors import unpack
from graph.reasoner.spark.session import spark_session
from graph.reasoner.spark.tables import SparkTables
from graph.reasoner.spark.terms import SparkTerms
from ontology import GRAPH_INFERRED, OWL, RDF, RDFS, XSD

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["SparkClosure", "close_files"]

_SCHEMA = "s string, p string, o string"


@dataclass(frozen=True, slots=True)
class SparkClosure:
    """What a closure came to.

    Arguments:
        premises: how many different triples there were.
        count: how many were inferred.
        inconsistencies: the contradictions found.
    """

    premises: int
    count: int
    inconsistencies: tuple[Inconsistency, ...]


def close_files(
    sources: Sequence[str],
    target: str,
    *,
    form: Literal["nquads", "parquet"] = "nquads",
    master: str = "",
    checkpoints: str = "",
    partitions: int = 0,
) -> SparkClosure:
    """Write what follows from the triples of files.

    Arguments:
        sources: files or folders that all machines of the cluster reach: N-Triples or N-Quads (also compressed) by the
            ending `.nt`, `.nq`, `.gz` …, or Parquet with the columns `s`, `p`, `o` in N-Triples' notation.
        target: the folder that the conclusions are written to, in parts; there must be none of the name.
        form: how they are written: as N-Quads in the graph of inferences, or as Parquet.
        master: the cluster, as Spark names it.
        checkpoints: a folder that all machines reach, in which rounds are kept; the executors keep them unless given.
        partitions: into how many parts data is cut; Spark's own default if 0.

    Raises:
        ReasonerError: Spark cannot be started.
        BadInput: a source cannot be read or is not well-formed, or the target is there already.
    """
    with spark_session(master, partitions=partitions) as session:
        from py4j.protocol import Py4JJavaError
        from pyspark.errors import PySparkException

        if checkpoints:
            session.sparkContext.setCheckpointDir(checkpoints)
        try:
            return _close(session, sources, target, form)
        except (PySparkException, Py4JJavaError) as error:
            raise BadInput(f"the files cannot be closed: {_reason(error)}") from error


def _close(
    session: "SparkSession", sources: Sequence[str], target: str, form: Literal["nquads", "parquet"]
) -> SparkClosure:
    tables = SparkTables(session)
    read = _read(session, sources)
    terms = SparkTerms(session, tables, read)
    tables.define("given", terms.coded(read))
    terms.look_at_literals()
    predicate, subject, value = unpack(axiomatic())
    tables.put("axiomatic", {"s": subject, "p": predicate, "o": value})
    tables.put("typed", dict(zip("spo", terms.instances_of_datatypes(), strict=True)))
    tables.keep("further", "SELECT s, p, o FROM axiomatic UNION ALL SELECT s, p, o FROM typed")
    fixpoint = SqlFixpoint(tables)
    fixpoint.close_tables("given", "further", terms.equal)
    tables.keep("conclusions", _telling(terms.decoded(fixpoint.derived_query())))
    _write(tables.frame("conclusions"), target, form)
    [(premises,)] = tables.rows("SELECT count(*) FROM premises")
    [(count,)] = tables.rows("SELECT count(*) FROM conclusions")
    return SparkClosure(premises, count, inconsistencies(terms, fixpoint))  # type: ignore[arg-type]


def _read(session: "SparkSession", sources: Sequence[str]) -> "DataFrame":
    """The triples of all sources, terms in N-Triples, each once."""
    frames = []
    for source in sources:
        if PurePosixPath(source).suffix == ".parquet":
            frames.append(session.read.parquet(source).selectExpr("s", "p", "o"))
        else:
            frames.append(session.read.text(source).mapInArrow(_parse, _SCHEMA))
    everything = frames[0]
    for frame in frames[1:]:
        everything = everything.unionByName(frame)
    return everything.distinct().localCheckpoint()


def _parse(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Lines of N-Quads as terms in N-Triples; which graph they are of does not matter here."""
    for batch in batches:
        lines = "\n".join(batch.column("value").to_pylist())
        quads = list(pyoxigraph.parse(lines, RdfFormat.N_QUADS))
        columns = [
            pa.array([str(getattr(quad, part)) for quad in quads], pa.string())
            for part in ("subject", "predicate", "object")
        ]
        yield pa.RecordBatch.from_arrays(columns, names=["s", "p", "o"])


def _telling(query: str) -> str:
    """Of conclusions, in terms, those that are RDF and not trivial: `graph.reasoner.trivial` in SQL."""
    built_in = " OR ".join(f"{{term}} LIKE '<{namespace}%'" for namespace in (RDF, RDFS, OWL, XSD))
    reflexive = _terms(OWL["sameAs"], RDFS["subClassOf"], RDFS["subPropertyOf"], OWL["equivalentClass"],
                       OWL["equivalentProperty"])  # fmt: skip
    places = _terms(RDF["type"], RDFS["subClassOf"], RDFS["domain"], RDFS["range"])
    everything = _terms(OWL["Thing"], RDFS["Resource"])
    nothing, under = f"<{OWL['Nothing']}>", f"<{RDFS['subClassOf']}>"
    return (
        f"SELECT s, p, o FROM ({query}) WHERE s NOT LIKE '\"%' AND p LIKE '<%' "  # noqa: S608  only our own IRIs
        f"AND NOT (s = o AND p IN ({reflexive})) AND NOT (o IN ({everything}) AND p IN ({places})) "
        f"AND NOT (({built_in.format(term='s')}) AND (({built_in.format(term='o')}) OR o LIKE '\"%' "
        f"OR (s = '{nothing}' AND p = '{under}')))"
    )


def _terms(*iris: str) -> str:
    return ", ".join(f"'<{iri}>'" for iri in iris)


def _write(conclusions: "DataFrame", target: str, form: Literal["nquads", "parquet"]) -> None:
    if form == "parquet":
        conclusions.write.parquet(target)
        return
    line = f"concat(s, ' ', p, ' ', o, ' <{GRAPH_INFERRED}> .') AS value"
    conclusions.selectExpr(line).write.text(target)


def _reason(error: Exception) -> str:
    """The line of Spark's report that tells what was wrong."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    telling = [line for line in lines if "SyntaxError" in line or "Error:" in line]
    return (telling[-1] if telling else lines[0])[:300]
