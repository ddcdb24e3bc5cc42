"""The closure of a whole graph in N-Triples, from bytes to bytes."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from graph.reasoner.interface import Inconsistency
from graph.reasoner.owl2rl.conclusions import told
from graph.reasoner.owl2rl.fixpoint import Fixpoint, axiomatic
from graph.reasoner.owl2rl.literal_values import instances_of_datatypes
from graph.reasoner.owl2rl.ntriples import Table, read_ntriples
from graph.reasoner.owl2rl.reasoner import Closed, inconsistencies
from graph.reasoner.owl2rl.text_coding import TextCoding
from graph.reasoner.owl2rl.vectors import Codes, Triples, distinct, pack, unpack

__all__ = ["TextClosure", "close_ntriples"]

_MOST_FOR_VECTORS = 1_000_000
"""Up to this many triples (and terms) vectors are faster, and fit."""


@dataclass(frozen=True, slots=True)
class TextClosure:
    """What follows from a graph in N-Triples.

    Arguments:
        inferred: the conclusions that were not among the premises, in N-Triples.
        count: how many they are.
        inconsistencies: the contradictions found, in a stable order.
    """

    inferred: bytes
    count: int
    inconsistencies: tuple[Inconsistency, ...]


def close_ntriples(
    data: bytes,
    *,
    engine: str | None = None,
    spill: Path | None = None,
    memory: str = "70%",
    threads: int | None = None,
) -> TextClosure:
    """What follows from a graph, without trivial conclusions.

    Arguments:
        data: the graph in N-Triples.
        engine: `vectors` or `database`; by the size of the graph unless given.
        spill: a folder for what the database cannot keep in memory; a temporary one unless given.
        memory: how much memory the database may use, as DuckDB says it (`4GB`, `70%`).
        threads: how many threads it may use; as many as the machine has unless given.

    Raises:
        SyntaxError: it is not N-Triples.
        TooManyTerms: there are more than vectors can hold, and vectors are asked for.
    """
    table = read_ntriples(data)
    large = max(len(table.subject), len(table.terms)) > _MOST_FOR_VECTORS
    if engine == "database" or (engine is None and large):
        if spill is not None:
            return _by_database(table, spill, memory, threads)
        with TemporaryDirectory(prefix="milcoop-") as folder:
            return _by_database(table, Path(folder), memory, threads)
    return _by_vectors(table)


def _by_vectors(table: Table) -> TextClosure:
    coding = TextCoding(table)
    fixpoint = Fixpoint(full=False)
    subject, predicate, value = coding.premises
    premises = distinct([pack(predicate, subject, value)])
    literal, type_, datatype = instances_of_datatypes(coding, subject, predicate, value)
    fixpoint.add(distinct([premises, axiomatic(), pack(type_, literal, datatype)]), coding.equal)
    predicate, subject, value = unpack(Triples(premises).lacking(fixpoint.known.packed))
    return _told(coding, (subject, predicate, value), fixpoint)


def _by_database(table: Table, spill: Path, memory: str, threads: int | None) -> TextClosure:
    from graph.reasoner.owl2rl.database import LITERALS_FROM, DuckDbTables  # DuckDB only where it is needed
    from graph.reasoner.owl2rl.sql_fixpoint import SqlFixpoint

    coding = TextCoding(table, LITERALS_FROM)
    predicate, subject, value = unpack(axiomatic())
    instances = instances_of_datatypes(coding, *coding.premises)
    further = [np.concatenate(pair) for pair in zip((subject, predicate, value), instances, strict=True)]
    with DuckDbTables(spill, memory=memory, threads=threads) as tables:
        fixpoint = SqlFixpoint(tables)
        fixpoint.close(coding.premises, (further[0], further[1], further[2]), coding.equal)
        return _told(coding, fixpoint.derived(), fixpoint)


def _told(coding: TextCoding, derived: tuple[Codes, Codes, Codes], closed: Closed) -> TextClosure:
    subject, predicate, value = derived
    keep = told(subject, predicate, value, coding, full=False)
    lines = coding.lines(subject[keep], predicate[keep], value[keep])
    return TextClosure(lines, int(keep.sum()), inconsistencies(coding, closed))
