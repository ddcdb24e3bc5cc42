"""The closure of a whole graph in N-Triples, from bytes to bytes."""

from dataclasses import dataclass

from graph.reasoner.interface import Inconsistency
from graph.reasoner.owl2rl.conclusions import told
from graph.reasoner.owl2rl.fixpoint import Fixpoint, axiomatic
from graph.reasoner.owl2rl.literal_values import instances_of_datatypes
from graph.reasoner.owl2rl.ntriples import read_ntriples
from graph.reasoner.owl2rl.reasoner import inconsistencies
from graph.reasoner.owl2rl.text_coding import TextCoding
from graph.reasoner.owl2rl.vectors import Triples, distinct, unpack

__all__ = ["TextClosure", "close_ntriples"]


@dataclass(frozen=True, slots=True)
class TextClosure:
    """What follows from a graph in N-Triples.

    Arguments:
        inferred: the conclusions that were not among the premises, in N-Triples; something like bytes.
        count: how many they are.
        inconsistencies: the contradictions found, in a stable order.
    """

    inferred: memoryview
    count: int
    inconsistencies: tuple[Inconsistency, ...]


def close_ntriples(data: bytes) -> TextClosure:
    """What follows from a graph, without trivial conclusions.

    Arguments:
        data: the graph in N-Triples.

    Raises:
        SyntaxError: it is not N-Triples.
        TooManyTerms: there are more than vectors can hold.
    """
    coding = TextCoding(read_ntriples(data))
    fixpoint = Fixpoint(full=False)
    fixpoint.add(distinct([coding.premises, axiomatic(), instances_of_datatypes(coding, coding.premises)]))
    predicate, subject, value = unpack(Triples(coding.premises).lacking(fixpoint.known.packed))
    keep = told(subject, predicate, value, coding, full=False)
    lines = coding.lines(subject[keep], predicate[keep], value[keep])
    return TextClosure(memoryview(lines), int(keep.sum()), inconsistencies(coding, fixpoint))
