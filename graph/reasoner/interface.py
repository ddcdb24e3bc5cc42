"""What every reasoner takes and gives, so that one can be exchanged for another."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from pyoxigraph import Triple

__all__ = ["Closure", "Inconsistency", "Reasoner"]


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """A contradiction: the premises of a rule whose conclusion is *false*.

    Arguments:
        rule: the rule's name in OWL 2 Profiles, Tables 4-9 (`cax-dw`, `prp-irp`), or that of the engine's message.
        message: one sentence for people.
        triples: the premises as far as the engine tells them, asserted or inferred.
    """

    rule: str
    message: str
    triples: tuple[Triple, ...] = ()


@dataclass(frozen=True, slots=True)
class Closure:
    """What follows from a set of triples.

    Arguments:
        inferred: the conclusions that were not among the premises; RDF triples only.
        inconsistencies: the contradictions found, in a stable order.
        state: what the engine that made it can continue from; for that engine alone.
    """

    inferred: set[Triple] = field(default_factory=set)
    inconsistencies: tuple[Inconsistency, ...] = ()
    state: object = field(default=None, compare=False, repr=False)


class Reasoner(Protocol):
    """An engine for the OWL 2 RL/RDF rules (W3C OWL 2 Profiles, section 4.3)."""

    @property
    def name(self) -> str:
        """The engine's name, as in messages and options."""
        ...

    def closure(self, triples: Iterable[Triple], *, full: bool = False, earlier: Closure | None = None) -> Closure:
        """What follows from `triples` alone.

        Arguments:
            triples: ontology and data together; blank nodes keep their identity.
            full: keep the trivial conclusions too (see `graph.reasoner.trivial`).
            earlier: this engine's closure of a part of `triples`, with the same `full`. The rules are monotone, so the
                engine may continue from it; `earlier` may not be continued from again.

        Raises:
            ReasonerError: the engine failed.
        """
        ...
