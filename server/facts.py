"""Facts about a thing, as values."""

from dataclasses import dataclass

from pyoxigraph import Triple

from graph.claims import Passage
from server.relations import Term

__all__ = ["Fact", "FactGroup"]


@dataclass(frozen=True, slots=True)
class Fact:
    """A triple with where it comes from.

    Arguments:
        triple: the triple.
        other: the term at its other end, seen from the thing described.
        date: when that began or was signed; blank if it is no event, or its date is not known.
        inferred: whether no document and no reference data states it.
        graphs: the graphs that state it, sorted.
        passages: the words that state it, as far as there are claims.
        planned: whether documents speak of it, or of the activity or agreement at its other end, only as planned.
    """

    triple: Triple
    other: Term
    date: str
    inferred: bool
    graphs: tuple[str, ...]
    passages: tuple[Passage, ...]
    planned: bool


@dataclass(frozen=True, slots=True)
class FactGroup:
    """Facts with the same property in the same direction; `total` counts also those left out."""

    predicate: str
    incoming: bool
    facts: tuple[Fact, ...]
    total: int
