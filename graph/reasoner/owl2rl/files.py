"""The closure of a whole graph in N-Triples, from bytes to bytes."""

from dataclasses import dataclass
from pathlib import Path

from graph.reasoner.interface import Inconsistency
from graph.reasoner.owl2rl.closings import closing
from graph.reasoner.owl2rl.ntriples import read_ntriples
from graph.reasoner.owl2rl.reasoner import inconsistencies

__all__ = ["TextClosure", "close_ntriples"]


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
    with closing(read_ntriples(data), engine=engine, spill=spill, memory=memory, threads=threads) as closed:
        subject, predicate, value = closed.derived()
        lines = closed.coding.lines(subject, predicate, value)
        return TextClosure(lines, len(subject), inconsistencies(closed.coding, closed.closed))
